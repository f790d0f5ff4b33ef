"""How long look-ups take in a store of 100,000 claims by 5,000 speakers.

    python tests/benchmarks/store_benchmark.py [--claims N] [--speakers N] [--db FILE]

Each command runs in a fresh interpreter, in turns with ``python -c "import click, rich"``,
and is judged by the median of its wall times against the median of that. ``--cli`` times
the installed ``claimx`` command too. The text is made of syllables by a seeded generator:
words follow a Zipf-like law, as speakers do.
"""

from __future__ import annotations

import argparse
import bisect
import itertools
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from claimx.records import Article, Claim, Fact, content_id
from claimx.store import Store, StoreReader, default_path
from claimx.store.words import latin_keys
from tests.benchmarks import make_bytecode

_CONSONANTS = "कखगघचजटडतथदधनपफबभमयरलवशसह"
_SIGNS = ("", "", "ा", "ि", "ी", "ु", "े", "ो", "ं")
_ROLES = (None, "प्रवक्ता", "विदेश मंत्री", "राष्ट्रपति", "महानिदेशक")
_ACTS = ("say", "claim", "warn", "accuse", "deny", "announce")
_CLAIMS_AN_ARTICLE = 8
BASELINE = "import click, rich"

WHO = """
import click
from claimx.store import StoreReader
with StoreReader({db!r}) as store:
    print(sum(1 for _ in store.who({name!r}, limit=50)))
"""
SEARCH = """
import click
from claimx.store import StoreReader
with StoreReader({db!r}) as store:
    print(sum(1 for _ in store.search({words!r}, limit=50)))
"""


def _vocabulary(size: int, syllables: tuple[int, int], rng: random.Random) -> list[str]:
    words: dict[str, None] = {}
    while len(words) < size:
        length = rng.randint(*syllables)
        words["".join(rng.choice(_CONSONANTS) + rng.choice(_SIGNS) for _ in range(length))] = (
            None
        )
    return list(words)


def _zipf(items: list[str], rng: random.Random) -> Callable[[], str]:
    """Draw the n-th item with a probability proportional to 1/(n + 10)."""
    steps = list(itertools.accumulate(1 / (n + 10) for n in range(len(items))))
    return lambda: items[min(bisect.bisect(steps, rng.random() * steps[-1]), len(items) - 1)]


def generate(
    claims: int = 100_000, speakers: int = 5_000, seed: int = 1
) -> Iterator[tuple[Article, list[Claim]]]:
    """Articles of eight claims each; the same ones for the same arguments."""
    rng = random.Random(seed)
    word = _zipf(_vocabulary(30_000, (2, 4), rng), rng)
    surnames = _vocabulary(max(speakers // 3, 1), (2, 3), rng)
    firsts = _vocabulary(max(speakers // 10, 20), (2, 3), rng)
    names: dict[str, None] = {}
    while len(names) < speakers:
        names[f"{rng.choice(firsts)} {rng.choice(surnames)}"] = None
    name = _zipf(list(names), rng)
    for number in range((claims + _CLAIMS_AN_ARTICLE - 1) // _CLAIMS_AN_ARTICLE):
        published = f"20{rng.randint(18, 25)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
        article = Article(
            path=f"/corpus/{number // 1000:03}/{number:06}.txt",
            text=f"article {number} of seed {seed}",
            source=f"outlet {number % 40}",
            title=" ".join(word() for _ in range(7)),
            published=published,
        )
        left = min(_CLAIMS_AN_ARTICLE, claims - number * _CLAIMS_AN_ARTICLE)
        yield article, [_claim(article, 400 * n, name(), word, rng) for n in range(left)]


def _claim(
    article: Article, start: int, name: str, word: Callable[[], str], rng: random.Random
) -> Claim:
    text = " ".join(word() for _ in range(rng.randint(6, 30)))
    return Claim(
        id=content_id(article.id, str(start)),
        article=article.path,
        source=article.source,
        title=article.title,
        published=article.published,
        speaker=name,
        speaker_latin=None,
        speaker_type="person",
        speaker_role=rng.choice(_ROLES),
        mention=name.split()[-1],
        resolution="surname",
        claim=text,
        start=start,
        end=start + len(text),
        evidence=f"{name} ने कहा कि {text}।",
        evidence_start=start,
        evidence_end=start + len(text) + len(name) + 11,
        kind=rng.choice(("direct", "indirect", "mixed")),
        cue="कहना",
        act=rng.choice(_ACTS),  # type: ignore[arg-type]
        polarity="affirmed",
        via=None,
        addressee=None,
        said_on=None,
        facts=(Fact("money", "500 करोड़", 5e9, "INR", start, start + 9),),
        group=None,
        group_sources=None,
        relation=None,
        confidence=round(rng.random(), 2),
    )


def fill(path: Path, claims: int, speakers: int) -> None:
    """Write the generated articles, each in a transaction of its own."""
    started = time.perf_counter()
    with Store(path) as store:
        for article, said in generate(claims, speakers):
            store.save(article, said, "benchmark")
    took = time.perf_counter() - started
    print(f"written: {claims:,} claims in {took:.1f} s, {path.stat().st_size / 2**20:.0f} MiB")


def time_commands(commands: dict[str, list[str]], rounds: int) -> dict[str, float]:
    """Median wall time in seconds of each command, run in turns in fresh processes."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    times: dict[str, list[float]] = {label: [] for label in commands}
    for turn in range(rounds + 1):
        for label, command in commands.items():
            started = time.perf_counter()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)
            if turn:  # the first round warms the caches
                times[label].append(time.perf_counter() - started)
    return {label: statistics.median(series) for label, series in times.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--speakers", type=int, default=5_000)
    parser.add_argument(
        "--db", type=Path, help="kept and used again; default: a temporary file"
    )
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--cli", action="store_true", help="time `claimx who` and `search` too")
    options = parser.parse_args()
    if options.db == default_path():
        parser.error("--db: the user's own store is no place for generated claims")
    make_bytecode()
    with tempfile.TemporaryDirectory() as folder:
        path: Path = options.db or Path(folder) / "claims.db"
        if not path.exists():
            fill(path, options.claims, options.speakers)
        with StoreReader(path) as store:
            speakers = list(store.speakers())
            often, typical = speakers[0], speakers[len(speakers) // 2]
            word = next(store.claims()).claim.split()[0]
        latin = min(latin_keys(word), key=len)
        python = [sys.executable, "-c"]
        commands = {"import click, rich": [*python, BASELINE]}
        for label, name in (
            ("who, full name", often.name),
            ("who, surname", often.name.split()[-1]),
            ("who, Latin", " ".join(min(latin_keys(w), key=len) for w in often.name.split())),
            ("who, unknown", "अनजान"),
        ):
            commands[label] = [*python, WHO.format(db=str(path), name=name)]
        for label, words in (
            ("search, word", word),
            ("search, beginning", f"{word[:2]}*"),
            ("search, Latin", latin),
            ("search, Latin beginning", f"{latin[:2]}*"),
        ):
            commands[label] = [*python, SEARCH.format(db=str(path), words=words)]
        if options.cli:
            claimx = [sys.executable, "-m", "claimx"]
            for speaker in (typical, often):
                label = f"claimx who, {speaker.claims:,} claims"
                commands[label] = [*claimx, "who", speaker.name, "--db", str(path)]
            commands["claimx search"] = [*claimx, "search", word, "--db", str(path)]
        medians = time_commands(commands, options.rounds)
    baseline = medians["import click, rich"]
    for label, seconds in medians.items():
        print(f"{label:26} {1000 * seconds:7.1f} ms  {seconds / baseline:5.2f} x")


if __name__ == "__main__":
    main()
