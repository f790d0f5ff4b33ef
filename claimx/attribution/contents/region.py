"""Where a phrase before its cue begins: behind the source, without adverbials."""

from __future__ import annotations

from claimx.attribution.lexicon import Form
from claimx.attribution.predicates.postpositional import is_somebody
from claimx.attribution.relation import Attribution
from claimx.attribution.sources.phrase import phrase_edge
from claimx.attribution.tokens import CLOSED_BRACKET, OPEN_BRACKET, Tokens

# Longest adverbial looked at, in words: "पिछले साल 30 अगस्त को".
_ADVERBIAL_REACH = 5
# From an issuer to the locative of what was issued, in words.
_DOCUMENT_REACH = 8
# Longest dateline, in words: "नई दिल्ली, 14 नवंबर (भाषा):".
_DATELINE_REACH = 8


def region_start(tokens: Tokens, attribution: Attribution, end: int) -> int:
    """First word of the phrase that ends before ``end`` (word indices)."""
    source = attribution.source
    if source is not None and source.end <= attribution.cue.start:
        start = source.end
        if tokens.is_grammar(start, "source_markers"):
            start += 1
        if source.marker == "agent":
            start = _behind_document(tokens, start, end)
    else:
        start = clause_start(tokens, end)
    if _said(tokens, start) and start < end - 1:
        start += 1  # "X ने कहा … का आरोप लगाया"
    for at in range(end - 2, start, -1):
        if _while_doing(tokens, at) or _tells_how(tokens, at):
            start = at + 1
            break
    if attribution.cue.act in ("accuse", "warn"):
        start = _at_target(tokens, start, end)
    hearer = attribution.cue.nominal.hearer if attribution.cue.nominal else ""
    if hearer:
        return behind_hearer(tokens, _skip_adverbials(tokens, start, end, hearer), end, hearer)
    return _skip_adverbials(tokens, start, end)


def _behind_document(tokens: Tokens, start: int, end: int) -> int:
    """ "X की ओर से जारी बयान में A को B बताया गया": index behind what X issued."""
    written = tokens.lex.statements | tokens.lex.own_documents
    for at in range(start, min(start + _DOCUMENT_REACH, end - 1)):
        if tokens.at(at) in written and tokens.at(at + 1) == "में":
            return at + 2
    return start


def _at_target(tokens: Tokens, start: int, end: int) -> int:
    """ "… के हमले के बाद Y पर … का आरोप", "… के बाद Y के खिलाफ … की धमकी": where Y begins
    behind an adjunct."""
    for at in range(start + 2, end):
        against = tokens.at(at) == "खिलाफ" and tokens.is_grammar(at - 1, "genitive")
        head = at - 2 if against else at - 1
        aimed_at = is_somebody(tokens, head) or tokens.at(head) in tokens.lex.countries
        marked = against or tokens.at(at) == "पर"
        if not marked or not aimed_at or tokens.is_grammar(at + 1, "directed"):
            continue
        target = phrase_edge(tokens, head)
        return target if tokens.is_grammar(target - 1, "adjunct_markers") else start
    return start


def behind_hearer(tokens: Tokens, start: int, end: int, marker: str) -> int:
    """ "किसानों से आंदोलन खत्म करने की अपील", "लोगों को नल लगवाने का आश्वासन": index behind whom
    it is asked of or promised to; but "लोगों को राशन देने का आश्वासन"."""
    if tokens.is_grammar(end - 1, "givings") and marker == "को":
        return start
    if marker == "को" and tokens.at(start) in tokens.lex.pronouns["dative"]:
        return start + 1 if start + 1 < end else start
    for at in range(start + 1, min(start + _ADVERBIAL_REACH, end - 1)):
        if tokens.words[at].upos == "ADP":
            hearer = tokens.words[at - 1]
            many = hearer.upos == "NOUN" and tokens.at(at - 1).endswith(("ों", "ओं"))
            known = many or hearer.ner in ("PER", "ORG") or _is_hearer(tokens, at - 1)
            if tokens.at(at) == marker and known:
                return _skip_adverbials(tokens, at + 1, end, marker)
            if not tokens.is_grammar(at, "genitive"):
                break
    return start


def clause_start(tokens: Tokens, end: int) -> int:
    """First word of the clause before ``end``, without adverbials (word indices)."""
    start = 0
    for at in range(end - 1, -1, -1):
        closed = tokens.ends_clause(at) or tokens.is_complementizer(at)
        if closed or tokens.at(at) == ";" or is_dateline_end(tokens, at):
            start = at + 1
            break
    return _skip_adverbials(tokens, start, end)


def is_dateline_end(tokens: Tokens, at: int) -> bool:
    """ "नई दिल्ली (भाषा):" at a sentence's beginning ends here."""
    if at > _DATELINE_REACH or tokens.at(at) not in (":", ")"):
        return False
    if tokens.at(at) == ":":
        at -= 1
    if tokens.at(at) in CLOSED_BRACKET:
        return tokens.is_grammar(at - 1, "dateline_agencies")
    return at < 2 or tokens.words[at].ner == "LOC"


def is_infinitive(tokens: Tokens, at: int) -> bool:
    """An oblique infinitive: "होने", "करने"."""
    word = tokens.at(at)
    return word.endswith("ने") and len(word) > 2 and is_verbal(tokens, at)


def is_verbal(tokens: Tokens, at: int) -> bool:
    """A word that may be an infinitive; the tagger takes many for nouns."""
    return tokens.words[at].upos in ("VERB", "AUX", "NOUN")


def _said(tokens: Tokens, at: int) -> bool:
    uses = tokens.lex.verbs.get(tokens.at(at), ())
    told = any(entry.act == "say" and form is Form.PERFECTIVE for entry, form in uses)
    return told and tokens.words[at].upos == "VERB"


def _while_doing(tokens: Tokens, at: int) -> bool:
    """ "जवाब देते हुए", but not "बेस पर हुए हमले"."""
    return tokens.at(at) == "हुए" and tokens.words[at - 1].upos != "ADP"


def _tells_how(tokens: Tokens, at: int) -> bool:
    """ "पत्र लिखकर", "ट्वीट कर": how it was told, before what was told."""
    lex = tokens.lex
    if any(form is Form.CONJUNCTIVE for _, form in lex.verbs.get(tokens.at(at), ())):
        return True
    before = tokens.at(at - 1)
    told = before in lex.statements or before in lex.verbs
    return told and tokens.is_grammar(at, "absolutives")


def _skip_adverbials(tokens: Tokens, start: int, end: int, hearer: str = "से") -> int:
    while start < end:
        behind = _behind_adverbial(tokens, start, end, hearer)
        if behind == start:
            break
        start = behind
    return start


def _behind_adverbial(tokens: Tokens, start: int, end: int, hearer: str) -> int:
    """Index behind the adverbial that begins at ``start``, or ``start`` if none does."""
    lex = tokens.lex
    word = tokens.words[start]
    leads = tokens.at(start) in lex.leaders and word.upos not in ("PRON", "DET", "NUM")
    if tokens.at(start) in OPEN_BRACKET:  # "सोमवार (12 अगस्त, 2019) को"
        return next(
            (at + 1 for at in range(start, end) if tokens.at(at) in CLOSED_BRACKET), start
        )
    if leads or word.upos in ("PUNCT", "PART", "CCONJ", "ADP"):
        return start + 1
    if tokens.is_grammar(start, "anaphors") and tokens.at(start + 1) in lex.leaders:
        return start + 2  # "इसके साथ"
    for at in range(start, min(start + _ADVERBIAL_REACH, end - 1)):
        if _is_time(tokens, start, at) or _is_audience(tokens, start, at, hearer):
            return at + 1
        if tokens.words[at].upos == "ADP":
            break
    return start


def _is_time(tokens: Tokens, start: int, at: int) -> bool:
    """ "30 अगस्त को", "पिछले हफ्ते में"."""
    return (
        at > start
        and tokens.at(at) in ("को", "में")
        and all(
            tokens.at(k) in tokens.lex.leaders or tokens.words[k].upos == "NUM"
            for k in range(start, at)
        )
    )


def _is_audience(tokens: Tokens, start: int, at: int, hearer: str) -> bool:
    """ "पत्रकारों से", "समाचार एजेंसी से"."""
    return at > start and tokens.at(at) == hearer and _is_hearer(tokens, at - 1)


def _is_hearer(tokens: Tokens, at: int) -> bool:
    lex, word = tokens.lex, tokens.at(at)
    return word in lex.groups or word in lex.titles or word in lex.grammar["addressees"]
