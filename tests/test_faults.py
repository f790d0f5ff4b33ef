"""What machines do to a long run: after each fault the store is whole and a rerun completes it.

The command line runs in its own process, on a cheap analysis (`tests.light`); the tests
with the bundled models are marked.
"""

from __future__ import annotations

import json
import os
import pty
import resource
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
import regex

from claimx.errors import StoreError
from claimx.store import StoreReader
from tests.light import KILLER, NAMES

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals and limits")

ROOT = Path(__file__).parent.parent
LIGHT = (sys.executable, "-c", "from tests.light import main; main()")
REAL = (sys.executable, "-m", "claimx")
COUNT = 18
# A machine that is busy may take long; nothing here takes that long by itself.
PATIENCE = 120
Outcome = tuple[str, dict[str, list[str]], list[tuple[str, str, int]]]
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


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of articles of two claims each, for all tests."""
    return make_news(tmp_path_factory.mktemp("shared") / "news")


@pytest.fixture
def own_news(tmp_path: Path) -> Path:
    """The same for one test to change."""
    return make_news(tmp_path / "news")


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "data" / "claims.db"


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


def run(*args: Any, command: tuple[str, ...] = LIGHT, **faults: Any) -> tuple[int, str, str]:
    """Exit status, standard output and standard error."""
    process = start(*args, command=command, **faults)
    out, err = process.communicate(timeout=PATIENCE)
    return process.returncode, out, err


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


def finished(path: Path) -> int:
    try:
        with StoreReader(path) as store:
            return len(list(store.articles()))
    except StoreError:
        return 0


def group_is_gone(group: int) -> bool:
    """Is no process of a group left (a zombie nobody waits for aside)?"""
    states = subprocess.run(
        ["ps", "-eo", "pgid=,stat="], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    return not any(
        int(line.split()[0]) == group and not line.split()[1].startswith("Z") for line in states
    )


@cache
def undisturbed(news: Path, command: tuple[str, ...]) -> Outcome:
    """What a run leaves that nothing goes wrong in."""
    with tempfile.TemporaryDirectory() as folder:
        db = Path(folder) / "claims.db"
        code, out, err = run("extract", news, "--db", db, command=command)
        assert (code, err) == (0, "")
        assert len(rows(out)) == 2 * len(list(news.iterdir()))
        return out, stored(db), speakers(db)


def assert_rerun_completes(news: Path, db: Path, command: tuple[str, ...] = LIGHT) -> None:
    """A second run gives what an undisturbed one gives, on the output and in the store."""
    code, out, err = run("extract", news, "--db", db, command=command)
    assert (code, err) == (0, "")
    assert (out, stored(db), speakers(db)) == undisturbed(news, command)


def speakers(path: Path) -> list[tuple[str, str, int]]:
    with StoreReader(path) as store:
        return sorted((s.name, s.type, s.claims) for s in store.speakers())


# --- signals ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "jobs"),
    [
        (signal.SIGINT, 1),
        (signal.SIGINT, 2),
        (signal.SIGTERM, 2),
        (signal.SIGHUP, 1),
    ],
)
def test_a_signal_ends_quietly_and_keeps_what_is_done(
    news: Path, db: Path, number: signal.Signals, jobs: int
) -> None:
    process = start("extract", news, "--db", db, "--jobs", jobs, LIGHT_PAUSE=0.012)
    wait_for(lambda: finished(db) >= 2)
    os.killpg(process.pid, number)  # as a terminal does: workers get it too
    out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == INTERRUPTED[number]
    assert len(err.splitlines()) <= 1
    assert "Traceback" not in err
    wait_for(lambda: group_is_gone(process.pid))
    done = stored(db)
    assert 2 <= len(done) < COUNT
    assert all(len(ids) == 2 for ids in done.values())
    assert all(row["id"] for row in rows(out))
    assert len(speakers(db)) == 2
    assert_rerun_completes(news, db)


def test_a_signal_to_the_main_process_alone_ends_the_workers(news: Path, db: Path) -> None:
    process = start("extract", news, "--db", db, "--jobs", 2, LIGHT_PAUSE=0.012)
    wait_for(lambda: finished(db) >= 2)
    process.terminate()
    _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 143
    assert len(err.splitlines()) <= 1
    wait_for(lambda: group_is_gone(process.pid))


def test_an_ignored_hang_up_stays_ignored(news: Path, db: Path) -> None:
    command = ("nohup", *LIGHT)
    process = start("extract", news, "--db", db, command=command, LIGHT_PAUSE=0.002)
    wait_for(lambda: finished(db) >= 2)
    process.send_signal(signal.SIGHUP)
    out, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert len(rows(out)) == 2 * COUNT


@pytest.mark.parametrize("jobs", [1, 2])
def test_kill_9_loses_nothing_that_was_finished(news: Path, db: Path, jobs: int) -> None:
    process = start("extract", news, "--db", db, "--jobs", jobs, LIGHT_PAUSE=0.012)
    wait_for(lambda: finished(db) >= 2)
    process.kill()
    process.communicate(timeout=PATIENCE)
    wait_for(lambda: group_is_gone(process.pid))  # no worker outlives it
    done = stored(db)
    assert 2 <= len(done) < COUNT
    assert all(len(ids) == 2 for ids in done.values())
    assert_rerun_completes(news, db)


def test_an_output_file_of_an_interrupted_run_is_the_old_one(
    news: Path, db: Path, tmp_path: Path
) -> None:
    target = tmp_path / "out" / "claims.jsonl"
    target.parent.mkdir()
    target.write_text("पुराना\n", "utf-8")
    process = start("extract", news, "--db", db, "-o", target, LIGHT_PAUSE=0.012)
    wait_for(lambda: finished(db) >= 2)
    process.terminate()
    process.communicate(timeout=PATIENCE)
    assert target.read_text("utf-8") == "पुराना\n"
    assert [path.name for path in target.parent.iterdir()] == ["claims.jsonl"]


# --- pipes and outputs ------------------------------------------------------------------------


@pytest.mark.parametrize(("jobs", "also_stderr"), [(1, False), (2, True)])
def test_a_closed_pipe_ends_quietly_and_keeps_what_is_done(
    news: Path, db: Path, jobs: int, also_stderr: bool
) -> None:
    reading, writing = os.pipe()
    process = subprocess.Popen(
        [
            *LIGHT,
            "extract",
            str(news),
            str(news / "fehlt.txt"),
            "--db",
            str(db),
            "--jobs",
            str(jobs),
        ],
        env=environment(),
        cwd=ROOT,
        stdout=writing,
        stderr=writing if also_stderr else subprocess.PIPE,
        text=True,
    )
    os.close(writing)
    os.close(reading)
    _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode in (0, 1)
    assert "Traceback" not in (err or "")
    assert len((err or "").splitlines()) <= 1
    stored(db)
    assert_rerun_completes(news, db)


@pytest.mark.parametrize("redirect", [">/dev/full", ">&-", "2>&-"])
def test_standard_streams_that_are_full_or_closed(
    news: Path, db: Path, redirect: str, tmp_path: Path
) -> None:
    said = tmp_path / "said"
    line = f'"$@" {redirect}' if redirect.startswith("2") else f'"$@" {redirect} 2>"$SAID"'
    done = subprocess.run(
        ["bash", "-c", line, "bash", *LIGHT, "extract", str(news), "--db", str(db)],
        env=environment(SAID=said),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        timeout=PATIENCE,
        check=False,
    )
    lines = said.read_text("utf-8").splitlines() if said.exists() else []
    assert done.returncode == (1 if redirect.startswith(">") else 0), lines
    assert len(lines) == (1 if redirect.startswith(">") else 0), lines
    if redirect == ">/dev/full":
        assert "no space left" in lines[0]
    if redirect != ">&-":  # without a place for the output nothing is begun
        stored(db)


# --- the store --------------------------------------------------------------------------------


def test_a_full_disk_is_said_and_a_rerun_completes(news: Path, db: Path) -> None:
    assert run("extract", news / "000.txt", "--db", db)[0] == 0
    code, _, err = run("extract", news, "--db", db, LIGHT_PAGES=3)
    assert code == 1
    assert len(err.splitlines()) == 1
    assert "the disk is full" in err
    assert "free some space" in err
    done = stored(db)
    assert 1 <= len(done) < COUNT
    assert all(len(ids) == 2 for ids in done.values())
    assert_rerun_completes(news, db)


def limited_files() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))


def test_files_that_may_not_grow(news: Path, db: Path) -> None:
    done = subprocess.run(
        [*LIGHT, "extract", str(news), "--db", str(db)],
        env=environment(),
        cwd=ROOT,
        capture_output=True,
        text=True,
        preexec_fn=limited_files,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert str(db) in done.stderr
    if db.exists():
        assert finished(db) < COUNT
    assert_rerun_completes(news, db)


def test_a_locked_store_is_said(news: Path, db: Path) -> None:
    assert run("extract", news / "000.txt", "--db", db)[0] == 0
    other = sqlite3.connect(db, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    code, _, err = run("extract", news, "--db", db, LIGHT_TIMEOUT=0.3)
    assert code == 1
    assert len(err.splitlines()) == 1
    assert "another process is writing" in err
    assert len(rows(run("search", "करोड़", "--db", db)[1])) == 1  # reading goes on
    other.execute("ROLLBACK")
    other.close()
    assert_rerun_completes(news, db)


def test_two_runs_at_once_share_one_store(news: Path, db: Path) -> None:
    both = [start("extract", news, "--db", db, LIGHT_PAUSE=0.001) for _ in range(2)]
    ends = [(process, *process.communicate(timeout=PATIENCE)) for process in both]
    assert [(process.returncode, err) for process, _, err in ends] == [(0, ""), (0, "")]
    assert ends[0][1] == ends[1][1]
    assert_rerun_completes(news, db)


@pytest.mark.parametrize(
    "harm",
    [
        lambda data: data[:5000],
        lambda data: "यह डेटाबेस नहीं है\n".encode() * 100,
    ],
)
def test_a_corrupt_store_is_said_and_left(
    news: Path, db: Path, harm: Callable[[bytes], bytes]
) -> None:
    assert run("extract", news, "--db", db)[0] == 0
    data = harm(db.read_bytes())
    db.write_bytes(data)
    for command in (["extract", news], ["who", "bansal"], ["speakers"]):
        code, _, err = run(*command, "--db", db)
        assert code == 1
        assert len(err.splitlines()) == 1
        assert str(db) in err
        assert "left as it is" in err
        assert db.read_bytes() == data
    # the way out that the message names
    db.rename(db.with_name("aside.db"))
    assert_rerun_completes(news, db)


def test_a_read_only_store_is_said_and_can_be_read(news: Path, db: Path) -> None:
    # Permissions do not hold for root; `test_store` has them, with another user.
    assert run("extract", news / "000.txt", "--db", db)[0] == 0
    before = db.read_bytes()
    code, _, err = run("extract", news, "--db", db, LIGHT_READONLY=1)
    assert code == 1
    assert len(err.splitlines()) == 1
    assert "permissions" in err
    assert db.read_bytes() == before
    assert len(rows(run("who", "bansal", "--db", db, LIGHT_READONLY=1)[1])) == 1
    assert_rerun_completes(news, db)


# --- workers and memory -----------------------------------------------------------------------


def test_workers_that_die_are_replaced(own_news: Path, db: Path, tmp_path: Path) -> None:
    for number in (3, 9, 15):
        path = own_news / f"{number:03}.txt"
        path.write_text(f"{path.read_text('utf-8')}\n{KILLER} शब्द।", "utf-8")
    deaths = tmp_path / "deaths"
    deaths.mkdir()
    for number in range(2):  # one article bears so many
        (deaths / str(number)).touch()
    code, out, err = run("extract", own_news, "--db", db, "--jobs", 2, LIGHT_KILL=deaths)
    assert (code, err) == (0, "")
    assert list(deaths.iterdir()) == []
    assert len(rows(out)) == 2 * COUNT
    assert all(len(ids) == 2 for ids in stored(db).values())
    assert run("extract", own_news, "--no-save", LIGHT_KILL=deaths) == (0, out, "")


def test_an_article_that_kills_every_worker_is_named_and_the_rest_done(
    own_news: Path, db: Path, tmp_path: Path
) -> None:
    bad = own_news / "007.txt"
    bad.write_text(f"{bad.read_text('utf-8')}\n{KILLER} शब्द।", "utf-8")
    deaths = tmp_path / "deaths"
    deaths.mkdir()
    for number in range(50):
        (deaths / str(number)).touch()
    code, out, err = run("extract", own_news, "--db", db, "--jobs", 2, LIGHT_KILL=deaths)
    assert code == 1
    assert len(err.splitlines()) == 1
    assert "007.txt" in err
    assert len(rows(out)) == 2 * (COUNT - 1)
    assert len(stored(db)) == COUNT - 1
    for death in deaths.iterdir():
        death.unlink()
    assert run("extract", own_news, "--db", db, LIGHT_KILL=deaths)[0] == 0
    assert len(stored(db)) == COUNT


def test_a_batch_too_large_for_memory_is_halved(news: Path, db: Path) -> None:
    code, out, err = run("extract", news, "--db", db, "--jobs", 2, LIGHT_MEMORY=50)
    assert (code, err) == (0, "")
    assert len(rows(out)) == 2 * COUNT
    assert_rerun_completes(news, db)


def test_an_article_too_large_for_memory_is_named_and_the_rest_done(
    own_news: Path, db: Path
) -> None:
    large = own_news / "005.txt"
    large.write_text(an_article(5) * 3, "utf-8")
    code, out, err = run("extract", own_news, "--db", db, LIGHT_MEMORY=60)
    assert code == 1
    assert len(err.splitlines()) == 1
    assert "005.txt" in err
    assert "memory" in err
    assert len(rows(out)) == 2 * (COUNT - 1)
    assert len(stored(db)) == COUNT - 1


# --- at a terminal ----------------------------------------------------------------------------


def everything(terminal: int) -> str:
    """What was written to a terminal until its other end was closed."""
    parts = []
    try:
        while part := os.read(terminal, 1 << 16):
            parts.append(part)
    except OSError:
        pass
    os.close(terminal)
    return b"".join(parts).decode("utf-8")


def test_a_terminal_sees_progress_and_nothing_hostile(own_news: Path, db: Path) -> None:
    hostile = "क\x1b[31mख\x1b]0;शीर्षक\x07\u202eग.txt"
    path = own_news / hostile
    path.write_text(f"# \x1b[2Jशीर्षक\u202e [red]लाल[/red]\n\n{an_article(99)}", "utf-8")
    (own_news / f"टूटा-{hostile}").write_bytes(b"")
    terminal, theirs = pty.openpty()
    process = subprocess.Popen(
        [*LIGHT, "extract", str(own_news), "--db", str(db)],
        env=environment(TERM="xterm", LIGHT_PAUSE=0.001),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=theirs,
        text=True,
    )
    os.close(theirs)
    out, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1  # the empty file
    shown = os.read(terminal, 1 << 16).decode("utf-8", "replace")
    os.close(terminal)
    assert f"{COUNT}" in shown
    assert "is empty" in shown
    for raw in ("\x1b]", "\x1b[31m", "\x1b[2J", "\x07", "\u202e"):
        assert raw not in shown
        assert raw not in out
    assert len(rows(out)) == 2 * (COUNT + 1)


def test_a_table_at_a_terminal_shows_nothing_hostile(own_news: Path, db: Path) -> None:
    for path in list(own_news.iterdir())[3:]:
        path.unlink()
    (own_news / "क\x1b[31mख\u202eग.txt").write_text(
        f"{FILLER}\nमोहन बंसल ने कहा कि पुल \x1b[2Jआज \u202eबंद [red]है[/red] =1+1।", "utf-8"
    )
    terminal, theirs = pty.openpty()
    process = subprocess.Popen(
        [*LIGHT, "extract", str(own_news), "--db", str(db)],
        env=environment(TERM="xterm", COLUMNS=100),
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=subprocess.PIPE,
    )
    os.close(theirs)
    shown = everything(terminal)
    process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    # claimx's own colours aside; figures are in bold
    shown = regex.sub(r"\x1b\[[0-9;]*m", "", shown)
    assert "[red]" in shown
    assert "␛[2J" in shown
    for raw in ("\x1b", "\u202e"):
        assert raw not in shown


@pytest.mark.parametrize(("form", "counts"), [("jsonl", False), ("table", True)])
def test_progress_stands_between_no_rows(
    own_news: Path, db: Path, form: str, counts: bool
) -> None:
    terminal, theirs = pty.openpty()
    process = subprocess.Popen(
        [*LIGHT, "extract", str(own_news), "--db", str(db), "--format", form],
        env=environment(TERM="xterm", COLUMNS=100),
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    shown = everything(terminal)
    assert process.wait(PATIENCE) == 0
    assert (f"{COUNT} articles" in shown) == counts


# --- with the bundled models ------------------------------------------------------------------


@pytest.mark.models
@pytest.mark.parametrize(("jobs", "after"), [(1, 1.5), (2, 0.5), (2, 1.5)])
def test_ctrl_c_at_any_moment_with_the_models(
    news: Path, db: Path, jobs: int, after: float
) -> None:
    process = start("extract", news, "--db", db, "--jobs", jobs, command=REAL)
    time.sleep(after)
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=PATIENCE)
    # Python itself may be interrupted before claimx is there; or all may be done.
    assert process.returncode in (130, -signal.SIGINT, 0)
    if process.returncode == 130:
        assert len(err.splitlines()) <= 1, err
    wait_for(lambda: group_is_gone(process.pid))
    if db.exists():
        stored(db)
