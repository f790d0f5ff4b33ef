"""Facts: expressions to values, properties of the finder, days of statements, agreement."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimx.facts import agree, find_facts, find_said_on
from claimx.records import Entity, Fact

DATA = Path(__file__).parent / "data" / "facts"
PUBLISHED = "2023-09-13"  # a Wednesday

# Shares of expressions whose facts have the right type and value, and of those where unit
# and bound are right too. blind.jsonl and the two unseen ones were written before the finder
# had seen them; at first sight it had 110 of 110, 101 of 104 and 106 of 110 values; of the
# first two 107 and 99 were wholly right. Where the third had another name for a unit, or left
# a section or a road without its number, it has been brought to the usage of the others.
FLOORS = {
    "cases": (1.0, 1.0),
    "blind": (0.99, 0.97),
    "unseen": (0.97, 0.95),
    "unseen_second": (0.99, 0.99),
}

SPELLED = """
    शून्य एक दो तीन चार पांच छह सात आठ नौ दस ग्यारह बारह तेरह चौदह पंद्रह सोलह सत्रह अठारह उन्नीस
    बीस इक्कीस बाईस तेईस चौबीस पच्चीस छब्बीस सत्ताईस अट्ठाईस उनतीस तीस इकतीस बत्तीस तैंतीस चौंतीस
    पैंतीस छत्तीस सैंतीस अड़तीस उनतालीस चालीस इकतालीस बयालीस तैंतालीस चौवालीस पैंतालीस छियालीस
    सैंतालीस अड़तालीस उनचास पचास इक्यावन बावन तिरपन चौवन पचपन छप्पन सत्तावन अट्ठावन उनसठ साठ
    इकसठ बासठ तिरसठ चौंसठ पैंसठ छियासठ सड़सठ अड़सठ उनहत्तर सत्तर इकहत्तर बहत्तर तिहत्तर चौहत्तर
    पचहत्तर छिहत्तर सतहत्तर अठहत्तर उन्यासी अस्सी इक्यासी बयासी तिरासी चौरासी पचासी छियासी सत्तासी
    अट्ठासी नवासी नब्बे इक्यानवे बानवे तिरानवे चौरानवे पचानवे छियानवे सत्तानवे अट्ठानवे निन्यानवे
"""
WORDS = SPELLED.split()
POWERS = ((10**9, "अरब"), (10**7, "करोड़"), (10**5, "लाख"), (1000, "हजार"), (100, "सौ"))
CALENDAR = "जनवरी फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर"
MONTHS = CALENDAR.split()
DEVANAGARI = str.maketrans("0123456789", "०१२३४५६७८९")


def load(name: str) -> list[dict[str, Any]]:
    lines = (DATA / f"{name}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def found(text: str, published: str | None = PUBLISHED) -> list[list[Any]]:
    return [[f.type, f.value, f.unit, f.bound] for f in find_facts(text, published=published)]


def fact(text: str, published: str | None = PUBLISHED) -> Fact:
    (only,) = find_facts(text, published=published)
    return only


def same_values(got: list[list[Any]], want: list[list[Any]]) -> bool:
    return len(got) == len(want) and all(
        one[0] == other[0] and one[1] == pytest.approx(other[1])
        if isinstance(other[1], int | float | list)
        else one[:2] == other[:2]
        for one, other in zip(got, want, strict=True)
    )


# --- Expressions --------------------------------------------------------------------------


@pytest.mark.parametrize("case", load("cases"), ids=lambda case: case["text"])
def test_expression(case: dict[str, Any]) -> None:
    got = found(case["text"], case.get("published", PUBLISHED))
    assert same_values(got, case["facts"]), got
    assert [row[2:] for row in got] == [row[2:] for row in case["facts"]]


@pytest.mark.parametrize("name", FLOORS)
def test_floor(name: str) -> None:
    cases = load(name)
    values = whole = 0
    for case in cases:
        got = found(case["text"], case.get("published", PUBLISHED))
        right = same_values(got, case["facts"])
        values += right
        whole += right and [r[2:] for r in got] == [r[2:] for r in case["facts"]]
    assert len(cases) >= 100
    assert values / len(cases) >= FLOORS[name][0]
    assert whole / len(cases) >= FLOORS[name][1]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("लगभग 500 करोड़ रुपये का नुकसान", ["लगभग 500 करोड़ रुपये"]),
        ("हमले में 12 लोगों की मौत हुई", ["12 लोगों की मौत"]),
        ("12 लोगों ने शहर के अस्पताल में दम तोड़ा", ["12 लोगों"]),
        ("18-19 जून को, फिर 30 अगस्त तक", ["18-19 जून", "30 अगस्त तक"]),
        ("कीमत 85 डॉलर प्रति बैरल रही", ["85 डॉलर प्रति बैरल"]),
        ("शुक्रवार (8 सितंबर) को", ["शुक्रवार (8 सितंबर)"]),
    ],
)
def test_words_of_a_fact(text: str, spans: list[str]) -> None:
    assert [found.text for found in find_facts(text, published=PUBLISHED)] == spans


@pytest.mark.parametrize(
    "variants",
    [
        [
            "5 फीसदी",
            "5 फ़ीसदी",
            "5 फीसद",
            "5 प्रतिशत",
            "5%",
            "५ प्रतिशत",
            "पांच फीसदी",
            "पाँच फ़ीसदी",
        ],
        ["30 किमी", "30 कि.मी.", "30 कि॰मी॰", "30 कि०मी०", "30 किलोमीटर", "30km", "तीस किमी"],
        ["500 रुपये", "500 रुपए", "500 रूपये", "₹500", "₹ 500", "रु. 500", "Rs 500", "500 रु."],
        ["6 डॉलर", "6 डालर", "छह डॉलर", "छः डॉलर", "$6"],
        ["13 सितंबर 2023", "13 सितम्बर 2023", "१३ सितंबर, २०२३", "13/09/2023", "2023-09-13"],
        ["नरेंद्र 5 लाख", "नरेन्‍द्र 5 लाख"],
    ],
)
def test_spellings_give_one_value(variants: list[str]) -> None:
    first, *others = (found(text) for text in variants)
    assert first
    assert all(other == first for other in others)


# --- Dates against the day of publication -------------------------------------------------


@pytest.mark.parametrize(
    ("text", "published", "value"),
    [
        ("30 अगस्त को हमला हुआ", "2023-09-13", "2023-08-30"),
        ("30 दिसंबर को हमला हुआ", "2023-01-05", "2022-12-30"),
        ("5 जनवरी को बैठक होगी", "2022-12-28", "2023-01-05"),
        ("5 जनवरी को बैठक थी", "2022-12-28", "2022-01-05"),
        ("शुक्रवार को बैठक हुई", "2023-09-15", "2023-09-15"),
        ("शुक्रवार को बैठक होगी", "2023-09-13", "2023-09-15"),
        ("शुक्रवार को होने वाली बैठक", "2023-09-13", "2023-09-15"),
        ("अगले बुधवार", "2023-09-13", "2023-09-20"),
        ("कल वह आए", "2023-03-01", "2023-02-28"),
        ("कल वह आएंगे", "2023-02-28", "2023-03-01"),
        ("पिछले महीने", "2023-01-31", "2022-12"),
        ("पिछले हफ्ते", "2023-01-01", "2022-12-19/2022-12-25"),
        ("दिसंबर में चुनाव हुए", "2023-03-01", "2022-12"),
        ("29 फरवरी", "2023-03-01", None),
        ("कल", "0001-01-01", None),
        ("अगले साल", "9999-12-31", None),
        ("आज", "2023-09-13T21:30:00+05:30", "2023-09-13"),
        ("आज", "13 सितंबर", None),
        ("आज", None, None),
        ("इस साल की शुरुआत", None, None),
        ("2019", None, "2019"),
        ("बीते 25 मई को", None, None),
    ],
)
def test_resolution(text: str, published: str | None, value: str | None) -> None:
    dates = [f for f in find_facts(text, published=published) if f.type == "date"]
    assert [f.value for f in dates] == [value]


@given(day=st.dates(date(1900, 1, 1), date(2100, 12, 31)), digits=st.booleans())
def test_any_full_date(day: date, digits: bool) -> None:
    text = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    text = text.translate(DEVANAGARI) if digits else text
    only = fact(text, None)
    assert (only.type, only.value, only.text) == ("date", day.isoformat(), text)


@given(published=st.dates(date(1950, 1, 1), date(2090, 1, 1)), back=st.integers(1, 400))
def test_days_ago(published: date, back: int) -> None:
    only = fact(f"{back} दिन पहले", published.isoformat())
    assert only.value == (published - timedelta(days=back)).isoformat()


# --- Numbers ------------------------------------------------------------------------------


def words_for(number: int) -> str:
    """A number in Hindi words."""
    for power, word in POWERS:
        if number >= power:
            rest = f" {words_for(number % power)}" if number % power else ""
            return f"{words_for(number // power)} {word}{rest}"
    return WORDS[number]


def grouped(number: int) -> str:
    """Indian grouping: 12,34,567."""
    head, tail = f"{number:d}"[:-3], f"{number:d}"[-3:]
    parts: list[str] = []
    while len(head) > 2:
        parts.insert(0, head[-2:])
        head = head[:-2]
    return ",".join([head, *parts, tail] if head else [*parts, tail])


@given(st.integers(0, 10**11 - 1))
def test_words_round_trip(number: int) -> None:
    text = words_for(number)
    only = fact(f"{text} टन")
    assert (only.value, only.text, only.unit) == (number, f"{text} टन", "t")


@given(st.integers(10_000, 10**12), st.booleans(), st.booleans())
def test_digits_round_trip(number: int, indian: bool, devanagari: bool) -> None:
    text = grouped(number) if indian else f"{number:,}"
    text = text.translate(DEVANAGARI) if devanagari else text
    assert (fact(text).value, fact(text).text) == (number, text)


@given(st.integers(3, 99), st.sampled_from(POWERS[:4]))
def test_fractions_shift_the_coefficient(number: int, power: tuple[int, str]) -> None:
    size, word = power
    for shift, by in (("साढ़े", 0.5), ("सवा", 0.25), ("पौने", -0.25)):
        assert fact(f"{shift} {WORDS[number]} {word} टन").value == (number + by) * size


@given(st.integers(1, 98), st.integers(1, 60), st.sampled_from(["लाख", "करोड़", "हजार"]))
def test_ranges_share_their_power(low: int, gap: int, word: str) -> None:
    high = min(low + gap, 99)
    size = {"हजार": 10**3, "लाख": 10**5, "करोड़": 10**7}[word]
    for text in (f"{low} से {high} {word} टन", f"{low}-{high} {word} टन"):
        assert fact(text).value == ([low * size, high * size] if low < high else high * size)


# --- The finder ---------------------------------------------------------------------------

VOCABULARY = """
    5 12,34,567 2019 3.5 १२ 10.30 99999999999 12/09/2023 - : % ₹ $ । , ( ) + 30
    एक दो साढ़े पौने लाख करोड़ हजारों दर्जन तिहाई शून्य माइनस लगभग से अधिक तक के बीच और
    रुपये डॉलर किमी घंटे फीसदी लोगों की मौत घायल मामले वीं सदी दशक ईसा पूर्व बजे सुबह
    शुक्रवार कल आज पिछले अगले हफ्ते साल सितंबर को तारीख शुरुआत पहले दूसरे अनुच्छेद
"""
PIECES = st.sampled_from([*VOCABULARY.split(), "\n", "\u200d"])
TEXTS = st.lists(st.tuples(PIECES, st.sampled_from([" ", " ", ""])), max_size=14).map(
    lambda pairs: "".join(piece + space for piece, space in pairs)
)


@given(TEXTS | st.text(max_size=40), st.data())
def test_facts_are_verbatim_disjoint_and_inside(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    last = start
    for only in find_facts(text, start=start, end=end, published=PUBLISHED):
        assert last <= only.start < only.end <= end
        assert only.text == text[only.start : only.end]
        last = only.end
        json.dumps(only.to_dict(), allow_nan=False)
        if isinstance(only.value, list):
            assert only.bound == "range"
            assert only.value[0] < only.value[1]


@given(TEXTS, st.text(st.sampled_from("अबक मन।\n"), max_size=9))
def test_offsets_shift_with_the_text(text: str, before: str) -> None:
    alone = find_facts(text, published=PUBLISHED)
    inside = find_facts(before + text, start=len(before), published=PUBLISHED)
    shifted = [(f.start + len(before), f.value, f.text) for f in alone]
    assert [(f.start, f.value, f.text) for f in inside] == shifted


def test_nothing_spans_a_line_break() -> None:
    assert [f.value for f in find_facts("कुल 30\nअगस्त में 5\nलाख रुपये")] == [30, None, 5, 100_000]


@pytest.mark.parametrize("unit", ["1,22,", "1-", "एक लाख ", "कल ", "10 से ", "5 लोग नए ", "1, "])
def test_long_repetition(unit: str) -> None:
    assert find_facts(unit * 3000, published=PUBLISHED) is not None


def test_entities_are_facts() -> None:
    text = "नरेन्‍द्र मोदी ने  दिल्ली में 5 बैठकें कीं"
    entities = [Entity("PER", 0, 14), Entity("LOC", 19, 25), Entity("MISC", 15, 17)]
    facts = find_facts(text, entities=entities)
    assert [(f.type, f.value) for f in facts] == [
        ("person", "नरेन्द्र मोदी"),
        ("place", "दिल्ली"),
        ("quantity", 5),
    ]
    assert [f.text for f in facts][:2] == [text[0:14], text[19:25]]


def test_longest_of_overlapping_facts_wins() -> None:
    text = "विश्व कप 2023 फाइनल में 5 भारतीय"
    names = [Entity("ORG", 0, 19), Entity("LOC", 26, 32)]
    assert [f.type for f in find_facts(text, entities=names[:1])] == [
        "organization",
        "quantity",
    ]
    outside = find_facts(text, start=14, entities=names)
    assert "organization" not in [f.type for f in outside]


# --- When it was said ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("clause", "day"),
    [
        ("मंत्री ने शुक्रवार को कहा", "2023-09-08"),
        ("मंत्री ने बुधवार को कहा", "2023-09-13"),
        ("मंत्री ने आज बताया", "2023-09-13"),
        ("उन्होंने कल कहा", "2023-09-12"),
        ("प्रवक्ता ने 30 अगस्त को बताया", "2023-08-30"),
        ("प्रवक्ता ने मंगलवार देर रात बताया", "2023-09-12"),
        ("प्रवक्ता ने शुक्रवार, 8 सितंबर को बताया", "2023-09-08"),
        ("मंगलवार को जारी बयान में कहा", "2023-09-12"),
        ("मंगलवार को हुई अहम बैठक में कहा", "2023-09-12"),
        ("मंगलवार को हुए हमले पर कहा", None),
        ("सोमवार को हुए हमले पर उन्होंने मंगलवार को कहा", "2023-09-12"),
        ("शुक्रवार को 2019 के चुनाव पर कहा", "2023-09-08"),
        ("30 अगस्त के हमले पर कहा", None),
        ("शनिवार को होने वाली बैठक पर कहा", None),
        ("पिछले हफ्ते कहा", None),
        ("सितंबर 2022 में कहा", None),
        ("सुबह 10 बजे कहा", None),
        ("शुक्रवार तक कहा", None),
        ("दो दिन पहले कहा", "2023-09-11"),
        ("मंत्री ने कहा", None),
    ],
)
def test_said_on(clause: str, day: str | None) -> None:
    text = f"भूमिका। {clause} कि 5 मई को काम होगा"
    start = len("भूमिका। ")
    assert find_said_on(text, start, start + len(clause), PUBLISHED) == day


def test_said_on_without_publication() -> None:
    for clause, day in (("शुक्रवार को कहा", None), ("8 सितंबर 2023 को कहा", "2023-09-08")):
        assert find_said_on(clause, 0, len(clause), None) == day


# --- Agreement ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second", "verdict"),
    [
        # exact
        ("500 करोड़ रुपये", "पांच अरब रुपये", True),
        ("500 करोड़ रुपये", "900 करोड़ रुपये", False),
        ("500 करोड़ रुपये", "500 करोड़ डॉलर", None),
        ("12 लोगों की मौत", "12 की मौत", True),
        ("12 लोगों की मौत", "15 की मौत", False),
        ("12 लोगों की मौत", "30 घायल", None),
        ("5 विधेयक", "5", True),
        ("5", "7 सीटें", False),
        ("5", "7 किमी", None),
        ("5 फीसदी", "5 लोग", None),
        # units
        ("2 घंटे", "120 मिनट", True),
        ("1.5 किमी", "1500 मीटर", True),
        ("1.5 किमी", "1600 मीटर", False),
        ("1.5 किमी", "1500 टन", None),
        # bounds
        ("लगभग 50 लोग", "52 लोग", True),
        ("लगभग 50 लोग", "60 लोग", False),
        ("लगभग 50 लोग", "करीब 54 लोग", True),
        ("100 से अधिक लोग", "120 लोग", True),
        ("100 से अधिक लोग", "100 लोग", True),
        ("100 से अधिक लोग", "99 लोग", False),
        ("100 से अधिक लोग", "200 लोग", False),
        ("100 से अधिक लोग", "200 से अधिक लोग", False),
        ("100 से अधिक लोग", "120 से अधिक लोग", True),
        ("अधिकतम 100 लोग", "90 लोग", True),
        ("अधिकतम 100 लोग", "110 लोग", False),
        ("अधिकतम 100 लोग", "200 से अधिक लोग", False),
        ("हजारों लोग", "8000 लोग", True),
        ("हजारों लोग", "80 लोग", False),
        ("10 से 15 फीसदी", "12 फीसदी", True),
        ("10 से 15 फीसदी", "14-20 फीसदी", True),
        ("10 से 15 फीसदी", "16 फीसदी", False),
        ("-5 डिग्री", "-5 डिग्री सेल्सियस", True),
        ("अधिकतम -5 डिग्री", "-6 डिग्री", True),
        # dates
        ("30 अगस्त", "30 अगस्त 2023", True),
        ("सितंबर 2023", "13 सितंबर", True),
        ("सितंबर 2022", "13 सितंबर", False),
        ("18-19 जून", "19 जून", True),
        ("पिछले हफ्ते", "शुक्रवार", True),
        ("पिछले हफ्ते", "बुधवार", False),
        ("2023", "पिछले साल", False),
        ("300 ईसा पूर्व", "तीसरी सदी ईसा पूर्व", True),
        ("शाम 5 बजे", "17:00 बजे", True),
        ("शाम 5 बजे", "शुक्रवार", None),
        ("30 अगस्त", "30 लोग", None),
        # ordinals and scores
        ("तीसरी लहर", "दूसरी लहर", False),
        ("तीसरी लहर", "दूसरा चरण", None),
        ("अनुच्छेद 370", "अनुच्छेद 371", False),
        ("3-2 से हराया", "3-2 से जीता", True),
        ("3-2 से हराया", "3-1 से जीता", False),
    ],
)
def test_agreement(first: str, second: str, verdict: bool | None) -> None:
    assert agree(fact(first), fact(second)) is verdict
    assert agree(fact(second), fact(first)) is verdict


def test_unresolved_dates_agree_only_by_their_words() -> None:
    assert agree(fact("शुक्रवार", None), fact("शुक्रवार", None)) is True
    assert agree(fact("शुक्रवार", None), fact("शनिवार", None)) is None
    assert agree(fact("शुक्रवार", None), fact("8 सितंबर 2023", None)) is None


def test_names_agree_across_spellings_and_never_disagree() -> None:
    names = [Fact("place", word, word, None, 0, len(word)) for word in ("मुम्बई", "मुंबई", "पुणे")]
    assert agree(names[0], names[1]) is True
    assert agree(names[0], names[2]) is None


@given(TEXTS, TEXTS)
def test_agreement_is_symmetric(first: str, second: str) -> None:
    facts = [*find_facts(first, published=PUBLISHED), *find_facts(second, published=PUBLISHED)]
    for one in facts:
        assert agree(one, one) is not False
        for other in facts:
            assert agree(one, other) is agree(other, one)
