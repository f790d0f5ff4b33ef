"""What a person at a terminal sees, and Ctrl-C with the bundled models."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import pytest
import regex

from tests.faults.cases import (
    COUNT,
    FILLER,
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

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals and limits")


REAL = (sys.executable, "-m", "claimx")


# --- at a terminal ----------------------------------------------------------------------------


def at_terminal(
    *arguments: object, stdout: bool = True, stderr: bool = True, **settings: object
) -> tuple[int, str, str]:
    """Run claimx with these streams at a terminal.

    Returns:
        Its exit status, what the terminal got, and what the other stream got.
    """
    terminal, theirs = pty.openpty()
    with tempfile.TemporaryFile() as other:
        process = subprocess.Popen(
            [*LIGHT, *map(str, arguments)],
            env=environment(TERM="xterm", COLUMNS=100, **settings),
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=theirs if stdout else other,
            stderr=theirs if stderr else other,
        )
        os.close(theirs)
        parts = []
        with suppress(OSError):  # the terminal's other end is closed
            while part := os.read(terminal, 1 << 16):
                parts.append(part)
        os.close(terminal)
        code = process.wait(PATIENCE)
        other.seek(0)
        return code, b"".join(parts).decode("utf-8"), other.read().decode("utf-8")


def test_a_terminal_sees_progress_and_nothing_hostile(own_news: Path, db: Path) -> None:
    hostile = "क\x1b[31mख\x1b]0;शीर्षक\x07\u202eग.txt"
    path = own_news / hostile
    path.write_text(f"# \x1b[2Jशीर्षक\u202e [red]लाल[/red]\n\n{an_article(99)}", "utf-8")
    (own_news / f"टूटा-{hostile}").write_bytes(b"")
    code, shown, out = at_terminal(
        "extract", own_news, "--db", db, stdout=False, LIGHT_PAUSE=0.001
    )
    assert code == 1  # the empty file
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
    code, shown, _ = at_terminal("extract", own_news, "--db", db, stderr=False)
    assert code == 0
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
    code, shown, _ = at_terminal("extract", own_news, "--db", db, "--format", form)
    assert code == 0
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
