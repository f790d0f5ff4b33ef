"""Mentions: what kind of speaker a string names, and the parts that decide who it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from claimx.identity.lexicon import (
    Concept,
    Tokens,
    concepts,
    is_plural,
    names,
    particles,
    word_set,
)
from claimx.identity.tables import index, table
from claimx.identity.text import clean, fold, is_consonantal, is_devanagari, key, letters
from claimx.records import SpeakerType

MentionKind = Literal["person", "organization", "office"]

_CONJUNCTIONS = frozenset({"और", "एवं", "तथा", "व", "and", "&"})
_GENITIVES = frozenset({"का", "के", "कि"})


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of a person's name: a word, or one initial.

    Attributes:
        word: as written, cleaned; for an initial its Latin letter.
        initial: whether the part is an initial.
    """

    word: str
    initial: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention taken apart.

    Attributes:
        raw: the mention as it came, cleaned.
        text: the name without titles and honorifics, fit to be shown.
        kind: ``office`` stands for every description that ends in a title or a group
            noun (क्रेमलिन के प्रवक्ता, स्थानीय अधिकारी).
        units: the parts of a person's name.
        parts: the phrases of an organisation or office; None marks an unknown word.
    """

    raw: str
    text: str
    kind: MentionKind
    units: tuple[Unit, ...] = ()
    parts: tuple[tuple[Tokens, Concept | None], ...] = ()

    @property
    def key(self) -> str:
        """Equal for spellings that nothing tells apart."""
        return key(self.text)

    @property
    def unqualified(self) -> bool:
        """Whether it names a kind of body that many places have, and no place."""
        concepts = [concept for _, concept in self.parts]
        if self.kind != "organization" or not all(concepts):
            return False
        heads = table("words")["ambiguous"]["heads"]
        places = ("country", "state", "city")
        return (
            concepts[-1] is not None
            and concepts[-1].name in heads
            and not any(concept.kind in places for concept in self.sayings)
        )

    @property
    def sayings(self) -> tuple[Concept, ...]:
        """The known phrases of an organisation or office, but for grammar.

        In Hindi a "central" ministry is India's; those of other unions are "federal".
        """
        said = [c for _, c in self.parts if c is not None and c.kind != "particle"]
        if said and said[-1].name == "Ministry":
            said = [Concept("country", "India") if c.name == "Central" else c for c in said]
        return tuple(said)

    @property
    def rest(self) -> tuple[str, ...]:
        """Its other words; a listed organisation's by one name: बिहार भाजपा, बीजेपी."""
        words = [" ".join(tokens) for tokens, concept in self.parts if concept is None]
        if len(self.parts) > 1:
            words = [_listed_bodies().get(key(word), word) for word in words]
        return tuple(words)

    @property
    def full(self) -> bool:
        """Whether a person's name has more than one part."""
        return len(self.units) > 1


def _is_initial(
    word: str, index: int, last: bool, after_initial: bool, dotted: frozenset[str]
) -> str:
    """The Latin letters of a word that is initials, else ``""``."""
    if last:
        return ""
    token = fold(word)
    if not is_devanagari(word):
        bare = word.replace(".", "")
        if bare.isalpha() and (len(bare) == 1 or (bare.isupper() and len(bare) <= 3)):
            return bare.upper()
        return ""
    spelt = letters(token)
    # के is the genitive too, डी the particle di: letters at the front, after another, or
    # with a full stop.
    ambiguous = token in _GENITIVES or token in particles()
    if ambiguous and index and not after_initial and word not in dotted:
        return ""
    return "" if len(spelt) > 1 and names(word) else spelt


def _with_articles(words: Sequence[str]) -> list[str]:
    """Join an Arabic article to the word before it: जिया उल हक, जियाउल हक."""
    joiners = {fold(alone): joined for alone, joined in table("titles")["parts"]["joiners"]}
    ends = {fold(alone): joined for alone, joined in table("titles")["parts"]["endings"]}
    out: list[str] = []
    for i, word in enumerate(words):
        if out and fold(word) in ends and is_consonantal(out[-1]):
            out[-1] += ends[fold(word)]
            continue
        joined = joiners.get(fold(word), "") if 0 < i < len(words) - 1 else ""
        if joined and out and names(out[-1]) and names(words[i + 1]):
            out[-1] += joined if is_consonantal(out[-1]) else word
        else:
            out.append(word)
    return out


def _is_letters(word: str) -> bool:
    """Whether a word is one letter, or some that are nobody's name."""
    spelt = letters(fold(word)) if is_devanagari(word) else ""
    return len(spelt) == 1 or (len(spelt) > 1 and not names(word))


def _dotted(text: str) -> frozenset[str]:
    """The words of a text that a full stop follows."""
    return frozenset(word[:-1] for word in text.replace(".", ". ").split() if word[-1] == ".")


def _units(words: Sequence[str], dotted: frozenset[str]) -> tuple[Unit, ...]:
    words = _with_articles(words)
    # Letters at the end, as in Tamil names, are initials like those before a name.
    end = len(words)
    while end > 1 and _is_letters(words[end - 1]):
        end -= 1
    words = [*words[end:], *words[:end]]
    units: list[Unit] = []
    for i, word in enumerate(words):
        after_initial = bool(units) and units[-1].initial
        spelt = _is_initial(word, i, i == len(words) - 1, after_initial, dotted)
        units += [Unit(letter, initial=True) for letter in spelt] or [Unit(word)]
    return tuple(units)


def _words(text: str) -> list[str]:
    """The words as written, split where `fold` splits them."""
    text = text.replace("-", " ").replace("–", " ")
    # A full stop parts initials (के.पी.) and abbreviated titles (डॉ.हर्षवर्धन).
    words = text.replace(".", ". ").split()
    return [w.strip('.,;:()[]"“”') for w in words if w.strip('.,;:()[]"“”-')]


def _strip_front(words: list[str]) -> list[str]:
    """Drop honorifics at the front while a name remains."""
    front = word_set("honorifics", "front")
    longest = 2
    while len(words) > 1:
        for size in range(min(longest, len(words) - 1), 0, -1):
            if key(" ".join(words[:size])) in front:
                words = words[size:]
                break
        else:
            return words
    return words


@cache
def _glued() -> tuple[str, ...]:
    return tuple(fold(w) for w in table("titles")["honorifics"]["glued"])


def _strip_back(words: list[str]) -> list[str]:
    back = word_set("honorifics", "back") | word_set("honorifics", "postpositions")
    while len(words) > 1 and key(words[-1]) in back:
        words = words[:-1]
    last = fold(words[-1])
    for ending in _glued():
        stem = last.removesuffix(ending)
        if stem != last and (names(stem) or stem in _bare_names()):
            cut = len(words[-1]) - (len(last) - len(stem))
            words = [*words[:-1], words[-1][:cut]]
    return words


def list_bare_names() -> frozenset[str]:
    """The single names that mean a listed person by default, as `key` forms."""
    return frozenset(key(s) for group in table("people")["short"].values() for s in group)


@cache
def _bare_names() -> frozenset[str]:
    made = index()
    return frozenset(made["bare"]) if made else list_bare_names()


def _after_titles(words: list[str]) -> list[str]:
    """What follows the last title, where something follows it."""
    # Words and folded tokens run in step: a word that folds to several is kept whole.
    tokens: list[str] = []
    owner: list[int] = []
    for i, word in enumerate(words):
        for token in fold(word).split():
            tokens.append(token)
            owner.append(i)
    end = position = 0
    for phrase, concept in concepts(tokens):
        position += len(phrase)
        if concept is not None and concept.kind == "title" and position < len(tokens):
            end = owner[position - 1] + 1
    return words[end:] or words


def _after_genitive(words: list[str], dotted: frozenset[str]) -> list[str]:
    """Drop "पाकिस्तान के" before a name."""
    for i in range(len(words) - 1, 0, -1):
        initials = bool(letters(fold(words[i - 1])))
        genitive = fold(words[i]) in _GENITIVES and words[i] not in dotted
        if genitive and i < len(words) - 1 and not initials:
            return words[i + 1 :]
    return words


def _drop_place(words: list[str]) -> list[str]:
    """After a title, a place may precede the name: डीएम मनकापुर रमाकांत वर्मा."""
    if len(words) < 3:
        return words
    (_, concept), *_ = concepts(fold(words[0]).split())
    endings = tuple(fold(e) for e in table("titles")["parts"]["place_endings"])
    is_place = concept is not None and concept.kind in ("city", "state", "country")
    if (is_place or fold(words[0]).endswith(endings)) and not names(words[0]):
        return words[1:]
    return words


def list_bodies() -> dict[str, str]:
    """The Latin names of the listed organisations by the `key` of every spelling."""
    rows = table("organizations")["organizations"]
    return {key(s): latin for latin, row in rows.items() for s in (*row, latin)}


def _is_part_of_body(words: Sequence[str]) -> bool:
    """Whether the last of several words is a listed body, and none a name: यूथ कांग्रेस."""
    listed = len(words) > 1 and key(words[-1]) in _listed_bodies()
    return listed and not any(names(word) for word in words)


@cache
def _listed_bodies() -> Mapping[str, str]:
    made = index()
    return made["bodies"] if made else list_bodies()


def _after_description(words: list[str]) -> list[str]:
    """A body's name without what it is: अमेरिकी अखबार न्यूयॉर्क टाइम्स."""
    tokens = [fold(word) for word in words]
    if any(token in _CONJUNCTIONS for token in tokens):
        return words
    kinds = table("words")["descriptions"]
    for end in range(len(words) - 1, 0, -1):
        rest = words[end:]
        known = concepts(" ".join(tokens[:end]).split())
        last = known[-1][1] if known else None
        if last is None or last.kind != "head" or not tokens[end]:
            continue
        if last.name in kinds["listed"] and key(" ".join(rest)) in _listed_bodies():
            return rest
        starts_name = concepts([tokens[end]])[0][1] is None and not tokens[end].isdigit()
        if last.name in kinds["any"] and starts_name and all(c for _, c in known):
            return rest
    return words


def _is_full_name(words: Sequence[str]) -> bool:
    """Whether a given name and a surname, though the surname is a title too: मदन मित्र."""
    parts = [{entry.part for entry in names(word)} for word in words]
    return len(words) == 2 and "given" in parts[0] and "surname" in parts[1]


def _spelt(word: str) -> bool:
    """Whether a word is an acronym: three or more letters, and nobody's name."""
    return len(letters(fold(word))) > 2 and not names(word) and key(word) not in _nicknames()


@cache
def _nicknames() -> frozenset[str]:
    """Acronyms that are people: केसीआर."""
    made = index()
    if made:
        return frozenset(row.split(" ")[0] for row in made["shapes"]["person"].values())
    return frozenset(key(s) for row in table("people")["people"].values() for s in row)


@lru_cache(maxsize=65536)
def interpret(text: str, type: SpeakerType = "unknown") -> Mention:
    """Take a mention apart.

    Args:
        text: the mention in either script, titles and all.
        type: what the text said it is; it decides where the words allow both.
    """
    raw = clean(text)
    shown = clean(_without_gloss(raw, type))
    words = _words(shown)
    if not words:
        return Mention(raw, shown, "person", (Unit(shown),))
    if type != "person" and len(named := _after_description(words)) < len(words):
        shown, words = _shown(shown, words, named), named
    tokens = fold(" ".join(words)).split()
    parts = tuple(concepts(tokens))
    last = parts[-1][1] if parts else None
    several = "," in shown or any(token in _CONJUNCTIONS for token in tokens[1:-1])
    kind: MentionKind = "person"
    if last is not None and last.kind in ("head", "country", "state", "city", "qualifier"):
        surname = any(entry.part == "surname" for entry in names(words[-1]))
        kind = "organization"
        if surname and type == "person" and (len(words) > 1 or last.kind != "head"):
            kind = "person"  # विधायक माली, and no country
        place = last.kind in ("city", "state", "country")
        given = any(entry.part == "given" for entry in names(words[0]))
        if len(parts) > 1 and (
            (last.kind == "qualifier" and surname) or (place and (surname or given))
        ):
            kind = "person"
    elif type != "person" and (key(shown) in _listed_bodies() or _is_part_of_body(words)):
        kind = "organization"
    elif last is not None and last.kind == "title" and _is_full_name(words):
        kind = "person"
    elif (last is not None and last.kind == "title") or several:
        kind = "office"
    elif type in ("unknown", "organization") and len(words) == 1 and _spelt(words[0]):
        kind = "organization"
    elif type in ("organization", "group"):
        kind = "organization" if type == "organization" else "office"
    if kind == "person":
        stripped = _after_titles(words)
        if len(stripped) < len(words):
            stripped = _drop_place(stripped)
        stripped = _strip_back(_strip_front(_after_genitive(stripped, _dotted(shown))))
        units = _units(stripped, _dotted(shown))
        return Mention(raw, _shown(shown, words, stripped), kind, units)
    return Mention(raw, shown if several else _direct(shown, parts), kind, (), parts)


def _direct(text: str, parts: Sequence[tuple[Tokens, Concept | None]]) -> str:
    """The name with a last noun in the oblique plural put into the direct case."""
    tokens, concept = parts[-1]
    if concept is None or not is_plural(tokens):
        return text
    endings = table("titles")["plural"]["people" if concept.kind == "title" else "bodies"]
    for oblique, direct in endings:
        if text.endswith(oblique):
            return text.removesuffix(oblique) + str(direct)
    return text


def _shown(text: str, words: list[str], kept: list[str]) -> str:
    """The stretch of the text that the kept words cover, hyphens and dots included."""
    if kept == words:
        return text
    size = len(kept)
    first = max(
        i
        for i in range(len(words) - size + 1)
        if words[i : i + size - 1] == kept[:-1] and words[i + size - 1].startswith(kept[-1])
    )
    position = 0
    for word in words[:first]:
        position = text.find(word, position) + len(word)
    start = end = text.find(words[first], position)
    for word in kept:
        end = text.find(word, end) + len(word)
    return text[start:end]


def _without_gloss(text: str, type: SpeakerType) -> str:
    """Drop a parenthesis that only repeats the name: its acronym or its Latin form."""
    head, bracket, rest = text.partition("(")
    inside, closed, after = rest.partition(")")
    if not (bracket and closed and head.strip() and not after.strip()):
        return text
    spelt = letters(key(inside)) or (inside if inside.isupper() and inside.isascii() else "")
    same_script = is_devanagari(head) == is_devanagari(inside)
    full = " " in head.strip() and type in ("person", "unknown")
    named = type == "person" or any(names(word) for word in head.split())
    if same_script and full and named and interpret(head).kind == "person":
        # After a full name: an age, a party, a rank that is past.
        return head.strip()
    if not same_script or (spelt and len(spelt) >= len(head.split()) - 1 > 1):
        return head.strip()
    return text
