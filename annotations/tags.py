"""Tag definitions of all devices as a list of tags, one per folded path. Pure functions."""

from __future__ import annotations

from functools import lru_cache
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
_DEEPEST = 32  # tags above one another; a forged file may hold any number


def tag_list(definitions: Iterable[Mapping[str, Any]]) -> tuple[Tag, ...]:
    """Return the tags that these definitions of any number of devices make, oldest first.

    Of each id the highest revision counts, then the latest change. A tag's name is its path: the
    names of those above it and its own, with slashes. Ids whose paths fold to the same are one
    tag: the oldest gives the id, the others are its aliases, and so are those that were merged
    into one of them. What is under a tag that is gone, or under itself, is under none.
    """
    by_id = latest(definitions)
    live = {name: one for name, one in by_id.items() if not one["deleted"]}
    ordered = sorted(live.values(), key=lambda each: (each["created"], each["id"]))
    homes = {one["id"]: _home(one, live)["id"] for one in ordered}
    parents = _parents(live, homes)
    paths = _paths(live, parents)
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for one in ordered:
        if homes[one["id"]] == one["id"]:
            groups.setdefault(paths[one["id"]], []).append(one)
    by_home = {one["id"]: group for group in groups.values() for one in group}
    for one in ordered:
        if homes[one["id"]] != one["id"]:
            by_home[homes[one["id"]]].append(one)
    made: dict[str, Tag] = {}
    for path in sorted(groups, key=len):  # what is above is shorter
        group = groups[path]
        own = [one for one in group if homes[one["id"]] == one["id"]]
        spelt = next((one for one in own if parents[one["id"]]), own[0])
        goal = parents[spelt["id"]]
        above = made[paths[goal]] if goal else None
        made[path] = _tag(group, plain_line(spelt["name"]), above)
    return tuple(made[path] for path in groups)


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


def path_parts(name: str) -> list[str]:
    """Split a tag's name into those of the tags above it and its own; half-width blanks go."""
    parts = [part.strip() for part in name.replace("／", "/").split("/")]
    return [part for part in parts if part]


@lru_cache(maxsize=4096)
def fold_path(name: str) -> str:
    """Fold a tag's whole name for comparing: blanks around slashes make no difference either."""
    folded = fold_name(name)
    return "/".join(path_parts(folded)) or folded


def find_tag(tags: Iterable[Tag], name: str) -> Tag | None:
    """Return the tag of this name, whatever its case and width; None if there is none.

    The last part of a name will do where only one tag has it, unless a slash comes before it.
    """
    wanted, ends = fold_path(name), []
    for tag in tags:
        folded = fold_path(tag.name)
        if folded == wanted:
            return tag
        if folded.endswith("/" + wanted):
            ends.append(tag)
    rooted = name.lstrip().startswith(("/", "／"))
    return ends[0] if len(ends) == 1 and not rooted else None


def is_within(name: str, wanted: str) -> bool:
    """Tell whether a tag of this name is meant by `wanted`: itself, one above it, or its end."""
    return f"/{fold_path(wanted)}/" in f"/{fold_path(name)}/"


def named(tags: Iterable[Tag], name: str) -> Callable[[Body], bool]:
    """Return what tells a tag of this name; one without definition by the name it carries."""
    listed = tuple(tags)
    known = tags_by_id(listed)
    meant = find_tag(listed, name)
    wanted = fold_path(meant.name if meant else name)

    def is_it(body: Body) -> bool:
        if not isinstance(body, TagBody):
            return False
        tag = known.get(body.tag)
        return fold_path(tag.name if tag else body.name or plain_line(body.tag[:8])) == wanted

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


def _parents(
    live: Mapping[str, Mapping[str, Any]], homes: Mapping[str, str]
) -> dict[str, str | None]:
    """Return of each live id the one above it; None for those in a circle or too deep."""
    parents = {name: homes.get(one.get("parent") or "") for name, one in live.items()}
    depths: dict[str, int] = {}
    for name in live:
        chain: list[str] = []
        at: str | None = name
        while at is not None and at not in depths and at not in chain:
            if len(chain) == _DEEPEST:
                parents[at] = None
            chain.append(at)
            at = parents[at]
        if at is not None and at in chain:
            for one in chain[chain.index(at) :]:
                parents[one] = None
        for one in reversed(chain):
            goal = parents[one]
            depths[one] = depths[goal] + 1 if goal is not None else 0
            if depths[one] >= _DEEPEST:
                parents[one], depths[one] = None, 0
    return parents


def _paths(
    live: Mapping[str, Mapping[str, Any]], parents: Mapping[str, str | None]
) -> dict[str, str]:
    paths: dict[str, str] = {}
    for name in live:
        chain: list[str] = []
        at: str | None = name
        while at is not None and at not in paths:
            chain.append(at)
            at = parents[at]
        for one in reversed(chain):
            goal = parents[one]
            own = fold_path(plain_line(live[one]["name"]))
            paths[one] = f"{paths[goal]}/{own}" if goal is not None else own
    return paths


def _tag(group: list[Mapping[str, Any]], name: str, above: Tag | None) -> Tag:
    return Tag(
        group[0]["id"],
        f"{above.name}/{name}" if above else name,
        colour=_first(group, "colour"),
        key=_first(group, "key"),
        parent=above.id if above else None,
        aliases=tuple(one["id"] for one in group[1:]),
    )


def _first(group: list[Mapping[str, Any]], name: str) -> str | None:
    return next((plain_line(one[name]) for one in group if one.get(name)), None)
