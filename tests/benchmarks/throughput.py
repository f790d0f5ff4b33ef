"""claimx against the loop that a user would write instead, on the same models.

    python -m tests.benchmarks.throughput [--articles N] [--rounds N] [--json FILE] [--quick]

The loop is ``stanza.Pipeline("hi")`` with the bundled models and Stanza's defaults, called
on one article after the other; it extracts nothing. It runs with PyTorch's own choice of
threads and with one, and counts by the faster. claimx runs as its users run it,
``claimx extract FOLDER``, all rooms included. Every run is a fresh interpreter, the two in
turns, and the medians of their wall times are compared. Memory is the proportional set size
of the whole process tree, sampled (Linux only).

Articles are made from corpus/: each takes paragraphs of several of its articles in a new
order. claimx analyses a sentence that it remembers only once, which real corpora reward
(agency copy, page furniture) and these would beyond measure; so in every sentence one word
is replaced by another of the corpus, and hardly any occurs twice. A line of its own tells
what the memory gains where paragraphs do repeat. The vocabulary is that of a small corpus:
on one whose words repeat less, claimx remembers less of what it computed for a word.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.benchmarks import ROOT, make_bytecode

CORPUS = ROOT / "corpus"
MODELS = ROOT / "claimx" / "models"

# What a user would write instead.
LOOP = """
import sys, time
from pathlib import Path
import stanza, torch
if int(sys.argv[3]):
    torch.set_num_threads(int(sys.argv[3]))
nlp = stanza.Pipeline("hi", dir=sys.argv[2], download_method=None, use_gpu=False, verbose=False,
                      processors="tokenize,pos,lemma,depparse,ner")
for number, path in enumerate(sorted(Path(sys.argv[1]).iterdir())):
    document = nlp(path.read_text("utf-8"))
    if number == 0:
        print(time.time(), flush=True)
print(document.num_words)
"""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a command.

    Attributes:
        wall: seconds from its start to its end.
        first: seconds to its first line on standard output.
        cpu: seconds of processor time, its children included.
        memory: MiB, the greatest sum over its process tree; None where not known.
        lines: lines on standard output.
    """

    wall: float
    first: float
    cpu: float
    memory: float | None
    lines: int


def make_articles(folder: Path, count: int, seed: int = 0, vary: bool = True) -> int:
    """Write articles recombined from the corpus's paragraphs.

    Args:
        vary: replace one word of every sentence.

    Returns:
        Their words in all.
    """
    from claimx.articles import body_start
    from claimx.attribution.prefilter import may_attribute

    articles = []
    for path in sorted(CORPUS.glob("*/*.txt")):
        text = path.read_text("utf-8")
        articles.append(
            [line for line in text[body_start(text) :].splitlines() if line.strip()]
        )
    pool = [line for lines in articles for line in lines]
    # Words that can attribute would make more sentences worth a tree than the corpus has.
    vocabulary = [w for line in pool for w in line.split() if not may_attribute(w)]
    rng = random.Random(seed)
    words = 0
    for number in range(count):
        size = max(1, len(rng.choice(articles)))
        lines = rng.sample(pool, min(size, len(pool)))
        if vary:
            lines = [_vary(line, vocabulary, rng) for line in lines]
        text = "\n".join(lines) + "\n"
        words += len(text.split())
        (folder / f"{number:05}.txt").write_text(text, "utf-8")
    return words


def _vary(line: str, vocabulary: Sequence[str], rng: random.Random) -> str:
    """Replace one word of each sentence, but not the first or last of a line."""
    words = line.split(" ")
    start = 0
    for at, word in enumerate(words):
        if word.endswith(("।", ".", "|", "?", "!")) or at == len(words) - 1:
            if at - start > 2:
                words[rng.randrange(start + 1, at)] = rng.choice(vocabulary)
            start = at + 1
    return " ".join(words)


def loop(folder: Path, threads: int = 0) -> list[str]:
    """The command line of the plain loop; 0 threads are as many as PyTorch likes."""
    return [sys.executable, "-c", LOOP, str(folder), str(MODELS), str(threads)]


def claimx(*arguments: object) -> list[str]:
    """The command line of a claimx command."""
    return [sys.executable, "-m", "claimx", *map(str, arguments)]


def measure(command: Sequence[str]) -> Run:
    """Run a command to its end.

    Raises:
        RuntimeError: if it fails.
    """
    before = os.times()
    start = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    sampler = _Sampler(process.pid)
    sampler.start()
    assert process.stdout is not None
    assert process.stderr is not None
    errors: list[bytes] = []
    drain = threading.Thread(
        target=lambda stream: errors.append(stream.read()), args=(process.stderr,)
    )
    drain.start()
    first, lines = 0.0, 0
    for _ in process.stdout:
        lines += 1
        first = first or time.perf_counter() - start
    code = process.wait()
    wall = time.perf_counter() - start
    sampler.stop()
    drain.join()
    if code:
        raise RuntimeError(f"{command} ended with {code}: {b''.join(errors).decode()[-2000:]}")
    after = os.times()
    cpu = after.children_user + after.children_system
    cpu -= before.children_user + before.children_system
    # Workers are no children of the command that asked for them.
    return Run(wall, first, max(cpu, sampler.cpu()), sampler.peak, lines)


class _Sampler(threading.Thread):
    """Watches the memory of a process and all its descendants."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self._over = threading.Event()
        self._cpu: dict[int, float] = {}
        self.peak: float | None = None

    def run(self) -> None:
        # Not oftener: the kernel walks all pages of a process to tell.
        while not self._over.wait(1.0):
            tree = list(_tree(self._pid))
            total = sum(_memory(pid) for pid in tree)
            if total:
                self.peak = max(self.peak or 0.0, total)
            self._cpu |= {pid: _cpu(pid) for pid in tree}

    def cpu(self) -> float:
        """Seconds of processor time that the tree was seen to use."""
        return sum(self._cpu.values())

    def stop(self) -> None:
        self._over.set()
        self.join()


def _tree(pid: int) -> Iterable[int]:
    waiting = [pid]
    while waiting:
        at = waiting.pop()
        yield at
        try:
            for task in Path(f"/proc/{at}/task").iterdir():
                waiting += map(int, (task / "children").read_text().split())
        except OSError:
            continue


def _memory(pid: int) -> float:
    """Proportional set size in MiB: what is shared counts once over all that share it."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0.0


def _cpu(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0.0
    ticks: int = os.sysconf("SC_CLK_TCK")
    return (int(fields[11]) + int(fields[12])) / ticks


def in_turns(rounds: int, commands: dict[str, list[str]]) -> dict[str, Run]:
    """Run commands in turns; of each the run with the median wall time."""
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            runs[name].append(measure(command))
    return {
        name: sorted(found, key=lambda run: run.wall)[(len(found) - 1) // 2]
        for name, found in runs.items()
    }


class Report:
    """Lines of the table and the figures behind them."""

    def __init__(self) -> None:
        self.figures: dict[str, Any] = {}

    def add(self, key: str, text: str, **figures: Any) -> None:
        """Print one line and keep its figures."""
        self.figures[key] = figures
        print(f"{key:<28} {text}", flush=True)


def bench_throughput(report: Report, count: int, rounds: int) -> None:
    """Cold runs over a folder: nothing stored, models loaded."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        words = make_articles(folder, count)
        runs = in_turns(
            rounds,
            {
                "loop": loop(folder),
                "loop, 1 thread": loop(folder, threads=1),
                "jobs 1": claimx("extract", folder, "--no-save", "--jobs", 1),
                "jobs 2": claimx("extract", folder, "--no-save", "--jobs", 2),
            },
        )
    plain = min(runs["loop"], runs["loop, 1 thread"], key=lambda run: run.wall)
    for key, run in runs.items():
        memory = f", {run.memory:.0f} MiB" if run.memory else ""
        report.add(
            f"throughput, {key}",
            f"{run.wall:7.1f} s, {words / run.wall:6.0f} words/s, first result after "
            f"{run.first:.1f} s, {run.cpu:.1f} s of CPU{memory}: {plain.wall / run.wall:.1f} x",
            articles=count,
            words=words,
            ratio=plain.wall / run.wall,
            cpu_ratio=plain.cpu / run.cpu,
            **asdict(run),
        )
    with tempfile.TemporaryDirectory() as name:
        again = make_articles(Path(name), count, vary=False)
        run = measure(claimx("extract", name, "--no-save", "--jobs", 1))
    speed = again / run.wall / (words / plain.wall)
    report.add(
        "the same, paragraphs repeat",
        f"{run.wall:7.1f} s, {again / run.wall:6.0f} words/s: {speed:.1f} x",
        ratio=speed,
        **asdict(run),
    )


def bench_cold_start(report: Report, rounds: int) -> None:
    """One article: when the first claim is there."""
    with tempfile.TemporaryDirectory() as name:
        make_articles(Path(name), 1)
        runs = in_turns(
            rounds,
            {
                "loop": loop(Path(name)),
                "loop, 1 thread": loop(Path(name), threads=1),
                "claimx": claimx("extract", name, "--no-save"),
            },
        )
    plain = min(runs["loop"], runs["loop, 1 thread"], key=lambda run: run.first)
    ratio = runs["claimx"].first / plain.first
    report.add(
        "first claim of one article",
        f"{runs['claimx'].first:.2f} s, the loop's first parse {plain.first:.2f} s: "
        f"{ratio:.2f} of it",
        claimx=asdict(runs["claimx"]),
        loop=asdict(plain),
        ratio=ratio,
    )


def bench_again(report: Report, count: int) -> None:
    """A second run over unchanged articles."""
    with tempfile.TemporaryDirectory() as name:
        folder, db = Path(name, "articles"), Path(name, "claims.db")
        folder.mkdir()
        make_articles(folder, count)
        command = claimx("extract", folder, "--db", db, "--format", "jsonl")
        cold = measure(command)
        again = in_turns(3, {"again": command})["again"]
        plain = measure(loop(folder, threads=1))
    if again.lines != cold.lines:
        raise AssertionError(f"{cold.lines} claims at first, {again.lines} at the second run")
    report.add(
        "unchanged articles again",
        f"{again.wall:.2f} s, cold {cold.wall:.1f} s, the loop {plain.wall:.1f} s: "
        f"{cold.wall / again.wall:.0f} x cold, {plain.wall / again.wall:.0f} x the loop",
        articles=count,
        again=asdict(again),
        cold=asdict(cold),
        cold_ratio=cold.wall / again.wall,
        ratio=plain.wall / again.wall,
    )


def bench_light_commands(report: Report, rounds: int) -> None:
    """Commands that load no model, against an import of click."""
    with tempfile.TemporaryDirectory() as name:
        db = Path(name, "claims.db")
        measure(claimx("extract", CORPUS / "summit" / "akash-seva.txt", "--db", db))
        runs = in_turns(
            rounds,
            {
                "click": [sys.executable, "-c", "import click"],
                "--help": claimx("--help"),
                "who": claimx("who", "Peskov", "--db", db),
            },
        )
    base = runs["click"].wall
    for key in ("--help", "who"):
        report.add(
            f"claimx {key}",
            f"{runs[key].wall * 1000:.0f} ms, `import click` {base * 1000:.0f} ms: "
            f"{runs[key].wall / base:.2f} x",
            wall=runs[key].wall,
            ratio=runs[key].wall / base,
        )


def bench_growth(report: Report, counts: Sequence[int], jobs: int) -> None:
    """Time and memory as the corpus grows."""
    rows = []
    for count in counts:
        with tempfile.TemporaryDirectory() as name:
            words = make_articles(Path(name), count, seed=count)
            run = measure(claimx("extract", name, "--no-save", "--jobs", jobs))
        rows.append({"articles": count, "words": words, **asdict(run)})
        memory = f", {run.memory:.0f} MiB" if run.memory else ""
        print(
            f"{f'growth, {count} articles':<28} {run.wall:7.1f} s, "
            f"{1000 * run.wall / count:.0f} ms an article{memory}",
            flush=True,
        )
    report.figures["growth"] = {"jobs": jobs, "rows": rows}


def machine() -> dict[str, Any]:
    """What the figures were measured on."""
    from importlib.metadata import version

    model = platform.processor()
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        model = next(x.split(":", 1)[1].strip() for x in lines if x.startswith("model name"))
    except (OSError, StopIteration):
        pass
    return {
        "processor": model,
        "cores": os.cpu_count(),
        "system": platform.platform(),
        "python": platform.python_version(),
        "stanza": version("stanza"),
        "torch": version("torch"),
        "load": os.getloadavg()[0] if hasattr(os, "getloadavg") else None,
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmarks, print the table, write the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--articles", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--growth", type=int, nargs="*", default=[50, 100, 200, 400, 800])
    parser.add_argument("--jobs", type=int, default=2, help="worker processes for the growth")
    parser.add_argument("--json", type=Path, help="write the figures here")
    parser.add_argument("--quick", action="store_true", help="few articles, one round")
    options = parser.parse_args(arguments)
    if options.quick:
        options.articles, options.rounds, options.growth = 10, 1, [10, 20]
    make_bytecode()
    report = Report()
    report.figures["machine"] = machine()
    print(" ".join(f"{key} {value}" for key, value in report.figures["machine"].items()))
    bench_cold_start(report, 2 * options.rounds + 1)
    bench_light_commands(report, 4 * options.rounds + 1)
    bench_throughput(report, options.articles, options.rounds)
    bench_again(report, 2 * options.articles)
    bench_growth(report, options.growth, options.jobs)
    growth = report.figures["growth"]["rows"]
    if len(growth) > 1:
        each = [row["wall"] / row["articles"] for row in growth]
        print(
            f"{'growth':<28} {statistics.mean(each[1:]) / each[0]:.2f} x the first's time each"
        )
    if options.json:
        options.json.write_text(
            json.dumps(report.figures, indent=1, ensure_ascii=False), "utf-8"
        )


if __name__ == "__main__":
    main()
