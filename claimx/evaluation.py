"""Measure claims against gold annotation: what is found, exactly, and by whom it was said."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING, Any

import regex

from claimx.errors import InputError
from claimx.measures import FOUND, f_measure, intersection_over_union
from claimx.records import Article, Claim, Span

if TYPE_CHECKING:
    from claimx.identity import Aliases

# Marks at the edges that annotators and rules may or may not take along.
_EDGES = " \t\r\n\"'“”‘’`।.,|?!:;-–—()[]"
_INVISIBLE = regex.compile(r"\p{Cf}")
_SEPARATORS = regex.compile(r"[\s\-–.,]+")
_CASE = {"के": "का", "की": "का"}
# A claim counts as exact from this overlap on.
EXACT = 0.8
# What overlaps an optional gold claim this much is neither right nor wrong.
_OPTIONAL_OVERLAP, _OPTIONAL_PART = 0.3, 0.8
# Two spellings of a name's word are alike from this similarity on.
_SPELLING = 0.7


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """One annotated claim.

    Attributes:
        speakers: accepted names; empty where the text names nobody.
        core: False where finding it is neither rewarded nor punished.
    """

    span: Span
    speakers: tuple[str, ...]
    kind: str
    core: bool


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """The gold annotation of one article."""

    file: str
    claims: tuple[GoldClaim, ...]


@dataclass(frozen=True, slots=True)
class Mistake:
    """One error: a claim missed, a wrong one, or a wrong speaker."""

    type: str
    file: str
    speaker: str | None
    expected: tuple[str, ...]
    text: str


@dataclass(slots=True)
class Score:
    """Counts over articles, and the measures that follow from them.

    Attributes:
        found, exact: core claims matched at intersection over union .5 and .8.
        wrong: claims that match no core and no optional gold.
        missed: core claims nobody found.
        speakers, kinds: right ones among the found.
        altered: claims that are not verbatim.
    """

    articles: int = 0
    found: int = 0
    exact: int = 0
    wrong: int = 0
    missed: int = 0
    speakers: int = 0
    kinds: int = 0
    altered: int = 0
    mistakes: list[Mistake] = field(default_factory=list)

    def add(self, other: Score) -> None:
        for name in (
            "articles",
            "found",
            "exact",
            "wrong",
            "missed",
            "speakers",
            "kinds",
            "altered",
        ):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.mistakes.extend(other.mistakes)

    def row(self) -> dict[str, Any]:
        """The measures, rounded to a thousandth."""
        precision, recall, f1 = _prf(self.found, self.wrong, self.missed)
        loose = self.found - self.exact
        *_, exact = _prf(self.exact, self.wrong + loose, self.missed + loose)
        return {
            "articles": self.articles,
            "core": self.found + self.missed,
            "precision": round(precision, 3),
            "recall": round(recall, 3),
            "f1": round(f1, 3),
            "f1_iou80": round(exact, 3),
            "speaker": round(self.speakers / max(1, self.found), 3),
            "kind": round(self.kinds / max(1, self.found), 3),
            "verbatim_violations": self.altered,
        }


def _prf(right: int, wrong: int, missed: int) -> tuple[float, float, float]:
    precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
    return precision, recall, f_measure(precision, recall)


ERROR_COLUMNS = ("error", "file", "speaker", "expected", "text")


@dataclass(slots=True)
class Measured:
    """Scores by file and together, and how well claims were grouped across articles."""

    files: dict[str, Score]
    grouping: Mapping[str, Any] | None = None

    def rows(self, *, by_file: bool = False) -> list[dict[str, Any]]:
        """One row of measures, or one an article and then the whole."""
        total = Score()
        for score in self.files.values():
            total.add(score)
        row = total.row()
        if self.grouping:
            row |= self.grouping
        if not by_file:
            return [row]
        return [*({"file": n} | s.row() for n, s in self.files.items()), {"file": "all"} | row]

    def error_rows(self) -> list[dict[str, Any]]:
        """Every mistake, file by file."""
        return [
            {
                "error": mistake.type,
                "file": mistake.file,
                "speaker": mistake.speaker,
                "expected": " / ".join(mistake.expected),
                "text": mistake.text,
            }
            for score in self.files.values()
            for mistake in score.mistakes
        ]


def evaluate_folder(
    gold_folder: Path,
    article_folder: Path,
    extracted: Callable[[Sequence[str]], Iterable[tuple[Article, list[Claim]]]],
    aliases: Aliases | None = None,
    on_error: Callable[[InputError], None] = lambda error: None,
) -> Measured:
    """Extract the gold's articles and score the claims, joined as a user gets them.

    Args:
        extracted: from paths to articles with their claims.
        on_error: called with an article that the gold has and the folder has not.

    Raises:
        InputError: if there is no gold, or none of its articles, or an article is shorter
            than its gold says.
    """
    from claimx.agreement import grouping_row
    from claimx.pipeline import join

    gold: dict[str, GoldArticle] = {}
    for wanted in read_gold(gold_folder):
        file = article_folder / wanted.file
        if file.exists():
            gold[str(file)] = wanted
        else:
            on_error(InputError(str(file), "is in the gold and missing here: not measured"))
    if not gold:
        raise InputError(
            str(gold_folder), f"has no gold for an article in {article_folder}; see --articles"
        )
    articles: dict[str, Article] = {}
    claims: list[Claim] = []
    for article, found in extracted(list(gold)):
        articles[article.path] = article
        claims.extend(found)
    joined = join(claims, aliases)
    files = {}
    for path, wanted in gold.items():
        if path in articles:
            _refuse_other_text(path, len(articles[path].text), wanted)
            own = [claim for claim in joined if claim.article == path]
            files[wanted.file] = score_article(articles[path].text, own, wanted)
    return Measured(files, grouping_row(gold_folder, article_folder, joined))


def _refuse_other_text(path: str, length: int, wanted: GoldArticle) -> None:
    end = max((claim.span.end for claim in wanted.claims), default=0)
    if end > length:
        raise InputError(
            path,
            f"has {length:,} characters, but gold up to {end:,}: the gold is of another text; "
            "find its offsets anew",
        )


def read_gold(folder: Path) -> list[GoldArticle]:
    """The gold articles of a folder of ``.json`` files; other JSON in it is passed over.

    Raises:
        InputError: if a file is no JSON or has a claim without its fields.
    """
    gold = []
    for path in sorted(folder.glob("*.json")):
        try:
            raw = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise InputError(str(path), f"is not readable as gold JSON: {error}") from error
        if not isinstance(raw, Mapping) or "file" not in raw or "claims" not in raw:
            continue
        try:
            claims = tuple(
                GoldClaim(
                    Span(claim["start"], claim["end"]),
                    tuple(claim["speakers"]),
                    claim["kind"],
                    claim["core"],
                )
                for claim in raw["claims"]
            )
        except (KeyError, TypeError) as error:
            raise InputError(
                str(path), f"has a claim without {error}; see corpus/README.md"
            ) from error
        gold.append(GoldArticle(raw["file"], claims))
    return gold


def score_article(text: str, claims: Sequence[Claim], gold: GoldArticle) -> Score:
    """Align an article's claims with its gold and count.

    Pairs are taken by falling intersection over union, core gold only; a claim left over
    is forgiven where it overlaps optional gold.
    """
    spans = [_trim(text, claim.start, claim.end) for claim in claims]
    core = [claim for claim in gold.claims if claim.core]
    optional = [_trim(text, c.span.start, c.span.end) for c in gold.claims if not c.core]
    wanted = [_trim(text, c.span.start, c.span.end) for c in core]
    score = Score(articles=1)
    score.altered = sum(text[c.start : c.end] != c.claim for c in claims)
    pairs = _align(spans, wanted)
    for mine, (other, overlap) in pairs.items():
        claim, target = claims[mine], core[other]
        score.found += 1
        score.exact += overlap >= EXACT
        score.kinds += claim.kind == target.kind
        if speaker_matches(claim.speaker, target.speakers):
            score.speakers += 1
        else:
            score.mistakes.append(
                Mistake("speaker", gold.file, claim.speaker, target.speakers, claim.claim)
            )
    for index, claim in enumerate(claims):
        if index not in pairs and not any(_forgives(spans[index], o) for o in optional):
            score.wrong += 1
            score.mistakes.append(Mistake("wrong", gold.file, claim.speaker, (), claim.claim))
    matched = {other for other, _ in pairs.values()}
    for index, target in enumerate(core):
        if index not in matched:
            score.missed += 1
            missing = text[target.span.start : target.span.end]
            score.mistakes.append(Mistake("missed", gold.file, None, target.speakers, missing))
    return score


def _align(mine: Sequence[Span], gold: Sequence[Span]) -> dict[int, tuple[int, float]]:
    overlaps = sorted(
        (
            (intersection_over_union(a, b), -i, -j)
            for i, a in enumerate(mine)
            for j, b in enumerate(gold)
            if min(a.end, b.end) > max(a.start, b.start)
        ),
        reverse=True,
    )
    pairs: dict[int, tuple[int, float]] = {}
    taken: set[int] = set()
    for overlap, i, j in overlaps:
        if overlap >= FOUND and -i not in pairs and -j not in taken:
            pairs[-i] = (-j, overlap)
            taken.add(-j)
    return pairs


def _forgives(claim: Span, optional: Span) -> bool:
    if intersection_over_union(claim, optional) >= _OPTIONAL_OVERLAP:
        return True
    common = min(claim.end, optional.end) - max(claim.start, optional.start)
    return common >= _OPTIONAL_PART * max(1, len(claim))


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    return Span(start, end)


def speaker_matches(name: str | None, accepted: Iterable[str]) -> bool:
    """Is the speaker one of the accepted? None is right where none is named."""
    names = tuple(accepted)
    if not names:
        return not name
    return name is not None and any(_same_name(name, other) for other in names)


def _same_name(name: str, other: str) -> bool:
    a, b = _plain(name), _plain(other)
    if not a or not b:
        return False
    if a == b:
        return True
    shared = set(a) <= set(b) or set(b) <= set(a)
    if shared and a[-1] == b[-1]:
        return True
    return len(a) == len(b) and all(
        SequenceMatcher(None, x, y).ratio() >= _SPELLING for x, y in zip(a, b, strict=True)
    )


def _plain(name: str) -> list[str]:
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", name))
    return [_CASE.get(word, word) for word in _SEPARATORS.sub(" ", text).split()]
