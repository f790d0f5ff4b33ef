"""Claims and texts, hostile ones too, for the tests of the output room."""

from __future__ import annotations

import html.parser
import io
import unicodedata
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from claimx import output
from claimx.records import Claim, Fact

# No example is a matter of time: the machine may be busy.
relaxed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


HUMAN = ("table", "markdown", "html")


def make_claim(claim: str = "बारिश कल तक रुक जाएगी", **changes: Any) -> Claim:
    start = changes.get("start", 0)
    values: dict[str, Any] = {
        "id": "0123456789abcdef",
        "article": "लेख.txt",
        "source": "प्रभात संदेश",
        "title": "मौसम का हाल",
        "published": "2023-07-01",
        "speaker": "रमेश जोशी",
        "speaker_latin": "Ramesh Joshi",
        "speaker_type": "person",
        "speaker_role": "मौसम अधिकारी",
        "mention": "जोशी",
        "resolution": "surname",
        "claim": claim,
        "start": start,
        "end": start + len(claim),
        "evidence": claim,
        "evidence_start": start,
        "evidence_end": start + len(claim),
        "kind": "indirect",
        "cue": "कहना",
        "act": "say",
        "polarity": "affirmed",
        "via": None,
        "addressee": None,
        "said_on": None,
        "facts": (),
        "group": None,
        "group_sources": None,
        "relation": None,
        "confidence": 0.9,
    }
    return Claim(**(values | changes))


def written(claims: list[Claim], format: str, **options: Any) -> str:
    stream = io.StringIO(newline="")
    output.write(claims, format, stream, **{"width": 80, **options})
    return stream.getvalue()


def widest(line: str) -> int:
    """Cells in the terminals that advance most (xterm, VTE, tmux), from Unicode's own data."""
    return sum(
        0
        if unicodedata.category(character) in ("Mn", "Me", "Cf")
        else 2
        if unicodedata.east_asian_width(character) in "WF"
        else 1
        for character in line
    )


def raw_controls(text: str) -> list[str]:
    """Characters no terminal, page or document may get; line feeds are layout."""
    return [
        character
        for character in text
        if character != "\n"
        and (
            unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp")
            or "\u202a" <= character <= "\u202e"
            or "\u2060" <= character <= "\u206f"
            or character in "\u200b\u200e\u200f\ufeff\u00ad\u061c\U000e0041"
        )
    ]


HOSTILE = [
    "\x1b[31mलाल\x1b[0m",
    "\x1b]8;;https://bad.example\x1b\\दबाएँ\x1b]8;;\x1b\\",
    "\x9b2Jसाफ़",
    "घंटी\x07 पीछे\x08 हटाओ\x7f शून्य\x00",
    "दाएँ\u202eबाएँ\u202c और \u2066अलग\u2069",
    "छि\u200bपा\ufeff हु\u00adआ\U000e0041",
    "जोड़\u200d\u200d\u200d abc\u200ddef",
    "[red]लाल[/red] [link=https://bad.example]कड़ी[/link] :smile:",
    "=HYPERLINK(\"https://bad.example\")",
    "-5 डिग्री तक गिरेगा पारा",
    "'=पहले से",
    "@राज्य | +91 ~~कटा~~ `कोड` *ज़ोर* _रेखा_ **मोटा**",
    "\tटैब\r\nपंक्ति\nदूसरी \u2028 तीसरी\u2029",
    "<script>alert(1)</script> <img src=x onerror=alert(1)> &lt;b&gt;",
    "[यहाँ](https://bad.example) ![चित्र](https://bad.example/x.png) <https://bad.example>",
    "https://bad.example www.bad.example",
    "\\| पाइप \\ उलटी",
    "“बाहर ‘भीतर’ बाहर” \"सीधे\" ' एक",
    "ज़्" + "\u0901" * 300,
    "अ" * 500,
]  # fmt: skip


WORDS = ["रूस", "ने", "कहा", "नरेन्\u200dद्र", "क्षा", "500", "करोड़", "“", "”", '"', "'", "।",
         "\n", "\r", "\r\n", "\t", ",", ";", "|", "=", "+", "-", "@", "<b>", "&", "[x](y)",
         "[red]",
         "*", "_", "`", "\\", "\x1b[2J", "\x00", "\x9b", "\u202e", "\u2069", "\u200b", "\u200d",
         "\u2028", "\ufeff", "😀", "中文", "عربي", "\U000e0041", ""]  # fmt: skip


# Without the unassigned: Python's and regex's Unicode need not be of one version.
others = st.text(st.characters(exclude_categories=("Cs", "Cn")), max_size=4)


texts = st.lists(st.sampled_from(WORDS) | others, max_size=12).map("".join)


# An empty field of CSV is null, so text that may be null is never empty in the record.
optional = st.none() | texts.filter(bool)


numbers = st.integers(-(10**12), 10**12) | st.floats(allow_nan=False, allow_infinity=False)


facts = st.builds(
    Fact,
    st.sampled_from(["quantity", "money", "date"]),
    texts,
    st.none() | texts | numbers | st.lists(numbers, min_size=2, max_size=2),
    optional,
    st.integers(0, 30),
    st.integers(0, 30),
    st.sampled_from(["exact", "about", "range"]),
)


claims = st.builds(
    make_claim,
    texts,
    id=texts,
    article=texts,
    source=texts,
    title=optional,
    published=optional,
    speaker=optional,
    speaker_latin=optional,
    speaker_role=optional,
    mention=optional,
    start=st.integers(0, 20),
    evidence=texts,
    kind=st.sampled_from(["direct", "indirect", "mixed"]),
    cue=texts,
    act=st.sampled_from(["say", "deny"]),
    polarity=st.sampled_from(["affirmed", "denied"]),
    via=optional,
    addressee=optional,
    said_on=optional,
    facts=st.lists(facts, max_size=2).map(tuple),
    group=optional,
    group_sources=st.none() | st.integers(1, 9),
    relation=st.sampled_from([None, "same", "differs", "denies"]),
    confidence=st.floats(0, 1),
)


def strip_sgr(text: str) -> str:
    """Remove the colours that the tool writes itself, and nothing else."""
    parts = text.split("\x1b[")
    kept = [parts[0]]
    for part in parts[1:]:
        codes, end, rest = part.partition("m")
        if end and all(code.isdigit() for code in codes.split(";")):
            kept.append(rest)
        else:
            kept.append("\x1b[" + part)
    return "".join(kept)


class Page(html.parser.HTMLParser):
    """Collects the text and refuses whatever could run or load."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.tags: set[str] = set()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            assert not name.startswith("on"), name
            assert name != "src", value
            if name == "href":
                self.links.append(value or "")

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def parsed(page: str) -> Page:
    parser = Page()
    parser.feed(page)
    parser.close()
    return parser
