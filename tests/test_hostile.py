"""Articles from the open web, through all rooms: whatever they hold, it stays text.

The networks are played by `tests.light`; the tests with the real ones are marked. The
long inputs are guarded against a hang, and only that: none is a matter of seconds.
"""

# ruff: noqa: E501 (tables, one entry a line)

from __future__ import annotations

import io
import json
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import jsonschema
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from claimx.articles import read_articles
from claimx.attribution.prefilter import may_attribute
from claimx.errors import InputError
from claimx.language import Analyzer, lay_out
from claimx.output import schema, write
from claimx.output.csvfile import read_claims
from claimx.output.safety import unsafe
from claimx.pipeline import claims_of, join
from claimx.records import Article, Claim
from claimx.store import Store, StoreReader
from tests.light import NAMES, LightAnalyzer

# Far beyond what any of these takes, on any machine.
PATIENCE = 120

LIGHT = LightAnalyzer(needs_tree=may_attribute)


def claims_in(*articles: Article, analyzer: Analyzer = LIGHT) -> list[Claim]:
    """All claims of articles, in their order; no article may fail."""
    claims: list[Claim] = []
    for _, found in analyzer.map(articles, claims_of):
        assert not isinstance(found, Exception), found
        claims.extend(found)
    return claims


def read(text: str) -> list[Article]:
    """What the reading room makes of a file with this text; no other error than its own."""
    refused: list[InputError] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "लेख.txt"
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        articles = list(read_articles([str(path)], on_error=refused.append))
    assert len(articles) + len(refused) == 1
    for error in refused:
        assert len(str(error).splitlines()) == 1
    return articles


def assert_verbatim(article: Article, claims: list[Claim]) -> None:
    text = article.text
    for claim in claims:
        assert 0 <= claim.start < claim.end <= len(text)
        assert claim.claim == text[claim.start : claim.end]
        assert claim.evidence == text[claim.evidence_start : claim.evidence_end]
        assert claim.mention is None or claim.mention in text
        assert 0 <= claim.confidence <= 1
        for fact in claim.facts:
            assert fact.text == text[fact.start : fact.end]
            assert claim.start <= fact.start < fact.end <= claim.end
    assert len({claim.id for claim in claims}) == len(claims)


def written(claims: list[Claim], format: str) -> str:
    stream = io.StringIO(newline="")
    write(claims, format, stream, width=80)
    return stream.getvalue()


def assert_every_format_holds(claims: list[Claim]) -> None:
    """The exact formats give the claims back; none lets anything unsafe through."""
    lines = written(claims, "jsonl")
    assert [Claim.from_dict(json.loads(line)) for line in lines.split("\n") if line] == claims
    assert [Claim.from_dict(row) for row in json.loads(written(claims, "json"))] == claims
    assert list(read_claims(io.StringIO(written(claims, "csv"), newline=""))) == claims
    for format in ("table", "markdown", "html", "jsonl", "json"):
        found = unsafe(written(claims, format).replace("\n", ""))
        assert found is None, (format, found)


# --- text of words, marks and junk ------------------------------------------------------------

_PHRASES = (
    "मोहन बंसल ने कहा कि", "सविता राणे के मुताबिक,", "ने बताया कि", "उन्होंने कहा,", "का दावा है कि",
    "के अनुसार", "कहा जा रहा है कि", "से इनकार किया", "पर आरोप लगाया", "इसमें कहा गया", "पुलिस ने कहा:",
    "अरुण देशपांडे: ", "बोले-", "एएफपी के हवाले से", "यह भी पढ़ें", "12 मई 2023 को", "500 करोड़ रुपये",
    "2.5-3 प्रतिशत", "सौ", "पिछले हफ्ते", "कि", "ने", "है", "हैं।", "नहीं",
)  # fmt: skip
_WORDS = (
    *NAMES,
    "पुल",
    "सड़क",
    "बिजली",
    "सड़क",
    "ज़रूरत",
    "क्‍षेत्र",
    "NATO",
    "9:30",
    "५००",
    "डॉ.",
    "कोविड-19",
)
_MARKS = (*"\"'“”‘’«»`„(){}[]<>।.|?!…,;:-–—/\\*#_%₹", "''", "``", "...", "।।", "?!", ". . .")
_JUNK = (
    "\x1b[31m", "\x1b]8;;http://example.org\x07", "\x00", "\x07", "\x7f", "\x85", "\u202e", "\u2066",
    "\u200b", "\u200c", "\u200d", "\ufeff", "\u2028", "\u00ad", "\u00a0", "\U000e0041", "\ufff9",
    "[red]", "[link=http://example.org]", "[/]", "<script>alert(1)</script>", "&lt;", "=1+1", "@SUM(A1)",
    "\u093c", "\u094d", "\u0903" * 9, "क" + "\u0301" * 40, "---", "|---|", "```", "\t", "   ", "😀", "漢字",
)  # fmt: skip
_BREAKS = ("\n", "\n\n", "\r\n", " ", " ", " ", "")
TEXTS = st.lists(
    st.tuples(
        st.one_of(
            st.sampled_from(_PHRASES),
            st.sampled_from(_WORDS),
            st.sampled_from(_MARKS),
            st.sampled_from(_JUNK),
            st.text(max_size=3),
        ),
        st.sampled_from(_BREAKS),
    ),
    max_size=60,
).map(lambda parts: "".join(word + gap for word, gap in parts))


def article(text: str, path: str = "लेख.txt") -> Article:
    return Article(path, text, "परीक्षण", published="2023-05-14")


@pytest.mark.fuzz
@given(TEXTS)
@example("मोहन बंसल ने कहा, “पुल \x1b[31mलाल है\u202e”।\n\n\u200d\u2028[red]")
@example("मोहन बंसल ने कहा कि =1+1 500 करोड़ है।\x00")
@example("---\nमोहन ने कहा कि\n---")
@example("“'“'मोहन ने कहा कि ‘”'")
def test_any_text_goes_through_every_room(text: str) -> None:
    one = article(text)
    found = claims_in(one)
    assert_verbatim(one, found)
    assert claims_in(one) == found
    elsewhere = claims_in(article(text, "अन्यत्र.txt"))
    assert [claim.id for claim in elsewhere] == [claim.id for claim in found]
    joined = join(found)
    assert [claim.id for claim in joined] == [claim.id for claim in found]
    assert_every_format_holds(joined)


@pytest.mark.fuzz
@settings(max_examples=25)
@given(TEXTS)
def test_any_file_is_read_stored_and_shown(text: str) -> None:
    for one in read(text):
        found = claims_in(one)
        assert_verbatim(one, found)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "claims.db"
            with Store(path) as store:
                assert store.save(one, found, "v")
                assert store.cached(one, "v") == found
                assert not store.save(one, found, "v")
            with StoreReader(path) as reader:
                assert sorted(c.id for c in reader.claims()) == sorted(c.id for c in found)


def test_the_generated_texts_hold_claims() -> None:
    """What the properties say of claims would be empty otherwise."""
    one = article("मोहन बंसल ने कहा कि \x1b[31mपुल\u202e 500 करोड़ में बना है।\n\n=1+1 [red]“बंद”")
    (claim,) = claims_in(one)
    assert (claim.speaker, claim.facts[0].value) == ("मोहन बंसल", 5_000_000_000)
    jsonschema.validate(claim.to_dict(), schema())


def outcome(articles: list[Article], folder: Path) -> tuple[Any, Any, Any]:
    """What a run over articles leaves: claims joined, claims stored, speakers stored."""
    claims = claims_in(*articles)
    joined = sorted(join(claims), key=lambda claim: (claim.article, claim.id))
    path = folder / "claims.db"
    with Store(path) as store:
        for one in articles:
            own = [claim for claim in claims if claim.article == one.path]
            assert store.save(one, own, "v")
        stored = sorted(store.claims(), key=lambda claim: (claim.article, claim.id))
        speakers = sorted(
            (speaker.name, speaker.type, speaker.claims) for speaker in store.speakers()
        )
    return joined, stored, speakers


@pytest.mark.fuzz
@settings(max_examples=25)
@given(st.lists(TEXTS, min_size=2, max_size=3), st.randoms(use_true_random=False))
@example(
    ["मोहन बंसल ने कहा कि पुल बंद है।", "बंसल ने बताया कि पुल बंद नहीं है।", "राणे ने कहा कि पुल बंद है।"], None
)
def test_the_order_of_articles_changes_nothing(texts: list[str], random: Any) -> None:
    articles = [article(text, f"{at}.txt") for at, text in enumerate(texts)]
    shuffled = articles[::-1]
    if random:
        random.shuffle(shuffled)
    with tempfile.TemporaryDirectory() as a, tempfile.TemporaryDirectory() as b:
        assert outcome(articles, Path(a)) == outcome(shuffled, Path(b))


# --- inputs made to take for ever -------------------------------------------------------------

CUE = "मोहन बंसल ने कहा कि पुल बंद है। "


def in_lines(text: str, width: int = 90_000) -> str:
    return "\n".join(text[at : at + width] for at in range(0, len(text), width))


def repeated(piece: str, length: int) -> str:
    return in_lines(piece * (length // len(piece)))


# Each grows with its length; the lengths are what the reading room lets in, or what a
# linear way through takes seconds for.
ENDLESS: dict[str, tuple[Callable[[int], str], int]] = {
    "quotation marks": (lambda n: "पुल " + repeated('"', n), 100_000),
    "opening marks": (lambda n: "पुल " + repeated("“", n), 40_000),
    "mixed marks": (lambda n: "पुल " + repeated("“'", n), 30_000),
    "words in quotation marks": (lambda n: repeated('"पुल" ', n), 30_000),
    "a quotation a line": (lambda n: '"पुल"\n' * (n // 6), 40_000),
    "an open quotation a line": (lambda n: '"पुल\n' * (n // 5), 40_000),
    "one kind, then the other": (lambda n: " 'पुल" * (n // 10) + ' "पुल' * (n // 10), 40_000),
    "no danda": (lambda n: repeated("पुल सड़क पानी ", n), 990_000),
    "no space": (lambda n: repeated("पुल", n), 300_000),
    "brackets": (lambda n: "पुल " + in_lines("(" * (n // 2) + ")" * (n // 2)), 100_000),
    "brackets and words": (lambda n: "[क " * (n // 3), 60_000),
    "cues": (lambda n: repeated("ने कहा कि ", n), 6_000),
    "a cue a line": (lambda n: "ने कहा कि\n" * (n // 10), 30_000),
    "nouns of saying": (lambda n: repeated("का दावा है कि ", n), 5_000),
    "speakers and cues": (lambda n: repeated(CUE, n), 15_000),
    "pronouns": (lambda n: repeated("उन्होंने कहा कि पुल बंद है। ", n), 10_000),
    "headlines": (lambda n: "मोहन: पुल बंद है\n" * (n // 17), 8_000),
    "stops": (lambda n: "पुल " + "।" * n, 60_000),
    "full stops": (lambda n: "क. " * (n // 3), 40_000),
    "one spaced line": (lambda n: "पुल" + " " * n + "पुल", 90_000),
    "a quotation of spaces": (lambda n: "मोहन ने कहा, “पुल" + " " * n + "बंद है”", 90_000),
    "a quotation of sentences": (lambda n: "मोहन ने कहा, “" + "पुल बंद है। " * (n // 12) + "”", 60_000),
    "a quotation of hyphens": (lambda n: "मोहन ने कहा, “" + "पुल-" * (n // 4) + "”", 40_000),
    "a quotation of numbers": (
        lambda n: "मोहन ने कहा, “" + "1,000 करोड़ और " * (n // 15) + "”", 40_000,
    ),
    "a quotation of denials": (lambda n: "मोहन ने कहा, “" + "नहीं " * (n // 5) + "”", 30_000),
    "a claim of digits": (lambda n: "मोहन ने कहा कि " + "1," * (n // 2), 60_000),
    "a claim of ranges": (lambda n: "मोहन ने कहा कि " + "1-" * (n // 2), 30_000),
    "one long name": (lambda n: "मोहन " + "बंसल " * (n // 5) + "ने कहा कि पुल बंद है।", 60_000),
    "one long word of a name": (lambda n: "मोहन" + "बंसल" * (n // 4) + " ने कहा कि पुल बंद है।", 60_000),
    "marks on a letter": (lambda n: repeated("क" + "्" * 80_000, n), 90_000),
    "zero-width joiners": (lambda n: "पुल " + repeated("\u200d", n), 90_000),
    "overrides": (lambda n: "मोहन ने कहा कि " + "\u202eपुल " * (n // 5), 30_000),
    "an endless title": (lambda n: "# " + "क" * n + "\n\nमोहन ने कहा कि पुल बंद है।", 90_000),
    "blank lines": (lambda n: "पुल" + "\n" * n + "पुल", 200_000),
    "a word a line": (lambda n: "पुल\n" * (n // 4), 40_000),
}  # fmt: skip


@contextmanager
def patience(seconds: int = PATIENCE) -> Iterator[None]:
    """Fail, rather than hang, where something takes for ever."""

    def give_up(number: int, frame: FrameType | None) -> None:
        raise TimeoutError(f"still not done after {seconds} s")

    if not hasattr(signal, "SIGALRM"):
        yield
        return
    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def everything(one: Article, analyzer: Analyzer = LIGHT) -> list[Claim]:
    """All rooms behind the reading room."""
    joined = join(claims_in(one, analyzer=analyzer))
    for format in ("table", "jsonl", "html"):
        written(joined, format)
    return joined


@pytest.mark.parametrize("name", ENDLESS)
def test_endless_input_comes_to_an_end(name: str) -> None:
    make, length = ENDLESS[name]
    with patience():
        (one,) = read(make(length))
        assert len(one.text) >= length * 0.8
        assert_verbatim(one, everything(one))


class Counted:
    """Counts the calls, of Python and of C functions, inside a ``with`` block."""

    calls = 0

    def __enter__(self) -> Counted:
        self._before = sys.getprofile()
        sys.setprofile(self._count)
        return self

    def __exit__(self, *_: object) -> None:
        sys.setprofile(self._before)

    def _count(self, frame: FrameType, event: str, _: Any) -> None:
        if event in ("call", "c_call"):
            self.calls += 1


@pytest.mark.parametrize("name", list(ENDLESS)[::2])
def test_twice_the_input_is_twice_the_work(name: str) -> None:
    make, _ = ENDLESS[name]
    counts = []
    everything(article(make(300)))  # tables are read once
    for length in (800, 1600):
        one = article(make(length))
        with Counted() as counted:
            lay_out(one)
            claims_in(one)
        counts.append(counted.calls)
    assert counts[1] < 2.6 * counts[0] + 5000, counts


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("पुल " * 40_000, "line"),
        ("पुल बंद है।\n" * 90_000, "characters"),
        ("पुल बंद है। " + "\x01" * 3000, "control"),
        ("The bridge is shut. " * 500, "Hindi"),
    ],
)
def test_what_is_beyond_the_limits_is_refused(text: str, reason: str) -> None:
    refused: list[InputError] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.txt"
        path.write_text(text, "utf-8")
        assert list(read_articles([str(path)], on_error=refused.append)) == []
    (error,) = refused
    assert reason in error.reason


# --- with the bundled models ------------------------------------------------------------------


@pytest.fixture(scope="module")
def models() -> Analyzer:
    return Analyzer(needs_tree=may_attribute)


@pytest.mark.models
@pytest.mark.parametrize(
    ("name", "length"),
    [
        ("quotation marks", 10_000),
        ("no danda", 20_000),
        ("brackets", 10_000),
        ("no space", 50_000),
    ],
)
def test_endless_input_through_the_models(models: Analyzer, name: str, length: int) -> None:
    make, _ = ENDLESS[name]
    with patience():
        (one,) = read(make(length))
        assert_verbatim(one, everything(one, models))


@pytest.mark.models
@settings(max_examples=8)
@given(st.lists(TEXTS, min_size=2, max_size=4))
def test_any_texts_through_the_models_in_any_order(models: Analyzer, texts: list[str]) -> None:
    articles = [article(text, f"{at}.txt") for at, text in enumerate(texts)]
    found = claims_in(*articles, analyzer=models)
    for one in articles:
        assert_verbatim(one, [claim for claim in found if claim.article == one.path])
    again = claims_in(*articles[::-1], analyzer=models)
    key = lambda claim: (claim.article, claim.start, claim.end)  # noqa: E731
    assert sorted(again, key=key) == sorted(found, key=key)
    assert_every_format_holds(join(found))
