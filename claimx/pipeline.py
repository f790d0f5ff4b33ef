"""From articles to claims: the rooms in their order, usable without the command line."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence

from claimx.articles import body_start
from claimx.attribution import attribute
from claimx.attribution.prefilter import may_attribute
from claimx.errors import InputError
from claimx.facts import find_facts, find_said_on
from claimx.identity import Aliases, canonicalize, latin_name, load_aliases
from claimx.records import (
    Article,
    Claim,
    Entity,
    Parsed,
    Span,
    SpeakerType,
    Statement,
    content_id,
)

OnError = Callable[[InputError], None]


def claims_of(parsed: Parsed) -> list[Claim]:
    """All claims of one parsed article; a pure function, fit for worker processes.

    Speakers are the article's own names: `join` makes them canonical across articles.
    """
    starts = [entity.start for entity in parsed.entities]

    def within(span: Span) -> Sequence[Entity]:
        return parsed.entities[bisect_left(starts, span.start) : bisect_left(starts, span.end)]

    return [
        _claim(parsed.article, statement, within(statement.content))
        for statement in attribute(parsed)
    ]


def join(claims: Sequence[Claim], aliases: Aliases | None = None) -> list[Claim]:
    """What can only be told across articles: one name a speaker, groups of one statement.

    The order of the claims does not matter for what each of them becomes. Unnamed groups
    and documents stay as their article calls them: the experts of two articles are not
    one speaker.
    """
    from claimx.matching import group_claims

    named = [claim for claim in claims if has_identity(claim.speaker_type)]
    canonical = dict(
        zip(map(id, named), canonicalize(named, aliases or load_aliases()), strict=True)
    )
    return group_claims([canonical.get(id(claim), claim) for claim in claims])


def has_identity(speaker_type: SpeakerType) -> bool:
    """Can a speaker of this type be the same one in another article?"""
    return speaker_type in ("person", "organization")


def _claim(article: Article, statement: Statement, entities: Sequence[Entity]) -> Claim:
    text, content, evidence = article.text, statement.content, statement.evidence
    mention = statement.mention
    return Claim(
        id=content_id(article.id, str(content.start), str(content.end)),
        article=article.path,
        source=article.source,
        title=article.title,
        published=article.published,
        speaker=statement.speaker,
        speaker_latin=latin_name(statement.speaker) if statement.speaker else None,
        speaker_type=statement.speaker_type,
        speaker_role=statement.role,
        mention=text[mention.start : mention.end] if mention else None,
        resolution=statement.resolution,
        claim=text[content.start : content.end],
        start=content.start,
        end=content.end,
        evidence=text[evidence.start : evidence.end],
        evidence_start=evidence.start,
        evidence_end=evidence.end,
        kind=statement.kind,
        cue=statement.cue,
        act=statement.act,
        polarity=statement.polarity,
        via=statement.via,
        addressee=statement.addressee,
        said_on=_said_on(article, statement),
        facts=find_facts(
            text,
            start=content.start,
            end=content.end,
            published=article.published,
            entities=entities,
        ),
        group=None,
        group_sources=None,
        relation=None,
        confidence=statement.confidence,
    )


def _said_on(article: Article, statement: Statement) -> str | None:
    """The date in the attribution itself: before the content, else behind it."""
    content, evidence = statement.content, statement.evidence
    for start, end in ((evidence.start, content.start), (content.end, evidence.end)):
        if end > start and (day := find_said_on(article.text, start, end, article.published)):
            return day
    return None


def _raise(error: InputError) -> None:
    raise error


def extract(
    articles: Iterable[Article],
    *,
    models: str | None = None,
    jobs: int | None = 1,
    on_error: OnError = _raise,
) -> Iterator[tuple[Article, list[Claim]]]:
    """Extract the claims of articles as they come, in their order.

    Args:
        models: ``bundled``, ``official`` or a Stanza resources folder.
        jobs: worker processes; 1 works in this one, None takes as many as pay.
        on_error: called with an article that could not be analysed; the others go on. By
            default its error is raised.
    """
    yield from Extractor(models)(articles, jobs=jobs, on_error=on_error)


class Extractor:
    """`extract` for several runs over articles, with the models loaded once.

    Args:
        models: ``bundled``, ``official`` or a Stanza resources folder.
    """

    def __init__(self, models: str | None = None) -> None:
        from claimx.language import Analyzer, resolve_models

        self._analyzer = Analyzer(resolve_models(models), needs_tree=may_attribute, body=_body)

    def __call__(
        self, articles: Iterable[Article], *, jobs: int | None, on_error: OnError
    ) -> Iterator[tuple[Article, list[Claim]]]:
        """See `extract`."""
        for article, result in self._analyzer.map(articles, claims_of, jobs=jobs):
            if isinstance(result, InputError):
                on_error(result)
            elif isinstance(result, Exception):
                reason = "out of memory" if isinstance(result, MemoryError) else repr(result)
                on_error(InputError(article.path, f"could not be analysed: {reason}"))
            else:
                yield article, result


def _body(article: Article) -> int:
    return body_start(article.text)
