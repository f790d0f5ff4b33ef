"""Resolution: mentions from all articles become canonical speakers.

A join over blocks: names meet only where the sounds of their given name and surname
agree, so 100,000 mentions cost what their distinct names cost. A name joins a cluster
only if it is the same as the cluster's centre, its most frequent name, and at least nearly
alike to every member: unlike names are never chained. A known speaker's cluster has fixed
names instead of a centre. The outcome depends on the mentions, not on their order.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from claimx.identity.aliases import Aliases, Entity, shipped, type_of
from claimx.identity.blocks import Key, blocks, pairs
from claimx.identity.bodies import acronym, qualifies
from claimx.identity.compare import compare_mentions
from claimx.identity.latin import latin_name
from claimx.identity.lexicon import is_south_asian, word_set
from claimx.identity.match import Place, word_score
from claimx.identity.mention import Mention, interpret
from claimx.identity.people import bearers, family_name
from claimx.identity.recognition import recognize
from claimx.identity.sounds import block
from claimx.identity.speakers import Name, Registry, Speaker
from claimx.identity.text import is_devanagari, key
from claimx.records import Claim, SpeakerType

# A member must be at least this nearly alike to all others of its cluster.
_MEMBER = 0.35


@dataclass
class _Form:
    """All mentions that nothing tells apart."""

    mention: Mention
    entity: Entity | None
    names: list[Name] = field(default_factory=list)

    @property
    def bare(self) -> bool:
        """Whether others must say who is meant: a single name, a nameless ministry."""
        if self.entity is not None:
            return False
        if self.mention.kind == "person":
            return not self.mention.full
        return self.mention.unqualified

    @property
    def weak(self) -> bool:
        """Whether several full names could be meant: initials and acronyms."""
        units = self.mention.units
        if self.mention.kind != "person":
            return bool(acronym(self.mention))
        return len(units) == 1 or units[0].initial

    def rank(self) -> tuple[bool, bool, int, int, str]:
        text = self.mention.text
        return self.entity is None, self.weak, -len(self.names), -len(text), text


def _types(names: Sequence[Name]) -> dict[str, SpeakerType]:
    """For each spelling the type most articles give it; ``unknown`` has no vote."""
    votes: dict[str, Counter[SpeakerType]] = defaultdict(Counter)
    for name in names:
        if name.type != "unknown":
            votes[key(name.text)][name.type] += 1
    return {k: min(v, key=lambda t: (-v[t], t)) for k, v in votes.items()}


def _collect(names: Sequence[Name], aliases: Aliases) -> list[_Form]:
    types = _types(names)
    forms: dict[tuple[str, str], _Form] = {}
    of_text: dict[str, _Form] = {}
    for name in names:
        form = of_text.get(name.text)
        if form is None:
            mention = interpret(name.text, types.get(key(name.text), "unknown"))
            entity = recognize(name.text, mention, aliases)
            shape = ("known", entity.name) if entity else (mention.kind, mention.key)
            form = of_text[name.text] = forms.setdefault(shape, _Form(mention, entity))
        form.names.append(name)
    # The mention that stands for a form must not depend on which name came first.
    for form in forms.values():
        texts = sorted({name.text for name in form.names})
        form.mention = interpret(texts[0], types.get(key(texts[0]), "unknown"))
    return sorted(forms.values(), key=_Form.rank)


def _cluster(forms: Sequence[_Form], aliases: Aliases) -> list[list[int]]:
    """Group forms, in the order of their rank, by the rule in the module's docstring."""
    verdicts: dict[tuple[int, int], tuple[str, float]] = {}
    neighbours: dict[int, list[int]] = defaultdict(list)
    for i, j in pairs([blocks(form.mention) for form in forms]):
        match = compare_mentions(forms[i].mention, forms[j].mention, aliases)
        verdicts[i, j] = verdicts[j, i] = match.verdict, match.score
        if match.verdict == "same":
            neighbours[i].append(j)
            neighbours[j].append(i)
    centre_of: dict[int, int] = {}
    groups: dict[int, list[int]] = {}
    for i in range(len(forms)):
        fits: dict[int, float] = {}
        for j in neighbours[i]:
            if centre_of.get(j) == j and forms[j].entity is None:
                others = [verdicts.get((i, k), ("different", 0.0)) for k in groups[j]]
                if all(v == "same" or s >= _MEMBER for v, s in others):
                    fits[j] = verdicts[i, j][1]
        best = [j for j, score in fits.items() if score == max(fits.values())]
        # Initials that fit two people, an acronym of two bodies: nobody's.
        alone = forms[i].entity is not None or not best or (forms[i].weak and len(fits) > 1)
        centre = i if alone or len(best) > 1 else best[0]
        centre_of[i] = centre
        groups.setdefault(centre, []).append(i)
    return list(groups.values())


@dataclass
class _Cluster:
    """Forms that are one speaker, and what bare mentions it has taken in."""

    forms: list[_Form]
    names: list[Name] = field(default_factory=list)

    @property
    def entity(self) -> Entity | None:
        return self.forms[0].entity if self.forms else None


class _Sight:
    """Who bears a name, in one article and in all."""

    def __init__(self, clusters: Sequence[_Cluster]) -> None:
        self._clusters = clusters
        self._everywhere: dict[Key, set[int]] = defaultdict(set)
        self._articles: dict[str, set[int]] = defaultdict(set)
        for number, cluster in enumerate(clusters):
            for form in cluster.forms:
                if form.mention.full:
                    units = form.mention.units
                    for unit in (units[0], units[-1]):
                        self._everywhere["word", block(unit.word)].add(number)
                for name in form.names:
                    self._articles[name.article].add(number)

    def bearing(self, word: str, article: str | None, *, surname: bool) -> list[int]:
        """Numbers of the clusters with a full name that has the word in that place."""
        near = self._everywhere.get(("word", block(word)), set())
        if article is not None:
            near = near & self._articles[article]
        return [n for n in sorted(near) if self._bears(self._clusters[n], word, surname)]

    def _bears(self, cluster: _Cluster, word: str, surname: bool) -> bool:
        for form in cluster.forms:
            mention = form.mention
            if not mention.full:
                continue
            part = family_name(mention) if surname else mention.units[0].word
            place: Place = "surname" if surname else "given"
            if word_score(word, part, is_south_asian(word), place) > 0.5:
                return True
        return False

    def bodies(self, mention: Mention, article: str) -> list[int]:
        """Numbers of the article's bodies that say which of a kind is meant."""
        return [
            n
            for n in sorted(self._articles[article])
            if any(qualifies(form.mention, mention) for form in self._clusters[n].forms)
        ]


def _place(
    form: _Form, article: str, sight: _Sight, clusters: Sequence[_Cluster], aliases: Aliases
) -> int | Entity | None:
    """The cluster, or the listed speaker, that a bare mention in an article means."""
    mention = form.mention
    if mention.kind != "person":
        found = sight.bodies(mention, article)
        return found[0] if len(found) == 1 else None
    word = mention.units[0].word
    for surname in (True, False):
        found = sight.bearing(word, article, surname=surname)
        if found:
            return found[0] if len(found) == 1 else None
    default = aliases.find_short(mention.raw, mention)
    if default is not None:
        given = sight.bearing(word, None, surname=False)
        others = [n for n in given if clusters[n].entity != default]
        family = family_name(interpret(default.name, "person"))
        return None if others and word_score(word, family, True) <= 0.5 else default
    if key(word) in word_set("parts", "common"):
        return None
    everywhere = sight.bearing(word, None, surname=True)
    names = {entity.name for n in everywhere if (entity := clusters[n].entity)}
    listed = [name for name in bearers(word, aliases) if name not in names]
    if len(everywhere) + len(listed) != 1:
        return None
    return everywhere[0] if everywhere else aliases.entities[listed[0]]


def _set_apart(
    form: _Form, home: int | Entity, clusters: Sequence[_Cluster], aliases: Aliases
) -> bool:
    """Whether a decision keeps a bare mention from the speaker it would join."""
    forms = clusters[home].forms if isinstance(home, int) else []
    names = [f.entity.name if f.entity else f.mention.raw for f in forms]
    names += [] if isinstance(home, int) else [home.name]
    return any(aliases.are_apart(form.mention.raw, name) for name in names)


def resolve(names: Iterable[Name], aliases: Aliases | None = None) -> Registry:
    """Join all mentions into speakers; the order of the names does not matter.

    A bare surname joins its one bearer in the same article, else its one bearer anywhere
    (the listed speakers count), else nobody.

    Args:
        names: the mentions of all articles.
        aliases: decisions in force; the shipped ones by default.
    """
    in_force = aliases if aliases is not None else shipped()
    forms = _collect(list(names), in_force)
    whole = [form for form in forms if not form.bare]
    bare = [form for form in forms if form.bare]
    clusters = [_Cluster([whole[i] for i in group]) for group in _cluster(whole, in_force)]
    for cluster in clusters:
        cluster.names = [name for form in cluster.forms for name in form.names]
    by_entity = {c.entity.name: c for c in clusters if c.entity is not None}
    sight = _Sight(clusters)
    settled = len(clusters)
    left: list[_Cluster] = []
    for group in _cluster(bare, in_force):
        rest = _Cluster([bare[i] for i in group])
        for form in rest.forms:
            for article, found in _by_article(form.names).items():
                home = _place(form, article, sight, clusters[:settled], in_force)
                if home is not None and _set_apart(form, home, clusters, in_force):
                    home = None
                target = rest
                if isinstance(home, int):
                    target = clusters[home]
                elif home is not None:
                    target = by_entity.get(home.name) or _Cluster(
                        [_Form(interpret(home.name, type_of(home)), home)]
                    )
                    if home.name not in by_entity:
                        by_entity[home.name] = target
                        left.append(target)
                target.names += found
        if rest.names:
            left.append(rest)
    return _registry([*clusters, *left], in_force)


def _by_article(names: Iterable[Name]) -> dict[str, list[Name]]:
    found: dict[str, list[Name]] = defaultdict(list)
    for name in names:
        found[name.article].append(name)
    return found


def _registry(clusters: Sequence[_Cluster], aliases: Aliases) -> Registry:
    homes: dict[tuple[str, str], Speaker] = {}
    speakers: list[Speaker] = []
    for cluster in clusters:
        speaker = _speaker(cluster, aliases)
        speakers.append(speaker)
        for name in cluster.names:
            homes[name.text, name.article] = speaker
    speakers.sort(key=lambda s: (-s.count, s.name))
    return Registry(tuple(speakers), homes)


def _speaker(cluster: _Cluster, aliases: Aliases) -> Speaker:
    names, entity = cluster.names, cluster.entity
    shown = Counter(interpret(name.text, name.type).text for name in names)
    of_forms = {form.mention.text for form in cluster.forms}
    own = [text for text in shown if key(text) in {key(t) for t in of_forms}] or list(shown)
    person = cluster.forms[0].mention.kind == "person"
    name = min(
        own,
        key=lambda t: (not is_devanagari(t), -shown[t], -len(t) if person else len(t), t),
    )
    types = Counter(n.type for n in names if n.type != "unknown")
    type_ = min(types, key=lambda t: (-types[t], t), default=_kind_type(cluster.forms[0]))
    latin = ""
    if entity is not None:
        type_, latin = type_of(entity), entity.latin
        name = _attested(entity, shown)
    roles = Counter(n.role for n in names if n.role)
    return Speaker(
        name,
        latin or latin_name(name, type=type_, aliases=aliases),
        type_,
        tuple(sorted((r for r in roles if r), key=lambda r: (-roles[r], r))),
        tuple(sorted(shown, key=lambda t: (-shown[t], t))),
        len(names),
    )


def _attested(entity: Entity, shown: Mapping[str, int]) -> str:
    """A listed speaker by the full name that the articles use, if they use one.

    Where they use the surname alone, it is spelt as they spell it.
    """
    full = [t for t in shown if is_devanagari(t) and (entity.kind != "person" or " " in t)]
    # Of a name with a title (किंग चार्ल्स तृतीय) the articles' form lacks it.
    own = {entity.name, interpret(entity.name, type_of(entity)).text}
    if entity.decided or own & set(full):
        return entity.name
    if not full:
        return _with_surname(entity, shown)
    listed = {key(spelling): at for at, spelling in enumerate(entity.spellings)}
    if entity.kind == "organization":
        return min(full, key=lambda t: (listed.get(key(t), len(listed)), -shown[t], t))
    return min(full, key=lambda t: (-shown[t], -len(t), t))


def _with_surname(entity: Entity, shown: Mapping[str, int]) -> str:
    """माइक पोम्पियो as माइक पोम्पिओ, where the articles have पोम्पिओ."""
    *given, family = entity.name.split()
    surnames = [
        text
        for text in shown
        if is_devanagari(text)
        and " " not in text
        and word_score(text, family, is_south_asian(text), "surname") > 0.5
    ]
    if entity.kind != "person" or not given or not surnames or family in surnames:
        return entity.name
    return " ".join([*given, min(surnames, key=lambda t: (-shown[t], t))])


def _kind_type(form: _Form) -> SpeakerType:
    kind = form.mention.kind
    if kind == "person":
        return "person" if form.mention.full else "unknown"
    return "organization" if kind == "organization" else "group"


def canonicalize(claims: Sequence[Claim], aliases: Aliases | None = None) -> list[Claim]:
    """Give every claim its canonical speaker, in both scripts, and that speaker's type.

    Args:
        claims: of any number of articles, in any order; claims without a speaker stay.
        aliases: decisions in force; the shipped ones by default.
    """

    def name_of(claim: Claim) -> Name:
        speaker = claim.speaker or ""
        return Name(speaker, claim.speaker_type, claim.speaker_role, claim.article)

    registry = resolve([name_of(c) for c in claims if c.speaker], aliases)
    out = []
    for claim in claims:
        if claim.speaker:
            found = registry.speaker_of(name_of(claim))
            claim = replace(
                claim, speaker=found.name, speaker_latin=found.latin, speaker_type=found.type
            )
        out.append(claim)
    return out
