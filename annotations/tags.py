"""Tag definitions of all devices as a list of tags, one per folded name. Pure functions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from annotations.model import Tag, TagBody
from annotations.text import fold_name
from bulletins.sources.plain import plain_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from annotations.model import Body

Definition = dict[str, Any]
_TEXTS = ("id", "name", "created", "modified")
_OPTIONAL = ("colour", "key", "parent", "alias_of")


def tag_list(definitions: Iterable[Mapping[str, Any]]) -> tuple[Tag, ...]:
    """Return the tags that these definitions of any number of devices make, oldest first.

    Of each id the highest revision counts, then the latest change. Ids whose names fold to the
    same are one tag: the oldest gives the id, the others are its aliases, and so are those that
    were merged into one of them.
    """
    by_id = latest(definitions)
    live = {name: one for name, one in by_id.items() if not one["deleted"]}
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for one in sorted(live.values(), key=lambda each: (each["created"], each["id"])):
        if _home(one, live) is one:
            groups.setdefault(fold_name(plain_line(one["name"])), []).append(one)
    by_home = {one["id"]: group for group in groups.values() for one in group}
    for one in sorted(live.values(), key=lambda each: (each["created"], each["id"])):
        home = _home(one, live)
        if home is not one:
            by_home[home["id"]].append(one)
    return tuple(_tag(group) for group in groups.values())


def latest(definitions: Iterable[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """Return of each id the definition that counts: of the highest revision, then the latest."""
    by_id: dict[str, Mapping[str, Any]] = {}
    for definition in definitions:
        known = by_id.get(definition["id"])
        if known is None or _age(definition) > _age(known):
            by_id[definition["id"]] = definition
    return by_id


def is_definition(document: Mapping[str, Any]) -> bool:
    """Tell whether a document is a tag's definition that this version can read."""
    return (
        all(isinstance(document.get(name), str) for name in _TEXTS)
        and type(document.get("revision")) is int
        and isinstance(document.get("deleted"), bool)
        and all(isinstance(document.get(n), str | None) for n in _OPTIONAL)
    )


def definition(tag: Tag, reviewer: str, device: str, now: str) -> Definition:
    """Return the first revision of a tag's definition as a document."""
    return {
        "id": tag.id,
        "revision": 1,
        "reviewer": reviewer,
        "device": device,
        "created": now,
        "modified": now,
        "deleted": False,
        "name": tag.name,
        "colour": tag.colour,
        "key": tag.key,
        "parent": tag.parent,
    }


def tags_by_id(tags: Iterable[Tag]) -> dict[str, Tag]:
    """Map every id, aliases included, to its tag."""
    return {name: tag for tag in tags for name in (tag.id, *tag.aliases)}


def find_tag(tags: Iterable[Tag], name: str) -> Tag | None:
    """Return the tag of this name, whatever its case and width; None if there is none."""
    wanted = fold_name(name)
    return next((tag for tag in tags if fold_name(tag.name) == wanted), None)


def named(tags: Iterable[Tag], name: str) -> Callable[[Body], bool]:
    """Return what tells a tag of this name; one without definition by the name it carries."""
    known = tags_by_id(tags)
    wanted = fold_name(name)

    def is_it(body: Body) -> bool:
        if not isinstance(body, TagBody):
            return False
        tag = known.get(body.tag)
        return fold_name(tag.name if tag else body.name or plain_line(body.tag[:8])) == wanted

    return is_it


def _home(
    definition: Mapping[str, Any], live: Mapping[str, Mapping[str, Any]]
) -> Mapping[str, Any]:
    """Return the definition that one was merged into; itself if there is no such (or a circle)."""
    one, seen = definition, {definition["id"]}
    while (goal := live.get(one.get("alias_of") or "")) is not None:
        if goal["id"] in seen:
            return definition
        seen.add(goal["id"])
        one = goal
    return one


def _age(definition: Mapping[str, Any]) -> tuple[int, str]:
    return definition["revision"], definition["modified"]


def _tag(group: list[Mapping[str, Any]]) -> Tag:
    first = group[0]
    return Tag(
        first["id"],
        plain_line(first["name"]),
        colour=_first(group, "colour"),
        key=_first(group, "key"),
        parent=first["parent"],
        aliases=tuple(one["id"] for one in group[1:]),
    )


def _first(group: list[Mapping[str, Any]], name: str) -> str | None:
    return next((plain_line(one[name]) for one in group if one[name]), None)
