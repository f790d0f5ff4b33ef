"""Writing: articles go in whole or not at all, and come out again with `forget`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from zlib import compress, decompress
from zlib import error as CompressionError

from claimx.records import Article, Claim, SpeakerType
from claimx.store.entries import NamedClaim, StoredArticle, location, text
from claimx.store.reader import Stage
from claimx.store.rows import CanonicalSpeaker, Writer

# What stands between a file and the number of a record in it.
_RECORD_MARKS = ":#"

# How many results of joining are remembered at most.
_REMEMBERED = 1_000


@dataclass(frozen=True, slots=True)
class Mention:
    """A name as one article gives it: the unit that identity decides about.

    Attributes:
        key: what the decision is keyed by.
        article: location of the article.
        name: the fullest name in the article, as extracted, before identity.
        claims: how many claims it has there.
    """

    key: int
    article: str
    source: str
    name: str
    type: SpeakerType
    role: str | None
    claims: int


class Store(Writer):
    """A store opened for writing; it is made if there is none.

    Each article is one transaction, so a process that dies leaves whole articles only.
    Writers in other processes are waited for. Do not write while an iterator of the same
    store is being read: SQLite then sees the past and refuses.
    """

    def save(self, article: Article, claims: Iterable[Claim], version: str) -> bool:
        """Store an article's claims in the place of what its location held.

        Args:
            claims: with the speaker as the article names it.
            version: of everything that the claims depend on besides the article; another
                one makes the article count as not yet extracted.

        Returns:
            False if just this article was there under this version: nothing is done.
        """
        named = [NamedClaim(claim, claim.speaker, claim.speaker_type) for claim in claims]
        return self._replace(article, named, version)

    def cached(self, article: Article, version: str) -> list[Claim] | None:
        """As in `StoreReader`; a text known from another place is stored for this one too."""
        origin = self._origin(article, version)
        if origin is None:
            return None
        known = self._known(article, origin)
        if known is None:
            return None
        if not origin.here:
            self._replace(article, known, version)
        return [named.claim for named in known]

    def forget(self, target: str) -> int:
        """Remove articles with their claims and the speakers nobody else mentions.

        Args:
            target: an article's id (every copy goes), path or URL; a folder or a file of
                records takes everything in it along. The file need not exist any more.

        Returns:
            how many articles were removed.
        """
        if target in ("", "-"):
            return 0
        place = location(target)
        with self._transaction():
            found = {
                key
                for (key,) in self._rows(
                    "SELECT id FROM articles WHERE location = ? OR content = ?", [place, target]
                )
            }
            for mark in {"/", os.sep, *_RECORD_MARKS}:
                low = place.removesuffix(mark) + mark
                for key, inside in self._rows(
                    "SELECT id, location FROM articles WHERE location >= ? AND location < ?",
                    [low, low + "\U0010ffff"],
                ):
                    if mark not in _RECORD_MARKS or inside[len(low) :].isdigit():
                        found.add(key)
            if found:
                self._refresh_speakers(self._remove(sorted(found)))
                self._run("DELETE FROM joins")  # which hold their claims too
                self._count_revision()
        return len(found)

    def missing(self) -> list[StoredArticle]:
        """Stored articles whose file is not there any more (URLs are not looked at)."""
        return [
            article
            for article in self.articles()
            if os.path.isabs(article.location) and not os.path.exists(_file(article.location))
        ]

    def mentions(self) -> Iterator[Mention]:
        """Every name in every article, in a stable order."""
        for key, place, source, name, kind, role, claims in self._rows(
            "SELECT m.id, a.location, a.source, m.name, m.type, m.role,"
            " (SELECT count(*) FROM claims c WHERE c.mention_id = m.id)"
            " FROM mentions m JOIN articles a ON a.id = m.article"
            " ORDER BY a.location, m.name, m.type, m.role"
        ):
            yield Mention(key, place, text(source), text(name), kind, text(role), claims)

    def resolve(
        self,
        decide: Callable[[Sequence[Mention]], Mapping[int, CanonicalSpeaker]],
        key: str,
        listed: Callable[[str], Iterable[str]] = lambda _: (),
    ) -> None:
        """Let identity decide anew which mentions are one speaker, over all articles.

        Identity is a join: one new article may merge two speakers of old ones. The claims
        themselves do not change, only whom their mentions point to. Other writers wait, so
        that the decision is about everything that is stored.

        Args:
            decide: from all mentions to the speaker of each (by `Mention.key`); a mention
                left out stays with the speaker it has.
            key: version of the decision (rules, the user's aliases), see `is_current`.
            listed: further names of a canonical one, to be found by.
        """
        with self._transaction():
            decisions = decide(list(self.mentions()))
            before = dict(self._rows("SELECT id, speaker FROM mentions"))
            changed: set[int] = set()
            ids: dict[tuple[str, str], int] = {}
            for mention, speaker in sorted(decisions.items()):
                if mention not in before:
                    continue
                called = (speaker.name, speaker.type)
                if called not in ids:
                    ids[called] = self._speaker_key(*called)
                    if self._set_latin(ids[called], speaker.latin, "latin IS NOT ?1"):
                        changed.add(ids[called])
                if before[mention] != ids[called]:
                    self._run(
                        "UPDATE mentions SET speaker = ? WHERE id = ?", ids[called], mention
                    )
                    changed |= {before[mention], ids[called]}
            # A new version may list other names, and file all of them under other keys.
            new = "1" if self._meta("names_filed_by") != key else "NOT settled"
            changed.update(key for (key,) in self._rows(f"SELECT id FROM speakers WHERE {new}"))
            self._refresh_speakers(changed, listed)
            self._run("UPDATE speakers SET settled = 1 WHERE NOT settled")
            self._set_meta("names_filed_by", key)
            self._mark("speakers", key)

    def set_groups(self, claims: Iterable[Claim], key: str, revision: int) -> None:
        """Write down what matching found, for all claims at once.

        Args:
            claims: all there are, with their groups.
            key: version of the matching, see `is_current`.
            revision: of the store when they were read; nothing is done if another process
                has changed it since.
        """
        with self._transaction():
            if self.revision != revision:
                return
            self._run(
                'UPDATE claims SET "group" = NULL, group_sources = NULL, relation = NULL'
                ' WHERE "group" IS NOT NULL'
            )
            for claim in claims:
                if claim.group is None:
                    continue
                self._run(
                    'UPDATE claims SET "group" = ?, group_sources = ?, relation = ?'
                    " WHERE id = ? AND"
                    " (SELECT path FROM articles WHERE articles.id = claims.article) = ?",
                    claim.group, claim.group_sources, claim.relation, claim.id, claim.article,
                )  # fmt: skip
            self._mark("groups", key)

    def remember(self, key: str, lines: Sequence[str]) -> None:
        """Keep lines for the next run that asks for just this key; the oldest give way."""
        packed = compress("\n".join(lines).encode(), level=1)
        with self._transaction():
            self._run("REPLACE INTO joins (key, value) VALUES (?, ?)", key, packed)
            self._run(
                "DELETE FROM joins WHERE rowid <= (SELECT max(rowid) FROM joins) - ?",
                _REMEMBERED,
            )

    def recall(self, key: str) -> list[str] | None:
        """The lines that `remember` kept under a key, if they are still there."""
        for (packed,) in self._rows("SELECT value FROM joins WHERE key = ?", [key]):
            with suppress(CompressionError):  # damaged: as if it were not there
                text = decompress(packed).decode()
                return text.split("\n") if text else []
        return None

    def _mark(self, stage: Stage, key: str) -> None:
        self._set_meta(stage, f"{self.revision} {key}")

    def _replace(self, article: Article, claims: Sequence[NamedClaim], version: str) -> bool:
        with self._transaction():
            # Another process may have been here since the caller looked.
            if self.has(article, version):
                return False
            old = self._rows("SELECT id FROM articles WHERE location = ?", [location(article)])
            touched = self._remove([key for (key,) in old])
            self._insert_claims(self._insert_article(article, version), claims)
            self._refresh_speakers(touched)
            self._count_revision()
        return True


def _file(place: str) -> str:
    """The file of a location: a record's without its number."""
    file, mark, number = place.rpartition(max(_RECORD_MARKS, key=place.rfind))
    return file if mark and number.isdigit() and not os.path.exists(place) else place
