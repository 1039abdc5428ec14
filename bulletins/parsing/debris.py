"""What a page carries besides its text: running headers, page numbers, watermarks.

Known by repetition and place, not by wording. Where a header or a number stands between two
lines, a page ends there too, even if the file does not mark it.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from typing import TYPE_CHECKING

from bulletins.parsing.markers import LABEL
from bulletins.parsing.masthead import issue_line
from bulletins.parsing.sheet import ends_sentence, has_cjk

if TYPE_CHECKING:
    from bulletins.parsing.cues import Cues
    from bulletins.parsing.sheet import Sheet

_NUMBER = re.compile(r"\d{1,3}$")
_DRESSED = re.compile(
    r"(?:[-–—－·•~～|｜]+\s*(\d{1,4})\s*[-–—－·•~～|｜]+"
    r"|第\s*(\d{1,4})\s*页(?:\s*[,，/／]?\s*共\s*\d{1,4}\s*页)?"
    r"|[(（]?\s*(\d{1,4})\s*[/／]\s*\d{1,4}\s*[)）]?"
    r"|(?:Page|PAGE|page|P\.?|p\.?)\s?(\d{1,4})(?:\s+of\s+\d{1,4})?)$"
)
_ROMAN = re.compile(r"(?:[ivxl]{1,7}|[IVXL]{1,7})$")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50}
_HEADER_AND_NUMBER = re.compile(r"(\D{2,30}?|.{2,40}\S(?=\s))\s*(\d{1,3})$")
_NUMBER_AND_HEADER = re.compile(r"(\d{1,3})(?:\s*(?=\D{2,30}$)|\s+(?=\S))(.{2,40})$")
_HEADER_AND_DRESSED = re.compile(
    r"(.{2,40}?)\s+第\s?\d{1,4}\s?页(?:\s*[,，/／]?\s*共\s?\d{1,4}\s?页)?$"
)
_ENDS_IN_NUMBER = re.compile(r"(.{2,50}\S)\s+(\d{1,3})$")
_RULE = re.compile(r"([─━—–_＿=＝~～*＊-])(?:\s*\1){3,}$")
_ISSUE = "第期"  # `第 9 期` without its number
_MENU = 12  # lines of a menu
_MIN_PAGE = 8  # lines that a page has at least
_MIN_NAME = 4  # characters
_MAX_HEADER = 48  # cells
_MAX_LONE_HEADER = 30  # cells
_SHARE = 0.15  # a running header stands on at least this share of pages
_WATERMARK_RUN = 4  # lines of a single character each
_DRIFT = 6  # a printed page number may differ this much from the count of pages


def clear_debris(sheet: Sheet, cues: Cues) -> None:
    """Take headers, page numbers and watermarks, and count pages anew."""
    placed = _placed(sheet)
    _watermarks(sheet)
    _rules(sheet)
    _web_pages(sheet, cues)
    edges = _edges(sheet)
    _numbers(sheet, edges)
    if not placed:
        _headers_by_numbers(sheet, cues)
        _glued_headers(sheet, cues, edges)
        _repeated_headers(sheet, cues)
    if sheet.lines and sheet.page[-1] == 1:
        _unpaged_headers(sheet, cues)
    _count_pages(sheet)


def _placed(sheet: Sheet) -> bool:
    """Take what the file itself places in margins or across pages; say if it does so."""
    found = False
    for index, line in enumerate(sheet.lines):
        if line.zone == "overlay":
            sheet.take(index, "watermark", "type across the page")
        elif line.zone == "margin":
            found = True
            number = _NUMBER.match(line.text) or _DRESSED.match(line.text)
            role = "page number" if number else "running header"
            sheet.take(index, role, "it stands in the margin")
    return found


def _watermarks(sheet: Sheet) -> None:
    run: list[int] = []
    for index in range(len(sheet.lines) + 1):
        single = index < len(sheet.lines) and len(sheet.text(index)) == 1
        if single and not sheet.text(index).isdigit():
            run.append(index)
            continue
        if len(run) >= _WATERMARK_RUN:
            for one in run:
                sheet.take(one, "watermark", "one character per line")
        run = []


def _rules(sheet: Sheet) -> None:
    """Take lines that are drawn with signs; what stands below has room above."""
    for index in sheet.free():
        if not _RULE.match(sheet.text(index)):
            continue
        sheet.take(index, "rule", "a line drawn with signs")
        if index + 1 < len(sheet.lines):
            sheet.gap[index + 1] = True


def _web_pages(sheet: Sheet, cues: Cues) -> None:
    """Take the menus and buttons of printed web pages: several on a line, or near both ends."""
    free = sheet.free()
    for place, index in enumerate(free):
        near = min(place, len(free) - 1 - place) < _MENU
        several = " " in sheet.text(index) or "|" in sheet.text(index)
        if (near or several) and len(free) > _MENU and cues.web_page(sheet.text(index)):
            sheet.take(index, "web page", "what web pages have around an article")


def _edges(sheet: Sheet) -> set[int]:
    """The first and the last line of each page, watermarks aside."""
    free = sheet.free()
    edges = {free[0], free[-1]} if free else set()
    for before, after in itertools.pairwise(free):
        if sheet.page[before] != sheet.page[after]:
            edges.update((before, after))
    return edges


def _numbers(sheet: Sheet, edges: set[int]) -> None:
    several = len(sheet.lines) > 1
    bare = []
    for index in sheet.free():
        text = sheet.text(index)
        if len(text) > 24 or not several:
            continue
        if _DRESSED.match(text):
            sheet.take(index, "page number", "a number dressed as one")
        elif index in edges and _is_roman(text, sheet.page[index]):
            sheet.take(index, "page number", "a roman number at the edge of a page")
        elif _NUMBER.match(text):
            if index and sheet.role[index - 1] == "watermark":
                sheet.take(index, "page number", "a number below a watermark")
            elif index in edges and index and sheet.page[-1] > 1:
                sheet.take(index, "page number", "a number at the edge of a page")
            else:
                bare.append(index)
    values = [int(sheet.text(index)) for index in bare]
    rising = sum(1 for a, b in itertools.pairwise(values) if 0 < b - a <= 3)
    counted = [sheet.text(index) for index in bare] == ["01", "02"]  # above two titles
    if counted or (len(bare) >= 3 and rising >= 0.8 * (len(bare) - 1)):
        for index in bare:
            sheet.take(index, "page number", "numbers that rise through the file")


def _is_roman(text: str, page: int) -> bool:
    """Say whether `text` is a roman number that may be the page's."""
    if not _ROMAN.match(text):
        return False
    values = [_ROMAN_VALUES[char] for char in text.lower()]
    value = sum(
        -one if one < following else one
        for one, following in itertools.zip_longest(values, values[1:], fillvalue=0)
    )
    return abs(value - page) <= _DRIFT


def _headers_by_numbers(sheet: Sheet, cues: Cues) -> None:
    """Take a short line right before or after a lone number that can be the page's."""
    beside: Counter[str] = Counter()
    candidates = []
    numbers = [
        index
        for index, line in enumerate(sheet.lines)
        if sheet.role[index] in ("", "page number") and _NUMBER.match(line.text)
    ]
    for index in numbers:
        for other in (index - 1, index + 1):
            if (
                0 <= other < len(sheet.lines)
                and not sheet.role[other]
                and _header_like(sheet, other)
            ):
                beside[_fold(sheet.text(other))] += 1
                candidates.append((index, other))
    numbered_apart = _rising_apart(sheet, candidates)
    for index, other in candidates:
        folded = _fold(sheet.text(other))
        known = cues.is_head_word(folded) or cues.is_header(folded)
        near = sheet.page[-1] == 1 or abs(int(sheet.text(index)) - sheet.page[index]) <= _DRIFT
        taken = sheet.role[index] == "page number"
        # A head that opens its section stands before or after the number too: a header comes
        # with nothing but the number between it and the page's other side.
        often = beside[folded] >= max(3, 2 * _SHARE * len(numbers))
        if other > index and not (often or cues.is_header(folded)):
            continue
        apart = index + 1 < len(sheet.lines) and sheet.gap[index + 1]
        below_notes = other > 0 and not has_cjk(sheet.text(other - 1))
        lone = sheet.width[other] <= _MAX_LONE_HEADER
        # An address or a reference that ends above a number is no header.
        alone = known or ((apart or below_notes) and lone and has_cjk(sheet.text(other)))
        near = near or index in numbered_apart or (known and apart and sheet.gap[other])
        if (beside[folded] >= 2 and (near or taken)) or (alone and near and other < index):
            reason = (
                "repeated beside page numbers" if beside[folded] >= 2 else "beside a page number"
            )
            sheet.take(other, "running header", reason)
            sheet.take(index, "page number", "a number beside a running header")


def _rising_apart(sheet: Sheet, candidates: list[tuple[int, int]]) -> set[int]:
    """Lone numbers below a short line, room above and below both, that rise through the file.

    Issues may count their pages on from the issue before: such numbers tell pages too.
    """
    found = [
        index
        for index, other in candidates
        if other < index and sheet.width[other] <= _MAX_LONE_HEADER
    ]
    apart = [
        index
        for index in found
        if sheet.gap[index - 1] and (index + 1 == len(sheet.lines) or sheet.gap[index + 1])
    ]
    return next((set(some) for some in (apart, found) if _rises(sheet, some)), set())


def _rises(sheet: Sheet, numbers: list[int]) -> bool:
    """Say whether two lone numbers or more rise, with a page's lines between them."""
    return len(numbers) >= 2 and all(
        b - a >= _MIN_PAGE and int(sheet.text(a)) < int(sheet.text(b))
        for a, b in itertools.pairwise(numbers)
    )


def _glued_headers(sheet: Sheet, cues: Cues, edges: set[int]) -> None:
    """Take a line that is a header and a page number in one (`产业动态 31`)."""
    found: list[tuple[int, str, int]] = []
    for index in sheet.free():
        text = sheet.text(index)
        if index in edges and len(text) <= 120 and _HEADER_AND_DRESSED.match(text):
            sheet.take(index, "running header", "a header with a page number")
            continue
        if len(text) > 48 or "://" in text or not (text[-1].isdigit() or text[0].isdigit()):
            continue
        after = _HEADER_AND_NUMBER.match(text)
        before = _NUMBER_AND_HEADER.match(text)
        if after:
            found.append((index, _fold(after[1]), int(after[2])))
        elif before:
            found.append((index, _fold(before[2]), int(before[1])))
    folds = Counter(fold for _, fold, _ in found)
    values: dict[str, set[int]] = {}
    apart: dict[str, set[int]] = {}
    for index, fold, value in found:
        values.setdefault(fold, set()).add(value)
        apart.setdefault(fold, set()).add(value - sheet.page[index])
    for index, fold, value in found:
        near = abs(value - sheet.page[index]) <= _DRIFT
        paged = sheet.page[-1] > 1
        known = cues.is_head_word(fold) or cues.is_header(fold)
        often = len(values[fold]) == folds[fold] and index in edges
        # Twice is enough where both say how far from the first page they stand.
        often = often and (folds[fold] >= 3 or (folds[fold] == 2 and len(apart[fold]) == 1))
        if (known and (near or index in edges) and paged) or often:
            sheet.take(index, "running header", "a header with a page number")


def _repeated_headers(sheet: Sheet, cues: Cues) -> None:
    """Take short lines that stand at the same edge of many pages."""
    free = sheet.free()
    if not free or sheet.page[-1] < 2:
        return
    name = _fold(sheet.text(free[0]))
    tops = [free[0]]
    bottoms = []
    for before, after in itertools.pairwise(free):
        if sheet.page[before] != sheet.page[after]:
            bottoms.append(before)
            tops.append(after)
    for edge in (tops, bottoms):
        folds = Counter(_fold(sheet.text(index)) for index in edge if _header_like(sheet, index))
        for index in edge:
            fold = _fold(sheet.text(index))
            if not _header_like(sheet, index):
                continue
            below_first = edge is tops and index != free[0]
            if below_first and _ISSUE in fold and issue_line(sheet.text(index)):
                sheet.take(index, "running header", "the issue's number above a later page")
                continue
            if edge is tops and fold == name and folds[fold] >= 2 and index != free[0]:
                sheet.take(index, "running header", "what the file begins with, again")
                continue
            if folds[fold] < max(3, _SHARE * len(edge)):
                continue
            # A section's own head may be the first of its running headers.
            if edge is tops and cues.is_head_word(fold):
                continue
            sheet.take(index, "running header", "the same line at the edge of several pages")


def _unpaged_headers(sheet: Sheet, cues: Cues) -> None:
    """Take headers from a file that marks no pages: the same line with a number that rises."""
    found: dict[str, list[tuple[int, int]]] = {}
    for index in sheet.free():
        text = sheet.text(index)
        match = _ENDS_IN_NUMBER.match(text) if len(text) <= 60 and "://" not in text else None
        if match is not None and _header_like(sheet, index):
            found.setdefault(_fold(match[1]), []).append((index, int(match[2])))
    for fold, places in found.items():
        rising = all(a[1] < b[1] for a, b in itertools.pairwise(places))
        spread = all(b[0] - a[0] >= _MIN_PAGE for a, b in itertools.pairwise(places))
        named = cues.is_header(fold) or (cues.is_head_word(fold) and len(fold) >= _MIN_NAME)
        issue = _ISSUE in fold and len(places) >= 2
        if rising and (issue or named or (spread and len(places) >= 3)):
            for index, _ in places:
                sheet.take(index, "running header", "the same line with numbers that rise")
    printed: dict[str, list[int]] = {}
    for index in sheet.free():
        if _ISSUE in _fold(sheet.text(index)) and _header_like(sheet, index):
            printed.setdefault("".join(sheet.text(index).split()), []).append(index)
    for same in printed.values():
        for index in same if len(same) >= 2 else ():
            sheet.take(index, "running header", "the issue's number again and again")
    name = _fold(sheet.text(0)) if sheet.lines else ""
    for index in sheet.free():
        text = sheet.text(index)
        if not index or sheet.role[index - 1] != "page number" or not _header_like(sheet, index):
            continue
        if _fold(text) == name or (_ISSUE in _fold(text) and issue_line(text)):
            sheet.take(index, "running header", "the issue's name or number behind a page number")
    last = len(sheet.lines) - 1
    if last >= _MIN_PAGE and not sheet.role[last] and _NUMBER.match(sheet.text(last)):
        sheet.take(last, "page number", "a number alone at the end")


def _header_like(sheet: Sheet, index: int) -> bool:
    text = sheet.text(index)
    return (
        2 <= sheet.width[index] <= _MAX_HEADER
        and not ends_sentence(text)
        and not text.isdigit()
        and not text.startswith(("http", "（", "("))
        and not LABEL.match(text)  # each list of notes has one
    )


def _fold(text: str) -> str:
    """Compare headers without spaces, digits and case."""
    return re.sub(r"[\s\d]+", "", text).casefold()


def _count_pages(sheet: Sheet) -> None:
    """Number pages by the file's own marks and by the headers and numbers between lines."""
    if any(line.y is not None for line in sheet.lines):
        return  # the file has pages of its own
    page = 1
    pending = False
    last = None
    for index in range(len(sheet.lines)):
        if sheet.role[index] in ("running header", "page number"):
            pending = pending or last is not None
            continue
        if sheet.role[index] == "watermark":
            continue
        own = sheet.lines[index].page
        if last is not None and (pending or own != last):
            page += 1
        pending = False
        last = own
        sheet.page[index] = page
    previous = 1
    for index in range(len(sheet.lines)):
        if sheet.role[index] in ("running header", "page number", "watermark"):
            sheet.page[index] = previous
        previous = sheet.page[index]
