"""Companies called by their kind alone: "कंपनी ने", for the only one an article names."""

from __future__ import annotations

from collections.abc import Iterator

from claimx.attribution.cutting import tidy
from claimx.attribution.lexicon import fold, lexicon
from claimx.attribution.names import skeleton
from claimx.attribution.reading import Reading
from claimx.attribution.tokens import NOMINAL, Tokens

# Words between a company's genitive and what it earns or who runs it.
_FIGURE_REACH = 16
# How far back a company that is called by its kind spoke, in sentences.
_SPEAKING_REACH = 3
# A company's name has at most so many words.
_NAME_WORDS = 5


def which_company(reading: Reading, sentence: int, kind: str) -> str | None:
    """The company that spoke last, or the only one that the article names, as told by what
    stands beside the name.

    Args:
        sentence: index of the sentence in which it is called by its kind.
        kind: what it is called: "कंपनी", "फर्म", "बैंक".

    Returns:
        None where the word is no kind of company, or none or several are named.
    """
    if fold(kind) not in lexicon().companies["kinds"]:
        return None
    if spoke := _speaking(reading, sentence):
        return spoke
    institute = fold(kind) in lexicon().companies["institute_kinds"]
    names = _institutes(reading) if institute else set()
    names = names or set(_known(reading))
    return next(iter(names)) if len(names) == 1 else None


def _institutes(reading: Reading) -> set[str]:
    """ "एम्स", "आईआईटी रुड़की": the institutes known by their short names."""
    found = set()
    for tokens in reading.view.sentences:
        for at in range(len(tokens)):
            if tokens.at(at) in tokens.lex.companies["institutes"]:
                behind = tokens.words[at + 1 : at + 3]
                place = [word.upos for word in behind] == ["PROPN", "ADP"]
                start, end = tokens.words[at].start, tokens.words[at + place].end
                found.add(tidy(reading.view.text[start:end]))
    return {name for name in found if not any(other.startswith(f"{name} ") for other in found)}


def is_company(reading: Reading, name: str, role: str | None) -> bool:
    """ "निवेश फर्म X", "सीमेंट निर्माता X": a company, though the name reads like a person's."""
    lex, trade = lexicon(), fold((role or "").split(" ")[-1])
    if trade not in lex.companies["trades"]:
        return False
    return trade in lex.organizations or name in _known(reading)


def _known(reading: Reading) -> tuple[str, ...]:
    if reading.companies is None:
        reading.companies = tuple(_companies(reading))
    return reading.companies


def _speaking(reading: Reading, sentence: int) -> str | None:
    """The organisation that spoke right before, where it is of no other kind."""
    if not reading.history:
        return None
    spoke, speaker = reading.history[-1]
    if speaker.type != "organization" or not speaker.name or sentence - spoke > _SPEAKING_REACH:
        return None
    lex, words = lexicon(), [fold(word) for word in speaker.name.split()]
    others = (lex.organizations - lex.companies["last_words"]) | lex.countries | lex.parties
    own = words[-1] not in others and (len(words) > 1 or words[0] not in lex.companies["kinds"])
    return speaker.name if own else None


def _companies(reading: Reading) -> list[str]:
    """The article's companies, each under its fullest name."""
    found: dict[tuple[str, ...], str] = {}
    for tokens in reading.view.sentences:
        for start, end in _named(tokens):
            text = reading.view.text[tokens.words[start].start : tokens.words[end - 1].end]
            found.setdefault(
                tuple(skeleton(word) for word in tokens.folded[start:end]), tidy(text)
            )
    return [name for keys, name in found.items() if not _is_short(keys, found)]


def _is_short(keys: tuple[str, ...], names: dict[tuple[str, ...], str]) -> bool:
    """ "रुद्र" beside "रुद्र इंडिया": the beginning of another name."""
    return any(len(other) > len(keys) and other[: len(keys)] == keys for other in names)


def _named(tokens: Tokens) -> Iterator[tuple[int, int]]:
    """Names of companies in a sentence (word indices, half open)."""
    end = 0
    for start in range(len(tokens)):
        if start < end or not _is_part(tokens, start) or tokens.at(start) in tokens.lex.titles:
            continue
        end = start + 1
        while end < len(tokens) and end - start < _NAME_WORDS and _is_part(tokens, end):
            end += 1
        begin, end = _widened(tokens, start, end)
        trade = _is_trade(tokens, begin - 1)
        other = all(tokens.words[at].ner in ("LOC", "PER") for at in range(start, end))
        if other and not (trade and tokens.at(begin - 1) in tokens.lex.organizations):
            continue  # but "कंपनी नीलकंठ सॉफ्टेक", whatever the recogniser takes it for
        marked = tokens.is_grammar(end, "genitive") or tokens.is_ergative(end)
        if (trade and marked) or _is_told_by_what_it_has(tokens, end):
            yield begin, end


def _widened(tokens: Tokens, start: int, end: int) -> tuple[int, int]:
    """ "कंपनी ज्योति फार्मा", "कंपनी विंध्य सीमेंट": with the words that are none but here names."""
    last = tokens.words[end - 1]
    if last.deprel == "compound" and last.head == end and tokens.is_nominal(end):
        end += 1
    begin = start
    while begin > 0 and not _is_trade(tokens, begin - 1):
        before = tokens.words[begin - 1]
        if before.deprel != "compound" or not begin <= before.head < end:
            return start, end
        begin -= 1
    return (begin, end) if begin > 0 else (start, end)


def _is_trade(tokens: Tokens, at: int) -> bool:
    """ "सीमेंट निर्माता", but not "फिल्म निर्माता", a person."""
    trade = tokens.at(at) in tokens.lex.companies["trades"]
    return trade and tokens.at(at - 1) not in tokens.lex.companies["arts"]


def _is_part(tokens: Tokens, at: int) -> bool:
    """May the word be part of a company's name?"""
    lex, word, folded = tokens.lex, tokens.words[at], tokens.at(at)
    proper = (word.upos == "PROPN" or word.ner == "ORG") and not folded.isdigit()
    closed = lex.companies["trades"] - lex.companies["last_words"]
    outside = (closed, lex.companies["others"], lex.leaders, lex.countries)
    body = folded in lex.organizations and folded not in lex.companies["last_words"]
    return proper and not body and not any(folded in words for words in outside)


def _is_told_by_what_it_has(tokens: Tokens, at: int) -> bool:
    """ "X का … मुनाफा", "X के चेयरमैन": a company's figures and officers behind its genitive."""
    if not tokens.is_grammar(at, "genitive"):
        return False
    has = tokens.lex.companies["has"]
    for behind in range(at + 1, min(at + _FIGURE_REACH, len(tokens))):
        if tokens.at(behind) in has:
            return True
        word = tokens.words[behind]
        if tokens.is_punct(behind) and tokens.at(behind) != "-":
            return False
        marked = word.upos == "ADP" and not tokens.is_grammar(behind, "genitive")
        if tokens.is_finite(behind) or (marked and tokens.at(behind) != "में"):
            return False
        if word.upos == "CCONJ" or (word.upos in NOMINAL and word.ner == "PER"):
            return False
    return False
