"""Marking passages: acts upon a store, each one operation that undo takes back as a whole."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from annotations.model import (
    Annotation,
    HighlightBody,
    NoteBody,
    StoreError,
    TagBody,
    Target,
    new_annotation,
)
from annotations.tags import named
from annotations.text import note_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from annotations.model import ArticleRef, Body, IssueRef, Selector
    from annotations.store import Store

    Where = tuple[IssueRef, ArticleRef]


def highlight(
    store: Store, where: Where, selectors: Iterable[Selector], colour: str
) -> tuple[Annotation, ...]:
    """Mark passages in a colour."""
    with store.batch("highlight"):
        return tuple(_put(store, HighlightBody(colour), where, one) for one in selectors)


def change_highlight(
    store: Store,
    annotation: Annotation,
    *,
    colour: str | None = None,
    place: tuple[Selector, ArticleRef] | None = None,
) -> Annotation:
    """Give a highlight another colour, another place, or both; what is on it goes with it."""
    with store.batch("edit_highlight"):
        if place is not None:
            annotation = store.reattach(annotation, *place)
        body = annotation.body
        if colour is not None and isinstance(body, HighlightBody) and body.colour != colour:
            annotation = store.put(replace(annotation, body=replace(body, colour=colour)))
        return annotation


def take_away(store: Store, annotations: Iterable[Annotation]) -> None:
    """Delete passages with the notes and tags on them."""
    with store.batch("delete_highlight"):
        for one in annotations:
            for other in store.annotations(one.target.issue.id):
                if other.target.annotation == one.id:
                    store.delete(other)
            store.delete(one)


def note_on(
    store: Store, where: Where, selectors: Sequence[Selector], colour: str, text: str
) -> tuple[Annotation, ...]:
    """Mark passages in a colour with a note on the first; return the highlights and the note."""
    with store.batch("note"):
        marked = highlight(store, where, selectors, colour)
        return *marked, note_upon(store, marked[0], text)


def note_upon(store: Store, annotation: Annotation, text: str) -> Annotation:
    """Write a note on a marked passage."""
    with store.batch("note"):
        return _upon(store, annotation, NoteBody(note_text(text)))


def tag_on(
    store: Store,
    where: Where,
    selectors: Sequence[Selector],
    colour: str,
    names: Sequence[str],
) -> tuple[Annotation, ...]:
    """Mark passages in a colour with tags on each; return the highlights."""
    with store.batch("tag"):
        marked = highlight(store, where, selectors, colour)
        for one in marked:
            change_tags(store, one, names, ())
        return marked


def change_tags(
    store: Store, annotation: Annotation, add: Sequence[str], remove: Sequence[str]
) -> None:
    """Put tags on a marked passage and take tags off it."""
    with store.batch("tags" if add and remove else "tag" if add else "untag"):
        present = [
            one
            for one in store.annotations(annotation.target.issue.id)
            if one.target.annotation == annotation.id and isinstance(one.body, TagBody)
        ]
        for name in add:
            tag = store.tag_named(name)
            if not any(named(store.tags(), tag.name)(one.body) for one in present):
                _upon(store, annotation, TagBody(tag.id, tag.name))
        for name in remove:
            is_it = named(store.tags(), name)
            for one in present:
                if is_it(one.body):
                    store.delete(one)


def _upon(store: Store, annotation: Annotation, body: Body) -> Annotation:
    target = annotation.target
    if target.selector is None:
        raise StoreError("this annotation is on no passage")
    new = new_annotation(body, target.issue, target.article)
    return store.put(replace(new, target=replace(target, annotation=annotation.id)))


def _put(store: Store, body: Body, where: Where, selector: Selector) -> Annotation:
    new = new_annotation(body, *where)
    return store.put(replace(new, target=Target(*where, selector)))
