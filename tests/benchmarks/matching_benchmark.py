"""How the time to group claims grows, beside comparing all pairs with rapidfuzz.

    python tests/benchmarks/matching_benchmark.py [--sizes 10000 100000] [--pairs 10000]

Claims are generated with a seed: statements of a few content words that follow a
Zipf-like law over the matcher's own vocabulary, told by one to nine outlets each, with a
word dropped, replaced, moved or negated, or another figure. Vocabulary and speakers grow
with the number of claims as Heaps' law has it (half a power of it). Each size runs in a
process of its own, which reports its CPU time and its peak memory.

The yardstick compares all pairs: `rapidfuzz.process.cdist` with `token_set_ratio` over
the claims' texts, then the same judge and the same clusters on every pair above the
cutoff. A group of its is found where the blocked run has a group of the same claims.
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
import random
import resource
import subprocess
import sys
import time
from collections.abc import Sequence

from claimx.matching.groups import (
    Edge,
    average_link,
    clusters,
    firm,
    group_claims,
    reading_order,
)
from claimx.matching.lexicon import lexicon
from claimx.matching.reading import read_claims
from claimx.matching.similarity import judge
from claimx.matching.stems import is_number
from claimx.records import Claim, Fact, content_id

_OUTLETS = 60
_MARKERS = ("ने", "को", "में", "पर", "से", "का", "की", "के")
_ENDS = ("गया है", "जाएगा", "रहा है", "होगा", "चाहिए", "दिया गया")
# Rows of the distance matrix computed at once, and the score from which a pair is judged.
_ROWS, _CUTOFF = 200, 60.0


def generate(size: int, seed: int = 4) -> list[Claim]:
    """Claims of about a third as many statements, in random order."""
    rng = random.Random(seed)
    known = sorted(lexicon().frequency, key=lambda key: (-lexicon().frequency[key], key))
    known = [key for key in known if key[0] != "@" and " " not in key]
    known = [key for key in known if not is_number(key)]
    names = _names(int(40 * math.sqrt(size)), rng)
    vocabulary = known + names
    rng.shuffle(names)
    heavy = list(
        itertools.accumulate(1 / (rank + 20) ** 0.9 for rank in range(len(vocabulary)))
    )
    speakers = _names(int(4 * math.sqrt(size)), rng)
    claims: list[Claim] = []
    while len(claims) < size:
        content = rng.choices(vocabulary, cum_weights=heavy, k=rng.randint(5, 11))
        speaker = rng.choice(speakers)
        figure = rng.choice((None, None, rng.randint(2, 900)))
        for _ in range(min(rng.choice((1, 1, 1, 2, 2, 3, 5, 9)), size - len(claims))):
            claims.append(_told(len(claims), list(content), speaker, figure, vocabulary, rng))
    rng.shuffle(claims)
    return claims


def _told(
    number: int,
    content: list[str],
    speaker: str,
    figure: int | None,
    vocabulary: Sequence[str],
    rng: random.Random,
) -> Claim:
    """One outlet's version of a statement."""
    change = rng.random()
    place = rng.randrange(len(content))
    if change < 0.15:
        del content[place]
    elif change < 0.3:
        content[place] = rng.choice(vocabulary)
    elif change < 0.4:
        content.append(content.pop(place))
    negation = "नहीं " if rng.random() < 0.05 else ""
    if figure is not None and rng.random() < 0.1:
        figure += rng.randint(1, 50)
    words = [
        f"{word} {rng.choice(_MARKERS)}" if at % 2 else word for at, word in enumerate(content)
    ]
    start = 100
    text = " ".join(words)
    facts: tuple[Fact, ...] = ()
    if figure is not None:
        counted = f"{figure} लोग"
        at = start + len(text) + 1
        facts = (Fact("quantity", counted, figure, "person", at, at + len(counted)),)
        text += f" {counted}"
    text += f" {negation}{rng.choice(_ENDS)}"
    before = f"{speaker} ने कहा कि "
    return Claim(
        id=content_id(str(number), text), article=f"{number}.txt",
        source=f"outlet {rng.randrange(_OUTLETS)}", title=None,
        published=f"2023-{1 + number % 12:02}-{1 + number % 28:02}", speaker=speaker,
        speaker_latin=None, speaker_type="person", speaker_role=None, mention=speaker,
        resolution="name", claim=text, start=start, end=start + len(text),
        evidence=before + text, evidence_start=start - len(before),
        evidence_end=start + len(text), kind="indirect", cue="कहना", act="say",
        polarity="affirmed", via=None, addressee=None, said_on=None, facts=facts,
        group=None, group_sources=None, relation=None, confidence=1.0,
    )  # fmt: skip


def _names(count: int, rng: random.Random) -> list[str]:
    """Made-up words for what the lexicon does not know."""
    consonants, signs = "कखगचजटडतदनपबमरलवसह", ("", "ा", "ि", "ी", "ु", "े", "ो")
    found: dict[str, None] = {}
    while len(found) < count:
        syllables = rng.randint(3, 5)
        name = "".join(rng.choice(consonants) + rng.choice(signs) for _ in range(syllables))
        found[name] = None
    return list(found)


def measure(size: int) -> dict[str, float]:
    """Group generated claims: seconds, peak megabytes, groups."""
    claims = generate(size)
    lexicon()
    began = time.process_time()
    grouped = group_claims(claims)
    seconds = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    groups = len({claim.group for claim in grouped if claim.group})
    return {"claims": size, "seconds": seconds, "megabytes": peak, "groups": groups}


def yardstick(size: int) -> dict[str, float]:
    """All pairs at a size: seconds of each way, and the share of its groups found."""
    from rapidfuzz import fuzz, process

    claims = sorted(generate(size), key=reading_order)
    began = time.process_time()
    readings = read_claims(claims)
    texts = [claim.claim for claim in claims]
    edges = []
    for first in range(0, size, _ROWS):
        scores = process.cdist(
            texts[first : first + _ROWS], texts[first:], scorer=fuzz.token_set_ratio,
            score_cutoff=_CUTOFF,
        )  # fmt: skip
        for row, column in zip(*scores.nonzero(), strict=True):
            i, j = first + int(row), first + int(column)
            if i < j and (judged := judge(readings[i], readings[j])).relation is not None:
                edges.append(Edge(i, j, judged.score, judged.sure))
    wanted = {tuple(members) for members in average_link(firm(edges))}
    slow = time.process_time() - began
    began = time.process_time()
    found = {tuple(members) for members in clusters(read_claims(claims))}
    fast = time.process_time() - began
    return {
        "claims": size, "all_pairs_seconds": slow, "seconds": fast, "times_faster": slow / fast,
        "groups": len(wanted), "groups_found": len(wanted & found) / max(1, len(wanted)),
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--sizes", type=int, nargs="*", default=[10_000, 30_000, 100_000])
    parser.add_argument("--pairs", type=int, default=10_000, help="0 leaves the yardstick out")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measure(options.one)))
        return
    rows = []
    for size in options.sizes:
        command = [sys.executable, __file__, "--one", str(size)]
        rows.append(json.loads(subprocess.run(command, check=True, capture_output=True).stdout))
        print({key: round(value, 2) for key, value in rows[-1].items()}, flush=True)
    if len(rows) > 1:
        first, last = rows[0], rows[-1]
        power = math.log(last["seconds"] / first["seconds"]) / math.log(
            last["claims"] / first["claims"]
        )
        print(f"time grows as n^{power:.2f}")
    if options.pairs:
        print({key: round(value, 3) for key, value in yardstick(options.pairs).items()})


if __name__ == "__main__":
    main()
