"""A configuration file as plain nodes with line numbers: all that YAML can do to us stays here.

Read from the event stream, so nothing is constructed, nothing recurses, and no value is guessed:
`no`, `08` and `5` stay the text that was written. Anchors, aliases, tags, a second document and
deep nesting are refused.
"""

from __future__ import annotations

import re
from typing import Any

from tui.locale import mark

MAX_DEPTH = 8
MAX_NODES = 20_000
# What YAML allows in no place (YAML 1.2, 5.1); looked for here, since libyaml counts in bytes.
_NOT_YAML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]|[\ufffe-\uffff]")


# Plain classes: the methods that a dataclass generates for these three take 5 ms of the start.
class Scalar:
    """A single value. `line` counts from 1; `start` and `end` are code points in the text.

    `plain` says that it was written without quotes, so that `null` and `~` mean nothing.
    """

    __slots__ = ("end", "line", "plain", "start", "text")

    def __init__(self, line: int, start: int, end: int, text: str, plain: bool) -> None:
        self.line = line
        self.start = start
        self.end = end
        self.text = text
        self.plain = plain

    @property
    def null(self) -> bool:
        """Whether nothing is meant."""
        return self.plain and self.text in ("", "~", "null", "Null", "NULL")


class _Collection:
    """`flow` collections are written in brackets; only their `end` is exact."""

    __slots__ = ("end", "flow", "line", "start")

    def __init__(self, line: int, start: int, flow: bool) -> None:
        self.line = line
        self.start = start
        self.end = start
        self.flow = flow


class Items(_Collection):
    """A list."""

    __slots__ = ("items",)

    def __init__(self, line: int, start: int, flow: bool) -> None:
        super().__init__(line, start, flow)
        self.items: list[Node] = []


class Entries(_Collection):
    """A mapping, its entries in written order; a key may occur twice."""

    __slots__ = ("entries",)

    def __init__(self, line: int, start: int, flow: bool) -> None:
        super().__init__(line, start, flow)
        self.entries: list[tuple[Scalar, Node]] = []


Node = Scalar | Items | Entries


class NodeError(Exception):
    """A file or value that can't be used; `message` is a message id, `values` fill it in."""

    def __init__(self, line: int | None, message: str, **values: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message
        self.values = values


def read_nodes(text: str) -> Node | None:
    """Read one YAML document; None if there is none (empty, or comments only).

    Raises NodeError.
    """
    import yaml  # 10 ms; `kuaibao --version` need not pay it

    odd = _NOT_YAML.search(text)
    if odd is not None:
        line = text.count("\n", 0, odd.start()) + 1
        message = mark("a control character (U+{code}) is not allowed here")
        raise NodeError(line, message, code=f"{ord(odd[0]):04X}")
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    builder = _Builder()
    try:
        for event in yaml.parse(text, Loader=loader):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        raise _unreadable(text, error) from None
    except yaml.YAMLError as error:
        raise NodeError(None, mark("this is not valid YAML: {reason}"), reason=str(error)) from None
    return builder.root


def _unreadable(text: str, error: Any) -> NodeError:
    place = error.problem_mark or error.context_mark
    line = None if place is None else min(place.line + 1, text.rstrip().count("\n") + 1)
    lines = text.splitlines()
    if line is not None and line <= len(lines):
        written = lines[line - 1]
        if "\t" in written[: len(written) - len(written.lstrip())]:
            return NodeError(line, mark("a tab can't indent a line; use spaces"))
    reason = str(error.problem or error)
    return NodeError(line, mark("this is not valid YAML: {reason}"), reason=reason)


class _Builder:
    """Makes the tree from events, one at a time."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self._open: list[Items | Entries] = []
        self._keys: list[Scalar | None] = []
        self._count = 0
        self._documents = 0

    def take(self, event: Any) -> None:
        name = type(event).__name__
        line = event.start_mark.line + 1
        if name == "DocumentStartEvent":
            self._documents += 1
            if self._documents > 1:
                raise NodeError(line, mark("only one document (no second “---”) is allowed"))
        elif name in ("SequenceEndEvent", "MappingEndEvent"):
            self._keys.pop()
            self._open.pop().end = event.end_mark.index
        elif name in ("ScalarEvent", "SequenceStartEvent", "MappingStartEvent", "AliasEvent"):
            self._check(event, name, line)
            self._add(self._node(event, name, line))

    def _check(self, event: Any, name: str, line: int) -> None:
        self._count += 1
        if name == "AliasEvent" or event.anchor is not None:
            raise NodeError(line, mark("anchors and aliases (& and *) are not allowed"))
        if event.tag is not None:
            raise NodeError(line, mark("tags (“!…”) are not allowed"))
        if len(self._open) >= MAX_DEPTH:
            raise NodeError(line, mark("the lists are nested too deeply"))
        if self._count > MAX_NODES:
            raise NodeError(line, mark("the file holds too much"))

    def _node(self, event: Any, name: str, line: int) -> Node:
        start, end = event.start_mark.index, event.end_mark.index
        if name == "ScalarEvent":
            return Scalar(line, start, end, event.value, event.implicit[0])
        kind = Items if name == "SequenceStartEvent" else Entries
        return kind(line, start, bool(event.flow_style))

    def _add(self, node: Node) -> None:
        if not self._open:
            self.root = node
        else:
            self._place(self._open[-1], node)
        if not isinstance(node, Scalar):
            self._open.append(node)
            self._keys.append(None)

    def _place(self, parent: Items | Entries, node: Node) -> None:
        if isinstance(parent, Items):
            parent.items.append(node)
            return
        key = self._keys[-1]
        if key is not None:
            parent.entries.append((key, node))
            self._keys[-1] = None
        elif isinstance(node, Scalar):
            self._keys[-1] = node
        else:
            raise NodeError(node.line, mark("a key must be a word, not a list"))
