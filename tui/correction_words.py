"""What a correction says, in a line: of a field, or of a mention."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tui.inspection.corrections import ACCEPTED, CHANGED, KINDS, REJECTED
from tui.locale import mark, tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from annotations.model import MentionBody, MentionValue

FIELDS = {
    "title": mark("Title"),
    "publication": mark("Publication"),
    "number": mark("Number"),
    "date": mark("Date"),
    "authors": mark("Authors"),
    "source": mark("Source"),
}
SIGNS = {"accept": ACCEPTED, "reject": REJECTED, "add": "+"}


def field_words(field: str, value: str) -> str:
    """Say what a field is corrected to: "Authors: 林晓；陈志远"."""
    name = tr(FIELDS[field]) if field in FIELDS else field
    return tr("{field}: {value}").format(field=name, value=value)


def change_words(body: MentionBody) -> str:
    """Say what becomes of a form: "✗ organization 港务局", "~ sum 5亿元 → EUR 5 M"."""
    now = [tr(KINDS[body.type])] if body.type else []
    now += [body.name] if body.name else []
    now += [value_words(body.value)] if body.value else []
    return _change(body.act, body.mention, body.form, now)


def stored_words(body: Mapping[str, Any]) -> str:
    """Say the same of a correction as it is stored, whatever version wrote it."""
    from decimal import Decimal, InvalidOperation

    said = {name: part for name, part in body.items() if isinstance(part, str)}
    if said.get("field", "mention") != "mention":
        return field_words(said["field"], said.get("value", ""))
    chosen = said.get("type", "")
    now = [tr(KINDS[chosen])] if chosen in KINDS else []
    now += [said["name"]] if said.get("name") else []
    value = body.get("value")
    if isinstance(value, dict):
        numbers = [value.get(name) for name in ("value", "low", "high")]
        try:
            now.append(_figure([Decimal(str(one)) for one in numbers if one is not None], value))
        except InvalidOperation:
            now.append(str(value))
    return _change(said.get("act", ""), said.get("mention", ""), said.get("form", ""), now)


def value_words(value: MentionValue) -> str:
    """Write a corrected figure or date."""
    numbers = [value.value] if value.value is not None else [value.low, value.high]
    written = {"unit": value.unit, "iso": value.iso}
    return _figure([one for one in numbers if one is not None], written)


def _figure(numbers: list[Any], value: Mapping[str, Any]) -> str:
    if value.get("iso"):
        return str(value["iso"])
    return f"{'–'.join(format(one, ',f') for one in numbers)} {value.get('unit') or ''}".strip()


def _change(act: str, kind: str, form: str, now: list[str]) -> str:
    line = " ".join(filter(None, (SIGNS.get(act, CHANGED), tr(KINDS.get(kind, kind)), form)))
    return f"{line} → {' · '.join(now)}" if now else line
