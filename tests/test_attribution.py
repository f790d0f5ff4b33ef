"""The attribution room, through `attribute`, on stored parses: no model is loaded.

The cases are in ``data/attribution/cases.toml``; ``tests/parses.py`` stores their parses.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from claimx.attribution import attribute
from claimx.attribution.lexicon import lexicon
from claimx.attribution.predicates import find_cues
from claimx.attribution.prefilter import may_attribute
from claimx.attribution.tokens import Tokens
from claimx.language.normalize import clean
from claimx.language.quotes import pair_quotes
from claimx.language.segments import paragraphs, sentences
from claimx.records import Article, Parsed, Quotation, Sentence, Span, Statement, Word
from tests.parses import Case, dump, load, load_cases, stored

CASES = load_cases()
# What a claim of `cases.toml` has unless it says otherwise.
DEFAULTS = {"kind": "indirect", "act": "say", "polarity": "affirmed", "via": None}
# Below this a statement counts as one of low certainty (annotation rule 7).
LOW = 0.6


@cache
def parses() -> dict[str, Parsed]:
    return stored()


def parse_of(case: Case) -> Parsed:
    parsed = parses().get(case.id)
    if parsed is None or parsed.article.text != case.text:
        raise LookupError(f"no parse of {case.id} as it is now: run python -m tests.parses")
    return parsed


def table() -> list[Any]:
    """All cases; one that is not met yet must fail."""
    return [pytest.param(case, id=case.id, marks=_marks(case)) for case in CASES]


def _marks(case: Case) -> tuple[pytest.MarkDecorator, ...]:
    if not case.fails:
        return ()
    # LookupError, a missing parse, is no known failure.
    faults = (AssertionError, IndexError)
    return (pytest.mark.xfail(strict=True, reason=case.fails, raises=faults),)


def direct(name: str) -> str:
    """के, की before a head as का: a phrase may be cited in either case."""
    return " ".join("का" if word in ("के", "की") else word for word in name.split())


def accepted(found: object, expected: object) -> bool:
    choices: list[object] = expected if isinstance(expected, list) else [expected]
    if isinstance(found, str):
        return direct(found) in [direct(name) for name in choices if isinstance(name, str)]
    return found in choices


def as_found(statement: Statement, text: str, expected: Mapping[str, Any]) -> dict[str, Any]:
    """The statement's fields that an expected claim speaks of."""
    found: dict[str, Any] = {
        "claim": text[statement.content.start : statement.content.end],
        "type": statement.speaker_type,
        "low": statement.confidence < LOW,
    }
    for key in expected:
        if key not in found:
            found[key] = getattr(statement, key)
    return found


def expectation(claim: Mapping[str, Any]) -> dict[str, Any]:
    named = "name" if claim.get("speaker") else "unresolved"
    return {**DEFAULTS, "speaker": None, "resolution": named, **claim}


def show(statements: tuple[Statement, ...], text: str) -> list[str]:
    return [text[s.content.start : s.content.end] for s in statements]


@pytest.mark.parametrize("case", table())
def test_claims_of(case: Case) -> None:
    statements = attribute(parse_of(case))
    assert sorted(show(statements, case.text)) == sorted(c["claim"] for c in case.claims)
    for claim in case.claims:
        expected = expectation(claim)
        statement = statements[show(statements, case.text).index(claim["claim"])]
        found = as_found(statement, case.text, expected)
        wrong = {
            key: (found[key], value)
            for key, value in expected.items()
            if not accepted(found[key], value)
        }
        assert not wrong, f"found, expected: {wrong}"


@pytest.mark.parametrize("table", ["nominals", "verbs", "copular", "dative", "postpositions"])
def test_every_entry_of_the_lexicon_has_a_case(table: str) -> None:
    tested = {case.entry[1:] for case in CASES if case.entry[:1] == (table,)}
    lex = lexicon()
    entries: dict[str, set[tuple[str, ...]]] = {
        "nominals": {(e.lemma, frame) for e in lex.nominals.values() for frame in e.frames},
        "verbs": {(entry.lemma,) for uses in lex.verbs.values() for entry, _ in uses},
        "copular": {(entry.lemma,) for entry in lex.copular.values()},
        "dative": {(entry.lemma,) for entry in lex.dative.values()},
        "postpositions": {(entry.lemma,) for entry in lex.postpositions},
    }
    assert entries[table] - tested == set()


def test_stored_parses_survive_the_round_trip() -> None:
    for parsed in parses().values():
        assert load(dump(parsed)) == parsed


def test_low_certainty_is_less_certain_than_a_plain_claim() -> None:
    by_id = {case.id: case for case in CASES}
    plain = attribute(parse_of(by_id["ki"]))[0].confidence
    for id in ("passive-nobody", "impersonal-accused", "nominals-अपील-gen"):
        assert attribute(parse_of(by_id[id]))[0].confidence < plain


# --- Properties over text that no newsroom would print ----------------------------------------

WORDS = """
    राम सीता मोहन यादव सरकार पुलिस मंत्री प्रवक्ता रिपोर्ट चीन रूस विशेषज्ञों सूत्रों उन्होंने उसने
    उनका इसमें ने को से का के की में पर कि और जबकि लेकिन जो जिन्होंने यह भी नहीं क्या कहा कहते
    कहकर बताया बोले पूछा माना लिखा दावा आरोप इनकार खारिज आशंका चेतावनी करार घोषणा किया लगाया
    दी दिया जताई है हैं था गया गई जा रहा हुए अनुसार मुताबिक हवाले मानें तो द्वारा ओर बात खबर
    होने करने पानी सड़क घर दस 2.5 डॉ. बता दें मैं मैंने हमने NATO
""".split()  # noqa: SIM905
MARKS = [*"\"'“”‘’«»`,;:-–—()।|.?!…🙂", "''", "\n", "\n\n", "\u200d", "\u200c", "\ufeff", " "]
# What holds claims when it comes together, with or without what belongs between.
_PHRASES = """
    राम यादव ने कहा कि/ पुलिस के अनुसार,/ उन्होंने कहा,/ और कहा कि/ बोले मंत्री सीता/ का दावा है कि/
    रिपोर्ट में कहा गया है कि/ का आरोप लगाया/ होने से इनकार किया/ करार दिया/ को झूठा बताया/
    ने कहा: “/ पानी आ गया है।/ घर में पानी नहीं है/ सड़क बन रही है और पानी है/ यह कहते हुए/
    “सड़क अब नहीं बनेगी।”/ जबकि चीन ने बताया कि/ उनका कहना है कि/ माना जा रहा है कि/
    सूत्रों के हवाले से खबर है कि/ ’ राम ने पूछा।
"""
PHRASES = [phrase.strip() for phrase in _PHRASES.split("/")]
PIECES = (
    st.sampled_from(PHRASES)
    | st.sampled_from(WORDS)
    | st.sampled_from(MARKS)
    | st.text(max_size=3)
)
TEXTS = st.lists(st.tuples(PIECES, st.sampled_from([" ", " ", " ", ""])), max_size=60).map(
    lambda pieces: "".join(piece + space for piece, space in pieces)
)
UPOS = "NOUN PROPN VERB AUX ADP PRON ADJ ADV SCONJ CCONJ NUM X".split()  # noqa: SIM905
DEPREL = "nsubj obj obl acl advcl amod case mark root conj".split()  # noqa: SIM905
_TOKEN = regex.compile(r"[\p{L}\p{M}\p{N}\p{Cf}]+|''|\S")


_TAGS = {
    "ADP": "ने को से का के की में पर अनुसार मुताबिक हवाले द्वारा",
    "VERB": "कहा बताया बोले पूछा लगाया किया दिया गया आ रही बन बनेगी कहते इनकार",
    "AUX": "है हैं था गई जा रहा हुए",
    "PROPN": "राम सीता मोहन यादव चीन रूस",
    "PRON": "उन्होंने उसने उनका इसमें यह",
    "SCONJ": "कि जबकि",
    "CCONJ": "और लेकिन",
}
_LIKELY = {word: upos for upos, words in _TAGS.items() for word in words.split()}


def _upos(word: str, choose: random.Random, *, likely: bool) -> str:
    """A tag at random, or the one that the word mostly has."""
    if not word[0].isalnum():
        return "PUNCT"
    return _LIKELY.get(word, "NOUN") if likely else choose.choice(UPOS)


def fake_parse(text: str, seed: int, *, trees: bool = True) -> Parsed:
    """The language room's own cutting with a random analysis in place of the models'."""
    choose = random.Random(seed)
    cleaned = clean(text)
    lines = paragraphs(cleaned.text)
    quotes = pair_quotes(cleaned.text, lines)
    parsed: list[Sentence] = []
    for number, line in enumerate(lines):
        for span in sentences(cleaned.text, line, quotes):
            likely = choose.random() < 0.7
            found = list(_TOKEN.finditer(cleaned.text, span.start, span.end))
            words = []
            for at, match in enumerate(found):
                place = cleaned.original(*match.span())
                head = choose.randrange(-1, len(found)) if trees else -1
                words.append(
                    Word(
                        text=match.group(),
                        lemma=match.group(),
                        upos=_upos(match.group(), choose, likely=likely),
                        head=-1 if head == at else head,
                        deprel=choose.choice(DEPREL) if trees else "dep",
                        start=place.start,
                        end=place.end,
                        ner=choose.choice(["", "", "", "PER", "ORG", "LOC"]),
                    )
                )
            if words:
                parsed.append(Sentence(tuple(words), number))
    return Parsed(
        Article("-", text, "test"),
        tuple(cleaned.original(line.start, line.end) for line in lines),
        tuple(parsed),
        (),
        tuple(
            Quotation(
                cleaned.original(quote.start, quote.end),
                cleaned.original(quote.outer_start, quote.outer_end),
                quote.closed,
                quote.depth,
            )
            for quote in quotes
        ),
    )


def check(parsed: Parsed) -> tuple[Statement, ...]:
    """What holds for every statement of every text."""
    text = parsed.article.text
    statements = attribute(parsed)
    for statement in statements:
        content, evidence, mention = statement.content, statement.evidence, statement.mention
        words = text[content.start : content.end]
        assert 0 <= content.start < content.end <= len(text)
        assert words == words.strip()
        assert regex.search(r"[\p{L}\p{N}]", words)
        assert 0 <= evidence.start <= content.start
        assert content.end <= evidence.end <= len(text)
        assert text[evidence.start : evidence.end].strip()
        assert 0 <= statement.confidence <= 1
        assert (statement.polarity == "denied") <= (statement.act == "deny")
        if mention is not None:
            assert 0 <= mention.start < mention.end <= len(text)
        if statement.speaker is None:
            assert statement.resolution == "unresolved"
        else:
            assert statement.speaker == statement.speaker.strip() != ""
            assert statement.resolution != "unresolved"
            assert statement.speaker not in ("उन्होंने", "उसने", "उनका", "इसमें", "मैं", "मैंने", "हमने")
    keys = [(s.content.start, -s.content.end) for s in statements]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)
    return statements


@pytest.mark.fuzz
@given(text=TEXTS, seed=st.integers(0, 2**16), trees=st.booleans())
def test_any_text(text: str, seed: int, trees: bool) -> None:
    parsed = fake_parse(text, seed, trees=trees)
    assert check(parsed) == attribute(parsed)


@pytest.mark.fuzz
@given(st.data())
def test_any_change_of_a_real_text(data: st.DataObject) -> None:
    """Words dropped, doubled, swapped for junk in texts that do hold claims."""
    case = data.draw(st.sampled_from(CASES))
    pieces = regex.findall(r"[\p{L}\p{M}]+|\s+|.", case.text)
    for _ in range(data.draw(st.integers(0, 4))):
        at = data.draw(st.integers(0, max(0, len(pieces) - 1)))
        pieces[at : at + data.draw(st.integers(0, 2))] = [data.draw(PIECES)]
    check(fake_parse("".join(pieces), data.draw(st.integers(0, 2**16))))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_every_case_keeps_the_properties(case: Case) -> None:
    check(parse_of(case))


@pytest.mark.fuzz
@given(text=TEXTS, seed=st.integers(0, 2**16))
def test_may_attribute_loses_nothing(text: str, seed: int) -> None:
    for sentence in fake_parse(text, seed).sentences:
        if not may_attribute(text[sentence.start : sentence.end]):
            assert find_cues(Tokens(sentence)) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_may_attribute_keeps_every_cue_of(case: Case) -> None:
    for sentence in parse_of(case).sentences:
        if find_cues(Tokens(sentence)):
            assert may_attribute(case.text[sentence.start : sentence.end])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_trees_do_not_matter_where_nothing_attributes(case: Case) -> None:
    """Sentences without a cue are never parsed: their trees must not be looked at."""
    parsed = parse_of(case)
    choose = random.Random(case.id)
    changed = Parsed(
        parsed.article,
        parsed.paragraphs,
        tuple(
            s if may_attribute(case.text[s.start : s.end]) else _with_another_tree(s, choose)
            for s in parsed.sentences
        ),
        parsed.entities,
        parsed.quotations,
    )
    assert attribute(changed) == attribute(parsed)


def _with_another_tree(sentence: Sentence, choose: random.Random) -> Sentence:
    heads = range(-1, len(sentence.words))
    return replace(
        sentence,
        words=tuple(
            replace(word, head=choose.choice(heads), deprel=choose.choice(DEPREL))
            for word in sentence.words
        ),
    )


@pytest.mark.parametrize(
    "text",
    [
        "“" * 3000,
        "\"'" * 1500,
        "राम ने कहा “" * 500,
        "“पानी आ गया है।” राम ने कहा। " * 300,
        "कहा " * 5000,
        "कहा कि " * 2500,
        "राम ने कहा कि " * 1200,
        "के अनुसार " * 2500,
        "आरोप लगाया " * 2500,
        "राम, सीता और " * 1200 + "मोहन ने कहा कि पानी आ गया है।",
        "( " * 2500 + "ने कहा कि पानी आ गया है।",
        "ने " * 5000,
        "उन्होंने कहा कि पानी आ गया है। " * 400,
        "पानी" * 5000,
        "",
        "\n\n\n",
    ],
    ids=lambda text: text[:12].strip() or "empty",
)
def test_hostile_text_is_read_to_its_end(text: str) -> None:
    check(fake_parse(text, 1))


def test_an_article_without_sentences_has_no_claims() -> None:
    assert attribute(Parsed(Article("-", "", "test"), (), ())) == ()


def test_quotations_that_no_sentence_holds_are_left_out() -> None:
    text = "“पानी आ गया है।”"
    lone = Quotation(Span(1, len(text) - 1), Span(0, len(text)))
    assert attribute(Parsed(Article("-", text, "test"), (), (), (), (lone,))) == ()
