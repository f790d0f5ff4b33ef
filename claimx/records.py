"""The plain, frozen records that travel from room to room.

Every offset is in Unicode code points into ``Article.text`` and every span is
half open: ``text[start:end]``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Any, Literal

SpeakerType = Literal["person", "organization", "group", "unknown"]
Resolution = Literal["name", "title", "surname", "pronoun", "continued", "unresolved"]
Kind = Literal["direct", "indirect", "mixed"]
Polarity = Literal["affirmed", "denied"]
Relation = Literal["same", "differs", "denies"]
Bound = Literal["exact", "about", "at_least", "at_most", "range"]
Act = Literal[
    "say", "claim", "warn", "accuse", "deny", "believe",
    "estimate", "report", "announce", "ask",
]  # fmt: skip


def content_id(*parts: str, length: int = 16) -> str:
    """Hash text into a short id that is the same on every machine.

    Args:
        parts: the strings the id stands for; their order counts.
        length: hexadecimal digits kept.
    """
    from hashlib import sha256  # OpenSSL takes its time, and look-ups hash nothing

    digest = sha256("\x1f".join(parts).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:length]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the article's text, in code points, half open."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def __contains__(self, offset: int) -> bool:
        return self.start <= offset < self.end


@dataclass(frozen=True, slots=True)
class Article:
    """One article as read: decoded, BOM dropped, line ends ``\\n``, else untouched.

    Attributes:
        path: the path or URL as the user gave it (``-`` for standard input).
        text: what every offset points into.
        source: the outlet, from front matter, HTML metadata, folder or file name.
        title: the headline, or None.
        published: ISO 8601 date (``YYYY-MM-DD``), or None.
        id: hash of the text alone, so a moved or copied file keeps it.
    """

    path: str
    text: str
    source: str
    title: str | None = None
    published: str | None = None
    id: str = field(default="")

    def __post_init__(self) -> None:
        if not self.id:
            object.__setattr__(self, "id", content_id(self.text))


@dataclass(frozen=True, slots=True)
class Word:
    """A syntactic word as Universal Dependencies defines it.

    Attributes:
        text: the word as the models saw it (normalised); ``Article.text[start:end]``
            is what the article has.
        head: index of the governor in ``Sentence.words``, or -1 for the root.
        feats: UD features, ``{"Case": "Nom", ...}``.
        ner: ``PER``, ``ORG``, ``LOC`` or ``""``.
    """

    text: str
    lemma: str
    upos: str
    head: int
    deprel: str
    start: int
    end: int
    feats: Mapping[str, str] = field(default_factory=dict)
    ner: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its words and the index of its paragraph."""

    words: tuple[Word, ...]
    paragraph: int

    @property
    def start(self) -> int:
        return self.words[0].start

    @property
    def end(self) -> int:
        return self.words[-1].end


@dataclass(frozen=True, slots=True)
class Entity:
    """A named entity: ``PER``, ``ORG`` or ``LOC``."""

    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quotation:
    """Quoted words.

    Attributes:
        inner: the words without the quotation marks.
        outer: the same with the marks that are there.
        closed: False where the closing mark is missing.
        depth: 0, or 1 inside another quotation.
    """

    inner: Span
    outer: Span
    closed: bool = True
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Parsed:
    """An article with its analysis; what the attribution rules read."""

    article: Article
    paragraphs: tuple[Span, ...]
    sentences: tuple[Sentence, ...]
    entities: tuple[Entity, ...] = ()
    quotations: tuple[Quotation, ...] = ()

    def words(self) -> Iterator[Word]:
        """All words in text order."""
        for sentence in self.sentences:
            yield from sentence.words


@dataclass(frozen=True, slots=True)
class Statement:
    """An attributed statement inside one article, before speakers are made canonical.

    Attributes:
        content: what was said, as a span of the article.
        evidence: the sentence(s) around it.
        cue: lemma of the attributing word (कहना, अनुसार, दावा).
        mention: the speaker phrase in the text, or None where there is none.
        speaker: the fullest name the article gives for the mention, without
            titles; None where the text names nobody or nothing resolves it.
        role: the title in the text (क्रेमलिन के प्रवक्ता), or None.
        confidence: 0 to 1.
    """

    content: Span
    evidence: Span
    kind: Kind
    cue: str
    act: Act
    polarity: Polarity = "affirmed"
    mention: Span | None = None
    speaker: str | None = None
    speaker_type: SpeakerType = "unknown"
    role: str | None = None
    resolution: Resolution = "unresolved"
    via: str | None = None
    addressee: str | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Fact:
    """A quantity, sum of money, date, place, person or organisation in a claim.

    Attributes:
        type: ``quantity``, ``ordinal``, ``percent``, ``money``, ``date``,
            ``duration``, ``place``, ``person`` or ``organization``.
        text: exactly ``Article.text[start:end]``.
        value: a number, an ISO 8601 date or interval, a name, or ``[low, high]``
            where ``bound`` is ``range``; None where the text does not allow one.
        unit: ``INR``, ``USD``, ``km``, ``percent``, ``person`` ...; None for bare numbers.
        start, end: code points into the article.
    """

    type: str
    text: str
    value: float | int | str | list[float | int] | None = field(hash=False)
    unit: str | None
    start: int
    end: int
    bound: Bound = "exact"

    def to_dict(self) -> dict[str, Any]:
        return dict(zip(_FACT_FIELDS, _fact_values(self), strict=True))


_FACT_FIELDS = tuple(f.name for f in fields(Fact))
_fact_values = attrgetter(*_FACT_FIELDS)


@dataclass(frozen=True, slots=True)
class Claim:
    """The flat record every output format carries; see ``claimx schema``."""

    id: str
    article: str
    source: str
    title: str | None
    published: str | None
    speaker: str | None
    speaker_latin: str | None
    speaker_type: SpeakerType
    speaker_role: str | None
    mention: str | None
    resolution: Resolution
    claim: str
    start: int
    end: int
    evidence: str
    evidence_start: int
    evidence_end: int
    kind: Kind
    cue: str
    act: Act
    polarity: Polarity
    via: str | None
    addressee: str | None
    said_on: str | None
    facts: tuple[Fact, ...]
    group: str | None
    group_sources: int | None
    relation: Relation | None
    confidence: float

    def to_dict(self) -> dict[str, Any]:
        """The record as plain JSON types, in the order of the fields."""
        record = dict(zip(CLAIM_FIELDS, _claim_values(self), strict=True))
        record["facts"] = [fact.to_dict() for fact in self.facts]
        return record

    def with_fields(self, **changes: Any) -> Claim:
        """As `dataclasses.replace`, at a tenth of its time."""
        values = list(_claim_values(self))
        for name, value in changes.items():
            values[_CLAIM_PLACES[name]] = value
        return Claim(*values)

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> Claim:
        """The inverse of `to_dict`.

        Raises:
            KeyError: if a field is missing.
        """
        values = {name: record[name] for name in CLAIM_FIELDS}
        values["facts"] = tuple(Fact(**fact) for fact in values["facts"])
        return cls(**values)


class KeptClaim(Claim):
    """A claim at hand as the JSON text of its record, which is read when a field is asked for.

    Attributes:
        record: the text that `claimx.output.safety.json_text` makes of the claim.
    """

    __slots__ = ("record",)
    record: str

    def __init__(self, record: str) -> None:
        object.__setattr__(self, "record", record)

    def __getattr__(self, name: str) -> Any:
        # Python comes here while the slot of a field is empty.
        if name not in _CLAIM_PLACES:
            raise AttributeError(name)
        read = Claim.from_dict(json.loads(self.record))
        Claim.__init__(self, *_claim_values(read))
        return object.__getattribute__(self, name)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Claim):
            return NotImplemented
        return bool(_claim_values(self) == _claim_values(other))

    __hash__ = Claim.__hash__

    def __reduce__(self) -> tuple[type[KeptClaim], tuple[str]]:
        return KeptClaim, (self.record,)


CLAIM_FIELDS = tuple(f.name for f in fields(Claim))
"""The names of a claim's fields, in the order in which every format has them."""
_CLAIM_PLACES = {name: place for place, name in enumerate(CLAIM_FIELDS)}
_claim_values = attrgetter(*CLAIM_FIELDS)
