"""How sums, and what is known of them, are put into few words."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tui.locale import mark, ntr, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulletins.model import Amount, Doubt, Evidence, Flow, Place

KINDS = {
    "grant": mark("grant"),
    "loan": mark("loan"),
    "investment": mark("investment"),
    "budget": mark("budget"),
    "price": mark("price"),
    "revenue": mark("revenue"),
    "equivalent": mark("equivalent"),
}
STATUSES = {
    "planned": mark("planned"),
    "announced": mark("announced"),
    "committed": mark("committed"),
    "paid": mark("paid"),
}
_PER = {
    "year": mark("per year"),
    "month": mark("per month"),
    "day": mark("per day"),
    "hour": mark("per hour"),
    "share": mark("per share"),
    "person": mark("per person"),
    "item": mark("per item"),
}
_MOST_SUMMANDS = 4


def normalised(amount: Amount) -> str:
    """Write a sum in its currency and a short scale: "USD 504 M", "EUR 0.5–15 M", "USD ?"."""
    return f"{'~' if amount.approximate else ''}{amount.currency} {_figures(amount)}"


def scaled(values: Sequence[Decimal], between: str = "–") -> str:
    """Write numbers in the largest of k, M, bn, tn that the greatest reaches, exactly."""
    greatest = max(abs(value) for value in values)
    for exponent, unit in ((12, "tn"), (9, "bn"), (6, "M"), (3, "k")):
        if greatest >= Decimal(10) ** exponent:
            numbers = [value.scaleb(-exponent) for value in values]
            return between.join(_digits(number) for number in numbers) + f" {unit}"
    return between.join(_digits(value) for value in values)


def per_words(amount: Amount) -> str:
    """Say what one such sum is for: "per year"; "" for a whole sum."""
    if amount.per is None:
        return ""
    known = _PER.get(amount.per)
    return tr(known) if known else tr("per {unit}").format(unit=amount.per)


def kind_words(flow: Flow) -> str:
    """Say what kind of payment it is; "" if the text does not."""
    return tr(KINDS.get(flow.kind.value, flow.kind.value)) if flow.kind else ""


def status_words(flow: Flow) -> str:
    """Say how far the payment has got; "" if the text does not."""
    return tr(STATUSES.get(flow.status.value, flow.status.value)) if flow.status else ""


def names_of(parties: Sequence[Evidence]) -> str:
    """Join the names of those who pay or receive, as the bulletins do."""
    return "、".join(dict.fromkeys(party.value for party in parties))


def parties(flow: Flow) -> str:
    """Write who pays whom: "A → B", "A →", "→ B"; "" if the text says neither."""
    payer, recipient = names_of(flow.payer), names_of(flow.recipient)
    return f"{payer} → {recipient}".strip() if payer or recipient else ""


def relation_words(flow: Flow, amounts: Sequence[Amount]) -> str:
    """Say how a sum stands to others: "total of 10 + 10 M", "part of 154 M", "≈ USD 12.7 bn"."""
    others = [amounts[other] for other in flow.others]
    if flow.relation is None or not others:
        return ""
    if flow.relation == "total" and len(others) == 1:
        return tr("includes {sum}").format(sum=normalised(others[0]))
    if flow.relation == "total":
        return tr("total of {sums}").format(sums=_summands(others))
    if flow.relation == "part":
        return tr("part of {sum}").format(sum=normalised(others[0]))
    sign = "≈" if flow.relation == "equivalent" else "="
    return f"{sign} {normalised(others[0])}"


def doubt_words(doubt: Doubt, amounts: Sequence[Amount]) -> str:
    """Warn of two sums that should agree and do not, in the words of the article."""
    first, second = (_quoted(amounts[index]) for index in (doubt.first, doubt.second))
    return tr("⚠ Two sums disagree: {first}, {second}").format(first=first, second=second)


def where_words(place: Place) -> str:
    """Name the part of the article in which a mention stands."""
    if place.footnote is not None:
        return tr("footnote")
    return tr("title") if place.block is None else tr("text")


def _figures(amount: Amount) -> str:
    if amount.value is not None:
        return scaled((amount.value,))
    if amount.low is not None and amount.high is not None:
        return scaled((amount.low, amount.high))
    bound = amount.low if amount.low is not None else amount.high
    return "?" if bound is None else scaled((bound,))


def _summands(amounts: Sequence[Amount]) -> str:
    """Write the parts of a total in one scale, or count them."""
    values = [amount.value for amount in amounts if amount.value is not None]
    alike = len({amount.currency for amount in amounts}) == 1 and len(values) == len(amounts)
    if alike and len(values) <= _MOST_SUMMANDS:
        return scaled(values, " + ")
    return ntr("{n} sum", "{n} sums", len(amounts))


def _quoted(amount: Amount) -> str:
    if amount.place.footnote is not None:
        written = tr("“{words}” in a footnote")
    elif amount.place.block is None:
        written = tr("“{words}” in the title")
    else:
        written = tr("“{words}” in the text")
    return written.format(words=amount.text)


def _digits(number: Decimal) -> str:
    text = format(number, ",f")
    return text.rstrip("0").rstrip(".") if "." in text else text
