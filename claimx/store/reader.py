"""Look-ups: who said what, which claims hold these words, which speakers there are."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import fields, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from claimx.errors import StoreError
from claimx.records import Article, Claim, Fact
from claimx.store.entries import (
    Match,
    NamedClaim,
    SpeakerSummary,
    StoredArticle,
    StoredSpeaker,
    bind,
    location,
    text,
)
from claimx.store.filters import DAY, Filters, match_expression, parse_query
from claimx.store.schema import connect, default_path, reporting
from claimx.store.words import Spelling, cover, fold_latin, is_latin, latin_keys, split_words

# Recomputes what depends on the article's date (said_on, facts) in a claim whose text was
# published on another day too; the claim given has the new article's metadata already.
Adapt = Callable[[Claim], Claim]
# Name to the keys it shares with its close spellings, in either script.
NameKeys = Callable[[str], Collection[str]]

# Seconds to wait for another writer: identity over a large store may take some.
TIMEOUT = 60.0
# Sorts after whatever may follow the beginning of a word.
_LAST = "\U0010ffff"
_SUGGEST_CUTOFF = 60.0

_STORED_ELSEWHERE = {
    "article": "a.path",
    "source": "a.source",
    "title": "a.title",
    "published": "a.published",
    "speaker": "s.name",
    "speaker_latin": "coalesce(s.latin, c.speaker_latin)",
    "speaker_type": "coalesce(s.type, c.speaker_type)",
}
_FIELDS = tuple(f.name for f in fields(Claim))
_FACTS = _FIELDS.index("facts")
_COLUMNS = ", ".join(_STORED_ELSEWHERE.get(name, f'c."{name}"') for name in _FIELDS)
_FROM_CLAIMS = (
    " claims c JOIN articles a ON a.id = c.article"
    " LEFT JOIN mentions m ON m.id = c.mention_id LEFT JOIN speakers s ON s.id = m.speaker"
)
_NEWEST_FIRST = f"{DAY} IS NULL, {DAY} DESC, a.location, c.start, c.rowid"


def identity_keys(name: str) -> Collection[str]:
    """The keys that `claimx.identity` gives a name."""
    from claimx.identity import lookup_keys

    return lookup_keys(name)


def exact_key(name: str) -> str:
    """One spelling of a name: its normalised words."""
    return " ".join(split_words(name))


class StoreReader:
    """A store opened for reading; see `claimx.store.Store` for writing.

    What is returned as an iterator is streamed from the database: it sees the store as it
    was at its first step, whatever other processes write meanwhile.
    """

    _readonly = True

    def __init__(
        self,
        path: str | Path | None = None,
        *,
        name_keys: NameKeys = identity_keys,
        timeout: float = TIMEOUT,
    ) -> None:
        """Open the store.

        Args:
            path: the file; by default the one in the user's data folder.
            name_keys: keys that a name shares with its close spellings.
            timeout: seconds to wait while another process writes.

        Raises:
            StoreError: with the file and the remedy, here and in every method.
        """
        self.path = Path(path) if path is not None else default_path()
        self._name_keys = name_keys
        self._db = connect(self.path, readonly=self._readonly, timeout=timeout)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        with reporting(self.path):
            self._db.close()

    def _rows(self, sql: str, values: Iterable[object] = ()) -> Iterator[tuple[Any, ...]]:
        with reporting(self.path):
            yield from self._db.execute(sql, [bind(value) for value in values])

    def _claims(self, sql: str, values: Iterable[object] = ()) -> Iterator[Claim]:
        for row in self._rows(sql, values):
            yield self._to_claim(row)

    def _to_claim(self, row: tuple[Any, ...]) -> Claim:
        values = list(row) if bytes not in map(type, row) else list(map(text, row))
        try:
            values[_FACTS] = tuple(Fact(**fact) for fact in json.loads(values[_FACTS]))
        except (ValueError, TypeError) as error:
            raise StoreError(
                f"{self.path}: the store is damaged (claim {row[0]!r}: {error}); it was left "
                "as it is: move it aside and run `claimx extract` again"
            ) from error
        return Claim(*values)

    def has(self, article: Article, version: str) -> bool:
        """Is this article stored as it is: place, text, metadata, version?"""
        return any(
            (text(source), text(title), text(published), text(path))
            == (article.source, article.title, article.published, article.path)
            for source, title, published, path in self._rows(
                "SELECT source, title, published, path FROM articles"
                " WHERE location = ? AND content = ? AND version = ?",
                [location(article), article.id, version],
            )
        )

    def cached(
        self, article: Article, version: str, adapt: Adapt | None = None
    ) -> list[Claim] | None:
        """The claims of an article, if its text was extracted before under this version.

        The text may have come from another place: a reprint, a moved file. Its claims then
        carry this article's path, outlet and title. Without ``adapt`` a text published
        on another day counts as unknown, as its claims may have other dates.
        """
        known = self._known(article, version, adapt)
        return None if known is None else [named.claim for named in known]

    def _known(
        self, article: Article, version: str, adapt: Adapt | None
    ) -> list[NamedClaim] | None:
        # Best of all this very place, then one with the same date.
        origin = next(
            self._rows(
                "SELECT id, published FROM articles WHERE content = ? AND version = ?"
                " ORDER BY published IS NOT ?, location <> ?, location LIMIT 1",
                [article.id, version, article.published, location(article)],
            ),
            None,
        )
        if origin is None:
            return None
        redated = text(origin[1]) != article.published
        if redated and adapt is None:
            return None
        known = []
        for row in self._rows(
            f"SELECT m.name, m.type, {_COLUMNS} FROM {_FROM_CLAIMS} WHERE a.id = ?"
            " ORDER BY c.start, c.rowid",
            [origin[0]],
        ):
            claim = replace(
                self._to_claim(row[2:]),
                article=article.path,
                source=article.source,
                title=article.title,
                published=article.published,
            )
            if redated and adapt is not None:
                claim = adapt(claim)
            known.append(NamedClaim(claim, text(row[0]), row[1] or claim.speaker_type))
        return known

    def claims(
        self, filters: Filters | None = None, limit: int | None = None
    ) -> Iterator[Claim]:
        """All claims, article by article in the order of their text."""
        where, values = self._where(filters)
        yield from self._claims(
            f"SELECT {_COLUMNS} FROM {_FROM_CLAIMS} WHERE {where}"
            " ORDER BY a.location, c.start, c.rowid LIMIT ?",
            [*values, _limit(limit)],
        )

    def find(self, name: str) -> list[Match]:
        """The speakers a name may mean, in either script, best first.

        A speaker whose stored spelling is this very name comes before one with a close
        spelling, the one with more claims before the other. Of the close ones only those
        stay that share the most keys, so that a full name does not bring all bearers of
        its surname.
        """
        exact = exact_key(name)
        keys = {key for key in self._name_keys(name) if key} if exact else set()
        if not exact:
            return []
        rows = self._rows(
            f"""SELECT s.id, s.name, s.latin, s.type, max(k.exact),
                    count(DISTINCT CASE k.exact WHEN 0 THEN k.key END),
                    (SELECT count(*) FROM mentions m JOIN claims c ON c.mention_id = m.id
                     WHERE m.speaker = s.id) AS claims
                FROM speaker_keys k JOIN speakers s ON s.id = k.speaker
                WHERE (k.exact = 1 AND k.key = ?)
                    OR (k.exact = 0 AND k.key IN ({", ".join("?" * len(keys))}))
                GROUP BY s.id ORDER BY max(k.exact) DESC, claims DESC, s.name""",
            [exact, *sorted(keys)],
        )
        found = [
            (Match(StoredSpeaker(text(n), text(latin), kind), bool(is_exact), key), shared)
            for key, n, latin, kind, is_exact, shared, _ in rows
        ]
        most = max((shared for _, shared in found), default=0)
        return [match for match, shared in found if match.exact or shared == most]

    def who(
        self, name: str, filters: Filters | None = None, limit: int | None = None
    ) -> Iterator[Claim]:
        """Everything a speaker said, newest first; several speakers one after the other.

        No claims may mean that nobody of that name is stored (`find` says so) or that
        the filters let none through.
        """
        where, values = self._where(filters)
        left = _limit(limit)
        for match in self.find(name):
            for claim in self._claims(
                f"SELECT {_COLUMNS} FROM mentions m CROSS JOIN claims c ON c.mention_id = m.id"
                " JOIN articles a ON a.id = c.article JOIN speakers s ON s.id = m.speaker"
                f" WHERE m.speaker = ? AND {where} ORDER BY {_NEWEST_FIRST} LIMIT ?",
                [match.key, *values, left],
            ):
                yield claim
                left -= 1
            if left == 0:
                return

    def suggest(self, name: str, limit: int = 5) -> list[StoredSpeaker]:
        """The speakers whose names look most like one that was not found.

        Both scripts are compared by their folded Latin spellings, whole names and single
        words, with the normalised indel similarity (rapidfuzz.fuzz.ratio).
        """
        from rapidfuzz import fuzz, process

        wanted = " ".join(_one_reading(word) for word in split_words(name))
        if not wanted:
            return []
        spellings: dict[str, set[int]] = {}
        for key, speaker in self._rows("SELECT key, speaker FROM speaker_keys WHERE exact = 1"):
            words = [_one_reading(word) for word in text(key).split()]
            for candidate in {" ".join(words), *words}:
                spellings.setdefault(candidate, set()).add(speaker)
        nearest = process.extract(
            wanted,
            list(spellings),
            scorer=fuzz.ratio,
            processor=None,
            limit=4 * limit,
            score_cutoff=_SUGGEST_CUTOFF,
        )
        ids = list(
            dict.fromkeys(key for near, *_ in nearest for key in sorted(spellings[near]))
        )
        return [speaker for key in ids[:limit] for speaker in self._speaker(key)]

    def _speaker(self, key: int) -> Iterator[StoredSpeaker]:
        for n, latin, kind in self._rows(
            "SELECT name, latin, type FROM speakers WHERE id = ?", [key]
        ):
            yield StoredSpeaker(text(n), text(latin), kind)

    def search(
        self,
        query: str,
        filters: Filters | None = None,
        limit: int | None = None,
        order: Literal["rank", "date"] = "rank",
    ) -> Iterator[Claim]:
        """Claims that hold all words of a query, in either script.

        Words are whole (a matra apart is another word); ``begin*`` finds beginnings,
        ``"two words"`` a phrase. Latin letters find the Devanagari words that may be
        spelled so. No query is an error; one without any word finds nothing.

        Args:
            order: ``rank`` is Okapi BM25 as FTS5 computes it, ``date`` newest first.
        """
        terms = parse_query(query)
        if not terms:
            return
        where, values = self._where(filters)
        expression = match_expression(terms, self._spellings)
        yield from self._claims(
            f"SELECT {_COLUMNS} FROM claim_words w CROSS JOIN {_FROM_CLAIMS}"
            " WHERE w.claim_words MATCH ? AND c.rowid = w.rowid AND "
            f"{where} ORDER BY {'w.rank' if order == 'rank' else _NEWEST_FIRST} LIMIT ?",
            [expression, *values, _limit(limit)],
        )

    def _spellings(self, typed: Spelling) -> list[Spelling]:
        if not is_latin(typed.word):
            return []
        low = fold_latin(typed.word)
        if not typed.begins:
            rows = self._rows("SELECT word FROM vocabulary WHERE latin = ?", [low])
            return [Spelling(text(word)) for (word,) in rows]
        between = (
            "SELECT DISTINCT word FROM vocabulary WHERE {0} >= ? AND {0} < ? ORDER BY word"
        )
        rows = self._rows(between.format("latin"), [low, low + _LAST])
        wanted = {text(word) for (word,) in rows}
        words = [
            text(word)
            for letter in sorted({word[0] for word in wanted})
            for (word,) in self._rows(between.format("word"), [letter, letter + _LAST])
        ]
        return list(cover(wanted, words))

    def speakers(self, filters: Filters | None = None) -> Iterator[SpeakerSummary]:
        """Every speaker of the claims that pass, those with the most claims first."""
        where, values = self._where(filters)
        source = f" FROM {_FROM_CLAIMS} WHERE s.id IS NOT NULL AND {where}"
        details: dict[int, tuple[Counter[str], Counter[str], Counter[str]]] = {}
        for key, name, role, outlet, count in self._rows(
            "SELECT s.id, m.name, c.speaker_role, a.source, count(*)"
            f"{source} GROUP BY s.id, m.name, c.speaker_role, a.source",
            values,
        ):
            names, roles, outlets = details.setdefault(key, (Counter(), Counter(), Counter()))
            names[text(name)] += count
            outlets[text(outlet)] += count
            if role is not None:
                roles[text(role)] += count
        for key, name, latin, kind, claims, articles, first, last in self._rows(
            "SELECT s.id, s.name, s.latin, s.type, count(*) AS claims,"
            f" count(DISTINCT a.id), min({DAY}), max({DAY})"
            f"{source} GROUP BY s.id ORDER BY claims DESC, s.name",
            values,
        ):
            names, roles, outlets = details.get(key, (Counter(), Counter(), Counter()))
            yield SpeakerSummary(
                text(name),
                text(latin),
                kind,
                claims,
                articles,
                _by_count(names),
                _by_count(roles),
                _by_count(outlets),
                text(first),
                text(last),
            )

    def articles(self) -> Iterator[StoredArticle]:
        """Every stored article, by location."""
        for row in self._rows(
            "SELECT content, location, path, source, title, published, version,"
            " (SELECT count(*) FROM claims c WHERE c.article = a.id)"
            " FROM articles a ORDER BY location"
        ):
            yield StoredArticle(*map(text, row))

    def _where(self, filters: Filters | None) -> tuple[str, list[object]]:
        filters = filters or Filters()
        where, values = filters.where()
        if filters.speaker is not None:
            keys = [match.key for match in self.find(filters.speaker)]
            where += f" AND m.speaker IN ({', '.join('?' * len(keys))})"
            values += keys
        return where, values


def _limit(limit: int | None) -> int:
    return -1 if limit is None else max(limit, 0)


def _one_reading(word: str) -> str:
    """The shortest folded Latin spelling of a word, or the word itself."""
    return min(latin_keys(word), key=lambda key: (len(key), key), default=word)


def _by_count(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
