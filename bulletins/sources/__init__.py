"""A file becomes pages of lines: one door for all formats, control characters made visible."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bulletins.sources.files import read_pages
    from bulletins.sources.lines import Line, Page, Source
    from bulletins.sources.text import pages_of

__all__ = ["Line", "Page", "Source", "pages_of", "read_pages"]

_HOMES = {"read_pages": "files", "pages_of": "text"}


def __getattr__(name: str) -> object:
    # Importing any module of this package runs this file, and `plain` is wanted before the first
    # frame: the model and the readers of files are not.
    if name in __all__:
        return getattr(import_module(f"bulletins.sources.{_HOMES.get(name, 'lines')}"), name)
    raise AttributeError(name)
