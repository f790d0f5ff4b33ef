"""Find the cues of a sentence: the words that attribute, and how they do it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from claimx.attribution.lexicon import (
    CopularEntry,
    Form,
    NominalEntry,
    PostpositionEntry,
    VerbEntry,
)
from claimx.attribution.tokens import Tokens
from claimx.records import Act

Frame = Literal["verb", "nominal", "copular", "dative", "impersonal", "postposition"]

# Words allowed between a genitive and its copular noun: "उनका इस बारे में यह भी कहना है".
_COPULAR_REACH = 10
_COPULAS = frozenset({"है", "हैं", "था", "थी", "थे", "थीं", "होता", "रहा", "रही", "होगा"})


@dataclass(frozen=True, slots=True)
class Cue:
    """An attributing predicate or postposition.

    Attributes:
        start, end: its words in the sentence, half open, auxiliaries included.
        source_head: for copular, dative and postpositional cues the index of the
            word that heads the source; -1 where the source must be searched for.
        genitive: index of the genitive or dative word beside the source, or -1.
    """

    frame: Frame
    start: int
    end: int
    lemma: str
    act: Act
    form: Form
    denied: bool = False
    low: bool = False
    passive: bool = False
    participle: bool = False
    source_head: int = -1
    genitive: int = -1
    verb: VerbEntry | None = None
    nominal: NominalEntry | None = None


@dataclass(frozen=True, slots=True)
class _Tail:
    end: int
    passive: bool
    participle: bool
    negated: bool
    modal: bool
    adnominal: bool


def find_cues(tokens: Tokens) -> list[Cue]:
    """All cues of a sentence in text order; no two share a word."""
    cues: list[Cue] = []
    taken = 0
    for index in range(len(tokens)):
        if index < taken:
            continue
        for cue in _at(tokens, index):
            if cue.start >= taken and not _is_writer(tokens, cue):
                cues.append(cue)
                taken = cue.end
                break
    return cues


def _at(tokens: Tokens, index: int) -> Iterator[Cue]:
    word = tokens.at(index)
    lex = tokens.lex
    for postposition in lex.postpositions:
        if cue := _postposition(tokens, index, postposition):
            yield cue
    if nominal := lex.nominals.get(word):
        if cue := _nominal(tokens, index, nominal):
            yield cue
    if copular := lex.copular.get(word):
        if cue := _copular(tokens, index, copular):
            yield cue
    if dative := lex.dative.get(word):
        if cue := _dative(tokens, index, dative):
            yield cue
    if nominal and (cue := _impersonal(tokens, index, nominal)):
        yield cue
    for verb, form in lex.verbs.get(word, ()):
        if cue := _verb(tokens, index, verb, form):
            yield cue


def _tail(tokens: Tokens, index: int) -> _Tail:
    """Auxiliaries, vectors and particles after the verb at ``index``."""
    lex = tokens.lex
    grammar = lex.grammar
    end = index + 1
    passive = participle = negated = modal = adnominal = False
    finite = False
    while end < len(tokens) and end <= index + 7:
        word = tokens.at(end)
        if word in grammar["participle_markers"] and not finite:
            participle, end = True, end + 1
            break
        if word in grammar["modals"]:
            modal = True
        elif word in grammar["adnominal"]:
            adnominal = True
            break
        elif word in grammar["negation"]:
            if word == "न" or not (finite or end == index + 1):
                break
            negated = True
        elif word in grammar["auxiliaries"]:
            passive = passive or word in grammar["passive"]
            finite = finite or word in _COPULAS
        elif word in grammar["particles"] and end == index + 1:
            pass
        else:
            break
        end += 1
    while end > index + 1 and tokens.at(end - 1) in grammar["particles"]:
        end -= 1
    if passive and not finite and tokens.is_nominal(end):
        # "कही गई बात", but not a headline's "बताया गया, …"
        adnominal = tokens.at(end - 1) in ("गई", "गए", "गया") and not tokens.is_punct(end)
    return _Tail(end, passive, participle, negated, modal, adnominal)


def _negated_before(tokens: Tokens, index: int) -> bool:
    at = index - 1
    while tokens.is_grammar(at, "particles"):
        at -= 1
    return tokens.is_grammar(at, "negation")


def _predicative(tokens: Tokens, index: int, form: Form) -> _Tail | None:
    """The verb's tail, or None where the verb does not predicate a telling."""
    if form in (Form.INFINITIVE, Form.FUTURE):
        return None
    tail = _tail(tokens, index)
    if tail.modal or tail.adnominal or tail.negated or _negated_before(tokens, index):
        return None
    if tokens.is_grammar(index - 1, "interrogatives"):
        return None  # "क्या कहा"
    if form is Form.STEM:
        following = tokens.at(index + 1)
        if following in ("कर", "के"):
            return _Tail(index + 2, False, True, False, False, False)
        if tail.end == index + 1 or following in ("है", "हैं", "था", "थे"):
            return None
    if form is Form.CONJUNCTIVE:
        return _Tail(tail.end, False, True, False, False, False)
    if form is Form.IMPERFECTIVE and tail.end == index + 1:
        # "कहते, …" is a habitual without its auxiliary; "कहते ही" is not telling
        if tokens.at(index + 1) in ("ही", "न") or tokens.is_nominal(index + 1):
            return None
    return tail


def _verb(tokens: Tokens, index: int, entry: VerbEntry, form: Form) -> Cue | None:
    if entry.imperfective_only and form is not Form.IMPERFECTIVE:
        return None
    if entry.verb_only and tokens.words[index].upos not in ("VERB", "AUX"):
        return None
    if entry.ki_only and tokens.words[index].upos == "AUX":
        return None
    upos = tokens.words[index].upos
    if upos == "DET" or (upos == "PROPN" and tokens.at(index + 1) not in ("-", "–", ":", ",", "कि")):
        return None
    if tokens.at(index - 1) in tokens.lex.grammar["no_telling"]:
        return None
    tail = _predicative(tokens, index, form)
    if tail is None:
        return None
    return Cue(
        frame="verb",
        start=index,
        end=tail.end,
        lemma=entry.lemma,
        act=entry.act,
        form=form,
        denied=entry.denied,
        low=entry.low,
        passive=tail.passive,
        participle=tail.participle,
        verb=entry,
    )


def _light_match(tokens: Tokens, at: int, entry: NominalEntry) -> tuple[int, Form] | None:
    """Where one of the entry's light verbs stands at ``at``: its last word and form."""
    for verb in entry.verbs:
        *fixed, light = verb
        last = at + len(fixed)
        if any(tokens.at(at + k) != word for k, word in enumerate(fixed)):
            continue
        for lemma, form in tokens.lex.light.get(tokens.at(last), ()):
            if lemma == light:
                return last, form
    return None


def _nominal(tokens: Tokens, index: int, entry: NominalEntry) -> Cue | None:
    at = index + 1
    while tokens.is_grammar(at, "particles"):
        at += 1
    match = _light_match(tokens, at, entry)
    inverted = None
    if match is None and not entry.verb_only:
        inverted = _inverted_light(tokens, index, entry)
    if match is not None:
        last, form = match
        tail = _predicative(tokens, last, form)
        if tail is None or _negated_before(tokens, at) or _negated_before(tokens, index):
            return None
        start, end, passive, participle = index, tail.end, tail.passive, tail.participle
    elif inverted is not None:
        start, end, form, passive, participle = inverted, index + 1, Form.PERFECTIVE, False, False
        while tokens.at(end) in ("है", "हैं", "था", "थी", "थे"):
            end += 1
    else:
        return None
    return Cue(
        frame="nominal",
        start=start,
        end=end,
        lemma=entry.lemma,
        act=entry.act,
        form=form,
        denied=entry.denied,
        low=entry.low,
        passive=passive,
        participle=participle,
        nominal=entry,
    )


def _inverted_light(tokens: Tokens, index: int, entry: NominalEntry) -> int | None:
    """Headline order: "लगाया आरोप", "जताई आशंका"."""
    word = tokens.at(index - 1)
    if word in tokens.lex.grammar["genitive"]:
        return None
    for lemma, form in tokens.lex.light.get(word, ()):
        if form is Form.PERFECTIVE and any(verb == (lemma,) for verb in entry.verbs):
            return index - 1
    return None


def _copula_follows(tokens: Tokens, index: int) -> int:
    """The end of a copula group at ``index``, or -1."""
    while tokens.is_grammar(index, "particles"):
        index += 1
    if tokens.at(index) not in _COPULAS:
        return -1
    end = index + 1
    while tokens.at(end) in _COPULAS:
        end += 1
    return end


def _copular(tokens: Tokens, index: int, entry: CopularEntry) -> Cue | None:
    infinitive = entry.lemma.endswith("ना")
    end = _copula_follows(tokens, index + 1)
    if end < 0:
        if tokens.at(index + 1) not in tokens.lex.grammar["separators"] | {"कि"}:
            return None
        end = index + 1
    if _negated_before(tokens, index) or tokens.is_grammar(end, "negation"):
        return None
    genitive = _genitive_before(tokens, index, _COPULAR_REACH if infinitive else 4)
    if genitive < 0:
        genitive = _genitive_after(tokens, end) if infinitive else -1
        if genitive < 0:
            return None
        end = genitive + 1
    pronoun = tokens.at(genitive) in tokens.lex.pronouns["genitive"] | tokens.lex.pronouns["relative"]
    return Cue(
        frame="copular",
        start=index,
        end=end,
        lemma=entry.lemma,
        act=entry.act,
        form=Form.INFINITIVE,
        low=entry.low,
        source_head=genitive if pronoun else genitive - 1,
        genitive=genitive,
    )


def _genitive_before(tokens: Tokens, index: int, reach: int) -> int:
    """Leftwards to the source's genitive, over correlatives and adverbials only."""
    lex = tokens.lex
    for at in range(index - 1, max(-1, index - 1 - reach), -1):
        word = tokens.at(at)
        if word in lex.pronouns["genitive"] or word in lex.pronouns["relative"]:
            return at
        if word in lex.first_person:
            return at
        insertion = tokens.at(at - 1) == ","  # "X, जो … हैं, का कहना है"
        if word in ("का", "की") and at > 0 and (insertion or not tokens.is_punct(at - 1)):
            return at
        if word in lex.grammar["ergative"] or word == "कि" or tokens.is_finite(at):
            return -1
        if tokens.is_punct(at) and word != ",":
            return -1
    return -1


def _genitive_after(tokens: Tokens, index: int) -> int:
    """"यह कहना है … का": the source behind the copula."""
    for at in range(index, min(index + 10, len(tokens))):
        if tokens.at(at) in ("का", "की") and at > index:
            follows = tokens.at(at + 1)
            if at + 1 >= len(tokens) or tokens.is_punct(at + 1) or follows == "कि":
                return at
        elif tokens.is_punct(at) or tokens.is_finite(at):
            return -1
    return -1


def _dative(tokens: Tokens, index: int, entry: CopularEntry) -> Cue | None:
    end = _copula_follows(tokens, index + 1)
    if end < 0 or tokens.at(end) not in ("कि",) or _negated_before(tokens, index):
        return None
    lex = tokens.lex
    for at in range(index - 1, max(-1, index - 7), -1):
        word = tokens.at(at)
        pronoun = word in lex.pronouns["dative"] or word in lex.first_person
        if pronoun or (word == "को" and at > 0):
            return Cue(
                frame="dative",
                start=index,
                end=end,
                lemma=entry.lemma,
                act=entry.act,
                form=Form.IMPERFECTIVE,
                source_head=at if pronoun else at - 1,
                genitive=at,
            )
        if tokens.is_punct(at) or tokens.is_finite(at) or word in ("ने", "कि"):
            return None
    return None


def _impersonal(tokens: Tokens, index: int, entry: NominalEntry) -> Cue | None:
    """"आरोप है कि …", "खबर है कि …": told by nobody."""
    if "ki" not in entry.frames or entry.lemma in ("बात", "सवाल", "साफ", "स्पष्ट"):
        return None
    end = _copula_follows(tokens, index + 1)
    if end < 0 or tokens.at(end) != "कि" or _negated_before(tokens, index):
        return None
    if entry.act not in ("accuse", "report", "claim"):
        return None
    return Cue(
        frame="impersonal",
        start=index,
        end=end,
        lemma=entry.lemma,
        act=entry.act,
        form=Form.IMPERFECTIVE,
        low=True,
        passive=True,
    )


def _postposition(tokens: Tokens, index: int, entry: PostpositionEntry) -> Cue | None:
    lex = tokens.lex
    for words in entry.words:
        fused = lex.pronouns["genitive"] | lex.pronouns["relative"]
        if tokens.at(index) in fused and len(words) > 1:
            if tokens.folded[index + 1 : index + len(words)] != words[1:]:
                continue
            head = index
        elif tokens.folded[index : index + len(words)] == words:
            head = index - 1
            if head < 0 or _is_standard(tokens, head):
                return None
        else:
            continue
        return Cue(
            frame="postposition",
            start=index,
            end=index + len(words),
            lemma=entry.lemma,
            act=entry.act,
            form=Form.STEM,
            source_head=head,
            genitive=index,
        )
    return None


def _is_standard(tokens: Tokens, head: int) -> bool:
    """"तय कार्यक्रम के मुताबिक": something to go by, not somebody who says."""
    lex = tokens.lex
    if tokens.words[head].upos == "NUM" and head:
        head -= 1
    if tokens.at(head) in lex.standards:
        return True
    return tokens.at(head - 1) in lex.standard_modifiers and not tokens.words[head].ner


def _is_writer(tokens: Tokens, cue: Cue) -> bool:
    """The writer's own voice: "बता दें कि", "गौरतलब है कि"."""
    for opener in tokens.lex.writer_openers:
        for start in (cue.start, cue.end - len(opener), cue.start - len(opener) + 1):
            if start >= 0 and tokens.folded[start : start + len(opener)] == opener:
                source_before = any(
                    tokens.is_grammar(at, "ergative") for at in range(max(0, start - 8), start)
                )
                if not source_before and tokens.at(start + len(opener)) in ("कि", "", ",", "की"):
                    return True
    return False
