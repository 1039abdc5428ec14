"""What the tests of formats share."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bulletins.sources import Line, Page


def lines_of(pages: Iterable[Page]) -> list[Line]:
    """All lines, in order."""
    return [line for page in pages for line in page.lines]
