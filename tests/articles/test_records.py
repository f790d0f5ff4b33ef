"""Files of many articles: JSON, JSON Lines, CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from claimx.articles import read_articles
from claimx.errors import InputError
from claimx.records import Article
from tests.articles.cases import BODY, HINDI, META, OTHER, RECORD, one, page, read, write


def table(*rows: list[str], delimiter: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


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
