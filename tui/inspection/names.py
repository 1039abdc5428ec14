"""The rows of names: the forms of one thing together, by type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.inspection.rows import InspectorRow
from tui.locale import tr
from tui.mention_classes import MENTION_CLASSES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bulletins.model import Entity, Mentions


def name_rows(mentions: Mentions) -> Iterator[InspectorRow]:
    """List the names of an article, each with its forms and all its places."""
    by_type: dict[str, dict[str, list[Entity]]] = {}
    for entity in mentions.entities:
        by_type.setdefault(entity.type, {}).setdefault(entity.canonical, []).append(entity)
    for entry in MENTION_CLASSES:
        named = by_type.get(entry.name)
        if not named:
            continue
        yield InspectorRow("blank")
        yield InspectorRow("heading", tr(entry.title), tail=str(len(named)))
        for canonical, found in named.items():
            # A canonical form is written without the spaces that print puts beside Chinese.
            forms = {form.replace(" ", ""): form for form in (canonical, *(e.text for e in found))}
            forms[canonical.replace(" ", "")] = canonical
            yield InspectorRow(
                "entity",
                " · ".join(forms.values()),
                tail=f"×{len(found)}" if len(found) > 1 else "",
                mention=entry.name,
                places=tuple(entity.place for entity in found),
            )
