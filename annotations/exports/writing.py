"""Put an export in place of a file, and tell whether it holds what was exported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotations.documents import to_document
from annotations.durable import write_atomic
from annotations.files import reason
from annotations.lines import dump
from annotations.model import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from annotations.documents import Document
    from annotations.model import Annotation


def write(path: Path, text: str) -> None:
    """Replace a file by an export, on the disk and read back when this returns.

    Raises StoreError, and then what was there before is as it was.
    """
    try:
        write_atomic(path, text.encode("utf-8"))
    except UnicodeEncodeError as error:
        raise StoreError("{path}: not written: half of a surrogate pair", path=path) from error
    except OSError as error:
        raise StoreError("{path}: not written: {why}", path=path, why=reason(error)) from error


def same_documents(found: Iterable[Document], exported: Iterable[Annotation]) -> bool:
    """Tell whether these documents are those of the live annotations, in any order."""
    mine = sorted(dump(to_document(one)) for one in exported if not one.deleted)
    return sorted(map(dump, found)) == mine
