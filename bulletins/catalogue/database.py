"""Opening the cache file: made, checked, and replaced when it is not what we wrote."""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

APPLICATION_ID = 0x6B756169  # "kuai"
SCHEMA_VERSION = 3
BUSY_SECONDS = 5.0
OPENING_ATTEMPTS = 40

_SCHEMA = (
    """CREATE TABLE issues (
        key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, version TEXT NOT NULL,
        stage TEXT NOT NULL, outline BLOB NOT NULL)""",
    """CREATE TABLE articles (
        issue INTEGER NOT NULL REFERENCES issues (key) ON DELETE CASCADE,
        id TEXT NOT NULL, body BLOB NOT NULL)""",
    "CREATE UNIQUE INDEX articles_by_id ON articles (issue, id)",
    # A name is written once: it stands in thousands of articles.
    """CREATE TABLE names (
        key INTEGER PRIMARY KEY, identity TEXT NOT NULL, type TEXT NOT NULL,
        UNIQUE (identity, type))""",
    """CREATE TABLE namings (
        name INTEGER NOT NULL REFERENCES names (key),
        issue INTEGER NOT NULL REFERENCES issues (key) ON DELETE CASCADE,
        article TEXT NOT NULL, count INTEGER NOT NULL,
        PRIMARY KEY (name, issue, article)) WITHOUT ROWID""",
    "CREATE INDEX namings_by_issue ON namings (issue)",
    """CREATE TABLE files (
        path BLOB PRIMARY KEY, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL,
        ctime_ns INTEGER NOT NULL, inode INTEGER NOT NULL, version TEXT NOT NULL,
        issue TEXT, message TEXT)""",
    "CREATE INDEX files_by_issue ON files (issue)",
    # What the reader says of an issue's lines, until told otherwise: whichever version reads it.
    "CREATE TABLE told (issue TEXT PRIMARY KEY, boundaries TEXT NOT NULL) WITHOUT ROWID",
)


class ForeignDatabaseError(Exception):
    """A database that is not ours, or of another schema."""


def usable_path(path: Path) -> Path:
    """Give the place for a cache: `path`, or a new private temporary one where it can't be.

    The folder is made. Whoever gets a temporary place removes its folder.
    """
    with contextlib.suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    writable = os.access(path.parent, os.W_OK | os.X_OK) and not path.is_dir()
    if writable and (not path.exists() or os.access(path, os.R_OK | os.W_OK)):
        return path
    import tempfile  # rarely needed, and slow

    return Path(tempfile.mkdtemp(prefix="kuaibao-")) / path.name


def open_database(path: Path) -> sqlite3.Connection:
    """Open the cache at `path`; a damaged, foreign or differently shaped file is replaced.

    Raises `sqlite3.OperationalError` where no file can be made.
    """
    import sqlite3  # 8 ms, and the first frame needs no catalogue

    with contextlib.suppress(FileExistsError, PermissionError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    for attempt in range(OPENING_ATTEMPTS):
        try:
            return _connect(path)
        except sqlite3.OperationalError as error:
            # Two processes that make the file at once: one must wait, and the turn to WAL mode
            # does so without the busy timeout.
            if attempt == OPENING_ATTEMPTS - 1 or not _is_busy(error):
                raise
            time.sleep(0.025)
        except (sqlite3.DatabaseError, ForeignDatabaseError):
            remove_database(path)
    return _connect(path)


def remove_database(path: Path) -> None:
    """Delete the cache with its journals; whoever has it open keeps the old one until it looks."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        with contextlib.suppress(FileNotFoundError):
            os.unlink(f"{path}{suffix}")  # noqa: PTH108


def _is_busy(error: sqlite3.OperationalError) -> bool:
    return "locked" in str(error) or "busy" in str(error)


def _connect(path: Path) -> sqlite3.Connection:
    import sqlite3

    # Made by us first, so that nobody else can read it whatever the mask is. Never opened if it is
    # there: closing it again would drop the locks of this process's other connections, and whoever
    # leaves last would take away the journal that these still look at.
    with contextlib.suppress(OSError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    connection = sqlite3.connect(
        path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    try:
        _prepare(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection) -> None:
    if _shape(connection) != (APPLICATION_ID, SCHEMA_VERSION):
        _create(connection)
    # A crash of the machine may cost the last reads, which the files give again.
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA journal_size_limit=4194304")
    # A file that was damaged in place passes the checks above and fails here at the latest.
    connection.execute("SELECT key FROM issues LIMIT 1").fetchone()


def _create(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("BEGIN IMMEDIATE")
    try:
        shape = _shape(connection)
        if shape != (APPLICATION_ID, SCHEMA_VERSION):
            tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            if shape != (0, 0) or tables:
                raise ForeignDatabaseError
            for statement in _SCHEMA:
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version={SCHEMA_VERSION}")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _shape(connection: sqlite3.Connection) -> tuple[int, int]:
    application: int = connection.execute("PRAGMA application_id").fetchone()[0]
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return application, version
