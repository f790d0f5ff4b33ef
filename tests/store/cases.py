"""Articles and claims for the tests of the store."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from claimx.identity import lookup
from claimx.records import Article, Claim, Fact, content_id
from claimx.store import Store, StoredSpeaker, StoreReader

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


# Speakers


def merge(store: Store, names: dict[str, str], latin: str | None = None) -> None:
    store.resolve(
        lambda mentions: {
            m.key: StoredSpeaker(names.get(m.name, m.name), latin, m.type) for m in mentions
        },
        "identity-1",
    )


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
