"""Exports: a module for each format, each of which reads back what it wrote.

A format takes a Selection and returns the whole text, or raises StoreError.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from annotations.model import StoreError

if TYPE_CHECKING:
    from annotations.exports.gathering import Selection


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its module has `export`, `suffix` is what its files end with.

    `mentions`: it has a place for the sums and names of articles. `returns`: an import gets every
    annotation back from it.
    """

    name: str
    suffix: str
    mentions: bool = True
    returns: bool = False

    def export(self, selection: Selection) -> str:
        """Return the selection as text. Raises StoreError if it would not read back."""
        try:
            text: str = import_module(f"annotations.exports.{self.name}").export(selection)
        except RecursionError as error:  # fields of a later version, nested a thousand deep
            raise StoreError("an annotation is nested too deeply to be exported") from error
        return text


FORMATS = {
    one.name: one
    for one in (
        Format("yaml", ".yaml", returns=True),
        Format("markdown", ".md"),
        Format("csv", ".csv"),
        Format("jsonl", ".jsonl", returns=True),
        Format("jsonld", ".jsonld", returns=True),
        Format("bibtex", ".bib", mentions=False),
        Format("csl", ".csl.json", mentions=False),
    )
}
