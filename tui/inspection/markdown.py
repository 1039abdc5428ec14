"""Notes in Markdown as rows of plain text: lists, bold, code, links; nothing in them is markup."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bulletins.sources.plain import plain
from tui.typesetting.widths import cells

if TYPE_CHECKING:
    from collections.abc import Iterator

STRONG, MUTED, CODE = "row-list--strong", "row-list--muted", "row-list--accent"

Spans = tuple[tuple[int, int, str], ...]
"""Pieces of a text that are drawn in another style: start, end, name of the style."""

_HEAD = re.compile(r"#{1,6} +")
_ITEM = re.compile(r"([ \t]{0,40})(?:[-*+]|(\d{1,4})[.)]) +(\[[ xX]\] +)?")
_QUOTE = re.compile(r"(?:> ?){1,8}")
_SIGN = re.compile(r"\*\*|__|\*|`|\[|\]\(|\)")
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class NoteRow:
    """One row of a note: `lead` stands before its text, or blanks of the same width."""

    text: str
    lead: str = ""
    spans: Spans = ()


def note_rows(text: str, width: int, most: int | None = None) -> list[NoteRow]:
    """Lay a note out in rows of at most `width` cells; of more than `most` the last ends in …."""
    rows: list[NoteRow] = []
    for row in _rows(plain(text), width):
        if most is not None and len(rows) == most:
            last = rows[-1]
            rows[-1] = NoteRow(f"{last.text.rstrip()[: -1 or None]}…", last.lead, last.spans)
            break
        rows.append(row)
    return rows


def without_signs(text: str) -> tuple[str, Spans]:
    """Take the signs of bold, code and links out of one line; what they mean comes as spans.

    Linear in the length of the line. A sign without its partner stays.
    """
    signs = list(_SIGN.finditer(text))
    pairs = _pairs(text, signs)
    out: list[str] = []
    spans: list[tuple[int, int, str]] = []
    begun: dict[int, int] = {}
    size = at = 0
    for index, sign in enumerate(signs):
        partner = pairs.get(index)
        if partner is None or sign.start() < at:
            continue
        piece = text[at : sign.start()]
        size += len(piece)
        out.append(piece)
        at = sign.end()
        mark, style = partner
        if sign[0] == "](":
            out.append(" (")
            begun[index] = size + 1
            size += 2
        elif sign[0] == ")":
            out.append(")")
            size += 1
            spans.append((begun[mark], size, MUTED))
        elif mark > index:
            begun[index] = size
        elif begun[mark] < size:
            spans.append((begun[mark], size, style))
    out.append(text[at:])
    return "".join(out), tuple(sorted(spans))


def _pairs(text: str, signs: list[re.Match[str]]) -> dict[int, tuple[int, str]]:
    """Map the index of each sign that has a partner to that of its partner, and a style."""
    pairs: dict[int, tuple[int, str]] = {}
    opened: dict[str, list[int]] = {}
    stack: list[int] = []
    last_tick = max((at for at, sign in enumerate(signs) if sign[0] == "`"), default=-1)
    tick: int | None = None
    for at, sign in enumerate(signs):
        mark = sign[0]
        if tick is not None:
            if mark == "`":
                pairs[tick], pairs[at] = (at, CODE), (tick, CODE)
                tick = None
            continue
        if mark == "`":
            tick = at if at < last_tick else None
            continue
        # A link is three signs in a row: the outer two hold the middle one.
        if mark == "](":
            before = opened.get("[")
            if before and at + 1 < len(signs) and signs[at + 1][0] == ")":
                pairs[before[-1]], pairs[at], pairs[at + 1] = (at + 1, ""), (at, ""), (at, MUTED)
                _close(before[-1], signs, stack, opened)
            continue
        if mark == ")":
            continue
        after, former = text[sign.end() : sign.end() + 1], text[: sign.start()][-1:]
        own = opened.get(mark)
        if mark != "[" and own and former.strip():
            pairs[own[-1]], pairs[at] = (at, STRONG), (own[-1], STRONG)
            _close(own[-1], signs, stack, opened)
        elif after.strip() and not (mark == "__" and former.isalnum()):
            opened.setdefault(mark, []).append(at)
            stack.append(at)
    return pairs


def _close(
    index: int, signs: list[re.Match[str]], stack: list[int], opened: dict[str, list[int]]
) -> None:
    """Forget an opened sign and those opened after it."""
    while stack and stack[-1] >= index:
        opened[signs[stack.pop()][0]].pop()


def _rows(text: str, width: int) -> Iterator[NoteRow]:
    fenced = False
    for line in text.split("\n"):
        if line.lstrip().startswith("```"):
            fenced = not fenced
            continue
        lead, strong, rest = "", False, line
        if not fenced:
            lead, strong, rest = _block(line)
        said, spans = (rest, ((0, len(rest), CODE),)) if fenced else without_signs(rest)
        if strong:
            spans = ((0, len(said), STRONG),)
        yield from _broken(said, spans, lead, width)


def _block(line: str) -> tuple[str, bool, str]:
    """What stands before a line, whether it is a heading, and its text."""
    found = _HEAD.match(line)
    if found:
        return "", True, line[found.end() :]
    found = _QUOTE.match(line)
    if found:
        return "│ ", False, line[found.end() :]
    found = _ITEM.match(line)
    if found is None:
        return "", False, line
    depth = min(_DEEPEST, len(found[1].expandtabs(4)) // 2)
    sign = f"{found[2]}. " if found[2] else "• "
    if found[3]:
        sign = "☐ " if found[3][1] == " " else "☑ "
    return "  " * depth + sign, False, line[found.end() :]


def _broken(text: str, spans: Spans, lead: str, width: int) -> Iterator[NoteRow]:
    from tui.typesetting.linebreak import break_rows  # the inspector may never open

    room = max(4, width - cells(lead))
    follow = lead if lead.startswith("│") else " " * cells(lead)
    styles = [""] * len(text)
    for start, end, style in spans:  # five deep at most: no sign stands within its like
        styles[start:end] = [style] * (end - start)
    for number, (start, end) in enumerate(list(break_rows(text, room)) or [(0, 0)]):
        yield NoteRow(text[start:end], follow if number else lead, _runs(styles[start:end]))


def _runs(styles: list[str]) -> Spans:
    runs: list[tuple[int, int, str]] = []
    for at, style in enumerate(styles):
        if not style:
            continue
        if runs and runs[-1][1:] == (at, style):
            runs[-1] = (runs[-1][0], at + 1, style)
        else:
            runs.append((at, at + 1, style))
    return tuple(runs)
