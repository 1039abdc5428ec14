"""What pictures and tables leave around them: the numbers on their axes, what they are from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bulletins.parsing.cues import Cues
    from bulletins.parsing.sheet import Sheet

_AXIS = re.compile(
    r"[-−+]?\d[\d,.:/年月-]*[%％]?[EFAQHefaqh]?(?:\s+[-−+]?\d[\d,.:/年月-]*[%％]?[EFAQHefaqh]?)*$"
)
_MAX_AXIS = 120  # characters
_GAPS = re.compile(r"\S(?: {2,}|\u3000+)\S")


def settle_pictures(sheet: Sheet, cues: Cues) -> None:
    """Take the numbers of pictures below their captions; learn which lines are their sources."""
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
