"""The numbers before paragraphs that Word counts and does not write: 1. 2. 一、（1）, bullets."""

from __future__ import annotations

from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = 9
_CHINESE = "零一二三四五六七八九"
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


class Numbers:
    """Counts the lists of a document in the order in which its paragraphs are asked for."""

    def __init__(self, document: Any) -> None:
        self._levels: dict[tuple[str, int], tuple[str, str, int]] = {}
        self._styled: dict[str, tuple[str, int]] = {}
        self._counts: dict[str, list[int]] = {}
        try:
            element = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return
        abstract = {one.get(f"{W}abstractNumId"): one for one in element.findall(f"{W}abstractNum")}
        for number in element.findall(f"{W}num"):
            name = number.get(f"{W}numId")
            of = _value(number, "abstractNumId")
            for level in abstract[of].findall(f"{W}lvl") if of in abstract else ():
                self._take(name, level)
        for style in document.styles.element.findall(f"{W}style"):
            properties = style.find(f"{W}pPr/{W}numPr")
            if properties is not None:
                self._styled[style.get(f"{W}styleId")] = _place(properties)

    def _take(self, name: str, level: Any) -> None:
        at = level.get(f"{W}ilvl") or "0"
        start = _value(level, "start")
        if at.isdigit() and int(at) < _LEVELS:
            first = int(start) if start.isascii() and start.isdigit() and len(start) < 6 else 1
            kind = _value(level, "numFmt") or "decimal"
            self._levels[name, int(at)] = (kind, _value(level, "lvlText"), first)

    def next(self, looks: Any, style: str) -> str:
        """Give the number of the next paragraph, "" if it has none."""
        properties = looks.find(f"{W}numPr") if looks is not None else None
        name, at = (
            _place(properties) if properties is not None else self._styled.get(style, ("", 0))
        )
        if (name, at) not in self._levels or name == "0":
            return ""
        counts = self._counts.setdefault(name, [0] * _LEVELS)
        counts[at] = counts[at] + 1 if counts[at] else self._levels[name, at][2]
        counts[at + 1 :] = [0] * (_LEVELS - at - 1)
        kind, text, _ = self._levels[name, at]
        if kind == "bullet":
            return "•"
        if kind == "none":
            return ""
        for level in range(at + 1):
            own = self._levels.get((name, level), ("decimal", "", 1))
            value = counts[level] or own[2]
            text = text.replace(f"%{level + 1}", shown(value, own[0]))
        return text.strip()


def shown(value: int, kind: str) -> str:
    """Write a number as Word's format `kind` does (ECMA-376, ST_NumberFormat)."""
    if kind.startswith(("chinese", "japaneseCounting", "ideographTraditional", "taiwanese")):
        return _chinese(value)
    if kind == "decimalEnclosedCircle" and value <= 20:
        return chr(ord("①") + value - 1)
    if kind in ("lowerLetter", "upperLetter") and value <= 26:
        letter = chr(ord("a") + value - 1)
        return letter.upper() if kind == "upperLetter" else letter
    if kind in ("lowerRoman", "upperRoman") and value < 40:
        text = ""
        for size, sign in _ROMAN:
            text += sign * (value // size)
            value %= size
        return text.upper() if kind == "upperRoman" else text
    return str(value)


def _chinese(value: int) -> str:
    if value > 99:
        return str(value)
    tens, ones = divmod(value, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_CHINESE[tens]}十"
    return head + (_CHINESE[ones] if ones or not tens else "")


def _place(properties: Any) -> tuple[str, int]:
    level = _value(properties, "ilvl")
    at = int(level) if level.isascii() and level.isdigit() else 0
    return _value(properties, "numId"), min(at, _LEVELS - 1)


def _value(element: Any, name: str) -> str:
    found = element.find(f"{W}{name}")
    return (found.get(f"{W}val") or "") if found is not None else ""
