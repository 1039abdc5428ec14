"""Read YAML back quickly: the fast parser's events, made into plain data without its nodes."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class _UnusualError(Exception):
    """References and tags, which we never write."""


def load(text: str) -> Any:
    """Read one document of plain data. Raises yaml.YAMLError."""
    import yaml

    # libyaml is quick, and the reader that most other programs use.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return _built(yaml.parse(text, loader))
    except _UnusualError:
        return yaml.load(text, loader)


def _built(events: Iterator[Any]) -> Any:
    """Make data of the events of one document, as PyYAML's safe constructor does."""
    import yaml

    meaning = _meanings()
    whole: list[Any] = []
    place: list[Any] = whole  # what is being filled; a mapping as keys and values in turn
    above: list[list[Any]] = []
    for event in events:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            if event.tag is not None or event.anchor is not None:
                raise _UnusualError
            place.append(meaning(event.value) if event.implicit[0] else event.value)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            if event.tag is not None or event.anchor is not None:
                raise _UnusualError
            above.append(place)
            place = []
        elif kind is yaml.MappingEndEvent:
            try:
                made = dict(zip(place[::2], place[1::2], strict=True))
            except TypeError as error:  # a key that is a list or a mapping
                raise _UnusualError from error
            place = above.pop()
            place.append(made)
        elif kind is yaml.SequenceEndEvent:
            found, place = place, above.pop()
            place.append(found)
        elif kind is yaml.AliasEvent:
            raise _UnusualError
    if len(whole) > 1:
        raise _UnusualError
    return whole[0] if whole else None


@cache
def _meanings() -> Callable[[str], Any]:
    """Return what tells the meaning of a plain text: number, time, truth value, null or text."""
    import yaml

    resolvers = yaml.SafeLoader.yaml_implicit_resolvers
    every = resolvers.get(None, [])
    constructor = yaml.constructor.SafeConstructor()
    text_tag = "tag:yaml.org,2002:str"

    @cache
    def meaning(tag: str, value: str) -> Any:
        return constructor.construct_object(yaml.ScalarNode(tag, value))

    def of(value: str) -> Any:
        for tag, pattern in (*resolvers.get(value[:1], ()), *every):
            if pattern.match(value):
                if tag.endswith((":merge", ":value")):
                    raise _UnusualError
                return meaning(tag, value) if tag != text_tag else value
        return value

    return of
