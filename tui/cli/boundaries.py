"""Read a file of boundaries: what a reader says of single lines of bulletins."""

from __future__ import annotations

from pathlib import Path

from bulletins.boundary import BOUNDARY_ACTS, Boundary
from bulletins.sources.plain import plain_line
from tui.locale import tr

MAX_BYTES = 4_000_000


class BoundaryError(Exception):
    """A file of boundaries that can't be used; `str()` is one plain line."""


def load_boundaries(name: str) -> tuple[Boundary, ...]:
    """Read a YAML (or JSON) list of entries with `line`, `act` and, if known, its neighbours."""
    import yaml

    path = Path(name)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise BoundaryError(tr("{path}: the file is too large").format(path=name))
        value = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, RecursionError) as error:
        raise BoundaryError(f"{name}: {plain_line(str(error))}") from error
    if not isinstance(value, list):
        raise BoundaryError(tr("{path}: a list of corrections is expected").format(path=name))
    return tuple(_boundary(name, number, one) for number, one in enumerate(value, 1))


def _boundary(path: str, number: int, value: object) -> Boundary:
    given = value if isinstance(value, dict) else {}
    act, line = given.get("act"), given.get("line")
    texts = line, given.get("before", ""), given.get("after", "")
    everywhere = given.get("everywhere", False)
    known = given.keys() <= {"act", "line", "before", "after", "everywhere"}
    fits = all(isinstance(text, str) for text in texts) and isinstance(everywhere, bool)
    if act not in BOUNDARY_ACTS or not line or not known or not fits:
        message = tr(
            "{path}: entry {n} needs “act” (begin, join, heading or drop) and “line”, and may have"
            " “before”, “after” and “everywhere”"
        )
        raise BoundaryError(message.format(path=path, n=number))
    before, line, after = str(texts[1]), str(line), str(texts[2])
    return Boundary(act, line, before, after, everywhere)
