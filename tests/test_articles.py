"""The reading room, through `read_articles` and `body_start`."""

from __future__ import annotations

import csv
import io
import json
import os
import pickle
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimx.articles import body_start, read_articles
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


def table(*rows: list[str], delimiter: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


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


# -- Plain text and front matter -------------------------------------------------------


def test_text_is_the_file_as_read(tmp_path: Path) -> None:
    raw = "\ufeff" + f"{HINDI}\r\n\r\n  {OTHER}\rअंत\u200dतक \n"
    article = one(write(tmp_path / "a.txt", raw))
    assert article.text == f"{HINDI}\n\n  {OTHER}\nअंत\u200dतक \n"
    assert article.path == str(tmp_path / "a.txt")


FRONT = '---\ntitle: "बाँध: नया दावा"\nsource: नदी समाचार\npublished: १२ सितंबर २०२३\n---\n'


def test_front_matter_stays_in_the_text_and_is_skipped_by_body_start(tmp_path: Path) -> None:
    article = one(write(tmp_path / "a.md", FRONT + BODY))
    assert article.text == FRONT + BODY
    assert article.text[body_start(article.text) :] == BODY
    assert (article.title, article.source) == ("बाँध: नया दावा", "नदी समाचार")
    assert article.published == "2023-09-12"


@pytest.mark.parametrize(
    ("front", "body"),
    [
        ("", BODY),
        (FRONT, ""),
        ("---\nauthor: क\n---\n", BODY),
        ("--- \ntags:\n  - a\n- b\ntitle: क\n# c\n\n...\n", BODY),
        # A rule, a dialogue between rules, an unclosed block: all of it is the article.
        ("", "---\n" + BODY + "---\n"),
        ("", "---\nमंत्री: हम तैयार हैं।\n---\n" + BODY),
        ("", "---\ntitle: क\n" + BODY),
        ("", "---\n" + "title: क\n" * 200 + "---\n" + BODY),
        ("", "----\ntitle: क\n---\n" + BODY),
        ("", ""),
    ],
)
def test_body_start(front: str, body: str) -> None:
    assert body_start(front + body) == len(front)


@pytest.mark.parametrize(
    ("lines", "title", "published"),
    [
        (["बाँध का काम मार्च तक", "", HINDI], "बाँध का काम मार्च तक", None),
        (["# बाँध पर मंत्री का दावा", HINDI], "बाँध पर मंत्री का दावा", None),
        (["देश", "बाँध का काम मार्च तक", HINDI], "बाँध का काम मार्च तक", None),
        (["क्या मार्च तक बनेगा बाँध?", "12 सितंबर 2023, मंगलवार", HINDI],
         "क्या मार्च तक बनेगा बाँध?", "2023-09-12"),
        ([HINDI, OTHER], None, None),
        ([HINDI.replace("।", "|"), OTHER], None, None),
        ([HINDI.rstrip("।")], None, None),
        (["नई दिल्ली, 12 सितंबर (भाषा)", HINDI], None, None),
        (["बाँध " * 60, HINDI], None, None),
    ],
)  # fmt: skip
def test_headline_and_date_line(
    tmp_path: Path, lines: list[str], title: str | None, published: str | None
) -> None:
    article = one(write(tmp_path / "a.txt", "\n".join(lines)))
    assert (article.title, article.published) == (title, published)


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("nadi/001.txt", "nadi"),
        ("नदी समाचार/क.txt", "नदी समाचार"),
        ("articles/nadi.txt", "nadi"),
        ("nadi/2023-09/x.txt", "x"),
        ("1a2b3c4d5e/nadi.txt", "nadi"),
        ("./nadi.txt", "nadi"),
        ("../texts/nadi.txt", "nadi"),
    ],
)
def test_source_from_the_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, source: str
) -> None:
    (tmp_path / "cwd").mkdir()
    monkeypatch.chdir(tmp_path / "cwd")
    write(Path(path), BODY)
    assert one(path).source == source


def test_front_matter_url_names_the_outlet(tmp_path: Path) -> None:
    text = "---\nurl: https://www.nadi.example/a?b\n---\n" + BODY
    assert one(write(tmp_path / "folder" / "a.txt", text)).source == "nadi.example"


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2023-09-12", "2023-09-12"),
        ("2023-09-12T23:59:00+05:30", "2023-09-12"),
        ("2023/9/2", "2023-09-02"),
        ("20230912", "2023-09-12"),
        ("12/09/2023", "2023-09-12"),
        ("12.09.2023 10:30", "2023-09-12"),
        ("09/25/2023", "2023-09-25"),
        ("१२-०९-२०२३", "2023-09-12"),
        ("30 अगस्त 2023", "2023-08-30"),
        ("२० फ़रवरी २०२४", "2024-02-20"),
        ("20 फरवरी, 2024", "2024-02-20"),
        ("मंगलवार, 12 सितम्बर 2023, 02:30 PM IST", "2023-09-12"),
        ("अपडेटेड: 12 Sep 2023 02:30 PM IST", "2023-09-12"),
        ("Tue, 12 Sep 2023 14:03:22 +0530", "2023-09-12"),
        ("September 12th, 2023", "2023-09-12"),
        ("सितंबर 12, 2023", "2023-09-12"),
        ("1 अक्तूबर 2022", "2022-10-01"),
        # What is not a full date is not filled in.
        ("सितंबर 2023", None),
        ("2023", None),
        ("कल", None),
        ("3 घंटे पहले", None),
        ("31/02/2023", None),
        ("31 फरवरी 2023", None),
        ("12 किलो 2023", None),
        ("", None),
    ],
)
def test_published_is_iso(tmp_path: Path, written: str, date: str | None) -> None:
    path = write(tmp_path / "a.json", json.dumps({**RECORD, "date": written}))
    assert one(path).published == date


# -- HTML ------------------------------------------------------------------------------

META = (
    '<meta property="og:title" content="बाँध का काम मार्च तक">'
    '<meta property="og:site_name" content="नदी समाचार">'
)
PUBLISHED = '<meta property="article:published_time" content="2023-09-12T20:30:00+05:30">'
JSON_LD = (
    '<script type="application/ld+json">{"@context":"https://schema.org","@type":'
    '"NewsArticle","headline":"x","datePublished":"2021-05-06T01:00:00+05:30"}</script>'
)


def test_page_without_its_furniture(tmp_path: Path) -> None:
    article = one(write(tmp_path / "a.html", page(META + PUBLISHED)))
    assert HINDI in article.text.split("\n")
    for furniture in ("होम", "ट्रेंडिंग", "सोना", "कॉपीराइट", "<"):
        assert furniture not in article.text
    assert article.title == "बाँध का काम मार्च तक"
    assert article.source == "नदी समाचार"
    assert article.published == "2023-09-12"


@pytest.mark.parametrize(
    ("head", "byline", "date"),
    [
        (PUBLISHED, "1 जनवरी 2020", "2023-09-12"),
        (JSON_LD, "", "2021-05-06"),
        ("", "लेखक | 12 सितंबर 2023", "2023-09-12"),
        ("", '<time datetime="2022-03-04T10:00">4 मार्च</time>', "2022-03-04"),
        # The copyright line's year is not the article's.
        ("", "", None),
        # Broken JSON-LD is passed over; the libraries' patterns are quadratic in it.
        (JSON_LD[:-12] + '\\"' * 50_000 + "</script>", "12 सितंबर 2023", "2023-09-12"),
        (JSON_LD.replace('"x"', "[" * 50_000), "", None),
    ],
)
def test_page_date(tmp_path: Path, head: str, byline: str, date: str | None) -> None:
    assert one(write(tmp_path / "a.html", page(META + head, byline))).published == date


def test_repeated_paragraphs_stay(tmp_path: Path) -> None:
    html = page(META, marker=f"</p><p>{HINDI}</p><p>{OTHER}</p><p>{HINDI}</p><p>")
    assert one(write(tmp_path / "a.htm", html)).text.count(HINDI) == 3


def test_broken_bytes_in_the_furniture_are_no_error(tmp_path: Path) -> None:
    broken = META.encode() + b'<meta name="description" content="\xe0\xa4">'
    data = page("@").encode().replace(b"@", broken)
    assert "\ufffd" not in one(write(tmp_path / "a.html", data)).text
    data = page(marker="@").encode().replace(b"@", b"\xe0\xa4")
    _, errors = read(write(tmp_path / "b.html", data))
    assert "damaged UTF-8" in errors[0]


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("<html><body>" + "<div>" * 20_000 + BODY, "no article text"),
        ("<html><body>" + "<p></p>" * 30_000 + BODY, "30,0"),
        ("<html><body><p>" + "<b>क</b>" * 5_000, "5,000 inline"),
        (page(marker="<i " + " ".join(f"a{i}=1" for i in range(5000)) + ">"), "5,000 attr"),
        ("<html><head></head><body></body></html>", "no article text"),
        ("<" * 100_000, "HTML"),
        ("<!-- " + BODY, "HTML"),
    ],
)
def test_hostile_page(tmp_path: Path, html: str, reason: str) -> None:
    found, errors = read(write(tmp_path / "a.html", html))
    assert found == []
    assert reason in errors[0]
    assert len(errors) == 1


# -- JSON, JSON Lines, CSV -------------------------------------------------------------


def plain(article: Article) -> tuple[str, str | None, str, str | None]:
    return article.text, article.title, article.source, article.published


EXPECTED = (BODY, "बाँध का काम", "नदी समाचार", "2023-09-12")


@pytest.mark.parametrize(
    "record",
    [
        RECORD,
        {"Body": BODY, "Headline": RECORD["title"], "outlet": "नदी समाचार",
         "Published At": "12 सितंबर 2023", "link": "https://other.example"},
        {"content": BODY, "title": RECORD["title"], "publishedAt": "2023-09-12T01:00:00Z",
         "source": {"id": None, "name": "नदी समाचार"}},
        {"articleBody": BODY, "headline": RECORD["title"], "datePublished": "2023-09-12",
         "publisher": {"@type": "Organization", "name": "नदी समाचार"}},
        {"paragraphs": [HINDI, OTHER + "\n"], "शीर्षक": RECORD["title"],
         "स्रोत": "नदी समाचार", "दिनांक": "१२ सितंबर २०२३"},
        {"text": None, "article": BODY.replace("\n", "\r\n"), "heading": "बाँध का\nकाम",
         "publisher": "नदी समाचार", "pub-date": "2023-09-12"},
    ],
)  # fmt: skip
def test_field_names(tmp_path: Path, record: dict[str, Any]) -> None:
    assert plain(one(write(tmp_path / "a.json", json.dumps(record)))) == EXPECTED
    line = json.dumps(record, ensure_ascii=False) + "\n"
    article = one(write(tmp_path / "a.jsonl", line))
    assert plain(article) == EXPECTED
    assert article.path == f"{tmp_path}/a.jsonl:1"


@pytest.mark.parametrize("wrap", [list, lambda records: {"status": "ok", "articles": records}])
def test_json_lists(tmp_path: Path, wrap: Callable[[list[Any]], Any]) -> None:
    path = write(tmp_path / "a.json", json.dumps(wrap([RECORD, {"text": ""}, 3, RECORD])))
    found, errors = read(path)
    assert [article.path for article in found] == [f"{path}:1", f"{path}:4"]
    assert [error.split(" ")[0] for error in errors] == [f"{path}:2:", f"{path}:3:"]


def test_json_html_field_is_read_as_a_page(tmp_path: Path) -> None:
    article = one(write(tmp_path / "a.json", json.dumps({"html": page(META)})))
    assert HINDI in article.text
    assert article.source == "नदी समाचार"


def test_bad_lines_are_named_and_the_others_read(tmp_path: Path) -> None:
    good = json.dumps(RECORD).encode()
    lines = [
        good, b"", b'{"text": ', b"[1]", b'{"title": "x"}', b"\xff\xfe{", b"[" * 100_000,
        b'{"text": ' + b"9" * 5000 + b"}", json.dumps({"text": "only English"}).encode(), good,
    ]  # fmt: skip
    path = write(tmp_path / "a.jsonl", b"\n".join(lines))
    found, errors = read(path)
    assert [article.path for article in found] == [f"{path}:1", f"{path}:10"]
    named = {int(error.removeprefix(f"{path}:").split(":")[0]): error for error in errors}
    assert list(named) == [3, 4, 5, 6, 7, 8, 9]
    assert "malformed JSON" in named[3]
    assert "no JSON object" in named[4]
    assert "no text field" in named[5]
    assert "nested too deep" in named[7]
    assert "not Hindi" in named[9]


def test_json_lines_are_read_one_at_a_time(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", (json.dumps(RECORD) + "\n") * 2 + "{bad\n")
    errors: list[InputError] = []
    articles = read_articles([str(path)], on_error=errors.append)
    assert next(articles).path.endswith(":1")
    assert errors == []
    assert [article.path[-2:] for article in articles] == [":2"]
    assert len(errors) == 1


def test_json_lines_saved_as_json(tmp_path: Path) -> None:
    found, errors = read(write(tmp_path / "a.json", (json.dumps(RECORD) + "\n") * 3))
    assert (len(found), errors) == (3, [])


def test_lone_surrogates_cannot_be_printed_and_go(tmp_path: Path) -> None:
    article = one(write(tmp_path / "a.json", '{"text": "' + HINDI + '\\ud800"}'))
    assert article.text == HINDI + "\ufffd"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_delimiters(tmp_path: Path, delimiter: str) -> None:
    rows = table(
        ["id", "Title", "Body", "Outlet", "Date"],
        ["1", "बाँध का काम", BODY, "नदी समाचार", "12/09/2023"],
        [],
        ["2", "", f'{HINDI} "{delimiter}" {OTHER}'],
        delimiter=delimiter,
    )
    path = write(tmp_path / "पत्र" / "a.csv", "\ufeff" + rows)
    found, errors = read(path)
    assert errors == []
    assert plain(found[0]) == EXPECTED
    # A row is named by the line it begins on.
    assert [article.path for article in found] == [f"{path}:2", f"{path}:6"]
    assert found[1].text == f'{HINDI} "{delimiter}" {OTHER}'
    assert (found[1].title, found[1].source) == (None, "पत्र")


def test_bad_rows_are_named_and_the_others_read(tmp_path: Path) -> None:
    lines = [
        b"title,text", b"", b"a," + HINDI.encode(), b"b,\xff\xff", b"c,", b"d,english",
        b"e," + b"x" * 200_000, b"f,\x00", b"g," + OTHER.encode(),
    ]  # fmt: skip
    path = write(tmp_path / "a.csv", b"\n".join(lines))
    found, errors = read(path)
    assert [article.path for article in found] == [f"{path}:3", f"{path}:9"]
    reasons = ["legacy encoding", "empty text field", "not Hindi", "131,072", "binary"]
    for number, (error, reason) in enumerate(zip(errors, reasons, strict=True), 4):
        assert error.startswith(f"{path}:{number}: ")
        assert reason in error


def test_one_record_by_its_name(tmp_path: Path) -> None:
    second = {**RECORD, "text": OTHER}
    lines = write(tmp_path / "a.jsonl", f"{json.dumps(RECORD)}\n{json.dumps(second)}\n")
    rows = write(tmp_path / "a.csv", table(["text"], [BODY], [OTHER]))
    assert one(f"{lines}:2").text == OTHER
    assert one(f"{rows}:5").text == OTHER
    assert read(f"{lines}:9") == ([], [f"{lines}:9: no such record in this file"])


# -- Folders, patterns, standard input -------------------------------------------------


def test_folders_are_read_in_the_order_of_names(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.md", "a.txt", "c.txt", "b/x/y.jsonl"):
        write(tmp_path / name, json.dumps(RECORD) if name.endswith("l") else BODY)
    for name in (".hidden.txt", ".git/a.txt", "b/picture.png", "README.md", "no_suffix"):
        write(tmp_path / name, b"\x00")
    write(tmp_path / "gold.json", '{"file": "a.txt", "claims": [1]}')
    write(tmp_path / "list.json", "[1, 2, 3]")
    write(tmp_path / "figures.csv", "year,sum\n2023,5\n")
    found, errors = read(tmp_path)
    names = [os.path.relpath(article.path, tmp_path) for article in found]
    assert names == ["a.txt", "b/1.md", "b/2.txt", "b/x/y.jsonl:1", "c.txt"]
    assert errors == []


def test_a_record_without_text_among_others_is_reported_in_a_folder(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", '{"x": 1}\n' + json.dumps(RECORD))
    found, errors = read(tmp_path)
    assert len(found) == 1
    assert "a.jsonl:1: has no text field" in errors[0]


@pytest.mark.parametrize("name", [None, "a.png", "x.json", ".a.txt"])
def test_folder_without_articles(tmp_path: Path, name: str | None) -> None:
    if name:
        write(tmp_path / name, '{"x": 1}')
    found, errors = read(tmp_path)
    assert found == []
    assert errors[0].startswith(f"{tmp_path}: has no articles")


def test_patterns(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.md", "d/e.txt", ".h.txt", "[1].txt"):
        write(tmp_path / name, BODY)
    (tmp_path / "d" / "loop").symlink_to(tmp_path)

    def names(pattern: str) -> list[str]:
        found, errors = read(tmp_path / pattern)
        assert errors == []
        return [os.path.relpath(article.path, tmp_path) for article in found]

    assert names("[ab].txt") == ["a.txt", "b.txt"]
    assert names("?.*") == ["a.txt", "b.txt", "c.md"]
    assert names("**/e.txt") == ["d/e.txt"]
    assert names("[1].txt") == ["[1].txt"]
    _, errors = read(tmp_path / "*.rtf")
    assert "no file matches this pattern" in errors[0]


def test_a_file_reached_twice_is_read_once(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", BODY)
    assert len(read(path, tmp_path, tmp_path / "*.txt")[0]) == 1


@pytest.mark.parametrize("name", ["article", "a.rtf", "a.TXT", "a.html?x=1"])
def test_named_files_are_read_whatever_their_suffix(tmp_path: Path, name: str) -> None:
    content = page(META) if "html" in name else BODY
    assert HINDI in one(write(tmp_path / name, content)).text


@pytest.mark.parametrize(
    ("data", "paths"),
    [
        (BODY, ["-"]),
        ("\ufeff" + BODY, ["-"]),
        ("[भाषा] " + BODY, ["-"]),
        ("{क} " + BODY, ["-"]),
        (FRONT + BODY, ["-"]),
        (page(META), ["-"]),
        ("\n" + json.dumps(RECORD, indent=1), ["-"]),
        (json.dumps([RECORD, RECORD]), ["-:1", "-:2"]),
        ("\ufeff" + json.dumps(RECORD) + "\n" + json.dumps(RECORD), ["-:1", "-:2"]),
    ],
)
def test_standard_input(data: str, paths: list[str]) -> None:
    found, errors = read("-", stdin=data.encode())
    assert errors == []
    assert [article.path for article in found] == paths
    assert all(HINDI in article.text for article in found)
    if data == BODY:
        assert found[0].source == "stdin"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "-: is empty"),
        (BODY.encode("utf-16"), "-: is UTF-16"),
        (b'{"text": ', "-: is malformed JSON"),
        (b'{"text": 1}\n{"te', "-:2: is malformed JSON"),
    ],
)
def test_bad_standard_input(data: bytes, reason: str) -> None:
    found, errors = read("-", stdin=data)
    assert found == []
    assert errors[-1].startswith(reason)


# -- Bad input -------------------------------------------------------------------------

LATIN = "Le président a déclaré que les négociations étaient terminées."


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "is empty"),
        ("a.txt", b" \r\n\t", "is empty"),
        ("a.txt", b"\xef\xbb\xbf\n", "is empty"),
        ("a.jsonl", b"\n\n", "is empty"),
        ("a.json", b"[]", "is an empty list"),
        ("a.csv", b"", "is empty"),
        ("a.csv", b"title,text\n", "has a header but no rows"),
        ("a.csv", b"title,summary\nx,y\n", "has no text column"),
        ("a.md", FRONT.encode(), "front matter but no text"),
        ("a.txt", b"\x7fELF\x02\x01\x00\x00" * 20, "is a binary file"),
        ("a.txt", BODY.encode() + b"\x01\x02\x03" * 9, "is a binary file"),
        ("a.html", b"\x00" + page().encode(), "is a binary file"),
        ("a.txt", BODY.encode("utf-16"), "iconv -f UTF-16 -t UTF-8"),
        ("a.md", BODY.encode("utf-16-le"), "iconv -f UTF-16LE -t UTF-8"),
        ("a.txt", BODY.encode("utf-16-be"), "iconv -f UTF-16BE -t UTF-8"),
        ("a.txt", BODY.encode("utf-32"), "is UTF-32"),
        ("a.html", page().encode("utf-16"), "is UTF-16"),
        ("a.jsonl", json.dumps(RECORD).encode("utf-16"), "a.jsonl: is UTF-16"),
        ("a.csv", BODY.encode("utf-16-le"), "is UTF-16LE"),
        ("a.txt", LATIN.encode("latin-1"), "legacy encoding"),
        ("a.html", LATIN.encode("latin-1"), "legacy encoding"),
        # ISCII, in which every letter is one byte above 0xA0.
        ("a.txt", bytes(range(0xA1, 0xFA)) * 9, "iconv -f ENCODING -t UTF-8"),
        ("a.txt", BODY.encode()[:-2], "cut short"),
        ("a.txt", BODY.encode() * 9 + b"\xe0\xa4 " + BODY.encode(), "iconv -c"),
        ("a.txt", b"%PDF-1.7\n", "pdftotext"),
        ("a.txt", b"PK\x03\x04\x14\x00", "zip archive"),
        ("a.json.gz", b"\x1f\x8b\x08\x00", "unpack it"),
        ("a.txt", LATIN.encode(), "is not Hindi: 0% of its"),
        ("a.txt", b"12345 67890 \n", "is not Hindi: nothing"),
        ("a.txt", (LATIN * 4 + "कहा").encode(), "is not Hindi"),
        ("a.txt", b"x" * 5_000_000, "is too large (5.0 MB"),
        ("a.txt", "क".encode() * 200_000, "has a line of 200,000 characters"),
        ("a.txt", (HINDI + "\n").encode() * 16_000, "more than the 1,000,000"),
        ("a.jsonl", b'{"text": "' + b"x" * 9_000_000 + b'"}', "a.jsonl:1: is longer"),
        ("a.csv", b"text\n" + b"x" * 9_000_000, "a.csv:2: is longer"),
        ("a.json", b"[" * 100_000, "nested too deep"),
        ("a.json", b'{"a":' * 100_000, "nested too deep"),
        ("a.json", b'{"text": "x"', "is malformed JSON: column 13"),
        ("a.json", b'{"text":\n\n x}', "line 3, column 2"),
        ("a.json", b'"text"', "is no JSON object"),
    ],
)
def test_bad_input_is_named_and_the_rest_goes_on(
    tmp_path: Path, name: str, data: bytes, reason: str
) -> None:
    bad = write(tmp_path / name, data)
    good = write(tmp_path / "good.txt", BODY)
    found, errors = read(bad, good)
    assert [article.path for article in found] == [str(good)]
    assert len(errors) == 1
    assert errors[0].startswith(str(bad))
    assert reason in errors[0]
    assert "\n" not in errors[0]


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("missing.txt", "no such file"),
        ("https://nadi.example/a.html", "web addresses are not opened"),
        ("", "is not a file name"),
        ("a\0b.txt", "is not a file name"),
        ("x" * 5000 + ".txt", "cannot be read"),
    ],
)
def test_bad_names(path: str, reason: str) -> None:
    found, errors = read(path)
    assert found == []
    assert reason in errors[0]


def test_a_huge_file_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(1 << 40)

    class Unread(io.FileIO):
        def read(self, *_: object) -> NoReturn:
            raise AssertionError("read before its size was looked at")

    monkeypatch.setattr(os, "fdopen", lambda descriptor, mode: Unread(descriptor, mode))
    _, errors = read(path)
    assert "too large (1,099,511.6 MB" in errors[0]


def test_special_files_are_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # A socket's name may have 100 bytes.
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "good.txt", BODY)
    os.mkfifo(tmp_path / "fifo.txt")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.txt")
        found, errors = read(tmp_path, "/dev/null", "/dev/zero")
    assert len(found) == 1
    words = ["it is a FIFO", "it is a socket", "it is a device", "it is a device"]
    for error, word in zip(errors, words, strict=True):
        assert word in error


def test_a_fifo_in_the_place_of_a_file_does_not_block(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "a.txt", BODY)
    opened = os.open

    def swap(name: str, flags: int) -> int:
        os.unlink(name)
        os.mkfifo(name)
        return opened(name, flags)

    monkeypatch.setattr(os, "open", swap)
    found, errors = read(path)
    assert found == []
    assert "FIFO" in errors[0]


def test_symlink_loops_end(tmp_path: Path) -> None:
    write(tmp_path / "a" / "good.txt", BODY)
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "missing")
    # A second way to a folder that is no loop is passed over without a word.
    (tmp_path / "z").symlink_to(tmp_path / "a")
    found, errors = read(tmp_path)
    assert [article.path for article in found] == [str(tmp_path / "a" / "good.txt")]
    assert [error.split(": ")[0] for error in errors] == [
        str(tmp_path / name) for name in ("a/up", "gone.txt", "self.txt")
    ]
    assert "symlink loop" in errors[0]
    assert "symlink loop" in errors[2]


def test_archives_in_a_folder_are_reported(tmp_path: Path) -> None:
    write(tmp_path / "a.zip", b"PK")
    write(tmp_path / "b.txt", BODY)
    found, errors = read(tmp_path)
    assert len(found) == 1
    assert "archives are not opened" in errors[0]


@pytest.mark.parametrize("call", ["open", "scandir", "stat"])
def test_permission_denied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    write(tmp_path / "closed" / "a.txt", BODY)
    write(tmp_path / "open.txt", BODY)
    real = getattr(os, call)

    def refuse(path: Any, *args: Any, **options: Any) -> Any:
        if "closed" in str(path):
            raise PermissionError(13, "Permission denied", path)
        return real(path, *args, **options)

    monkeypatch.setattr(os, call, refuse)
    found, errors = read(tmp_path)
    assert [article.path for article in found] == [str(tmp_path / "open.txt")]
    assert len(errors) == 1
    assert "closed" in errors[0]
    assert "permission denied" in errors[0]


def test_a_disk_error_while_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bad, good = write(tmp_path / "a.txt", BODY), write(tmp_path / "b.txt", BODY)
    real = os.fdopen

    class Broken(io.BytesIO):
        def fileno(self) -> int:
            return 0

        def read(self, *_: object) -> NoReturn:
            raise OSError(5, "Input/output error")

    def opened(descriptor: int, mode: str) -> Any:
        used.append(descriptor)
        return Broken() if len(used) == 1 else real(descriptor, mode)

    used: list[int] = []
    monkeypatch.setattr(os, "fdopen", opened)
    found, errors = read(bad, good)
    assert [article.path for article in found] == [str(good)]
    assert errors == [f"{bad}: cannot be read: Input/output error"]


def test_names_that_are_not_utf8_can_be_printed(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/\xff.txt"
    with open(path, "wb") as file:
        file.write(BODY.encode())
    article = one(tmp_path)
    assert article.path.encode().endswith("\ufffd.txt".encode())


# -- Properties ------------------------------------------------------------------------

PIECES = st.sampled_from(
    [HINDI, OTHER, "\n", "\r", "\r\n", "\ufeff", "---\n", "title: क\n", '"', ",", "{", "[",
     '{"text": "', "text,title\n", "<p>", "<html>", "</p>", "<!--", "\u2028", "\x00", "\x0c",
     "&#13;", "&#xFEFF;", "\\ud800", "\\r", "\ufffd", "12 सितंबर 2023"]
)  # fmt: skip
SUFFIX = st.sampled_from([".txt", ".md", ".html", ".json", ".jsonl", ".csv", ".xyz", ""])


@given(
    data=st.one_of(
        st.binary(max_size=300),
        st.lists(PIECES, max_size=12).map(lambda parts: "".join(parts).encode()),
        st.text(max_size=40).map(lambda text: json.dumps({"text": HINDI + text}).encode()),
    ),
    suffix=SUFFIX,
)
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_read_or_reported(tmp_path: Path, data: bytes, suffix: str) -> None:
    path = write(tmp_path / f"x{suffix}", data)
    for found, errors in (read(path), read("-", stdin=data)):
        assert found or errors
        for article in found:
            assert "\r" not in article.text
            assert not article.text.startswith("\ufeff")
            assert 0 <= body_start(article.text) <= len(article.text)
            assert pickle.loads(pickle.dumps(article)) == article
            assert hash(article) == hash(pickle.loads(pickle.dumps(article)))
            json.dumps(article.text, ensure_ascii=False).encode()
        assert all("\n" not in error for error in errors)


@given(st.lists(PIECES, max_size=8).map("".join))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_text_is_verbatim(tmp_path: Path, text: str) -> None:
    """Python's own universal newlines are the reference."""
    path = write(tmp_path / "x.txt", text)
    found, _ = read(path)
    for article in found:
        assert article.text == path.read_text(encoding="utf-8-sig").lstrip("\ufeff")


def test_importing_the_room_is_light() -> None:
    code = (
        "import sys, claimx.articles; "
        "print([m for m in ('trafilatura', 'lxml', 'torch') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.strip() == "[]"
