"""What an import stores: the part of a Store that takes in annotations as they were elsewhere."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from annotations.documents import to_document
from annotations.files import ANNOTATIONS, TAGS
from annotations.merge import revised, versions_of
from annotations.model import StoreError
from annotations.tag_store import TagWork
from annotations.tags import definition, fold_path, path_parts, tags_by_id
from annotations.text import refuse_surrogates

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from annotations.files import Document
    from annotations.imports.plan import Change
    from annotations.model import Annotation, Tag


IMPORT = "import"
"""What an import is called in the history."""


class ImportWork(TagWork):
    """Takes in what a plan says, issue by issue; see annotations.imports.plan."""

    def held(self, issue_id: str) -> tuple[Annotation, ...]:
        """Return all that is held of an issue, from all devices, tombstones too."""
        with self._lock.threads:
            return self._folder.work(issue_id).annotations

    def take_in(self, changes: Sequence[Change]) -> tuple[Change, ...]:
        """Make changes to the annotations of one issue, all of them in one operation.

        New ones keep id, revision, device and times. Returns those that were not made, since the
        store had changed after it was planned. Raises StoreError, and then none was made.
        """
        if not changes:
            return ()
        issue_id = changes[0].home
        documents: list[Document] = []
        refused: list[Change] = []
        with self._saving(IMPORT):
            here: dict[str, list[Annotation]] = {}
            for one in self._folder.work(issue_id, look=False).annotations:
                here.setdefault(one.id, []).append(one)
            now = self._now()
            for change in changes:
                current = here.get(change.annotation.id, [])
                seen = tuple(sorted((one.device, one.revision) for one in current))
                if change.home != issue_id:
                    raise StoreError("changes of several issues can't be made in one write")
                if seen != change.seen:
                    refused.append(change)
                else:
                    stored = self._stored(change, current, now)
                    refuse_surrogates(stored.id + stored.device)
                    documents.append(to_document(stored))
            if documents:
                file = self._folder.own_issue(issue_id)
                self._stage(file, ANNOTATIONS, issue_id, documents)
                self._folder.forget(issue_id)
        return tuple(refused)

    def define_tags(self, tags: Iterable[Tag]) -> None:
        """Keep the definitions of tags whose ids are not known, in one operation.

        Of those with one name the first gives the id, unless there is one already.
        """
        with self._saving(IMPORT):
            brought = tuple(tags)
            known = tags_by_id(self.tags())
            new = [tag for tag in brought if tag.id not in known]
            above = tags_by_id(brought) | known
            documents = [
                definition(_own_part(tag, above), self.reviewer, self.device, _later(later))
                for later, tag in enumerate(new)
            ]
            if documents:
                self._stage(self._folder.own_tags(), TAGS, "", documents)

    def _stored(self, change: Change, current: list[Annotation], now: str) -> Annotation:
        one = change.annotation
        if change.sort in ("add", "beside"):
            mine = change.sort == "beside" or not one.device
            # A number that was undone stands for what it stood for then.
            revision, used = one.revision, self._journal.used(one.id)
            if used >= revision and (mine or one.device == self.device):
                mine, revision = True, used + 1
            return replace(
                one,
                reviewer=self.reviewer,
                device=self.device if mine else one.device,
                revision=revision,
                versions=((self.device, revision),) if mine else one.versions,
                created=one.created or now,
                modified=one.modified or one.created or now,
            )
        seen: dict[str, int] = {}
        for each in (*current, one):
            for name, revision in versions_of(each).items():
                seen[name] = max(revision, seen.get(name, 0))
        one = replace(
            one,
            deleted=change.sort == "delete",
            versions=tuple(sorted(seen.items())),
            target=replace(one.target, issue=current[0].target.issue),
        )
        stored, _ = revised(one, current, self.device, self._journal.used(one.id))
        elsewhere = change.sort == "update" and not change.by_hand
        return replace(
            stored,
            reviewer=self.reviewer,
            device=self.device,
            created=one.created or now,
            modified=one.modified if elsewhere and one.modified else now,
        )


def _own_part(tag: Tag, known: Mapping[str, Tag]) -> Tag:
    """Return a tag under the name that its definition keeps: without those above it."""
    above = known.get(tag.parent or "")
    if above is None or not fold_path(tag.name).startswith(f"{fold_path(above.name)}/"):
        return tag
    return replace(tag, name="/".join(path_parts(tag.name)[len(path_parts(above.name)) :]))


def _later(later: int) -> str:
    """Return the time in UTC, so many microseconds later."""
    from datetime import UTC, datetime, timedelta

    moment = datetime.now(UTC) + timedelta(microseconds=later)
    return moment.isoformat(timespec="microseconds").replace("+00:00", "Z")
