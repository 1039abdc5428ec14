"""Pictures on a page: which row is the caption of which, and what is written inside one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bulletins.model import Box
    from bulletins.sources.pdf_order import Row
    from bulletins.sources.pdf_page import PageRows

_MIN_SIDE = 36.0  # points
_MAX_SHARE = 0.6  # of the page: a larger one is the page's ground, or a scan of it
_NEAR = 3.2  # of the type size, between a picture and its caption
_SMALL = 0.97  # of the text's size
_INSIDE = 0.85  # of the text's size: labels of a diagram
_LABEL = re.compile(r"(?:图|图表|照片|Fig(?:ure)?\.?|Photo)\s?\d{0,3}", re.IGNORECASE)


def mark_captions(page: PageRows, body: float) -> None:
    """Tell captions of pictures; labels inside a picture become overlays."""
    boxes = [box for box in page.pictures if _counts(page, box)]
    if not boxes:
        return
    kept = []
    for row in page.rows:
        middle = row.y - 0.3 * row.size
        inside = any(
            box.top < middle < box.bottom and box.left - 1 < row.left and row.right < box.right + 1
            for box in boxes
        )
        if inside and row.size < _INSIDE * body:
            page.overlays += row.runs
            continue
        kept.append(row)
        row.picture = _picture_of(row, boxes, body)
    page.rows = kept


def _counts(page: PageRows, box: Box) -> bool:
    width, height = box.right - box.left, box.bottom - box.top
    return min(width, height) >= _MIN_SIDE and width * height <= _MAX_SHARE * (
        page.width * page.height
    )


def _picture_of(row: Row, boxes: list[Box], body: float) -> Box | None:
    """The picture right above a row, or right below, if the row can be a caption."""
    labelled = _LABEL.match(row.runs[0].text) is not None
    if row.notes or not (row.size < _SMALL * body or labelled):
        return None
    best: tuple[float, Box] | None = None
    for box in boxes:
        if row.right < box.left or row.left > box.right:
            continue
        above = row.y - row.size - box.bottom
        below = box.top - row.y
        distance = above if above > -0.5 * row.size else below if below > -0.5 * row.size else None
        if distance is not None and distance <= _NEAR * row.size:
            distance += 0 if above >= -0.5 * row.size else row.size  # captions stand below
            if best is None or distance < best[0]:
                best = (distance, box)
    return best[1] if best else None
