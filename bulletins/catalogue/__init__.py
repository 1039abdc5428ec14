"""The library on disk: an SQLite cache of parsed issues, and the process that fills it."""

from bulletins.catalogue.catalogue import Catalogue, CatalogueError
from bulletins.catalogue.outline import (
    ArticleOutline,
    FileStat,
    FileState,
    IssueOutline,
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
    "SectionOutline",
    "Stage",
]
