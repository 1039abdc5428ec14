"""What pictures and tables leave around them: the numbers on their axes, what they are from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bulletins.parsing.sheet import ends_hard

if TYPE_CHECKING:
    from bulletins.parsing.cues import Cues
    from bulletins.parsing.sheet import Sheet

_AXIS = re.compile(
    r"[-−+]?\d[\d,.:/年月-]*[%％]?[EFAQHefaqh]?(?:\s+[-−+]?\d[\d,.:/年月-]*[%％]?[EFAQHefaqh]?)*$"
)
_POINTS_UP = "▲△▴↑⬆"  # marks of what is said of the picture above
_CREDIT = re.compile(r"[（(](?P<said>[^（()）]{2,40})[）)]$")
_CREDITED = re.compile(r"(?:图|摄|摄影|供图|制图|绘图)$")
_OF_PICTURE = re.compile(r"(?:(?<!路线)(?<![蓝版企试意宏])图|照片|海报|影像)$")
_MAX_CAPTION = 60  # characters
_MAX_AXIS = 120  # characters
_GAPS = re.compile(r"\S(?: {2,}|\u3000+)\S")


def settle_pictures(sheet: Sheet, cues: Cues) -> None:
    """Take the numbers of pictures below their captions; learn which lines are their sources."""
    _captions_by_marks(sheet, cues)
    above = ""  # what the line above is: "picture", "table" or anything else
    for index in sheet.free():
        line = sheet.lines[index]
        text = line.text
        if cues.figure_source(text):
            if above:
                cues.settle_figure(text)
            above = ""
        elif cues.caption(text):
            above = "picture"
        elif not line.cells and above == "picture" and len(text) <= _MAX_AXIS and _AXIS.match(text):
            sheet.take(index, "picture", "numbers of the picture above")
        elif line.cells or (len(text) <= _MAX_AXIS and _GAPS.search(text)):
            above = "table"
        else:
            above = ""


def _captions_by_marks(sheet: Sheet, cues: Cues) -> None:
    """Know captions by who made the picture, or by a mark that points up to it.

    Such marks stand before titles and heads too: all of one kind are captions if half of them are
    known to be, or one is and each follows the end of a text and stands above more of it.
    """
    pointing: dict[str, list[int]] = {}
    order = sheet.free()
    for place, index in enumerate(order):
        text = sheet.text(index)
        if len(text) > _MAX_CAPTION or ends_hard(text.rstrip("）)")):
            continue
        if _credited(text, cues):
            cues.settle_figure(text)
        if text[0] in _POINTS_UP:
            pointing.setdefault(text[0], []).append(place)
    for places in pointing.values():
        texts = [sheet.text(order[place]) for place in places]
        known = sum(1 for text in texts if cues.caption(text) or _OF_PICTURE.search(text))
        inside = known and all(_inside(sheet, order, place) for place in places)
        if 2 * known >= len(places) or inside:
            for text in texts:
                cues.settle_figure(text)


def _credited(text: str, cues: Cues) -> bool:
    """Say whether a short line ends with who made its picture (`（图源：…）`, `（某某 摄）`)."""
    credit = _CREDIT.search(text[-44:])
    if credit is None or (credit.start() == 0 and len(text) <= 44):
        return False
    said = credit["said"]
    if _CREDITED.search(said):
        return True
    return said[0] in "图供摄制" and cues.figure_source(said)


def _inside(sheet: Sheet, order: list[int], place: int) -> bool:
    """Say whether text ends above a line and other text begins below."""
    if not 0 < place < len(order) - 1:
        return False
    above, below = sheet.text(order[place - 1]), sheet.text(order[place + 1])
    return ends_hard(above) and len(below) > _MAX_CAPTION
