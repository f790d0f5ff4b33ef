"""Stores that are missing, foreign, damaged, locked, full or not to be written to."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Collection
from contextlib import suppress
from functools import partial
from itertools import count
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimx.errors import StoreError
from claimx.identity import lookup
from claimx.store import Store, StoreReader
from tests.store.cases import (
    V,
    a_claim,
    an_article,
    an_issue,
    names_by,
    save_issues,
    stored_issues,
    write_issues,
)


def test_a_missing_store_is_not_made_by_reading(path: Path) -> None:
    with pytest.raises(StoreError, match=r"claims\.db: there is no store here.*extract"):
        StoreReader(path)
    assert not path.exists()


def test_folders_are_made_for_writing(tmp_path: Path) -> None:
    write_issues(tmp_path / "a" / "b" / "claims ?#%.db", range(1))
    assert len(stored_issues(tmp_path / "a" / "b" / "claims ?#%.db")) == 1


@pytest.mark.parametrize("opens", [Store, StoreReader])
@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("यह डेटाबेस नहीं, किसी का लेख है। ".encode() * 40, "not a claimx store"),
        (b"\x00" * 5000, "not a claimx store"),
        (b"x", "not a claimx store"),
    ],
)
def test_a_file_that_is_no_database_is_left_as_it_is(
    path: Path, opens: type[StoreReader], content: bytes, says: str
) -> None:
    path.write_bytes(content)
    with pytest.raises(StoreError, match=says) as caught:
        opens(path)
    assert str(path) in str(caught.value)
    assert "--db" in str(caught.value)
    assert path.read_bytes() == content


@pytest.mark.parametrize("opens", [Store, StoreReader])
@pytest.mark.parametrize("version", [0, 1])
def test_another_programs_database_is_left_as_it_is(
    path: Path, opens: type[StoreReader], version: int
) -> None:
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE notes (id)")
        other.execute(f"PRAGMA user_version = {version}")
    other.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="another program's database"):
        opens(path)
    assert path.read_bytes() == before


def test_an_empty_file_becomes_a_store_when_written_to(path: Path) -> None:
    path.touch()
    with pytest.raises(StoreError, match="the store is empty"):
        StoreReader(path)
    write_issues(path, range(2))
    assert len(stored_issues(path)) == 2


def test_a_folder_in_the_place_of_the_store_is_named(path: Path) -> None:
    path.mkdir()
    with pytest.raises(StoreError, match=r"claims\.db: the store cannot be opened"):
        Store(path)


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    with pytest.raises(StoreError, match=r"claims\.db: the store cannot be opened"):
        Store(tmp_path / "data" / "claims.db")


def test_a_truncated_store_is_reported_and_left(filled: Path) -> None:
    content = filled.read_bytes()[:9000]
    filled.write_bytes(content)
    with pytest.raises(StoreError, match=r"damaged.*move it aside.*recover"):
        use(filled)
    with pytest.raises(StoreError, match="damaged"):
        write_issues(filled, range(5, 50))
    assert filled.read_bytes()[: len(content)] == content


def use(path: Path) -> None:
    with StoreReader(path) as reader:
        list(reader.claims())
        list(reader.who("वक्ता"))
        list(reader.search("बात 1"))
        list(reader.search("ba*", order="date"))
        list(reader.speakers())
        list(reader.articles())
        reader.suggest("वक्त")


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("sound") / "claims.db"
    write_issues(path, range(3))
    return path.read_bytes()


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_flipped_bytes_raise_nothing_but_store_errors(
    sound: bytes, tmp_path: Path, data: st.DataObject
) -> None:
    content = bytearray(sound)
    at = st.integers(0, len(content) - 1)
    for place, value in data.draw(
        st.lists(st.tuples(at, st.integers(0, 255)), min_size=1, max_size=40)
    ):
        content[place] = value
    path = tmp_path / "flipped.db"
    path.write_bytes(content)
    with suppress(StoreError):
        use(path)
    assert path.read_bytes() == content


def test_a_schema_of_broken_bytes_is_said(sound: bytes, tmp_path: Path) -> None:
    path = tmp_path / "broken.db"
    content = sound.replace(b"CREATE TABLE", b"CREATE \x80\x80\x80\x80\x80")
    assert content != sound
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"broken\.db: the store is damaged"):
        use(path)
    assert path.read_bytes() == content


def test_a_locked_store_is_waited_for_then_reported(filled: Path) -> None:
    other = sqlite3.connect(filled, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with (
        Store(filled, timeout=0.05) as store,
        pytest.raises(StoreError, match=r"claims\.db: another process is writing.*try again"),
    ):
        store.save(*an_issue(50), V)
    use(filled)  # reading is never kept waiting
    other.execute("ROLLBACK")
    other.close()
    write_issues(filled, range(6))
    assert len(stored_issues(filled)) == 6


def test_a_full_disk_keeps_what_was_finished(filled: Path) -> None:
    with Store(filled) as store:
        (pages,) = store._db.execute("PRAGMA page_count").fetchone()
        store._db.execute(f"PRAGMA max_page_count = {pages + 4}")
        with pytest.raises(StoreError, match=r"claims\.db: the disk is full.*free some space"):
            save_issues(store, range(5, 50))
        done = len(list(store.articles()))
        assert 5 <= done < 50
    found = stored_issues(filled)
    assert found == {a.path: claims for a, claims in map(an_issue, range(done))}
    write_issues(filled, range(50))
    assert len(stored_issues(filled)) == 50


@pytest.mark.parametrize("fault", [KeyboardInterrupt, MemoryError, SystemExit])
def test_an_interrupted_article_leaves_nothing_and_can_be_saved_again(
    path: Path, fault: type[BaseException]
) -> None:
    def keys(*names: str) -> Collection[str]:
        if "लावरोव" in names and faults:
            raise faults.pop()
        return lookup.lookup_keys(*names)

    faults = [fault()]
    article = an_article()
    claims = [a_claim(article, "यात्रा"), a_claim(article, "वार्ता", "लावरोव", start=30)]
    with Store(path, names=names_by(keys)) as store:
        with pytest.raises(fault):
            store.save(article, claims, V)
        assert not store.has(article, V)
        assert list(store.claims()) == []
        assert list(store.speakers()) == []
        assert store.save(article, claims, V)
        assert list(store.search("yatra")) == claims[:1]
        assert list(store.who("lavrov")) == claims[1:]


# Python drops an interrupt that comes while a generator is being cleared away.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_ctrl_c_at_any_line_leaves_a_store_that_can_be_written_to(store: Store) -> None:
    """Between ``BEGIN`` and what undoes it too."""
    for line in count(1):
        article = an_article(f"/{line}.txt")
        claims = [a_claim(article, "एक बात")]
        if not interrupted(partial(store.save, article, claims, V), line):
            break
        assert store.cached(article, V) in (None, claims)
        store.save(article, claims, V)
        assert store.cached(article, V) == claims
    assert line > 50


def interrupted(action: Callable[[], object], line: int) -> bool:
    """Run with Ctrl-C at that line of the store's code, if it comes to so many."""
    lines = count(1)
    came = False

    def watch(frame: FrameType, event: str, _: object) -> Any:
        nonlocal came
        if not frame.f_globals["__name__"].startswith(("claimx.store", "contextlib")):
            return None
        if event == "line" and next(lines) == line:
            came = True
            raise KeyboardInterrupt
        return watch

    before = sys.gettrace()
    sys.settrace(watch)
    try:
        action()
    except KeyboardInterrupt:
        pass
    finally:
        sys.settrace(before)
    return came


def test_a_store_that_may_not_grow_reports_it(filled: Path) -> None:
    program = (
        "import resource, signal, sys\n"
        "from pathlib import Path\n"
        "from tests.store.cases import write_issues\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))\n"
        f"write_issues(Path({str(filled)!r}), range(200))\n"
    )
    paths = os.pathsep.join([str(Path(__file__).parents[2]), *sys.path])
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | {"PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "claimx.errors.StoreError" in done.stderr
    assert "what was saved before is kept" in done.stderr or "disk is full" in done.stderr
    found = stored_issues(filled)
    assert 5 <= len(found) < 200
    assert all(len(claims) == 8 for claims in found.values())


def without_privileges(function: Callable[[], None]) -> str:
    """Run in a child that file permissions hold for; gives what it raised."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        said = "nothing"
        try:
            if os.geteuid() == 0:
                os.setgid(65534)
                os.setuid(65534)
            function()
        except BaseException as error:
            said = f"{type(error).__name__}: {error}"
        os.write(writing, said.encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    return said


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs POSIX permissions")
@pytest.mark.parametrize("folder_mode", [0o555, 0o777])
def test_a_read_only_store_is_read_and_never_written(folder_mode: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "claims.db"
        write_issues(path, range(3))
        before = path.read_bytes()
        path.chmod(0o444)
        Path(folder).chmod(folder_mode)
        try:
            assert without_privileges(lambda: use(path)) == "nothing"
            said = without_privileges(lambda: write_issues(path, range(4)))
        finally:
            Path(folder).chmod(0o700)
        assert said.startswith(f"StoreError: {path}: the store")
        assert "permissions" in said or "may be read and written" in said
        assert path.read_bytes() == before
