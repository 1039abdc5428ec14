"""What the layouts share: sections in order, a list of contents, the label of an issue."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from tests.publications.labels import squeeze
from tests.publications.printed import Para, para

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.publications.content import Piece

LEADER = "…" * 14


def by_section(found: list[Piece]) -> Iterator[tuple[int, str, list[Piece]]]:
    """Give the sections in order, each with its number from 1."""
    for number, (title, group) in enumerate(groupby(found, key=lambda piece: piece.section), 1):
        yield number, title, list(group)


def contents(
    found: list[Piece], *, sections: bool, numbered: bool = False, leader: str = LEADER
) -> list[Para]:
    """Print a table of contents with leaders; pages are made up, as no reader may rely on them."""
    rows = [para("contents", "目  录", align="center", size=14, bold=True)]
    number = 0
    for _, title, group in by_section(found):
        if sections:
            rows.append(para("contents", title, bold=True))
        for piece in group:
            number += 1
            head = f"{number}. " if numbered else ""
            rows.append(para("contents", f"{head}{piece.article.title}{leader}{number // 2 + 1}"))
    return rows


def publication(name: str, number: str, date: str | None, articles: list[Any]) -> dict[str, object]:
    """Label the issue; its number as the contract has it, without white space."""
    number = squeeze(number)
    return {"publication": name, "number": number, "date": date, "articles": articles}
