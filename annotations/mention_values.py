"""What a reader may say of a mention, checked: numbers, currencies, dates."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from annotations.model import ENTITY_TYPES, MentionValue, StoreError
from bulletins.said import Said

if TYPE_CHECKING:
    from annotations.model import MentionBody, MentionType
    from bulletins.model import DateKind

# Plain digits only: an exponent could ask for a number of a million digits.
_NUMBER = re.compile(r"-?[0-9]{1,40}(?:\.[0-9]{1,40})?")
_DIGITS = r"-?[0-9](?:[0-9,]{0,40})(?:\.[0-9]{1,40})?"
_SCALES = {
    "": 0, "千": 3, "k": 3, "万": 4, "m": 6, "百万": 6, "亿": 8, "b": 9, "bn": 9, "t": 12,
    "tn": 12, "万亿": 12,
}  # fmt: skip
_RANGE = rf"(?P<low>{_DIGITS})(?:\s*[-–—~～至到]\s*(?P<high>{_DIGITS}))?"
_SUM = re.compile(
    rf"(?P<before>[A-Za-z]{{3}}|[^\w\s])?\s*{_RANGE}"
    r"\s*(?P<scale>千|百万|万亿?|亿|[bt]n?(?![a-z])|[km](?![a-z]))?\s*(?P<after>\S.*)?",
    re.IGNORECASE,
)
_MEASURE = re.compile(rf"(?P<before>(?!))?{_RANGE}\s*(?P<after>\S.*)?")
_DATE = re.compile(r"[0-9]{4}(?:-(?:Q[1-4]|H[12]|[0-9]{2}(?:-[0-9]{2})?))?")
_LONGEST = 200  # code points that anyone types for a value


def number_of(text: str) -> Decimal | None:
    """Read a plain decimal number; None for anything else."""
    return Decimal(text) if _NUMBER.fullmatch(text) else None


def written_number(number: Decimal | None) -> str | None:
    """Write a number in plain digits, as `number_of` reads them."""
    return None if number is None else format(number, "f")


def currency_of(written: str) -> str | None:
    """Give the code (ISO 4217) of a currency by its code, name or sign; None if it is not known."""
    from bulletins.mentions.tables import table  # brings YAML in; not before a sum is corrected

    for names in (table("currencies")["after"], table("currencies")["before"]):
        if written.upper() in names:
            return written.upper()
        for code, forms in names.items():
            if written in forms:
                return str(code)
    return None


def date_kind(iso: str) -> DateKind | None:
    """Tell what an ISO date is: a day, a month, a quarter, a half, a year, a period; else None."""
    begin, slash, end = iso.partition("/")
    if slash:
        return "period" if "/" not in end and date_kind(begin) and date_kind(end) else None
    if not _DATE.fullmatch(iso) or not _is_in_calendar(iso):
        return None
    if "Q" in iso:
        return "quarter"
    return "half" if "H" in iso else {4: "year", 7: "month"}.get(len(iso), "day")  # type: ignore[return-value]


def read_value(mention: MentionType, text: str, unit: str = "") -> MentionValue:
    """Read what a reader typed for a figure: "USD 504 M", "0.5–15 M", "2024-08".

    Without a currency or unit it stays `unit`. Raises StoreError for what is no such figure.
    """
    typed = text.strip()
    if mention == "date":
        if date_kind(typed) is None:
            raise StoreError("a date is written 2024, 2024-08, 2024-08-06, 2024-Q3 or from/to")
        return MentionValue(iso=typed)
    shape = _SUM if mention == "amount" else _MEASURE
    found = shape.fullmatch(typed.lstrip("~")) if len(typed) <= _LONGEST else None
    if found is None or (found["before"] and found["after"]):
        raise StoreError("a figure is a number with its unit, like USD 504 M or 5.5 %")
    scale, written = 0, found["after"] or found["before"] or unit
    if mention == "amount":
        scale, code = _SCALES[(found["scale"] or "").lower()], currency_of(written)
        if code is None:
            raise StoreError(
                "{written!r} is no currency; write its code, like USD or CNY", written=written
            )
        written = code
    low = _scaled(found["low"], scale)
    if found["high"] is None:
        return MentionValue(written, value=low)
    high = _scaled(found["high"], scale)
    if high < low:
        raise StoreError("a range begins with its lower end")
    return MentionValue(written, low=low, high=high)


def mention_problem(body: MentionBody) -> str:
    """Say in one line what does not fit together in a correction; "" when all does."""
    kind = body.type or body.mention
    needed = {"retype": body.type, "rename": body.name, "revalue": body.value}
    if not body.form:
        return Said("form is empty")
    if body.act in needed and not needed[body.act]:
        return Said("{act} does not say what to", act=body.act)
    if body.act in ("accept", "reject") and (body.type or body.name or body.value):
        return Said("{act} says something else as well", act=body.act)
    if body.act == "add" and body.type:
        return Said("what is added has no other type")
    if kind in ENTITY_TYPES:
        return Said("a name has no value") if body.value else ""
    if body.name:
        return Said("only names have a canonical form")
    if body.value is None:
        is_new = body.act == "add" or kind != body.mention
        return Said("a new figure needs a value") if is_new else ""
    return _value_problem(kind, body.value)


def _value_problem(kind: MentionType, value: MentionValue) -> str:
    numbers = (value.value, value.low, value.high)
    if kind == "date":
        is_date = date_kind(value.iso) and numbers == (None, None, None) and not value.unit
        return "" if is_date else "value is no date"
    if value.iso or numbers == (None, None, None):
        return "value is no number"
    if kind == "amount" and not re.fullmatch("[A-Z]{3}", value.unit):
        return "unit is no currency"
    return ""


def _is_in_calendar(iso: str) -> bool:
    from datetime import date

    if "Q" in iso or "H" in iso:
        return iso[:4] != "0000"
    try:
        date.fromisoformat((iso + "-01-01")[:10])
    except ValueError:
        return False
    return True


def _scaled(digits: str, scale: int) -> Decimal:
    number = Decimal(digits.replace(",", ""))
    # In plain digits: 504 M is 504000000, not 5.04E+8.
    return Decimal(format(number.scaleb(scale), "f"))
