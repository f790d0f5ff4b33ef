"""The store, through its public functions: what goes in, comes out, and survives."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from claimx.errors import StoreError
from claimx.identity import Name, Speaker, load_aliases, lookup, resolve
from claimx.records import Article, Claim, Fact, content_id
from claimx.store import Filters, Mention, Store, StoredSpeaker, StoreReader
from claimx.store.schema import APPLICATION_ID, MIGRATIONS, connect
from claimx.store.words import cover, fold_latin, latin_keys, split_words

SPAWN = multiprocessing.get_context("spawn")
V = "rules-1 models-1"


def names_by(lookup_keys: Callable[..., Collection[str]]) -> Any:
    """Identity's look-up with another way to make keys."""
    return SimpleNamespace(**vars(lookup) | {"lookup_keys": lookup_keys})


def slow_keys(*names: str) -> Collection[str]:
    """Keeps a writer that stores new names inside its transaction most of the time."""
    time.sleep(0.01)
    return lookup.lookup_keys(*names)


def an_article(path: str = "/news/a.txt", text: str | None = None, **more: Any) -> Article:
    values = {"source": "प्रभात", "title": "शीर्षक", "published": "2023-08-30"} | more
    return Article(path, f"{path} का लेख" if text is None else text, **values)


def a_claim(article: Article, claim: str, speaker: str | None = "पेसकोव", **more: Any) -> Claim:
    record = Claim(
        id=content_id(article.id, claim, speaker or ""),
        article=article.path,
        source=article.source,
        title=article.title,
        published=article.published,
        speaker=speaker,
        speaker_latin=None,
        speaker_type="person" if speaker else "unknown",
        speaker_role=None,
        mention=speaker,
        resolution="name" if speaker else "unresolved",
        claim=claim,
        start=10,
        end=10 + len(claim),
        evidence=f"… {claim} …",
        evidence_start=8,
        evidence_end=12 + len(claim),
        kind="indirect",
        cue="कहना",
        act="say",
        polarity="affirmed",
        via=None,
        addressee=None,
        said_on=None,
        facts=(Fact("money", "500 करोड़", 5e9, "INR", 12, 21),),
        group=None,
        group_sources=None,
        relation=None,
        confidence=0.9,
    )
    return replace(record, **more)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "claims.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store(path) as opened:
        yield opened


def fill(store: Store, *said: tuple[str, str | None, str], version: str = V) -> None:
    """Save (path, speaker, claim) triples, an article a path."""
    by_path: dict[str, list[tuple[str | None, str]]] = {}
    for place, speaker, claim in said:
        by_path.setdefault(place, []).append((speaker, claim))
    for place, pairs in by_path.items():
        article = an_article(place)
        store.save(article, [a_claim(article, claim, who) for who, claim in pairs], version)


def texts(claims: Iterator[Claim]) -> list[str]:
    return [claim.claim for claim in claims]


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


def test_a_text_of_another_day_is_dated_anew_or_parsed_anew(store: Store) -> None:
    first = an_article("/a/1.txt", text="एक ही पाठ", published="2023-08-30")
    later = an_article("/b/9.txt", text="एक ही पाठ", published="2023-09-02")
    store.save(first, [a_claim(first, "वही बात", said_on="2023-08-29")], V)
    assert store.cached(later, V) is None
    redated = store.cached(later, V, lambda claim: replace(claim, said_on=claim.published))
    assert redated is not None
    assert [claim.said_on for claim in redated] == ["2023-09-02"]
    assert [claim.said_on for claim in store.claims()] == ["2023-08-29", "2023-09-02"]


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


# Speakers


def merge(store: Store, names: dict[str, str], latin: str | None = None) -> None:
    store.resolve(
        lambda mentions: {
            m.key: StoredSpeaker(names.get(m.name, m.name), latin, m.type) for m in mentions
        },
        "identity-1",
    )


@pytest.fixture
def politics(store: Store) -> Store:
    fill(
        store,
        ("/1", "दिमित्री पेसकोव", "वार्ता जारी है"),
        ("/1", "राहुल गांधी", "सरकार जवाब दे"),
        ("/2", "पेस्कोव", "समझौता संभव है"),
        ("/2", "सोनिया गांधी", "पार्टी एकजुट है"),
        ("/3", "पेसकोव", "यह सच नहीं"),
        ("/3", None, "बारिश होगी"),
    )
    return store


@pytest.mark.parametrize("name", ["peskov", "Peskow", "पेस्कोव", "पेसकोव", " PESKOV "])
def test_who_takes_any_spelling_in_either_script(politics: Store, name: str) -> None:
    merge(politics, {"पेस्कोव": "दिमित्री पेसकोव", "पेसकोव": "दिमित्री पेसकोव"})
    claims = list(politics.who(name))
    assert sorted(claim.claim for claim in claims) == [
        "यह सच नहीं", "वार्ता जारी है", "समझौता संभव है",
    ]  # fmt: skip
    assert {claim.speaker for claim in claims} == {"दिमित्री पेसकोव"}
    assert [match.speaker.name for match in politics.find(name)] == ["दिमित्री पेसकोव"]


def test_a_full_name_does_not_bring_its_surname_bearers(politics: Store) -> None:
    assert texts(politics.who("राहुल गांधी")) == ["सरकार जवाब दे"]
    assert texts(politics.who("rahul gandhi")) == ["सरकार जवाब दे"]
    assert len(list(politics.who("गांधी"))) == 2


def test_exact_matches_come_before_close_ones(store: Store) -> None:
    fill(store, ("/1", "पेस्कोव", "एक"), ("/2", "पेसकोव", "दो"), ("/3", "पेस्कोव", "तीन"))
    assert [m.exact for m in store.find("पेसकोव")] == [True, False]
    assert texts(store.who("पेसकोव")) == ["दो", "एक", "तीन"]
    assert texts(store.who("पेसकोव", limit=2)) == ["दो", "एक"]
    assert texts(store.who("पेसकोव", limit=0)) == []


def test_who_gives_the_newest_first(store: Store) -> None:
    article = an_article(published="2023-05-05")
    days = {"पुरानी": "2021-01-01", "बिना तारीख": None, "नई": "2024-01-01"}
    undated = an_article("/u", published=None)
    store.save(article, [a_claim(article, t, said_on=day) for t, day in days.items()], V)
    store.save(undated, [a_claim(undated, "अज्ञात दिन")], V)
    assert texts(store.who("पेसकोव")) == ["नई", "बिना तारीख", "पुरानी", "अज्ञात दिन"]


def test_merging_and_parting_again_loses_nothing(politics: Store) -> None:
    merge(politics, {"राहुल गांधी": "गांधी", "सोनिया गांधी": "गांधी"})
    assert len(list(politics.who("rahul gandhi"))) == 2
    merge(politics, {})
    assert texts(politics.who("rahul gandhi")) == ["सरकार जवाब दे"]
    assert politics.find("गांधी")[0].exact is False


def test_identity_sees_every_mention_and_its_latin_name_is_found(politics: Store) -> None:
    seen = [(mention.article, mention.name) for mention in politics.mentions()]
    assert seen == sorted(seen)
    assert len(seen) == 5
    merge(politics, {"पेसकोव": "दिमित्री पेसकोव"}, latin="Dmitry of the Kremlin")
    assert politics.find("dmitry of the kremlin")
    assert {claim.speaker_latin for claim in politics.who("पेसकोव")} == {"Dmitry of the Kremlin"}


def test_a_new_article_joins_the_speaker_its_name_was_given_to(politics: Store) -> None:
    merge(politics, {"पेसकोव": "दिमित्री पेसकोव"})
    fill(politics, ("/9", "पेसकोव", "नई बात"))
    assert [claim.speaker for claim in politics.search("नई")] == ["दिमित्री पेसकोव"]


def test_listed_names_are_found_too_and_outlive_an_article(store: Store) -> None:
    fill(store, ("/1", "पेसकोव", "एक"), ("/2", "पेसकोव", "दो"), ("/3", "लावरोव", "तीन"))
    own = {m.key: StoredSpeaker(m.name, None, m.type) for m in store.mentions()}
    listed = {"पेसकोव": ["Putin's press secretary"]}
    store.resolve(lambda _: own, "identity-1", lambda name: listed.get(name, []))
    store.forget("/1")
    assert texts(store.who("press secretary")) == ["दो"]
    store.resolve(lambda _: own, "identity-1", lambda _: [])
    assert texts(store.who("press secretary")) == ["दो"]
    store.resolve(lambda _: own, "identity-2", lambda _: [])
    assert texts(store.who("press secretary")) == []


def test_identity_decides_over_all_articles(store: Store) -> None:
    fill(
        store,
        ("/1", "व्लादिमीर पुतिन", "एक"),
        ("/2", "पुतिन", "दो"),
        ("/3", "ब्लादिमीर पुतिन", "तीन"),
        ("/4", "सोनिया गांधी", "चार"),
    )

    def decide(mentions: Sequence[Mention]) -> dict[int, Speaker]:
        names = {m.key: Name(m.name, m.type, m.role, m.article) for m in mentions}
        registry = resolve(names.values())
        return {key: registry.speaker_of(name) for key, name in names.items()}

    store.resolve(decide, "shipped", load_aliases().names_of)
    for name in ("putin", "Vladimir Putin", "ब्लादिमीर पुतिन"):
        assert sorted(texts(store.who(name))) == sorted(["एक", "दो", "तीन"])
    assert [speaker.claims for speaker in store.speakers()] == [3, 1]


def test_joins_are_current_until_an_article_changes(politics: Store) -> None:
    assert not politics.is_current("speakers", "identity-1")
    merge(politics, {})
    assert politics.is_current("speakers", "identity-1")
    assert not politics.is_current("speakers", "identity-2")
    fill(politics, ("/1", "दिमित्री पेसकोव", "वार्ता जारी है"))
    article = an_article("/9")
    politics.save(article, [], V)
    assert not politics.is_current("speakers", "identity-1")


def test_a_failed_decision_changes_nothing(politics: Store) -> None:
    before = list(politics.claims())
    with pytest.raises(OSError, match="aliases"):
        politics.resolve(lambda _: (_ for _ in ()).throw(OSError("aliases")), "k")
    assert list(politics.claims()) == before
    assert not politics.is_current("speakers", "k")


def test_groups_are_set_for_all_claims_at_once(politics: Store) -> None:
    first, second, *_ = politics.claims()
    politics.set_groups([(first.id, "g", 2, "same"), (second.id, "g", 2, "denies")], "m1")
    assert [claim.relation for claim in politics.claims()][:2] == ["same", "denies"]
    assert politics.is_current("groups", "m1")
    politics.set_groups([(second.id, "g", 1, None)], "m1")
    assert [(c.group, c.group_sources) for c in politics.claims()][:2] == [
        (None, None),
        ("g", 1),
    ]


@pytest.mark.parametrize("name", ["पेसकोफ", "Peskof", "dimitri peskof"])
def test_the_nearest_names_are_suggested(politics: Store, name: str) -> None:
    assert not politics.find(name)
    assert "पेसकोव" in politics.suggest(name)[0].name.replace("स्", "स")


@pytest.mark.parametrize("name", ["", "।", "\ud800", "\0", "*" * 5000])
def test_names_that_are_none_find_nobody(politics: Store, name: str) -> None:
    assert politics.find(name) == []
    assert politics.suggest(name) == []
    assert list(politics.search("वार्ता", Filters(speaker=name))) == []


def test_speakers_are_summed_up(store: Store) -> None:
    one, two = an_article("/1"), an_article("/2", source="संध्या", published="2023-01-01")
    role = "क्रेमलिन के प्रवक्ता"
    store.save(
        one,
        [a_claim(one, "क", speaker_role=role), a_claim(one, "ख"), a_claim(one, "ग", None)],
        V,
    )
    store.save(two, [a_claim(two, "घ", "पेस्कोव"), a_claim(two, "च", "लावरोव")], V)
    merge(store, {"पेस्कोव": "पेसकोव"})
    peskov, lavrov = store.speakers()
    assert (peskov.name, peskov.claims, peskov.articles) == ("पेसकोव", 3, 2)
    assert peskov.spellings == (("पेसकोव", 2), ("पेस्कोव", 1))
    assert peskov.roles == ((role, 1),)
    assert peskov.sources == (("प्रभात", 2), ("संध्या", 1))
    assert (peskov.first, peskov.last) == ("2023-01-01", "2023-08-30")
    assert (lavrov.name, lavrov.claims) == ("लावरोव", 1)
    assert [s.claims for s in store.speakers(Filters(sources=["संध्या"]))] == [1, 1]


# Words


@pytest.fixture
def library(store: Store) -> Store:
    fill(
        store,
        ("/1", "क", "मोदी ने यात्रा रद्द की"),
        ("/2", "क", "मादा हाथी दिखी"),
        ("/3", "क", "५०० करो\u095c का नुक़सान हुआ, NATO ने कहा"),
        ("/4", "क", "नरेन्\u200dद्र की यात्राएं; किम जोंग-उन से युद्ध विराम"),
        ("/5", "क", "कल काला दिन था"),
        ("/6", "क", "दीन दुखियों की सरकार"),
    )
    return store


@pytest.mark.parametrize(
    ("query", "found"),
    [
        # a matra apart is another word
        ("मोदी", "1"), ("मादा", "2"), ("मोद", ""), ("म", ""), ("मादी", ""),
        ("कल", "5"), ("काल", ""), ("दिन", "5"), ("दीन", "6"), ("यात्रा", "1"),
        # canonical forms, nukta, joiners, digits, letter case
        ("करो\u095c", "3"), ("करो\u0921\u093c", "3"), ("करोड", "3"), ("नुकसान", "3"),
        ("नरेन्द्र", "4"), ("नरेन्\u200cद्र", "4"), ("500", "3"), ("५००", "3"), ("nato", "3"),
        # beginnings
        ("यात्रा*", "14"), ("मो*", "1"), ("म*", "12"), ("*", ""), ("५*", "3"),
        # several words, in any order, and phrases
        ("रद्द यात्रा", "1"), ("यात्रा मादा", ""), ('"युद्ध विराम"', "4"), ('"विराम युद्ध"', ""),
        ("“युद्ध विराम”", "4"), ("जोंग-उन", "4"), ("उन-जोंग", ""), ('"यात्रा रद्द', "1"),
        # Latin letters
        ("yatra", "1"), ("Yaatra", "1"), ("yatra*", "14"), ("yat*", "14"), ("kal", "5"),
        ("sarkar", "6"), ("sarkaar modi", ""), ("yatra radd", "1"), ("yatra रद्द", "1"),
        ('"yudh viram"', "4"), ('"yuddh विराम"', "4"), ('"viram yudh"', ""), ("mod", ""),
        ("Jong-un", "4"), ("karor", "3"), ("karod", "3"), ("nuksan", "3"),
        # nothing to look for
        ("", ""), ("।", ""), ('""', ""), ("\0", ""), ("\ud800", ""),
        # FTS5's own syntax is only words
        ("मोदी OR मादा", ""), ("मोदी NOT यात्रा", ""), ("words:मोदी", ""), ("-मोदी", "1"),
        ("(मोदी", "1"), ("मोदी^2", ""), ("NEAR(मोदी यात्रा)", ""), ("'मोदी'", "1"),
    ],
)  # fmt: skip
def test_search(library: Store, query: str, found: str) -> None:
    claims = library.search(query)
    assert sorted(claim.article for claim in claims) == [f"/{digit}" for digit in found]


@pytest.mark.parametrize(
    ("devanagari", "latin"),
    [
        ("यूक्रेन", "Yukren"), ("राष्ट्रपति", "rashtrapati"), ("राष्ट्रपति", "raashtrapati"),
        ("सड़क", "sadak"), ("सड़क", "sarak"), ("ज़मीन", "zameen"), ("ज़मीन", "jamin"),
        ("फ़ैसला", "faisla"), ("फैसला", "phaisala"), ("संबंध", "sambandh"), ("संबंध", "sanbandh"),
        ("मित्र", "mitra"), ("मित्र", "mitr"), ("युद्ध", "yuddh"), ("अच्छा", "accha"),
        ("अच्छा", "achchha"), ("ज्ञान", "gyan"), ("इंडिया", "India"), ("कोरिया", "Korea"),
        ("चीन", "cheen"), ("लोगों", "logon"), ("वक़्त", "waqt"), ("औरत", "aurat"),
        ("आरोप", "aarop"), ("में", "mein"), ("हाँ", "haan"), ("Café", "cafe"),
    ],
)  # fmt: skip
def test_latin_spellings_of_a_word(devanagari: str, latin: str) -> None:
    (typed,) = split_words(latin)
    (word,) = split_words(devanagari)
    assert latin_keys(typed) & latin_keys(word)


@pytest.mark.parametrize("pair", ["दिन दान", "मोदी मादा", "बात भात", "राज राजा"])
def test_other_words_have_other_latin_spellings(pair: str) -> None:
    one, other = split_words(pair)
    assert not latin_keys(one) & latin_keys(other)


@settings(deadline=None)
@given(st.text(alphabet="अआकखगघचजङञटड़ढतदनपफबमयरलवशसहािीुेोैंँः्\u093c\u200d aekz1"))
def test_words_and_keys_of_any_text(text: str) -> None:
    words = split_words(text)
    assert split_words(" ".join(words)) == words
    for word in words:
        for key in latin_keys(word):
            assert fold_latin(key) == key


@given(st.sets(st.text(alphabet="कखगा", min_size=1, max_size=4)), st.data())
def test_a_cover_is_these_words_and_no_others(words: set[str], data: st.DataObject) -> None:
    wanted = data.draw(st.sets(st.sampled_from(sorted(words)))) if words else set()
    covered = {
        word
        for begin, begins in cover(wanted, sorted(words))
        for word in words
        if (word.startswith(begin) if begins else word == begin)
    }
    assert covered == wanted


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.one_of(
        st.text(),
        st.text(alphabet=st.characters(categories=["Cs", "Cc", "Cf", "Mn", "Po", "Sm"])),
        st.lists(
            st.sampled_from(
                ["AND", "OR", "NOT", "NEAR", '"', "*", "(", ")", "^", ":", "-", "+", "{", "}",
                 ",", "'", ";", "--", "मोदी", "yat", "a", "\0", "words", " "]
            ),
            max_size=12,
        ).map("".join),
    )
)  # fmt: skip
@example('"' * 1001)
@example("क" * 100_000)
@example("क " * 10_000)
@example("a* " * 1000)
@example('"a a a a a a a a a a a a a a"')
def test_no_query_is_an_error(library: Store, query: str) -> None:
    for claim in library.search(query):
        assert claim.claim
    library.find(query)
    library.suggest(query)


def test_search_by_rank_and_by_date(store: Store) -> None:
    for place, day, text in (
        ("/1", "2020-01-01", "युद्ध"),
        ("/2", "2022-01-01", "युद्ध की एक बहुत लंबी और थकाने वाली बात"),
        ("/3", "2021-01-01", "युद्ध की एक बात"),
    ):
        article = an_article(place, published=day)
        store.save(article, [a_claim(article, text)], V)
    assert [c.article for c in store.search("युद्ध")] == ["/1", "/3", "/2"]
    assert [c.article for c in store.search("yuddh", order="date")] == ["/2", "/3", "/1"]
    assert [c.article for c in store.search("युद्ध", limit=1)] == ["/1"]


def test_what_nearly_everything_fits_is_not_ranked(
    library: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("claimx.store.reader._MOST_RANKED", 1)
    assert [claim.article for claim in library.search("यात्रा*")] == ["/4", "/1"]
    assert [claim.article for claim in library.search("yatra")] == ["/1"]


FILTERS = st.builds(
    Filters,
    kinds=st.sets(st.sampled_from(["direct", "indirect", "mixed"])).map(tuple),
    acts=st.sets(st.sampled_from(["say", "warn"])).map(tuple),
    polarity=st.sampled_from([None, "affirmed", "denied"]),
    min_confidence=st.sampled_from([0.0, 0.5, 0.9]),
    since=st.sampled_from([None, "2023-08", "2023-08-30", "2024"]),
    until=st.sampled_from([None, "2023-08-30", "2023-12"]),
    sources=st.sets(st.sampled_from(["प्रभात", "THE Hindu", "other"])).map(tuple),
)


@pytest.fixture(scope="module")
def varied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store(tmp_path_factory.mktemp("varied") / "claims.db") as opened:
        number = 0
        for source in ("प्रभात", "The Hindu"):
            for published in (None, "2023", "2023-08", "2023-08-30", "2024-01-01"):
                article = an_article(f"/{number}", source=source, published=published)
                claims = []
                for kind in ("direct", "indirect", "mixed"):
                    for act, polarity in (("say", "affirmed"), ("warn", "denied")):
                        said_on = None if number % 3 else "2023-08-31"
                        number += 1
                        claims.append(
                            a_claim(
                                article, f"बात {number}", kind=kind, act=act, polarity=polarity,
                                said_on=said_on, confidence=(number % 10) / 10,
                            )
                        )  # fmt: skip
                opened.save(article, claims, V)
        yield opened


@settings(max_examples=100, deadline=None)
@given(filters=FILTERS)
def test_the_filters_mean_the_same_in_sql_and_python(varied: Store, filters: Filters) -> None:
    expected = {claim.id for claim in varied.claims() if filters.accepts(claim)}
    assert {claim.id for claim in varied.claims(filters)} == expected
    assert {claim.id for claim in varied.who("पेसकोव", filters)} == expected
    assert {claim.id for claim in varied.search("बात", filters)} == expected
    assert sum(speaker.claims for speaker in varied.speakers(filters)) == len(expected)


def test_the_speaker_filter_takes_any_spelling(politics: Store) -> None:
    assert texts(politics.search("जारी", Filters(speaker="Peskov"))) == ["वार्ता जारी है"]
    assert texts(politics.search("जारी", Filters(speaker="गांधी"))) == []
    assert texts(politics.claims(Filters(articles=["/3"]))) == ["यह सच नहीं", "बारिश होगी"]


# Several processes


def an_issue(number: int) -> tuple[Article, list[Claim]]:
    article = an_article(f"/run/{number:03}.txt")
    names = [f"लेखक {number}", *(f"वक्ता {n}" for n in range(7))]
    claims = [
        a_claim(article, f"बात {number} {n}", name, start=n) for n, name in enumerate(names)
    ]
    return article, claims


def write_issues(path: Path, numbers: range, slowly: bool = False) -> None:
    with Store(path, names=names_by(slow_keys) if slowly else None) as store:
        save_issues(store, numbers)


def save_issues(store: Store, numbers: range) -> None:
    for number in numbers:
        article, claims = an_issue(number)
        if store.cached(article, V) is None:
            store.save(article, claims, V)


def stored_issues(path: Path) -> dict[str, list[Claim]]:
    """What is stored, after checking that the file is sound and its indexes agree."""
    with sqlite3.connect(path) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
        raw.execute("INSERT INTO claim_words (claim_words) VALUES ('integrity-check')")
        raw.rollback()
    raw.close()
    with StoreReader(path) as reader:
        found: dict[str, list[Claim]] = {article.path: [] for article in reader.articles()}
        for claim in reader.claims():
            found[claim.article].append(claim)
        assert len(list(reader.search("बात"))) == sum(map(len, found.values()))
    return found


def test_two_processes_write_at_once(path: Path) -> None:
    # Both make the store, and half of the articles are the same.
    writers = [
        SPAWN.Process(target=write_issues, args=(path, numbers))
        for numbers in (range(60), range(30, 90))
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0, 0]
    expected = {article.path: claims for article, claims in map(an_issue, range(90))}
    assert stored_issues(path) == expected
    with Store(path) as store:
        assert [s.claims for s in store.speakers()] == [90] * 7 + [1] * 90


def test_a_writer_killed_twice_is_completed_by_a_rerun(path: Path) -> None:
    expected = {article.path: claims for article, claims in map(an_issue, range(100))}
    for enough in (15, 40):
        writer = SPAWN.Process(target=write_issues, args=(path, range(100), True))
        writer.start()
        deadline = time.monotonic() + 60
        while writer.is_alive() and count_articles(path) < enough:
            assert time.monotonic() < deadline
            time.sleep(0.002)
        assert writer.pid is not None
        os.kill(writer.pid, signal.SIGKILL)
        writer.join(60)
        assert writer.exitcode == -signal.SIGKILL
        found = stored_issues(path)
        assert enough <= len(found) < 100
        assert found == {place: expected[place] for place in found}
    write_issues(path, range(100))
    assert stored_issues(path) == expected


def count_articles(path: Path) -> int:
    try:
        with StoreReader(path) as reader:
            return len(list(reader.articles()))
    except StoreError:
        return 0


def test_readers_see_whole_articles_while_another_writes(path: Path) -> None:
    write_issues(path, range(1))
    with StoreReader(path) as reader, Store(path) as store:
        seen = reader.claims()
        first = next(seen)
        store.forget("/run")
        assert len([first, *seen]) == 8
        assert list(reader.claims()) == []


# Faults


@pytest.fixture
def filled(path: Path) -> Path:
    write_issues(path, range(5))
    return path


def test_a_missing_store_is_not_made_by_reading(path: Path) -> None:
    with pytest.raises(StoreError, match=r"claims\.db: there is no store here.*extract"):
        StoreReader(path)
    assert not path.exists()


def test_folders_are_made_for_writing(tmp_path: Path) -> None:
    write_issues(tmp_path / "a" / "b" / "claims ?#%.db", range(1))
    assert len(stored_issues(tmp_path / "a" / "b" / "claims ?#%.db")) == 1


@pytest.mark.parametrize("opens", [Store, StoreReader])
@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("यह डेटाबेस नहीं, किसी का लेख है। ".encode() * 40, "not a claimx store"),
        (b"\x00" * 5000, "not a claimx store"),
        (b"x", "not a claimx store"),
    ],
)
def test_a_file_that_is_no_database_is_left_as_it_is(
    path: Path, opens: type[StoreReader], content: bytes, says: str
) -> None:
    path.write_bytes(content)
    with pytest.raises(StoreError, match=says) as caught:
        opens(path)
    assert str(path) in str(caught.value)
    assert "--db" in str(caught.value)
    assert path.read_bytes() == content


@pytest.mark.parametrize("opens", [Store, StoreReader])
@pytest.mark.parametrize("version", [0, 1])
def test_another_programs_database_is_left_as_it_is(
    path: Path, opens: type[StoreReader], version: int
) -> None:
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE notes (id)")
        other.execute(f"PRAGMA user_version = {version}")
    other.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="another program's database"):
        opens(path)
    assert path.read_bytes() == before


def test_an_empty_file_becomes_a_store_when_written_to(path: Path) -> None:
    path.touch()
    with pytest.raises(StoreError, match="the store is empty"):
        StoreReader(path)
    write_issues(path, range(2))
    assert len(stored_issues(path)) == 2


def test_a_folder_in_the_place_of_the_store_is_named(path: Path) -> None:
    path.mkdir()
    with pytest.raises(StoreError, match=r"claims\.db: the store cannot be opened"):
        Store(path)


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    with pytest.raises(StoreError, match=r"claims\.db: the store cannot be opened"):
        Store(tmp_path / "data" / "claims.db")


def test_a_truncated_store_is_reported_and_left(filled: Path) -> None:
    content = filled.read_bytes()[:9000]
    filled.write_bytes(content)
    with pytest.raises(StoreError, match=r"damaged.*move it aside.*recover"):
        use(filled)
    with pytest.raises(StoreError, match="damaged"):
        write_issues(filled, range(5, 50))
    assert filled.read_bytes()[: len(content)] == content


def use(path: Path) -> None:
    with StoreReader(path) as reader:
        list(reader.claims())
        list(reader.who("वक्ता"))
        list(reader.search("बात 1"))
        list(reader.search("ba*", order="date"))
        list(reader.speakers())
        list(reader.articles())
        reader.suggest("वक्त")


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("sound") / "claims.db"
    write_issues(path, range(3))
    return path.read_bytes()


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_flipped_bytes_raise_nothing_but_store_errors(
    sound: bytes, tmp_path: Path, data: st.DataObject
) -> None:
    content = bytearray(sound)
    at = st.integers(0, len(content) - 1)
    for place, value in data.draw(
        st.lists(st.tuples(at, st.integers(0, 255)), min_size=1, max_size=40)
    ):
        content[place] = value
    path = tmp_path / "flipped.db"
    path.write_bytes(content)
    with suppress(StoreError):
        use(path)
    assert path.read_bytes() == content


def test_a_schema_of_broken_bytes_is_said(sound: bytes, tmp_path: Path) -> None:
    path = tmp_path / "broken.db"
    content = sound.replace(b"CREATE TABLE", b"CREATE \x80\x80\x80\x80\x80")
    assert content != sound
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"broken\.db: the store is damaged"):
        use(path)
    assert path.read_bytes() == content


def test_a_locked_store_is_waited_for_then_reported(filled: Path) -> None:
    other = sqlite3.connect(filled, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with (
        Store(filled, timeout=0.05) as store,
        pytest.raises(StoreError, match=r"claims\.db: another process is writing.*try again"),
    ):
        store.save(*an_issue(50), V)
    use(filled)  # reading is never kept waiting
    other.execute("ROLLBACK")
    other.close()
    write_issues(filled, range(6))
    assert len(stored_issues(filled)) == 6


def test_a_full_disk_keeps_what_was_finished(filled: Path) -> None:
    with Store(filled) as store:
        (pages,) = store._db.execute("PRAGMA page_count").fetchone()
        store._db.execute(f"PRAGMA max_page_count = {pages + 4}")
        with pytest.raises(StoreError, match=r"claims\.db: the disk is full.*free some space"):
            save_issues(store, range(5, 50))
        done = len(list(store.articles()))
        assert 5 <= done < 50
    found = stored_issues(filled)
    assert found == {a.path: claims for a, claims in map(an_issue, range(done))}
    write_issues(filled, range(50))
    assert len(stored_issues(filled)) == 50


@pytest.mark.parametrize("fault", [KeyboardInterrupt, MemoryError, SystemExit])
def test_an_interrupted_article_leaves_nothing_and_can_be_saved_again(
    path: Path, fault: type[BaseException]
) -> None:
    def keys(*names: str) -> Collection[str]:
        if "लावरोव" in names and faults:
            raise faults.pop()
        return lookup.lookup_keys(*names)

    faults = [fault()]
    article = an_article()
    claims = [a_claim(article, "यात्रा"), a_claim(article, "वार्ता", "लावरोव", start=30)]
    with Store(path, names=names_by(keys)) as store:
        with pytest.raises(fault):
            store.save(article, claims, V)
        assert not store.has(article, V)
        assert list(store.claims()) == []
        assert list(store.speakers()) == []
        assert store.save(article, claims, V)
        assert list(store.search("yatra")) == claims[:1]
        assert list(store.who("lavrov")) == claims[1:]


def test_a_store_that_may_not_grow_reports_it(filled: Path) -> None:
    program = (
        "import resource, signal, sys\n"
        "from pathlib import Path\n"
        "from test_store import write_issues\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))\n"
        f"write_issues(Path({str(filled)!r}), range(200))\n"
    )
    paths = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | {"PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "claimx.errors.StoreError" in done.stderr
    assert "what was saved before is kept" in done.stderr or "disk is full" in done.stderr
    found = stored_issues(filled)
    assert 5 <= len(found) < 200
    assert all(len(claims) == 8 for claims in found.values())


def without_privileges(function: Callable[[], None]) -> str:
    """Run in a child that file permissions hold for; gives what it raised."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        said = "nothing"
        try:
            if os.geteuid() == 0:
                os.setgid(65534)
                os.setuid(65534)
            function()
        except BaseException as error:
            said = f"{type(error).__name__}: {error}"
        os.write(writing, said.encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    return said


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs POSIX permissions")
@pytest.mark.parametrize("folder_mode", [0o555, 0o777])
def test_a_read_only_store_is_read_and_never_written(folder_mode: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "claims.db"
        write_issues(path, range(3))
        before = path.read_bytes()
        path.chmod(0o444)
        Path(folder).chmod(folder_mode)
        try:
            assert without_privileges(lambda: use(path)) == "nothing"
            said = without_privileges(lambda: write_issues(path, range(4)))
        finally:
            Path(folder).chmod(0o700)
        assert said.startswith(f"StoreError: {path}: the store")
        assert "permissions" in said or "may be read and written" in said
        assert path.read_bytes() == before


# Versions of the schema

_NOTE = "ALTER TABLE articles ADD COLUMN note TEXT"


def _copy_titles(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE articles SET note = title")


def test_an_older_store_is_migrated_when_opened(filled: Path) -> None:
    steps = (*MIGRATIONS, (_NOTE, _copy_titles))
    for readonly in (True, False):
        connection = connect(filled, readonly=readonly, timeout=1, migrations=steps)
        notes = connection.execute("SELECT note FROM articles").fetchall()
        assert notes == [("शीर्षक",)] * 5
        assert connection.execute("PRAGMA user_version").fetchone() == (len(steps),)
        connection.close()


def test_a_migration_that_fails_leaves_the_old_schema(filled: Path) -> None:
    steps = (*MIGRATIONS, (_NOTE, "UPDATE nothing SET note = 1"))
    with pytest.raises(StoreError, match=r"claims\.db"):
        connect(filled, readonly=False, timeout=1, migrations=steps)
    assert len(stored_issues(filled)) == 5


@pytest.mark.parametrize("opens", [Store, StoreReader])
def test_a_store_from_the_future_is_refused(filled: Path, opens: type[StoreReader]) -> None:
    with sqlite3.connect(filled) as raw:
        raw.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    raw.close()
    with pytest.raises(StoreError, match=r"newer claimx.*upgrade"):
        opens(filled)


def test_the_store_says_what_it_is(filled: Path) -> None:
    with sqlite3.connect(filled) as raw:
        assert raw.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    raw.close()


def test_importing_the_store_imports_nothing_heavy() -> None:
    program = "import claimx.store, sys; print(*sys.modules)"
    modules = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout.split()
    heavy = {"torch", "stanza", "rapidfuzz", "regex", "click", "tomllib", "claimx.identity"}
    assert sorted(heavy & set(modules)) == []


def test_results_of_joining_are_remembered_by_their_key(tmp_path: Path) -> None:
    with Store(tmp_path / "claims.db") as store:
        assert store.recall("one") is None
        store.remember("one", "क")
        assert store.recall("one") == "क"
        for number in range(500):
            store.remember(f"key {number}", str(number))
            assert store.recall(f"key {number}") == str(number)
