"""The search for a cue's source, from the nearest case marker outwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from claimx.attribution.lexicon import Form
from claimx.attribution.predicates import Cue
from claimx.attribution.sources.agents import agent, informant, publisher
from claimx.attribution.sources.heads import ergative_at, headed
from claimx.attribution.sources.phrase import Source
from claimx.attribution.sources.subjects import bare_subject, subject_of_clause
from claimx.attribution.tokens import CLOSED_BRACKET, PREMODIFIER, QUOTE_MARKS, Tokens

# Headline order: words between a cue and the source behind it.
_INVERTED_REACH = 8
# Words between a participle and the subject behind it.
_MAIN_CLAUSE_REACH = 60
# Longest relative clause inserted between a source and its cue, in words.
_INSERTION_REACH = 30


@dataclass(frozen=True, slots=True)
class Search:
    """What a search found: a source, or that an earlier subject goes on.

    Attributes:
        continued: the cue's own clause has no subject.
        inherited: the subject of the clause before it in the same sentence.
    """

    source: Source | None
    continued: bool = False
    inherited: Source | None = None


def find_source(tokens: Tokens, cue: Cue, masked: Sequence[bool]) -> Search:
    """The source of a cue in its own sentence.

    Args:
        masked: True for words to look past: those inside quotations when the cue
            is outside, and the other way round.
    """
    if cue.frame == "dative":
        return Search(headed(tokens, cue.source_head, "dative"))
    if cue.frame == "postposition" and (source := informant(tokens, cue.source_head)):
        return Search(source)
    if cue.frame == "postposition" and (source := publisher(tokens, cue.source_head)):
        return Search(source)
    if cue.judged:
        return Search(headed(tokens, cue.source_head, "genitive"))
    if cue.frame in ("copular", "postposition"):
        source = headed(tokens, cue.source_head, "genitive")
        if source is not None and source.start <= cue.start < source.end - 1:
            source = Source(cue.start + 1, source.end, "genitive")  # "बकौल X"
        return Search(source)
    if cue.frame == "impersonal":
        return Search(None)
    if cue.passive or (cue.nominal is not None and cue.nominal.document_only):
        return Search(agent(tokens, cue, masked) or _of_passive(tokens, cue, masked))
    if modified := _modified(tokens, cue, masked):
        return Search(modified)
    if witnessed := _witnessed(tokens, cue, masked):
        return Search(witnessed)
    if cue.nominal is not None and (within := _within(tokens, cue)):
        return Search(within)
    found = _before(tokens, cue, masked)
    if cue.participle and not (found and found.source and found.source.marker == "ergative"):
        main = _subject_of_main_clause(tokens, cue, masked)
        if main.source is not None or found is None:
            return main  # "A को B बताते हुए X ने कहा"
    bare = _bare_behind(tokens, cue, masked)
    if bare is not None and tokens.is_punct(cue.start - 1) and tokens.words[bare.head].ner:
        return Search(bare)  # "…, बोले मोदी": nobody else stands by the verb
    if found is not None and found.source is not None:
        return found
    if found is None and (behind := _ergative_behind(tokens, cue, masked)):
        return Search(behind)
    if bare is not None:
        return Search(bare)
    if (found is None or found.inherited is None) and (actor := _unmarked(tokens, cue, masked)):
        return Search(actor)
    if found is not None:
        return found
    return Search(None, continued=True)


def _of_passive(tokens: Tokens, cue: Cue, masked: Sequence[bool]) -> Source | None:
    """ "X ने … का अनुमान जताया जा रहा है": an ergative that only a slip put before a passive."""
    for at in range(cue.start - 1, -1, -1):
        if masked[at]:
            continue
        if source := ergative_at(tokens, at):
            return source if cue.nominal is not None and cue.passive else None
        if tokens.is_complementizer(at) or tokens.ends_clause(at) or tokens.is_punct(at):
            return None
    return None


def _within(tokens: Tokens, cue: Cue) -> Source | None:
    """ "… का आरोप X ने Y पर लगाया": X, between the noun and its verb."""
    sources = (ergative_at(tokens, at) for at in range(cue.start + 1, cue.end))
    found = next((source for source in sources if source is not None), None)
    if found is None or found.start > cue.start:
        return found
    return Source(cue.start + 1, found.end, found.marker)


def _unmarked(tokens: Tokens, cue: Cue, masked: Sequence[bool]) -> Source | None:
    """ "ईरान कहा है कि": a name right before the verb whose ने was left out."""
    head = cue.start - 1
    if cue.frame != "verb" or cue.form is not Form.PERFECTIVE or head < 0 or masked[head]:
        return None
    known = tokens.words[head].ner or tokens.at(head) in tokens.lex.organizations
    found = headed(tokens, head, "ergative") if known else None
    if found is None or tokens.is_grammar(found.start - 1, "case_markers"):
        return None
    return found


def _modified(tokens: Tokens, cue: Cue, masked: Sequence[bool]) -> Source | None:
    """ "जांच की मांग कर रहे छात्रों को": the noun that the cue describes."""
    if not tokens.is_grammar(cue.end - 1, "aspect_auxiliaries"):
        return None
    end = cue.end
    while end < len(tokens) and tokens.words[end].upos in PREMODIFIER and not masked[end]:
        end += 1
    return Source(cue.end, end, "nominative") if tokens.is_nominal(end - 1) else None


def _witnessed(tokens: Tokens, cue: Cue, masked: Sequence[bool]) -> Source | None:
    """ "X को यह कहते हुए सुना गया कि": X."""
    if not cue.participle or not tokens.is_grammar(cue.end, "witnessed"):
        return None
    for at in range(cue.start - 1, 0, -1):
        if masked[at]:
            continue
        if tokens.is_complementizer(at) or tokens.ends_clause(at):
            return None
        if tokens.at(at) == "को" and tokens.is_nominal(at - 1):
            return headed(tokens, at - 1, "dative")
        if tokens.at(at) in tokens.lex.pronouns["dative"] or tokens.at(at) in CLOSED_BRACKET:
            return headed(tokens, at, "dative")
    return None


def _before(tokens: Tokens, cue: Cue, masked: Sequence[bool]) -> Search | None:
    """Leftwards: the nearest ergative, then a bare subject, inside the cue's clause."""
    boundary, continued = -1, False
    for at in range(cue.start - 1, -1, -1):
        if masked[at]:
            continue
        if source := ergative_at(tokens, at):
            return Search(source)
        if tokens.is_complementizer(at) or tokens.is_grammar(at, "sentence_ends"):
            boundary = at
            break
        if tokens.ends_main_clause(at):
            if source := _before_insertion(tokens, at):
                return Search(source)
            boundary = at
            continued = tokens.is_grammar(at + 1, "coordinators") or tokens.at(at + 1) == ","
            break
    if subject := bare_subject(tokens, cue, boundary + 1, masked):
        return Search(subject)
    if cue.form is not Form.CONJUNCTIVE:
        cited = agent(tokens, cue, masked, boundary + 1)
        owned = cited is not None and any(
            tokens.is_grammar(at, "genitive") for at in range(cited.start, cited.end)
        )
        if cited is not None and (cited.marker == "citing" or (owned and cue.frame == "verb")):
            return Search(cited)  # "मंत्रालय के बयान में कहा कि"
    if not continued:
        return None
    inherited = _matrix_ergative(tokens, cue, boundary, masked)
    if inherited is None:
        inherited = earlier_ergative(tokens, boundary, masked)
    if inherited is None:
        inherited = subject_of_clause(tokens, boundary, masked)
    return Search(None, continued=True, inherited=inherited)


def _before_insertion(tokens: Tokens, end: int) -> Source | None:
    """ "X ने, जिन्होंने … है, कहा कि": X, where a relative clause ends at ``end``."""
    if tokens.at(end + 1) != ",":
        return None
    for at in range(end, max(0, end - _INSERTION_REACH), -1):
        if tokens.at(at) == "," and tokens.is_grammar(at + 1, "relatives"):
            return ergative_at(tokens, at - 1) if tokens.is_ergative(at - 1) else None
    return None


def earlier_ergative(tokens: Tokens, start: int, masked: Sequence[bool]) -> Source | None:
    """The nearest ergative at or before the word ``start``, in the same clause level.

    Args:
        masked: True for words to look past.
    """
    for at in range(start, -1, -1):
        if masked[at]:
            continue
        if tokens.is_complementizer(at):
            return None
        if source := ergative_at(tokens, at):
            return source
    return None


def _matrix_ergative(
    tokens: Tokens, cue: Cue, boundary: int, masked: Sequence[bool]
) -> Source | None:
    """ "X ने कहा कि Y ने … किया और आरोप लगाया कि": X, where both clauses have their कि."""
    if tokens.at(cue.end) != "कि":
        return None
    for at in range(boundary, 0, -1):
        if not masked[at] and tokens.is_complementizer(at):
            told = tokens.at(at - 1) in tokens.lex.verbs or tokens.is_finite(at - 1)
            return earlier_ergative(tokens, at - 1, masked) if told else None
    return None


def _subject_of_main_clause(tokens: Tokens, cue: Cue, masked: Sequence[bool]) -> Search:
    """ "A को B बताते हुए X ने कहा": the subject behind the participle."""
    if tokens.at(cue.end) == "कि" and (behind := _behind_clause(tokens, cue, masked)):
        return Search(behind)
    for at in range(cue.end, min(cue.end + _MAIN_CLAUSE_REACH, len(tokens))):
        if masked[at]:
            continue
        if tokens.is_complementizer(at) or tokens.ends_clause(at):
            break
        if source := ergative_at(tokens, at):
            return Search(source if source.start >= cue.end else None)
        if (
            tokens.is_grammar(at, "perfective_passive")
            and tokens.at(at - 1) in tokens.lex.verbs
        ):
            return Search(agent(tokens, cue, masked))  # "… लगाते हुए कहा गया है कि"
    if source := _bare_subject_behind(tokens, cue, masked):
        return Search(source)
    return Search(None, continued=True)


def _behind_clause(tokens: Tokens, cue: Cue, masked: Sequence[bool]) -> Source | None:
    """ "यह कहते हुए कि S, X ने …": who opens the main clause behind the comma."""
    for comma in range(cue.end + 1, min(cue.end + _MAIN_CLAUSE_REACH, len(tokens))):
        closed = masked[comma - 1] or tokens.is_finite(comma - 1)
        if tokens.at(comma) != "," or not (closed or tokens.at(comma - 1) in QUOTE_MARKS):
            continue
        for at in range(comma + 1, min(comma + _INSERTION_REACH, len(tokens))):
            if tokens.is_complementizer(at) or tokens.ends_clause(at):
                break
            source = None if masked[at] else ergative_at(tokens, at)
            if source is not None:
                return source if source.start == comma + 1 else None
    return None


def _bare_subject_behind(tokens: Tokens, cue: Cue, masked: Sequence[bool]) -> Source | None:
    """ "यह कहते हुए X रो पड़े": somebody right behind the participle, without a case marker."""
    end = cue.end
    while end < len(tokens) and tokens.words[end].upos in PREMODIFIER and not masked[end]:
        end += 1
    if end == cue.end or end == len(tokens) or tokens.words[end].upos == "ADP":
        return None
    known = tokens.words[end - 1].ner == "PER" or tokens.at(end - 1) in tokens.lex.titles
    return Source(cue.end, end, "nominative") if known else None


def _ergative_behind(tokens: Tokens, cue: Cue, masked: Sequence[bool]) -> Source | None:
    """Headline order: "कहा X ने"."""
    for at in range(cue.end, min(cue.end + _INVERTED_REACH, len(tokens))):
        if masked[at] or tokens.is_finite(at) or tokens.at(at) == "कि":
            break
        if tokens.is_grammar(at, "relatives") or tokens.is_grammar(at, "conditionals"):
            break  # "… बताएं, जहां किसी ने …": another clause's
        if tokens.is_grammar(at, "ergative") and at > cue.end:
            found = headed(tokens, at - 1, "ergative")
            return found if found and found.start >= cue.end else None
        if tokens.at(at) in tokens.lex.pronouns["ergative"]:
            return Source(at, at + 1, "ergative")
    return None


def _bare_behind(tokens: Tokens, cue: Cue, masked: Sequence[bool]) -> Source | None:
    """Headline order: "…, बोले X"."""
    if cue.lemma != "बोलना" or cue.form is not Form.PERFECTIVE:
        return None
    end = cue.end
    while end < len(tokens) and tokens.words[end].upos in PREMODIFIER and not masked[end]:
        end += 1
    if end > cue.end and (end == len(tokens) or tokens.is_punct(end)):
        return Source(cue.end, end, "nominative")
    return None
