"""The table of synonyms: no entry twice, and no two things in one class."""

from __future__ import annotations

from collections import Counter

import pytest

from claimx.matching.stems import load
from tests.matching.test_pairs import pair

LINES = [
    line.split(", ")
    for group in load("synonyms")["classes"].values()
    for line in group.splitlines()
]


def test_no_entry_twice_in_a_class() -> None:
    twice = [line for line in LINES if len(set(line)) != len(line)]
    assert not twice


def test_no_word_in_two_classes() -> None:
    """The first word of a line may be in an earlier class: the line adds to that one."""
    seen: set[str] = set()
    twice: list[tuple[str, str]] = []
    for line in LINES:
        single = [entry for entry in line if " " not in entry]
        twice += [(line[0], entry) for entry in single if entry in seen and entry != line[0]]
        seen.update(single)
    assert not twice


def test_a_line_adds_something() -> None:
    firsts = Counter(line[0] for line in LINES)
    idle = [line for line in LINES if len(line) == 1 and firsts[line[0]] > 1]
    assert not idle


APART = [
    ("tiger, lion", "जंगल में बाघ ने मजदूर को मार डाला", "जंगल में शेर ने मजदूर को मार डाला"),
    ("bill, electricity bill", "सरकार विधेयक वापस लेगी", "सरकार बिजली बिल वापस लेगी"),
    ("governors", "राज्यपाल ने फाइल लौटाई", "उपराज्यपाल ने फाइल लौटाई"),
    ("ranks", "सूबेदार ने जवान की जान बचाई", "हवलदार ने जवान की जान बचाई"),
    ("chairman, ringleader", "अध्यक्ष को पद से हटाया गया", "सरगना को पद से हटाया गया"),
    ("migrants, refugees", "प्रवासी अपने घर लौटे", "शरणार्थी अपने घर लौटे"),
    ("work, fort", "राजा की रचना नष्ट हुई", "राजा का किला नष्ट हुआ"),
    ("arrested, in custody", "पुलिस ने कारोबारी को गिरफ्तार किया", "कारोबारी की हिरासत में मौत हुई"),
    ("whole, rich", "पूरा परिवार गांव छोड़ गया", "धनाढ्य परिवार गांव छोड़ गया"),
    ("search, invention", "नई दवा की खोज जारी है", "नई दवा का आविष्कार जारी है"),
    ("houses", "लोकसभा ने विधेयक पारित किया", "राज्यसभा ने विधेयक पारित किया"),
    ("governments", "केंद्र सरकार ने कर्ज माफ किया", "राज्य सरकार ने कर्ज माफ किया"),
    ("crops", "सरकार ने गेहूं का निर्यात रोका", "सरकार ने चावल का निर्यात रोका"),
    ("devices", "कंपनी ने नया फोन लॉन्च किया", "कंपनी ने नया लैपटॉप लॉन्च किया"),
    ("diseases", "शहर में डेंगू के मरीज बढ़े", "शहर में मलेरिया के मरीज बढ़े"),
    ("issued, begun", "पांच जिलों में अलर्ट जारी हुआ", "पांच जिलों में सर्दी शुरू हुई"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other"), [row[1:] for row in APART], ids=[row[0] for row in APART]
)
def test_things_of_a_kind_are_not_the_same(one: str, other: str) -> None:
    assert pair(one, other) is None
    assert pair(other, one) is None
