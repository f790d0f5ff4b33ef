"""Speakers across articles, and the decisions of the user."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimx.errors import InputError
from claimx.identity import (
    Aliases,
    Match,
    Name,
    Registry,
    canonicalize,
    compare_names,
    doubtful_pairs,
    latin_name,
    load_aliases,
    resolution,
    resolve,
    same_name,
)
from claimx.identity.compare import compare_mentions
from claimx.identity.mention import Mention
from claimx.identity.tables import table
from claimx.records import Claim, SpeakerType
from tests.identity.cases import NAMES


class TestResolution:
    @pytest.fixture
    def registry(self) -> Registry:
        return resolve(self.names())

    def names(self) -> list[Name]:
        rows = [
            ("क्रेमलिन के प्रवक्ता दिमित्री पेसकोव", "1"),
            ("पेस्कोव", "2"),
            ("Dmitry Peskov", "3"),
            ("नरेश कोठारी", "4"),
            ("कोठारी", "4"),
            ("कोठारी", "5"),
            ("राहुल गांधी", "6"),
            ("सोनिया गांधी", "6"),
            ("गांधी", "6"),
            ("राहुल गांधी", "7"),
            ("गांधी", "7"),
            ("गांधी", "8"),
            ("ललित मोदी", "9"),
            ("मोदी", "9"),
            ("मोदी", "10"),
            ("विदेश मंत्रालय", "11"),
            ("चीनी विदेश मंत्रालय", "11"),
            ("विदेश मंत्रालय", "12"),
            ("रमेश तुफैल", "13"),
            ("राकेश तुफैल", "14"),
            ("आर. तुफैल", "15"),
            ("एनडब्ल्यूएस", "16"),
            ("नेशनल वेदर सर्विस", "17"),
            ("प्रकाश शर्मा", "18"),
            ("शर्मा", "19"),
        ]
        return [Name(text, article=article) for text, article in rows]

    @pytest.mark.parametrize(
        ("text", "article", "speaker"),
        [
            ("पेस्कोव", "2", "दिमित्री पेसकोव"),
            ("Dmitry Peskov", "3", "दिमित्री पेसकोव"),
            ("कोठारी", "4", "नरेश कोठारी"),  # in the same article
            ("कोठारी", "5", "नरेश कोठारी"),  # the one bearer anywhere
            ("गांधी", "6", "गांधी"),  # two bearers in the article
            ("गांधी", "7", "राहुल गांधी"),  # one in the article
            ("गांधी", "8", "गांधी"),  # several anywhere
            ("मोदी", "9", "ललित मोदी"),  # in the article before the default
            ("मोदी", "10", "नरेंद्र मोदी"),
            ("विदेश मंत्रालय", "11", "चीनी विदेश मंत्रालय"),
            ("विदेश मंत्रालय", "12", "विदेश मंत्रालय"),
            ("आर. तुफैल", "15", "आर. तुफैल"),  # two people fit the initial
            ("नेशनल वेदर सर्विस", "17", "एनडब्ल्यूएस"),
            ("शर्मा", "19", "शर्मा"),  # too frequent a surname
        ],
    )
    def test_who_is_meant(
        self, registry: Registry, text: str, article: str, speaker: str
    ) -> None:
        assert registry.speaker_of(Name(text, article=article)).name == speaker

    def test_speakers_have_spellings_and_counts(self, registry: Registry) -> None:
        peskov = next(s for s in registry.speakers if s.latin == "Dmitry Peskov")
        assert peskov.count == 3
        assert set(peskov.spellings) == {"दिमित्री पेसकोव", "पेस्कोव", "Dmitry Peskov"}
        assert peskov.type == "person"
        assert sum(s.count for s in registry.speakers) == len(self.names())

    def test_names_are_unique(self, registry: Registry) -> None:
        names = [s.name for s in registry.speakers]
        assert len(names) == len(set(names))

    @settings(deadline=None, max_examples=25)
    @given(st.randoms())
    def test_order_does_not_matter(self, random: object) -> None:
        names = self.names()
        random.shuffle(names)  # type: ignore[attr-defined]
        assert resolve(names).speakers == resolve(self.names()).speakers

    def test_doubtful_pairs_are_listed_and_decided_ones_not(
        self, registry: Registry, tmp_path: Path
    ) -> None:
        pairs = {frozenset((p.one, p.other)) for p in doubtful_pairs(registry.speakers)}
        assert frozenset(("विदेश मंत्रालय", "चीनी विदेश मंत्रालय")) in pairs
        assert frozenset(("आर. तुफैल", "रमेश तुफैल")) in pairs
        assert frozenset(("रमेश तुफैल", "राकेश तुफैल")) not in pairs
        own = tmp_path / "own.toml"
        own.write_text('apart = [["आर. तुफैल", "रमेश तुफैल"]]', encoding="utf-8")
        decided = doubtful_pairs(registry.speakers, load_aliases(own))
        assert frozenset(("आर. तुफैल", "रमेश तुफैल")) not in {
            frozenset((p.one, p.other)) for p in decided
        }


def test_unlike_names_are_not_chained() -> None:
    # Each step is a usual variant; the ends are two names.
    chain = ["रमेश बोस", "रमेश बोसे", "रमेष बोसे", "रामेश बोसी"]
    registry = resolve([Name(text, article=text) for text in chain])
    for speaker in registry.speakers:
        for one in speaker.spellings:
            assert compare_names(one, speaker.spellings[0]).verdict != "different"


def test_roles_and_types_come_with_the_speaker() -> None:
    names = [
        Name("लव अग्रवाल", "person", "संयुक्त सचिव", "1"),
        Name("लव अग्रवाल", "person", "संयुक्त सचिव", "2"),
        Name("लव अगरवाल", "unknown", "स्वास्थ्य सचिव", "3"),
        Name("सहारा निधि", "organization", None, "4"),
    ]
    first, second = resolve(names).speakers
    assert (first.name, first.type) == ("लव अग्रवाल", "person")
    assert first.roles == ("संयुक्त सचिव", "स्वास्थ्य सचिव")
    assert second.type == "organization"


def test_names_are_not_compared_with_all_others(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = list(table("names")["given"]["indian"].values())[::3]
    words = [entry if isinstance(entry, str) else entry[0] for entry in entries]
    names = [Name(f"{word} सोनकर", "person", None, word) for word in words]
    compared: list[tuple[str, str]] = []

    def counted(one: Mention, other: Mention, aliases: Aliases) -> Match:
        compared.append((one.text, other.text))
        return compare_mentions(one, other, aliases)

    monkeypatch.setattr(resolution, "compare_mentions", counted)
    resolve(names)
    assert len(compared) < len(names) ** 2 / 2 / 5


def a_claim(speaker: str | None, article: str = "a") -> Claim:
    return Claim(
        id=f"{speaker}{article}", article=article, source="s", title=None, published=None,
        speaker=speaker, speaker_latin=None, speaker_type="unknown", speaker_role=None,
        mention=speaker, resolution="name", claim="बात", start=0, end=3, evidence="बात",
        evidence_start=0, evidence_end=3, kind="indirect", cue="कहना", act="say",
        polarity="affirmed", via=None, addressee=None, said_on=None, facts=(), group=None,
        group_sources=None, relation=None, confidence=1.0,
    )  # fmt: skip


def test_claims_get_their_canonical_speaker() -> None:
    claims = [a_claim("पेस्कोव", "1"), a_claim(None, "2"), a_claim("दमित्री पेस्कोव", "3")]
    first, second, third = canonicalize(claims)
    assert first.speaker == third.speaker == "दमित्री पेस्कोव"
    assert (first.speaker_latin, first.speaker_type) == ("Dmitry Peskov", "person")
    assert first.mention == "पेस्कोव"
    assert (second.speaker, second.speaker_latin) == (None, None)
    assert canonicalize([]) == []


def test_a_listed_speaker_is_named_as_the_articles_do(tmp_path: Path) -> None:
    (bank,) = resolve([Name("आरबीआई", "organization", None, "1")]).speakers
    assert (bank.name, bank.latin) == ("आरबीआई", "Reserve Bank of India")
    (listed,) = resolve([Name("पेसकोव", "person", None, "1")]).speakers
    assert listed.name == "दिमित्री पेसकोव"
    (spelt,) = resolve([Name("पेस्कोव", "person", None, "1")]).speakers
    assert (spelt.name, spelt.latin) == ("दिमित्री पेस्कोव", "Dmitry Peskov")
    own = tmp_path / "names.toml"
    own.write_text('[aliases]\n"रिजर्व बैंक" = ["आरबीआई"]\n', "utf-8")
    (chosen,) = resolve([Name("आरबीआई", "organization", None, "1")], load_aliases(own)).speakers
    assert chosen.name == "रिजर्व बैंक"


@pytest.mark.parametrize("name", ["जनता दल सेक्युलर", "राष्ट्रपति भवन"])
def test_a_listed_body_whose_name_begins_like_a_title_keeps_it(name: str) -> None:
    once = canonicalize([a_claim(name)])
    assert once[0].speaker == name
    assert canonicalize(once) == once


@settings(deadline=None, max_examples=30)
@given(st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from("123")), max_size=8))
def test_making_canonical_twice_changes_nothing_more(rows: list[tuple[str, str]]) -> None:
    once = canonicalize([a_claim(name, article) for name, article in rows])
    assert canonicalize(once) == once


class TestDecisions:
    def load(self, tmp_path: Path, text: str) -> Path:
        path = tmp_path / "decisions.toml"
        path.write_text(text, encoding="utf-8")
        return path

    def test_a_users_names_join_and_part(self, tmp_path: Path) -> None:
        aliases = load_aliases(
            self.load(
                tmp_path,
                """
                apart = [["लव अग्रवाल", "लव अगरवाल"], ["पेंटागन", "अमेरिकी रक्षा मंत्रालय"]]
                [aliases]
                "गुरुजी" = ["शिबू सोरेन", "Guruji"]
                "ललित मोदी" = ["मोदी"]
                """,
            )
        )
        assert same_name("गुरुजी", "शिबू सोरेन", aliases=aliases)
        assert same_name("शिबु सोरेन", "Guruji", aliases=aliases)
        assert same_name("मोदी", "ललित मोदी", aliases=aliases)
        assert not same_name("मोदी", "नरेंद्र मोदी", aliases=aliases)
        assert not same_name("लव अग्रवाल", "लव अगरवाल", aliases=aliases)
        assert not same_name("पेंटागन", "अमेरिकी रक्षा मंत्रालय", aliases=aliases)
        assert same_name("पेंटागन", "अमेरिकी रक्षा विभाग", aliases=aliases)
        assert latin_name("शिबू सोरेन", aliases=aliases) == "Guruji"
        assert same_name("गुरुजी", "शिबू सोरेन") is False
        names = [Name(t, article=t) for t in ("मोदी", "पेंटागन", "अमेरिकी रक्षा मंत्रालय")]
        registry = resolve(names, aliases)
        assert registry.speaker_of(names[0]).name == "ललित मोदी"
        assert registry.speaker_of(names[1]) != registry.speaker_of(names[2])

    def test_a_bare_name_can_be_set_apart(self, tmp_path: Path) -> None:
        aliases = load_aliases(self.load(tmp_path, 'apart = [["कूपर", "रॉय कूपर"]]'))
        names = [Name("कूपर", article="1"), Name("रॉय कूपर", article="1")]
        assert len(resolve(names, aliases).speakers) == 2
        assert len(resolve(names).speakers) == 1

    def test_apart_may_stand_below_the_aliases(self, tmp_path: Path) -> None:
        text = '[aliases]\n"क ख" = ["ग घ"]\napart = [["च छ", "ज झ"]]'
        aliases = load_aliases(self.load(tmp_path, text))
        assert same_name("क ख", "ग घ", aliases=aliases)
        assert aliases.are_apart("च छ", "ज झ")

    @pytest.mark.parametrize("text", ["", "apart = []", "[aliases]", "\ufeff[aliases]\n"])
    def test_an_empty_file_changes_nothing(self, tmp_path: Path, text: str) -> None:
        aliases = load_aliases(self.load(tmp_path, text))
        assert aliases.entities == load_aliases().entities

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("[aliases]\nमोदी = [", "quotation marks"),
            ("aliases = 3", "[aliases]"),
            ("names = []", "'names'"),
            ('[aliases]\n"मोदी" = 3', '"मोदी"'),
            ('[aliases]\n"मोदी" = ["Modi", 3]', '"मोदी"'),
            ('[aliases]\n"मोदी" = [""]', '"मोदी"'),
            ('[aliases]\n"क" = ["ग"]\n"ख" = ["ग"]', "leave it in one"),
            ('apart = ["क", "ख"]', "pairs"),
            ('apart = [["क"]]', "pairs"),
            ('apart = [["क", "क"]]', "twice"),
            ('apart = [["क", "ख"]]\n[aliases]\n"क" = ["ख"]', "drop one"),
        ],
    )
    def test_errors_name_the_file_the_key_and_the_remedy(
        self, tmp_path: Path, text: str, found: str
    ) -> None:
        path = self.load(tmp_path, text)
        with pytest.raises(InputError) as error:
            load_aliases(path)
        assert str(path) in str(error.value)
        assert found in str(error.value)

    def test_a_missing_or_undecodable_file_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match=r"none\.toml"):
            load_aliases(tmp_path / "none.toml")
        path = tmp_path / "latin1.toml"
        path.write_bytes(b"# \xe9")
        with pytest.raises(InputError, match="UTF-8"):
            load_aliases(path)


@pytest.mark.parametrize(
    ("name", "type", "latin"),
    [
        ("मिश्र", "person", "Mishra"),
        ("त्रिपुरा", "person", "Tripura"),
        ("डेविड कैमरून", "person", "David Cameron"),
        ("तुर्की", "organization", "Turkey"),
        ("चीन", "person", "China"),  # nobody's surname, whatever the tagger says
    ],
)
def test_a_surname_that_is_a_country_too_stays_its_bearers(
    name: str, type: SpeakerType, latin: str
) -> None:
    (speaker,) = resolve([Name(name, type, None, "1")]).speakers
    assert speaker.latin == latin
