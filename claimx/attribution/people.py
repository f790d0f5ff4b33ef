"""Who is who inside one article: names, their short forms, titles and pronouns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from claimx.attribution.lexicon import fold
from claimx.attribution.names import Described, describe, skeleton
from claimx.attribution.sources import Source, phrase
from claimx.attribution.tokens import Tokens


@dataclass(slots=True)
class Person:
    """One bearer of a name in the article.

    Attributes:
        name: the fullest form met.
        titles: heads of the titles met with it (folded).
        roles: the full title phrases.
        mentions: (sentence, word) of every mention, in text order.
    """

    name: str
    titles: set[str] = field(default_factory=set)
    roles: list[str] = field(default_factory=list)
    mentions: list[tuple[int, int]] = field(default_factory=list)

    @property
    def keys(self) -> tuple[str, ...]:
        return name_keys(self.name)


def name_keys(name: str) -> tuple[str, ...]:
    """Spelling-tolerant keys of a name's parts."""
    return tuple(skeleton(part) for part in name.replace("-", " ").replace(".", " ").split() if part)


class People:
    """The persons of one article, found by any of their short forms."""

    def __init__(self) -> None:
        self.persons: list[Person] = []

    def add(self, described: Described, sentence: int, word: int) -> Person:
        """Note a mention and return whose it is."""
        assert described.name
        person = self.find(described.name, (sentence, word))
        if person is None:
            person = Person(described.name)
            self.persons.append(person)
        elif len(name_keys(described.name)) > len(person.keys):
            person.name = described.name
        if described.role:
            person.roles.append(described.role)
        person.mentions.append((sentence, word))
        return person

    def find(self, name: str, before: tuple[int, int]) -> Person | None:
        """Whose name or short form is this? The nearest earlier bearer wins."""
        keys = name_keys(name)
        if not keys:
            return None
        fits = [person for person in self.persons if _fits(keys, person.keys)]
        if not fits:
            return None
        exact = [person for person in fits if person.keys == keys]
        if exact:
            return exact[0]
        return max(fits, key=lambda person: _nearness(person, before))

    def by_title(self, title: str, before: tuple[int, int]) -> Person | None:
        """The nearest earlier person who was given this title."""
        fits = [p for p in self.persons if title in p.titles and p.mentions]
        earlier = [p for p in fits if p.mentions[0] < before]
        pool = earlier or fits
        if not pool:
            return None
        # "पीएम" alone is the one called just that, not "जापान के पीएम".
        return max(
            pool,
            key=lambda p: (any(fold(role) == title for role in p.roles), _nearness(p, before)),
        )


def _nearness(person: Person, before: tuple[int, int]) -> tuple[int, int, int]:
    earlier = [mention for mention in person.mentions if mention < before]
    if earlier:
        return (1, *earlier[-1])
    return (0, -person.mentions[0][0], 0) if person.mentions else (-1, 0, 0)


def _fits(short: Sequence[str], full: Sequence[str]) -> bool:
    """Is one the other's short form: same end, same beginning, or a part of it?"""
    if len(short) > len(full):
        short, full = full, short
    if not all(part in full for part in short):
        return False
    return short[-1] == full[-1] or short[0] == full[0]


def collect(sentences: Sequence[Tokens], text: str) -> People:
    """All named persons of an article, full names first, in one reading."""
    people = People()
    found: list[tuple[int, int, Described, Source]] = []
    for number, tokens in enumerate(sentences):
        for head in _name_ends(tokens):
            source = phrase(tokens, head, "nominative")
            described = describe(tokens, text, source)
            timely = all(part in tokens.lex.leaders for part in (described.name or "").split())
            if described.named and described.type == "person" and described.name and not timely:
                found.append((number, head, described, source))
    apart = {key for _, _, d, _ in found if "-" not in (d.name or "-") for key in name_keys(d.name or "")}
    found = [item for item in found if not _paired(item[2].name or "", apart)]
    # Longest first, so that a surname met before the full name finds it all the same.
    for number, head, described, source in sorted(
        found, key=lambda item: (-len(name_keys(item[2].name or "")), item[0], item[1])
    ):
        person = people.add(described, number, head)
        tokens = sentences[number]
        for at in range(source.start, source.end):
            if tokens.at(at) in tokens.lex.titles:
                person.titles.add(tokens.at(at))
    for person in people.persons:
        person.mentions.sort()
    return people


def _paired(name: str, known: set[str]) -> bool:
    """"किम-पुतिन वार्ता": two people's names joined, not one name."""
    if "-" not in name or " " in name:
        return False
    parts = name_keys(name)
    return len(parts) == 2 and all(part in known for part in parts)


def _name_ends(tokens: Tokens) -> list[int]:
    """Last words of what looks like persons' names."""
    lex = tokens.lex
    ends = []
    for at, word in enumerate(tokens.words):
        follows = tokens.words[at + 1] if at + 1 < len(tokens) else None
        if word.ner == "PER":
            if follows is None or follows.ner != "PER":
                ends.append(at + _extension(tokens, at))
        elif word.upos == "PROPN" and not word.ner and (follows is None or follows.upos != "PROPN"):
            back = at
            while (
                back > 0
                and tokens.words[back - 1].upos == "PROPN"
                and not tokens.words[back - 1].ner
                and tokens.at(back - 1) not in lex.titles
            ):
                back -= 1
            if tokens.at(back - 1) in lex.titles and tokens.at(at) not in lex.organizations:
                ends.append(at + _extension(tokens, at))
    return ends


def _extension(tokens: Tokens, at: int) -> int:
    """How many words a name goes on behind what the recogniser marked."""
    lex = tokens.lex

    def case_at(index: int) -> bool:
        return index < len(tokens) and tokens.at(index) in lex.grammar["case_markers"]

    if at + 1 >= len(tokens):
        return 0
    word, folded = tokens.words[at + 1], tokens.at(at + 1)
    if folded == "-" and case_at(at + 3) and tokens.words[at + 2].start == word.end:
        return 2  # किम युंग-हो ने
    if not case_at(at + 2):
        return 0
    if word.upos == "PROPN":
        known = word.ner or folded in lex.titles or folded in lex.glued or folded in lex.leaders
        return 0 if known else 1
    # "किम जोंग उन ने": a name's last part that looks like a pronoun
    full = at > 0 and tokens.words[at - 1].ner == "PER"
    return int(folded in lex.pronouns["stem"] and full)
