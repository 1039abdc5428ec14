"""What an import would do: a pure function from what a file brings and what the store holds.

By id first: the same text is left alone, a newer revision is taken, an older one is not; a text
that was changed on both sides is kept beside the other. What has no id here is looked for by its
article and what it says, and else added.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from annotations.exports.gathering import tag_path
from annotations.imports.incoming import (
    Brought,
    derived_id,
    is_newer,
    same_content,
    span,
    with_name,
)
from annotations.model import Annotation, StatusBody, Tag, TagBody
from annotations.tags import find_tag, fold_path, tags_by_id
from bulletins.said import Said, template

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from annotations.imports.incoming import Incoming

_MOST_SIDES = 50  # of one id
Sort = Literal["add", "update", "beside", "restore", "delete"]
Seen = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the user allows besides: another's work as one's own, deleting, bringing back."""

    as_mine: bool = False
    delete_missing: bool = False
    restore_deleted: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """One change: `annotation` as it is to be stored, `before` what is here now.

    `seen` are devices and revisions that the store held of its id when the plan was made.
    """

    sort: Sort
    annotation: Annotation
    before: Annotation | None = None
    seen: Seen = ()
    by_hand: bool = False

    @property
    def home(self) -> str:
        """The id of the issue in whose file the change is made."""
        if self.before is None or self.sort in ("add", "beside"):
            return self.annotation.target.issue.id
        return self.before.target.issue.id


@dataclass(slots=True)
class Plan:
    """All changes, and why the rest is none; `tags` are definitions that are new here."""

    changes: list[Change] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)
    unchanged: list[Annotation] = field(default_factory=list)
    older: list[Annotation] = field(default_factory=list)
    deleted_here: list[Annotation] = field(default_factory=list)
    others: dict[str, int] = field(default_factory=dict)
    """How many annotations are another reviewer's, by name."""
    problems: list[str] = field(default_factory=list)


def make_plan(
    brought: Brought,
    held: Mapping[str, Sequence[Annotation]],
    known_tags: Sequence[Tag],
    reviewer: str,
    wishes: Wishes = Wishes(),
) -> Plan:
    """Return what taking in `brought` would change.

    `held` is all that the store has of the issues that are named, tombstones too, by issue id;
    `known_tags` its tags, `reviewer` whose store it is.
    """
    plan = Plan(problems=list(brought.problems))
    names = _Names(brought.tags, known_tags)
    planner = _Planner(plan, held, reviewer, names, wishes)
    # Known ids first: what one of them said until now tells nothing of what else the file brings.
    for one in sorted(_latest(brought.incoming, plan), key=lambda one: not planner.knows(one)):
        planner.take(one)
    if wishes.delete_missing:
        planner.delete_missing(brought)
    plan.tags = names.needed([one.annotation for one in plan.changes])
    return plan


def combined(all_brought: Sequence[Brought]) -> Brought:
    """Return what several files bring as if they were one."""
    whole = Brought(all_brought[0].format if len(all_brought) == 1 else "")
    for one in all_brought:
        whole.incoming += one.incoming
        whole.tags += one.tags
        whole.places += one.places
        whole.problems += one.problems
        whole.texts += one.texts
        whole.seen |= one.seen
    whole.exported = min(one.exported for one in all_brought)
    return whole


def issues_named(brought: Brought) -> set[str]:
    """Return the ids of the issues whose annotations make_plan() needs."""
    named = {one.annotation.target.issue.id for one in brought.incoming}
    return named | {place.issue.id for place in brought.places}


class _Planner:
    """Holds what is here by id and by what it says."""

    def __init__(
        self,
        plan: Plan,
        held: Mapping[str, Sequence[Annotation]],
        reviewer: str,
        names: _Names,
        wishes: Wishes,
    ) -> None:
        self._plan = plan
        self._reviewer = reviewer
        self._names = names
        self._wishes = wishes
        self._held = held
        self._here: dict[str, list[Annotation]] = {}
        self._said: Counter[tuple[object, ...]] = Counter()
        self._statuses: dict[tuple[str, str], Annotation] = {}
        for group in held.values():
            for one in group:
                self._here.setdefault(one.id, []).append(one)
                if not one.deleted:
                    self._said[self._meaning(one)] += 1
                    if isinstance(one.body, StatusBody):
                        self._statuses[_where(one)] = one
        self._planned: dict[str, list[Annotation]] = {}
        self._taken: set[str] = set()

    def knows(self, one: Incoming) -> bool:
        """Tell whether the store holds an annotation's id."""
        return one.annotation.id in self._here

    def take(self, one: Incoming) -> None:
        """Plan what becomes of one annotation of the file."""
        annotation = one.annotation
        person = annotation.reviewer
        if person not in ("", self._reviewer):
            if not self._wishes.as_mine:
                self._plan.others[person] = self._plan.others.get(person, 0) + 1
                return
            annotation = _as_mine(annotation, self._reviewer)
            one = replace(one, annotation=annotation, edited=None)
        here = self._here.get(annotation.id, [])
        planned = self._planned.get(annotation.id, [])
        if one.origin != "record" and isinstance(annotation.body, TagBody):
            annotation = replace(annotation, body=self._names.body(annotation.body))
            one = replace(one, annotation=annotation)
        if one.removed:
            self._remove(one, here)
        elif here or planned:
            self._by_id(one, [*here, *planned], here)
        elif self._said[self._meaning(annotation)] > 0:
            self._plan.unchanged.append(annotation)
        elif isinstance(annotation.body, StatusBody) and _where(annotation) in self._statuses:
            self._status(one)
        else:
            self._plan_change("add", annotation, by_hand=one.origin == "hand")

    def _status(self, one: Incoming) -> None:
        """Plan a status where there is one under another id: of two the later counts."""
        here = self._statuses[_where(one.annotation)]
        annotation = one.annotation
        if not annotation.modified:
            # Typed where there was none; it must not hide what was chosen here since.
            annotation = replace(annotation, created=here.created, modified=here.created)
        sort: Sort = "add" if annotation.modified > here.modified else "beside"
        self._plan_change(sort, annotation, here, by_hand=one.origin == "hand")

    def _by_id(self, one: Incoming, known: list[Annotation], here: list[Annotation]) -> None:
        annotation, live = one.annotation, [each for each in known if not each.deleted]
        if any(same_content(each, annotation) for each in live):
            self._plan.unchanged.append(annotation)
            return
        if not live:
            self._deleted(annotation, here)
            return
        base = [each for each in live if _revision(each) == _revision(annotation)]
        if base and one.edited is not False:
            self._edited(one, base[0], here)
        elif not base and all(is_newer(annotation, each) for each in known):
            self._plan_change("update", annotation, live[-1], here, by_hand=bool(one.edited))
        elif not base and not one.edited and any(is_newer(each, annotation) for each in known):
            self._plan.older.append(annotation)
        elif one.origin == "record":
            self._beside(annotation, live[-1], by_hand=bool(one.edited))
        else:
            self._plan.older.append(annotation)  # it was taken in before, and changed here since

    def _edited(self, one: Incoming, base: Annotation, here: list[Annotation]) -> None:
        annotation = one.annotation
        if span(annotation) != span(base):
            said = template("{where}: the quote of a record can't be changed; left as it was")
            self._plan.problems.append(Said(said, where=one.where))
            annotation = replace(annotation, target=base.target)
            if same_content(base, annotation):
                self._plan.unchanged.append(annotation)
                return
        self._plan_change("update", annotation, base, here, by_hand=True)

    def _deleted(self, annotation: Annotation, here: list[Annotation]) -> None:
        newer = all(is_newer(annotation, each) for each in here)
        if self._wishes.restore_deleted or newer:
            self._plan_change("restore", annotation, here[-1], here)
        else:
            self._plan.deleted_here.append(annotation)

    def _beside(self, annotation: Annotation, before: Annotation, *, by_hand: bool) -> None:
        said = (annotation.kind, self._body(annotation), span(annotation))
        copy = with_name(annotation, derived_id("beside", annotation.id, *said))
        if copy.id in self._here or self._said[self._meaning(copy)] > 0:
            self._plan.unchanged.append(annotation)  # kept by an import before
        else:
            self._plan_change("beside", copy, before, by_hand=by_hand)

    def _remove(self, one: Incoming, here: list[Annotation]) -> None:
        live = [each for each in here if not each.deleted]
        if not live:
            return
        if any(_revision(each) == _revision(one.annotation) for each in live):
            gone = replace(live[-1], deleted=True)
            self._plan_change("delete", gone, live[-1], here, by_hand=True)
        else:
            said = template("{where}: {kind} was changed here since the export; not taken off")
            self._plan.problems.append(Said(said, where=one.where, kind=one.annotation.kind))

    def delete_missing(self, brought: Brought) -> None:
        """Plan deleting what stands on the file's articles and is not in the file.

        What was made or changed after the export is kept.
        """
        places = {(place.issue.id, place.article and place.article.id) for place in brought.places}
        brought_ids = brought.seen | {one.annotation.id for one in brought.incoming}
        for issue_id, group in self._held.items():
            for one in group:
                article = one.target.article
                if one.deleted or one.id in brought_ids or one.id in self._taken:
                    continue
                if (issue_id, article and article.id) not in places:
                    continue
                if brought.exported and one.modified[:19] <= brought.exported[:19]:
                    gone = replace(one, deleted=True)
                    self._plan_change("delete", gone, one, self._here[one.id], by_hand=True)

    def _plan_change(
        self,
        sort: Sort,
        annotation: Annotation,
        before: Annotation | None = None,
        here: Iterable[Annotation] = (),
        *,
        by_hand: bool = False,
    ) -> None:
        if annotation.id in self._taken:
            if sort in ("add", "beside", "delete"):
                return
            # Two sides of one id: a file has room for one of them.
            self._beside(annotation, before or annotation, by_hand=by_hand)
            return
        self._taken.add(annotation.id)
        if sort != "delete":
            self._planned.setdefault(annotation.id, []).append(annotation)
        if sort in ("update", "delete"):
            self._said.subtract(self._meaning(each) for each in here if not each.deleted)
        seen = tuple(sorted(_revision(each) for each in here))
        self._plan.changes.append(Change(sort, annotation, before, seen, by_hand))

    def _meaning(self, one: Annotation) -> tuple[object, ...]:
        target = one.target
        article = target.article.id if target.article else None
        return (
            target.issue.id,
            article,
            target.annotation,
            one.kind,
            self._body(one),
            span(one),
        )

    def _body(self, one: Annotation) -> object:
        from annotations.documents import to_document
        from annotations.lines import dump

        if isinstance(one.body, TagBody):
            return self._names.folded(one.body)
        return dump(to_document(replace(one, extra={}))["body"])


def _as_mine(annotation: Annotation, reviewer: str) -> Annotation:
    from annotations.documents import to_document

    said = to_document(replace(annotation, extra={}))
    name = derived_id("mine", reviewer, annotation.id, said["body"], span(annotation))
    return replace(with_name(annotation, name), reviewer="", device="", extra={})


def _revision(one: Annotation) -> tuple[str, int]:
    return one.device, one.revision


def _where(one: Annotation) -> tuple[str, str]:
    article = one.target.article
    return one.target.issue.id, article.id if article else ""


def _latest(incoming: Sequence[Incoming], plan: Plan) -> list[Incoming]:
    """Return what no other of the same id in the file has taken in."""
    by_id: dict[str, list[Incoming]] = {}
    for one in incoming:
        by_id.setdefault(one.annotation.id, []).append(one)
    for same in by_id.values():
        if len(same) > _MOST_SIDES:
            # Comparing all with all takes time that only a forged file would ask for.
            where, count = same[0].where, len(same)
            said = template("{where}: this id stands {count} times in the files")
            plan.problems.append(Said(said, where=where, count=count))
            same[_MOST_SIDES:] = []
    kept = [one for same in by_id.values() for one in same]
    return [
        one
        for one in kept
        if not any(
            is_newer(other.annotation, one.annotation)
            and not is_newer(one.annotation, other.annotation)
            for other in by_id[one.annotation.id]
        )
    ]


class _Names:
    """What tags are called, and which definitions the store lacks. Equal when folded: one tag."""

    def __init__(self, brought: Sequence[Tag], known: Sequence[Tag]) -> None:
        by_id = tags_by_id(known)
        self._brought = brought
        self._meant = {name: fold_path(tag.name) for name, tag in by_id.items()}
        self._known = known
        self._paths = {fold_path(tag.name): tag for tag in known}
        self._new: dict[str, Tag] = {}
        theirs = tags_by_id(brought)
        for tag in brought:
            path = "/".join(tag_path(tag, theirs))
            same = find_tag(known, path) or find_tag(known, tag.name)
            spelt, parent = (same.name, same.parent) if same else (path, tag.parent)
            for name in (tag.id, *tag.aliases):
                if name not in self._meant:
                    self._meant[name] = fold_path(spelt)
                    self._new[name] = replace(tag, id=name, name=spelt, parent=parent, aliases=())

    def folded(self, body: TagBody) -> str:
        """Return what tells a tag from others."""
        return self._meant.get(body.tag) or fold_path(body.name or body.tag[:8])

    def body(self, body: TagBody) -> TagBody:
        """Return the tag as the store knows it, for what came with a name only."""
        folded = self.folded(body)
        known = self._paths.get(folded) or find_tag(self._known, folded)
        return TagBody(known.id, known.name) if known else body

    def needed(self, annotations: Iterable[Annotation]) -> list[Tag]:
        """Return the definitions to be made for these: with other ids, and those above them."""
        wanted = {one.body.tag for one in annotations if isinstance(one.body, TagBody)}
        size = -1
        while size != len(wanted):
            size = len(wanted)
            for tag in self._brought:
                names = {tag.id, *tag.aliases}
                if names & wanted:
                    wanted |= names | ({tag.parent} if tag.parent else set())
        return [tag for name, tag in self._new.items() if name in wanted]
