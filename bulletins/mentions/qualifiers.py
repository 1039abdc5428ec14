"""Words beside a figure that make it approximate or a bound: 约, 超过, 左右."""

from __future__ import annotations

from functools import cache

from bulletins.mentions.tables import Forms, table


@cache
def qualifiers() -> tuple[Forms, Forms, dict[str, str], dict[str, str]]:
    """Give the words that make a figure approximate, before it and behind it, and their limits."""
    data = table("qualifiers")
    return (
        Forms(data["before"]), Forms(data["after"]), data["not_behind"], data["not_in_front_of"],
    )  # fmt: skip


def is_qualified(text: str, start: int, end: int) -> bool:
    """Say whether a word right before or behind a figure makes it approximate or a bound."""
    return qualifier_start(text, start) < start or _qualified_behind(text, end)


def qualifier_start(text: str, start: int) -> int:
    """Give where the 约 or 超过 in front of a figure begins; `start` if there is none."""
    before, _, not_behind, _ = qualifiers()
    form = before.before(text, start)
    at = start - len(form)
    if form and at and text[at - 1] in not_behind.get(form, ""):
        return start
    return at


def _qualified_behind(text: str, end: int) -> bool:
    _, after, _, not_in_front_of = qualifiers()
    form = after.at(text, end)
    following = text[end + len(form) : end + len(form) + 1]
    return bool(form) and not (following and following in not_in_front_of.get(form, ""))
