"""What machines do to a long run: after each fault the store is whole and a rerun completes it.

The command line runs in its own process, on a cheap analysis (`tests.light`); the tests
with the bundled models are marked.
"""

from __future__ import annotations

import os
import resource
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from claimx.errors import StoreError
from claimx.store import StoreReader
from tests.faults.cases import (
    COUNT,
    INTERRUPTED,
    LIGHT,
    PATIENCE,
    ROOT,
    an_article,
    environment,
    group_is_gone,
    rows,
    start,
    stored,
    wait_for,
)
from tests.light import KILLER

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals and limits")


Outcome = tuple[str, dict[str, list[str]], list[tuple[str, str, int]]]


def run(*args: Any, command: tuple[str, ...] = LIGHT, **faults: Any) -> tuple[int, str, str]:
    """Exit status, standard output and standard error."""
    process = start(*args, command=command, **faults)
    out, err = process.communicate(timeout=PATIENCE)
    return process.returncode, out, err


def finished(path: Path) -> int:
    try:
        with StoreReader(path) as store:
            return len(list(store.articles()))
    except StoreError:
        return 0


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
