"""Merge what a reviewer's devices hold: by annotation id and revision, nothing lost on a tie."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from annotations.documents import to_document
from annotations.files import dump
from annotations.model import Annotation, HighlightBody, NoteBody, OtherBody

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def merge(sources: Iterable[Iterable[Annotation]]) -> tuple[Annotation, ...]:
    """Return the current annotations, tombstones included, in order of creation.

    Of each id the highest revision counts. If several sources hold that revision with different
    content, all of them are returned; a tombstone then gives way to what is still there.
    """
    by_id: dict[str, list[Annotation]] = {}
    for source in sources:
        for annotation in source:
            known = by_id.get(annotation.id)
            if known is None or annotation.revision > known[0].revision:
                by_id[annotation.id] = [annotation]
            elif annotation.revision == known[0].revision and annotation not in known:
                known.append(annotation)
    merged: list[Annotation] = []
    for same in by_id.values():
        live = [annotation for annotation in same if not annotation.deleted]
        merged += live or same[:1]
    merged.sort(key=lambda annotation: annotation.created)
    return tuple(merged)


def revised(
    annotation: Annotation, current: Sequence[Annotation]
) -> tuple[Annotation, tuple[Annotation, ...]]:
    """Return `annotation` as the revision that comes after `current`, and what is kept beside it.

    `current` is what merge() holds of the same id. Reviewer, device and times are the caller's.
    A text that was changed elsewhere since the caller saw it is not overwritten: the caller's
    becomes an annotation of its own. The other sides of a tie get ids of their own, the same on
    every device, so that they outlive the new revision.
    """
    latest = max((one.revision for one in current), default=0)
    if not _is_text(annotation) or not current:
        return replace(annotation, revision=max(latest, annotation.revision) + 1), ()
    live = [one for one in current if not one.deleted]
    if annotation.revision < latest and live and not any(_says_same(annotation, o) for o in live):
        return _forked(annotation), ()
    beside: tuple[Annotation, ...] = ()
    if len(live) > 1:
        beside = tuple(_forked(one) for one in live if not _is_base(annotation, one))
    return replace(annotation, revision=max(latest, annotation.revision) + 1), beside


def is_stale(annotation: Annotation, current: Sequence[Annotation]) -> bool:
    """Tell whether a text was changed elsewhere since the caller saw it."""
    latest = max((one.revision for one in current), default=0)
    return _is_text(annotation) and annotation.revision < latest


def _is_text(annotation: Annotation) -> bool:
    return isinstance(annotation.body, NoteBody | HighlightBody | OtherBody)


def _says_same(one: Annotation, other: Annotation) -> bool:
    return one.body == other.body and one.target.selector == other.target.selector


def _is_base(annotation: Annotation, one: Annotation) -> bool:
    return annotation.device == one.device and annotation.modified == one.modified


def _forked(annotation: Annotation) -> Annotation:
    from uuid import NAMESPACE_OID, uuid5  # 2 ms, and seldom needed

    content = dump(to_document(annotation))
    return replace(annotation, id=str(uuid5(NAMESPACE_OID, content)), revision=1)
