"""What a value in the configuration may be: each function turns a node into a value or objects.

All of them raise NodeError with the line of the value.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tui.config_nodes import Entries, Items, Node, NodeError, Scalar
from tui.locale import mark

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

MAX_TEXT = 200
DIGITS = tuple("1234567890")


def nearest(word: str, known: Collection[str]) -> str | None:
    """The known name that was probably meant."""
    from difflib import get_close_matches  # only when something is wrong

    folded = {name.lower(): name for name in known}
    found = get_close_matches(word[:MAX_TEXT].lower(), folded, n=1, cutoff=0.7)
    return folded[found[0]] if found else None


def text(node: Node) -> str:
    """A line of text that can be shown: 1 to 200 code points, no control characters."""
    if not isinstance(node, Scalar):
        raise NodeError(node.line, mark("a text is expected here, not a list"))
    value = node.text.strip()
    if node.null or not value:
        raise NodeError(node.line, mark("a text is expected here, and there is none"))
    if len(value) > MAX_TEXT:
        raise NodeError(
            node.line, mark("this text is longer than {count} characters"), count=str(MAX_TEXT)
        )
    # U+3000 is the space of Chinese typing and not "printable" to Python.
    if not value.replace("\u3000", " ").isprintable():
        raise NodeError(node.line, mark("control characters and line ends are not allowed"))
    return value


def optional(node: Node) -> str | None:
    """A text, or nothing."""
    return None if isinstance(node, Scalar) and node.null else text(node)


def count(node: Node) -> int:
    """A whole number from 0 to 999."""
    value = text(node)
    if value.isascii() and value.isdigit() and len(value) < 4:
        return int(value)
    raise NodeError(node.line, mark("“{value}” is not a number from 0 to 999"), value=value)


def choice(node: Node, allowed: Collection[str]) -> str:
    """One of the allowed names."""
    value = text(node)
    if value in allowed:
        return value
    close = nearest(value, allowed)
    if close is not None:
        raise NodeError(
            node.line,
            mark("“{value}” is unknown; did you mean “{close}”?"),
            value=value,
            close=close,
        )
    raise NodeError(
        node.line,
        mark("“{value}” is unknown; possible are: {names}"),
        value=value,
        names=", ".join(allowed),
    )


def folder(node: Node, base: Path) -> Path:
    """A path; `~` is the home folder, a relative one starts at `base`. It need not exist."""
    if isinstance(node, Scalar) and not node.null and "\0" in node.text:
        raise NodeError(node.line, mark("control characters and line ends are not allowed"))
    path = Path(text(node) if not isinstance(node, Scalar) or len(node.text) < 2 else node.text)
    try:
        path = path.expanduser()
    except RuntimeError:
        raise NodeError(node.line, mark("the home folder of “~” is not known")) from None
    return base / path


def several(node: Node) -> list[Node]:
    """The items of a list; a single value is a list of one, nothing is an empty list."""
    if isinstance(node, Items):
        return node.items
    if isinstance(node, Entries):
        raise NodeError(node.line, mark("a list is expected here, not “name: value” lines"))
    return [] if node.null else [node]


def entries(node: Node) -> list[tuple[Scalar, Node]]:
    """The entries of a mapping; nothing is an empty mapping."""
    if isinstance(node, Entries):
        return node.entries
    if isinstance(node, Scalar) and node.null:
        return []
    raise NodeError(node.line, mark("“name: value” lines are expected here"))


def each(nodes: list[Node], read: Callable[[Node], str]) -> tuple[str, ...]:
    """Read every item of a list and drop repetitions."""
    return tuple(dict.fromkeys(read(node) for node in nodes))
