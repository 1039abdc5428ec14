"""An issue as it is printed: paragraphs with their looks, ready for any format."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Role = Literal[
    "masthead", "imprint", "contents", "section", "title", "line", "heading", "paragraph",
    "list_item", "caption", "table", "note", "rule",
]  # fmt: skip


@dataclass(frozen=True)
class Run:
    """Some text; `note` is the note that its mark leads to, `up` that it stands raised."""

    text: str
    up: bool = False
    note: str = ""


@dataclass(frozen=True)
class Para:
    """A printed paragraph. `size` in points, `indent` of its first line in characters."""

    role: Role
    runs: tuple[Run, ...]
    align: Literal["left", "center", "right"] = "left"
    size: float = 10.5
    bold: bool = False
    indent: int = 0
    level: int = 0
    rows: tuple[tuple[str, ...], ...] = ()
    new_page: bool = False

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class Printed:
    """An issue in its looks. `header` and `footer` may hold {page}, {pages} and {roman}."""

    name: str
    paras: tuple[Para, ...]
    header: str = ""
    footer: str = ""
    columns: int = 1
    page_notes: bool = False
    """Notes stand at the foot of the page; else where the paragraphs say."""
    width: int = 38
    """Full-width characters of a line, where the text is wrapped; 0: it is not."""
    airy: bool = False
    """In the text a blank line stands behind every line."""
    abreast: bool = False
    """In the text the two columns of a page stand side by side."""
    font: str = "Noto Serif CJK SC"
    paper: str = "A4"
    labels: dict[str, object] = field(default_factory=dict)


def para(role: Role, text: str, **looks: object) -> Para:
    """Make a paragraph of plain text."""
    return Para(role, (Run(text),), **looks)  # type: ignore[arg-type]
