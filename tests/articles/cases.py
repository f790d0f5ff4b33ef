"""Files and how the tests read them."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from claimx.articles import read_articles
from claimx.errors import InputError
from claimx.records import Article

HINDI = "जल मंत्री ने सोमवार को कहा कि बाँध का काम मार्च तक पूरा हो जाएगा।"


OTHER = "विपक्ष के नेता ने इस दावे को गलत बताया और जाँच की माँग की।"


BODY = f"{HINDI}\n{OTHER}\n"


RECORD = {"text": BODY, "title": "बाँध का काम", "source": "नदी समाचार", "date": "2023-09-12"}


def read(*paths: object, stdin: bytes | None = None) -> tuple[list[Article], list[str]]:
    errors: list[InputError] = []
    stream = None if stdin is None else io.BytesIO(stdin)
    found = list(read_articles([str(p) for p in paths], stdin=stream, on_error=errors.append))
    return found, [str(error) for error in errors]


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def one(path: object, **options: Any) -> Article:
    found, errors = read(path, **options)
    assert errors == []
    (article,) = found
    return article


PAGE = f"""<!DOCTYPE html>
<html lang="hi"><head><meta charset="utf-8"><title>बाँध का काम | नदी समाचार</title>
{{head}}
</head><body>
<nav><ul><li><a href="/">होम</a></li><li><a href="/desh">देश</a></li></ul></nav>
<main><article><h1>बाँध का काम मार्च तक</h1>
<div class="post-meta">{{byline}}</div>
<p>{HINDI}</p>
<p>{OTHER} मंत्री ने पत्रकारों से कहा, “हम तय समय से पहले काम पूरा कर लेंगे।”</p>
<p>{{marker}} इंजीनियरों के संघ के अनुसार, अब तक आधा काम हुआ है और बारिश में देरी होगी।</p>
</article></main>
<aside><h3>ट्रेंडिंग</h3><ul><li><a href="/1">सोना महँगा हुआ</a></li></ul></aside>
<footer><p>कॉपीराइट © 2023 नदी समाचार। सर्वाधिकार सुरक्षित।</p></footer></body></html>"""


def page(head: str = "", byline: str = "", marker: str = "") -> str:
    return PAGE.format(head=head, byline=byline, marker=marker)


FRONT = '---\ntitle: "बाँध: नया दावा"\nsource: नदी समाचार\npublished: १२ सितंबर २०२३\n---\n'


# -- HTML ------------------------------------------------------------------------------

META = (
    '<meta property="og:title" content="बाँध का काम मार्च तक">'
    '<meta property="og:site_name" content="नदी समाचार">'
)
