"""Latin names, look-up in both scripts, and the tables behind them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimx.identity import (
    Name,
    Speaker,
    latin_name,
    load_aliases,
    lookup_keys,
    match_score,
    matches_query,
    query_keys,
    resolve,
    suggest,
    tables,
)
from claimx.identity.latin import transliterate
from claimx.identity.tables import table
from claimx.identity.text import is_devanagari, key
from tests.identity.cases import DATA, NAMES

# Shares of look-ups that find whom they should, and nobody else.
LOOKUP_FLOORS = {"found": 0.98, "apart": 0.85}


# Shares of the words of data/names.toml that the rules alone spell as the list does.
# indic-transliteration with its final schwas dropped: 0.50, 0.33, 0.43.
LATIN_FLOORS = {"given.indian": 0.82, "given.islamic": 0.59, "surname.indian": 0.71}


class TestLists:
    def test_no_spelling_means_two_speakers(self) -> None:
        owner: dict[str, str] = {}
        for entity in load_aliases().entities.values():
            for spelling in entity.spellings:
                assert owner.setdefault(key(spelling), entity.name) == entity.name, spelling

    def test_every_entity_has_a_name_in_both_scripts(self) -> None:
        entities = load_aliases().entities.values()
        assert len(entities) > 1000
        for entity in entities:
            assert is_devanagari(entity.name)
            assert entity.latin
            assert not is_devanagari(entity.latin)

    def test_bare_names_belong_to_listed_people(self) -> None:
        people = table("people")
        assert set(people["short"]) <= set(people["people"])

    def test_listed_people_are_apart(self) -> None:
        people = [e for e in load_aliases().entities.values() if e.kind == "person"]
        registry = resolve([Name(p.name, "person", None, p.name) for p in people])
        assert len(registry.speakers) == len(people)


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("दिमित्री पेसकोव", "Dmitry Peskov"),
        ("पुतिन", "Vladimir Putin"),
        ("रमाकांत वर्मा", "Ramakant Verma"),
        ("अखिलेश यादव", "Akhilesh Yadav"),
        ("संजय सिंह", "Sanjay Singh"),
        ("लव अग्रवाल", "Lav Agrawal"),
        ("हरभजन लाकड़ा", "Harbhajan Lakra"),
        ("मनमोहन टिर्की", "Manmohan Tirki"),
        ("द्वारिका साव", "Dwarika Sav"),
        ("के.पी. बरनवाल", "K. P. Baranwal"),
        ("टीएस सोनकर", "T. S. Sonkar"),
        ("जॉन बेकरमैन", "John Bekarman"),
        ("एनएचसी", "National Hurricane Center"),
        ("एबीसीडी", "ABCD"),
        ("रूसी विदेश मंत्रालय", "Russian Foreign Ministry"),
        ("रूस का रक्षा मंत्रालय", "Russian Defence Ministry"),
        ("विदेश मंत्रालय", "Foreign Ministry"),
        ("इलाहाबाद हाई कोर्ट", "Allahabad High Court"),
        ("यूपी पुलिस", "Uttar Pradesh Police"),
        ("नेपाल सेना", "Nepal Army"),
        ("राष्ट्रीय आपदा प्रबंधन परिषद", "National Disaster Management Council"),
        ("क्रेमलिन के प्रवक्ता", "Kremlin Spokesperson"),
        ("स्थानीय अधिकारी", "Local Official"),
        ("पार्क मिन-सू", "Park Min-Sue"),
        ("Dimitri Peskov", "Dmitry Peskov"),
        ("Jane Roe", "Jane Roe"),
    ],
)
def test_latin_names(name: str, latin: str) -> None:
    assert latin_name(name) == latin


@pytest.mark.parametrize(
    ("text", "name", "latin"),
    [
        ("विशेषज्ञों", "विशेषज्ञ", "Expert"),
        ("स्थानीय अधिकारियों", "स्थानीय अधिकारी", "Local Official"),
        ("राहत एजेंसियों", "राहत एजेंसियां", "Aid Agencies"),
        ("किसान संगठनों", "किसान संगठन", "Farmer Union"),
        ("सूत्र", "सूत्र", "Source"),
        ("नेता प्रतिपक्ष", "नेता प्रतिपक्ष", "Leader of the Opposition"),
    ],
)
def test_groups_and_offices_are_named_in_the_direct_case(
    text: str, name: str, latin: str
) -> None:
    (speaker,) = resolve([Name(text)]).speakers
    assert (speaker.name, speaker.latin) == (name, latin)


@pytest.mark.parametrize("section", LATIN_FLOORS)
def test_words_are_spelt_by_rule(section: str) -> None:
    part, origin = section.split(".")
    right = 0
    entries = table("names")[part][origin]
    for latin, value in entries.items():
        spellings = [value] if isinstance(value, str) else value
        accepted = {latin.lower(), *(s.lower() for s in spellings if not is_devanagari(s))}
        right += transliterate(spellings[0]).lower() in accepted
    assert right / len(entries) >= LATIN_FLOORS[section]


@pytest.mark.parametrize(
    ("query", "names", "found"),
    [
        ("peskov", ["दिमित्री पेसकोव"], True),
        ("Peskow", ["दिमित्री पेसकोव"], True),
        ("peskoff", ["दिमित्री पेसकोव"], True),
        ("पेस्कोव", ["दिमित्री पेसकोव"], True),
        ("dimitri peskov", ["दिमित्री पेसकोव"], True),
        ("Dmitry Peskov", ["दिमित्री पेसकोव"], True),
        ("jaishankar", ["एस जयशंकर"], True),
        ("jayshankar", ["एस जयशंकर"], True),
        ("s jaishankar", ["एस. जयशंकर"], True),
        ("kp oli", ["केपी शर्मा ओली"], True),
        ("K. P. Sharma Oli", ["केपी शर्मा ओली"], True),
        ("zelenskyy", ["वोलोदिमीर ज़ेलेंस्की"], True),
        ("xi", ["शी जिनपिंग"], True),
        ("macron", ["इमैनुएल मैक्रों"], True),
        ("kharge", ["मल्लिकार्जुन खड़गे"], True),
        ("rao", ["नरसिम्हा राव"], True),
        ("singh", ["मनमोहन सिंह"], True),
        ("laxmi", ["लक्ष्मी नारायण"], True),
        ("मोदी", ["Narendra Modi"], True),
        ("bjp", ["भाजपा", "BJP"], True),
        ("nhc", ["एनएचसी"], True),
        ("modi", ["मनोज मुदलियार"], False),
        ("peskov", ["सर्गेई लावरोव"], False),
        ("sonia gandhi", ["राहुल गांधी"], False),
        ("मोदी", ["मादा"], False),
        ("", ["राहुल गांधी"], False),
    ],
)
def test_lookup(query: str, names: list[str], found: bool) -> None:
    assert matches_query(query, names) is found
    if found:
        keys = lookup_keys(*names)
        assert all(word & keys for word in query_keys(query))


@pytest.mark.parametrize(("outcome", "floor"), LOOKUP_FLOORS.items())
def test_lookups_written_unseen(outcome: str, floor: float) -> None:
    rows = (DATA / "lookups.tsv").read_text(encoding="utf-8").splitlines()
    fields = [row.split("\t") for row in rows if not row.startswith("#")]
    pairs = [(query, name) for verdict, query, name in fields if verdict == outcome]
    wrong = []
    for query, name in pairs:
        names = [name, latin_name(name), *load_aliases().names_of(name)]
        keys = lookup_keys(*names)
        found = all(word & keys for word in query_keys(query)) and matches_query(query, names)
        if found is not (outcome == "found"):
            wrong.append((query, name))
    assert 1 - len(wrong) / len(pairs) >= floor, wrong


def test_the_whole_name_ranks_first() -> None:
    people = ["नरेंद्र मोदी", "ललित मोदी", "मोदी"]
    ranked = sorted(people, key=lambda name: -match_score("narendra modi", [name]))
    assert ranked[0] == "नरेंद्र मोदी"
    assert match_score("मोदी", ["मोदी"]) == 1.0 > match_score("मोदी", ["ललित मोदी"])


@given(st.sampled_from(NAMES))
def test_every_name_finds_itself_in_both_scripts(name: str) -> None:
    for query in (name, latin_name(name)):
        keys = lookup_keys(name, latin_name(name))
        assert all(word & keys for word in query_keys(query))


def test_lists_add_names_to_look_up() -> None:
    assert {"BJP", "भारतीय जनता पार्टी"} <= set(load_aliases().names_of("भाजपा"))
    assert load_aliases().names_of("रमेश कोठारी") == ()


def test_near_names_are_suggested() -> None:
    names = ["दिमित्री पेसकोव", "राहुल गांधी", "एस जयशंकर"]
    assert suggest("piskof", names)[0] == "दिमित्री पेसकोव"
    assert suggest("rahool", names)[0] == "राहुल गांधी"
    assert suggest("qqqq", names) == []
    assert suggest("Smith", ["N. A. Si"]) == []
    assert len(suggest("a", names * 5, limit=2)) <= 2


def known() -> str:
    """The indexes of known speakers, in a form that processes can compare."""
    aliases = load_aliases()
    rows = [
        *aliases.spelled.items(),
        *((outline, sorted(names)) for outline, names in aliases.outlines.items()),
        *aliases.surnames.items(),
        *aliases.bodies.items(),
        *((sorted(said), name) for said, name in aliases.signatures.items()),
    ]
    return "\n".join(sorted(map(repr, rows)))


def test_the_index_is_what_the_tables_come_to() -> None:
    """If this fails, run ``python -m claimx.identity.index``."""
    code = (
        "import sys; from pathlib import Path; from claimx.identity import tables;"
        "tables.INDEX = Path('none'); from tests.identity.test_lookup import known;"
        "from claimx.identity.index import make_index;"
        "sys.stdout.buffer.write((make_index() + known()).encode())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, cwd=DATA.parents[2]
    )
    assert tables.index()
    made = done.stdout.decode()
    # Compared as equal or not: a difference of a megabyte is no message.
    assert (made == tables.INDEX.read_text(encoding="utf-8") + known()) is True


def test_an_index_of_other_tables_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "index.json"
    other.write_text('{"digest": "of others"}', encoding="utf-8")
    monkeypatch.setattr(tables, "INDEX", other)
    assert tables.index.__wrapped__() == {}
    monkeypatch.setattr(tables, "INDEX", tmp_path / "none.json")
    assert tables.index.__wrapped__() == {}


def test_look_up_reads_no_lists_and_imports_nothing_heavy() -> None:
    code = (
        "import sys; from claimx.identity import query_keys, match_score; query_keys('peskov');"
        "match_score('peskov', ['पेसकोव']); from claimx.identity import tables;"
        "print(sorted({'torch', 'stanza', 'rapidfuzz', 'claimx.identity.aliases'}"
        " & set(sys.modules)), tables.table.cache_info().currsize,"
        " tables.index.cache_info().currsize)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["[]", "2", "0"]


def test_speakers_are_plain_records() -> None:
    speaker = Speaker("क", "Ka", "person")
    assert (speaker.roles, speaker.spellings, speaker.count) == ((), (), 0)
