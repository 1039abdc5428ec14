"""Tag definitions as a reviewer's work: made, renamed, merged, coloured, nested and deleted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from annotations.files import TAGS
from annotations.model import StoreError, Tag, TagBody
from annotations.tags import (
    definition,
    find_tag,
    latest,
    named,
    path_parts,
    tags_by_id,
)
from annotations.tallies import tally
from annotations.text import line_text
from annotations.writing import Writing
from bulletins.sources.plain import plain_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotations.model import Annotation
    from annotations.tallies import Tally


class TagWork(Writing):
    """The part of a Store that keeps tag definitions. Tags are given by their names."""

    def tags(self) -> tuple[Tag, ...]:
        """Return all tags of the reviewer, oldest first."""
        with self._lock.threads:
            return self._definitions.tags(look=not self._lock.is_held)  # a save lists no folder

    def tag_counts(self) -> dict[str, int]:
        """Return how many articles carry each tag, by its name; tags not in use count 0."""
        return {one.tag.name: one.articles for one in self.tallies()}

    def tallies(self) -> tuple[Tally, ...]:
        """Return all tags with how often and when each is used, in order of their names."""
        with self._lock.threads:
            return tally(self.tags(), self._index.summaries().values())

    def define_tag(self, name: str) -> Tag:
        """Return the tag of this name, made with those above it if there is none."""
        with self._saving("define_tag"):
            return self._tag_named(line_text(name, "tag"))

    def rename_tag(self, name: str, new: str) -> Tag:
        """Give a tag another name; what carries it shows that, and so does what is under it.

        `new` is the whole name: parts before a slash are the tags above it, made if there are
        none. Raises StoreError if the name is taken, or is one of a tag under this one.
        """
        parts = path_parts(line_text(new, "tag"))
        if not parts:
            raise StoreError("the tag is empty")
        with self._saving("rename_tag"):
            tag = self._tag(name)
            self._refuse_taken("/".join(parts), tag)
            above = self._made(parts[:-1])
            self._refuse_circle(tag, above)
            return self._redefine(tag, name=parts[-1], parent=above.id if above else None)

    def merge_tags(self, name: str, into: str) -> Tag:
        """Make a tag an alias of another one, which what carries it shows from now on.

        What is under it is under the other one then; two of one name become one.
        """
        with self._saving("merge_tags"):
            tag, goal = self._tag(name), self._tag(into)
            if tag.id == goal.id:
                raise StoreError("a tag can't be merged into itself")
            if tag.id in self._above(goal):
                self._refuse_taken(_beside(tag, goal), tag, goal)
                self._redefine(goal, parent=tag.parent)
            self._redefine(tag, alias_of=goal.id)
            return tags_by_id(self.tags())[goal.id]

    def recolour_tag(self, name: str, colour: str | None) -> Tag:
        """Give a tag a colour, None: none."""
        with self._saving("recolour_tag"):
            kept = line_text(colour, "colour") if colour else None
            return self._redefine(self._tag(name), colour=kept)

    def set_tag_key(self, name: str, key: str | None) -> Tag:
        """Give a tag a key, None: none."""
        with self._saving("tag_key"):
            return self._redefine(self._tag(name), key=line_text(key, "key") if key else None)

    def nest_tag(self, name: str, parent: str | None) -> Tag:
        """Put a tag under another one, None: under none. Raises StoreError for a circle."""
        with self._saving("nest_tag"):
            tag = self._tag(name)
            above = self._tag(parent) if parent is not None else None
            self._refuse_circle(tag, above)
            own = path_parts(tag.name)[-1:] or [tag.name]
            self._refuse_taken("/".join([*([above.name] if above else []), *own]), tag)
            return self._redefine(tag, name=own[0], parent=above.id if above else None)

    def delete_tag(self, name: str) -> int:
        """Delete a tag and take it off all that carries it; return from how much.

        What is under it comes one level up. Raises StoreError if a name is taken there.
        """
        with self._saving("delete_tag"):
            tag = find_tag(self.tags(), name)
            gone = {tag.id, *tag.aliases} if tag else self._undefined(name)
            if not gone:
                raise StoreError("there is no tag {name!r}", name=plain_line(name))
            below = [one for one in self.tags() if tag and one.parent == tag.id]
            for one in below:
                assert tag is not None
                self._refuse_taken(_beside(tag, one), one, tag)
                self._redefine(one, parent=tag.parent)
            carried = self._carrying(gone)
            for annotation in carried:
                self._put(replace(annotation, deleted=True))
            if tag is not None:
                self._redefine(tag, deleted=True)
            return len(carried)

    def _carrying(self, gone: set[str]) -> list[Annotation]:
        """Return the live annotations that are one of these tags, those of this operation too."""
        summaries = self._index.summaries().items()
        names = [issue for issue, summary in summaries if not gone.isdisjoint(summary.tags)]
        names += self._batch.issues() if self._batch else ()
        found: list[Annotation] = []
        for issue_id in dict.fromkeys(names):
            work = self._folder.work(issue_id, look=False)
            found += [one for one in work.annotations if _tag_of(one) in gone and not one.deleted]
        return found

    def _undefined(self, name: str) -> set[str]:
        """Return the ids under which a tag without a definition is carried."""
        known = tags_by_id(self.tags())
        is_it = named(self.tags(), name)
        carried = [item for one in self._index.summaries().values() for item in one.names.items()]
        return {one for one, called in carried if one not in known and is_it(TagBody(one, called))}

    def _tag(self, name: str) -> Tag:
        tag = find_tag(self.tags(), name)
        if tag is None:
            raise StoreError("there is no tag {name!r}", name=plain_line(name))
        return tag

    def _above(self, tag: Tag) -> set[str]:
        """Return the ids of the tags above one."""
        known, found = tags_by_id(self.tags()), set[str]()
        while tag.parent and tag.parent not in found:
            found.add(tag.parent)
            tag = known[tag.parent]
        return found

    def _refuse_circle(self, tag: Tag, above: Tag | None) -> None:
        if above is not None and tag.id in {above.id, *self._above(above)}:
            raise StoreError("{name!r} can't be under itself", name=tag.name)

    def _refuse_taken(self, name: str, *but: Tag) -> None:
        other = find_tag(self.tags(), f"/{name}")
        if other is not None and other.id not in {one.id for one in but}:
            raise StoreError("there is a tag {name!r} already; merge the two", name=other.name)

    def _redefine(self, tag: Tag, **fields: object) -> Tag:
        """Stage the next revision of a tag's definitions, all that count as this tag."""
        known = latest(self._definitions.read([]))
        names = (tag.id, *tag.aliases)
        documents = []
        for name in names:
            old = known.get(name)
            new = {**old, **fields} if old else None
            if old is None or new is None or new == old or fields.get("alias_of") == name:
                continue
            revision = max(old["revision"], self._journal.used(name)) + 1
            documents.append(
                {
                    **new,
                    "revision": revision,
                    "reviewer": self.reviewer,
                    "device": self.device,
                    "modified": self._now(),
                }
            )
        if documents:
            self._stage(self._folder.own_tags(), TAGS, "", documents)
        return tags_by_id(self.tags()).get(tag.id, tag)

    def tag_named(self, name: str) -> Tag:
        """Return the tag of a name; one never used before is defined."""
        with self._saving("tag"):
            return self._tag_named(line_text(name, "tag"))

    def _tag_named(self, name: str) -> Tag:
        return find_tag(self.tags(), name) or self._made(path_parts(name)) or self._tag(name)

    def _made(self, parts: Sequence[str]) -> Tag | None:
        """Return the tag of exactly this path, made where there is none; None for no path."""
        above: Tag | None = None
        for at, part in enumerate(parts):
            path = "/".join(parts[: at + 1])
            above = find_tag(self.tags(), f"/{path}") or self._define(path, part, above)
        return above

    def _define(self, path: str, own: str, above: Tag | None) -> Tag:
        tag = Tag(_new_id(), own, parent=above.id if above else None)
        document = definition(tag, self.reviewer, self.device, self._now())
        self._stage(self._folder.own_tags(), TAGS, "", [document])
        # Not read back: the first of a device is in no folder yet.
        return replace(tag, name=path)


def _new_id() -> str:
    from uuid import uuid4

    return str(uuid4())


def _tag_of(annotation: Annotation) -> str:
    body = annotation.body
    return body.tag if isinstance(body, TagBody) else ""


def _beside(tag: Tag, one: Tag) -> str:
    """Return the name that one has if it comes to stand beside a tag."""
    return "/".join([*path_parts(tag.name)[:-1], path_parts(one.name)[-1]])
