"""Change one setting in the user's own file and leave every other line as it was written."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from annotations.durable import write_atomic
from bulletins.sources.plain import plain
from tui.config import read_text
from tui.config_nodes import Entries, Items, Node, NodeError, Scalar, read_nodes
from tui.locale import mark, tr

if TYPE_CHECKING:
    from pathlib import Path

# Words that YAML reads as text wherever a value may stand; all else is quoted.
_BARE = re.compile(r"[A-Za-z\u4e00-\u9fff][\w\u4e00-\u9fff-]*( [\w\u4e00-\u9fff-]+)*")
_MEANING = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}


class UpdateError(OSError):
    """A setting that can't be written; `str()` is one line that says why and what to do."""


def update_config(path: Path, key: str, value: str | None) -> None:
    """Set the top-level `key` to `value` in the file at `path`, which is made if missing.

    Written atomically; comments, order and all other lines stay. Raises UpdateError if the file
    can't be read, understood or written; it is then untouched.
    """
    try:
        old = read_text(path) if path.exists() else ""
        before = _entries(old)
        new = _changed(old, before, key, value)
        _check(before, new, key, value)
        write_atomic(path, new.encode())
    except NodeError as error:
        reason = plain(tr(error.message).format(**error.values))
        where = path.name if error.line is None else f"{path.name}:{error.line}"
        raise UpdateError(f"{where}: {reason}") from None
    except OSError as error:
        raise UpdateError(f"{path.name}: {error.strerror or error}") from None


def _entries(text: str) -> list[tuple[Scalar, Node]]:
    root = read_nodes(text)
    if root is None:
        return []
    if not isinstance(root, Entries):
        raise NodeError(root.line, mark("“name: value” lines are expected here"))
    return root.entries


def _changed(text: str, entries: list[tuple[Scalar, Node]], key: str, value: str | None) -> str:
    written = _written(value)
    # Of a key that is set twice, the last counts.
    node = next((node for name, node in reversed(entries) if name.text == key), None)
    if node is None:
        line_end = "\r\n" if "\r\n" in text else "\n"
        gap = line_end if text and not text.endswith("\n") else ""
        return f"{text}{gap}{key}: {written}{line_end}"
    if not isinstance(node, Scalar) and not node.flow:
        raise NodeError(node.line, mark("a text is expected here, not a list"))
    gap = " " if text[node.start - 1] == ":" else ""
    return text[: node.start] + gap + written + text[node.end :]


def _written(value: str | None) -> str:
    if value is None:
        return "null"
    if _BARE.fullmatch(value) and value.lower() not in _MEANING:
        return value
    return json.dumps(value, ensure_ascii=False)  # a JSON string is a YAML string


def _check(before: list[tuple[Scalar, Node]], new: str, key: str, value: str | None) -> None:
    """Make sure that nothing else changed, whatever the file looks like."""
    expected = {name.text: _value(node) for name, node in before} | {key: value}
    try:
        changed = {name.text: _value(node) for name, node in _entries(new)}
    except NodeError:
        changed = {}
    if changed != expected:
        raise NodeError(None, mark("the file is written in a way that only you can change"))


def _value(node: Node) -> object:
    if isinstance(node, Scalar):
        return None if node.null else node.text
    if isinstance(node, Items):
        return [_value(item) for item in node.items]
    return [(name.text, _value(item)) for name, item in node.entries]
