"""Files, folders, patterns and standard input."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.articles.cases import BODY, FRONT, HINDI, META, RECORD, one, page, read, write

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
