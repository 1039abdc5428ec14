"""The rows of the inspector: what is known of one article, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from tui.locale import tr
from tui.mention_classes import MENTION_CLASSES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bulletins.model import Amount, Article, Entity, Mentions, Place

RowKind = Literal["heading", "tag", "note", "amount", "entity", "hint", "blank"]


@dataclass(frozen=True, slots=True)
class InspectorRow:
    """One row: `text` at the left, `lead` before it in a column of its own, `tail` at the right.

    `places` are the occurrences in the article, in order; `subject` is an annotation's id or tag.
    """

    kind: RowKind
    text: str = ""
    lead: str = ""
    tail: str = ""
    mention: str = ""
    places: tuple[Place, ...] = ()
    subject: str = ""


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A note as the inspector shows it: its id, when it was made, and its text."""

    id: str
    when: str
    text: str


def inspect_article(
    article: Article, tags: Sequence[str], notes: Sequence[NoteLine], width: int
) -> list[InspectorRow]:
    """List the rows for an article in a column of `width` cells."""
    rows = [InspectorRow("heading", tr("Notes"), tail=str(len(notes) or ""))]
    for note in notes:
        rows += _note_rows(note, width)
    if not notes:
        rows.append(InspectorRow("hint", tr("none yet")))
    rows += [InspectorRow("blank"), InspectorRow("heading", tr("Tags"), tail=str(len(tags) or ""))]
    rows += [InspectorRow("tag", tag, lead="#", subject=tag) for tag in tags]
    if not tags:
        rows.append(InspectorRow("hint", tr("none yet")))
    rows += _amount_rows(article.mentions.amounts)
    rows += _entity_rows(article.mentions)
    return rows


def normalised(amount: Amount) -> str:
    """Write a sum in its currency and a short scale: "USD 504 M", "EUR 0.5–15 M", "USD ?"."""
    if amount.value is not None:
        number = scaled((amount.value,))
    elif amount.low is not None and amount.high is not None:
        number = scaled((amount.low, amount.high))
    else:
        bound = amount.low if amount.low is not None else amount.high
        number = "?" if bound is None else scaled((bound,))
    return f"{'~' if amount.approximate else ''}{amount.currency} {number}"


def scaled(values: tuple[Decimal, ...]) -> str:
    """Write numbers in the largest of k, M, bn, tn that the greatest reaches, exactly."""
    greatest = max(abs(value) for value in values)
    for exponent, unit in ((12, "tn"), (9, "bn"), (6, "M"), (3, "k")):
        if greatest >= Decimal(10) ** exponent:
            numbers = [value.scaleb(-exponent) for value in values]
            return "–".join(_digits(number) for number in numbers) + f" {unit}"
    return "–".join(_digits(value) for value in values)


def _digits(number: Decimal) -> str:
    text = format(number, ",f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _note_rows(note: NoteLine, width: int) -> Iterable[InspectorRow]:
    from tui.typesetting.linebreak import break_rows  # the inspector may never open

    yield InspectorRow("note", note.when, lead="✎", subject=note.id, tail="")
    for paragraph in note.text.split("\n"):
        for start, end in break_rows(paragraph, max(4, width - 2)):
            yield InspectorRow("note", paragraph[start:end], lead=" ", subject=note.id)


def _amount_rows(amounts: Sequence[Amount]) -> Iterable[InspectorRow]:
    if not amounts:
        return
    yield InspectorRow("blank")
    yield InspectorRow("heading", tr("Sums"), tail=str(len(amounts)))
    for amount in amounts:
        yield InspectorRow(
            "amount", amount.text, tail=normalised(amount), mention="amount", places=(amount.place,)
        )


def _entity_rows(mentions: Mentions) -> Iterable[InspectorRow]:
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
            forms = dict.fromkeys(entity.text for entity in found)
            forms.pop(canonical, None)
            yield InspectorRow(
                "entity",
                " · ".join([canonical, *forms]),
                tail=f"×{len(found)}" if len(found) > 1 else "",
                mention=entry.name,
                places=tuple(entity.place for entity in found),
            )
