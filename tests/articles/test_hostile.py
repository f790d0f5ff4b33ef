"""Input that is no article, or means harm, is named and the rest goes on."""

from __future__ import annotations

import io
import json
import os
import pickle
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimx.articles import body_start
from tests.articles.cases import BODY, FRONT, HINDI, OTHER, RECORD, one, page, read, write

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
