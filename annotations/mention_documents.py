"""Corrections of mentions as plain JSON, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from annotations.mention_values import mention_problem, number_of, written_number
from annotations.model import (
    MENTION_ACTS,
    MENTION_SCOPES,
    MENTION_TYPES,
    MentionBody,
    MentionValue,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

Document = dict[str, Any]
T = TypeVar("T")


class Fields(Protocol):
    """Typed access to an object of a document; raises for what is of another type."""

    document: Document

    def text(self, name: str) -> str: ...
    def line(self, name: str) -> str: ...
    def optional_line(self, name: str) -> str | None: ...
    def optional_fields(self, name: str) -> Fields | None: ...


def mention_document(body: MentionBody) -> Document:
    """Return the JSON document of what was said of a mention."""
    return {
        "field": "mention",
        "act": body.act,
        "mention": body.mention,
        "form": body.form,
        "scope": body.scope,
        "type": body.type,
        "name": body.name,
        "value": body.value and _value_document(body.value),
    }


def read_mention(get: Fields) -> MentionBody | str | None:
    """Read it again: None if only a later version knows what it does, a text if it is wrong."""
    act = _known(get.text("act"), MENTION_ACTS)
    scope = _known(get.text("scope"), MENTION_SCOPES)
    mention = _known(get.text("mention"), MENTION_TYPES)
    written = get.optional_line("type")
    chosen = None if written is None else _known(written, MENTION_TYPES)
    if act is None or scope is None or mention is None or (written is not None and not chosen):
        return None
    value = get.optional_fields("value")
    found = None if value is None else _value(value)
    if isinstance(found, str):
        return found
    body = MentionBody(act, mention, get.line("form"), scope, chosen, get.line("name"), found)
    return mention_problem(body) or body


def _value_document(value: MentionValue) -> Document:
    return {
        "unit": value.unit,
        "value": written_number(value.value),
        "low": written_number(value.low),
        "high": written_number(value.high),
        "iso": value.iso,
    }


def _value(get: Fields) -> MentionValue | str:
    numbers: list[Decimal | None] = []
    for name in ("value", "low", "high"):
        written = get.optional_line(name)
        number = None if written is None else number_of(written)
        if written is not None and number is None:
            return f"value.{name} is no plain number"
        numbers.append(number)
    value, low, high = numbers
    return MentionValue(get.line("unit"), value, low, high, get.line("iso"))


def _known(text: str, known: Iterable[T]) -> T | None:
    return next((one for one in known if one == text), None)
