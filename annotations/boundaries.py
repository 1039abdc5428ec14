"""What a reader says of printed lines, as annotations of an issue and as the parser wants it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotations.model import Annotation, BoundaryBody
from annotations.text import refuse_surrogates
from bulletins.boundary import Boundary
from bulletins.sources.plain import plain_line

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

MOST_LINE, MOST_BESIDE = 600, 120
"""Code points that are kept of a line, and of those next to it: a file may print a page as one."""


def boundary_body(said: Boundary, page: int = 0) -> BoundaryBody:
    """Make what is kept of a boundary, in one line each. Raises StoreError for half characters."""
    refuse_surrogates(said.line + said.before + said.after)
    return BoundaryBody(
        said.act,
        plain_line(said.line)[:MOST_LINE],
        plain_line(said.before)[-MOST_BESIDE:],
        plain_line(said.after)[:MOST_BESIDE],
        said.everywhere,
        page,
    )


def boundary_of(body: BoundaryBody) -> Boundary:
    """Return what is said of a line as the parser takes it."""
    return Boundary(body.act, body.line, body.before, body.after, body.everywhere)


def same_line(one: BoundaryBody, other: BoundaryBody) -> bool:
    """Tell whether two are about one line."""
    return (one.line, one.before, one.after, one.everywhere) == (
        other.line,
        other.before,
        other.after,
        other.everywhere,
    )


def splits(annotations: Iterable[Annotation]) -> tuple[Annotation, ...]:
    """Return the live ones that say something of lines, the latest last: it holds."""
    return tuple(sorted((one for one, _ in _said(annotations)), key=lambda o: (o.modified, o.id)))


def boundaries_of(annotations: Iterable[Annotation]) -> tuple[Boundary, ...]:
    """Return what the live ones say of lines, in the order of splits()."""
    return tuple(boundary_of(body) for _, body in _said(splits(annotations)))


def unplaced(
    annotations: Iterable[Annotation], unmet: Collection[Boundary]
) -> tuple[Annotation, ...]:
    """Return those whose line was not found when the issue was read."""
    if not unmet:
        return ()
    return tuple(one for one, body in _said(annotations) if boundary_of(body) in unmet)


def _said(annotations: Iterable[Annotation]) -> Iterator[tuple[Annotation, BoundaryBody]]:
    for one in annotations:
        if isinstance(one.body, BoundaryBody) and not one.deleted:
            yield one, one.body
