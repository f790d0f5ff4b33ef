"""The learned likelihood, and the tables of opposites and paraphrases."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimx.matching.likelihood import Ruling, Signals, log_odds, weigh
from claimx.matching.meaning import BOUND, Nearness, nearness, sameness
from claimx.matching.stems import load, read_phrase
from tests.matching.learn import fit
from tests.matching.test_pairs import PAIRS

NONE = Signals(*([0.0] * len(Signals._fields)))


def lines(table: str) -> list[str]:
    return [line for listed in load(table).values() for line in listed.splitlines()]


def test_a_weight_for_each_signal() -> None:
    weights = load("weights")
    assert tuple(weights["words"]) == ("bias", *Signals._fields)
    told = ("words", *Ruling._fields, *Nearness._fields)
    assert tuple(weights["meaning"]) == ("bias", *told)


@pytest.mark.parametrize("signal", ["signs", "contrary", "names", "swapped", "crossed"])
def test_what_tells_against(signal: str) -> None:
    alike = NONE._replace(score=0.9, common=20.0, covered=0.9, reworded=0.4, rewordings=3)
    against = alike._replace(**{signal: 1.0})
    assert log_odds(against) < log_odds(alike)


def test_what_tells_for() -> None:
    alike = NONE._replace(score=0.7, common=20.0, covered=0.6, reworded=0.4, rewordings=3)
    assert log_odds(alike._replace(alike=1.0)) > log_odds(alike)


def test_meaning_counts_beside_words_and_rules() -> None:
    near = Nearness(closeness=0.93, agreement=0.0, sameness=0.0)
    told = weigh(0.0, Ruling(), near)
    assert weigh(1.0, Ruling(), near) > told
    for name in Nearness._fields:
        assert weigh(0.0, Ruling(), near._replace(**{name: 1.0})) > told
    assert (
        weigh(0.0, Ruling(denied=True), near) < told < weigh(0.0, Ruling(verbatim=True), near)
    )


SAID = "सीमा पर सैनिकों ने गश्त फिर शुरू कर दी है"


def test_meaning_tells_a_paraphrase_from_the_topic() -> None:
    again = nearness(SAID, "बॉर्डर पर सेना की पेट्रोलिंग दोबारा चालू हो गई है")
    assert (
        nearness(SAID, "सीमा पर बाड़ लगाने का काम अगले साल पूरा होगा").closeness < again.closeness
    )
    assert nearness(SAID, SAID).closeness == pytest.approx(1)


def test_meaning_tells_a_paraphrase_from_the_opposite() -> None:
    again = nearness(SAID, "बॉर्डर पर सेना की पेट्रोलिंग दोबारा चालू हो गई है")
    assert nearness(SAID, "सीमा पर सैनिकों ने गश्त फिर शुरू नहीं की है").agreement < again.agreement


@pytest.mark.parametrize(
    "other",
    [
        "सीमा पर सैनिकों ने गश्त फिर शुरू नहीं की है",
        "सीमा पर किसानों ने गश्त फिर शुरू कर दी है",
        "सीमा पर सैनिकों ने बाड़ फिर लगानी शुरू कर दी है",
    ],
)
def test_read_at_once_signs_actors_and_acts_tell(other: str) -> None:
    again = sameness(SAID, "बॉर्डर पर सेना की पेट्रोलिंग दोबारा चालू हो गई है")
    assert again > 0 > sameness(SAID, other)


@pytest.mark.parametrize("number", ["31", "52", "सात"])
def test_read_at_once_figures_tell(number: str) -> None:
    said = "राज्य में {} स्कूल बंद किए जाएंगे"
    assert sameness(said.format("12"), "{} विद्यालयों पर राज्य में ताला लगेगा".format("12")) > 0
    assert sameness(said.format("12"), said.format(number)) < 0


@given(st.text(), st.text())
def test_meaning_of_any_text(one: str, other: str) -> None:
    near = nearness(one, other)
    assert near == pytest.approx(nearness(other, one))
    assert all(map(math.isfinite, near))
    assert -BOUND <= near.sameness <= BOUND


def test_a_long_text_leaves_room_for_the_other() -> None:
    long = f"{SAID}, " * 200
    assert sameness(long, SAID) != sameness(long, "राज्य में बारह स्कूल बंद किए जाएंगे")


def test_events_have_all_that_their_pairs_need() -> None:
    files = sorted(PAIRS.glob("events_*.tsv"))
    assert files
    for path in files:
        events: dict[str, Counter[str]] = {}
        for row in path.read_text("utf-8").splitlines()[1:]:
            event, role, text = row.split("\t")
            assert text.strip() == text != ""
            events.setdefault(event, Counter())[role] += 1
        for event, roles in events.items():
            figures = roles.pop("figure", 0), roles.pop("figure_reworded", 0)
            assert figures in ((0, 0), (1, 1)), (path.name, event)
            assert roles == Counter(
                claim=1, reworded=2, negated=1, negated_reworded=1, actor=1, alike=1
            ), (path.name, event)


def test_fit_tells_two_clouds_apart() -> None:
    chance = np.random.default_rng(0)
    same = np.repeat([0.0, 1.0], 50)
    rows = chance.normal(size=(100, 2)) + same[:, None] * [4, 0]
    bias, weights = fit(rows, same, np.ones(100))
    assert weights[0] > 3 * abs(weights[1])
    assert ((rows @ weights + bias > 0) == (same > 0)).mean() > 0.9


def test_opposites_have_two_sides() -> None:
    for line in lines("opposites"):
        left, right = ([*map(stems, side.split(", "))] for side in line.split(" | "))
        assert not set(left) & set(right), line


def stems(entry: str) -> str:
    return " ".join(read_phrase(entry)[1])


@pytest.mark.parametrize("table", ["opposites", "paraphrases"])
def test_no_line_twice(table: str) -> None:
    assert [line for line, count in Counter(lines(table)).items() if count > 1] == []


def test_no_negative_words() -> None:
    """They turn their clause already."""
    negative = {*load("polarity")["particles"], *load("polarity")["without"]}
    for line in (*lines("opposites"), *lines("paraphrases")):
        assert not negative.intersection(line.replace(",", " ").split()), line
