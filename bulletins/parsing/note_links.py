"""Addresses that an extractor repeats on lines of their own, behind the notes that hold them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletins.parsing.cues import BARE_URL

if TYPE_CHECKING:
    from bulletins.parsing.markers import Note, Notes
    from bulletins.parsing.sheet import Sheet


def repeats_link(sheet: Sheet, found: Notes, region: int, note: Note, text: str) -> bool:
    """Say whether a line repeats a link: an address alone, where the note has its own."""
    last = sheet.text(note.lines[-1])
    if not BARE_URL.match(text) or last.endswith("://"):
        return False
    has_url = any("://" in sheet.text(index) for index in note.lines)
    if not has_url and last[-1] in ".。" and _named_above(sheet, found, region, text):
        return True
    return has_url and last[-1] not in ";；,，、:："


def _named_above(sheet: Sheet, found: Notes, region: int, url: str) -> bool:
    """Say whether another note of these already names an address."""
    return any(
        url in sheet.text(index)
        for one in found.notes[-8:]
        if one.region == region
        for index in one.lines
    )
