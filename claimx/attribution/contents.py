"""Find what was said: the content of a cue, as a span of the article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from claimx.attribution.lexicon import Form
from claimx.attribution.predicates import Cue
from claimx.attribution.sources import Source
from claimx.attribution.tokens import Tokens
from claimx.attribution.view import View
from claimx.records import Kind, Quotation, Span

_SEPARATOR = r"[\s,:;।|.…*\-–—]"
_TO_QUOTE = regex.compile(rf"{_SEPARATOR}{{0,8}}(?:(?:कि|की){_SEPARATOR}{{1,4}}|कि(?=[\"'“‘]))?")
_FULL_STOP = regex.compile(r"[।|.\n]")
_BETWEEN = regex.compile(rf"^{_SEPARATOR}*$")
# Words between a quotation and the attribution behind it.
_QUOTE_REACH = 14
# Quoted words that make an indirect statement a mixed one.
_MIXED_WORDS = 3
# "इन खबरों का खंडन किया" says nothing of its own; a denied noun phrase needs this many words.
_DENIED_WORDS = 3


@dataclass(frozen=True, slots=True)
class Content:
    """A content span and how it was joined to its cue.

    Attributes:
        frame: ``quote``, ``quote_before``, ``ki``, ``bare``, ``bare_before``,
            ``nominal``, ``object`` or ``postposition``.
    """

    span: Span
    kind: Kind
    frame: str
    quotation: Quotation | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """A cue with its source, at home in a sentence."""

    sentence: int
    cue: Cue
    source: Source | None
    continued: bool
    inherited: Source | None = None

    @property
    def left(self) -> int:
        """First word of the attribution."""
        if self.source is None or self.cue.participle:
            return self.cue.start
        return min(self.cue.start, self.source.start)

    @property
    def right(self) -> int:
        """Index after the last word of the attribution."""
        if self.source is None:
            return self.cue.end
        if self.cue.participle:
            return self.cue.end
        return max(self.cue.end, self.source.end + (self.source.end >= self.cue.end))


def find_contents(
    view: View, attribution: Attribution, siblings: Sequence[Attribution], claimed: set[int]
) -> list[Content]:
    """What a cue attributes; more than one only where quotations stand on both sides.

    Args:
        siblings: all attributions of the sentence, in text order.
        claimed: opening offsets of quotations that already have a speaker.
    """
    cue = attribution.cue
    contents: list[Content] = []
    if after := _quote_after(view, attribution, siblings, claimed):
        contents.append(after)
    elif clause := _ki_clause(view, attribution, siblings):
        contents.append(clause)
    elif cue.frame == "postposition":
        if stated := _postpositional(view, attribution, siblings):
            contents.append(stated)
    elif cue.frame == "nominal" and (phrase := _nominal(view, attribution)):
        contents.append(phrase)
    elif cue.frame == "verb" and (named := _object(view, attribution)):
        contents.append(named)
    before_too = not contents or contents[0].frame == "quote"
    if before_too and (before := _quote_before(view, attribution, claimed)):
        contents.append(before)
    if not contents and (bare := _bare_after(view, attribution, siblings)):
        contents.append(bare)
    if not contents and (bare := _bare_before(view, attribution)):
        contents.append(bare)
    return contents


# --- quotations --------------------------------------------------------------------------


def _quote_after(
    view: View, attribution: Attribution, siblings: Sequence[Attribution], claimed: set[int]
) -> Content | None:
    tokens = view.sentences[attribution.sentence]
    end = min(attribution.right, len(tokens))
    offset = tokens.words[end - 1].end
    match = _TO_QUOTE.match(view.text, offset)
    if match is None:
        return None
    quotation = view.quotation_at(match.end())
    if quotation is None or quotation.outer.start in claimed:
        return None
    joined = match.group()
    has_ki = "क" in joined
    if attribution.cue.participle and not has_ki:
        return None
    if not has_ki and not joined.strip() and not view.is_speech(quotation):
        return None  # "X ने कहा 'नाम' …": a quoted name, no quotation
    if not has_ki and _FULL_STOP.search(joined) and not _cataphoric(view, attribution, quotation, joined):
        return None
    rest_end = clause_end(view, attribution, siblings, quotation.outer.end)
    rest = view.text[quotation.outer.end : rest_end] if rest_end > quotation.outer.end else ""
    if has_ki and regex.search(r"[\p{L}\p{N}]", rest) and quotation.closed:
        span = view.trim(quotation.outer.start, rest_end)
        if span is not None:
            kind: Kind = "mixed" if view.word_count(quotation.inner) >= _MIXED_WORDS else "indirect"
            return Content(span, kind, "ki")
    if not has_ki and not view.is_speech(quotation) and regex.search(r"[\p{L}\p{N}]", rest):
        return None  # the clause only begins with a quoted name
    return quoted(view, quotation, "quote")


def _cataphoric(
    view: View, attribution: Attribution, quotation: Quotation, joined: str
) -> bool:
    """A full stop between cue and quotation: only where nothing else claims either."""
    tokens = view.sentences[attribution.sentence]
    ends_sentence = attribution.right >= len(tokens) - 1
    return ends_sentence and ("\n" in joined or ":" in joined or "-" in joined) and view.is_speech(quotation)


def quoted(view: View, quotation: Quotation, frame: str) -> Content | None:
    """A quotation as content: the inner words without the closing danda."""
    start, end = quotation.inner.start, quotation.inner.end
    text = view.text
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "।|॥,;:-–—."):
        end -= 1
    if not view.word_count(Span(start, end)):
        return None
    return Content(Span(start, end), "direct", frame, quotation)


def _quote_before(view: View, attribution: Attribution, claimed: set[int]) -> Content | None:
    tokens = view.sentences[attribution.sentence]
    cue = attribution.cue
    if cue.frame in ("postposition", "dative") or cue.frame == "nominal" and not cue.participle and cue.nominal and "ki" not in cue.nominal.frames:
        return None
    left_offset = tokens.words[cue.start].start
    best: Quotation | None = None
    for quotation in view.outer:
        if quotation.outer.end > left_offset:
            break
        best = quotation
    if best is None or best.outer.start in claimed or not best.closed:
        return None
    between = view.text[best.outer.end : left_offset]
    if between.count("\n") > 1 or len(between) > 160:
        return None
    first = next((k for k, w in enumerate(tokens.words) if w.start >= best.outer.end), cue.start)
    if cue.start - first > _QUOTE_REACH or tokens.has_finite(first, cue.start):
        return None
    source = attribution.source
    if source is None and not cue.participle:
        return None
    if source is not None and source.start < first and source.end <= cue.start and cue.frame != "verb":
        return None
    inner = view.text[best.inner.start : best.inner.end].rstrip()
    follows = between.lstrip()[:1]
    short = view.word_count(best.inner) >= 2 and follows in (",", "-", "–", "—")
    said = short or view.is_speech(best) and (inner[-1:] in "।|.?!,…" or follows in (",", "-", "–", "—", "।"))
    wrapped = source is not None and source.start < first  # X ने "…" कहा
    if wrapped:
        if not (view.is_speech(best) or first == cue.start):
            return None
    elif not said and not (view.is_speech(best) and tokens.words[0].start >= best.outer.start):
        return None
    if any(tokens.at(k) in ("को", "के", "की", "का", "में") for k in range(first, first + 1)):
        return None  # the quotation is part of a phrase
    return quoted(view, best, "quote_before")


# --- clauses -----------------------------------------------------------------------------


def clause_end(
    view: View, attribution: Attribution, siblings: Sequence[Attribution], start: int
) -> int:
    """Where content that starts at an offset ends: the sentence, its quotation, or where
    a coordinated attribution takes over."""
    tokens = view.sentences[attribution.sentence]
    end = tokens.sentence.end
    here = view.quote_of[attribution.sentence][attribution.cue.start]
    if here >= 0:
        end = min(end, view.outer[here].inner.end)
        if not view.outer[here].closed:
            end = min(tokens.sentence.end, view.outer[here].inner.end)
    for sibling in siblings:
        if sibling.cue.start <= attribution.cue.start or tokens.words[sibling.cue.start].start < start:
            continue
        cut = _coordinated_at(tokens, sibling, start)
        if cut is not None:
            end = min(end, cut)
            break
    # A quotation that runs over the sentence's end takes the content along.
    index = view.quote_index(end - 1)
    if here < 0 and index >= 0 and view.outer[index].outer.start >= start:
        end = max(end, view.outer[index].outer.end)
    return end


def _coordinated_at(tokens: Tokens, sibling: Attribution, start: int) -> int | None:
    """The offset of the conjunction after which another attribution begins."""
    cue = sibling.cue
    left = cue.start
    if sibling.source is not None and tokens.words[sibling.source.start].start >= start:
        left = min(left, sibling.source.start)
    contrast = tokens.at(left - 1) in ("जबकि", "वहीं", "लेकिन", "मगर", ";")
    takes_clause = (
        tokens.at(cue.end) in ("कि", ",", ":", "-")
        or cue.frame == "postposition"
        or (cue.frame == "nominal" and sibling.source is not None and contrast)
    )
    if not takes_clause or cue.participle or cue.frame == "dative":
        return None
    if cue.passive and sibling.source is None:
        return None
    at = left - 1
    while at > 0 and (
        tokens.at(at) in tokens.lex.leaders
        and tokens.at(at) not in ("और", "तथा", "एवं", "जबकि", "वहीं", "लेकिन", "मगर")
        or tokens.at(at) in tokens.lex.grammar["correlatives"]
        or tokens.at(at) in ("में", "से", "को")
        and sibling.source is None
    ):
        at -= 1
    if at <= 0 or tokens.at(at) not in (
        "और", "तथा", "एवं", "व", "जबकि", "वहीं", "लेकिन", "मगर", "तो", ";",
    ):  # fmt: skip
        return None
    while tokens.at(at - 1) in ("और", "तो", "जबकि", "वहीं", ",") and at > 1:
        at -= 1
    if tokens.words[at].start <= start or not tokens.is_finite(at - 1):
        return None
    return tokens.words[at].start


def _ki_clause(
    view: View, attribution: Attribution, siblings: Sequence[Attribution]
) -> Content | None:
    tokens = view.sentences[attribution.sentence]
    cue = attribution.cue
    if cue.verb is not None and cue.verb.object_only:
        return None
    if cue.nominal is not None and "ki" not in cue.nominal.frames:
        return None
    at = _complementizer(tokens, attribution)
    if at < 0:
        return None
    first = at + 1
    while tokens.is_punct(first) and view.quotation_at(tokens.words[first].start) is None:
        first += 1
    if first >= len(tokens):
        return _next_sentence(view, attribution)
    start = tokens.words[first].start
    end = clause_end(view, attribution, siblings, start)
    return _indirect(view, start, end, "ki", attribution)


def _next_sentence(view: View, attribution: Attribution) -> Content | None:
    """"… ने कहा कि" at the end of a line: the clause stands in the next one."""
    if attribution.sentence + 1 >= len(view.sentences):
        return None
    following = view.sentences[attribution.sentence + 1].sentence
    return _indirect(view, following.start, following.end, "ki", attribution)


def _complementizer(tokens: Tokens, attribution: Attribution) -> int:
    """Index of the कि that opens the cue's content, or -1."""
    cue = attribution.cue
    at = attribution.right
    if cue.participle:
        correlative = any(
            tokens.at(k) in tokens.lex.grammar["correlatives"] for k in range(max(0, cue.start - 4), cue.start)
        )
        if tokens.at(at) == "कि":
            return at
        if not correlative:
            return -1
        limit = len(tokens)
    else:
        limit = min(at + 4, len(tokens))
    first = at
    while at < limit:
        word = tokens.at(at)
        if word in tokens.lex.grammar["complementizers"]:
            return at
        told = cue.frame == "verb" or (cue.frame == "nominal" and tokens.words[at - 1].upos != "NOUN")
        if at == first and told and word in tokens.lex.grammar["misspelt_complementizers"]:
            return at
        if not cue.participle and (
            tokens.is_finite(at) or word in tokens.lex.grammar["coordinators"] or tokens.is_punct(at) and word not in (",", "-", ":", "।", ".", "–")
        ):
            return -1
        at += 1
    return -1


def _indirect(
    view: View, start: int, end: int, frame: str, attribution: Attribution
) -> Content | None:
    span = view.trim(start, end)
    if span is None:
        return None
    here = view.quote_of[attribution.sentence][attribution.cue.start]
    depth = 1 if here >= 0 else 0
    kind: Kind = "indirect"
    least = _MIXED_WORDS if frame in ("ki", "bare", "postposition", "bare_before") else 1
    for quotation in view.quotations:
        if quotation.depth == depth and quotation.outer.start >= span.start and quotation.outer.end <= span.end + 1:
            if view.word_count(quotation.inner) >= least:
                kind = "mixed"
                if quotation.outer.start == span.start and quotation.outer.end >= span.end and frame == "ki":
                    return quoted(view, quotation, "quote")
    return Content(span, kind, frame)


def _bare_after(
    view: View, attribution: Attribution, siblings: Sequence[Attribution]
) -> Content | None:
    """"X ने कहा, S": the rest of the sentence, without कि or quotation marks."""
    tokens = view.sentences[attribution.sentence]
    cue = attribution.cue
    if cue.participle or cue.frame in ("dative", "impersonal"):
        return None
    documented = attribution.source is not None and attribution.source.marker == "document"
    if cue.passive and not documented:
        return None
    if cue.verb is not None and (cue.verb.ki_only or cue.verb.quote_only or cue.verb.object_only):
        return None
    if cue.frame == "copular" and cue.lemma not in ("कहना", "मानना", "दावा", "आरोप", "तर्क", "दलील"):
        return None
    at = attribution.right
    separated = False
    while tokens.is_punct(at):
        separated = separated or tokens.at(at) in tokens.lex.grammar["clause_separators"]
        at += 1
    if at >= len(tokens):
        return None
    word = tokens.at(at)
    lex = tokens.lex
    if word in lex.grammar["coordinators"] or word in ("तो", "क्योंकि", "ताकि"):
        return None
    if word in lex.grammar["relatives"] and not (separated and _correlated(tokens, at)):
        return None
    opens_condition = word in lex.grammar["conditionals"]
    if word in lex.grammar["genitive"] or (
        tokens.words[at].upos in ("ADP", "AUX", "SCONJ") and not opens_condition
    ):
        return None
    if cue.nominal is not None and not (separated and _tells(tokens, attribution)):
        return None
    weak = cue.verb is not None and cue.verb.weak
    if weak and not (separated and attribution.source is not None):
        return None
    if not separated and (attribution.source is None or tokens.is_nominal(at) and cue.frame == "copular"):
        return None
    if not tokens.has_finite(at, len(tokens)):
        return None
    start = tokens.words[at].start
    return _indirect(view, start, clause_end(view, attribution, siblings, start), "bare", attribution)


def _correlated(tokens: Tokens, start: int) -> bool:
    """"जो … हैं, उनमें से …": a relative clause with its own main clause behind it."""
    return any(
        tokens.at(k) in tokens.lex.pronouns["stem"]
        or tokens.at(k) in ("वह", "वे", "वो", "वही", "तब", "तो", "उनमें", "उसमें", "उन्हें", "उसे")
        for k in range(start + 1, len(tokens))
    )


def _tells(tokens: Tokens, attribution: Attribution) -> bool:
    """"X ने दावा किया, S": a main clause with a noun that may bring a bare clause."""
    cue = attribution.cue
    if attribution.source is None or cue.nominal is None or "ki" not in cue.nominal.frames:
        return False
    if cue.low or cue.denied or cue.act == "announce":
        return False
    subordinate = tokens.lex.grammar["relatives"] | tokens.lex.grammar["conditionals"]
    return not any(word in subordinate for word in tokens.folded[: cue.start])


def _bare_before(view: View, attribution: Attribution) -> Content | None:
    """"S, X ने कहा": the clause before the attribution, at the end of its sentence."""
    tokens = view.sentences[attribution.sentence]
    cue, source = attribution.cue, attribution.source
    if source is None or cue.frame not in ("verb", "copular") or cue.participle:
        return None
    if cue.verb is not None and cue.verb.weak:
        return None
    rest = attribution.right
    while tokens.is_punct(rest):
        rest += 1
    if rest < len(tokens):
        return None
    at = attribution.left - 1
    while at > 0 and tokens.at(at) in (*tokens.lex.leaders, *tokens.lex.grammar["correlatives"]) :
        at -= 1
    if at <= 0 or tokens.at(at) not in (",", "-", "–", "—", "।") or not tokens.is_finite(at - 1):
        return None
    if tokens.at(at - 1) in ("हुए",) or tokens.words[at - 1].deprel in ("acl", "amod"):
        return None
    return _indirect(view, tokens.sentence.start, tokens.words[at].start, "bare_before", attribution)


def _postpositional(
    view: View, attribution: Attribution, siblings: Sequence[Attribution]
) -> Content | None:
    tokens = view.sentences[attribution.sentence]
    cue = attribution.cue
    at = cue.end
    while tokens.is_punct(at) and view.quotation_at(tokens.words[at].start) is None:
        at += 1
    if tokens.at(at) in ("भी", "ही", "तो"):
        at += 1
    if tokens.at(at) == "कि":
        at += 1
    if at >= len(tokens):
        end = attribution.left
        while end > 0 and tokens.is_punct(end - 1):
            end -= 1
        if end <= 0 or not tokens.has_finite(0, end):
            return None
        return _indirect(view, tokens.sentence.start, tokens.words[end - 1].end, "postposition", attribution)
    start = tokens.words[at].start
    end = clause_end(view, attribution, siblings, start)
    finite = any(word.upos in ("VERB", "AUX") for word in tokens.words[at:])
    if not finite or tokens.words[at].upos == "AUX":
        return None
    quotation = view.quotation_at(start)
    if quotation is not None and quotation.outer.end >= tokens.sentence.end - 2 and view.is_speech(quotation):
        return quoted(view, quotation, "quote")
    return _indirect(view, start, end, "postposition", attribution)


# --- phrases -----------------------------------------------------------------------------


def _region(view: View, attribution: Attribution, end: int) -> int:
    """First word of the phrase before the cue: behind the source, without adverbials."""
    tokens = view.sentences[attribution.sentence]
    source = attribution.source
    if source is not None and source.end <= attribution.cue.start:
        start = source.end
        if tokens.is_grammar(start, "ergative") or tokens.at(start) in ("को", "का", "की", "के"):
            start += 1
    else:
        start = _clause_start(tokens, end)
    for at in range(end - 1, start, -1):
        if at + 1 < end and (tokens.at(at) == "हुए" or _told_first(tokens, at)):
            start = at + 1
            break
    return _skip_adverbials(tokens, start, end)


def _told_first(tokens: Tokens, at: int) -> bool:
    """"पत्र लिखकर", "ट्वीट कर": how it was told, before what was told."""
    word, lex = tokens.at(at), tokens.lex
    if any(form is Form.CONJUNCTIVE for _, form in lex.verbs.get(word, ())):
        return True
    before = tokens.at(at - 1)
    return word in ("कर", "करके") and (before in lex.statements or before in lex.verbs)


def _skip_adverbials(tokens: Tokens, start: int, end: int) -> int:
    lex = tokens.lex
    moved = True
    while moved and start < end:
        moved = False
        word = tokens.words[start]
        if word.upos in ("PUNCT", "PART", "CCONJ", "ADP") or (
            tokens.at(start) in lex.leaders and word.upos not in ("PRON", "DET", "NUM")
        ):
            start, moved = start + 1, True
            continue
        if tokens.at(start) in ("इसके", "उसके", "इससे", "उससे") and tokens.at(start + 1) in lex.leaders:
            start, moved = start + 2, True
            continue
        # "30 अगस्त को", "पिछले हफ्ते", "इस दौरान"; "पत्रकारों से", "समाचार एजेंसी को"
        for at in range(start, min(start + 5, end - 1)):
            follows = tokens.at(at)
            if follows in ("को", "में") and at > start and all(
                tokens.at(k) in lex.leaders or tokens.words[k].upos == "NUM" for k in range(start, at)
            ):
                start, moved = at + 1, True
                break
            if follows == "से" and at > start and (
                tokens.at(at - 1) in lex.groups or tokens.at(at - 1) in lex.titles or tokens.at(at - 1) in lex.grammar["addressees"]
            ):
                start, moved = at + 1, True
                break
            if tokens.words[at].upos == "ADP":
                break
    return start


def _nominal(view: View, attribution: Attribution) -> Content | None:
    tokens = view.sentences[attribution.sentence]
    cue = attribution.cue
    entry = cue.nominal
    if entry is None:
        return None
    if "object" in entry.frames:
        return _complement(view, attribution, cue.start)
    at = cue.start - 1
    while at > 0 and (tokens.is_grammar(at, "particles") or tokens.words[at].upos in ("ADJ", "DET", "NUM", "PART")):
        at -= 1
    while at > 2 and tokens.at(at) in ("से", "पर") and tokens.is_grammar(at - 1, "manner"):
        at -= 2
        while at > 0 and tokens.words[at].upos in ("ADJ", "DET", "ADV", "PART"):
            at -= 1
    marker = tokens.at(at)
    if marker in ("का", "की", "के") and "gen" in entry.frames:
        pass
    elif marker == "से" and "se" in entry.frames:
        if tokens.at(at - 1).endswith("ने") and tokens.words[at - 1].upos in ("VERB", "AUX", "NOUN"):
            if not _denies_fact(tokens, at - 1):
                return None
    elif marker == "को" and "ko" in entry.frames:
        if tokens.at(at - 1) not in tokens.lex.reported:
            return None
    else:
        return None
    if entry.event and not _infinitive(tokens, at - 1):
        return None
    if entry.lemma == "खंडन" and not (_infinitive(tokens, at - 1) or tokens.at(at - 1) in tokens.lex.reported):
        return None
    if tokens.at(at - 1) in ("बात", "इस", "उस", "बारे"):
        return None
    start = _region(view, attribution, at)
    if cue.denied and at - start < _DENIED_WORDS and not _infinitive(tokens, at - 1):
        return None
    if start >= at:
        return None
    if attribution.source is None and (cue.passive or not attribution.continued):
        return None
    return _indirect(view, tokens.words[start].start, tokens.words[at - 1].end, "nominal", attribution)


def _infinitive(tokens: Tokens, at: int) -> bool:
    word = tokens.at(at)
    return word.endswith("ने") and len(word) > 3 and tokens.words[at].upos in ("VERB", "AUX", "NOUN")


def _denies_fact(tokens: Tokens, at: int) -> bool:
    """"होने से", "किए जाने से" deny; "करने से" refuses (annotation rule 8)."""
    word = tokens.at(at)
    return word in ("होने", "रहने") or (word == "जाने" and tokens.at(at - 1).endswith(("ए", "े", "ा")))


def _is_verdict(tokens: Tokens, attribution: Attribution) -> bool:
    """"अदालत ने … को दोषी करार दिया": a decision, not a claim (annotation rule 8)."""
    source, cue = attribution.source, attribution.cue
    if source is None or cue.lemma not in ("करार", "ठहराना"):
        return False
    return tokens.is_grammar(source.head, "courts")


def _clause_start(tokens: Tokens, end: int) -> int:
    start = 0
    for at in range(end - 1, -1, -1):
        if tokens.ends_clause(at) or tokens.is_complementizer(at) or tokens.at(at) == ";":
            start = at + 1
            break
    return _skip_adverbials(tokens, start, end)


def _hearer(tokens: Tokens, at: int) -> bool:
    """Is the noun before "को" somebody who can be told things?"""
    lex = tokens.lex
    if tokens.at(at) in lex.pronouns["dative"]:
        return tokens.at(at) not in ("इसे", "इन्हें")
    head = tokens.at(at - 1)
    return (
        tokens.words[at - 1].ner in ("PER", "ORG")
        or head in lex.titles
        or head in lex.groups
        or head in lex.organizations
        or head in lex.grammar["addressees"]
    )


def _object(view: View, attribution: Attribution) -> Content | None:
    cue = attribution.cue
    if cue.verb is None or not cue.verb.object:
        return None
    tokens = view.sentences[attribution.sentence]
    if tokens.at(cue.end) == "कि":
        return None
    return _request(view, attribution) or _complement(view, attribution, cue.start)


def _request(view: View, attribution: Attribution) -> Content | None:
    """"X से … करने को कहा": an order or request, of low certainty (annotation rule 7)."""
    tokens = view.sentences[attribution.sentence]
    at = attribution.cue.start - 1
    asked = attribution.cue.lemma == "कहना" and tokens.at(at) == "को" and _infinitive(tokens, at - 1)
    if not asked or attribution.source is None:
        return None
    start = _region(view, attribution, at)
    if start >= at:
        return None
    return _indirect(
        view, tokens.words[start].start, tokens.words[at - 1].end, "request", attribution
    )


def _complement(view: View, attribution: Attribution, end: int) -> Content | None:
    """"A को B बताया": object and predicate complement."""
    tokens = view.sentences[attribution.sentence]
    lex = tokens.lex
    if attribution.source is None and not attribution.continued:
        return None
    start = _region(view, attribution, end)
    last = end - 1
    while last > start and tokens.is_grammar(last, "particles"):
        last -= 1
    if last <= start:
        return None
    object_at = -1
    for at in range(start, last):
        if tokens.at(at) == "को" or tokens.at(at) in lex.pronouns["dative"]:
            object_at = at
            break
    source = attribution.source
    if object_at < 0 and source is not None and source.end <= end:
        # "A को X ने B बताया"
        for at in range(source.start - 1, -1, -1):
            if tokens.ends_clause(at) or tokens.is_complementizer(at):
                break
            if tokens.at(at) == "को" and at == source.start - 1:
                object_at, start = at, _clause_start(tokens, at)
                break
    if object_at < 0:
        return None
    complement = tokens.words[last]
    quoted_complement = tokens.at(last) in "\"'”’" and view.text[complement.start : complement.end].strip("\"'”’") == ""
    if not quoted_complement:
        if tokens.is_grammar(last, "no_complement") or complement.upos in (
            "PRON", "ADV", "PUNCT", "DET", "SCONJ", "CCONJ",
        ):  # fmt: skip
            return None
        if tokens.is_grammar(last, "interrogatives"):
            return None
        told = tokens.at(last) in lex.grammar["told_things"]
        if told and (_hearer(tokens, object_at) or last == object_at + 1):
            return None
        if _is_verdict(tokens, attribution):
            return None
        if complement.upos in ("VERB", "AUX") and tokens.is_grammar(last, "auxiliaries"):
            return None
    if tokens.has_finite(start, object_at):
        return None
    return _indirect(view, tokens.words[start].start, tokens.words[last].end, "object", attribution)
