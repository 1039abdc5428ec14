"""Tag definitions as a reviewer's work: made, renamed, merged, coloured, nested and deleted."""

from __future__ import annotations

from annotations.files import TAGS
from annotations.model import StoreError, Tag
from annotations.tags import (
    definition,
    find_tag,
    latest,
    tags_by_id,
)
from annotations.text import fold_name, line_text
from annotations.writing import Writing
from bulletins.sources.plain import plain_line


class TagWork(Writing):
    """The part of a Store that keeps tag definitions. Tags are given by their names."""

    def tags(self) -> tuple[Tag, ...]:
        """Return all tags of the reviewer, oldest first."""
        with self._lock.threads:
            return self._definitions.tags(look=not self._lock.is_held)  # a save lists no folder

    def tag_counts(self) -> dict[str, int]:
        """Return how many articles carry each tag, by its name; tags not in use count 0."""
        with self._lock.threads:
            tags = self.tags()
            counts = {tag.name: 0 for tag in tags}
            spelt = {fold_name(tag.name): tag.name for tag in tags}
            known = tags_by_id(tags)
            for summary in self._index.summaries().values():
                shown: dict[str, str] = {}
                for tag_id, number in summary.tags.items():
                    carried = summary.names.get(tag_id) or plain_line(tag_id[:8])
                    name = known[tag_id].name if tag_id in known else carried
                    shown[tag_id] = name = spelt.setdefault(fold_name(name), name)
                    counts[name] = counts.get(name, 0) + number
                for group in summary.several:  # tags that are one now count an article once
                    names = [shown[tag_id] for tag_id in group if tag_id in shown]
                    for name in set(names):
                        counts[name] -= names.count(name) - 1
            return counts

    def rename_tag(self, name: str, new: str) -> Tag:
        """Give a tag another name; what carries it shows that. Raises StoreError if it is taken."""
        new = line_text(new, "tag")
        with self._saving("rename_tag"):
            tag = self._tag(name)
            other = find_tag(self.tags(), new)
            if other is not None and other.id != tag.id:
                raise StoreError(f"there is a tag {other.name!r} already; merge the two")
            return self._redefine(tag, name=new)

    def merge_tags(self, name: str, into: str) -> Tag:
        """Make a tag an alias of another one, which what carries it shows from now on."""
        with self._saving("merge_tags"):
            tag, goal = self._tag(name), self._tag(into)
            if tag.id == goal.id:
                raise StoreError("a tag can't be merged into itself")
            self._redefine(tag, alias_of=goal.id)
            if goal.parent is not None and goal.parent in (tag.id, *tag.aliases):
                self._redefine(goal, parent=None)
            return self._tag(into)

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
            if parent is None:
                return self._redefine(tag, parent=None)
            above: Tag | None = self._tag(parent)
            goal, known = self._tag(parent).id, tags_by_id(self.tags())
            seen: set[str] = set()
            while above is not None and above.id not in seen:
                if above.id == tag.id:
                    raise StoreError(f"{tag.name!r} can't be under itself")
                seen.add(above.id)
                above = known.get(above.parent) if above.parent else None
            return self._redefine(tag, parent=goal)

    def delete_tag(self, name: str) -> None:
        """Delete a tag's definition; what carries it keeps the name that it was given under."""
        with self._saving("delete_tag"):
            self._redefine(self._tag(name), deleted=True)

    def _tag(self, name: str) -> Tag:
        tag = find_tag(self.tags(), name)
        if tag is None:
            raise StoreError(f"there is no tag {plain_line(name)!r}")
        return tag

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

    def _tag_named(self, name: str) -> Tag:
        known = find_tag(self.tags(), name)
        if known is not None:
            return known
        from uuid import uuid4

        tag = Tag(str(uuid4()), name)
        document = definition(tag, self.reviewer, self.device, self._now())
        self._stage(self._folder.own_tags(), TAGS, "", [document])
        return tag
