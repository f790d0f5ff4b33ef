"""Web pages: the body and the metadata."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.articles.cases import BODY, HINDI, META, OTHER, one, page, read, write

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
