"""Steps from one schema of the data files to the next; applied to what was read, never in place.

Step n (from 1) makes schema n + 1 out of schema n, so the steps say which schema is current. The
first save after it keeps the old file as `<name>.schema-<n>`; see annotations.files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotations.files import Document, Tables

    Step = Callable[[Document, Tables], tuple[Document, Tables]]

STEPS: tuple[Step, ...] = ()


def current_schema() -> int:
    """Return the schema that this version writes."""
    return 1 + len(STEPS)


def migrated(header: Document, tables: Tables) -> tuple[Document, Tables]:
    """Return header and tables in the current schema; `header["schema"]` says what they are in.

    The header is handed over as it was; a step returns new objects and changes none.
    """
    for step in STEPS[header["schema"] - 1 :]:
        header, tables = step(header, tables)
    return {**header, "schema": current_schema()}, tables
