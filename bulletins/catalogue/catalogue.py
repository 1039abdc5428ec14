"""The catalogue: what was read of each file, so that no file is read twice."""

from __future__ import annotations

import contextlib
import json
import os
import threading
from typing import TYPE_CHECKING, Any, TypeVar

from bulletins.boundary import as_lists, from_lists
from bulletins.catalogue.outline import (
    STAGES,
    FileStat,
    FileState,
    IssueOutline,
    Naming,
    SharedName,
    Stage,
    names_in,
    outline_of,
)
from bulletins.model import Issue, Section
from bulletins.said import SaidError, pack, said_by, unpack

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from bulletins.boundary import Boundary
    from bulletins.model import Article, EntityType

Answer = TypeVar("Answer")


class CatalogueError(SaidError):
    """The cache can't be used; `str()` is one plain line."""


class Catalogue:
    """Outlines and articles in an SQLite file that may be deleted at any time.

    `version` names the reader and its data: what another version has read counts as unknown.
    Any thread may call; several processes may share the file. Where the file is damaged or gone
    in the middle of the work, an empty one takes its place.
    """

    def __init__(self, path: Path, version: str = "") -> None:
        self.path = path
        self.version = version
        self._connection: sqlite3.Connection | None = None
        self._identity: tuple[int, int] | None = None
        self._lock = threading.RLock()

    def close(self) -> None:
        """Let go of the file; the next question opens it again."""
        with self._lock:
            if self._connection is not None:
                with contextlib.suppress(Exception):
                    self._connection.close()
            self._connection = None

    # -- asking --------------------------------------------------------------------------------

    def issues(self, paths: Iterable[str]) -> Iterator[FileState]:
        """Say of each file, in order, what is known: one `stat` each, no file is opened."""
        for path in paths:
            yield self.file(path)

    def file(self, path: str) -> FileState:
        """Say what is known of a file as it is now."""
        stat = FileStat.of(path)
        if stat is None:
            return FileState(path)
        row = self._ask(
            "SELECT f.message, i.stage, i.outline FROM files f LEFT JOIN issues i"
            " ON i.id = f.issue AND i.version = f.version WHERE f.path = ? AND f.size = ?"
            " AND f.mtime_ns = ? AND f.ctime_ns = ? AND f.inode = ? AND f.version = ?",
            (os.fsencode(path), *_numbers(stat), self.version),
        )
        if row is None:
            return FileState(path)
        message, stage, outline = row
        if message is not None:
            return FileState(path, message=unpack(message))
        return FileState(path, outline=_outline(outline, stage, path))

    def outline(self, issue_id: str) -> IssueOutline | None:
        """Give the outline of an issue."""
        row = self._ask(
            "SELECT stage, outline FROM issues WHERE id = ? AND version = ?",
            (issue_id, self.version),
        )
        return None if row is None else _outline(row[1], row[0], None)

    def article(self, issue_id: str, article_id: str) -> Article | None:
        """Give one article with the mentions found so far."""
        row = self._ask(
            "SELECT a.body FROM articles a JOIN issues i ON i.key = a.issue"
            " WHERE i.id = ? AND i.version = ? AND a.id = ?",
            (issue_id, self.version, article_id),
        )
        return None if row is None else _article(row[0])

    def issue(self, issue_id: str) -> Issue | None:
        """Give a whole issue, as heavy as it is."""
        outline = self.outline(issue_id)
        if outline is None:
            return None
        sections = []
        for section in outline.sections:
            articles = [self.article(issue_id, article.id) for article in section.articles]
            whole = tuple(article for article in articles if article is not None)
            if len(whole) != len(articles):
                return None
            sections.append(Section(section.title, whole))
        return Issue(
            outline.id, outline.path, outline.style, outline.confidence, tuple(sections),
            outline.publication, outline.number, outline.date, outline.boundaries, outline.unmet,
        )  # fmt: skip

    def told(self, issue_id: str) -> tuple[Boundary, ...]:
        """Give what the reader says of an issue's lines, as far as anybody told."""
        row = self._ask("SELECT boundaries FROM told WHERE issue = ?", (issue_id,))
        try:
            return from_lists(json.loads(row[0])) if row is not None else ()
        except ValueError:
            return ()

    def articles_naming(self, identity: str, kind: EntityType) -> list[Naming]:
        """List the articles that name a thing, in no particular order.

        `identity` and `kind` are those of an `Entity`: only where both agree is it the same thing.
        Files that are gone or belong to another library of the reader count as well.
        """
        rows = self._ask_all(
            "SELECT i.id, f.article, f.count FROM names n JOIN namings f ON f.name = n.key"
            " JOIN issues i ON i.key = f.issue"
            " WHERE n.identity = ? AND n.type = ? AND i.version = ?",
            (identity, kind, self.version),
        )
        return [Naming(*row) for row in rows]

    def names_shared(self, issue_id: str, article_id: str, most: int) -> list[SharedName]:
        """List the names of an article with the other articles that have them, each name once.

        Of a name that more than `most` articles have, they are only counted.
        """
        rows = self._ask_all(
            "SELECT f.name, n.identity, n.type, (SELECT COUNT(*) FROM namings g"
            " WHERE g.name = f.name) FROM namings f JOIN issues i ON i.key = f.issue"
            " JOIN names n ON n.key = f.name"
            " WHERE i.id = ? AND i.version = ? AND f.article = ?",
            (issue_id, self.version, article_id),
        )
        return [
            SharedName(identity, kind, count, self._named_by(key) if 1 < count <= most else ())
            for key, identity, kind, count in rows
        ]

    def _named_by(self, name: int) -> tuple[tuple[str, str], ...]:
        found = self._ask_all(
            "SELECT i.id, f.article FROM namings f JOIN issues i ON i.key = f.issue"
            " WHERE f.name = ? AND i.version = ?",
            (name, self.version),
        )
        return tuple((issue_id, article_id) for issue_id, article_id in found)

    # -- keeping -------------------------------------------------------------------------------

    def store_issue(self, issue: Issue, stat: FileStat | None, stage: Stage = "parsed") -> None:
        """Keep an issue, read from `issue.path` when the file was as `stat`.

        Nothing is written over that had got further by the same boundaries. Raises
        `CatalogueError`.
        """

        def write(connection: sqlite3.Connection) -> None:
            self._put_issue(connection, issue, stage, anew=True)
            if stat is not None:
                self._put_file(connection, issue.path, stat, issue.id, None)

        self._write(write)

    def store_mentions(self, issue: Issue, stage: Stage) -> None:
        """Keep an issue again, now with its mentions. Raises `CatalogueError`.

        Where it was read by other boundaries meanwhile, nothing is written.
        """
        self._write(lambda connection: self._put_issue(connection, issue, stage, anew=False))

    def tell(self, issue_id: str, boundaries: Sequence[Boundary]) -> None:
        """Keep what the reader says of an issue's lines. Raises `CatalogueError`."""

        def write(connection: sqlite3.Connection) -> None:
            connection.execute("DELETE FROM told WHERE issue = ?", (issue_id,))
            if boundaries:
                connection.execute(
                    "INSERT INTO told VALUES (?, ?)", (issue_id, json.dumps(as_lists(boundaries)))
                )

        self._write(write)

    def store_error(self, path: str, stat: FileStat | None, message: str) -> None:
        """Keep why a file can't be read, until it changes. Raises `CatalogueError`."""
        if stat is not None:
            self._write(
                lambda connection: self._put_file(connection, path, stat, None, pack(message))
            )

    def forget(self, path: str) -> None:
        """Drop what is known of a file, and its issue if no other file holds it."""
        name = os.fsencode(path)

        def write(connection: sqlite3.Connection) -> None:
            self._drop_file(connection, name)

        self._write(write)

    # -- inside --------------------------------------------------------------------------------

    def _put_issue(
        self, connection: sqlite3.Connection, issue: Issue, stage: Stage, *, anew: bool
    ) -> None:
        from bulletins.catalogue.encoding import encode_article, encode_outline

        row = connection.execute(
            "SELECT stage, outline FROM issues WHERE id = ? AND version = ?",
            (issue.id, self.version),
        ).fetchone()
        known = _outline(row[1], row[0], None) if row else None
        if known is not None and known.boundaries != issue.boundaries:
            if not anew:
                return
        elif row and STAGES.index(stage) <= _rank(row[0]):
            return
        connection.execute("DELETE FROM issues WHERE id = ?", (issue.id,))
        key = connection.execute(
            "INSERT INTO issues (id, version, stage, outline) VALUES (?, ?, ?, ?)",
            (issue.id, self.version, stage, encode_outline(outline_of(issue, stage))),
        ).lastrowid
        articles = issue.articles()
        connection.executemany(
            "INSERT OR IGNORE INTO articles (issue, id, body) VALUES (?, ?, ?)",
            ((key, article.id, encode_article(article)) for article in articles),
        )
        found = {article.id: names_in(article) for article in articles}
        connection.executemany(
            "INSERT OR IGNORE INTO names (identity, type) VALUES (?, ?)",
            (name for names in found.values() for name in names),
        )
        connection.executemany(
            "INSERT INTO namings SELECT key, ?, ?, ? FROM names WHERE identity = ? AND type = ?",
            (
                (key, article_id, count, *name)
                for article_id, names in found.items()
                for name, count in names.items()
            ),
        )

    def _put_file(
        self,
        connection: sqlite3.Connection,
        path: str,
        stat: FileStat,
        issue_id: str | None,
        message: str | None,
    ) -> None:
        name = os.fsencode(path)
        self._drop_file(connection, name, keep=issue_id)
        connection.execute(
            "INSERT INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (name, *_numbers(stat), self.version, issue_id, message),
        )

    @staticmethod
    def _drop_file(connection: sqlite3.Connection, name: bytes, keep: str | None = None) -> None:
        row = connection.execute("SELECT issue FROM files WHERE path = ?", (name,)).fetchone()
        if row is None:
            return
        connection.execute("DELETE FROM files WHERE path = ?", (name,))
        if row[0] is not None and row[0] != keep:
            connection.execute(
                "DELETE FROM issues WHERE id = ?1"
                " AND NOT EXISTS (SELECT 1 FROM files WHERE issue = ?1)",
                (row[0],),
            )

    def _ask(self, question: str, values: tuple[object, ...]) -> tuple[Any, ...] | None:
        """Give the first row; a cache that can't be read knows nothing."""
        return self._answer(lambda connection: connection.execute(question, values).fetchone())

    def _ask_all(self, question: str, values: tuple[object, ...]) -> list[tuple[Any, ...]]:
        """Give all rows; a cache that can't be read knows nothing."""
        return (
            self._answer(lambda connection: connection.execute(question, values).fetchall()) or []
        )

    def _answer(self, ask: Callable[[sqlite3.Connection], Answer]) -> Answer | None:
        import sqlite3

        try:
            return self._with_connection(ask)
        except (sqlite3.Error, OSError):
            return None

    def _write(self, write: Callable[[sqlite3.Connection], None]) -> None:
        import sqlite3

        def transaction(connection: sqlite3.Connection) -> None:
            connection.execute("BEGIN IMMEDIATE")
            try:
                write(connection)
                connection.execute("COMMIT")
            except BaseException:
                with contextlib.suppress(sqlite3.Error):
                    connection.execute("ROLLBACK")
                raise

        try:
            self._with_connection(transaction)
        except (sqlite3.Error, OSError) as error:
            raise CatalogueError("the cache can't be written: {why}", why=said_by(error)) from error

    def _with_connection(self, use: Callable[[sqlite3.Connection], Answer]) -> Answer:
        """Use the open file, once more on a new one if the old proves damaged."""
        import sqlite3

        from bulletins.catalogue.database import remove_database

        with self._lock:
            try:
                return use(self._current())
            except sqlite3.OperationalError:
                raise  # busy, full, read-only: the file itself is sound
            except sqlite3.DatabaseError:
                self.close()
                remove_database(self.path)
                return use(self._current())

    def _current(self) -> sqlite3.Connection:
        """Give the connection to the file that stands at the path now."""
        try:
            found = os.stat(self.path)  # noqa: PTH116
            identity = (found.st_dev, found.st_ino)
        except OSError:
            identity = None
        if self._connection is not None and identity == self._identity is not None:
            return self._connection
        from bulletins.catalogue.database import open_database  # it imports sqlite3

        self.close()
        connection = self._connection = open_database(self.path)
        found = os.stat(self.path)  # noqa: PTH116
        self._identity = (found.st_dev, found.st_ino)
        return connection


def _numbers(stat: FileStat) -> tuple[int, int, int, int]:
    # an inode may need all 64 bits, SQLite has 63
    return stat.size, stat.mtime_ns, stat.ctime_ns, stat.inode & (2**63 - 1)


def _rank(stage: str) -> int:
    return next((rank for rank, name in enumerate(STAGES) if name == stage), -1)


def _outline(data: bytes | None, stage: Any, path: str | None) -> IssueOutline | None:
    from bulletins.catalogue.encoding import DecodeError, decode_outline

    if data is None or _rank(stage) < 0:
        return None
    try:
        return decode_outline(data, stage, path)
    except DecodeError:
        return None


def _article(data: bytes) -> Article | None:
    from bulletins.catalogue.encoding import DecodeError, decode_article

    try:
        return decode_article(data)
    except DecodeError:
        return None
