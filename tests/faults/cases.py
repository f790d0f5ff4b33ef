"""A cheap claimx in a process of its own, and news for it."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from claimx.store import StoreReader
from tests.light import NAMES

ROOT = Path(__file__).parents[2]


LIGHT = (sys.executable, "-c", "from tests.light import main; main()")


COUNT = 18


# A machine that is busy may take long; nothing here takes that long by itself.
PATIENCE = 120


INTERRUPTED = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGHUP: 129}


# Long enough that the articles are several batches.
FILLER = "सुबह से शहर में बारिश होती रही और लोग घरों में रहे। " * 40


def an_article(number: int) -> str:
    random = Random(number)
    things = ("पुल", "सड़क", "बिजली घर", "अस्पताल", "स्कूल", "बांध", "रेल लाइन")
    sentences = [
        f"{NAMES[0]} {NAMES[1]} ने कहा कि {random.choice(things)} पर {number + 1} करोड़ खर्च होंगे।",
        f"{NAMES[2]} {NAMES[3]} ने बताया कि {random.choice(things)} का काम रुका है।",
    ]
    return "\n".join([*sentences, FILLER])


def make_news(folder: Path) -> Path:
    folder.mkdir()
    for number in range(COUNT):
        (folder / f"{number:03}.txt").write_text(an_article(number), "utf-8")
    return folder


def environment(**faults: Any) -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(ROOT)} | {k: str(v) for k, v in faults.items()}


def start(*args: Any, command: tuple[str, ...] = LIGHT, **faults: Any) -> subprocess.Popen[str]:
    """The command line in a process group of its own, as a shell starts it."""
    return subprocess.Popen(
        [*command, *map(str, args)],
        env=environment(**faults),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=_heed_signals,
    )


def _heed_signals() -> None:
    """Undo what a caller in the background hands down: Ctrl-C or a hang-up ignored."""
    for number in INTERRUPTED:
        signal.signal(number, signal.SIG_DFL)


def rows(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def stored(path: Path) -> dict[str, list[str]]:
    """Claim ids by article; fails where the store is not whole or something is there twice."""
    with StoreReader(path) as store:
        found: dict[str, list[str]] = {one.path: [] for one in store.articles()}
        for claim in store.claims():
            found[claim.article].append(claim.id)
        assert len(found) == len(list(store.articles()))
    raw = sqlite3.connect(path)
    assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
    raw.close()
    for ids in found.values():
        assert len(ids) == len(set(ids))
    return found


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def group_is_gone(group: int) -> bool:
    """Is no process of a group left (a zombie nobody waits for aside)?"""
    states = subprocess.run(
        ["ps", "-eo", "pgid=,stat="], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    return not any(
        int(line.split()[0]) == group and not line.split()[1].startswith("Z") for line in states
    )
