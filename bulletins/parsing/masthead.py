"""The front of an issue: its name, number and date, the list of contents, the imprint."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from typing import TYPE_CHECKING

from bulletins.parsing.sheet import ends_sentence, has_cjk

if TYPE_CHECKING:
    from bulletins.parsing.cues import Cues
    from bulletins.parsing.sheet import Sheet
    from bulletins.styles import Style

_DIGITS = "[0-9０-９一二三四五六七八九十百零〇○]"
_NUMBER = re.compile(
    rf"(?:(?:19|20)\d\d\s*年?\s*(?:度|第\s*{_DIGITS}{{1,3}}\s*卷)?\s*[,，]?\s*)?第\s*{_DIGITS}{{1,5}}\s*期"
    rf"|总\s*第?\s*{_DIGITS}{{1,5}}\s*期|(?:19|20)\d\d\s*年?\s*第?\s*{_DIGITS}{{1,3}}\s*期"
    r"|(?:No|NO|Vol|Issue|Number)\.?\s?\d{1,5}(?:\s*[,，]?\s*(?:No|NO)\.?\s?\d{1,4})?"
)
_TOTAL = re.compile(rf"\s*[（(]?\s*总\s*第?\s*{_DIGITS}{{1,5}}\s*期\s*[）)]?")
_DATE = re.compile(
    r"((?:19|20)\d\d)\s*(?:年|[-./])\s*(\d{1,2})\s*(?:月(?:\s*(\d{1,2})\s*日)?|[-./]\s*(\d{1,2})(?!\d))"
)
_NARROW = {0xFF10 + digit: str(digit) for digit in range(10)}  # of full-width digits
_NUMERALS = "〇一二三四五六七八九"
_WRITTEN_DATE = re.compile(
    "[一二][〇○零一二三四五六七八九]{3}年[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}日)?"
)
_NAME = re.compile(
    r"(?:快报|简报|周报|月报|旬报|季报|日报|专报|要报|导报|通报|摘报|动态|参考|通讯|监测|信息|内参|观察|速递|快讯|简讯|资讯|文摘|译丛|情报|要情|参阅|要览|纵览|瞭望|专刊|辑要|集萃|速报|速递|速览|一周"
    r"|Weekly|Monthly|Bulletin|Newsletter|Brief|Digest|Review)(?:\s*[（(][^（()）]{1,16}[）)])?$",
    re.IGNORECASE,
)
_ENTRY = re.compile(r"(?:[.．…·•\s_-]{2,}|\s)[（(]?\d{1,3}[）)]?$|[.．…·•]{3,}$")
_GLUED = re.compile(r"(?<=\D)\d{1,3}$")
_LABEL = re.compile(
    r"(?:内部|机密|秘密|绝密|送阅|限时|特急|加急)(?:参考|参阅|资料|刊物|文件|材料|信息|交流|发行)?(?:注意保存|妥善保管)?$"
)
_ACCOUNT = re.compile(
    r"(?P<own>原创\s+)?(?:\S{1,24}\s+){0,3}(?P<name>\S{2,24})\s+"
    r"(?:19|20)\d\d(?:年|[-./])\d{1,2}(?:月|[-./])\d{1,2}日?(?P<time>\s+\d{1,2}:\d\d(?::\d\d)?)?"
    r"(?:\s+(?:发表于\s*)?[\u3400-\u9fff]{2,8})?$"
)
_MAX_FRONT = 24  # lines before which the front of an issue ends
_MAX_ABOVE = 6  # short lines above the contents that name the issue
_MAX_NAMED = 8  # lines among which the name stands beside the number
_MAX_CONTENTS = 400
_FIRST_ENTRIES = 40  # lines that tell how wide a list of contents is
_FULL_ENTRY = 0.8  # of that width: a line without a page number that goes on


def take_masthead(sheet: Sheet, cues: Cues) -> None:
    """Take the lines before the first head or title that name the issue."""
    last = -1
    order = sheet.free()[:_MAX_FRONT]
    name = _fold(sheet.text(order[0])) if order else ""
    for position, index in enumerate(order):
        text = sheet.text(index)
        first = position == 0 or _fold(text) == name  # a header may say the name above it
        cue = cues.topic(text) or cues.byline(text) or cues.title_enumerator(text)
        if cue or sheet.width[index] > 80 or text.endswith("。"):
            break
        named = _NAME.search(text) is not None and sheet.width[index] <= 40
        if (
            cues.imprint(text)
            or issue_line(text)
            or (named and position == 0 and len(order) > 1 and not cues.known_head(text))
        ):
            last = position
            continue
        head = cues.known_head(text) or cues.spaced_head(text) or cues.contents(text)
        if head and not (named and first):
            break
    for index in order[: last + 1]:
        sheet.take(index, "masthead", "the front of the issue")


def issue_line(text: str) -> bool:
    """Say whether a short line is about the issue's number or date."""
    if len(text) > 60 or (ends_sentence(text) and not text.endswith((":", "："))):
        return False
    text = text.translate(_NARROW)
    rest = _TOTAL.sub("", _DATE.sub("", _NUMBER.sub("", text)))
    if rest == text or any(mark in rest for mark in "，。；《"):
        return False
    return len(rest.strip(" （）()[]【】·，,|｜/-—:：")) <= 24


def take_contents(sheet: Sheet, cues: Cues) -> set[str]:
    """Take the list of contents; give the folded titles that it lists."""
    order = sheet.free()
    start = next(
        (p for p, index in enumerate(order[:200]) if cues.contents(sheet.text(index))), None
    )
    if start is None:
        return set()
    later = Counter(
        _fold(sheet.text(index)) for index in order[start + 1 :] if sheet.width[index] < 160
    )
    listed: set[str] = set()
    taken = [order[start]]
    opened = ""  # the first line of an entry that goes on
    widest = max(sheet.width[index] for index in order[start : start + _FIRST_ENTRIES])
    for position in range(start + 1, min(len(order), start + _MAX_CONTENTS)):
        index = order[position]
        text = sheet.text(index)
        entry = _ENTRY.search(text[-40:]) is not None
        if not entry and text[-1].isdigit():
            # Its page number stands close behind it, if the body prints the rest.
            entry = later[opened + _fold(_GLUED.sub("", text))] > 0
            text = _GLUED.sub("", text) if entry else text
        fold = opened + _fold(_ENTRY.sub("", text))
        opened = ""
        # Without a page number a line is an entry only if the body prints it once more.
        if not entry and (later[fold] < 2 or fold in listed):
            following = sheet.text(order[position + 1]) if position + 1 < len(order) else ""
            if not (_ENTRY.search(following[-40:]) and sheet.width[index] <= 100) or text.endswith(
                "。"
            ):
                break
        taken.append(index)
        if not entry and sheet.width[index] >= _FULL_ENTRY * widest:
            opened = fold
            continue
        listed.add(fold)
    if len(taken) == 1:
        return set()
    for index in taken:
        sheet.take(index, "contents", "the list of contents")
    front = order[: order.index(taken[0])]
    if len(front) <= _MAX_ABOVE and all(
        sheet.width[index] <= 80 and not ends_sentence(sheet.text(index)) for index in front
    ):
        for index in front:
            sheet.take(index, "masthead", "a line above the contents")
    return {fold for fold in listed if len(fold) >= 2}


def _fold(text: str) -> str:
    return "".join(char for char in text[:200] if char.isalnum()).casefold()


def fold_title(text: str) -> str:
    """Fold a line as the list of contents is folded."""
    return _fold(text)


def identity(
    sheet: Sheet, style: Style, sections: set[str]
) -> tuple[str | None, str | None, str | None]:
    """Read publication, number and date (ISO) where the issue prints them."""
    front = [
        line.text
        for line, role in zip(sheet.lines, sheet.role, strict=True)
        if role in ("masthead", "imprint") and len(line.text) <= 120
    ]
    headers = Counter(
        re.sub(r"\s*\d{1,4}$|^\d{1,4}\s*", "", line.text).strip()
        for line, role in zip(sheet.lines, sheet.role, strict=True)
        if role == "running header"
    )
    number = next(filter(None, map(_number_in, [*front, *headers])), None)
    date = next(filter(None, map(_date_in, [*front, *headers])), None)
    return style.publication or _publication(front, headers, sections), number, date


def _publication(front: list[str], headers: Counter[str], sections: set[str]) -> str | None:
    numbered = [text for text in front[:_MAX_NAMED] if _NUMBER.search(text.translate(_NARROW))]
    label = ""  # says who may read the issue, unless nothing else names it
    for text in [*numbered, *front[:6]]:  # what stands beside the number names the issue
        bare = _without_issue(text)
        if _LABEL.match("".join(bare.split())):
            label = label or bare
        elif _NAME.search(bare) and 3 <= len(bare) <= 40 and "：" not in bare:
            return bare
    # A letter of an account: who wrote it, the account, the date and the time.
    for text in front[:_MAX_NAMED]:
        account = _ACCOUNT.match(text) if len(text) <= 100 else None
        if account is not None and (account["own"] or account["time"]):
            return account["name"]
    # A first line above the issue's number or date is its name, whatever it is called.
    for text, below in itertools.pairwise(front[:3]):
        below = below.translate(_NARROW)
        dated = _NUMBER.search(below) is not None or _DATE.search(below) is not None
        if dated and _without_issue(text) == "".join(text.split()) and 3 <= len(text) <= 24:
            return "".join(text.split())
    for text, _ in headers.most_common():
        bare = _without_issue(text)
        if bare and "".join(bare.split()) not in sections and has_cjk(bare):
            return bare
    return label or None


def _without_issue(text: str) -> str:
    paged = re.sub(r"\s*第\s?\d{1,4}\s?页.*$", "", text.translate(_NARROW))
    bare = _TOTAL.sub("", _DATE.sub("", _NUMBER.sub("", paged)))
    return re.sub(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])", "", bare).strip(
        " （）()[]【】《》·，,|｜/-—"
    )


def _number_in(text: str) -> str | None:
    match = _NUMBER.search(text.translate(_NARROW))
    return re.sub(r"\s+", "", match[0]) if match else None


def _date_in(text: str) -> str | None:
    text = text.translate(_NARROW)
    written = _WRITTEN_DATE.search(text)
    match = _DATE.search(_in_digits(written[0]) if written else text)
    if match is None:
        return None
    year, month, day = int(match[1]), int(match[2]), int(match[3] or match[4] or 0)
    if not 1 <= month <= 12 or day > 31:
        return None
    return f"{year}-{month:02}-{day:02}" if day else f"{year}-{month:02}"


def _in_digits(date: str) -> str:
    """Write 二〇二四年十二月三十一日 as 2024年12月31日."""

    def number(match: re.Match[str]) -> str:
        tens, ten, ones = match[0].rpartition("十")
        if not ten:
            return "".join(str(_NUMERALS.index(char) % 10) for char in match[0])
        return str(
            10 * (_NUMERALS.index(tens) if tens else 1) + (_NUMERALS.index(ones) if ones else 0)
        )

    return re.sub(f"[{_NUMERALS}十]+", number, date.replace("○", "〇").replace("零", "〇"))
