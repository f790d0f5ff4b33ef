"""Fill in or check the offsets of the corpus's gold annotation.

Usage: python tests/make_gold.py [--check] [CORPUS]

An annotator writes each claim's ``content`` word for word and, where the same words
stand in the article more than once, ``nth``, which occurrence is meant (from 1). This
script finds ``start`` and ``end`` in code points of the article's text as `read_articles`
gives it, and moves the spans in ``groups-*.json`` along when an article was edited.
With ``--check`` it writes nothing and exits 1 where a file is not up to date.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from claimx.articles import read_articles
from claimx.errors import InputError

KINDS = frozenset({"direct", "indirect", "mixed"})
RELATIONS = frozenset({"same", "differs", "denies"})

#: A claim's place: the article's path below the corpus, start and end.
Place = tuple[str, int, int]


class GoldError(ValueError):
    """An annotation that does not fit its article."""


def refuse(error: InputError) -> None:
    """Let no article go missing."""
    raise error


def nth_span(text: str, content: str, nth: int) -> tuple[int, int]:
    """Where the ``nth`` occurrence of ``content`` stands, in code points.

    Raises:
        GoldError: if there are fewer occurrences.
    """
    start = -1
    for _ in range(nth):
        start = text.find(content, start + 1)
        if not content or start < 0:
            raise GoldError(f"occurrence {nth} of {content!r} is not in the article")
    return start, start + len(content)


def fill_claims(gold: dict[str, Any], text: str) -> dict[Place, Place]:
    """Set every claim's ``start`` and ``end``, in text order.

    Returns:
        The claims' places as they were and as they are now.

    Raises:
        GoldError: if a claim's words are missing or its fields are wrong.
    """
    moved: dict[Place, Place] = {}
    name = gold["file"]
    for claim in gold["claims"]:
        if claim["kind"] not in KINDS:
            raise GoldError(f"{name}: kind {claim['kind']!r} is none of {sorted(KINDS)}")
        if not isinstance(claim["core"], bool):
            raise GoldError(f"{name}: core is not true or false: {claim['content']}")
        start, end = nth_span(text, claim["content"], claim.setdefault("nth", 1))
        old = (name, claim.get("start", start), claim.get("end", end))
        moved[old] = (name, start, end)
        claim["start"], claim["end"] = start, end
    gold["claims"].sort(key=lambda claim: (claim["start"], -claim["end"]))
    return moved


def place_of(member: dict[str, Any]) -> Place:
    """The place a member of a group or of a pair stands for."""
    return member["file"], member["start"], member["end"]


def group_members(groups: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """All places named in a groups file, those to be kept apart included."""
    for group in groups["groups"]:
        yield from group["claims"]
    for pair in groups.get("apart", []):
        yield from pair


def move_groups(groups: dict[str, Any], moved: dict[Place, Place]) -> None:
    """Move the places in a groups file to where its claims are now.

    Raises:
        GoldError: if a place is no claim of the gold, or a relation is unknown.
    """
    for member in group_members(groups):
        place = place_of(member)
        if place not in moved:
            raise GoldError(f"{groups['event']}: no claim at {place}")
        _, member["start"], member["end"] = moved[place]
        if member.get("relation", "same") not in RELATIONS:
            raise GoldError(f"{groups['event']}: unknown relation at {place}")
    for group in groups["groups"]:
        if group["claims"][0]["relation"] != "same":
            raise GoldError(f"{groups['event']}: a group's first member has to be 'same'")
        together = {place_of(member) for member in group["claims"]}
        for pair in groups.get("apart", []):
            if together.issuperset(map(place_of, pair)):
                raise GoldError(f"{groups['event']}: grouped and apart: {pair}")


def as_json(value: dict[str, Any]) -> str:
    """The form the gold files have on disk."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def make(corpus: Path) -> dict[Path, str]:
    """The gold files as they should be.

    Raises:
        GoldError: naming the first annotation that does not fit.
        InputError: if an article cannot be read.
    """
    made: dict[Path, str] = {}
    moved: dict[Place, Place] = {}
    files = sorted((corpus / "gold").glob("*.json"))
    for path in files:
        if not path.name.startswith("groups-"):
            gold = json.loads(path.read_text(encoding="utf-8"))
            (article,) = read_articles([str(corpus / gold["file"])], on_error=refuse)
            try:
                moved |= fill_claims(gold, article.text)
            except GoldError as error:
                raise GoldError(f"{path.name}: {error}") from None
            made[path] = as_json(gold)
    for path in files:
        if path.name.startswith("groups-"):
            groups = json.loads(path.read_text(encoding="utf-8"))
            move_groups(groups, moved)
            made[path] = as_json(groups)
    return made


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing")
    corpus = Path(__file__).parent.parent / "corpus"
    parser.add_argument("corpus", nargs="?", type=Path, default=corpus)
    options = parser.parse_args()
    try:
        made = make(options.corpus)
    except (GoldError, InputError) as error:
        print(error, file=sys.stderr)
        return 1
    stale = [path for path, text in made.items() if path.read_text(encoding="utf-8") != text]
    for path in stale:
        print(f"{'not up to date' if options.check else 'written'}: {path}", file=sys.stderr)
        if not options.check:
            path.write_text(made[path], encoding="utf-8")
    return int(options.check and bool(stale))


if __name__ == "__main__":
    sys.exit(main())
