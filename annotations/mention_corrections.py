"""Lay the reader's corrections over the mentions of an article; nothing printed is changed."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from annotations.mention_links import relinked
from annotations.mention_rules import MentionRules, body_of, rank, squeezed
from annotations.mention_spots import Places, form_at, text_at
from annotations.mention_values import date_kind
from annotations.model import ENTITY_TYPES, MentionBody, MentionValue
from bulletins.model import Amount, DateMention, Entity, Mentions, Place, Quantity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from annotations.model import Annotation, MentionType
    from bulletins.model import Article, EntityType, QuantityKind

    Mention = Amount | Quantity | DateMention | Entity


@dataclass(frozen=True, slots=True)
class CorrectedMention:
    """What became of one mention: `before` is None of an added one, `after` of a rejected one."""

    before: Mention | None
    after: Mention | None
    annotation: Annotation

    @property
    def place(self) -> Place:
        """Where it stands."""
        mention = self.after or self.before
        assert mention is not None
        return mention.place


@dataclass(frozen=True, slots=True)
class CorrectedMentions:
    """The mentions that the reader sees; `corrected` is in order of appearance.

    `unplaced` are corrections of this article's spans whose words it no longer has.
    """

    mentions: Mentions
    corrected: tuple[CorrectedMention, ...] = ()
    unplaced: tuple[Annotation, ...] = ()


class _Candidate(NamedTuple):
    """A mention to show: as found or added, what it becomes, and by which correction.

    `at` is its place in its tuple of the article's mentions; None for one that is new there.
    """

    before: Mention | None
    after: Mention
    at: int | None = None
    annotation: Annotation | None = None
    strong: bool = False
    """The reader said it of this very span: it wins over what it overlaps."""


def apply_corrections(
    article: Article, library: MentionRules, own: Sequence[Annotation] = ()
) -> CorrectedMentions:
    """Return an article's mentions as the reader wants them.

    `library` holds what counts in the whole library, `own` what was said in this article. Linear
    in the mentions and in `own`, and in the text where forms were added.
    """
    if not library and not own:
        return CorrectedMentions(article.mentions)
    places = Places(article)
    here, lost = _of_spans(article, own, places)
    around = MentionRules(one for one in own if body_of(one).scope == "article")
    kept: list[_Candidate] = []
    corrected: list[CorrectedMention] = []
    for one in (*_found(article.mentions), *_added(article, library, around, own, places)):
        key = (mention_type(one.after), squeezed(one.after.text))
        place = one.after.place
        verdict = (
            (here.get((key[0], place)) if here else None)
            or around.said.get(key)
            or library.said.get(key)
        )
        if verdict is None or (one.annotation and rank(verdict) < rank(one.annotation)):
            kept.append(one)
        elif body_of(verdict).act == "reject":
            corrected.append(CorrectedMention(one.before or one.after, None, verdict))
        else:
            kept.append(_changed(one, verdict))
    kept, covered = _without_overlaps(kept)
    corrected += covered
    corrected += [
        CorrectedMention(one.before, one.after, one.annotation) for one in kept if one.annotation
    ]
    corrected.sort(key=lambda one: appearance(one.place))
    return CorrectedMentions(
        _mentions(article.mentions, kept, corrected), tuple(corrected), tuple(lost)
    )


def mention_type(mention: Mention) -> MentionType:
    """Return the class of a mention: amount, quantity, date, or a name's type."""
    match mention:
        case Amount():
            return "amount"
        case Quantity():
            return "quantity"
        case DateMention():
            return "date"
        case Entity():
            return mention.type


def appearance(place: Place) -> tuple[int, int, int, int]:
    """Sort mentions as `Mentions` has them: title, blocks, footnotes; by their starts in each."""
    part = 2 if place.footnote is not None else int(place.block is not None)
    return part, place.footnote or place.block or 0, place.start, place.end


def _of_spans(
    article: Article, own: Sequence[Annotation], places: Places
) -> tuple[dict[tuple[MentionType, Place], Annotation], list[Annotation]]:
    """Return what was said of single spans, by class and place, and what lost its place."""
    found: dict[tuple[MentionType, Place], Annotation] = {}
    lost: list[Annotation] = []
    for one in sorted(own, key=rank):
        body, selector = body_of(one), one.target.selector
        if body.scope != "here":
            continue
        place, same = places.find(selector) or (None, False)
        if place is None:
            lost.append(one)
        elif body.act != "add" and not (same and form_at(article, place) != body.form):
            found[body.mention, place] = one
    return found, lost


def _found(mentions: Mentions) -> Iterator[_Candidate]:
    groups: tuple[Sequence[Mention], ...] = (
        mentions.amounts,
        mentions.quantities,
        mentions.dates,
        mentions.entities,
    )
    for group in groups:
        for index, mention in enumerate(group):
            yield _Candidate(mention, mention, index)


def _added(
    article: Article,
    library: MentionRules,
    around: MentionRules,
    own: Sequence[Annotation],
    places: Places,
) -> Iterator[_Candidate]:
    """Yield what the reader added: where it was said, and wherever else it is meant to be."""
    strong: dict[tuple[Place, str], Annotation] = {}
    for one in sorted(own, key=rank):
        body = body_of(one)
        selector = one.target.selector if body.act == "add" else None
        place = (places.find(selector) or (None, False))[0]
        if place is not None and _is_current(one, library, around):
            strong[place, _group(body.mention)] = one
    for (place, _), annotation in strong.items():
        mention = _made(article, body_of(annotation), place)
        yield _Candidate(None, mention, None, annotation, strong=True)
    for rules in (around, library):
        for form, place in rules.occurrences(article):
            annotation = around.added.get(form) or rules.added[form]
            body = body_of(annotation)
            if (place, _group(body.mention)) in strong or (
                rules is library and form in around.added
            ):
                continue
            yield _Candidate(None, _made(article, body, place), None, annotation)


def _is_current(annotation: Annotation, library: MentionRules, around: MentionRules) -> bool:
    """Say whether no later correction of the same scope says something else of the form."""
    body = body_of(annotation)
    rules = {"library": library, "article": around}.get(body.scope)
    return rules is None or rules.added.get(body.form) == annotation


def _made(article: Article, body: MentionBody, place: Place) -> Mention:
    text = text_at(article, place)[place.start : place.end]
    return _as(body.mention, text, place, body)


def _as(kind: MentionType, text: str, place: Place, body: MentionBody) -> Mention:
    """Return the mention of a class that a correction makes of some words."""
    value = body.value or MentionValue()
    numbers = value.value, value.low, value.high
    if kind == "amount":
        return Amount(text, place, value.unit, *numbers)
    if kind == "quantity":
        measure: QuantityKind = "percent" if value.unit == "%" else "other"
        return Quantity(text, place, measure, value.unit, *numbers)
    if kind == "date":
        return DateMention(text, place, value.iso, date_kind(value.iso) or "day")
    return Entity(kind, text, body.name or squeezed(text), place)


def _changed(one: _Candidate, verdict: Annotation) -> _Candidate:
    """Return a mention as a correction has it; an accepted one stays what it is."""
    body, mention = body_of(verdict), one.after
    before = mention_type(mention)
    kind = body.type or before
    if _group(kind) != _group(before):
        # Among others of its new class it is new.
        mention = _as(kind, mention.text, mention.place, body)
        return _Candidate(one.before or one.after, mention, None, verdict, body.scope == "here")
    value = body.value
    if isinstance(mention, Entity):
        name = body.name or mention.canonical
        if (kind, name) != (mention.type, mention.canonical):
            # The name of another thing: what the program took it for says nothing of that.
            mention = replace(mention, type=_entity_type(kind), canonical=name, identity=None)
    elif value is not None and isinstance(mention, DateMention):
        mention = replace(mention, iso=value.iso, kind=date_kind(value.iso) or mention.kind)
    elif value is not None and isinstance(mention, Amount):
        mention = replace(
            mention, currency=value.unit, value=value.value, low=value.low, high=value.high
        )
    elif value is not None and isinstance(mention, Quantity):
        made = _as("quantity", mention.text, mention.place, body)
        assert isinstance(made, Quantity)
        same_unit = value.unit == mention.unit
        made = replace(made, approximate=mention.approximate, comparison=mention.comparison)
        mention = replace(made, kind=mention.kind) if same_unit else made
    return one._replace(after=mention, annotation=verdict)


def _entity_type(kind: MentionType) -> EntityType:
    return next(one for one in ENTITY_TYPES if one == kind)


def _group(kind: MentionType) -> str:
    """Name the tuple of `Mentions` that a class belongs to: spans of one do not overlap."""
    return "entity" if kind in ENTITY_TYPES else kind


def _without_overlaps(
    candidates: list[_Candidate],
) -> tuple[list[_Candidate], list[CorrectedMention]]:
    """Return what stays where new mentions overlap others of their group, and what gives way.

    What the reader said of that very span stays, else the longest, else what was found.
    """
    fresh = {_group(mention_type(one.after)) for one in candidates if one.at is None}
    if not fresh:
        return candidates, []
    taken: dict[tuple[str, int | None, int | None], list[tuple[int, int, int]]] = {}
    kept: list[_Candidate] = []
    covered: list[CorrectedMention] = []
    for one in sorted(candidates, key=_strength):
        place, group = one.after.place, _group(mention_type(one.after))
        if group not in fresh:
            kept.append(one)
            continue
        spans = taken.setdefault((group, place.block, place.footnote), [])
        after = bisect_left(spans, (place.end,))
        blocked = after and spans[after - 1][1] > place.start
        if not blocked:
            spans.insert(after, (place.start, place.end, len(kept)))
            kept.append(one)
            continue
        number = spans[after - 1][2]
        blocker = kept[number]
        if one.at is None:
            continue
        if blocker.at is not None or blocker.annotation is None:
            kept.append(one)  # both were found so
        elif blocker.before is None and blocker.after.place == place:
            kept[number] = blocker._replace(before=one.before)
        else:
            covered.append(CorrectedMention(one.before, None, blocker.annotation))
    return kept, covered


def _strength(one: _Candidate) -> tuple[bool, int, bool, tuple[int, int, int, int]]:
    place = one.after.place
    return not one.strong, place.start - place.end, one.at is None, appearance(place)


def _mentions(
    before: Mentions, kept: list[_Candidate], corrected: list[CorrectedMention]
) -> Mentions:
    """Put what is kept into its tuples, in order of appearance, and tie them together anew."""
    if any(one.at is None for one in kept):
        kept = sorted(kept, key=lambda one: appearance(one.after.place))
    else:
        kept = sorted(kept, key=lambda one: one.at or 0)
    shown = [one.after for one in kept]
    sums = [one.at for one in kept if isinstance(one.after, Amount)]
    whole = replace(
        before,
        amounts=tuple(one for one in shown if isinstance(one, Amount)),
        quantities=tuple(one for one in shown if isinstance(one, Quantity)),
        dates=tuple(one for one in shown if isinstance(one, DateMention)),
        entities=_identified([one for one in shown if isinstance(one, Entity)]),
    )
    indexes = {was: now for now, was in enumerate(sums) if was is not None}
    return relinked(whole, indexes, [(one.before, one.after) for one in corrected])


def _identified(entities: list[Entity]) -> tuple[Entity, ...]:
    """Give names that were merged with another its identity, as far as the article tells one."""
    known = {(one.type, one.canonical): one.identity for one in entities if one.identity}
    return tuple(
        replace(one, identity=known[one.type, one.canonical])
        if one.identity is None and (one.type, one.canonical) in known
        else one
        for one in entities
    )
