"""The database file: its tables, how it is opened, and what is said when that fails."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from claimx.errors import StoreError

# Marks the file as a claimx store (SQLite's application_id): "clmx" in ASCII.
APPLICATION_ID = 0x636C6D78

# What a WAL database answers when its shared memory cannot be made.
_NO_PLACE = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY}

# How every SQLite 3 file begins.
_HEADER = b"SQLite format 3\0"

# One entry a schema version: the statements that lead to it from the one before. Never
# edit an entry that was released; append one.
_V1 = (
    # Settings and counters; "revision" counts changes to articles and claims.
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID",
    # One row a place (file, record in a file, URL). Two places with the same text are two
    # sources and have the same content. A row is committed together with all its claims,
    # so its presence says that the article is finished.
    """CREATE TABLE articles (
        id INTEGER PRIMARY KEY,
        location TEXT NOT NULL UNIQUE,
        content TEXT NOT NULL,
        version TEXT NOT NULL,
        path TEXT NOT NULL,
        source TEXT NOT NULL,
        title TEXT,
        published TEXT
    )""",
    "CREATE INDEX articles_by_content ON articles (content)",
    # settled = 0: not yet seen by identity.
    """CREATE TABLE speakers (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        latin TEXT,
        type TEXT NOT NULL,
        settled INTEGER NOT NULL DEFAULT 0,
        UNIQUE (name, type)
    )""",
    # What one article calls a speaker: the unit that identity decides about.
    """CREATE TABLE mentions (
        id INTEGER PRIMARY KEY,
        article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
        name TEXT NOT NULL,
        type TEXT NOT NULL,
        role TEXT,
        speaker INTEGER NOT NULL REFERENCES speakers
    )""",
    "CREATE INDEX mentions_by_article ON mentions (article)",
    "CREATE INDEX mentions_by_speaker ON mentions (speaker)",
    "CREATE INDEX mentions_by_name ON mentions (name, type)",
    # Every name a speaker can be found by, and the keys that close spellings share.
    # listed = 1: from identity's lists, used by no article.
    """CREATE TABLE speaker_names (
        speaker INTEGER NOT NULL REFERENCES speakers ON DELETE CASCADE,
        name TEXT NOT NULL,
        listed INTEGER NOT NULL,
        PRIMARY KEY (speaker, name)
    ) WITHOUT ROWID""",
    """CREATE TABLE speaker_keys (
        key TEXT NOT NULL,
        speaker INTEGER NOT NULL REFERENCES speakers ON DELETE CASCADE,
        PRIMARY KEY (key, speaker)
    ) WITHOUT ROWID""",
    "CREATE INDEX speaker_keys_by_speaker ON speaker_keys (speaker)",
    # mention_id: the name above, null where the text names nobody. speaker_latin and
    # speaker_type are as extracted; a named speaker's row goes before them.
    """CREATE TABLE claims (
        rowid INTEGER PRIMARY KEY,
        id TEXT NOT NULL,
        article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
        mention_id INTEGER REFERENCES mentions ON DELETE CASCADE,
        speaker_latin TEXT,
        speaker_type TEXT NOT NULL,
        speaker_role TEXT,
        mention TEXT,
        resolution TEXT NOT NULL,
        claim TEXT NOT NULL,
        "start" INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        evidence TEXT NOT NULL,
        evidence_start INTEGER NOT NULL,
        evidence_end INTEGER NOT NULL,
        kind TEXT NOT NULL,
        cue TEXT NOT NULL,
        act TEXT NOT NULL,
        polarity TEXT NOT NULL,
        via TEXT,
        addressee TEXT,
        said_on TEXT,
        facts TEXT NOT NULL,
        "group" TEXT,
        group_sources INTEGER,
        relation TEXT,
        confidence REAL NOT NULL
    )""",
    "CREATE INDEX claims_by_id ON claims (id)",
    "CREATE INDEX claims_by_article ON claims (article)",
    "CREATE INDEX claims_by_mention ON claims (mention_id)",
    # Normalised words of each claim, split at spaces: claimx.store.words has split them
    # already. Left alone, unicode61 takes matras (Mn, Mc) for separators.
    """CREATE VIRTUAL TABLE claim_words USING fts5 (
        words, tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M* Co'"
    )""",
    """CREATE TRIGGER claims_deleted AFTER DELETE ON claims
        BEGIN DELETE FROM claim_words WHERE rowid = old.rowid; END""",
    # Which words a Latin spelling may stand for.
    """CREATE TABLE vocabulary (
        latin TEXT NOT NULL, word TEXT NOT NULL, PRIMARY KEY (latin, word)
    ) WITHOUT ROWID""",
    "CREATE INDEX vocabulary_by_word ON vocabulary (word)",
)
_V2 = (
    'CREATE INDEX claims_by_group ON claims ("group") WHERE "group" IS NOT NULL',
    # What joining a piece of a run gave, see `Store.remember`; the newest have the highest
    # rowid.
    "DELETE FROM meta WHERE key LIKE 'remembered %'",
    """CREATE TABLE joins (
        rowid INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, value BLOB NOT NULL
    )""",
)

Migration = Sequence[str | Callable[[sqlite3.Connection], None]]
MIGRATIONS: tuple[Migration, ...] = (_V1, _V2)


def default_path() -> Path:
    """The store in the user's data folder."""
    import click

    return Path(click.get_app_dir("claimx")) / "claims.db"


def connect(
    path: Path,
    *,
    readonly: bool,
    timeout: float,
    migrations: Sequence[Migration] = MIGRATIONS,
) -> sqlite3.Connection:
    """Open a store; a missing one is made, and an older one migrated, when it is needed.

    Args:
        readonly: never make a file, and change nothing but an older schema.
        timeout: seconds to wait for another process.
        migrations: the statements that lead to each schema version.

    Raises:
        StoreError: if the file is missing (for reading), is no claimx store, comes from
            a newer claimx, or cannot be opened.
    """
    with reporting(path):
        if path.exists():
            _check_header(path)
        elif readonly:
            raise StoreError(
                f"{path}: there is no store here yet; `claimx extract` makes it, "
                "`--db` names another"
            )
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
        connection = _open(path, readonly, timeout)
        try:
            connection.execute("BEGIN")  # another process may be making the store
            version = _check(connection, path, len(migrations))
            connection.execute("COMMIT")
            if version == len(migrations):
                return connection
            if readonly:
                connection.close()
                if version == 0:
                    raise StoreError(f"{path}: the store is empty; run `claimx extract`")
                connect(path, readonly=False, timeout=timeout, migrations=migrations).close()
                return _open(path, readonly, timeout)
            migrate(connection, path, migrations)
            return connection
        except BaseException:
            connection.close()
            raise


def _check_header(path: Path) -> None:
    """SQLite takes a file of a few bytes for an empty database, and writes over it."""
    if not path.is_file():
        raise StoreError(
            f"{path}: the store cannot be opened (not a file); name another with `--db`"
        )
    with path.open("rb") as file:
        header = file.read(len(_HEADER))
    if header and header != _HEADER:
        raise StoreError(f"{path}: {_REMEDIES[sqlite3.SQLITE_NOTADB]}")


def _open(path: Path, readonly: bool, timeout: float) -> sqlite3.Connection:
    base = path.absolute().as_uri()
    modes = ["mode=ro" if readonly else "mode=rwc"]
    if readonly and not _exists_with_bytes(path.with_name(path.name + "-wal")):
        # A WAL database in a folder that may not be written to has no place for its
        # shared memory. With an empty log nothing is lost by not having any.
        modes.append("mode=ro&immutable=1")
    for at, mode in enumerate(modes):
        connection = sqlite3.connect(
            f"{base}?{mode}", uri=True, timeout=timeout, isolation_level=None
        )
        try:
            connection.execute("PRAGMA schema_version").fetchone()
        except sqlite3.OperationalError as error:
            connection.close()
            if at + 1 < len(modes) and error.sqlite_errorcode & 0xFF in _NO_PLACE:
                continue
            raise
        except BaseException:
            connection.close()
            raise
        break
    connection.execute("PRAGMA foreign_keys = ON")
    # Process death loses nothing in WAL mode; power loss at worst the last commits.
    connection.execute("PRAGMA synchronous = NORMAL")
    return connection


def _exists_with_bytes(path: Path) -> bool:
    try:
        return path.stat().st_size > 0
    except OSError:
        return False


def _check(connection: sqlite3.Connection, path: Path, newest: int) -> int:
    """The schema version; 0 for a new file."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION_ID:
        if application or version or _has_tables(connection):
            raise StoreError(
                f"{path}: another program's database, not a claimx store; "
                "name another file with `--db`"
            )
        return 0
    if version > newest:
        raise StoreError(
            f"{path}: made by a newer claimx (schema {version}, this one knows {newest}); "
            "upgrade claimx or name another file with `--db`"
        )
    return int(version)


def _has_tables(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone() is not None


def migrate(
    connection: sqlite3.Connection, path: Path, migrations: Sequence[Migration] = MIGRATIONS
) -> None:
    """Bring the schema up to date, all steps or none, once among several processes."""
    _set_wal(connection)
    with transaction(connection, path):
        version = _check(connection, path, len(migrations))
        for step in migrations[version:]:
            for statement in step:
                if callable(statement):
                    statement(connection)
                else:
                    connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {len(migrations)}")


def _set_wal(connection: sqlite3.Connection) -> None:
    # SQLite does not wait for its busy timeout while the journal mode changes.
    for pause in (0.01, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0):
        try:
            connection.execute("PRAGMA journal_mode = WAL").fetchone()
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            time.sleep(pause)
    connection.execute("PRAGMA journal_mode = WAL").fetchone()


@contextmanager
def transaction(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """Everything inside is committed together, or nothing; one writer at a time."""
    if connection.in_transaction:  # Ctrl-C came between the caller's ``with`` and its body
        connection.rollback()
    try:
        with reporting(path):
            connection.execute("BEGIN IMMEDIATE")
        yield
        with reporting(path):
            connection.execute("COMMIT")
    except BaseException:
        # After some errors SQLite has rolled back by itself.
        if connection.in_transaction:
            with suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
        raise


# By SQLite's primary result code: what is wrong, and the way out.
_REMEDIES = {
    sqlite3.SQLITE_NOTADB: "not a claimx store (no SQLite database); it was left as it is: "
    "name another file with `--db`",
    sqlite3.SQLITE_CORRUPT: "the store is damaged; it was left as it is: move it aside "
    "and run `claimx extract` again, or save what is left with "
    "`sqlite3 OLD .recover | sqlite3 NEW`",
    sqlite3.SQLITE_BUSY: "another process is writing to the store; try again when it is done",
    sqlite3.SQLITE_LOCKED: "another process is writing to the store; try again when it is done",
    sqlite3.SQLITE_READONLY: "the store may not be written to; change its permissions (and "
    "its folder's), or name another file with `--db`",
    sqlite3.SQLITE_FULL: "the disk is full; every article saved before is kept: free some "
    "space and run again",
    sqlite3.SQLITE_CANTOPEN: "the store cannot be opened; check that the file and its folder "
    "exist and may be read and written to, or name another with `--db`",
    sqlite3.SQLITE_IOERR: "the disk reported an error; what was saved before is kept: check "
    "the disk and run again",
    sqlite3.SQLITE_NOMEM: "out of memory; what was saved before is kept",
}


@contextmanager
def reporting(path: Path) -> Iterator[None]:
    """Turn what SQLite and the file system raise into a `StoreError` with a remedy."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", None)
        remedy = None if code is None else _REMEDIES.get(code & 0xFF)
        if remedy is None and "decode to UTF-8" in str(error):
            remedy = _REMEDIES[sqlite3.SQLITE_CORRUPT]
        raise StoreError(f"{path}: {remedy or 'the store cannot be used'} ({error})") from error
    except UnicodeDecodeError as error:  # SQLite's own message quotes the broken bytes
        raise StoreError(f"{path}: {_REMEDIES[sqlite3.SQLITE_CORRUPT]} ({error})") from error
    except OSError as error:
        raise StoreError(
            f"{path}: the store cannot be opened ({error.strerror or error}); "
            "name another file with `--db`"
        ) from error
