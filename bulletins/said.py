"""Lines for the reader in plain English that remember how they were made, to be said otherwise.

The core speaks English and knows no other language. A line keeps its template and its values, so
that a screen can put the values into the template of another language.
"""

from __future__ import annotations

import json
from typing import TypeAlias

Value: TypeAlias = "str | int | float"

_MOST = 1000  # characters that are kept of a line


class Said(str):
    """A line in English made of a template and the values that its `{names}` stand for.

    Without values a template is the line as it is, braces too. A value may be such a line itself;
    an error as a value is the line that it says, anything else its text.
    """

    template: str
    values: dict[str, Value]

    def __new__(cls, template: str, /, **values: object) -> Said:
        if isinstance(template, Said) and not values:
            return template
        kept = {name: _value(value) for name, value in values.items()}
        line = super().__new__(cls, template.format(**kept) if kept else template)
        line.template, line.values = str(template), kept
        return line

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Value]]:
        return (self.template,), self.values


class SaidError(Exception):
    """An error that says what happened in a line; its arguments are those of Said."""

    def __init__(self, template: str, /, **values: object) -> None:
        self.said = Said(template, **values)
        super().__init__(self.said)


def template(line: str) -> str:
    """Mark a template that is not where the line is made, so that it can be translated."""
    return line


def said_by(error: BaseException) -> Said:
    """Return the line that an error says; its name if it says nothing."""
    if isinstance(error, SaidError):
        return error.said
    line = " ".join(str(error).split())
    return Said(line or type(error).__name__)


def pack(line: str) -> str:
    """Write a line as a text that unpack() takes, at most 1,000 characters."""
    if isinstance(line, Said) and line.values:
        packed = json.dumps(_listed(line), ensure_ascii=False)
        if len(packed) <= _MOST:
            return packed
    return line[:_MOST]


def unpack(text: str) -> str:
    """Return the line that pack() wrote."""
    if text.startswith('["'):
        try:
            return _unlisted(json.loads(text))
        except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
            pass
    return text


def _listed(value: Value) -> object:
    if isinstance(value, Said):
        return [value.template, {name: _listed(one) for name, one in value.values.items()}]
    return value


def _unlisted(found: object) -> str:
    match found:
        case [str(template), dict(values)]:
            known = {
                str(name): _unlisted(one) if isinstance(one, list) else one
                for name, one in values.items()
            }
            return Said(template, **known)
    raise TypeError


def _value(value: object) -> Value:
    if isinstance(value, BaseException):
        return said_by(value)
    return value if isinstance(value, str | int | float) else str(value)
