"""The mentions of the open article with what the reader said of them, and what may be said."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from annotations.mention_corrections import appearance, mention_type
from annotations.mention_rules import body_of, squeezed
from annotations.model import ENTITY_TYPES, MentionBody
from bulletins.model import Amount, DateMention, Entity, Quantity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annotations.mention_corrections import CorrectedMentions, Mention
    from annotations.model import Annotation, MentionScope, MentionType, MentionValue
    from bulletins.model import Place


@dataclass(frozen=True, slots=True)
class MentionEntry:
    """A mention as found (None: the reader added it) and as shown (None: rejected).

    `annotation` is the correction that made the difference, if any.
    """

    before: Mention | None
    after: Mention | None
    annotation: Annotation | None = None

    @property
    def mention(self) -> Mention:
        """What is shown, or what was rejected."""
        mention = self.after or self.before
        assert mention is not None
        return mention

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.mention.place

    @property
    def kind(self) -> MentionType:
        """The class under which corrections know it: the one that it was found as."""
        if self.before is None and self.annotation is not None:
            return body_of(self.annotation).mention
        return mention_type(self.before or self.mention)

    @property
    def accepted(self) -> bool:
        """Say whether the reader confirmed what was found."""
        return self.annotation is not None and body_of(self.annotation).act == "accept"

    @property
    def added(self) -> bool:
        """Say whether it is shown because the reader added it."""
        return self.annotation is not None and body_of(self.annotation).act == "add"

    @property
    def changed(self) -> bool:
        """Say whether it is shown otherwise than it was found."""
        return self.annotation is not None and self.before != self.after


def mention_entries(found: CorrectedMentions) -> list[MentionEntry]:
    """List all mentions of an article, the rejected ones too, in order of appearance."""
    entries = [MentionEntry(one.before, one.after, one.annotation) for one in found.corrected]
    known = {id(one.after) for one in found.corrected}
    mentions = found.mentions
    shown: Iterable[Mention] = (
        *mentions.amounts,
        *mentions.quantities,
        *mentions.dates,
        *mentions.entities,
    )
    corrected = {(mention_type(one.after), one.after.place) for one in entries if one.after}
    entries += [
        MentionEntry(one, one)
        for one in shown
        if id(one) not in known and (mention_type(one), one.place) not in corrected
    ]
    entries.sort(key=lambda one: appearance(one.place))
    return entries


def entry_at(entries: Iterable[MentionEntry], place: Place, kind: str = "") -> MentionEntry | None:
    """Return the mention at a place, of the class `kind` if there are several; a rejected last."""
    here = [one for one in entries if one.place == place]
    here.sort(key=lambda one: (one.after is None, mention_type(one.mention) != kind))
    return here[0] if here else None


def default_scope(kind: str) -> MentionScope:
    """Return where a correction holds unless the reader says otherwise: names everywhere."""
    return "library" if kind in ENTITY_TYPES else "here"


def accepting(entry: MentionEntry, scope: MentionScope) -> MentionBody | None:
    """Say that a mention is right as it was found; None: nothing to say of an added one."""
    if entry.added:
        return None
    return MentionBody("accept", entry.kind, squeezed(entry.mention.text), scope)


def rejecting(entry: MentionEntry, scope: MentionScope) -> MentionBody | None:
    """Say that a mention is none; None: what was added there is to be taken back."""
    if entry.added and entry.annotation and body_of(entry.annotation).scope == scope:
        return None
    return MentionBody("reject", entry.kind, squeezed(entry.mention.text), scope)


def retyping(
    entry: MentionEntry, scope: MentionScope, kind: MentionType, value: MentionValue | None = None
) -> MentionBody | None:
    """Say that a mention is of another class; None: that leaves nothing said of it."""
    body = _said(entry, scope)
    is_name = kind in ENTITY_TYPES
    name = body.name if is_name else ""
    if not is_name and value is None and (kind == entry.kind or kind == body.type):
        value = body.value
    if body.act == "add":
        return replace(body, mention=kind, name=name, value=None if is_name else value)
    if kind != entry.kind:
        value = None if is_name else value
        return replace(body, act="retype", type=kind, name=name, value=value)
    if name:
        return replace(body, act="rename", type=None, name=name, value=None)
    return replace(body, act="revalue", type=None, name="", value=value) if value else None


def renaming(entry: MentionEntry, scope: MentionScope, name: str) -> MentionBody:
    """Say under which name a name belongs: its correct form, or another name to merge it with."""
    body = _said(entry, scope)
    return replace(body, act="add" if body.act == "add" else "rename", name=name)


def revaluing(entry: MentionEntry, scope: MentionScope, value: MentionValue) -> MentionBody:
    """Say what a figure or a date is."""
    body = _said(entry, scope)
    return replace(body, act="add" if body.act == "add" else "revalue", value=value)


def adding(
    text: str, kind: MentionType, scope: MentionScope, value: MentionValue | None = None
) -> MentionBody:
    """Say that some words are a mention that was missed."""
    return MentionBody("add", kind, squeezed(text), scope, value=value)


def _said(entry: MentionEntry, scope: MentionScope) -> MentionBody:
    """Return what was said of a mention so far, to be said in `scope` with one thing more."""
    fresh = MentionBody("accept", entry.kind, squeezed(entry.mention.text), scope)
    if entry.annotation is None:
        return fresh
    body = body_of(entry.annotation)
    if body.act == "add":
        return body if body.scope == scope else replace(fresh, name=body.name, value=body.value)
    return replace(fresh, type=body.type, name=body.name, value=body.value)


def name_of(mention: Mention) -> str:
    """Return the canonical form of a name; "" of anything else."""
    return mention.canonical if isinstance(mention, Entity) else ""


def value_of(mention: Mention) -> str:
    """Write what a figure or a date is, as it may be typed again; "" of a name."""
    from tui.inspection.wording import normalised

    match mention:
        case Amount():
            return normalised(mention)
        case DateMention():
            return mention.iso
        case Quantity():
            sides = [mention.low, mention.high] if mention.value is None else [mention.value]
            numbers = tuple(one for one in sides if one is not None)
            written = "–".join(format(one, "f") for one in numbers)
            return f"{written} {mention.unit}".strip()
        case Entity():
            return ""
