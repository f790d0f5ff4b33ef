"""Rows of the store, written inside one transaction."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Protocol

from claimx.records import Article, SpeakerType
from claimx.store.entries import NamedClaim, bind, location, text
from claimx.store.reader import LONGEST_NAME, StoreReader
from claimx.store.schema import reporting, transaction
from claimx.store.words import latin_keys, split_words

_CLAIM_FIELDS = (
    "id", "speaker_latin", "speaker_type", "speaker_role", "mention", "resolution", "claim",
    "start", "end", "evidence", "evidence_start", "evidence_end", "kind", "cue", "act",
    "polarity", "via", "addressee", "said_on", "group", "group_sources", "relation",
    "confidence",
)  # fmt: skip
_INSERT_CLAIM = "INSERT INTO claims (article, mention_id, facts, {}) VALUES (?, ?, ?{})".format(
    ", ".join(f'"{name}"' for name in _CLAIM_FIELDS), ", ?" * len(_CLAIM_FIELDS)
)


class CanonicalSpeaker(Protocol):
    """What identity decides on: a speaker is known by name and type."""

    @property
    def name(self) -> str: ...
    @property
    def latin(self) -> str | None: ...
    @property
    def type(self) -> SpeakerType: ...


class Writer(StoreReader):
    """A store opened for writing, and the steps its operations are made of.

    All but `_transaction` are called inside one.
    """

    _readonly = False

    @cached_property
    def _vocabulary(self) -> set[str]:
        """Words known to be in the vocabulary already: most of an article's are."""
        return set()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            with transaction(self._db, self.path):
                yield
        except BaseException:
            self._vocabulary.clear()
            raise

    def _run(self, sql: str, *values: object) -> sqlite3.Cursor:
        with reporting(self.path):
            return self._db.execute(sql, [bind(value) for value in values])

    def _insert(self, sql: str, *values: object) -> int:
        return int(self._run(sql, *values).lastrowid or 0)

    def _set_meta(self, key: str, value: object) -> None:
        self._run("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", key, value)

    def _count_revision(self) -> None:
        self._set_meta("revision", self.revision + 1)

    def _insert_article(self, article: Article, version: str) -> int:
        return self._insert(
            "INSERT INTO articles (location, content, version, path, source, title, published)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            location(article), article.id, version, article.path, article.source,
            article.title, article.published,
        )  # fmt: skip

    def _insert_claims(self, article: int, claims: Sequence[NamedClaim]) -> None:
        mentions: dict[tuple[str, str, str | None], int] = {}
        for claim, name, kind in claims:
            mention = None
            if name is not None:
                called = (name, kind, claim.speaker_role)
                if called not in mentions:
                    mentions[called] = self._insert_mention(article, *called)
                    self._add_latin(mentions[called], claim.speaker_latin)
                mention = mentions[called]
            facts = json.dumps([fact.to_dict() for fact in claim.facts], ensure_ascii=False)
            values = (getattr(claim, field) for field in _CLAIM_FIELDS)
            row = self._insert(_INSERT_CLAIM, article, mention, facts, *values)
            words = split_words(claim.claim)
            self._run(
                "INSERT INTO claim_words (rowid, words) VALUES (?, ?)", row, " ".join(words)
            )
            for word in set(words) - self._vocabulary:
                self._vocabulary.add(word)
                for key in latin_keys(word):
                    self._run("INSERT OR IGNORE INTO vocabulary VALUES (?, ?)", key, word)

    def _insert_mention(self, article: int, name: str, kind: str, role: str | None) -> int:
        """Until identity decides, a name belongs to whom it belonged to before."""
        known = self._run(
            "SELECT speaker FROM mentions WHERE name = ? AND type = ? ORDER BY id DESC LIMIT 1",
            name, kind,
        ).fetchone()  # fmt: skip
        speaker = known[0] if known else self._speaker_key(name, kind)
        key = self._insert(
            "INSERT INTO mentions (article, name, type, role, speaker) VALUES (?, ?, ?, ?, ?)",
            article, name, kind, role, speaker,
        )  # fmt: skip
        self._index_name(speaker, name)
        return key

    def _speaker_key(self, name: str, kind: str) -> int:
        self._run("INSERT OR IGNORE INTO speakers (name, type) VALUES (?, ?)", name, kind)
        found = self._run("SELECT id FROM speakers WHERE name = ? AND type = ?", name, kind)
        return int(found.fetchone()[0])

    def _add_latin(self, mention: int, latin: str | None) -> None:
        """Give a speaker that has none the Latin name it was extracted with."""
        if latin is None:
            return
        (speaker,) = self._run("SELECT speaker FROM mentions WHERE id = ?", mention).fetchone()
        if self._set_latin(speaker, latin, "latin IS NULL"):
            self._index_name(speaker, latin)

    def _set_latin(self, speaker: int, latin: str | None, condition: str) -> bool:
        sql = f"UPDATE speakers SET latin = ? WHERE id = ? AND {condition}"
        return self._run(sql, latin, speaker).rowcount > 0

    def _index_name(self, speaker: int, name: str, listed: bool = False) -> None:
        """Make a speaker be found by a name."""
        sql = "INSERT OR IGNORE INTO speaker_names (speaker, name, listed) VALUES (?, ?, ?)"
        if self._run(sql, speaker, name, listed).rowcount:
            for key in self._names.lookup_keys(name[:LONGEST_NAME]):
                sql = "INSERT OR IGNORE INTO speaker_keys (key, speaker) VALUES (?, ?)"
                self._run(sql, key, speaker)

    def _refresh_speakers(
        self, speakers: Iterable[int], listed: Callable[[str], Iterable[str]] | None = None
    ) -> None:
        """Drop speakers nobody mentions any more; index the others' names anew.

        Args:
            listed: names to add to those in use; None leaves the listed ones as they are.
        """
        for speaker in sorted(speakers):
            rows = self._run("SELECT DISTINCT name FROM mentions WHERE speaker = ?", speaker)
            used = {text(name) for (name,) in rows}
            if not used:
                self._run("DELETE FROM speakers WHERE id = ?", speaker)
                continue
            own = self._run("SELECT name, latin FROM speakers WHERE id = ?", speaker).fetchone()
            used |= {text(name) for name in own if name is not None}
            if listed is None:
                sql = "SELECT name FROM speaker_names WHERE speaker = ? AND listed"
                extra = [text(name) for (name,) in self._run(sql, speaker)]
            else:
                extra = list(listed(text(own[0])))
            for table in ("speaker_names", "speaker_keys"):
                self._run(f"DELETE FROM {table} WHERE speaker = ?", speaker)
            for name in sorted(used):
                self._index_name(speaker, name)
            for name in extra:
                self._index_name(speaker, name, listed=True)

    def _remove(self, articles: Iterable[int]) -> set[int]:
        """Delete articles with all they hold; gives the speakers that they mentioned.

        A group that loses a claim is no group until the store is joined again.
        """
        touched: set[int] = set()
        for key in articles:
            found = self._run("SELECT DISTINCT speaker FROM mentions WHERE article = ?", key)
            touched.update(speaker for (speaker,) in found)
            self._run(
                'UPDATE claims SET "group" = NULL, group_sources = NULL, relation = NULL WHERE'
                ' "group" IN (SELECT "group" FROM claims WHERE article = ?)',
                key,
            )
            self._run("DELETE FROM articles WHERE id = ?", key)
        return touched
