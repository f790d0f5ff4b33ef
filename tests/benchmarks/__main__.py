"""Every benchmark, one after the other: `make bench`, or one of them by its own module.

    python -m tests.benchmarks [--folder FOLDER] [--quick]

Each prints its table as it goes; those that write JSON write it into FOLDER (default:
build/benchmarks). --quick runs each in its smallest size, to see that it works.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

BENCHMARKS = {
    "throughput": (["--json", "{folder}/throughput.json"], ["--quick"]),
    "store_benchmark": (["--cli"], ["--claims", "10000", "--rounds", "3"]),
    "matching_benchmark": ([], ["--sizes", "1000", "3000", "--pairs", "1000"]),
    "soak": ([], ["--articles", "100"]),
}
"""The modules, with their arguments, and those that make them quick."""


def main() -> int:
    """Run them all; the exit code is 1 where one failed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folder", type=Path, default=Path("build/benchmarks"))
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    failed = []
    for name, (arguments, quick) in BENCHMARKS.items():
        print(f"\n== {name}", flush=True)
        command = [sys.executable, "-m", f"{__package__}.{name}", *arguments]
        command = [part.format(folder=options.folder) for part in command]
        if subprocess.run(command + quick * options.quick, check=False).returncode:
            failed.append(name)
    for name in failed:
        print(f"{name} failed", file=sys.stderr)
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
