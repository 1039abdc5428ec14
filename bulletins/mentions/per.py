"""What one sum is for: a year, a share, a person, an item or a unit of measure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from bulletins.mentions.tables import Forms, table

# How far in front of a sum its 每 may stand, in code points of the view.
_REACH = 24
_STOP = re.compile(r"[，,。；;：:！!？?（）()\n|、]")
_LATIN = re.compile(r"[A-Za-z]")
_COUNTED = re.compile(r"[\d〇零一二两三四五六七八九十百]")


@dataclass(frozen=True, slots=True)
class _Rules:
    each: dict[str, str]
    each_forms: Forms
    words: dict[str, str]
    word_forms: Forms
    after: dict[str, str]
    after_forms: Forms
    not_each: tuple[str, ...]
    several: re.Pattern[str]


@cache
def _rules() -> _Rules:
    data = table("per")
    each, words, after = (
        {str(form): str(per) for per, forms in data[part].items() for form in forms}
        for part in ("each", "words", "after")
    )
    several = "|".join(map(re.escape, data["each_of_several"]))
    verbs = "|".join(sorted(map(re.escape, data["verbs"]), key=len, reverse=True))
    return _Rules(
        each, Forms(each), words, Forms(words), after, Forms(after), tuple(data["not_each"]),
        re.compile(rf"(?:{several})(?:{verbs})?了?$"),
    )  # fmt: skip


def per_of(text: str, start: int, end: int, floor: int, qualifier: int) -> str | None:
    """Say what the sum at `text[start:end]` is for, None for a whole sum.

    `floor` is where the sum before it ends, `qualifier` where a 约 in front of it begins; both are
    code points of the view.
    """
    return _behind(text, end) or _in_front(text, max(floor, start - _REACH), qualifier)


def _behind(text: str, end: int) -> str | None:
    rules = _rules()
    found: list[str] = []
    while len(found) < 2 and text[end : end + 1] in ("/", "·"):
        form = rules.each_forms.at(text, end + 1)
        end += 1 + len(form)
        # 元/平方 and 元/Wh: a longer word than we know is no word we know.
        if not form or (form.isascii() and _LATIN.match(text[end : end + 1])):
            break
        found.append(rules.each[form])
    if found:
        return "/".join(found)
    form = rules.after_forms.at(text, end)
    if form and not (form.isascii() and _LATIN.match(text[end + len(form) :][:1])):
        return rules.after[form]
    return None


def _in_front(text: str, floor: int, start: int) -> str | None:
    rules = _rules()
    reach = text[floor:start]
    stops = [match.end() for match in _STOP.finditer(reach)]
    clause = reach[stops[-1] :] if stops else reach
    if rules.several.search(clause):
        return "item"
    found: list[str] = []
    at = clause.find("每")
    while at >= 0:
        per = _each(clause, at)
        found += [per] if per and per not in found else []
        at = clause.find("每", at + 1)
    if not found:
        ends = range(len(clause), max(0, len(clause) - 6), -1)
        found = [
            rules.words[form] for end in ends if (form := rules.word_forms.before(clause, end))
        ]
        return found[0] if found else None
    # 每人每月: both, as printed.
    return "/".join(found[:2])


def _each(clause: str, at: int) -> str | None:
    rules = _rules()
    if clause.startswith(rules.not_each, at):
        return None
    after = at + 1 + clause.startswith("一", at + 1)
    form = rules.each_forms.at(clause, after)
    if form:
        return rules.each[form]
    if _COUNTED.match(clause, after) or after >= len(clause):
        # 每两年, 每 100 公里: no unit of one.
        return None
    return None
