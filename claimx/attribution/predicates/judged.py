"""Words for which somebody is praised or blamed: "यह कहने के लिए Y की आलोचना की कि S"."""

from __future__ import annotations

from claimx.attribution.lexicon import Form, VerbEntry
from claimx.attribution.predicates.cue import Cue
from claimx.attribution.tokens import Tokens

# Words from "के लिए" to the कि behind what is thought of it.
_CLAUSE_REACH = 16
# Words between who is judged and the judgement: "Y की जमकर आलोचना".
_JUDGEMENT_REACH = 4


def judged(tokens: Tokens, index: int, entry: VerbEntry, form: Form) -> Cue | None:
    """The infinitive of a verb of saying, and Y for its source."""
    purpose = tokens.is_grammar(index + 1, "genitive") and tokens.at(index + 2) == "लिए"
    if form is not Form.INFINITIVE or not purpose or index < 1:
        return None
    if not tokens.is_grammar(index - 1, "correlatives"):
        return None
    start = index + 3
    clause = range(start, min(start + _CLAUSE_REACH, len(tokens)))
    end = next((at for at in clause if tokens.is_grammar(at, "complementizers")), -1)
    if end < 0 or not tokens.has_finite(start, end):
        return None
    head = _who(tokens, start, end)
    if head < 0 and _is_marker(tokens, index - 2):  # "Y की यह कहने के लिए आलोचना की कि"
        within = any(tokens.is_grammar(at, "judgements") for at in range(start, end))
        head = index - 3 if within else -1
    if head < 0:
        return None
    return Cue(
        frame="verb",
        start=index,
        end=end,
        lemma=entry.lemma,
        act=entry.act,
        form=form,
        source_head=head,
        verb=entry,
    )


def _who(tokens: Tokens, start: int, end: int) -> int:
    """Index of the last word of whom a judgement between two words is about, or -1."""
    for at in range(start, end):
        near = range(at + 1, min(at + 1 + _JUDGEMENT_REACH, end))
        if not any(tokens.is_grammar(k, "judgements") for k in near):
            continue
        if tokens.at(at) in tokens.lex.pronouns["genitive"] | tokens.lex.pronouns["dative"]:
            return at
        if at > start and _is_marker(tokens, at):
            behind = tokens.is_nominal(at + 1) and not tokens.is_grammar(at + 1, "judgements")
            if not behind:
                return at - 1
    return -1


def _is_marker(tokens: Tokens, at: int) -> bool:
    return tokens.is_grammar(at, "genitive") or tokens.at(at) == "को"
