"""Verbs, and nouns with a light verb, as cues: "कहा", "दावा किया"."""

from __future__ import annotations

from claimx.attribution.lexicon import Form, NominalEntry, VerbEntry
from claimx.attribution.predicates.cue import Cue
from claimx.attribution.predicates.verb_group import VerbGroup, is_negated, verb_group
from claimx.attribution.tokens import Tokens

# Words between an accusation and the verb behind whom it is aimed at.
_TARGET_REACH = 24


def verbal(tokens: Tokens, index: int, entry: VerbEntry, form: Form) -> Cue | None:
    """ "कहा", "बता रहे हैं", "कहते हुए": a verb that attributes by itself."""
    if entry.imperfective_only and form is not Form.IMPERFECTIVE:
        return None
    if not _is_verb(tokens, index, entry):
        return None
    group = verb_group(tokens, index, form)
    if group is None:
        return None
    if tokens.is_grammar(index - 1, "no_telling") and not _tells_all_the_same(
        tokens, entry, group
    ):
        return None
    if form is Form.PERFECTIVE and _is_wished(tokens, index, entry, group):
        return None
    return Cue(
        frame="verb",
        start=index,
        end=group.end,
        lemma=entry.lemma,
        act=entry.act,
        form=form,
        denied=entry.denied,
        low=entry.low,
        passive=group.passive,
        participle=group.participle,
        verb=entry,
    )


def _tells_all_the_same(tokens: Tokens, entry: VerbEntry, group: VerbGroup) -> bool:
    """ "हमला बोला" tells nothing, but "झूठ बोला कि …" and "इसे झूठ बताया" do."""
    return entry.lemma == "बताना" or tokens.is_complementizer(group.end)


def _is_wished(tokens: Tokens, index: int, entry: VerbEntry, group: VerbGroup) -> bool:
    """ "विभाग बताए कि", "वे कहे कि": a subjunctive, since a perfective's subject takes ने."""
    plural = tokens.at(index).endswith(tokens.lex.endings["subjunctive"])
    bare = group.end == index + 1 and tokens.is_complementizer(group.end)
    if not (plural and bare) or entry.lemma in tokens.lex.grammar["intransitive"]:
        return False
    for at in range(index - 1, -1, -1):
        if tokens.is_ergative(at) or tokens.at(at) in tokens.lex.pronouns["ergative"]:
            return False
        if tokens.is_complementizer(at) or tokens.ends_clause(at):
            return True
    return False


def _is_verb(tokens: Tokens, index: int, entry: VerbEntry) -> bool:
    """Does the tagger allow the word to be this verb?"""
    upos = tokens.words[index].upos
    if upos == "DET" or (entry.ki_only and upos == "AUX"):
        return False
    if entry.verb_only:
        return upos in ("VERB", "AUX")
    # A verb at a clause's end is sometimes tagged as a name.
    return upos != "PROPN" or tokens.at(index + 1) in ("-", "–", ":", ",", "कि")


def nominal(tokens: Tokens, index: int, entry: NominalEntry) -> Cue | None:
    """ "दावा किया", "आरोप भी लगाए"; in headlines "लगाया आरोप"."""
    at = index + 1
    while tokens.is_grammar(at, "particles") or tokens.is_grammar(at, "repeatedly"):
        at += 1
    match = _light_verb(tokens, at, entry)
    if match is None and entry.act == "accuse":
        at = _behind_target(tokens, index)
        match = _light_verb(tokens, at, entry) if at > 0 else None
    if match:
        last, form = match
        start, group = index, verb_group(tokens, last, form)
        negated = at > index + 1 and is_negated(tokens, at)  # "मत" itself negates nothing
        if group is None or negated or is_negated(tokens, index):
            return None
    elif not entry.verb_only and _is_inverted(tokens, index, entry):
        start, form, end = index - 1, Form.PERFECTIVE, index + 1
        while tokens.is_grammar(end, "plain_copulas"):
            end += 1
        group = VerbGroup(end)
    else:
        return None
    return Cue(
        frame="nominal",
        start=start,
        end=group.end,
        lemma=entry.lemma,
        act=entry.act,
        form=form,
        denied=entry.denied,
        low=entry.low,
        passive=group.passive,
        participle=group.participle,
        nominal=entry,
    )


def _light_verb(tokens: Tokens, at: int, entry: NominalEntry) -> tuple[int, Form] | None:
    """Where one of the entry's light verbs stands at ``at``: its last word and form."""
    for verb in entry.verbs:
        *fixed, light = verb
        last = at + len(fixed)
        if any(tokens.at(at + k) != word for k, word in enumerate(fixed)):
            continue
        if _is_case_marker(tokens, last):
            continue
        for lemma, form in tokens.lex.light.get(tokens.at(last), ()):
            if lemma == light:
                return last, form
    return None


def _behind_target(tokens: Tokens, noun: int) -> int:
    """ "Z का आरोप (X ने) Y और W पर लगाया": index behind whom the noun is aimed at, or -1."""
    if not tokens.is_grammar(noun - 1, "genitive"):
        return -1
    for at in range(noun + 2, min(noun + _TARGET_REACH, len(tokens) - 1)):
        if tokens.is_finite(at) or tokens.is_complementizer(at):
            return -1
        aimed = tokens.at(at) == "पर" or tokens.is_grammar(at, "against")
        verb = at + 1
        while tokens.is_grammar(verb, "particles"):
            verb += 1
        if aimed and tokens.at(verb) in tokens.lex.light and not _is_case_marker(tokens, verb):
            return verb
    return -1


def _is_case_marker(tokens: Tokens, at: int) -> bool:
    """ "दावे की हवा निकाल दी": की before a noun, no form of करना."""
    marked = tokens.is_grammar(at, "genitive") and tokens.words[at].upos == "ADP"
    return marked and tokens.is_nominal(at + 1)


def _is_inverted(tokens: Tokens, index: int, entry: NominalEntry) -> bool:
    """Headline order: "लगाया आरोप", "जताई आशंका"."""
    if tokens.is_grammar(index - 1, "genitive"):
        return False
    if index + 1 < len(tokens) and tokens.words[index + 1].upos == "ADP":
        return False  # "… को दिए संदेश में"
    return any(
        form is Form.PERFECTIVE and (lemma,) in entry.verbs
        for lemma, form in tokens.lex.light.get(tokens.at(index - 1), ())
    )
