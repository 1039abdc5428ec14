"""Merge what a reviewer's devices hold: by annotation id and revision, nothing lost on a tie."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from annotations.documents import to_document
from annotations.lines import dump
from annotations.model import Annotation, HighlightBody, NoteBody, OtherBody

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def merge(sources: Iterable[Iterable[Annotation]]) -> tuple[Annotation, ...]:
    """Return the current annotations, tombstones included, in order of creation.

    Of each id a revision gives way to one that has taken it in. Revisions made at the same time on
    several devices are all returned; a tombstone among them gives way to what is still there.
    """
    by_id: dict[str, list[Annotation]] = {}
    for source in sources:
        for annotation in source:
            known = by_id.get(annotation.id)
            if known is None:
                by_id[annotation.id] = [annotation]
            elif annotation not in known:
                known.append(annotation)
    merged: list[Annotation] = []
    for same in by_id.values():
        merged += same if len(same) == 1 else _current(same)
    merged.sort(key=order)
    return tuple(merged)


def order(annotation: Annotation) -> tuple[str, str, str, int]:
    """Sort by creation, then by what gives the same order on every device."""
    return annotation.created, annotation.id, annotation.device, annotation.revision


def revised(
    annotation: Annotation, current: Sequence[Annotation], device: str, used: int = 0
) -> tuple[Annotation, tuple[Annotation, ...]]:
    """Return `annotation` as the revision that `device` stores next, and what it keeps beside it.

    `current` is what merge() holds of the same id; `used` is the highest revision of it that was
    undone, which is never used for anything else. Reviewer, device and times are the caller's to
    set. A file holds one revision of an id, so a text that was changed in this device's file since
    the caller saw it moves over: the caller's becomes an annotation of its own, or, where the
    caller's is another device's side of a tie, this device's does.
    """
    beside: list[Annotation] = []
    taken_in = [annotation]
    if not is_text(annotation):
        taken_in += current
    else:
        for one in current:
            if one.device != device or one.deleted or _has_seen(annotation, one):
                continue
            if one.body == annotation.body and one.target.selector == annotation.target.selector:
                continue
            if annotation.device != device and annotation.revision:
                beside.append(forked(one))
            else:
                annotation, beside, taken_in, current = forked(annotation), [], [], ()
                used = 0
                break
    revision = max((one.revision for one in (*current, *taken_in)), default=0)
    revision = max(revision, used) + 1
    versions: dict[str, int] = {}
    for one in taken_in:
        for name, number in versions_of(one).items():
            versions[name] = max(number, versions.get(name, 0))
    versions[device] = revision
    stored = replace(annotation, revision=revision, versions=tuple(sorted(versions.items())))
    return stored, tuple(beside)


def is_stale(annotation: Annotation, current: Sequence[Annotation]) -> bool:
    """Tell whether what the caller saw of a text is no longer current."""
    seen = (annotation.device, annotation.revision)
    return is_text(annotation) and all((one.device, one.revision) != seen for one in current)


def versions_of(annotation: Annotation) -> dict[str, int]:
    """Return which revision of each device this one has taken in, itself included."""
    if annotation.versions:
        return dict(annotation.versions)
    return {annotation.device: annotation.revision} if annotation.revision else {}


def _current(same: list[Annotation]) -> list[Annotation]:
    kept = [
        one
        for one in same
        if not any(_has_seen(other, one) and not _has_seen(one, other) for other in same)
    ]
    kept = kept or same  # a circle, which only a forged file can hold
    return [one for one in kept if not one.deleted] or kept[:1]


def _has_seen(one: Annotation, other: Annotation) -> bool:
    return versions_of(one).get(other.device, 0) >= other.revision


def is_text(annotation: Annotation) -> bool:
    """Tell whether an annotation says something of its own, which another can't stand for."""
    return isinstance(annotation.body, NoteBody | HighlightBody | OtherBody)


def forked(annotation: Annotation) -> Annotation:
    """Return the annotation under an id that follows from its content, the same on every device."""
    from uuid import NAMESPACE_OID, uuid5  # 2 ms, and seldom needed

    name = str(uuid5(NAMESPACE_OID, dump(to_document(annotation))))
    versions = ((annotation.device, 1),)
    return replace(annotation, id=name, revision=1, versions=versions)
