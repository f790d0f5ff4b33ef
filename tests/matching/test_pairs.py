"""The matching room: groups against the corpus gold, tables of pairs, origins, rows.

``tests/data/matching/*.tsv`` are pairs of claims on topics that the corpus does not have,
with the relation a reader gives them. Each file was written before the matcher was run on
it; what the first run on it scored is noted in `FIRST_RUN`.
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
# `same`: on the first run, and the floor now. The lists up to the fourteenth and the synonyms
# have one author, so a stranger's pairs will score nearer to the first runs than to the
# floors. The last five are by others. The even rows of the sixteenth were not looked at while
# the odd ones and the fifteenth were mended: they rose from 0.791, three conflicts called
# `same`, to 0.905 and one. The even rows of the eighteenth were not looked at while its odd
# ones and the seventeenth were mended: they stayed at 0.850 and three conflicts called `same`.
# The sixth and the seventh list are the halves of one, written before the tables were widened
# by whole fields of meaning. The seventh was not looked at in doing so: it then had 0.780, no
# conflict called `same`. Each later list was written after what the one before it showed
# had been mended.
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
}


FLOORS = {
    "pairs_blind.tsv": (0.96, 0.96),
    "pairs_second.tsv": (0.90, 0.94),
    "pairs_third.tsv": (0.86, 0.90),
    "pairs_fourth.tsv": (0.97, 0.97),
    "pairs_fifth.tsv": (0.90, 0.94),
    "pairs_sixth.tsv": (0.94, 0.97),
    "pairs_eighth.tsv": (0.83, 0.87),
    "pairs_ninth.tsv": (0.92, 0.86),
    "pairs_seventh.tsv": (0.82, 0.90),
    "pairs_tenth.tsv": (0.87, 0.92),
    "pairs_eleventh.tsv": (0.93, 0.92),
    "pairs_twelfth.tsv": (0.84, 0.90),
    "pairs_thirteenth.tsv": (0.87, 0.92),
    "pairs_fourteenth.tsv": (0.79, 0.84),
    "pairs_fifteenth.tsv": (0.95, 0.95),
    "pairs_sixteenth.tsv": (0.92, 0.93),
    "pairs_seventeenth.tsv": (0.91, 0.94),
    "pairs_eighteenth.tsv": (0.91, 0.94),
    "pairs_nineteenth.tsv": (0.87, 0.88),
}

# Conflicts still called `same`: to run from a debate, to be ready for it.
LEFT = {"pairs_nineteenth.tsv": 1}


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


def test_pairs_hold_among_each_other() -> None:
    """The pairs of the lists in one corpus: words are weighed by it, and rivals appear.

    The last list tells of the same events as others; its claims rightly join theirs.
    """
    pairs = [each for name in [*FLOORS][:-1] for each in read_pairs(name)]
    grouped = {c.id: c for c in group_claims([c for _, *both in pairs for c in both])}
    verdicts: list[tuple[Verdict, Verdict]] = []
    for want, one, other in pairs:
        a, b = grouped[one.id], grouped[other.id]
        together = a.group is not None and a.group == b.group
        related = b.relation if a.relation == "same" else a.relation
        verdicts.append((want, related if together else None))
    assert f1(verdicts, {"same"}) >= 0.84
    assert f1(verdicts, {"same", "differs", "denies"}) >= 0.90


# --- single rules --------------------------------------------------------------------

SINGLE: list[tuple[str, str, str, Verdict]] = [
    ("double negation", "वे लड़ने से इनकार नहीं कर रहे", "वे लड़ने से इनकार कर रहे", "denies"),
    ("idle negation", "न केवल दिल्ली बल्कि मुंबई में बारिश होगी", "दिल्ली और मुंबई में बारिश होगी", "same"),
    ("without", "बिना नोटिस के दुकानें तोड़ी गईं", "नोटिस दिए बगैर दुकानें तोड़ी गईं", "same"),
    ("without, with", "बिना नोटिस दुकानें तोड़ी गईं", "नोटिस देकर दुकानें तोड़ी गईं", "denies"),
    ("false that", "मंत्री ने जांच रोकी", "यह आरोप निराधार है कि मंत्री ने जांच रोकी", "denies"),
    ("particle in a phrase", "जवान चौकी से पीछे हट गए", "जवान चौकी से पीछे नहीं हटे", "denies"),
    ("does not happen", "फिल्म मार्च में रिलीज होगी", "फिल्म की रिलीज टल गई है", "denies"),
    ("until", "जब तक मांग पूरी नहीं होती धरना चलेगा", "मांग पूरी होने तक धरना चलेगा", "same"),
    ("complement", "जांच में आरोप गलत हैं", "जांच में आरोप सही नहीं हैं", "same"),
    ("contrary", "निर्यात में बढ़ोतरी हुई है", "निर्यात में गिरावट आई है", "denies"),
    ("describes a noun", "पुलिस ने अवैध शराब जब्त की", "अवैध शराब पुलिस ने पकड़ी", "same"),
    ("rounding", "बैठक में लगभग 60 हजार लोग आए", "बैठक में 60,000 लोग आए", "same"),
    ("unit", "सड़क 2 किलोमीटर लंबी होगी", "सड़क 2000 मीटर लंबी होगी", "same"),
    ("bound", "हादसे में 12 से अधिक लोग मारे गए", "हादसे में 20 लोग मारे गए", "differs"),
    ("two counts", "हमले में 3 जवान शहीद, 5 घायल हुए", "हमले में 3 जवान शहीद, 7 घायल हुए", "differs"),
    ("swap", "सेना ने विद्रोहियों पर हमला किया", "विद्रोहियों ने सेना पर हमला किया", None),
    ("bare swap", "शिक्षक छात्रों की मदद करेंगे", "छात्र शिक्षकों की मदद करेंगे", None),
    ("seat of power", "मॉस्को बातचीत के लिए तैयार है", "रूस वार्ता के लिए तैयार है", "same"),
    ("surname", "जेलेंस्की ने और टैंक मांगे हैं", "वोलोदिमिर जेलेंस्की ने और टैंक मांगे", "same"),
    ("general word", "ईरान ने रूस को मिसाइलें दी हैं", "ईरान ने रूस को हथियार दिए हैं", "same"),
    ("other place", "पटना में बाजार बंद रहेगा", "रांची में बाजार बंद रहेगा", None),
    ("other unknown place", "अयोध्या में रोज भक्त आ रहे हैं", "प्रतिदिन श्रद्धालु झंडूपुर पहुंच रहे हैं", None),
    ("two unknown places", "झंडूपुर में बाढ़ से घर गिरे", "टिमरौली में बाढ़ से मकान ढह गए", None),
    ("other predicate", "अदालत ने सजा बरकरार रखी", "अदालत ने सजा रद्द की", None),
    ("other date", "सुनवाई 12 जनवरी को होगी", "सुनवाई 19 जनवरी को होगी", None),
    ("before, after", "मतदान से पहले रैली होगी", "मतदान के बाद रैली होगी", "denies"),
    ("above, below", "नदी निशान से ऊपर बह रही है", "नदी निशान से नीचे बह रही है", "denies"),
    ("out of control", "महंगाई काबू में है", "महंगाई बेकाबू है", "denies"),
    ("not until", "रिहाई तक धरना जारी रहेगा", "जब तक रिहाई नहीं होती, धरना नहीं रुकेगा", "same"),
    ("cause denied", "दवा न मिलने के कारण मरीज मरा", "दवा नहीं मिली, जिससे मरीज मरा", "same"),
    ("lack as a cause", "ईंधन न होने से अस्पताल बंद हुए", "ईंधन की कमी से अस्पताल बंद हैं", "same"),
    ("cause turned", "टीका न लगवाने से मौत हुई", "टीका लगवाने से मौत हुई", "denies"),
    ("cause kept", "दवा की कमी से मौतें हुईं", "दवा की कमी से कोई मौत नहीं हुई", "denies"),
    ("condition", "मुआवजा नहीं मिला तो आंदोलन होगा", "मुआवजा न मिलने पर आंदोलन होगा", "same"),
    ("one for another", "हमारा मकसद युद्ध नहीं, शांति है", "मकसद जंग नहीं बल्कि शांति है", "same"),
    ("the other for one", "यह हत्या नहीं, आत्महत्या है", "यह आत्महत्या नहीं, हत्या है", "denies"),
    ("only if", "जब तक सेना नहीं लौटती, वार्ता नहीं होगी", "सेना के लौटने पर ही वार्ता होगी", "same"),
    ("after all", "सेना के लौटे बिना वार्ता नहीं होगी", "सेना के लौटे बिना वार्ता होगी", "denies"),
    ("unchanged", "कर की दर में कोई बदलाव नहीं होगा", "कर की दर जस की तस रहेगी", "same"),
    ("absent", "बुमराह पहला टेस्ट नहीं खेलेंगे", "बुमराह पहले टेस्ट से बाहर रहेंगे", "same"),
    ("not closed", "सीमा बंद नहीं होगी", "सीमा पर आवाजाही रोकी जाएगी", "denies"),
    ("pair word twice", "दाम घटने से मांग घटेगी", "दाम घटने से मांग बढ़ेगी", "denies"),
    ("scale", "वर्षा सामान्य से ज्यादा होगी", "वर्षा के सामान्य से कम रहने का अंदेशा है", "denies"),
    ("opposite", "यह दवा बच्चों के लिए सुरक्षित है", "यह दवा बच्चों के लिए खतरनाक है", "denies"),
    ("opposite denied", "देश में दवाओं की कमी नहीं है", "देश में पर्याप्त दवाएं हैं", "same"),
    ("denying prefix", "शहर का फैलाव नियोजित है", "शहर का फैलाव अनियोजित है", "denies"),
    ("superlative", "वह पार्टी के सबसे बड़े नेता हैं", "उनसे बड़ा नेता पार्टी में कोई नहीं", "same"),
    ("denied twice", "किसान घर लौटे", "किसानों की घर वापसी अफवाह है, कोई नहीं गया", "denies"),
    ("bare figure", "भूकंप की तीव्रता 7.8 थी", "7.4 तीव्रता का भूकंप आया", "differs"),
    ("figure beside an equal", "24 घंटे में 51 लोग मरे", "24 घंटों में 72 नागरिकों की जान गई", "differs"),
    ("score", "भारत ने मैच 3-1 से जीता", "भारत ने मुकाबला 2-1 से जीता", "differs"),
    ("fraction", "आधे कर्मचारी हटाए जाएंगे", "50 प्रतिशत कर्मचारी हटाए जाएंगे", "same"),
    ("emphasis", "रूस किसी कीमत पर वार्ता नहीं करेगा", "रूस कदापि वार्ता नहीं करेगा", "same"),
    ("phrase and word", "ईरान परमाणु बम बना रहा है", "ईरान एटमी हथियार तैयार कर रहा है", "same"),
    ("sons, daughters", "लड़कियों ने लड़कों को हराया", "लड़कों ने लड़कियों को हराया", None),
    ("sum without unit", "25 लाख तक का इलाज मुफ्त है", "50 लाख रुपये तक इलाज मुफ्त है", "differs"),
    ("derived word", "हिमालय क्षेत्र में भूकंप आया", "हिमालयी क्षेत्र में भूकंप आया", "same"),
    ("other day", "सोमवार को अदालत में सुनवाई होगी", "शुक्रवार को अदालत में सुनवाई होगी", None),
    ("sugar, not China", "चीनी के दाम बढ़ेंगे", "शक्कर के दाम बढ़ेंगे", "same"),
    ("spelling", "आंदोलन में नारिश्किन शामिल होंगे", "आंदोलन में नारीश्किन शामिल होंगे", "same"),
    ("exact predicate", "युद्ध रुका नहीं, टला है", "युद्ध टाला गया, यह खत्म नहीं हुआ", "same"),
    ("bare predicate", "लड़ाई रुकी है, खत्म नहीं हुई", "लड़ाई खत्म हो गई है", "denies"),
    ("intention denied", "मैं राजनीति नहीं छोड़ रहा", "राजनीति में रहूंगा, छोड़ने का सवाल नहीं", "same"),
    ("intention kept", "मैं पार्टी छोड़ रहा हूं", "पार्टी में रहूंगा, छोड़ने का इरादा नहीं", "denies"),
    ("kept, not changed", "बैंक ने दरें बरकरार रखीं", "बैंक ने दरों में बदलाव नहीं किया", "same"),
    ("from, till", "मेला 5 मई से 9 मई तक है", "मेला 5 मई से शुरू होकर 9 मई को खत्म होगा", "same"),
    ("closed, to open", "सीमा बंद थी, अब खुलेगी", "सीमा बंद रहेगी", "denies"),
    ("not far the day", "वह दिन दूर नहीं जब देश में गरीबी मिटेगी", "देश में जल्द ही गरीबी मिटेगी", "same"),
    ("exempt", "दवा पर जीएसटी नहीं लगेगा", "दवा जीएसटी से मुक्त रहेगी", "same"),
    ("without result", "वार्ता बेनतीजा रही", "वार्ता बिना किसी नतीजे के खत्म हुई", "same"),
    ("retired", "धावक अब दौड़ में नहीं खेलेंगे", "धावक ने दौड़ से संन्यास ले लिया", "same"),
    ("against a middle", "पैदावार अनुमान से बेहतर रही", "पैदावार अनुमान से कमजोर रही", "denies"),
    ("light, heavy", "सर्दी सामान्य से हल्की रहेगी", "सर्दी सामान्य से ज्यादा रहेगी", "denies"),
    ("lawful, breach", "जमीन की खरीद कानूनी थी", "जमीन की खरीद में कानून का उल्लंघन हुआ", "denies"),
    ("other company", "टाटा ने कारों के दाम घटाए", "हुंडई ने कारों के दाम घटाए", None),
    ("other unit", "चोर तीन दिन से फरार है", "चोर दो महीने से फरार चल रहा है", "differs"),
    ("other counted", "मिल में 200 लोगों को काम मिला", "मिल में 500 युवाओं को काम मिला", "differs"),
    ("qualified", "दोनों दल चुनाव लड़ेंगे", "दोनों दल अलग-अलग चुनाव लड़ेंगे", None),
    ("future in वाला", "हम दबाव में नहीं झुकेंगे", "हम दबाव में नहीं झुकने वाले", "same"),
    ("none but", "बातचीत के सिवा कोई रास्ता नहीं है", "बातचीत ही एक रास्ता है", "same"),
    ("against the good", "यह करार देश के हित में नहीं", "यह समझौता देश के हितों के खिलाफ है", "same"),
    ("forbidden", "पुल पर भारी गाड़ियां नहीं चलेंगी", "पुल पर भारी गाड़ियां चलाना मना है", "same"),
    ("late", "उड़ान समय पर रवाना नहीं हुई", "उड़ान देरी से रवाना हुई", "same"),
    ("waited for", "परिवार को न्याय नहीं मिला", "परिवार न्याय का इंतजार कर रहा है", "same"),
    ("said to be wrong", "मेला रद्द नहीं होगा", "मेला मई में होगा, इसे रद्द करने की बात गलत है", "same"),
    ("owner does it", "चीन की टीम ने चिराग को हराया", "चिराग की टीम ने चीन को हराया", None),
    ("coffee, sugar", "चीनी के निर्यात में बढ़ोतरी होगी", "कॉफी के निर्यात में बढ़ोतरी होगी", None),
    ("other last word", "दल ने गांव में बाढ़ का पानी नापा", "दल ने बाढ़ का पानी गांव में मोड़ा", None),
    ("promise forgotten", "सरकार ने वादे पूरे किए", "सरकार अपने वादे भूल गई", "denies"),
    ("bare subject", "भारतीय टीम नेपाल से हारी", "नेपाल की टीम भारत से हारी", None),
    ("other subject", "सिंधु सेमीफाइनल में हारीं", "लक्ष्य सेन सेमीफाइनल में हारे", None),
    ("no less", "प्याज के दाम कम होंगे", "प्याज के दाम कम नहीं होंगे", "denies"),
    ("half hours", "सफर ढाई घंटे में पूरा होगा", "यात्रा साढ़े तीन घंटे में पूरी होगी", "differs"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "expected"), [row[1:] for row in SINGLE], ids=[row[0] for row in SINGLE]
)
def test_rule(one: str, other: str, expected: Verdict) -> None:
    assert pair(one, other) == expected
    assert pair(other, one) == expected


def test_denied_claim_denies() -> None:
    said = claim("रूस ने पुल पर हमला किया", article="a.txt")
    assert verdict(said, claim("पुल पर हमला करने", article="b.txt", denied=True)) == "denies"
    # The denial is in the words already: not once more.
    both = claim("रूस के पुल पर हमला करने की खबर निराधार", article="b.txt", denied=True)
    assert verdict(said, both) == "denies"


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
