"""A run of extraction over articles, with the store as its memory."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing, nullcontext, suppress
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from claimx.errors import InputError, StoreError
from claimx.output.safety import claim_text
from claimx.records import Article, Claim, KeptClaim, content_id
from claimx.versions import joins_version, rules_version

if TYPE_CHECKING:
    from claimx.pipeline import Extractor
    from claimx.store import Store

Result = tuple[Article, list[Claim]]
# An article and how to get its claims: of a stored one they may never be asked for.
Done = tuple[Article, Callable[[], list[Claim]]]
OnError = Callable[[InputError], None]

# Articles joined (speakers, groups) before their claims are given: a longer run is given
# piece by piece, so that its first rows appear early and memory stays flat.
JOINED_ARTICLES = 100
# Seconds that a comparison waits for another writer before it does without.
_PATIENCE = 1.0
# Known articles that may wait, with their claims, for unknown ones before them.
_MAX_WAITING = 1_000


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
        for article, claims in _results(articles, store, models, jobs, aliases, on_error):
            yield article, claims()


def joined(
    articles: Iterable[Article],
    *,
    db: Path | None,
    models: str | None = None,
    jobs: int | None = 1,
    aliases: str | None = None,
    on_error: OnError,
    progress: Callable[[Iterator[Done]], Iterator[Done]] = lambda found: found,
) -> Iterator[Claim]:
    """The claims of articles with canonical speakers and groups across articles.

    The arguments are those of `results`, and ``progress`` watches the articles pass.
    """
    version = f"{rules_version(models)} {joins_version(aliases)}"
    # A run that is cut short ends before its store is closed.
    with (
        _opened(db) as store,
        closing(_results(articles, store, models, jobs, aliases, on_error)) as done,
    ):
        found = progress(done)
        while batch := list(islice(found, JOINED_ARTICLES)):
            yield from _join(batch, store, version, aliases)


def grouped(db: Path, aliases: str | None) -> list[Claim]:
    """All claims of a store, with groups across everything in it.

    The groups are kept in the store, where ``who`` and ``search`` find them, and are taken
    from it while they hold. A store that cannot be written to is compared all the same.
    """
    from claimx.store import Store, StoreReader

    key = joins_version(aliases)
    with StoreReader(db) as store:
        revision, settled = store.revision, store.is_current("speakers", key)
        claims = list(store.claims())
        if settled and store.is_current("groups", key):
            return claims
    if not settled:  # other decisions on names than the store's
        from claimx.identity import load_aliases
        from claimx.pipeline import join

        return join(claims, load_aliases(aliases))
    from claimx.matching import group_claims

    found = group_claims(claims)
    with suppress(StoreError), Store(db, timeout=_PATIENCE) as store:
        store.set_groups(found, key, revision)
    return found


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
) -> Generator[Done, None, None]:
    if store is None:
        from claimx.pipeline import extract

        for article, found in extract(articles, models=models, jobs=jobs, on_error=on_error):
            yield article, partial(list, found)
        return
    version, waiting = rules_version(models), iter(articles)
    extractor: Extractor | None = None
    try:
        for article in waiting:
            if (kept := _kept(store, article, version)) is not None:
                yield article, kept
                continue
            # Heavy from here on: an article that nobody has seen.
            if extractor is None:
                from claimx.pipeline import Extractor

                extractor = Extractor(models)
            known = _Known(store, chain([article], waiting), version)
            for done, found in extractor(known.unknown(), jobs=jobs, on_error=on_error):
                yield from known.before(done)
                store.save(done, found, version)
                yield done, partial(list, found)
            yield from known.before(None)
    except StoreError:
        raise
    except BaseException:
        with suppress(StoreError):  # why the run was cut short is what counts
            _settle_speakers(store, aliases)
        raise
    _settle_speakers(store, aliases)


def _kept(store: Store, article: Article, version: str) -> Callable[[], list[Claim]] | None:
    """How to get the claims of an article that the store has; None where it has not."""
    if not store.has(article, version) and store.cached(article, version) is None:
        return None
    return partial(_take, store, article, version)


def _take(store: Store, article: Article, version: str) -> list[Claim]:
    claims = store.cached(article, version)
    if claims is None:
        raise StoreError(
            f"{store.path}: {article.path} was removed by another process; run again"
        )
    return claims


class _Known:
    """Splits articles into those the store has and those to extract, keeping their order."""

    def __init__(self, store: Store, articles: Iterable[Article], version: str) -> None:
        self._store, self._articles, self._version = store, articles, version
        self._queue: deque[tuple[Article, Callable[[], list[Claim]] | None]] = deque()
        self._waiting = 0

    def unknown(self) -> Iterator[Article]:
        """The articles to extract, until too many known ones wait for them."""
        for article in self._articles:
            kept = _kept(self._store, article, self._version)
            self._queue.append((article, kept))
            if kept is None:
                yield article
                continue
            self._waiting += 1
            if self._waiting >= _MAX_WAITING:
                return

    def before(self, article: Article | None) -> Iterator[Done]:
        """What was queued ahead of an article that is done; the article itself is dropped."""
        while self._queue:
            waiting, kept = self._queue.popleft()
            if kept is not None:
                self._waiting -= 1
                yield waiting, kept
            elif article is not None and (waiting.path, waiting.id) == (
                article.path,
                article.id,
            ):
                return
            # an article that failed is passed over


def _join(
    batch: Sequence[Done], store: Store | None, version: str, aliases: str | None
) -> Sequence[Claim]:
    """Join a batch, or take what joining just these articles gave the last time."""
    key = content_id(
        version,
        *(f"{a.path}\0{a.id}\0{a.source}\0{a.title}\0{a.published}" for a, _ in batch),
    )
    if store is not None and (kept := store.recall(key)) is not None:
        return [KeptClaim(record) for record in kept]
    from claimx.identity import load_aliases
    from claimx.pipeline import join

    done = join([claim for _, claims in batch for claim in claims()], load_aliases(aliases))
    if store is not None:
        store.remember(key, [claim_text(claim) for claim in done])
    return done


def _settle_speakers(store: Store, aliases: str | None) -> None:
    """One speaker across all stored articles."""
    key = joins_version(aliases)
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
