"""What a reader says of single printed lines, as plain data.

It lies below the parser, which obeys it, the catalogue, which keeps what was obeyed, and the
reader's own work, where it belongs.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

BoundaryAct = Literal["begin", "join", "heading", "drop"]
BOUNDARY_ACTS: tuple[BoundaryAct, ...] = get_args(BoundaryAct)


@dataclass(frozen=True, slots=True)
class Boundary:
    """What one line is: it begins an article, goes on with the one above, heads a part of that, or
    is no text at all.

    `before` and `after` are the printed lines next to it. With `everywhere` it is said of every
    line of this text (numbers aside for a header).
    """

    act: BoundaryAct
    line: str
    before: str = ""
    after: str = ""
    everywhere: bool = False


def boundary_at(
    lines: Sequence[str], index: int, act: BoundaryAct, *, everywhere: bool = False
) -> Boundary:
    """Describe what is said of a line of a file so that it is known again."""
    before = lines[index - 1] if index else ""
    after = lines[index + 1] if index + 1 < len(lines) else ""
    return Boundary(act, lines[index], before, after, everywhere)


def as_lists(boundaries: Iterable[Boundary]) -> list[list[Any]]:
    """Write boundaries as plain data for JSON."""
    return [list(astuple(one)) for one in boundaries]


def from_lists(value: Any) -> tuple[Boundary, ...]:
    """Read what as_lists() wrote. Raises ValueError for anything else."""
    found = []
    for one in value if isinstance(value, list) else [None]:
        match one:
            case [act, str(line), str(before), str(after), bool(everywhere)] if (
                act in BOUNDARY_ACTS
            ):
                found.append(Boundary(act, line, before, after, everywhere))
            case _:
                raise ValueError("no boundary")
    return tuple(found)
