"""Plain texts: the file as read, front matter, headline, date and outlet."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from claimx.articles import body_start
from tests.articles.cases import BODY, FRONT, HINDI, OTHER, RECORD, one, write

# -- Plain text and front matter -------------------------------------------------------


def test_text_is_the_file_as_read(tmp_path: Path) -> None:
    raw = "\ufeff" + f"{HINDI}\r\n\r\n  {OTHER}\rअंत\u200dतक \n"
    article = one(write(tmp_path / "a.txt", raw))
    assert article.text == f"{HINDI}\n\n  {OTHER}\nअंत\u200dतक \n"
    assert article.path == str(tmp_path / "a.txt")


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
