"""The matching room: groups against the corpus gold, tables of pairs, origins, rows.

``tests/data/matching/pairs_*.tsv`` are pairs of claims on topics that the corpus does not
have, with the relation a reader gives them. Each file was written before the matcher was run
on it; what the first run on it scored is noted in `FIRST_RUN`. ``rules.tsv`` has a pair for
each rule of the matcher.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pytest

from claimx.matching import group_claims
from claimx.matching.stems import stem
from claimx.records import Claim, Relation
from tests.matching.cases import HERE, claim

PAIRS = HERE / "data" / "matching"


# F1 of `same`, F1 of one group or none, conflicts (another figure, sign or actor) called
# `same`: on the first run, and the floor now. The lists up to the fourteenth share their
# author with the synonyms, so other pairs will score nearer to the first runs than to the
# floors; and the weights in weights.toml are learned from all of them. Most were written
# after what the one before showed had been mended.
#
# What widening and mending are worth to pairs that were not looked at meanwhile: the seventh
# rose from 0.698 (3 conflicts called `same`) to 0.780 (0) when the tables were widened by
# whole fields of meaning; the twenty-third from 0.712 (4) to 0.761 (2) when they were widened
# by loan words and predicates; the forty-seventh and forty-eighth from 0.857 (3) and 0.739 (5)
# to 0.939 (2) and 0.894 (2) with paraphrases, opposites and the learned likelihood.
#
# From the sixty-fourth on hardly a rule was written from a list, and weights are learned from
# them as from pairs that nobody has looked at. By weights from the other lists these forty
# have F1 0.63 to 0.98, mean 0.87, and 15 conflicts called `same`; 24 have 0.85 and none. When
# that made the matcher more careful some floors of the older lists were lowered.
FIRST_RUN = {
    "pairs_blind.tsv": (0.871, 0.927, 0),
    "pairs_second.tsv": (0.488, 0.738, 2),
    "pairs_third.tsv": (0.703, 0.800, 0),
    "pairs_fourth.tsv": (0.865, 0.906, 0),
    "pairs_fifth.tsv": (0.750, 0.851, 0),
    "pairs_sixth.tsv": (0.750, 0.911, 2),
    "pairs_seventh.tsv": (0.698, 0.835, 3),
    "pairs_eighth.tsv": (0.596, 0.714, 2),
    "pairs_ninth.tsv": (0.840, 0.940, 5),
    "pairs_tenth.tsv": (0.818, 0.911, 2),
    "pairs_eleventh.tsv": (0.789, 0.849, 0),
    "pairs_twelfth.tsv": (0.727, 0.895, 1),
    "pairs_thirteenth.tsv": (0.732, 0.861, 1),
    "pairs_fourteenth.tsv": (0.718, 0.847, 1),
    "pairs_fifteenth.tsv": (0.824, 0.936, 5),
    "pairs_sixteenth.tsv": (0.741, 0.897, 5),
    "pairs_seventeenth.tsv": (0.806, 0.911, 2),
    "pairs_eighteenth.tsv": (0.827, 0.885, 4),
    "pairs_nineteenth.tsv": (0.862, 0.884, 3),
    "pairs_twentieth.tsv": (0.818, 0.906, 1),
    "pairs_twenty_first.tsv": (0.778, 0.912, 1),
    "pairs_twenty_second.tsv": (0.917, 0.963, 3),
    "pairs_twenty_third.tsv": (0.712, 0.894, 4),
    "pairs_twenty_fourth.tsv": (0.880, 0.966, 4),
    "pairs_twenty_fifth.tsv": (0.875, 0.957, 2),
    "pairs_twenty_sixth.tsv": (0.648, 0.828, 2),
    "pairs_twenty_seventh.tsv": (0.912, 0.925, 0),
    "pairs_twenty_eighth.tsv": (0.894, 0.958, 2),
    "pairs_twenty_ninth.tsv": (0.840, 0.941, 2),
    "pairs_thirtieth.tsv": (0.849, 0.918, 1),
    "pairs_thirty_first.tsv": (0.767, 0.882, 0),
    "pairs_thirty_second.tsv": (0.898, 0.980, 2),
    "pairs_thirty_third.tsv": (0.889, 0.970, 1),
    "pairs_thirty_fourth.tsv": (0.870, 0.910, 3),
    "pairs_thirty_fifth.tsv": (0.816, 0.938, 0),
    "pairs_thirty_sixth.tsv": (0.917, 0.958, 2),
    "pairs_thirty_seventh.tsv": (0.885, 0.947, 5),
    "pairs_thirty_eighth.tsv": (0.810, 0.926, 0),
    "pairs_thirty_ninth.tsv": (0.889, 0.957, 0),
    "pairs_fortieth.tsv": (0.851, 0.926, 3),
    "pairs_forty_first.tsv": (0.800, 0.902, 3),
    "pairs_forty_second.tsv": (0.744, 0.877, 3),
    "pairs_forty_third.tsv": (0.773, 0.877, 3),
    "pairs_forty_fourth.tsv": (0.732, 0.950, 0),
    "pairs_forty_fifth.tsv": (0.800, 0.951, 0),
    "pairs_forty_sixth.tsv": (0.769, 0.935, 0),
    "pairs_forty_seventh.tsv": (0.857, 0.928, 3),
    "pairs_forty_eighth.tsv": (0.739, 0.884, 5),
    "pairs_forty_ninth.tsv": (0.844, 0.935, 2),
    "pairs_fiftieth.tsv": (0.870, 0.965, 0),
    "pairs_fifty_first.tsv": (0.936, 0.971, 1),
    "pairs_fifty_second.tsv": (0.857, 0.943, 2),
    "pairs_fifty_third.tsv": (0.864, 0.934, 1),
    "pairs_fifty_fourth.tsv": (0.889, 0.972, 0),
    "pairs_fifty_fifth.tsv": (0.898, 0.912, 3),
    "pairs_fifty_sixth.tsv": (0.800, 0.934, 0),
    "pairs_fifty_seventh.tsv": (0.810, 0.964, 1),
    "pairs_fifty_eighth.tsv": (0.898, 0.964, 3),
    "pairs_fifty_ninth.tsv": (0.684, 0.926, 0),
    "pairs_sixtieth.tsv": (0.800, 0.964, 0),
    "pairs_sixty_first.tsv": (0.902, 0.965, 4),
    "pairs_sixty_second.tsv": (0.913, 0.965, 0),
    "pairs_sixty_third.tsv": (0.939, 0.957, 2),
    "pairs_sixty_fourth.tsv": (0.762, 0.910, 1),
    "pairs_sixty_fifth.tsv": (0.851, 0.919, 3),
    "pairs_sixty_sixth.tsv": (0.917, 0.950, 2),
    "pairs_sixty_seventh.tsv": (0.837, 0.902, 1),
    "pairs_sixty_eighth.tsv": (0.837, 0.885, 1),
    "pairs_sixty_ninth.tsv": (0.870, 0.942, 2),
    "pairs_seventieth.tsv": (0.875, 0.928, 3),
    "pairs_seventy_first.tsv": (0.870, 0.934, 1),
    "pairs_seventy_second.tsv": (0.957, 0.957, 0),
    "pairs_seventy_third.tsv": (0.909, 0.925, 0),
    "pairs_seventy_fourth.tsv": (0.780, 0.885, 1),
    "pairs_seventy_fifth.tsv": (0.800, 0.902, 2),
    "pairs_seventy_sixth.tsv": (0.791, 0.928, 2),
    "pairs_seventy_seventh.tsv": (0.595, 0.803, 2),
    "pairs_seventy_eighth.tsv": (0.611, 0.806, 1),
    "pairs_seventy_ninth.tsv": (0.837, 0.909, 1),
    "pairs_eightieth.tsv": (0.800, 0.889, 3),
    "pairs_eighty_first.tsv": (0.939, 0.965, 1),
    "pairs_eighty_second.tsv": (0.933, 0.949, 0),
    "pairs_eighty_third.tsv": (0.898, 0.929, 2),
    "pairs_eighty_fourth.tsv": (0.800, 0.901, 0),
    "pairs_eighty_fifth.tsv": (0.889, 0.901, 1),
    "pairs_eighty_sixth.tsv": (0.889, 0.909, 1),
    "pairs_eighty_seventh.tsv": (0.913, 0.951, 0),
    "pairs_eighty_eighth.tsv": (0.829, 0.868, 0),
    "pairs_eighty_ninth.tsv": (0.780, 0.941, 1),
    "pairs_ninetieth.tsv": (0.844, 0.882, 0),
    "pairs_ninety_first.tsv": (0.864, 0.919, 1),
    "pairs_ninety_second.tsv": (0.844, 0.926, 2),
    "pairs_ninety_third.tsv": (0.818, 0.934, 2),
    "pairs_ninety_fourth.tsv": (0.684, 0.894, 1),
    "pairs_ninety_fifth.tsv": (0.870, 0.935, 1),
    "pairs_ninety_sixth.tsv": (0.800, 0.884, 0),
    "pairs_ninety_seventh.tsv": (0.898, 0.920, 2),
    "pairs_ninety_eighth.tsv": (0.791, 0.919, 2),
    "pairs_ninety_ninth.tsv": (0.979, 0.914, 0),
    "pairs_hundredth.tsv": (0.837, 0.901, 1),
    "pairs_hundred_first.tsv": (0.810, 0.933, 1),
    "pairs_hundred_second.tsv": (0.837, 0.904, 1),
    "pairs_hundred_third.tsv": (0.933, 0.892, 0),
}


FLOORS = {
    "pairs_blind.tsv": (0.98, 0.97),
    "pairs_second.tsv": (0.98, 0.96),
    "pairs_third.tsv": (0.90, 0.94),
    "pairs_fourth.tsv": (0.94, 0.96),
    "pairs_fifth.tsv": (0.91, 0.93),
    "pairs_sixth.tsv": (0.93, 0.97),
    "pairs_seventh.tsv": (0.90, 0.95),
    "pairs_eighth.tsv": (0.82, 0.90),
    "pairs_ninth.tsv": (0.85, 0.90),
    "pairs_tenth.tsv": (0.90, 0.95),
    "pairs_eleventh.tsv": (0.87, 0.93),
    "pairs_twelfth.tsv": (0.88, 0.96),
    "pairs_thirteenth.tsv": (0.76, 0.88),
    "pairs_fourteenth.tsv": (0.73, 0.84),
    "pairs_fifteenth.tsv": (0.95, 0.96),
    "pairs_sixteenth.tsv": (0.87, 0.91),
    "pairs_seventeenth.tsv": (0.88, 0.92),
    "pairs_eighteenth.tsv": (0.90, 0.93),
    "pairs_nineteenth.tsv": (0.93, 0.92),
    "pairs_twentieth.tsv": (0.95, 0.97),
    "pairs_twenty_first.tsv": (0.91, 0.95),
    "pairs_twenty_second.tsv": (0.98, 0.96),
    "pairs_twenty_third.tsv": (0.88, 0.95),
    "pairs_twenty_fourth.tsv": (0.93, 0.97),
    "pairs_twenty_fifth.tsv": (0.93, 0.95),
    "pairs_twenty_sixth.tsv": (0.68, 0.85),
    "pairs_twenty_seventh.tsv": (0.89, 0.92),
    "pairs_twenty_eighth.tsv": (0.97, 0.96),
    "pairs_twenty_ninth.tsv": (0.93, 0.95),
    "pairs_thirtieth.tsv": (0.87, 0.91),
    "pairs_thirty_first.tsv": (0.90, 0.94),
    "pairs_thirty_second.tsv": (0.88, 0.97),
    "pairs_thirty_third.tsv": (0.88, 0.96),
    "pairs_thirty_fourth.tsv": (0.94, 0.93),
    "pairs_thirty_fifth.tsv": (0.88, 0.95),
    "pairs_thirty_sixth.tsv": (0.97, 0.98),
    "pairs_thirty_seventh.tsv": (0.97, 0.93),
    "pairs_thirty_eighth.tsv": (0.93, 0.96),
    "pairs_thirty_ninth.tsv": (0.90, 0.97),
    "pairs_fortieth.tsv": (0.97, 0.95),
    "pairs_forty_first.tsv": (0.93, 0.94),
    "pairs_forty_second.tsv": (0.86, 0.91),
    "pairs_forty_third.tsv": (0.93, 0.93),
    "pairs_forty_fourth.tsv": (0.70, 0.91),
    "pairs_forty_fifth.tsv": (0.81, 0.95),
    "pairs_forty_sixth.tsv": (0.85, 0.95),
    "pairs_forty_seventh.tsv": (0.95, 0.94),
    "pairs_forty_eighth.tsv": (0.93, 0.91),
    "pairs_forty_ninth.tsv": (0.95, 0.97),
    "pairs_fiftieth.tsv": (0.91, 0.98),
    "pairs_fifty_first.tsv": (0.90, 0.94),
    "pairs_fifty_second.tsv": (0.88, 0.94),
    "pairs_fifty_third.tsv": (0.88, 0.92),
    "pairs_fifty_fourth.tsv": (0.93, 0.98),
    "pairs_fifty_fifth.tsv": (0.97, 0.92),
    "pairs_fifty_sixth.tsv": (0.76, 0.91),
    "pairs_fifty_seventh.tsv": (0.88, 0.97),
    "pairs_fifty_eighth.tsv": (0.91, 0.94),
    "pairs_fifty_ninth.tsv": (0.70, 0.91),
    "pairs_sixtieth.tsv": (0.76, 0.94),
    "pairs_sixty_first.tsv": (0.93, 0.94),
    "pairs_sixty_second.tsv": (0.90, 0.96),
    "pairs_sixty_third.tsv": (0.97, 0.95),
    "pairs_sixty_fourth.tsv": (0.88, 0.94),
    "pairs_sixty_fifth.tsv": (0.85, 0.90),
    "pairs_sixty_sixth.tsv": (0.88, 0.92),
    "pairs_sixty_seventh.tsv": (0.88, 0.91),
    "pairs_sixty_eighth.tsv": (0.93, 0.90),
    "pairs_sixty_ninth.tsv": (0.93, 0.95),
    "pairs_seventieth.tsv": (0.93, 0.93),
    "pairs_seventy_first.tsv": (0.93, 0.94),
    "pairs_seventy_second.tsv": (0.95, 0.95),
    "pairs_seventy_third.tsv": (0.93, 0.93),
    "pairs_seventy_fourth.tsv": (0.88, 0.91),
    "pairs_seventy_fifth.tsv": (0.89, 0.91),
    "pairs_seventy_sixth.tsv": (0.86, 0.94),
    "pairs_seventy_seventh.tsv": (0.73, 0.81),
    "pairs_seventy_eighth.tsv": (0.62, 0.81),
    "pairs_seventy_ninth.tsv": (0.90, 0.92),
    "pairs_eightieth.tsv": (0.81, 0.89),
    "pairs_eighty_first.tsv": (0.91, 0.95),
    "pairs_eighty_second.tsv": (0.90, 0.94),
    "pairs_eighty_third.tsv": (0.89, 0.92),
    "pairs_eighty_fourth.tsv": (0.80, 0.90),
    "pairs_eighty_fifth.tsv": (0.90, 0.90),
    "pairs_eighty_sixth.tsv": (0.93, 0.90),
    "pairs_eighty_seventh.tsv": (0.86, 0.93),
    "pairs_eighty_eighth.tsv": (0.85, 0.87),
    "pairs_eighty_ninth.tsv": (0.80, 0.94),
    "pairs_ninetieth.tsv": (0.89, 0.89),
    "pairs_ninety_first.tsv": (0.90, 0.93),
    "pairs_ninety_second.tsv": (0.88, 0.92),
    "pairs_ninety_third.tsv": (0.83, 0.93),
    "pairs_ninety_fourth.tsv": (0.80, 0.92),
    "pairs_ninety_fifth.tsv": (0.86, 0.93),
    "pairs_ninety_sixth.tsv": (0.80, 0.88),
    "pairs_ninety_seventh.tsv": (0.95, 0.93),
    "pairs_ninety_eighth.tsv": (0.80, 0.91),
    "pairs_ninety_ninth.tsv": (0.97, 0.91),
    "pairs_hundredth.tsv": (0.85, 0.90),
    "pairs_hundred_first.tsv": (0.80, 0.93),
    "pairs_hundred_second.tsv": (0.85, 0.89),
    "pairs_hundred_third.tsv": (0.93, 0.89),
}

# Conflicts still called `same`.
LEFT = {
    "pairs_nineteenth.tsv": 1,
    "pairs_forty_second.tsv": 1,
    "pairs_fifty_eighth.tsv": 1,
    "pairs_sixty_first.tsv": 1,
    "pairs_sixty_ninth.tsv": 2,
    "pairs_seventy_fifth.tsv": 1,
    "pairs_seventy_sixth.tsv": 1,
    "pairs_eightieth.tsv": 2,
    "pairs_eighty_first.tsv": 1,
    "pairs_eighty_third.tsv": 2,
    "pairs_eighty_ninth.tsv": 1,
    "pairs_ninety_third.tsv": 1,
    "pairs_ninety_fourth.tsv": 1,
    "pairs_ninety_fifth.tsv": 1,
    "pairs_ninety_eighth.tsv": 1,
    "pairs_hundred_first.tsv": 1,
}

# Of the list of denials: so called now, and called `same`.
DENIED, MISTAKEN = 115, 6


Verdict = Relation | None


def verdict(*claims: Claim) -> Verdict:
    """What two claims are to each other; None where they are in no common group."""
    first, second = group_claims(claims)
    if first.group is None or first.group != second.group:
        return None
    return second.relation if first.relation == "same" else first.relation


def pair(one: str, other: str) -> Verdict:
    return verdict(claim(one, article="a.txt"), claim(other, article="b.txt"))


# --- tables of pairs -----------------------------------------------------------------


CONFLICTS = {"figure", "negated", "actor"}


def kinds(name: str) -> list[str]:
    rows = (PAIRS / name).read_text("utf-8").splitlines()[1:]
    return [row.partition("\t")[0] for row in rows]


def read_pairs(name: str) -> list[tuple[Verdict, Claim, Claim]]:
    rows = (PAIRS / name).read_text("utf-8").splitlines()[1:]
    found: list[tuple[Verdict, Claim, Claim]] = []
    for number, row in enumerate(rows):
        _, expected, speaker, other, polarity, text, reworded = row.split("\t")
        found.append(
            (
                None if expected == "apart" else expected,  # type: ignore[arg-type]
                claim(text, article=f"{name}{number}a", speaker=speaker or None),
                claim(
                    reworded,
                    article=f"{name}{number}b",
                    speaker=other or None,
                    denied=polarity == "denied",
                ),
            )
        )
    return found


def f1(verdicts: Iterable[tuple[Verdict, Verdict]], positive: set[Verdict]) -> float:
    counts = Counter((want in positive, got in positive) for want, got in verdicts)
    right = counts[True, True]
    return 2 * right / max(1, 2 * right + counts[True, False] + counts[False, True])


@pytest.mark.parametrize("name", FLOORS)
def test_pairs(name: str) -> None:
    verdicts = [(want, verdict(one, other)) for want, one, other in read_pairs(name)]
    same, grouped = FLOORS[name]
    assert f1(verdicts, {"same"}) >= same
    assert f1(verdicts, {"same", "differs", "denies"}) >= grouped


@pytest.mark.parametrize("name", FLOORS)
def test_no_conflicting_pair_is_called_same(name: str) -> None:
    called = [
        (one.claim, other.claim)
        for kind, (_, one, other) in zip(kinds(name), read_pairs(name), strict=True)
        if kind in CONFLICTS
        if verdict(one, other) == "same"
    ]
    assert len(called) == LEFT.get(name, 0), called


def test_denials() -> None:
    """Denials alone, by as many predicates: at first 107 of 150 so called, 15 `same`."""
    verdicts = Counter(verdict(one, other) for _, one, other in read_pairs("denials.tsv"))
    assert verdicts["denies"] >= DENIED
    assert verdicts["same"] <= MISTAKEN


def test_pairs_hold_among_each_other() -> None:
    """The pairs of the lists in one corpus: words are weighed by it, and rivals appear.

    From the nineteenth on the lists tell of the events of others; their claims rightly join
    those.
    """
    apart = [*FLOORS][: [*FLOORS].index("pairs_nineteenth.tsv")]
    pairs = [each for name in apart for each in read_pairs(name)]
    grouped = {c.id: c for c in group_claims([c for _, *both in pairs for c in both])}
    verdicts: list[tuple[Verdict, Verdict]] = []
    for want, one, other in pairs:
        a, b = grouped[one.id], grouped[other.id]
        together = a.group is not None and a.group == b.group
        related = b.relation if a.relation == "same" else a.relation
        verdicts.append((want, related if together else None))
    assert f1(verdicts, {"same"}) >= 0.83
    assert f1(verdicts, {"same", "differs", "denies"}) >= 0.90


# --- single rules --------------------------------------------------------------------

RULES = [row.split("\t") for row in (PAIRS / "rules.tsv").read_text("utf-8").splitlines()[1:]]


@pytest.mark.parametrize(
    ("expected", "one", "other"), [row[1:] for row in RULES], ids=[row[0] for row in RULES]
)
def test_rule(expected: str, one: str, other: str) -> None:
    """What a rule makes of a pair.

    ``unsure`` pairs are the same only where a third claim tells; of ``open`` ones the rule
    tells no more than that they do not conflict.
    """
    wanted = None if expected in ("apart", "unsure", "open") else expected
    assert pair(one, other) == wanted
    assert pair(other, one) == wanted
    if expected == "unsure":
        first, again, second = group_claims(
            [claim(text, article=f"{at}.txt") for at, text in enumerate((one, one, other))]
        )
        assert first.group == again.group == second.group is not None
        assert second.relation == "same"


def test_denied_claim_denies() -> None:
    said = claim("रूस ने पुल पर हमला किया", article="a.txt")
    assert verdict(said, claim("पुल पर हमला करने", article="b.txt", denied=True)) == "denies"
    # The denial is in the words already: not once more.
    both = claim("रूस के पुल पर हमला करने की खबर निराधार", article="b.txt", denied=True)
    assert verdict(said, both) == "denies"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("काबुल के अस्पताल", "मनीला की पुलिस", None),
        ("काबुल के अस्पताल", "काबुल की पुलिस", "same"),
        ("", "मनीला की पुलिस", "same"),
    ],
)
def test_common_words_of_two_stories(one: str, other: str, expected: Verdict) -> None:
    text = "मरने वालों की संख्या बढ़ सकती है"
    first, second = (
        claim(text, article=f"{place}.txt", evidence=f"{text}, {who} ने कहा" if who else None)
        for place, who in enumerate((one, other))
    )
    assert verdict(first, second) == expected


@pytest.mark.parametrize(
    ("text", "one", "other", "expected"),
    [
        ("मैंने पार्टी से इस्तीफा दे दिया है", "रमेश कुमार", "सतीश वर्मा", None),
        ("मैंने पार्टी से इस्तीफा दे दिया है", "रमेश कुमार", "कुमार", "same"),
        ("मैंने पार्टी से इस्तीफा दे दिया है", "रमेश कुमार", "पूर्व मंत्री", "same"),
        ("हमारी सेना ने तीन ड्रोन गिराए", "ईरानी सेना", "इराकी सेना", None),
        ("हमारी सेना ने तीन ड्रोन गिराए", "ईरानी सेना", "ईरान के प्रवक्ता", "same"),
    ],
)
def test_who_speaks_of_himself(text: str, one: str, other: str, expected: Verdict) -> None:
    first = claim(text, article="a.txt", speaker=one)
    assert verdict(first, claim(text, article="b.txt", speaker=other)) == expected


def test_dates_are_compared_as_dates() -> None:
    text = "{} को पुल का उद्घाटन हुआ"
    one = claim(text.format("बुधवार"), article="a.txt", published="2023-02-05")
    same = claim(text.format("एक फरवरी"), article="b.txt", published="2023-02-15")
    other = claim(text.format("दो फरवरी"), article="b.txt", published="2023-02-15")
    assert verdict(one, same) == "same"
    assert verdict(one, other) is None


def test_nested_claims_of_one_article_are_not_compared() -> None:
    text = "सरकार किसानों का कर्ज माफ करेगी"
    outer = claim(text, article="a.txt", start=10)
    inner = claim("किसानों का कर्ज माफ करेगी", article="a.txt", start=16)
    assert verdict(outer, inner) is None


@pytest.mark.parametrize(
    ("forms", "expected"),
    [
        ("मिसाइल मिसाइलें मिसाइलों", "मिसाइल"),
        ("बढ़ना बढ़ाएगी बढ़ेंगे बढ़ाया बढ़ती", "बढ"),
        ("नीति नीतियां नीतियों", "नीत"),
        ("सेना सेनाएं", "सेन"),
        ("वार्ता", "वार्त"),
        ("किया करेंगे करना", "कर"),
    ],
)
def test_stem(forms: str, expected: str) -> None:
    from claimx.facts.tokens import fold

    assert {stem(fold(form)) for form in forms.split()} == {expected}
