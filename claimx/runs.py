"""A run of extraction over articles, with the store as its memory."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from claimx.errors import InputError, StoreError
from claimx.records import Article, Claim, content_id
from claimx.versions import joins_version, rules_version

if TYPE_CHECKING:
    from claimx.pipeline import Extractor
    from claimx.store import Store

Result = tuple[Article, list[Claim]]
OnError = Callable[[InputError], None]

# Articles joined (speakers, groups) before their claims are given: a longer run is given
# piece by piece, so that its first rows appear early and memory stays flat.
JOINED_ARTICLES = 100
# Known articles that may wait, with their claims, for unknown ones before them.
_MAX_WAITING = 1_000
# What joining decides of a claim, in the order in which the store keeps it.
_JOINED_FIELDS = (
    "speaker", "speaker_latin", "speaker_type", "group", "group_sources", "relation",
)  # fmt: skip


def results(
    articles: Iterable[Article],
    *,
    db: Path | None,
    models: str | None = None,
    jobs: int | None = 1,
    aliases: str | None = None,
    on_error: OnError,
) -> Iterator[Result]:
    """Articles with their claims in order, each stored as soon as it is done.

    An article that the store has under these rules and models is not parsed again, and a
    run without new articles loads no model. After the last article, identity decides anew
    which of the stored names are one speaker.

    Args:
        db: the store, or None to keep nothing.
        models: ``bundled``, ``official`` or a Stanza resources folder.
        jobs: worker processes; 1 works in this one, None takes as many as pay.
        aliases: the user's file of decisions on names.
        on_error: called with an article that could not be analysed; the others go on.
    """
    with _opened(db) as store:
        yield from _results(articles, store, models, jobs, aliases, on_error)


def joined(
    articles: Iterable[Article],
    *,
    db: Path | None,
    models: str | None = None,
    jobs: int | None = 1,
    aliases: str | None = None,
    on_error: OnError,
    progress: Callable[[Iterator[Result]], Iterator[Result]] = lambda found: found,
) -> Iterator[Claim]:
    """The claims of articles with canonical speakers and groups across articles.

    The arguments are those of `results`, and ``progress`` watches the articles pass.
    """
    own = Path(aliases).read_text("utf-8") if aliases else ""
    version = f"{rules_version(models)} {joins_version(own)}"
    with _opened(db) as store:
        found = progress(_results(articles, store, models, jobs, aliases, on_error))
        while batch := list(islice(found, JOINED_ARTICLES)):
            yield from _join(batch, store, version, aliases)


def _opened(db: Path | None) -> Store | nullcontext[None]:
    if db is None:
        return nullcontext()
    from claimx.store import Store

    return Store(db)


def _results(
    articles: Iterable[Article],
    store: Store | None,
    models: str | None,
    jobs: int | None,
    aliases: str | None,
    on_error: OnError,
) -> Iterator[Result]:
    if store is None:
        from claimx.pipeline import extract

        yield from extract(articles, models=models, jobs=jobs, on_error=on_error)
        return
    version, waiting = rules_version(models), iter(articles)
    extractor: Extractor | None = None
    try:
        for article in waiting:
            claims = store.cached(article, version)
            if claims is not None:
                yield article, claims
                continue
            # Heavy from here on: an article that nobody has seen.
            if extractor is None:
                from claimx.pipeline import Extractor

                extractor = Extractor(models)
            known = _Known(store, chain([article], waiting), version)
            for done, found in extractor(known.unknown(), jobs=jobs, on_error=on_error):
                yield from known.before(done)
                store.save(done, found, version)
                yield done, found
            yield from known.before(None)
    except StoreError:
        raise
    except BaseException:
        _settle_speakers(store, aliases)  # a run that is cut short leaves a whole store
        raise
    _settle_speakers(store, aliases)


class _Known:
    """Splits articles into those the store has and those to extract, keeping their order."""

    def __init__(self, store: Store, articles: Iterable[Article], version: str) -> None:
        self._store, self._articles, self._version = store, articles, version
        self._queue: deque[tuple[Article, list[Claim] | None]] = deque()
        self._waiting = 0

    def unknown(self) -> Iterator[Article]:
        """The articles to extract, until too many known ones wait for them."""
        for article in self._articles:
            claims = self._store.cached(article, self._version)
            self._queue.append((article, claims))
            if claims is None:
                yield article
                continue
            self._waiting += 1
            if self._waiting >= _MAX_WAITING:
                return

    def before(self, article: Article | None) -> Iterator[Result]:
        """What was queued ahead of an article that is done; the article itself is dropped."""
        while self._queue:
            waiting, claims = self._queue.popleft()
            if claims is not None:
                self._waiting -= 1
                yield waiting, claims
            elif article is not None and (waiting.path, waiting.id) == (
                article.path,
                article.id,
            ):
                return
            # an article that failed is passed over


def _join(
    batch: Sequence[Result], store: Store | None, version: str, aliases: str | None
) -> list[Claim]:
    """Join a batch, or take what joining just these articles gave the last time."""
    claims = [claim for _, found in batch for claim in found]
    key = content_id(
        version,
        *(f"{a.path}\0{a.id}\0{a.source}\0{a.published}\0{len(found)}" for a, found in batch),
    )
    if store is not None and (kept := store.recall(key)) is not None:
        decided = json.loads(kept)
        return [
            claim.with_fields(**dict(zip(_JOINED_FIELDS, values, strict=True)))
            for claim, values in zip(claims, decided, strict=True)
        ]
    from claimx.identity import load_aliases
    from claimx.pipeline import join

    done = join(claims, load_aliases(aliases))
    if store is not None:
        fields = [[getattr(claim, name) for name in _JOINED_FIELDS] for claim in done]
        store.remember(key, json.dumps(fields, ensure_ascii=False))
    return done


def _settle_speakers(store: Store, aliases: str | None) -> None:
    """One speaker across all stored articles."""
    own = Path(aliases).read_text("utf-8") if aliases else ""
    key = joins_version(own)
    if store.is_current("speakers", key):
        return
    from claimx.identity import Name, load_aliases, resolve
    from claimx.pipeline import has_identity
    from claimx.store import Mention
    from claimx.store.rows import CanonicalSpeaker

    decisions = load_aliases(aliases)

    def decide(mentions: Iterable[Mention]) -> dict[int, CanonicalSpeaker]:
        names = {
            m.key: Name(m.name, m.type, m.role, m.article)
            for m in mentions
            if has_identity(m.type)
        }
        registry = resolve(names.values(), decisions)
        return {key: registry.speaker_of(name) for key, name in names.items()}

    store.resolve(decide, key, decisions.names_of)
