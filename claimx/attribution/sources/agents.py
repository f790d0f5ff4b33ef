"""Agents of passives and documents: "X की ओर से कहा गया", "रिपोर्ट में कहा गया"."""

from __future__ import annotations

from collections.abc import Sequence

from claimx.attribution.predicates import Cue
from claimx.attribution.predicates.postpositional import is_somebody
from claimx.attribution.sources.heads import headed
from claimx.attribution.sources.phrase import Marker, Source
from claimx.attribution.tokens import Tokens

# Words between "द्वारा", "की ओर से" and the document that is put out.
_ISSUER_REACH = 6
# Words from "मिली" to what was received.
_RECEIVED_REACH = 4


def agent(tokens: Tokens, cue: Cue, masked: Sequence[bool], start: int = 0) -> Source | None:
    """The nearest agent or document before a cue, inside its clause.

    A document goes on over "और": "रिपोर्ट में … की चर्चा है और कहा गया है कि".

    Args:
        masked: True for words to look past.
        start: index of the first word to look at.
    """
    own_clause = True
    for at in range(cue.start - 1, start - 1, -1):
        if masked[at]:
            continue
        if tokens.is_complementizer(at):
            return None
        if tokens.ends_main_clause(at):
            if not (cue.passive and tokens.is_grammar(at + 1, "coordinators")):
                return None
            own_clause = False
        if own_clause and (closed := _agent_head(tokens, at)):
            return headed(tokens, *closed)
        if found := _document(tokens, at, cue):
            return found
    return None


def _agent_head(tokens: Tokens, at: int) -> tuple[int, Marker] | None:
    """ "X की ओर से", "X के हवाले से", "X द्वारा" that ends at ``at``: where X ends."""
    before = tokens.at(at - 2)
    if _on_behalf(tokens, at):
        if before == "की":
            return at - 3, "agent"
        if before in tokens.lex.pronouns["genitive"]:
            return at - 2, "agent"  # "उनकी ओर से"
    if before == "के" and tokens.at(at - 1) == "हवाले" and tokens.at(at) == "से":
        return at - 3, "citing"
    if tokens.at(at) == "द्वारा":
        return _before_by(tokens, at), "agent"
    return None


def _document(tokens: Tokens, at: int, cue: Cue) -> Source | None:
    """ "इसमें", "रिपोर्ट में", "अध्ययन से (पता चला)" that ends at ``at``."""
    lex, word, head = tokens.lex, tokens.at(at), tokens.at(at - 1)
    if word in lex.pronouns["document"]:
        return Source(at, at + 1, "document")
    if word in ("में", "पर") and (head in lex.own_documents or head in lex.statements):
        told_by = informant(tokens, at - 1) or issuer(tokens, at - 1)
        return told_by or headed(tokens, at - 1, "document")
    reveals = cue.nominal is not None and cue.nominal.document_only
    if word == "से" and reveals and head in lex.own_documents:
        return headed(tokens, at - 1, "document")
    return None


def informant(tokens: Tokens, report: int) -> Source | None:
    """ "X से मिली जानकारी के अनुसार", "X द्वारा दी गई जानकारी के अनुसार": X.

    Args:
        report: index of "जानकारी".
    """
    if tokens.at(report) not in tokens.lex.hearsay:
        return None
    for at in range(report - 1, max(1, report - _RECEIVED_REACH), -1):
        if tokens.at(at) in tokens.lex.received and tokens.at(at - 1) == "से":
            by_whom = at - 3 if _on_behalf(tokens, at - 1) else at - 2
            if is_somebody(tokens, by_whom):
                return headed(tokens, by_whom, "agent")
    return issuer(tokens, report)


def issuer(tokens: Tokens, document: int) -> Source | None:
    """ "X द्वारा जारी बयान में", "X की ओर से जारी बयान में": X.

    Args:
        document: index of "बयान".
    """
    for at in range(document - 1, max(-1, document - _ISSUER_REACH), -1):
        if tokens.at(at) == "द्वारा":
            return headed(tokens, _before_by(tokens, at), "agent")
        if _on_behalf(tokens, at):
            return headed(tokens, at - 3, "agent")
    return None


def publisher(tokens: Tokens, document: int) -> Source | None:
    """ "मंत्रालय के आज सुबह जारी आंकड़ों के अनुसार", "X द्वारा जारी सूची के मुताबिक": X.

    Args:
        document: index of "आंकड़ों".
    """
    if tokens.at(document) not in tokens.lex.statements | tokens.lex.own_documents:
        return None
    reach = range(document - 1, max(0, document - _ISSUER_REACH), -1)
    issued = next((at for at in reach if tokens.is_grammar(at, "issued")), -1)
    if issued < 0:
        return None
    for at in range(issued - 1, max(0, issued - _ISSUER_REACH), -1):
        if tokens.is_grammar(at, "genitive") and is_somebody(tokens, at - 1):
            return headed(tokens, at - 1, "agent")
    return issuer(tokens, document)


def _on_behalf(tokens: Tokens, at: int) -> bool:
    """ "(की) ओर से", "(की) तरफ से"."""
    return tokens.at(at) == "से" and tokens.is_grammar(at - 1, "behalf")


def _before_by(tokens: Tokens, at: int) -> int:
    """Index of the word before "द्वारा" or "के द्वारा"."""
    return at - 2 if tokens.at(at - 1) == "के" else at - 1
