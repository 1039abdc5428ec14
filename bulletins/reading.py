"""A file becomes an issue with its mentions: the stages in one call."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bulletins.parsing import Parsed, parse
from bulletins.sources import read_pages

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from bulletins.boundary import Boundary
    from bulletins.model import Issue
    from bulletins.styles import Styles


def read_issue(
    path: Path,
    styles: Styles,
    annotate: Callable[[Issue], Issue] | None = None,
    boundaries: Sequence[Boundary] | Callable[[str], Sequence[Boundary]] = (),
) -> Parsed:
    """Read the file at `path`; `annotate` adds mentions and dates. Raises ReadError.

    `boundaries` are what the reader says of single lines, or give it by the id of the issue.
    """
    source = read_pages(path)
    told = boundaries(source.sha256) if callable(boundaries) else boundaries
    parsed = parse(source, styles, told)
    return parsed if annotate is None else replace(parsed, issue=annotate(parsed.issue))
