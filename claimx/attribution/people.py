"""Who is who inside one article: names, their short forms, titles and pronouns."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

import regex

from claimx.attribution.lexicon import fold, lexicon
from claimx.attribution.names import Described, describe, skeleton
from claimx.attribution.sources import phrase
from claimx.attribution.tokens import Tokens

# A title with a possessor ("जापान के पीएम") stands for its bearer this many sentences.
_TITLE_SENTENCES = 8
# A surname that another word ran into has at least so many code points.
_GLUED = 4
# An adjective of a country shares so many consonants with its name: ब्रिटिश, ब्रिटेन.
_SHARED = 3
# Persons kept of one article: each name is compared with them, and no article has so many.
_MAX_PERSONS = 400
# "(एडीसीपी)" in a title phrase.
_BRACKETS = regex.compile(r"[(\[]\s*([^()\[\]]*\S)\s*[)\]]")


@dataclass(slots=True)
class Person:
    """One bearer of a name in the article.

    Attributes:
        name: the fullest form met.
        forms: how often each form of the name was met.
        roles: the title phrases met with it.
        mentions: (sentence, word) of every mention, in text order.
    """

    name: str
    forms: Counter[str] = field(default_factory=Counter)
    roles: list[str] = field(default_factory=list)
    mentions: list[tuple[int, int]] = field(default_factory=list)

    @property
    def keys(self) -> tuple[str, ...]:
        return name_keys(self.name)

    @property
    def written(self) -> frozenset[str]:
        """The words of all forms of the name, as they are spelt."""
        return frozenset(
            fold(word) for form in (self.name, *self.forms) for word in form.split()
        )


@lru_cache(maxsize=8192)
def name_keys(name: str) -> tuple[str, ...]:
    """Spelling-tolerant keys of a name's parts."""
    return tuple(
        skeleton(part) for part in name.replace("-", " ").replace(".", " ").split() if part
    )


class People:
    """The persons of one article, found by any of their short forms."""

    def __init__(self) -> None:
        self.persons: list[Person] = []
        self._named: defaultdict[int, list[tuple[int, Person]]] = defaultdict(list)

    def named_in(self, sentence: int) -> Sequence[tuple[int, Person]]:
        """The words of a sentence that mention persons, and whom."""
        return self._named.get(sentence, ())

    def add(self, described: Described, sentence: int, word: int) -> None:
        """Note a mention."""
        assert described.name
        person = self.find(described.name, (sentence, word))
        if person is None:
            if len(self.persons) == _MAX_PERSONS:
                return
            person = Person(described.name)
            self.persons.append(person)
        elif len(name_keys(described.name)) > len(person.keys):
            person.name = described.name
        person.forms[described.name] += 1
        if described.role:
            person.roles.extend(_short_titles(described.role))
        person.mentions.append((sentence, word))
        self._named[sentence].append((word, person))

    def meet(self, person: Person, sentence: int, word: int) -> None:
        """Note a mention by title alone."""
        at = bisect_left(person.mentions, (sentence, word))
        if person.mentions[at : at + 1] != [(sentence, word)]:
            person.mentions.insert(at, (sentence, word))
            self._named[sentence].append((word, person))

    def find(self, name: str, before: tuple[int, int]) -> Person | None:
        """Whose name or short form is this? The nearest earlier bearer wins."""
        keys = name_keys(name)
        if not keys:
            return None
        fits = [person for person in self.persons if _fits(keys, person.keys)]
        if not fits:
            # "गांधी" of "प्रियंका गांधी वाड्रा", where nobody else is called so
            fits = [person for person in self.persons if set(keys) <= set(person.keys)]
            if len(fits) != 1:
                return self.glued(name)
        # "हुसैन" and "हसीना" share all that spelling variants do.
        written = set(map(fold, name.split()))
        fits = [person for person in fits if written <= person.written] or fits
        exact = [person for person in fits if person.keys == keys]
        if exact:
            return exact[0]
        return max(fits, key=lambda person: _nearness(person, before))

    def by_surname(self, name: str, before: tuple[int, int]) -> Person | None:
        """Whose surname is this very word? The nearest earlier bearer's."""
        bearers = [
            person
            for person in self.persons
            if len(person.keys) > 1 and fold(_surname(person.name)) == fold(name)
        ]
        return max(bearers, key=lambda person: _nearness(person, before), default=None)

    def glued(self, name: str) -> Person | None:
        """ "तलाशमार्चेटी": whose surname stands behind a word that ran into it."""
        word = fold(name.split()[-1])
        for person in self.persons:
            surname = fold(person.name.split()[-1])
            if len(surname) >= _GLUED and len(word) > len(surname) and word.endswith(surname):
                return person
        return None

    def by_short_title(self, name: str) -> Person | None:
        """ "एफएसओ", that only "अधिकारी (एफएसओ) X" tells to be a title: X."""
        bearers = [
            person
            for person in self.persons
            if name in person.roles and any(f"({name})" in role for role in person.roles)
        ]
        return bearers[0] if len(bearers) == 1 else None

    def by_title(
        self,
        role: str,
        before: tuple[int, int],
        *,
        exact_only: bool = False,
        speaking: str | None = None,
    ) -> Person | None:
        """The nearest earlier person who was given this title.

        "पीएम" alone is first the one called just that; "जापान के पीएम" only while he is
        being spoken of, or speaks.

        Args:
            speaking: name of whoever spoke last.
        """
        fits: list[tuple[bool, tuple[int, int, int], Person]] = []
        for person in self.persons:
            matches = [other for other in person.roles if _names_title(role, other)]
            if not matches or not person.mentions:
                continue
            exact = any(_joined(other) == _joined(role) for other in matches)
            near = _nearness(person, before)
            if not exact and exact_only:
                continue
            spoken_of = near[0] == 1 and before[0] - near[1] <= _TITLE_SENTENCES
            if not (exact or spoken_of or person.name == speaking):
                continue
            fits.append((exact, near, person))
        if not fits:
            return None
        return max(fits, key=lambda fit: fit[:2])[2]


def _surname(name: str) -> str:
    """The last word; but the first before a given name of two syllables: "पार्क सू-मिन"."""
    words = name.split()
    return words[0] if len(words) == 2 and "-" in words[1] else words[-1]


def role_words(role: str) -> list[str]:
    """A title phrase's words, folded, in full and without genitives."""
    lex = lexicon()
    words = [fold(word) for word in role.split()]
    words = [word for word in words if word not in lex.grammar["genitive"]]
    return [lex.title_synonyms.get(word, word) for word in words]


def _short_titles(role: str) -> list[str]:
    """A title phrase, and what else it lets its bearer be called.

    "अपर पुलिस उपायुक्त (एडीसीपी)" the title in brackets and the one before them, "डीएसपी
    मुख्यालय" and "एसडीएम चकराता" the title without what it is in charge of.
    """
    lex, titles = lexicon(), [role]
    words = _BRACKETS.sub(" ", role).split()
    if inner := _BRACKETS.search(role):
        titles.append(" ".join(words))
        short, full = fold(inner[1].split()[-1]), fold(words[-1]) if words else ""
        titles += [inner[1]] if short in lex.titles or _abbreviates(short, full) else []
    posts = [at for at, word in enumerate(words) if fold(word) in lex.posts]
    charge = fold(words[-1]) in lex.title_charges or fold(words[-1]) not in lex.titles
    if posts and charge:
        titles.append(" ".join(words[: posts[-1] + 1]))
    return [title for title in dict.fromkeys(titles) if title]


def _abbreviates(short: str, title: str) -> bool:
    """ "एफएसओ" of a "खाद्य सुरक्षा अधिकारी": does its end stand for the title?"""
    lex = lexicon()
    known = short in lex.organizations or short in lex.title_charges
    return not known and any(short.endswith(end) for end in lex.title_initials.get(title, ()))


def same_place(one: str, other: str) -> bool:
    """Do two folded words name one country, as a noun or as an adjective?"""
    adjectives = lexicon().adjectives
    some, others = (skeleton(adjectives.get(word, word)) for word in (one, other))
    shared = some[:_SHARED] == others[:_SHARED] and len(some) >= _SHARED
    return some == others or (shared and is_place(one) and is_place(other))


def is_place(word: str) -> bool:
    """A country, or an adjective of one, folded."""
    return word in lexicon().nationalities or word in lexicon().countries


def _joined(role: str) -> str:
    """A role without spaces, genitives and endings: वित्तमंत्री, वित्त मंत्री."""
    return "".join(skeleton(part) for word in role_words(role) for part in word.split())


def _names_title(role: str, other: str) -> bool:
    """Does ``role`` name the title that ``other`` gives as fully or more so?

    Its words stand in the other's in their order, at the end (रूसी and रूस के count as
    one), and no rank comes in between: "वित्त मंत्री" is no "वित्त राज्य मंत्री".
    """
    ranks = {skeleton(rank) for rank in lexicon().title_ranks}
    if " " not in role:  # "मंत्री" may well be a "राज्य मंत्री"
        ranks -= {skeleton(rank) for rank in lexicon().grammar["ranks_within_title"]}
    short, full = role_words(role), role_words(other)
    if len(short) > len(full):
        modifiers = lexicon().title_modifiers - lexicon().title_ranks
        short = [word for word in short if word not in modifiers]
    left = list(full)
    for word in reversed(short):
        skipped = []
        while left and not same_place(left[-1], word):
            skipped.append(skeleton(left.pop()))
        if not left:
            return _joined(" ".join(full)).endswith(_joined(" ".join(short)))
        if any(rank in ranks for rank in skipped) or (skipped and len(left) == len(full)):
            return False
        left.pop()
    return not (left and skeleton(left[-1]) in ranks)


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
    found: list[tuple[int, int, Described]] = []
    for number, tokens in enumerate(sentences):
        for head in _name_ends(tokens):
            source = phrase(tokens, head, "nominative")
            described = describe(tokens, text, source)
            timely = all(part in tokens.lex.leaders for part in (described.name or "").split())
            if described.named and described.type == "person" and described.name and not timely:
                found.append((number, head, described))
    apart = {
        key
        for _, _, d in found
        if "-" not in (d.name or "-")
        for key in name_keys(d.name or "")
    }
    found = [item for item in found if not _paired(item[2].name or "", apart)]
    found = _parted(found)
    # Longest first, so that a surname met before the full name finds it all the same.
    for number, head, described in sorted(
        found, key=lambda item: (-len(name_keys(item[2].name or "")), item[0], item[1])
    ):
        people.add(described, number, head)
    for person in people.persons:
        person.mentions.sort()
        person.name = _settled_name(person)
    return people


def _parted(
    found: Sequence[tuple[int, int, Described]],
) -> list[tuple[int, int, Described]]:
    """Two people's names that stand side by side and were taken for one.

    "बजरंग दहिया विनेशा के समर्थन में": विनेशा is known by a name of her own.
    "जोशी मेहता की राह पर": both are known as surnames.
    """
    met = Counter(name_keys(described.name or "") for _, _, described in found)
    first = {keys[0] for keys in met if len(keys) > 1}
    last = Counter(keys[-1] for keys in met if len(keys) > 1)
    parted = []
    for number, head, described in found:
        words = (described.name or "").split()
        keys = name_keys(described.name or "")
        if len(keys) == len(words) and met[keys] == 1:
            for at in range(1, len(words)):
                rest = keys[at:]
                surnames = last[keys[0]] > 0 and len(keys) == 2
                known = met[rest] > 0 and (len(rest) > 1 or rest[0] in first or surnames)
                own = at > 1 or met[keys[:1]] > 0
                if known and own and rest[-1] != keys[at - 1]:
                    described = replace(described, name=" ".join(words[:at]))
                    break
        parted.append((number, head, described))
    return parted


def _settled_name(person: Person) -> str:
    """The fullest form; but a word behind a full name that was met once is no part of it
    ("अमित शाह बहादुर हैं")."""
    counts: Counter[tuple[str, ...]] = Counter()
    for form, count in person.forms.items():
        counts[name_keys(form)] += count
    keys = person.keys
    if counts[keys] > 1:
        return person.name
    for form, _ in person.forms.most_common():
        short = name_keys(form)
        if counts[short] > 1 and 2 <= len(short) < len(keys) and keys[: len(short)] == short:
            return form
    return person.name


def _paired(name: str, known: set[str]) -> bool:
    """ "किम-पुतिन वार्ता": two people's names joined, not one name."""
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
        elif (
            word.upos == "PROPN"
            and not word.ner
            and (follows is None or follows.upos != "PROPN")
        ):
            back = at
            while (
                back > 0
                and tokens.words[back - 1].upos == "PROPN"
                and not tokens.words[back - 1].ner
                and tokens.at(back - 1) not in lex.titles
            ):
                back -= 1
            titled = tokens.at(back - 1) in lex.titles or _is_in_charge(tokens, back - 1)
            named = tokens.is_grammar(at + 1, "called") or tokens.is_grammar(at + 1, "by_name")
            called = named and back < at
            if (titled or called) and tokens.at(at) not in lex.organizations:
                ends.append(at + _extension(tokens, at))
    return ends


def _is_in_charge(tokens: Tokens, at: int) -> bool:
    """ "डीएसपी मुख्यालय X": the word between the title and the name?"""
    return tokens.at(at) in tokens.lex.title_charges and tokens.at(at - 1) in tokens.lex.posts


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
    if not case_at(at + 2) or tokens.is_grammar(at + 2, "locative"):
        return 0  # "मोदी दावोस में"
    if word.upos == "PROPN":
        full = at > 0 and tokens.words[at].ner == tokens.words[at - 1].ner == "PER"
        if full and not tokens.is_grammar(at + 2, "ergative"):
            return 0  # "अरविंद केजरीवाल नोटबंदी के …"
        known = word.ner or folded in lex.titles or folded in lex.glued or folded in lex.leaders
        return 0 if known else 1
    if tokens.is_grammar(at + 1, "surname_syllables"):
        return 1
    # "किम जोंग उन ने": a name's last part that looks like a pronoun
    full = at > 0 and tokens.words[at - 1].ner == "PER"
    return int(folded in lex.pronouns["stem"] and full)
