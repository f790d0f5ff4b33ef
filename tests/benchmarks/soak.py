"""A long run whose workers are killed at random must end as an undisturbed one does.

    python -m tests.benchmarks.soak [--articles N] [--jobs N] [--every SECONDS] [--seed N]

Articles are made from those of ``corpus/``, each with a line of its own. Once in a while a
worker process is killed (``SIGKILL``); every article's claims must be there once, in the
output and in the store, equal to those of a run that nobody disturbed.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from claimx.records import Claim
from claimx.store import StoreReader
from tests.benchmarks import ROOT


def write_articles(folder: Path, count: int) -> None:
    """``count`` articles: those of the corpus in turn, told apart by a last line."""
    texts = [path.read_text("utf-8") for path in sorted((ROOT / "corpus").glob("*/*.txt"))]
    for number in range(count):
        text = f"{texts[number % len(texts)]}\n\nयह लेख क्रमांक {number} है।\n"
        (folder / f"{number:05}.txt").write_text(text, "utf-8")


def workers_of(parent: int) -> list[int]:
    """Analysing processes below ``parent``: the children of its children's children."""
    table = subprocess.run(
        ["ps", "-eo", "pid=,ppid=,args="], capture_output=True, text=True, check=True
    ).stdout
    children: dict[int, list[int]] = {}
    servers = set()
    for line in table.splitlines():
        pid, above, *words = line.split(None, 2)
        children.setdefault(int(above), []).append(int(pid))
        if words and "forkserver" in words[0]:
            servers.add(int(pid))
    return [
        worker
        for server in children.get(parent, [])
        if server in servers
        for worker in children.get(server, [])
    ]


def extract(
    folder: Path, db: Path, jobs: int, every: float, dice: random.Random
) -> tuple[int, int, float]:
    """Run the command line; returns its exit status, workers killed, and wall seconds.

    Args:
        every: seconds between two deaths, on average; 0 for none.
    """
    command = [sys.executable, "-m", "claimx", "extract", folder, "--db", db, "--jobs", jobs]
    began, deaths = time.monotonic(), 0
    with db.with_suffix(".jsonl").open("wb") as out:
        process = subprocess.Popen([*map(str, command)], cwd=ROOT, stdout=out)
        while process.poll() is None:
            if not every:
                process.wait()
                break
            time.sleep(dice.expovariate(1 / every))
            if workers := workers_of(process.pid):
                try:
                    os.kill(dice.choice(workers), signal.SIGKILL)
                    deaths += 1
                except ProcessLookupError:
                    pass
    return process.returncode, deaths, time.monotonic() - began


def claims_by_article(db: Path) -> dict[str, list[Claim]]:
    """What a store holds; claims in the order of the text."""
    with StoreReader(db) as store:
        found: dict[str, list[Claim]] = {one.path: [] for one in store.articles()}
        for claim in store.claims():
            found[claim.article].append(claim)
    return {path: sorted(of, key=lambda c: (c.start, c.id)) for path, of in found.items()}


def main() -> int:
    """Print one line; 0 where both runs left the same."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--every", type=float, default=20.0, help="seconds between deaths")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    dice = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "articles"
        folder.mkdir()
        write_articles(folder, options.articles)
        calm, rough = Path(name) / "calm.db", Path(name) / "rough.db"
        code, _, seconds = extract(folder, calm, options.jobs, 0, dice)
        rough_code, deaths, rough_seconds = extract(
            folder, rough, options.jobs, options.every, dice
        )
        expected, found = claims_by_article(calm), claims_by_article(rough)
        claims = sum(map(len, found.values()))
        unique = sum(len({claim.id for claim in of}) for of in found.values())
        same_output = (
            calm.with_suffix(".jsonl").read_bytes() == rough.with_suffix(".jsonl").read_bytes()
        )
    passed = (
        code == rough_code == 0
        and len(found) == options.articles
        and unique == claims
        and expected == found
        and same_output
        and (deaths > 0 or not options.every)
    )
    print(
        f"soak: {'passed' if passed else 'FAILED'}: {len(found)} articles, {claims} claims "
        f"({claims - unique} twice), {deaths} workers killed; exit {code} and {rough_code}; "
        f"output {'equal' if same_output else 'DIFFERS'}, store "
        f"{'equal' if expected == found else 'DIFFERS'}; "
        f"{seconds:.0f} s undisturbed, {rough_seconds:.0f} s disturbed"
    )
    return not passed


if __name__ == "__main__":
    sys.exit(main())
