"""A run of extraction over articles, with the store as its memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from claimx.errors import InputError, StoreError
from claimx.records import Article, Claim

if TYPE_CHECKING:
    from claimx.store import Store

Result = tuple[Article, list[Claim]]


def run(
    articles: Iterable[Article],
    *,
    db: Path | None,
    models: str | None = None,
    jobs: int = 1,
    aliases: str | None = None,
    on_error: Callable[[InputError], None],
) -> Iterator[Result]:
    """Extract articles in their order, each stored as soon as it is done.

    An article that the store has under these rules and models is not parsed again, and a
    run without new articles loads no model. After the last article, identity decides anew
    which of the stored names are one speaker.

    Args:
        db: the store, or None to keep nothing.
        aliases: the user's file of decisions on names.
    """
    from claimx.pipeline import extract, rules_version

    if db is None:
        yield from extract(articles, models=models, jobs=jobs, on_error=on_error)
        return
    from claimx.store import Store

    version = rules_version(models)
    with Store(db) as store:
        waiting = _Known(store, articles, version)
        fresh = extract(waiting.unknown(), models=models, jobs=jobs, on_error=on_error)
        try:
            for article, claims in fresh:
                yield from waiting.before(article)
                store.save(article, claims, version)
                yield article, claims
            yield from waiting.before(None)
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
        self._queue: list[tuple[Article, list[Claim] | None]] = []

    def unknown(self) -> Iterator[Article]:
        for article in self._articles:
            claims = self._store.cached(article, self._version)
            self._queue.append((article, claims))
            if claims is None:
                yield article

    def before(self, article: Article | None) -> Iterator[Result]:
        """What was queued ahead of an article that is done; the article itself is dropped."""
        while self._queue:
            waiting, claims = self._queue.pop(0)
            if claims is not None:
                yield waiting, claims
            elif article is not None and (waiting.path, waiting.id) == (article.path, article.id):
                return
            # an article that failed is passed over


def _settle_speakers(store: Store, aliases: str | None) -> None:
    """One speaker across all stored articles."""
    from claimx.identity import Name, load_aliases, resolve
    from claimx.pipeline import fingerprint, has_identity
    from claimx.store import Mention
    from claimx.store.rows import CanonicalSpeaker

    own = Path(aliases).read_text("utf-8") if aliases else ""
    key = fingerprint("identity", extra=own)
    if store.is_current("speakers", key):
        return
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
