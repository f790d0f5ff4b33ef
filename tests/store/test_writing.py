"""Writing to the store: what goes in comes out, once, and can be forgotten."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from claimx.store import Store, StoreReader
from tests.store.cases import V, a_claim, an_article, fill, merge, texts

# Articles in and out


def test_what_is_saved_comes_back_field_by_field(store: Store) -> None:
    article = an_article()
    claims = [
        a_claim(
            article, "पहली बात", speaker_latin="Peskov", speaker_role="प्रवक्ता", kind="direct",
            polarity="denied", via="एएफपी", addressee="पत्रकार", said_on="2023-08-29",
            group="g1", group_sources=2, relation="differs", confidence=0.25,
        ),
        a_claim(article, "दूसरी बात", None, start=50, facts=()),
        a_claim(article, "तीसरी बात", "विशेषज्ञ", start=90, speaker_type="group"),
    ]  # fmt: skip
    assert store.save(article, claims, V)
    assert list(store.claims()) == claims


def test_an_unchanged_article_is_stored_once(store: Store) -> None:
    article = an_article()
    claims = [a_claim(article, "एक बात")]
    assert store.save(article, claims, V)
    assert store.has(article, V)
    assert not store.save(article, claims, V)
    assert list(store.claims()) == claims
    assert store.cached(article, V) == claims


def test_an_article_without_claims_is_finished_too(store: Store) -> None:
    article = an_article()
    assert store.cached(article, V) is None
    store.save(article, [], V)
    assert store.cached(article, V) == []


def test_a_changed_article_replaces_its_claims(store: Store) -> None:
    old, new = an_article(text="पुराना"), an_article(text="नया")
    store.save(old, [a_claim(old, "पुरानी बात", "लावरोव")], V)
    assert store.cached(new, V) is None
    store.save(new, [a_claim(new, "नई बात")], V)
    assert texts(store.claims()) == ["नई बात"]
    assert texts(store.search("पुरानी")) == []
    assert store.find("लावरोव") == []
    assert not store.has(old, V)


def test_another_version_extracts_again(store: Store) -> None:
    article = an_article()
    store.save(article, [a_claim(article, "पहले नियम से")], "rules-1")
    assert store.cached(article, "rules-2") is None
    store.save(article, [a_claim(article, "नए नियम से")], "rules-2")
    assert texts(store.claims()) == ["नए नियम से"]


def test_a_reprint_is_two_sources_and_one_parse(store: Store) -> None:
    first = an_article("/a/1.txt", text="एक ही पाठ", source="प्रभात")
    second = an_article("/b/9.txt", text="एक ही पाठ", source="संध्या", title=None)
    store.save(first, [a_claim(first, "वही बात")], V)
    (copy,) = store.cached(second, V) or []
    assert (copy.article, copy.source, copy.title) == ("/b/9.txt", "संध्या", None)
    assert [claim.source for claim in store.who("पेसकोव")] == ["प्रभात", "संध्या"]
    assert store.has(first, V)
    assert store.has(second, V)
    store.forget("/a/1.txt")
    assert [claim.source for claim in store.search("वही")] == ["संध्या"]


def test_a_reprint_keeps_the_name_its_article_used(store: Store) -> None:
    first = an_article("/a/1.txt", text="एक ही पाठ")
    store.save(first, [a_claim(first, "वही बात", "पुतिन")], V)
    merge(store, {"पुतिन": "व्लादिमीर पुतिन"})
    store.cached(an_article("/b/9.txt", text="एक ही पाठ"), V)
    assert [mention.name for mention in store.mentions()] == ["पुतिन", "पुतिन"]
    assert {claim.speaker for claim in store.claims()} == {"व्लादिमीर पुतिन"}


def test_a_text_of_another_day_is_parsed_anew(store: Store) -> None:
    first = an_article("/a/1.txt", text="एक ही पाठ", published="2023-08-30")
    later = an_article("/b/9.txt", text="एक ही पाठ", published="2023-09-02")
    store.save(first, [a_claim(first, "वही बात", said_on="2023-08-29")], V)
    assert store.cached(later, V) is None
    assert [claim.said_on for claim in store.claims()] == ["2023-08-29"]


def test_new_metadata_of_the_same_text_is_taken_over(store: Store) -> None:
    article = an_article(title=None)
    store.save(article, [a_claim(article, "एक बात")], V)
    titled = replace(article, title="अब शीर्षक है")
    assert not store.has(titled, V)
    store.cached(titled, V)
    assert [claim.title for claim in store.claims()] == ["अब शीर्षक है"]


def test_a_reader_finds_reprints_without_storing_them(path: Path, store: Store) -> None:
    first = an_article("/a/1.txt", text="एक ही पाठ")
    store.save(first, [a_claim(first, "वही बात")], V)
    with StoreReader(path) as reader:
        (claim,) = reader.cached(an_article("/b/9.txt", text="एक ही पाठ"), V) or []
    assert claim.article == "/b/9.txt"
    assert [article.path for article in store.articles()] == ["/a/1.txt"]


def test_relative_paths_of_two_folders_are_two_articles(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        monkeypatch.chdir(tmp_path / folder)
        article = an_article("a.txt", text=f"{folder} का पाठ")
        store.save(article, [a_claim(article, f"{folder} की बात")], V)
    assert sorted(texts(store.claims())) == ["x की बात", "y की बात"]
    assert store.forget("a.txt") == 1
    assert texts(store.claims()) == ["x की बात"]


def test_standard_input_is_told_apart_by_its_text(store: Store) -> None:
    for text in ("एक", "दो"):
        article = an_article("-", text=text)
        store.save(article, [a_claim(article, text)], V)
    assert sorted(texts(store.claims())) == ["एक", "दो"]
    assert store.forget("-") == 0
    assert store.forget(an_article("-", text="एक").id) == 1


@pytest.mark.parametrize(
    ("target", "left"),
    [
        ("/n/a.txt", ["/n/b.jsonl:1", "/n/b.jsonl:12", "/nn/c.txt", "https://x.in/d"]),
        ("/n/b.jsonl", ["/n/a.txt", "/nn/c.txt", "https://x.in/d"]),
        ("/n/b.jsonl:1", ["/n/a.txt", "/n/b.jsonl:12", "/nn/c.txt", "https://x.in/d"]),
        ("/n", ["/nn/c.txt", "https://x.in/d"]),
        ("/n/", ["/nn/c.txt", "https://x.in/d"]),
        ("/nn/../n", ["/nn/c.txt", "https://x.in/d"]),
        ("https://x.in", ["/n/a.txt", "/n/b.jsonl:1", "/n/b.jsonl:12", "/nn/c.txt"]),
        ("", None),
        ("/none", None),
        ("/n/%", None),
    ],
)
def test_forgetting_a_path_a_folder_a_file_of_records(
    store: Store, target: str, left: list[str] | None
) -> None:
    places = ["/n/a.txt", "/n/b.jsonl:1", "/n/b.jsonl:12", "/nn/c.txt", "https://x.in/d"]
    fill(store, *((place, f"वक्ता {place}", f"बात {place}") for place in places))
    left = places if left is None else left
    assert store.forget(target) == len(places) - len(left)
    assert [article.path for article in store.articles()] == left
    assert sorted(claim.article for claim in store.search("बात")) == left
    assert len(list(store.speakers())) == len(left)


def test_missing_files_can_be_found_and_forgotten(store: Store, tmp_path: Path) -> None:
    kept, gone = tmp_path / "kept.jsonl", tmp_path / "gone.txt"
    for file in (kept, gone):
        file.write_text("पाठ")
    fill(store, (f"{kept}:2", "क", "ख"), (str(gone), "क", "ग"), ("https://x.in/d", "क", "घ"))
    assert store.missing() == []
    gone.unlink()
    (article,) = store.missing()
    assert (article.path, article.claims) == (str(gone), 1)
    assert store.forget(article.location) == 1


def test_text_and_paths_that_are_not_valid_unicode_come_back(store: Store) -> None:
    odd = os.fsdecode("/न/".encode() + b"\xff\xfe.txt")
    article = an_article(odd, text="\ud800 अधूरा \0 पाठ", source="\udcff")
    claim = a_claim(article, "बात \ud83d और \0 शून्य", "नाम \udcaa")
    store.save(article, [claim], V)
    assert list(store.claims()) == [claim]
    assert list(store.search("शून्य")) == [claim]
    assert store.has(article, V)
    assert store.forget("/न") == 1
