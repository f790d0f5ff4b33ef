"""A claim as the matcher sees it: content words with weights, names, figures, context."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from claimx.facts import find_facts
from claimx.matching.content import Content, read_content
from claimx.matching.converse import recast
from claimx.matching.figures import Figure, calendar_figures, figures_of, shares
from claimx.matching.garbage import uncollected
from claimx.matching.lexicon import Atom, lexicon
from claimx.matching.lookup import is_strange
from claimx.matching.senses import senses
from claimx.matching.stems import MARKS, is_number, stem, words
from claimx.matching.terms import Term, closing
from claimx.records import Claim, Fact

BURST: Final = 60.0
"""Background sentences that one claim counts for: news is about few things at a time, so
a word in many of the claims at hand tells less apart than the background says."""

RARE: Final = 38.0
"""Words in fewer background sentences are rare as names are."""

NAME: Final = 0.5
"""What a name weighs beside other words: it says whom a statement is about, not what."""

DESCRIBES: Final = frozenset({"", "owner", "agent"})
"""Parts by which a word says whose a noun is, or who; the first word of a clause is taken for
its agent."""

_SHORT = 2  # letters that a word must have more of behind a prefix
# Parts of a noun that a name before it may describe.
_MODIFIED = frozenset({"goal", "target", "source", "place", "companion", "owner"})
_NAMES = frozenset({"place", "person", "organization"})


class Reading(NamedTuple):
    """What of a claim is compared.

    Attributes:
        weights: content words with their inverse document frequency.
        total: the sum of the weights.
        soft: those that are not missed where the other claim lacks them.
        said: those that are not soft, in their order.
        predicate: the last of them that is no measure, whoever plans or decides it; "" where
            there is none.
        context: content words of its sentence and headline.
        names: of the content words the names.
        roles: the case marker of a content word that has one.
        forms: the words that stand for a content word.
        clauses: of each clause the content words that are not soft, with their weights.
        calendar: days, months and years that it gives by number.
        selves: whether the speaker speaks of himself alone, and of himself with others.
        surnames: of a given name the name, or word as rare, behind it.
        speaker_keys: content words of the speaker's name and role.
        agents: of the names, and of the words rare as names, those that do it.
        rare: words so rare that they may be misspelt names.
        strange: words that no table has: names, as far as one can tell.
        signs: for a word of a contrary pair, each time the word before it, and the side.
        spans: of the pairs for begin and end those of which it gives both.
        counted: words within its figures.
        absences: words that say that something is not or does not happen.
        plain: it is one clause, with nothing that could turn it but a particle or reverser.
        turning: predicates, each with its side, that other words deny.
        described: for a noun the word before it, with its side, that other words deny.
        bare: words with a denying prefix, by what they are without it.
        phrases: of a phrase what its words say by themselves.
        sides: of a phrase the side of each of its words.
        kinds: words for one of several things of a kind.
        qualifiers: words for how far or in which way only it holds.
        relatives: words for somebody by whom he belongs to.
        special: words for which the lexicon has a more general one.
    """

    claim: Claim
    content: Content
    weights: Mapping[str, float]
    total: float
    soft: frozenset[str]
    said: tuple[str, ...]
    predicate: str
    context: frozenset[str]
    names: frozenset[str]
    roles: Mapping[str, str]
    forms: Mapping[str, str]
    clauses: tuple[Mapping[str, float], ...]
    facts: tuple[Fact, ...]
    figures: tuple[Figure, ...]
    calendar: tuple[Figure, ...]
    selves: tuple[bool, bool]
    surnames: Mapping[str, str]
    speaker_keys: frozenset[str]
    agents: frozenset[str]
    rare: tuple[str, ...]
    strange: frozenset[str]
    kinds: Set[str]
    qualifiers: Set[str]
    relatives: Set[str]
    special: Set[str]
    signs: Mapping[str, tuple[tuple[str, int], ...]]
    spans: frozenset[str]
    counted: frozenset[str]
    absences: frozenset[str]
    plain: bool
    turning: tuple[Atom, ...]
    described: Mapping[str, Atom]
    bare: Mapping[str, str]
    phrases: Mapping[str, tuple[str, ...]]
    sides: Mapping[str, Mapping[str, int]]


@uncollected()
def read_claims(claims: Sequence[Claim]) -> list[Reading]:
    """Read claims for comparison, words weighed by the background and by these claims."""
    contents = [_read(claim) for claim in claims]
    spread = Counter(
        key for content, _ in contents for key in {term.key for term in content.terms}
    )
    sample = lexicon().documents + BURST * len(claims)
    return [
        _reading(claim, content, facts, spread, sample)
        for claim, (content, facts) in zip(claims, contents, strict=True)
    ]


def _read(claim: Claim) -> tuple[Content, tuple[Fact, ...]]:
    listed = words(claim.claim)
    facts = claim.facts
    if not facts and any(is_number(word) and word not in lexicon().stop for word in listed):
        facts = find_facts(claim.claim, published=claim.published)
    entities = {
        stem(word) for fact in facts if fact.type in _NAMES for word in words(fact.text)
    }
    content = read_content(listed, entities)
    content = _recast(content)
    if claim.polarity == "denied" and not content.refuted:
        content = content._replace(negative=tuple(not each for each in content.negative))
    return content, facts


def _recast(content: Content) -> Content:
    """Verbs told from the other side; what they were said with is no more in the claim."""
    terms = recast(content.terms)
    if terms is content.terms:
        return content
    keys = {term.key for term in terms}
    turns = {place: key for place, key in content.turns.items() if key in keys}
    retold = {
        line: left
        for line, listed in content.retold.items()
        if (left := [each for each in listed if keys.issuperset(each)])
    }
    return content._replace(terms=terms, turns=turns, retold=retold)


def _reading(
    claim: Claim,
    content: Content,
    facts: tuple[Fact, ...],
    spread: Mapping[str, int],
    sample: float,
) -> Reading:
    terms, lex = content.terms, lexicon()
    weights: dict[str, float] = {}
    forms: dict[str, str] = {}
    said: list[str] = []
    names, agents, strange, absences = set[str](), set[str](), set[str](), set[str]()
    rare: list[str] = []
    spans = _spans(content) if content.times else frozenset()
    for term in terms:
        key = term.key
        if key not in weights:
            weight = math.log(sample / (term.occurrences + BURST * spread[key]))
            weights[key] = weight * NAME if term.name else weight
            forms[key] = term.form
        if not term.soft:
            said.append(key)
        if term.name:
            names.add(key)
        uncommon = term.occurrences < RARE
        if uncommon and _is_word(key):
            rare.append(key)
            if key == term.form and is_strange(key):
                strange.add(key)
        if term.role == "agent" and (term.name or uncommon):
            agents.add(key)
        if (key, term.sign) in lex.absences and key not in spans:
            absences.add(key)
    # All soft (“बेबुनियाद”): then that is what it says.
    soft = frozenset(weights.keys() - set(said)) if said else frozenset()
    figures = figures_of(facts)
    if of_all := shares(content.listed):  # not the third of a row
        figures = tuple(f for f in figures if f.fact.type != "ordinal") + of_all
    marked = lex.marked & weights.keys()
    deniable = not lex.deniable.isdisjoint(weights)
    return Reading(
        claim=claim,
        content=content,
        weights=weights,
        total=sum(weights.values()),
        soft=soft,
        said=tuple(said),
        predicate=next((key for key in reversed(said) if key not in lex.frames), said[-1])
        if said
        else "",
        context=_context(claim),
        names=frozenset(names),
        roles=_roles(terms),
        forms=forms,
        clauses=_clauses(content, weights, soft),
        facts=facts,
        figures=figures,
        calendar=calendar_figures(facts),
        selves=(
            not lex.myself.isdisjoint(content.listed),
            not lex.ourselves.isdisjoint(content.listed),
        ),
        surnames=_surnames(terms) if names else {},
        speaker_keys=_keys(f"{claim.speaker or ''} {claim.speaker_role or ''}"),
        agents=frozenset(agents),
        rare=tuple(rare),
        strange=frozenset(strange),
        kinds=lex.kinds.keys() & marked,
        qualifiers=lex.qualifiers & marked,
        relatives=lex.relatives & marked,
        special=lex.broader.keys() & marked,
        signs=_signs(terms),
        spans=spans,
        counted=_counted(terms, figures),
        absences=frozenset(absences),
        plain=not absences and _is_plain(content),
        turning=_turning(terms) if deniable else (),
        described=_described(terms) if deniable else {},
        bare=_bare(weights),
        phrases={term.key: tuple(key for key, _ in term.parts) for term in terms if term.parts},
        sides={term.key: dict(term.parts) for term in terms if term.parts},
    )


def own_words(reading: Reading, matched: Collection[str]) -> list[str]:
    """Content words of a claim that the other one lacks, soft ones left out."""
    return [key for key in reading.weights if key not in matched and key not in reading.soft]


def _clauses(
    content: Content, weights: Mapping[str, float], soft: Set[str]
) -> tuple[Mapping[str, float], ...]:
    clauses: list[dict[str, float]] = [{} for _ in content.negative]
    for term in content.terms:
        if term.key not in soft:
            clauses[term.clause][term.key] = weights[term.key]
    return tuple(clauses)


def _is_plain(content: Content) -> bool:
    aside = content.without or content.lacking or content.only or any(content.until)
    return len(content.negative) == 1 and not aside


def _turning(terms: Sequence[Term]) -> tuple[Atom, ...]:
    """Of the words that end a clause, where its predicate stands, those with an opposite."""
    opposites = lexicon().opposites
    ends = closing(terms)
    return tuple(
        (term.key, term.sign)
        for at, term in enumerate(terms)
        if at in ends and not term.soft and (term.key, term.sign) in opposites
    )


def _described(terms: Sequence[Term]) -> dict[str, Atom]:
    opposites = lexicon().opposites
    return {
        after.key: (term.key, term.sign)
        for term, after in pairwise(terms)
        if (term.key, term.sign) in opposites and term.clause == after.clause
    }


def _surnames(terms: Sequence[Term]) -> dict[str, str]:
    given = lexicon().given
    return {
        term.key: after.key
        for term, after in pairwise(terms)
        if term.name and term.form in given and term.role in DESCRIBES
        if after.name or after.occurrences < RARE
    }


def _bare(keys: Iterable[str]) -> dict[str, str]:
    known = lexicon().stems
    return {
        known.get(key[len(prefix) :], key[len(prefix) :]): key
        for key in keys
        if key.startswith(lexicon().prefixes) and " " not in key
        for prefix in lexicon().prefixes
        if key.startswith(prefix) and len(key) > len(prefix) + _SHORT
        if not is_strange(key[len(prefix) :])
    }


def _roles(terms: Sequence[Term]) -> dict[str, str]:
    """The part that each content word has; who owns an agent is one (चीन की टीम ने)."""
    roles: dict[str, str] = {}
    agent = False
    owners = [term.name and (term.role == "owner" or term.adjective) for term in terms]
    subject = _subject(terms, owners)
    undergone = lexicon().undergone
    for at, term in reversed(list(enumerate(terms))):
        role = term.role or ("agent" if at == subject else "")
        if role == "owner" and terms[at + 1 : at + 2]:
            after = terms[at + 1]
            role = "agent" if (after.key, after.sign) in undergone else role
        if not owners[at]:
            acts = at == subject and term.key in lexicon().actors
            agent = term.role == "agent" or acts
        elif agent:
            role = "agent"
        if role:
            roles[term.key] = role
    return roles


def _subject(terms: Sequence[Term], owners: Sequence[bool]) -> int:
    """The place of the first noun that is neither an owner nor part of another one's name.

    "यूक्रेन युद्ध के लिए उत्तर कोरिया गोले भेज रहा है" is about the name that has no marker.
    """
    nouns = [at for at, term in enumerate(terms) if not (owners[at] or term.adjective)]
    if not nouns:
        return 0
    first = nouns[0]
    after = terms[first + 1 : first + 2]
    if terms[first].name and after and after[0].role in _MODIFIED and not after[0].name:
        bare = (at for at in nouns[2:] if terms[at].name and not terms[at].role)
        return next(bare, first)
    return first


def _spans(content: Content) -> frozenset[str]:
    """ "1 मई से शुरू होकर 9 मई को समाप्त": till when, not that it is over."""
    order: dict[str, list[int]] = {}
    for term in content.terms:
        if term.key in lexicon().spans:
            order.setdefault(term.key, []).append(term.sign)
    return frozenset(key for key, signs in order.items() if signs == [1, -1])


def _counted(terms: Iterable[Term], figures: Sequence[Figure]) -> frozenset[str]:
    if not figures:
        return frozenset()
    within = {stem(word) for figure in figures for word in words(figure.fact.text)}
    return frozenset(term.key for term in terms if term.form in within)


def _signs(terms: Sequence[Term]) -> dict[str, tuple[tuple[str, int], ...]]:
    found: dict[str, tuple[tuple[str, int], ...]] = {}
    before = ""
    for term in terms:
        if term.sign:
            earlier = found.get(term.key, ())
            if before == term.key:  # रफ्तार धीमी
                before, earlier = earlier[-1][0], earlier[:-1]
            found[term.key] = (*earlier, (before, term.sign))
        before = term.key
    return found


def _is_word(key: str) -> bool:
    return len(key) > 3 and key[0] not in "@!"


def _context(claim: Claim) -> frozenset[str]:
    """Content words of the headline, and of the sentence around the claim."""
    at = claim.start - claim.evidence_start
    before, after = (
        claim.evidence[: max(0, at)],
        claim.evidence[max(0, at) + len(claim.claim) :],
    )
    return _keys(claim.title or "") | _keys(before) | _keys(after)


@lru_cache(maxsize=8192)
def _keys(text: str) -> frozenset[str]:
    listed = [word for word in words(text) if word not in MARKS]
    return frozenset(
        found.key for found, *_ in senses(listed, list(map(stem, listed))) if found.count
    )
