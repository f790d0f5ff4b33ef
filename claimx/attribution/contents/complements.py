"""What a verb's object says: "A को B बताया", "X से … करने को कहा"."""

from __future__ import annotations

from claimx.attribution.contents.content import Content, reported
from claimx.attribution.contents.region import (
    behind_hearer,
    clause_start,
    is_infinitive,
    region_start,
)
from claimx.attribution.lexicon import Form
from claimx.attribution.relation import Attribution
from claimx.attribution.tokens import Tokens
from claimx.attribution.view import View

_MARKS = "\"'”’"
# Parts of speech that cannot end a predicate complement.
_NO_COMPLEMENT = frozenset({"PRON", "ADV", "PUNCT", "DET", "SCONJ", "CCONJ"})


def request(view: View, attribution: Attribution) -> Content | None:
    """ "X से … करने को कहा": an order or request, of low certainty (annotation rule 7)."""
    tokens, cue = view.sentences[attribution.sentence], attribution.cue
    marker = cue.start - 1
    asked = cue.lemma == "कहना" and tokens.at(marker) == "को"
    if not asked or not is_infinitive(tokens, marker - 1) or attribution.source is None:
        return None
    start = region_start(tokens, attribution, marker)
    start = behind_hearer(tokens, start, marker, "से")
    if start >= marker:
        return None
    first, last = tokens.words[start], tokens.words[marker - 1]
    return reported(view, attribution, first.start, last.end, "request")


def predicate_complement(view: View, attribution: Attribution) -> Content | None:
    """ "A को B बताया": object and predicate complement."""
    tokens, end = view.sentences[attribution.sentence], attribution.cue.start
    if attribution.source is None and (
        not attribution.continued or attribution.cue.form is Form.IMPERFECTIVE
    ):
        return None  # "इसे … कहते हैं": what it is called, by anybody
    if attribution.cue.passive and _is_document_pronoun(tokens, attribution):
        return None  # "… जिसमें कई की हालत गंभीर बताई जाती है"
    start = region_start(tokens, attribution, end)
    last = end - 1
    while last > start and tokens.is_grammar(last, "particles"):
        last -= 1
    if attribution.cue.nominal is not None and tokens.is_grammar(last, "genitive"):
        last -= 1  # "… को जुमले की संज्ञा दी"
    if last <= start:
        return None
    marked = _object_marker(tokens, start, last)
    if marked < 0:
        marked = _attribute(tokens, start, last)
    if marked < 0:
        marked = _object_before_source(tokens, attribution)
        if marked < 0:
            return None
        start = clause_start(tokens, marked)
    if not _is_quoted(view, tokens, last):
        if not _can_be_complement(tokens, last) or _is_verdict(tokens, attribution):
            return None
        if _tells_a_thing(tokens, marked, last):
            return None
    if tokens.has_finite(start, marked):
        return None
    first, word = tokens.words[start], tokens.words[last]
    return reported(view, attribution, first.start, word.end, "object")


def _is_document_pronoun(tokens: Tokens, attribution: Attribution) -> bool:
    source = attribution.source
    return source is not None and tokens.at(source.head) in tokens.lex.pronouns["document"]


def _object_marker(tokens: Tokens, start: int, end: int) -> int:
    """Index of the first को, उन्हें … in ``[start, end)``, or -1."""
    datives = tokens.lex.pronouns["dative"] | {"को"}
    return next((at for at in range(start, end) if tokens.at(at) in datives), -1)


def _attribute(tokens: Tokens, start: int, last: int) -> int:
    """ "मृतक की उम्र पैंतीस साल बताई": index of the attribute that is given a value, or -1."""
    for at in range(start + 1, last):
        owned = tokens.is_grammar(at - 1, "genitive") or tokens.is_grammar(at - 1, "own")
        if owned and tokens.is_grammar(at, "attributes"):
            return -1 if tokens.words[at + 1].upos == "ADP" else at
    return -1


def _object_before_source(tokens: Tokens, attribution: Attribution) -> int:
    """ "A को X ने B बताया": index of the को right before the source, or -1."""
    source = attribution.source
    if source is None or source.end > attribution.cue.start:
        return -1
    at = source.start - 1
    opens = tokens.ends_clause(at) or tokens.is_complementizer(at)
    return at if tokens.at(at) == "को" and not opens else -1


def _is_quoted(view: View, tokens: Tokens, at: int) -> bool:
    """ "A को 'B' बताया": a closing mark, whatever it closes is the complement."""
    word = tokens.words[at]
    return tokens.at(at) in _MARKS and not view.text[word.start : word.end].strip(_MARKS)


def _can_be_complement(tokens: Tokens, at: int) -> bool:
    """May this word be the B of "A को B बताया"?"""
    upos = tokens.words[at].upos
    if tokens.at(at) == "में" and tokens.is_grammar(at - 1, "predicative_locatives"):
        return True  # "… के हित में बताया"
    if upos in _NO_COMPLEMENT or tokens.is_grammar(at, "no_complement"):
        return False
    if tokens.is_grammar(at, "interrogatives"):
        return False
    return upos not in ("VERB", "AUX") or not tokens.is_grammar(at, "auxiliaries")


def _tells_a_thing(tokens: Tokens, marker: int, last: int) -> bool:
    """ "उन्हें पूरी बात बताई": somebody was told something, nothing was called anything."""
    told = tokens.is_grammar(last, "told_things")
    return told and (last == marker + 1 or _is_hearer(tokens, marker))


def _is_hearer(tokens: Tokens, marker: int) -> bool:
    """Is the noun before "को" somebody who can be told things?"""
    lex = tokens.lex
    if tokens.at(marker) in lex.pronouns["dative"]:
        return tokens.at(marker) not in lex.pronouns["proximal_dative"]
    head = tokens.at(marker - 1)
    return (
        tokens.words[marker - 1].ner in ("PER", "ORG")
        or head in lex.titles
        or head in lex.groups
        or head in lex.organizations
        or head in lex.grammar["addressees"]
    )


def _is_verdict(tokens: Tokens, attribution: Attribution) -> bool:
    """ "अदालत ने … को दोषी करार दिया": a decision, not a claim (annotation rule 8)."""
    source = attribution.source
    if source is None or not attribution.cue.verdict:
        return False
    return tokens.is_grammar(source.head, "courts")
