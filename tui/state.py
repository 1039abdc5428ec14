"""Where the last session ended, kept for each library and restored at the next start."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from annotations.durable import write_atomic
from tui.locations import state_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

MAX_BYTES = 4_000_000


@dataclass(frozen=True, slots=True)
class Session:
    """What is restored; the values of a fresh Session are those of the first start."""

    issue: str | None = None
    """Id of the issue that was open."""
    article: str | None = None
    """Id of the article that was open."""
    part: int = 0
    """The part (title, block, note …) of the article that stood at the top of the pane."""
    offset: int = 0
    """The code point in that part."""
    sidebar: bool = True
    """Whether the sidebar was shown."""
    inspector: bool = True
    """Whether the inspector was shown."""
    folded: tuple[str, ...] = ()
    """Names of the nodes that the reader folded in the tree."""
    unfolded: tuple[str, ...] = ()
    """Names of the nodes that the reader unfolded in the tree."""
    hidden: tuple[str, ...] = ()
    """The classes of highlights that were switched off."""
    others: bool = True
    """Whether the work of other reviewers was shown."""
    others_hidden: tuple[str, ...] = ()
    """The folders of the reviewers whose work was not shown."""
    theme: str | None = None
    """The theme that was chosen in the app; None: the configuration's."""
    last_tags: tuple[str, ...] = ()
    """The tags that were put on last."""
    colour: str | None = None
    """The colour that was highlighted in last; None: the first of the configuration."""
    recent: tuple[str, ...] = ()
    """The articles opened last, the last one first: issue and article, a space between."""
    tag_advances: bool = False
    """Whether a quick tag goes on to the next article."""
    editions: tuple[str, ...] = ()
    """The ids of the editions that the reader chose, the last one first."""


def session_file(roots: Iterable[Path]) -> Path:
    """The state of the library that has these folders and files, in any order."""
    names = sorted({str(root.absolute()) for root in roots})
    digest = sha256("\0".join(names).encode("utf-8", "surrogateescape")).hexdigest()
    return state_folder() / f"session-{digest[:16]}.json"


def load_session(roots: Iterable[Path]) -> Session:
    """Read the state of a library; a fresh one if there is none or it can't be used.

    A damaged file is set aside under the same name with `.broken`.
    """
    path = session_file(roots)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ValueError("too large")
        value = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(value, dict):
            raise TypeError("not a session")
    except OSError:
        return Session()
    except (ValueError, TypeError, RecursionError):
        with suppress(OSError):
            path.replace(path.with_suffix(".broken"))
        return Session()
    return Session(**{name: part for name, part in _checked(value).items() if part is not None})


def save_session(roots: Iterable[Path], session: Session) -> None:
    """Write the state of a library; OSError if the disk refuses, the old file then stays."""
    text = json.dumps(asdict(session), ensure_ascii=True, indent=1)
    write_atomic(session_file(roots), text.encode())


def _checked(value: dict[Any, Any]) -> dict[str, Any]:
    """The entries that have the type of their field; others fall back one by one."""
    checks: dict[str, Callable[[Any], Any]] = {
        "str | None": lambda part: part if isinstance(part, str) else None,
        "int": lambda part: part if type(part) is int and 0 <= part < 1 << 31 else None,
        "bool": lambda part: part if isinstance(part, bool) else None,
        "tuple[str, ...]": lambda part: (
            tuple(item for item in part if isinstance(item, str))
            if isinstance(part, list)
            else None
        ),
    }
    return {field.name: checks[str(field.type)](value.get(field.name)) for field in fields(Session)}
