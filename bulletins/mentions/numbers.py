"""Numbers as bulletins write them: digits, Chinese numerals, scales, 多 and 数; exact decimals.

Every number is read once, left to right, so the cost is linear in the text. A number of more than
24 characters is nobody's sum and has no value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_MAX_DIGITS = 24
_MAX_PIECES = 4
_ARABIC = r"\d+(?:,\d{3})*(?:\.\d+)?"
# 1 000 000 and 1 234.5 万, or 1.000.000; two groups of digits that merely follow each other are not
# one number, so a Chinese word or a per cent sign must stand behind them or a symbol before them.
_GROUPED = (
    r"(?<![\dA-Za-z.,_/-])\d{1,3}(?:"
    r"(?:[ \u2009\u202f]\d{3}){1,6}(?:\.\d+)?(?![\d.,])(?=[\u4e00-\u9fff%€$£])"
    r"|(?:\.\d{3}){2,6}(?:,\d+)?(?![\d.,]))"
    r"|(?<=[€$£¥₩])\d{1,3}(?:[ \u2009\u202f]\d{3}){1,6}(?:\.\d+)?(?![\d.,])"
)
# 8.4×109, 8.4×10^9 and 10⁻⁶: print loses what raises the exponent, so digits glued to ×10 are one.
_POWER_OF_TEN = (
    r"(?<![\d.])(?:[1-9](?:\.\d{1,9})?×10(?:\^?-?\d{1,2}|⁻?[⁰¹²³⁴-⁹]{1,2})|10(?:\^-?\d{1,2}|⁻?[⁰¹²³⁴-⁹]{1,2}))"
    r"(?![\d.])"
)
_SCIENTIFIC = re.compile(r"(?:([\d.]{1,11})×10\^?|10(?=[\^⁻⁰¹²³⁴-⁹])\^?)([-⁻]?)([\d⁰¹²³⁴-⁹]{1,2})")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_LARGEST_EXPONENT = 30
# 三点五亿, but neither 三点五十 (a time of day) nor 两点建议.
_CHINESE_DECIMAL = (
    r"[零一二两三四五六七八九十百千]{1,6}点[零〇一二三四五六七八九]{1,6}"
    r"(?![零〇一二三四五六七八九十]|[分刻钟])(?:[百千万亿]{1,3})?"
)
_POINTED = re.compile(r"(.+)点([零〇一二三四五六七八九]+)(.*)")
_TOKEN = re.compile(
    rf"{_POWER_OF_TEN}|{_CHINESE_DECIMAL}|{_GROUPED}|{_ARABIC}|[数几]?[〇零一二两三四五六七八九十百千万亿兆几]+"
)
_GAP = re.compile(r"[ \u2009\u202f]")
# 千 and 兆 belong to the unit in 5 千瓦 and 4 兆瓦.
_POWER = r"(?:[十百万亿]|千(?![瓦米克赫卡焦伏帕字比])|兆(?![瓦赫帕字比焦欧电位])){1,4}"
_SCALE = re.compile(_POWER)
_MORE = re.compile(r"[多余几]?")
_AGAIN = re.compile(rf"(\d{{1,4}}(?:\.\d{{1,9}})?)({_POWER})")
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_POWERS = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8, "兆": 12}
# 二三十亿 and 七八百万: somewhere between two figures.
_BETWEEN = re.compile(r"[一二三四五六七八九]{2}[十百千万亿]")
_MYRIADS = re.compile(r"[万亿兆]+$")
_NOT_SEVERAL = frozenset("参函多少次分指倍系总人基位岁级计常变代个")
# A connector of a range: from - to.
CONNECTOR = re.compile(r" ?(?:到|至|-|–|—{1,2}|~|～|〜) ?| to ")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in a view: `base` times `scale`; a vague one (数十) has no base and no value.

    `start`/`end` are code points in the view's text.
    """

    start: int
    end: int
    base: Decimal | None
    scale: Decimal
    arabic: bool
    approximate: bool

    @property
    def value(self) -> Decimal | None:
        """The number itself, exact."""
        return None if self.base is None else plain(self.base * self.scale)


def plain(value: Decimal) -> Decimal:
    """Take off the exponent and trailing zeros of a fraction: 5.04E+8 is 504000000."""
    if value == value.to_integral_value():
        return Decimal(int(value))
    return value.normalize()


def decimal_of(raw: str) -> Decimal | None:
    """Read digits with thousands marks; None when there are too many to mean anything."""
    if len(raw) > _MAX_DIGITS:
        return None
    if raw.count(".") > 1:
        return Decimal(raw.replace(".", "").replace(",", "."))
    return Decimal(_GAP.sub("", raw).replace(",", ""))


def chinese(raw: str) -> Decimal | None:
    """Read a Chinese numeral (二十亿, 五千万, 一百二十); None for what is no number."""
    if not raw or len(raw) > _MAX_DIGITS:
        return None
    if all(char in _DIGITS for char in raw):
        return Decimal("".join(str(_DIGITS[char]) for char in raw)) if len(raw) < 9 else None
    if raw == "万亿":
        return Decimal(10) ** 12
    # 亿 and 兆 multiply all that stands before them, 万 only what stands behind the last 亿.
    total = myriads = section = digit = 0
    seen = False
    for char in raw:
        if char in _DIGITS:
            if digit:
                return None
            digit, seen = _DIGITS[char], True
            continue
        power = _POWERS.get(char)
        if power is None:
            return None
        if power < 4:
            section += (digit if seen else 1) * 10**power
        elif power == 4:
            myriads = (section + digit) * 10**4
            section = 0
            if not myriads:
                return None
        else:
            total = (total + myriads + section + digit) * 10**power
            myriads = section = 0
            if not total:
                return None
        digit, seen = 0, False
    return Decimal(total + myriads + section + digit)


def scale_of(raw: str) -> Decimal:
    """Read a scale after digits: 千万 is 10,000,000, 万亿 is 1,000,000,000,000."""
    return Decimal(10) ** sum(_POWERS[char] for char in raw)


def numerals(text: str, offsets: Sequence[int] | None = None) -> list[Numeral]:
    """Find every number of a view's text, in order, none overlapping.

    With the view's `offsets`, digits that stand glued behind a word but apart from the digits after
    them (资助2 504 亿) are a note's mark and not the thousands of what follows.
    """
    found: list[Numeral] = []
    position = 0
    while match := _TOKEN.search(text, position):
        if found and match.start() == found[-1].end and match[0] in ("千", "兆"):
            # The unit of 3 亿千瓦, not another number.
            position = match.end()
            continue
        if (gap := _GAP.search(match[0])) and offsets and _looks_like_mark(text, match, offsets):
            position = match.start() + gap.end()
            continue
        numeral = _read(text, match)
        position = match.end() if numeral is None else max(numeral.end, match.end())
        if numeral is not None:
            found.append(numeral)
    return found


def _looks_like_mark(text: str, match: re.Match[str], offsets: Sequence[int]) -> bool:
    start, end = match.span()
    if not start or text[start - 1] < "\u4e00" or end >= len(text):
        return False
    return offsets[start] - offsets[start - 1] == 1 and offsets[end] - offsets[end - 1] > 1


def _read(text: str, match: re.Match[str]) -> Numeral | None:
    start, end = match.span()
    raw = match[0]
    if raw[0].isdigit() and raw[0].isascii():
        if scientific := _SCIENTIFIC.fullmatch(raw):
            return _read_scientific(start, end, scientific)
        return _read_arabic(text, start, end, raw)
    if pointed := _POINTED.fullmatch(raw):
        return _read_pointed(text, start, end, pointed)
    if raw[0] == "数" and start and text[start - 1] in _NOT_SEVERAL:
        start, raw = start + 1, raw[1:]
    more = _MORE.match(text, end)
    vague = raw[0] in "数几" or "几" in raw or bool(_BETWEEN.search(raw))
    # 百亿 says an order of magnitude, 一百亿 a figure.
    approximate = vague or (raw[0] in "百千万" and len(raw) > 1)
    if more and more[0]:
        if again := _SCALE.match(text, more.end()):
            end = again.end()
            base = None if vague else chinese(raw)
            return Numeral(start, end, base, scale_of(again[0]), False, True)
        if raw[-1] in "十百千万亿兆":
            end, approximate = more.end(), True
    if vague:
        return Numeral(start, end, None, Decimal(1), False, True)
    base = chinese(raw)
    if base is None:
        return None
    scale = Decimal(1)
    if (tail := _MYRIADS.search(raw)) and tail.start():
        scale = scale_of(tail[0])
    return Numeral(start, end, base / scale, scale, False, approximate)


def _read_pointed(text: str, start: int, end: int, match: re.Match[str]) -> Numeral | None:
    whole = chinese(match[1])
    if whole is None:
        return None
    digits = "".join(str(_DIGITS[char]) for char in match[2])
    rough = bool(match[3]) and text[end : end + 1] in ("多", "余")
    base = whole + Decimal(digits).scaleb(-len(digits))
    return Numeral(start, end + rough, base, scale_of(match[3]), False, rough)


def _read_scientific(start: int, end: int, match: re.Match[str]) -> Numeral | None:
    digits = match[3].translate(_RAISED)
    if digits.startswith("0") or int(digits) > _LARGEST_EXPONENT:
        return None
    exponent = -int(digits) if match[2] else int(digits)
    base = plain(Decimal(match[1] or 1).scaleb(exponent))
    return Numeral(start, end, base, Decimal(1), True, False)


def _read_arabic(text: str, start: int, end: int, raw: str) -> Numeral | None:
    base = decimal_of(raw)
    if base is None:
        return None
    scale, approximate = Decimal(1), False
    more = _MORE.match(text, end)
    after = more.end() if more else end
    if found := _SCALE.match(text, after):
        approximate = after > end
        end, scale = found.end(), scale_of(found[0])
        if not approximate:
            base, scale, end = _mixed(text, base, scale, end)
        tail = _MORE.match(text, end)
        if tail and tail[0]:
            end, approximate = tail.end(), True
    elif after > end and text[end] in "多余":
        end, approximate = after, True
    return Numeral(start, end, base, scale, True, approximate)


def _mixed(text: str, base: Decimal, scale: Decimal, end: int) -> tuple[Decimal, Decimal, int]:
    """Read on through 1 亿 2000 万 and 3 千 5 百万: each piece less than the scale before."""
    for _ in range(_MAX_PIECES):
        piece = _AGAIN.match(text, end)
        if not piece:
            break
        part, small = Decimal(piece[1]), scale_of(piece[2])
        if part * small < scale:
            base, scale = base * (scale / small) + part, small
        elif scale < 10**4 and (myriads := _MYRIADS.search(piece[2])):
            # 3 千 5 百万: both pieces count in 万.
            shared = scale_of(myriads[0])
            if part * small / shared >= scale:
                break
            base, scale = base * scale + part * small / shared, shared
        else:
            break
        end = piece.end()
    return base, scale, end
