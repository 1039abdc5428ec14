"""The shapes of numbered heads that a profile may name, and the value of their numbers."""

from __future__ import annotations

import re

_CN = "[一二三四五六七八九十百零〇]{1,4}"
_CN_VALUES = {char: value for value, char in enumerate("〇一二三四五六七八九十")}

SHAPES: dict[str, re.Pattern[str]] = {
    "一、": re.compile(rf"({_CN})\s?[、．.]\s?(?=\S)"),
    "（一）": re.compile(rf"[（(]\s?({_CN})\s?[）)]\s?[、.．]?\s?(?=\S)"),
    "1.": re.compile(r"(\d{1,2})\s?[.．、]\s?(?=[^\s\d.,%％])"),
    "1.1": re.compile(r"(\d{1,2}[.．]\d{1,2})[.．]?\s+(?=[^\s\d.,%％])(?![年月亿万元倍个]|日元)"),
    "1.1.1": re.compile(r"(\d{1,2}[.．]\d{1,2}[.．]\d{1,2})[.．]?\s*(?=[^\s\d.,%％])"),
    "（1）": re.compile(r"[（(]\s?(\d{1,2})\s?[）)]\s?[、.．]?\s?(?=\S)"),
    "1）": re.compile(r"(\d{1,2})\s?[）)]\s?(?=[^\s)）])"),
    "①": re.compile(r"([①-⑳])\s?(?=\S)"),
    "第一": re.compile(rf"第({_CN})(?:章|节|部分|篇)[、：:\s]?\s?(?=\S)"),
    "●": re.compile(r"([●•■◆▶►◇○★☆·▪]|[-–*](?=\s))\s?(?=\S)"),
    "【】": re.compile(r"【([^【】]{2,80})】\s*$"),
}


def value_of(shape: str, number: str) -> int | None:
    """The value of an enumerator's number (`十二` is 12, `③` is 3), or None if it has none."""
    if shape in ("●", "【】"):
        return None
    if shape == "①":
        return ord(number) - ord("①") + 1
    if number[0].isdigit():
        return int(re.split("[.．]", number)[-1])
    tens, ten, ones = number.rpartition("十")
    if not ten:
        return _CN_VALUES.get(number) if len(number) == 1 else None
    return _CN_VALUES.get(tens or "一", 1) * 10 + _CN_VALUES.get(ones or "〇", 0)
