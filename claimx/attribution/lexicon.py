"""The lexicon as the rules use it: folded words, generated verb forms, typed entries."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache, cached_property, lru_cache
from importlib import resources
from typing import Any

import regex

from claimx.records import Act

_INVISIBLE = regex.compile(r"[\p{Cf}]")
_NASAL = regex.compile(r"ङ्(?=[कखगघ])|ञ्(?=[चछजझ])|ण्(?=[टठडढ])|न्(?=[तथदध])|म्(?=[पफबभ])")
# जायेगा for जाएगा
_GLIDE = regex.compile(r"([\u093E-\u094C])य([\u0947\u0940])")
_NUKTA, _VIRAMA = "\u093c", "\u094d"


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """One spelling for what newspapers spell in several.

    Nukta, invisible characters and a virama at the end (परिषद्) go, chandrabindu and half
    nasals become anusvara, and the verb endings ये, यी become ए, ई.
    """
    word = unicodedata.normalize("NFD", _INVISIBLE.sub("", word)).replace(_NUKTA, "")
    word = word.rstrip(_VIRAMA)
    word = _NASAL.sub("ं", word.replace("ँ", "ं"))
    if word.endswith(("ये", "यी")) and len(word) > 2:
        word = word[:-2] + ("ए" if word.endswith("ये") else "ई")
    return _GLIDE.sub(lambda match: match[1] + ("ए" if match[2] == "े" else "ई"), word)


# Endings by the sound a stem ends in and by form: ``[conjugation]`` in ``cues.toml``.
Conjugation = Mapping[str, Mapping[str, Sequence[str]]]


class Form(Enum):
    """Inflection of a verb, as far as attribution cares."""

    PERFECTIVE = auto()
    IMPERFECTIVE = auto()
    INFINITIVE = auto()
    STEM = auto()
    CONJUNCTIVE = auto()
    FUTURE = auto()


_MATRA_END = regex.compile(r"[\u093E-\u094C]$")


def inflect(stem: str, conjugation: Conjugation) -> Iterator[tuple[str, Form]]:
    """All forms of a regular Hindi verb stem, folded."""
    endings = conjugation["vowel" if _MATRA_END.search(stem) else "consonant"]
    for name, suffixes in endings.items():
        for suffix in suffixes:
            yield fold(stem + suffix), Form[name.upper()]


@dataclass(frozen=True, slots=True)
class VerbEntry:
    """A verb that attributes by itself; see ``cues.toml``."""

    lemma: str
    act: Act
    denied: bool = False
    object: bool = False
    weak: bool = False
    ki_only: bool = False
    quote_only: bool = False
    object_only: bool = False
    imperfective_only: bool = False
    low: bool = False
    verb_only: bool = False
    verdict: bool = False


@dataclass(frozen=True, slots=True)
class NominalEntry:
    """A noun or adjective that attributes with a light verb; see ``cues.toml``."""

    lemma: str
    act: Act
    verbs: tuple[tuple[str, ...], ...]
    frames: frozenset[str]
    denied: bool = False
    low: bool = False
    low_gen: bool = False
    event: bool = False
    reported_head: bool = False
    verb_only: bool = False
    document_only: bool = False
    verdict: bool = False
    hearer: str = ""


@dataclass(frozen=True, slots=True)
class CopularEntry:
    """A noun of "X का N है (कि)" or "X को N है (कि)"; see ``cues.toml``."""

    lemma: str
    act: Act
    low: bool = False
    bare: bool = False


@dataclass(frozen=True, slots=True)
class PostpositionEntry:
    """Words after a source that make what follows its statement: "के अनुसार"."""

    lemma: str
    act: Act
    words: tuple[tuple[str, ...], ...]
    before: bool = False
    somebody: bool = False


@dataclass(frozen=True)
class Lexicon:
    """Everything in ``cues.toml`` and ``sources.toml``, folded and indexed by form."""

    verbs: Mapping[str, tuple[tuple[VerbEntry, Form], ...]]
    nominals: Mapping[str, NominalEntry]
    light: Mapping[str, tuple[tuple[str, Form], ...]]
    copular: Mapping[str, CopularEntry]
    dative: Mapping[str, CopularEntry]
    postpositions: tuple[PostpositionEntry, ...]
    postpositions_at: Mapping[str, tuple[PostpositionEntry, ...]]
    grammar: Mapping[str, frozenset[str]]
    endings: Mapping[str, tuple[str, ...]]
    writer_openers: frozenset[tuple[str, ...]]
    first_person: frozenset[str]
    standards: frozenset[str]
    standard_modifiers: frozenset[str]
    reported: frozenset[str]
    titles: frozenset[str]
    title_modifiers: frozenset[str]
    title_charges: frozenset[str]
    nationalities: frozenset[str]
    honorifics_before: frozenset[str]
    honorifics_after: frozenset[str]
    organizations: frozenset[str]
    countries: frozenset[str]
    own_documents: frozenset[str]
    statements: frozenset[str]
    utterances: frozenset[str]
    hearsay: frozenset[str]
    received: frozenset[str]
    coverage: frozenset[str]
    outlets: frozenset[str]
    outlet_kinds: frozenset[str]
    groups: frozenset[str]
    pronouns: Mapping[str, frozenset[str]]
    determiners: Mapping[str, frozenset[str]]
    leaders: frozenset[str]
    kin: frozenset[str]
    offices: frozenset[str]
    posts: frozenset[str]
    glued: frozenset[str]
    title_synonyms: Mapping[str, str]
    title_initials: Mapping[str, frozenset[str]]
    title_ranks: frozenset[str]
    given_titles: frozenset[str]
    no_surnames: frozenset[str]
    portfolios: frozenset[str]
    parties: frozenset[str]
    initials: frozenset[str]
    things: frozenset[str]
    joiners: frozenset[str]
    adjectives: Mapping[str, str]
    sole_offices: Mapping[str, frozenset[str]]
    retaken: Mapping[str, frozenset[str]]
    companies: Mapping[str, frozenset[str]]

    @cached_property
    def cue_beginnings(self) -> frozenset[str]:
        """Words that a cue is looked for at."""
        tables = (self.verbs, self.nominals, self.copular, self.dative, self.postpositions_at)
        return self.fused_pronouns.union(*tables)

    @cached_property
    def fused_pronouns(self) -> frozenset[str]:
        """Pronouns that hold the के of "के अनुसार": "उनके अनुसार"."""
        groups = ("genitive", "relative", "document_genitive")
        return frozenset[str]().union(*(self.pronouns[group] for group in groups))


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(fold(word) for word in words)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath(name).read_text("utf-8"))


def _verbs(
    table: Mapping[str, Any], conjugation: Conjugation
) -> dict[str, tuple[tuple[VerbEntry, Form], ...]]:
    index: dict[str, tuple[tuple[VerbEntry, Form], ...]] = {}
    for lemma, raw in table.items():
        options = {
            key: value for key, value in raw.items() if key not in ("stems", "homographs")
        }
        entry = VerbEntry(lemma=lemma, **options)
        homographs = _folded(raw.get("homographs", ()))
        for stem in raw["stems"]:
            for form, kind in inflect(stem, conjugation):
                if form in homographs:
                    continue
                index[form] = (*index.get(form, ()), (entry, kind))
    return index


def _light(
    table: Mapping[str, Any], conjugation: Conjugation
) -> dict[str, tuple[tuple[str, Form], ...]]:
    imperfectives = tuple(conjugation["consonant"]["imperfective"])
    index: dict[str, tuple[tuple[str, Form], ...]] = {}
    for lemma, raw in table.items():
        forms = [pair for stem in raw["stems"] for pair in inflect(stem, conjugation)]
        for word in raw.get("irregular", ()):
            imperfective = fold(word).endswith(imperfectives)
            forms.append((fold(word), Form.IMPERFECTIVE if imperfective else Form.PERFECTIVE))
        for form, kind in forms:
            index[form] = (*index.get(form, ()), (lemma, kind))
    return index


def _nominals(table: Mapping[str, Any]) -> dict[str, NominalEntry]:
    index = {}
    for lemma, raw in table.items():
        options = {k: v for k, v in raw.items() if k not in ("forms", "verbs", "frames")}
        entry = NominalEntry(
            lemma=lemma,
            # "स्वीकार की" is a form of "स्वीकार करना" before it is one of "स्वीकारना".
            verbs=tuple(
                sorted((tuple(v.split()) for v in raw["verbs"]), key=len, reverse=True)
            ),
            frames=frozenset(raw["frames"]),
            **options,
        )
        for form in (lemma, *raw.get("forms", ())):
            index[fold(form)] = entry
    return index


def _copular(table: Mapping[str, Any]) -> dict[str, CopularEntry]:
    index = {}
    for lemma, raw in table.items():
        entry = CopularEntry(lemma, raw["act"], raw.get("low", False), raw.get("bare", False))
        for form in raw.get("forms", (lemma,)):
            index[fold(form)] = entry
    return index


def _by_first_word(
    entries: Iterable[PostpositionEntry],
) -> dict[str, tuple[PostpositionEntry, ...]]:
    index: dict[str, tuple[PostpositionEntry, ...]] = {}
    for entry in entries:
        for first in dict.fromkeys(words[0] for words in entry.words):
            index[first] = (*index.get(first, ()), entry)
    return index


# Groups of titles that one person holds; the others describe ("महिला", "आरोपी").
_OFFICES = ("state", "administration", "army", "law", "learning", "media_arts_sport")


@cache
def lexicon() -> Lexicon:
    """The lexicon, read once."""
    cues, sources = _read("cues.toml"), _read("sources.toml")
    postpositions = tuple(
        PostpositionEntry(
            lemma,
            raw["act"],
            tuple(tuple(map(fold, words)) for words in raw["words"]),
            raw.get("before", False),
            raw.get("somebody", False),
        )
        for lemma, raw in cues["postpositions"].items()
    )
    titles = frozenset(word for group in sources["titles"].values() for word in group)
    return Lexicon(
        verbs=_verbs(cues["verbs"], cues["conjugation"]),
        nominals=_nominals(cues["nominals"]),
        light=_light(cues["light"], cues["conjugation"]),
        copular=_copular(cues["copular"]),
        dative=_copular(cues["dative"]),
        postpositions=postpositions,
        postpositions_at=_by_first_word(postpositions),
        grammar={key: _folded(words) for key, words in cues["grammar"].items()},
        endings={key: tuple(endings) for key, endings in cues["endings"].items()},
        writer_openers=frozenset(tuple(map(fold, w)) for w in cues["writer"]["openers"]),
        first_person=_folded(cues["writer"]["first_person"]),
        standards=_folded(cues["standards"]["heads"]),
        standard_modifiers=_folded(cues["standards"]["modifiers"]),
        reported=_folded(cues["reported"]["heads"]),
        titles=_folded(titles) | _folded("के" + title for title in titles),
        title_modifiers=_folded(
            sources["title_modifiers"]["words"] + sources["title_modifiers"]["nationalities"]
        ),
        title_charges=_folded(sources["title_charges"]["words"]),
        nationalities=_folded(sources["title_modifiers"]["nationalities"]),
        honorifics_before=_folded(sources["honorifics"]["before"]),
        honorifics_after=_folded(sources["honorifics"]["after"]),
        organizations=_folded(sources["organizations"]["heads"]),
        countries=_folded(sources["organizations"]["countries"]),
        own_documents=_folded(sources["documents"]["own"]),
        utterances=_folded(sources["documents"]["utterances"]),
        hearsay=_folded(sources["documents"]["hearsay"]),
        coverage=_folded(sources["documents"]["coverage"]),
        outlets=_folded(sources["documents"]["outlets"]),
        outlet_kinds=_folded(sources["documents"]["outlet_kinds"]),
        received=_folded(sources["documents"]["received"]),
        statements=_folded(sources["documents"]["statements"]),
        groups=_folded(sources["groups"]["heads"]),
        pronouns={key: _folded(words) for key, words in sources["pronouns"].items()},
        determiners={key: _folded(words) for key, words in sources["determiners"].items()},
        leaders=_folded(sources["leaders"]["words"]),
        kin=_folded(sources["titles"]["kin"]),
        offices=_folded(w for name in _OFFICES for w in sources["titles"][name]),
        posts=_folded(sources["titles"]["administration"]),
        title_synonyms={fold(k): fold(v) for k, v in sources["title_synonyms"].items()},
        title_initials={fold(k): _folded(v) for k, v in sources["title_initials"].items()},
        title_ranks=_folded(sources["title_ranks"]["words"]),
        given_titles=_folded(sources["given_titles"]["words"]),
        no_surnames=_folded(sources["no_surnames"]["words"]),
        portfolios=_folded(sources["portfolios"]["words"]),
        parties=_folded(sources["organizations"]["parties"]),
        things=_folded(sources["things"]["heads"]),
        adjectives={fold(k): fold(v) for k, v in sources["adjectives"].items()},
        sole_offices={key: _folded(words) for key, words in sources["sole_offices"].items()},
        retaken={fold(key): _folded(words) for key, words in sources["retaken"].items()},
        companies={key: _folded(words) for key, words in sources["companies"].items()},
        joiners=_folded(sources["joiners"]["words"]),
        initials=_folded(sources["initials"]["words"]),
        glued=_folded(
            words[0]
            for raw in cues["postpositions"].values()
            for words in raw["words"]
            if len(words) == 1
        )
        | _folded("के" + title for title in titles),
    )
