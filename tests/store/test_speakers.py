"""Who said it: speakers by any spelling, and the joins over all articles."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from claimx.identity import Name, Speaker, load_aliases, resolve
from claimx.store import Filters, Mention, Store, StoredSpeaker
from tests.store.cases import V, a_claim, an_article, fill, merge, texts


@pytest.mark.parametrize("name", ["peskov", "Peskow", "पेस्कोव", "पेसकोव", " PESKOV "])
def test_who_takes_any_spelling_in_either_script(politics: Store, name: str) -> None:
    merge(politics, {"पेस्कोव": "दिमित्री पेसकोव", "पेसकोव": "दिमित्री पेसकोव"})
    claims = list(politics.who(name))
    assert sorted(claim.claim for claim in claims) == [
        "यह सच नहीं", "वार्ता जारी है", "समझौता संभव है",
    ]  # fmt: skip
    assert {claim.speaker for claim in claims} == {"दिमित्री पेसकोव"}
    assert [match.speaker.name for match in politics.find(name)] == ["दिमित्री पेसकोव"]


def test_a_full_name_does_not_bring_its_surname_bearers(politics: Store) -> None:
    assert texts(politics.who("राहुल गांधी")) == ["सरकार जवाब दे"]
    assert texts(politics.who("rahul gandhi")) == ["सरकार जवाब दे"]
    assert len(list(politics.who("गांधी"))) == 2


def test_exact_matches_come_before_close_ones(store: Store) -> None:
    fill(store, ("/1", "पेस्कोव", "एक"), ("/2", "पेसकोव", "दो"), ("/3", "पेस्कोव", "तीन"))
    assert [m.exact for m in store.find("पेसकोव")] == [True, False]
    assert texts(store.who("पेसकोव")) == ["दो", "एक", "तीन"]
    assert texts(store.who("पेसकोव", limit=2)) == ["दो", "एक"]
    assert texts(store.who("पेसकोव", limit=0)) == []


def test_who_gives_the_newest_first(store: Store) -> None:
    article = an_article(published="2023-05-05")
    days = {"पुरानी": "2021-01-01", "बिना तारीख": None, "नई": "2024-01-01"}
    undated = an_article("/u", published=None)
    store.save(article, [a_claim(article, t, said_on=day) for t, day in days.items()], V)
    store.save(undated, [a_claim(undated, "अज्ञात दिन")], V)
    assert texts(store.who("पेसकोव")) == ["नई", "बिना तारीख", "पुरानी", "अज्ञात दिन"]


def test_merging_and_parting_again_loses_nothing(politics: Store) -> None:
    merge(politics, {"राहुल गांधी": "गांधी", "सोनिया गांधी": "गांधी"})
    assert len(list(politics.who("rahul gandhi"))) == 2
    merge(politics, {})
    assert texts(politics.who("rahul gandhi")) == ["सरकार जवाब दे"]
    assert politics.find("गांधी")[0].exact is False


def test_identity_sees_every_mention_and_its_latin_name_is_found(politics: Store) -> None:
    seen = [(mention.article, mention.name) for mention in politics.mentions()]
    assert seen == sorted(seen)
    assert len(seen) == 5
    merge(politics, {"पेसकोव": "दिमित्री पेसकोव"}, latin="Dmitry of the Kremlin")
    assert politics.find("dmitry of the kremlin")
    assert {claim.speaker_latin for claim in politics.who("पेसकोव")} == {"Dmitry of the Kremlin"}


def test_a_new_article_joins_the_speaker_its_name_was_given_to(politics: Store) -> None:
    merge(politics, {"पेसकोव": "दिमित्री पेसकोव"})
    fill(politics, ("/9", "पेसकोव", "नई बात"))
    assert [claim.speaker for claim in politics.search("नई")] == ["दिमित्री पेसकोव"]


def test_listed_names_are_found_too_and_outlive_an_article(store: Store) -> None:
    fill(store, ("/1", "पेसकोव", "एक"), ("/2", "पेसकोव", "दो"), ("/3", "लावरोव", "तीन"))
    own = {m.key: StoredSpeaker(m.name, None, m.type) for m in store.mentions()}
    listed = {"पेसकोव": ["Putin's press secretary"]}
    store.resolve(lambda _: own, "identity-1", lambda name: listed.get(name, []))
    store.forget("/1")
    assert texts(store.who("press secretary")) == ["दो"]
    store.resolve(lambda _: own, "identity-1", lambda _: [])
    assert texts(store.who("press secretary")) == ["दो"]
    store.resolve(lambda _: own, "identity-2", lambda _: [])
    assert texts(store.who("press secretary")) == []


def test_identity_decides_over_all_articles(store: Store) -> None:
    fill(
        store,
        ("/1", "व्लादिमीर पुतिन", "एक"),
        ("/2", "पुतिन", "दो"),
        ("/3", "ब्लादिमीर पुतिन", "तीन"),
        ("/4", "सोनिया गांधी", "चार"),
    )

    def decide(mentions: Sequence[Mention]) -> dict[int, Speaker]:
        names = {m.key: Name(m.name, m.type, m.role, m.article) for m in mentions}
        registry = resolve(names.values())
        return {key: registry.speaker_of(name) for key, name in names.items()}

    store.resolve(decide, "shipped", load_aliases().names_of)
    for name in ("putin", "Vladimir Putin", "ब्लादिमीर पुतिन"):
        assert sorted(texts(store.who(name))) == sorted(["एक", "दो", "तीन"])
    assert [speaker.claims for speaker in store.speakers()] == [3, 1]


def test_joins_are_current_until_an_article_changes(politics: Store) -> None:
    assert not politics.is_current("speakers", "identity-1")
    merge(politics, {})
    assert politics.is_current("speakers", "identity-1")
    assert not politics.is_current("speakers", "identity-2")
    fill(politics, ("/1", "दिमित्री पेसकोव", "वार्ता जारी है"))
    article = an_article("/9")
    politics.save(article, [], V)
    assert not politics.is_current("speakers", "identity-1")


def test_a_failed_decision_changes_nothing(politics: Store) -> None:
    before = list(politics.claims())
    with pytest.raises(OSError, match="aliases"):
        politics.resolve(lambda _: (_ for _ in ()).throw(OSError("aliases")), "k")
    assert list(politics.claims()) == before
    assert not politics.is_current("speakers", "k")


@pytest.mark.parametrize("name", ["पेसकोफ", "Peskof", "dimitri peskof"])
def test_the_nearest_names_are_suggested(politics: Store, name: str) -> None:
    assert not politics.find(name)
    assert "पेसकोव" in politics.suggest(name)[0].name.replace("स्", "स")


@pytest.mark.parametrize("name", ["", "।", "\ud800", "\0", "*" * 5000])
def test_names_that_are_none_find_nobody(politics: Store, name: str) -> None:
    assert politics.find(name) == []
    assert politics.suggest(name) == []
    assert list(politics.search("वार्ता", Filters(speaker=name))) == []


def test_speakers_are_summed_up(store: Store) -> None:
    one, two = an_article("/1"), an_article("/2", source="संध्या", published="2023-01-01")
    role = "क्रेमलिन के प्रवक्ता"
    store.save(
        one,
        [a_claim(one, "क", speaker_role=role), a_claim(one, "ख"), a_claim(one, "ग", None)],
        V,
    )
    store.save(two, [a_claim(two, "घ", "पेस्कोव"), a_claim(two, "च", "लावरोव")], V)
    merge(store, {"पेस्कोव": "पेसकोव"})
    peskov, lavrov = store.speakers()
    assert (peskov.name, peskov.claims, peskov.articles) == ("पेसकोव", 3, 2)
    assert peskov.spellings == (("पेसकोव", 2), ("पेस्कोव", 1))
    assert peskov.roles == ((role, 1),)
    assert peskov.sources == (("प्रभात", 2), ("संध्या", 1))
    assert (peskov.first, peskov.last) == ("2023-01-01", "2023-08-30")
    assert (lavrov.name, lavrov.claims) == ("लावरोव", 1)
    assert [s.claims for s in store.speakers(Filters(sources=["संध्या"]))] == [1, 1]
