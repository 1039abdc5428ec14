"""The library on disk: an SQLite cache of parsed issues, and the process that fills it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bulletins.catalogue.catalogue import Catalogue, CatalogueError
    from bulletins.catalogue.outline import (
        ArticleOutline,
        FileStat,
        FileState,
        IssueOutline,
        Naming,
        SectionOutline,
        Stage,
    )

__all__ = [
    "ArticleOutline",
    "Catalogue",
    "CatalogueError",
    "FileStat",
    "FileState",
    "IssueOutline",
    "Naming",
    "SectionOutline",
    "Stage",
]


def __getattr__(name: str) -> object:
    # Importing any module of this package runs this file: the owner of a reader process starts it
    # before anything else, and the model's classes alone take 20 ms.
    if name in ("Catalogue", "CatalogueError"):
        return getattr(import_module("bulletins.catalogue.catalogue"), name)
    if name in __all__:
        return getattr(import_module("bulletins.catalogue.outline"), name)
    raise AttributeError(name)
