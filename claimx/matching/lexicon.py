"""The tables of what the matcher knows of Hindi words: classes of synonyms, names, weights.

The tables are data (`language.toml`, `synonyms.toml`, `polarity.toml`, `opposites.toml`,
`paraphrases.toml`, `background.toml`); names of places, parties and people are those of
`claimx.identity`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from claimx.facts.tokens import fold
from claimx.identity.tables import table
from claimx.matching.stems import fold_word, load, read_phrase, stem, words

# A class with its side of a contrary pair, 1 or -1, or 0.
Atom = tuple[str, int]
# Phrases, as words, by their first word.
Phrases = dict[str, list[list[str]]]
# A phrase is as frequent as its rarest word times this, about.
_PHRASE = 0.1
_JOINED = 2  # words of a phrase that are also written as one


class Swaps(NamedTuple):
    """What a word or phrase may be swapped for.

    Attributes:
        turns: the pairs of opposites that it is in, each with its side.
        lines: the lines of paraphrases that it is in.
    """

    turns: list[tuple[int, int]]
    lines: list[int]


@dataclass(slots=True)
class Lexicon:
    """All tables, indexed by folded word and by stem.

    Attributes:
        phrases: a trie over stems; the class under "".
        attributes: what a reverser says of the noun that it describes.
        between: particles, and adverbs that may stand amid a phrase.
        closing: ends what is lacking behind one of ``without``.
        needs: classes of what is said of a thing that something else is not without.
        before: classes that say that what follows them comes before what precedes them.
        till: behind an infinitive says until when.
        bodies: of the names those of organisations: one may be part of another's.
        demonyms: adjectives of countries.
        until, then: what opens a clause that says until when, and the one behind it.
        causes: what follows an infinitive that gives a cause or a condition.
        verdicts: classes that only say of something that it is right or wrong.
        bounds: words that bound the number before them.
        more, nobody: words of a comparison to which nothing comes up.
        excepting: beside one of ``nobody`` these leave one thing (के सिवा).
        only, instead: phrases for "only if", and for "instead of".
        absences: classes, each with its sign, that say that something does not happen.
        presences: classes that say that something is, comes or happens, and no more.
        projects: classes for a plan or an intention, behind what is planned.
        qualifiers: classes for how far or in which way only something holds.
        spans: contrary pairs for the begin and end of something that lasts.
        prefixes: what makes a word deny what it is put before.
        opposites: for a class and sign those that deny it.
        phrase_swaps: a trie over the stems of phrases that have opposites or paraphrases; what
            each may be swapped for is under "".
        word_swaps: the same for classes.
        deniable: classes that `opposites` has, of either side.
        scale: for a class and sign whether it says more or less, 1 or -1.
        kinds: for a class what it is one kind of.
        broader: for a class those that are more general.
        empty: classes without content.
        shells: words that frame a statement and weigh a share of what others do.
        nouns: what an adjective is before a case marker.
        relatives: classes for somebody by whom he belongs to.
        converses: for a class and sign the part that a name must have, the verb from the
            other side, and the parts that names have then.
        undergone: what is told of whose it is.
        allowing: words that allow what an infinitive before them says.
        allowed: the class that says so.
        left: infinitives by which nothing is allowed, but left as it is.
        myself, ourselves: by whom a speaker means himself.
        own_bodies: what is another one if another person calls it theirs.
        actors: classes of those who act without a marker (चीन के मंत्री जाएंगे).
        light: classes of verbs that say little of what comes before them.
        measures: classes of what something is measured in.
        plurals: endings of plural and oblique nouns, with those that the nouns have instead.
        reflexive: words behind which none of `nouns` is a noun.
        adjectival: endings of adjectives, apart from `nouns_like_adjectives`.
        seats: capitals that stand for their country, but not before one of `city_nouns`.
        frames: `projects` and `measures`.
        marked: classes that have any of `qualifiers`, `relatives`, `kinds`, `broader`.
        documents: size of the background sample.
    """

    stop: frozenset[str]
    particles: frozenset[str]
    without: frozenset[str]
    closing: frozenset[str]
    between: frozenset[str]
    lacking: tuple[str, ...]
    idle: dict[str, Any]
    nouns: dict[str, str] = field(default_factory=dict)
    broader: dict[str, frozenset[str]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    until: Phrases = field(default_factory=dict)
    till: frozenset[str] = frozenset()
    more: frozenset[str] = frozenset()
    nobody: frozenset[str] = frozenset()
    excepting: frozenset[str] = frozenset()
    then: Phrases = field(default_factory=dict)
    causes: Phrases = field(default_factory=dict)
    only: Phrases = field(default_factory=dict)
    instead: Phrases = field(default_factory=dict)
    exact: dict[str, str] = field(default_factory=dict)
    stems: dict[str, str] = field(default_factory=dict)
    phrases: dict[str, Any] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    bodies: set[str] = field(default_factory=set)
    given: set[str] = field(default_factory=set)
    demonyms: set[str] = field(default_factory=set)
    contrary: dict[str, tuple[str, int]] = field(default_factory=dict)
    bounds: frozenset[Atom] = frozenset()
    absences: frozenset[Atom] = frozenset()
    presences: frozenset[str] = frozenset()
    projects: frozenset[str] = frozenset()
    spans: frozenset[str] = frozenset()
    qualifiers: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    opposites: dict[Atom, frozenset[Atom]] = field(default_factory=dict)
    phrase_swaps: dict[str, Any] = field(default_factory=dict)
    word_swaps: dict[Atom, Swaps] = field(default_factory=dict)
    deniable: frozenset[str] = frozenset()
    scale: dict[Atom, int] = field(default_factory=dict)
    reversers: set[str] = field(default_factory=set)
    complements: dict[str, str] = field(default_factory=dict)
    positives: frozenset[str] = frozenset()
    verdicts: frozenset[str] = frozenset()
    reports: set[str] = field(default_factory=set)
    predicate: set[str] = field(default_factory=set)
    attributes: dict[str, str] = field(default_factory=dict)
    times: dict[str, str] = field(default_factory=dict)
    empty: frozenset[str] = frozenset()
    shells: frozenset[str] = frozenset()
    nouns_in_ne: frozenset[str] = frozenset()
    converses: dict[Atom, list[tuple[str, str, dict[str, str]]]] = field(default_factory=dict)
    measures: frozenset[str] = frozenset()
    undergone: frozenset[Atom] = frozenset()
    allowing: frozenset[str] = frozenset()
    allowed: str = ""
    left: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    before: frozenset[str] = frozenset()
    myself: frozenset[str] = frozenset()
    ourselves: frozenset[str] = frozenset()
    own_bodies: frozenset[str] = frozenset()
    actors: frozenset[str] = frozenset()
    light: frozenset[str] = frozenset()
    relatives: frozenset[str] = frozenset()
    plurals: tuple[tuple[str, list[str]], ...] = ()
    reflexive: frozenset[str] = frozenset()
    adjectival: tuple[str, ...] = ()
    nouns_like_adjectives: frozenset[str] = frozenset()
    seats: frozenset[str] = frozenset()
    city_nouns: frozenset[str] = frozenset()
    shell_share: float = 1.0
    marked: frozenset[str] = frozenset()
    frames: frozenset[str] = frozenset()
    frequency: dict[str, float] = field(default_factory=dict)
    documents: float = 1.0


def _insert(trie: dict[str, Any], keys: Iterable[str], value: str) -> None:
    for key in keys:
        trie = trie.setdefault(key, {})
    trie.setdefault("", value)


@cache
def lexicon() -> Lexicon:
    """Build the tables once."""
    language, polarity = load("language"), load("polarity")
    lex = Lexicon(
        stop=frozenset(map(fold, language["stop"])),
        particles=frozenset(map(fold, polarity["particles"])),
        without=frozenset(map(fold, polarity["without"])),
        closing=frozenset(map(fold, polarity["closing"])),
        between=frozenset(map(fold, (*polarity["particles"], *polarity["between"]))),
        lacking=tuple(map(fold, polarity["lacking"])),
        idle={},
    )
    lex.needs = frozenset(map(fold, polarity["needs"]))
    lex.before = frozenset(map(fold, polarity["before"]))
    lex.till = frozenset(map(fold, polarity["till"]))
    lex.more = frozenset(map(fold, polarity["more"]))
    lex.excepting = frozenset(map(fold, polarity["excepting"]))
    lex.nobody = frozenset(map(fold, polarity["nobody"]))
    for listed in ("until", "then", "causes", "only", "instead"):
        phrases: Phrases = getattr(lex, listed)
        for phrase in map(words, polarity[listed]):
            phrases.setdefault(phrase[0], []).append(phrase)
    for phrase in polarity["idle"]:
        _insert(lex.idle, words(phrase), phrase)
    background = load("background")
    lex.documents = float(background["documents"])
    for count, listed in background["stems"].items():
        lex.frequency |= dict.fromkeys(listed.split(), float(count))
    _add_names(lex, language["seats"])
    for latin, spellings in language["regions"].items():
        _add_name(lex, [*spellings, latin])
    for town in language["towns"].split():
        _add_name(lex, [town])
    lex.seats = frozenset(fold(seat) for seats in language["seats"].values() for seat in seats)
    lex.city_nouns = frozenset(map(stem, map(fold, language["city"]["nouns"])))
    lex.given -= {fold(word) for word in language["words_first"].split()}
    lex.nouns = {fold(word): fold(noun) for word, noun in language["nouns"].items()}
    lex.empty = frozenset(_class(lex, phrase) for phrase in language["empty"])
    synonyms = load("synonyms")
    joined: dict[str, str] = {}
    for field_of_meaning in synonyms["classes"].values():
        for line in field_of_meaning.splitlines():
            _add_class(lex, line.split(", "), joined)
    lex.exact = joined | lex.exact
    broader: dict[str, set[str]] = {}
    for general, special in synonyms["broader"].items():
        for word in special:
            broader.setdefault(_class(lex, word), set()).add(_class(lex, general))
    lex.broader = {word: frozenset(general) for word, general in broader.items()}
    for kind, listed in synonyms["kinds"].items():
        lex.kinds |= {_class(lex, word): kind for word in listed}
    for listed in language["times"].values():
        for entry in listed:
            word, _, canonical = entry.partition("=")
            lex.times[fold(word)] = fold(canonical or word)
    lex.reports = {_class(lex, word) for word in polarity["reports"]}
    lex.predicate = {_class(lex, word) for word in polarity["predicate"]}
    for word in polarity["reversers"]:
        lex.reversers.add(_class(lex, word))
    for positive, negative in polarity["complements"]:
        lex.complements[_class(lex, negative)] = _class(lex, positive)
        lex.reversers.add(_class(lex, negative))
    for general, special in polarity["attributes"].items():
        for word in special:
            known = _class(lex, word)
            lex.attributes[lex.complements.get(known, known)] = _class(lex, general)
    lex.verdicts = frozenset(_class(lex, word) for word in polarity["verdicts"])
    lex.positives = frozenset(lex.complements.values())
    for plus, minus in polarity["contraries"]:
        pair = _class(lex, plus[0])
        for sign, side in ((1, plus), (-1, minus)):
            for word in side:
                lex.contrary.setdefault(_class(lex, word), (pair, sign))
    lex.bounds = frozenset(_atom(lex, word) for word in polarity["bounds"])
    lex.absences = frozenset(_atom(lex, word) for word in polarity["absences"])
    lex.prefixes = tuple(map(fold, polarity["prefixes"]))
    lex.presences = frozenset(_atom(lex, word)[0] for word in polarity["presences"])
    lex.projects = frozenset(_atom(lex, word)[0] for word in polarity["projects"])
    lex.qualifiers = frozenset(_atom(lex, word)[0] for word in polarity["qualifiers"])
    lex.spans = frozenset(_atom(lex, word)[0] for word in polarity["spans"])
    _add_opposites(lex, [*polarity["opposites"], polarity["scale"]])
    for number, line in enumerate(_lines("opposites")):
        for side, listed in zip((1, -1), line.split(" | "), strict=True):
            for swaps in _swaps_of(lex, listed):
                swaps.turns.append((number, side))
    for number, line in enumerate(_lines("paraphrases")):
        for swaps in _swaps_of(lex, line):
            swaps.lines.append(number)
    lex.scale = {
        _atom(lex, word): side
        for side, listed in zip((1, -1), polarity["scale"], strict=True)
        for word in listed
    }
    shells = [_class(lex, word) for word in language["shells"]["words"]]
    lex.shells = frozenset(lex.contrary.get(key, (key, 0))[0] for key in shells)
    lex.nouns_in_ne = frozenset(map(fold, language["nouns_in_ne"].split()))
    lex.relatives = frozenset(_class(lex, word) for word in language["relatives"])
    lex.light = frozenset(_class(lex, word) for word in language["light"])
    lex.actors = frozenset(_class(lex, word) for word in language["actors"])
    for entry in language["converses"]:
        verb = _class(lex, entry["verb"])
        lex.converses.setdefault(_atom(lex, entry["word"]), []).append(
            (entry["beside"], verb, entry["parts"])
        )
    lex.allowing = frozenset(map(fold, language["allowing"]))
    lex.allowed = fold(language["allowed"])
    lex.left = frozenset(map(fold, language["left"]))
    lex.myself = frozenset(map(fold, language["myself"]))
    lex.ourselves = frozenset(map(fold, language["ourselves"]))
    lex.own_bodies = frozenset(map(fold, language["own_bodies"]))
    lex.undergone = frozenset(_atom(lex, word) for word in language["undergone"])
    lex.measures = frozenset(_class(lex, word) for word in language["measures"])
    lex.plurals = tuple((ending, nouns) for ending, nouns in language["plurals"])
    lex.reflexive = frozenset(map(fold, language["reflexive"]))
    lex.adjectival = tuple(language["adjectival"])
    lex.nouns_like_adjectives = frozenset(map(fold, language["nouns_like_adjectives"].split()))
    lex.shell_share = language["shells"]["share"]
    lex.frames = lex.projects | lex.measures
    lex.marked = lex.qualifiers | lex.relatives | lex.kinds.keys() | lex.broader.keys()
    return lex


def _atom(lex: Lexicon, word: str) -> Atom:
    key = _class(lex, word)
    return lex.contrary.get(lex.complements.get(key, key), (key, 0))


def _add_opposites(lex: Lexicon, listed: Iterable[list[list[str]]]) -> None:
    found: dict[Atom, set[Atom]] = {}
    for sides in listed:
        one, other = ({_atom(lex, word) for word in side} for side in sides)
        for atom in one:
            found.setdefault(atom, set()).update(other)
        for atom in other:
            found.setdefault(atom, set()).update(one)
    lex.opposites = {atom: frozenset(against) for atom, against in found.items()}
    lex.deniable = frozenset(key for key, _ in found)


def _lines(table: str) -> Iterator[str]:
    for listed in load(table).values():
        yield from listed.splitlines()


def _swaps_of(lex: Lexicon, listed: str) -> Iterator[Swaps]:
    """Where to note what each entry of a line may be swapped for: phrases by their words."""
    for entry in listed.split(", "):
        _, keys = read_phrase(entry)
        if len(keys) > 1:
            node = lex.phrase_swaps
            for key in keys:
                node = node.setdefault(key, {})
            yield node.setdefault("", Swaps([], []))
        else:
            yield lex.word_swaps.setdefault(_atom(lex, entry), Swaps([], []))


def _class(lex: Lexicon, word: str) -> str:
    exact, word = word.startswith("="), word.lstrip("=")
    folded, keys = read_phrase(word)
    if len(keys) > 1:
        _insert(lex.phrases, keys, folded)
        return _followed(lex.phrases, keys) or folded
    if exact:
        return lex.exact.setdefault(folded, folded)
    return lex.exact.get(folded) or lex.stems.get(stem(folded)) or stem(folded)


def _add_class(lex: Lexicon, members: Iterable[str], joined: dict[str, str]) -> None:
    """Index a class; names among its members, or an earlier class of its first, take it in.

    Args:
        joined: where to note what phrases are when they are written as one word (शांतिसैनिक).
    """
    read = [(member[0] == "=", *read_phrase(member.lstrip("="))) for member in members]
    known = [
        _followed(lex.phrases, keys) if len(keys) > 1 else lex.exact.get(word)
        for _, word, keys in read
    ]
    named = [each for each in known if each in lex.names]
    key = (named[0] if len(named) > 1 else None) or known[0] or read[0][1]
    count = 0.0
    for exact, word, keys in read:
        if len(keys) > 1:
            _insert(lex.phrases, keys, key)
            if len(keys) == _JOINED and lex.stop.isdisjoint(word.split()):
                joined.setdefault(word.replace(" ", ""), key)
            common = [lex.frequency[k] for k in keys if k in lex.frequency]
            count += _PHRASE * min(common, default=0.0)
            continue
        lex.exact.setdefault(word, key)
        if not exact and keys:
            if lex.stems.setdefault(keys[0], key) == key:
                count += lex.frequency.get(keys[0], 0.0)
    lex.frequency[key] = max(count, lex.frequency.get(key, 0.0))


def _followed(trie: dict[str, Any], keys: Iterable[str]) -> str | None:
    for key in keys:
        if key not in trie:
            return None
        trie = trie[key]
    found: str | None = trie.get("")
    return found


def _add_names(lex: Lexicon, seats: dict[str, list[str]]) -> None:
    """Places, organisations and people; all spellings of one are one class."""
    places = table("places")
    for section in ("countries", "states", "cities"):
        for latin, spellings in places[section].items():
            adjectives = places["adjectives"].get(latin, []) if section == "countries" else []
            lex.demonyms.update(map(fold_word, adjectives))
            _add_name(lex, [*spellings, *seats.get(latin, []), *adjectives, latin])
    for latin, spellings in table("organizations")["organizations"].items():
        _add_name(lex, [*spellings, latin])
        lex.bodies.add(f"@{fold_word(spellings[0])}")
    people = table("people")
    for latin, spellings in people["people"].items():
        _add_name(lex, [*spellings, latin], person=True)
    for group in table("names").values():
        for section in group.values():
            for latin, spelled in section.items():
                spellings = [spelled] if isinstance(spelled, str) else spelled
                lex.given.update(map(fold_word, (latin, *spellings)))


def _add_name(lex: Lexicon, spellings: list[str], *, person: bool = False) -> None:
    key = f"@{fold_word(spellings[0])}"
    lex.names.add(key)
    for spelling in spellings:
        folded, keys = read_phrase(spelling)
        if len(keys) > 1:
            _insert(lex.phrases, keys, key)
            if person and not spelling.isascii():
                lex.names.add(f"@{fold_word(spelling.split()[-1])}")
        elif keys and (len(spelling) > 2 or spelling.isascii()):
            lex.exact.setdefault(folded, key)
            # Peoples and their members: हूतियों, भारतीयों.
            if folded[-1] == "ी":
                lex.exact.setdefault(f"{folded[:-1]}ियों", key)
            elif folded.endswith("ीय"):
                lex.exact.setdefault(f"{folded}ों", key)
