"""Search by content, and the filters."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from claimx.store import Filters, Store
from claimx.store.words import cover, fold_latin, latin_keys, split_words
from tests.store.cases import V, a_claim, an_article, fill, texts

# Words


@pytest.fixture
def library(store: Store) -> Store:
    fill(
        store,
        ("/1", "क", "मोदी ने यात्रा रद्द की"),
        ("/2", "क", "मादा हाथी दिखी"),
        ("/3", "क", "५०० करो\u095c का नुक़सान हुआ, NATO ने कहा"),
        ("/4", "क", "नरेन्\u200dद्र की यात्राएं; किम जोंग-उन से युद्ध विराम"),
        ("/5", "क", "कल काला दिन था"),
        ("/6", "क", "दीन दुखियों की सरकार"),
    )
    return store


@pytest.mark.parametrize(
    ("query", "found"),
    [
        # a matra apart is another word
        ("मोदी", "1"), ("मादा", "2"), ("मोद", ""), ("म", ""), ("मादी", ""),
        ("कल", "5"), ("काल", ""), ("दिन", "5"), ("दीन", "6"), ("यात्रा", "1"),
        # canonical forms, nukta, joiners, digits, letter case
        ("करो\u095c", "3"), ("करो\u0921\u093c", "3"), ("करोड", "3"), ("नुकसान", "3"),
        ("नरेन्द्र", "4"), ("नरेन्\u200cद्र", "4"), ("500", "3"), ("५००", "3"), ("nato", "3"),
        # beginnings
        ("यात्रा*", "14"), ("मो*", "1"), ("म*", "12"), ("*", ""), ("५*", "3"),
        # several words, in any order, and phrases
        ("रद्द यात्रा", "1"), ("यात्रा मादा", ""), ('"युद्ध विराम"', "4"), ('"विराम युद्ध"', ""),
        ("“युद्ध विराम”", "4"), ("जोंग-उन", "4"), ("उन-जोंग", ""), ('"यात्रा रद्द', "1"),
        # Latin letters
        ("yatra", "1"), ("Yaatra", "1"), ("yatra*", "14"), ("yat*", "14"), ("kal", "5"),
        ("sarkar", "6"), ("sarkaar modi", ""), ("yatra radd", "1"), ("yatra रद्द", "1"),
        ('"yudh viram"', "4"), ('"yuddh विराम"', "4"), ('"viram yudh"', ""), ("mod", ""),
        ("Jong-un", "4"), ("karor", "3"), ("karod", "3"), ("nuksan", "3"),
        # nothing to look for
        ("", ""), ("।", ""), ('""', ""), ("\0", ""), ("\ud800", ""),
        # FTS5's own syntax is only words
        ("मोदी OR मादा", ""), ("मोदी NOT यात्रा", ""), ("words:मोदी", ""), ("-मोदी", "1"),
        ("(मोदी", "1"), ("मोदी^2", ""), ("NEAR(मोदी यात्रा)", ""), ("'मोदी'", "1"),
    ],
)  # fmt: skip
def test_search(library: Store, query: str, found: str) -> None:
    claims = library.search(query)
    assert sorted(claim.article for claim in claims) == [f"/{digit}" for digit in found]


@pytest.mark.parametrize(
    ("devanagari", "latin"),
    [
        ("यूक्रेन", "Yukren"), ("राष्ट्रपति", "rashtrapati"), ("राष्ट्रपति", "raashtrapati"),
        ("सड़क", "sadak"), ("सड़क", "sarak"), ("ज़मीन", "zameen"), ("ज़मीन", "jamin"),
        ("फ़ैसला", "faisla"), ("फैसला", "phaisala"), ("संबंध", "sambandh"), ("संबंध", "sanbandh"),
        ("मित्र", "mitra"), ("मित्र", "mitr"), ("युद्ध", "yuddh"), ("अच्छा", "accha"),
        ("अच्छा", "achchha"), ("ज्ञान", "gyan"), ("इंडिया", "India"), ("कोरिया", "Korea"),
        ("चीन", "cheen"), ("लोगों", "logon"), ("वक़्त", "waqt"), ("औरत", "aurat"),
        ("आरोप", "aarop"), ("में", "mein"), ("हाँ", "haan"), ("Café", "cafe"),
    ],
)  # fmt: skip
def test_latin_spellings_of_a_word(devanagari: str, latin: str) -> None:
    (typed,) = split_words(latin)
    (word,) = split_words(devanagari)
    assert latin_keys(typed) & latin_keys(word)


@pytest.mark.parametrize("pair", ["दिन दान", "मोदी मादा", "बात भात", "राज राजा"])
def test_other_words_have_other_latin_spellings(pair: str) -> None:
    one, other = split_words(pair)
    assert not latin_keys(one) & latin_keys(other)


@settings(deadline=None)
@given(st.text(alphabet="अआकखगघचजङञटड़ढतदनपफबमयरलवशसहािीुेोैंँः्\u093c\u200d aekz1"))
def test_words_and_keys_of_any_text(text: str) -> None:
    words = split_words(text)
    assert split_words(" ".join(words)) == words
    for word in words:
        for key in latin_keys(word):
            assert fold_latin(key) == key


@given(st.sets(st.text(alphabet="कखगा", min_size=1, max_size=4)), st.data())
def test_a_cover_is_these_words_and_no_others(words: set[str], data: st.DataObject) -> None:
    wanted = data.draw(st.sets(st.sampled_from(sorted(words)))) if words else set()
    covered = {
        word
        for begin, begins in cover(wanted, sorted(words))
        for word in words
        if (word.startswith(begin) if begins else word == begin)
    }
    assert covered == wanted


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.one_of(
        st.text(),
        st.text(alphabet=st.characters(categories=["Cs", "Cc", "Cf", "Mn", "Po", "Sm"])),
        st.lists(
            st.sampled_from(
                ["AND", "OR", "NOT", "NEAR", '"', "*", "(", ")", "^", ":", "-", "+", "{", "}",
                 ",", "'", ";", "--", "मोदी", "yat", "a", "\0", "words", " "]
            ),
            max_size=12,
        ).map("".join),
    )
)  # fmt: skip
@example('"' * 1001)
@example("क" * 100_000)
@example("क " * 10_000)
@example("a* " * 1000)
@example('"a a a a a a a a a a a a a a"')
def test_no_query_is_an_error(library: Store, query: str) -> None:
    for claim in library.search(query):
        assert claim.claim
    library.find(query)
    library.suggest(query)


def test_search_by_rank_and_by_date(store: Store) -> None:
    for place, day, text in (
        ("/1", "2020-01-01", "युद्ध"),
        ("/2", "2022-01-01", "युद्ध की एक बहुत लंबी और थकाने वाली बात"),
        ("/3", "2021-01-01", "युद्ध की एक बात"),
    ):
        article = an_article(place, published=day)
        store.save(article, [a_claim(article, text)], V)
    assert [c.article for c in store.search("युद्ध")] == ["/1", "/3", "/2"]
    assert [c.article for c in store.search("yuddh", order="date")] == ["/2", "/3", "/1"]
    assert [c.article for c in store.search("युद्ध", limit=1)] == ["/1"]


def test_what_nearly_everything_fits_is_not_ranked(
    library: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("claimx.store.reader._MOST_RANKED", 1)
    assert [claim.article for claim in library.search("यात्रा*")] == ["/4", "/1"]
    assert [claim.article for claim in library.search("yatra")] == ["/1"]


FILTERS = st.builds(
    Filters,
    kinds=st.sets(st.sampled_from(["direct", "indirect", "mixed"])).map(tuple),
    acts=st.sets(st.sampled_from(["say", "warn"])).map(tuple),
    polarity=st.sampled_from([None, "affirmed", "denied"]),
    min_confidence=st.sampled_from([0.0, 0.5, 0.9]),
    since=st.sampled_from([None, "2023-08", "2023-08-30", "2024"]),
    until=st.sampled_from([None, "2023-08-30", "2023-12"]),
    sources=st.sets(st.sampled_from(["प्रभात", "THE Hindu", "other"])).map(tuple),
)


@pytest.fixture(scope="module")
def varied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store(tmp_path_factory.mktemp("varied") / "claims.db") as opened:
        number = 0
        for source in ("प्रभात", "The Hindu"):
            for published in (None, "2023", "2023-08", "2023-08-30", "2024-01-01"):
                article = an_article(f"/{number}", source=source, published=published)
                claims = []
                for kind in ("direct", "indirect", "mixed"):
                    for act, polarity in (("say", "affirmed"), ("warn", "denied")):
                        said_on = None if number % 3 else "2023-08-31"
                        number += 1
                        claims.append(
                            a_claim(
                                article, f"बात {number}", kind=kind, act=act, polarity=polarity,
                                said_on=said_on, confidence=(number % 10) / 10,
                            )
                        )  # fmt: skip
                opened.save(article, claims, V)
        yield opened


@settings(max_examples=100, deadline=None)
@given(filters=FILTERS)
def test_the_filters_mean_the_same_in_sql_and_python(varied: Store, filters: Filters) -> None:
    expected = {claim.id for claim in varied.claims() if filters.accepts(claim)}
    assert {claim.id for claim in varied.claims(filters)} == expected
    assert {claim.id for claim in varied.who("पेसकोव", filters)} == expected
    assert {claim.id for claim in varied.search("बात", filters)} == expected
    assert sum(speaker.claims for speaker in varied.speakers(filters)) == len(expected)


def test_the_speaker_filter_takes_any_spelling(politics: Store) -> None:
    assert texts(politics.search("जारी", Filters(speaker="Peskov"))) == ["वार्ता जारी है"]
    assert texts(politics.search("जारी", Filters(speaker="गांधी"))) == []
    assert texts(politics.claims(Filters(articles=["/3"]))) == ["यह सच नहीं", "बारिश होगी"]
