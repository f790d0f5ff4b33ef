"""Look-ups: who said what, which claims hold these words, which speakers there are."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, NamedTuple, Self

from claimx.errors import StoreError
from claimx.records import CLAIM_FIELDS, Article, Claim, Fact
from claimx.store.entries import (
    Match,
    NamedClaim,
    NameIndex,
    SpeakerSummary,
    StoredArticle,
    StoredSpeaker,
    bind,
    location,
    text,
)
from claimx.store.filters import DAY, Filters, match_expression, parse_query
from claimx.store.schema import connect, default_path, reporting
from claimx.store.words import Spelling, cover, fold_latin, is_latin

# Joins over all articles, done again when an article has changed.
Stage = Literal["speakers", "groups"]
# Recomputes what depends on the article's date (said_on, facts) in a claim whose text was
# published on another day too; the claim given has the new article's metadata already.
# Seconds to wait for another writer: identity over a large store may take some.
TIMEOUT = 60.0
# Sorts after whatever may follow the beginning of a word.
_LAST = "\U0010ffff"
# A speaker found by its keys is a match from this score on, see `NameIndex.match_score` ...
_ENOUGH = 0.5
# ... if no other speaker fits better by more than this.
_NEAR = 0.15
# Claims that are ranked; each costs some 2 microseconds.
_MOST_RANKED = 20_000
# Code points of a name that are looked at; longer "names" are not names.
LONGEST_NAME = 100

_STORED_ELSEWHERE = {
    "article": "a.path",
    "source": "a.source",
    "title": "a.title",
    "published": "a.published",
    "speaker": "s.name",
    "speaker_latin": "coalesce(s.latin, c.speaker_latin)",
    "speaker_type": "coalesce(s.type, c.speaker_type)",
}
_FACTS = CLAIM_FIELDS.index("facts")
_COLUMN_OF = {name: _STORED_ELSEWHERE.get(name, f'c."{name}"') for name in CLAIM_FIELDS}
_COLUMNS = ", ".join(_COLUMN_OF.values())
# Of an article's claims by themselves: groups are over articles.
_UNJOINED = ", ".join(
    "NULL" if name in ("group", "group_sources", "relation") else column
    for name, column in _COLUMN_OF.items()
)
_FROM_CLAIMS = (
    " claims c JOIN articles a ON a.id = c.article"
    " LEFT JOIN mentions m ON m.id = c.mention_id LEFT JOIN speakers s ON s.id = m.speaker"
)
_NEWEST_FIRST = f"{DAY} IS NULL, {DAY} DESC, a.location, c.start, c.rowid"


class _Origin(NamedTuple):
    """An article with a text that is looked for.

    Attributes:
        key: its row.
        here: is it in the same place, with the same metadata?
        redated: was it published on another day?
    """

    key: int
    here: bool
    redated: bool


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
        names: NameIndex | None = None,
        timeout: float = TIMEOUT,
    ) -> None:
        """Open the store.

        Args:
            path: the file; by default the one in the user's data folder.
            names: how names are filed and found; by default as identity does.
            timeout: seconds to wait while another process writes.

        Raises:
            StoreError: with the file and the remedy, here and in every method.
        """
        self.path = Path(path) if path is not None else default_path()
        if names is not None:
            self._names = names
        self._db = connect(self.path, readonly=self._readonly, timeout=timeout)

    @cached_property
    def _names(self) -> NameIndex:
        from claimx.identity import lookup

        return lookup

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
            # Not "yield from": that would close the cursor of a reader who has left, and
            # the database may be closed by then.
            for row in self._db.execute(sql, [bind(value) for value in values]):  # noqa: UP028
                yield row

    def _meta(self, key: str) -> Any:
        return next(
            (v for (v,) in self._rows("SELECT value FROM meta WHERE key = ?", [key])), None
        )

    @property
    def revision(self) -> int:
        """How often articles were added, changed or removed."""
        return int(self._meta("revision") or 0)

    def is_current(self, stage: Stage, key: str) -> bool:
        """Was this join done under this version, and has no article changed since?"""
        return str(self._meta(stage)) == f"{self.revision} {key}"

    def _claims(self, sql: str, values: Iterable[object] = ()) -> Iterator[Claim]:
        for row in self._rows(sql, values):
            yield self._to_claim(row)

    def _to_claim(self, row: tuple[Any, ...]) -> Claim:
        values = list(row) if bytes not in map(type, row) else list(map(text, row))
        try:
            facts = values[_FACTS]
            # Half of all claims have none.
            values[_FACTS] = (
                () if facts == "[]" else tuple(Fact(**fact) for fact in json.loads(facts))
            )
        except (ValueError, TypeError) as error:
            raise StoreError(
                f"{self.path}: the store is damaged (claim {row[0]!r}: {error}); it was left "
                "as it is: move it aside and run `claimx extract` again"
            ) from error
        return Claim(*values)

    def has(self, article: Article, version: str) -> bool:
        """Is this article stored as it is: place, text, metadata, version?"""
        origin = self._origin(article, version)
        return origin is not None and origin.here

    def cached(self, article: Article, version: str) -> list[Claim] | None:
        """The claims of an article, if its text was extracted before under this version.

        The text may have come from another place: a reprint, a moved file. Its claims then
        carry this article's path, outlet and title. A text published on another day counts
        as unknown, as its claims may have other dates.
        """
        origin = self._origin(article, version)
        known = self._known(article, origin) if origin else None
        return None if known is None else [named.claim for named in known]

    def _origin(self, article: Article, version: str) -> _Origin | None:
        """Where the store has this text: best of all here, then with the same date."""
        place = location(article)
        for key, where, *metadata in self._rows(
            "SELECT id, location, path, source, title, published FROM articles"
            " WHERE content = ? AND version = ?"
            " ORDER BY published IS NOT ?, location <> ?, location LIMIT 1",
            [article.id, version, article.published, place],
        ):
            found = list(map(text, metadata))
            same = found == [article.path, article.source, article.title, article.published]
            return _Origin(key, same and text(where) == place, found[-1] != article.published)
        return None

    def _known(self, article: Article, origin: _Origin) -> list[NamedClaim] | None:
        if origin.redated:
            return None
        known = []
        for row in self._rows(
            f"SELECT m.name, m.type, {_UNJOINED} FROM {_FROM_CLAIMS} WHERE a.id = ?"
            " ORDER BY c.start, c.rowid",
            [origin.key],
        ):
            claim = self._to_claim(row[2:])
            if not origin.here:
                claim = claim.with_fields(
                    article=article.path,
                    source=article.source,
                    title=article.title,
                    published=article.published,
                )
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

        Every word of the name must be found in a speaker's names. Those whose whole name
        it is come first, then by how closely it is spelled, then those with more claims.
        """
        name = name[:LONGEST_NAME]
        found: set[int] | None = None
        for keys in self._names.query_keys(name):
            among = ", ".join("?" * len(keys))
            rows = self._rows(
                f"SELECT DISTINCT speaker FROM speaker_keys WHERE key IN ({among})",
                sorted(keys),
            )
            filed = {speaker for (speaker,) in rows}
            found = filed if found is None else found & filed
            if not found:
                return []
        scores = {
            key: self._names.match_score(name, self._names_of(key)) for key in found or ()
        }
        least = max(_ENOUGH, max(scores.values(), default=0.0) - _NEAR)
        matches = [
            (Match(speaker, score == 1.0, key), round(score, 1), claims)
            for key, score in scores.items()
            if score >= least
            for speaker, claims in self._speaker(key)
        ]
        matches.sort(key=lambda m: (not m[0].exact, -m[1], -m[2], m[0].speaker.name))
        return [match for match, _, _ in matches]

    def _names_of(self, speaker: int) -> list[str]:
        rows = self._rows("SELECT name FROM speaker_names WHERE speaker = ?", [speaker])
        return [text(name) for (name,) in rows]

    def _speaker(self, key: int) -> Iterator[tuple[StoredSpeaker, int]]:
        for name, latin, kind, claims in self._rows(
            "SELECT name, latin, type, (SELECT count(*) FROM mentions m JOIN claims c"
            " ON c.mention_id = m.id WHERE m.speaker = s.id) FROM speakers s WHERE s.id = ?",
            [key],
        ):
            yield StoredSpeaker(text(name), text(latin), kind), claims

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
        """The speakers whose names look most like one that was not found."""
        speakers: dict[str, dict[StoredSpeaker, None]] = {}
        for row in self._rows("SELECT name, latin, type FROM speakers ORDER BY name, type"):
            speaker = StoredSpeaker(*map(text, row))
            for shown in filter(None, (speaker.name, speaker.latin)):
                speakers.setdefault(shown, {})[speaker] = None
        # Both names of one speaker may be near.
        near = self._names.suggest(name[:LONGEST_NAME], speakers, 2 * limit)
        return list(dict.fromkeys(s for shown in near for s in speakers[shown]))[:limit]

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
            order: ``rank`` is Okapi BM25 as FTS5 computes it, the best first; where more
                than `_MOST_RANKED` claims fit, no rank tells them apart in time, and the
                last stored come first. ``date`` is newest first.
        """
        terms = parse_query(query)
        if not terms:
            return
        where, values = self._where(filters)
        expression = match_expression(terms, self._spellings)
        by = "w.rank" if order == "rank" else _NEWEST_FIRST
        if order == "rank" and self._fits_too_many(expression):
            by = "w.rowid DESC"
        yield from self._claims(
            f"SELECT {_COLUMNS} FROM claim_words w CROSS JOIN {_FROM_CLAIMS}"
            " WHERE w.claim_words MATCH ? AND c.rowid = w.rowid AND "
            f"{where} ORDER BY {by} LIMIT ?",
            [expression, *values, _limit(limit)],
        )

    def _fits_too_many(self, expression: str) -> bool:
        rows = self._rows(
            "SELECT count(*) FROM"
            " (SELECT 1 FROM claim_words WHERE claim_words MATCH ? LIMIT ?)",
            [expression, _MOST_RANKED + 1],
        )
        return bool(next(rows)[0] > _MOST_RANKED)

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


def _by_count(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
