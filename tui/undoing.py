"""Undo and redo in the library, and the words for what was done."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tui.keeping import Keeping
from tui.locale import mark, tr
from tui.work import issue_state

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from annotations.model import Selector, Tag
    from annotations.placing import IssueWork, Placing
    from annotations.undo_store import Undone

WORDS = {
    "tag": mark("tag put on"),
    "untag": mark("tag taken off"),
    "tags": mark("tags changed"),
    "note": mark("note written"),
    "edit_note": mark("note changed"),
    "delete_note": mark("note deleted"),
    "highlight": mark("passage highlighted"),
    "edit_highlight": mark("highlight changed"),
    "delete_highlight": mark("highlight deleted"),
    "delete_annotations": mark("annotations deleted"),
    "link": mark("articles linked"),
    "edit_link": mark("link changed"),
    "delete_link": mark("link deleted"),
    "star": mark("starred"),
    "unstar": mark("star taken away"),
    "status": mark("state changed"),
    "opened": mark("opened"),
    "correct_issue": mark("issue corrected"),
    "correct_article": mark("article corrected"),
    "boundary": mark("split corrected"),
    "edit_boundary": mark("split corrected"),
    "delete_boundary": mark("correction of a split taken back"),
    "mention": mark("mention judged"),
    "take_back_mention": mark("correction taken back"),
    "reattach": mark("attached again"),
    "detach": mark("attachment taken back"),
    "rename_tag": mark("tag renamed"),
    "merge_tags": mark("tags merged"),
    "recolour_tag": mark("tag coloured"),
    "tag_key": mark("key of a tag changed"),
    "nest_tag": mark("tag put under another"),
    "delete_tag": mark("tag deleted"),
    "define_tag": mark("tag made"),
    "adjudicate": mark("disagreement decided"),
    "import": mark("imported"),
    "rescue": mark("saved where it belongs"),
    "restore": mark("backup restored"),
    "undo": mark("undone"),
    "redo": mark("redone"),
}
"""What operations are called, by their labels."""
_ACTS = {"edit": mark("annotation changed"), "delete": mark("annotation deleted")}
"""What those of other kinds of annotations are called, by what their labels begin with."""


def words(label: str) -> str:
    """What an operation is called; the label of a later version as it is."""
    from bulletins.sources.plain import plain_line

    if label in WORDS:
        return tr(WORDS[label])
    act = label.partition("_")[0]
    return tr(_ACTS[act]) if act in _ACTS else plain_line(label)


@dataclass(frozen=True, slots=True)
class Turned:
    """What was undone or redone, and where the library shows it: ids of issues and articles.

    `passage` is where in the first article, if it was a passage of it.
    """

    what: Undone
    places: tuple[tuple[str, str], ...] = ()
    passage: Selector | None = None


class Turning(Keeping):
    """The part of a Notebook that goes back and forth in what was done."""

    async def turn(self, *, again: bool = False) -> tuple[Turned | None, str]:
        """Undo what was done last, or do it `again`: what it was, and why it can't be or ""."""
        if not await self._retry():  # what was done last is not in the store
            return None, self.saving.trouble
        self.saving.running += 1
        try:
            shown = tuple(self._found.states)
            done, why = await self._try(lambda: _turn(self._open(), shown, again=again))
        finally:
            self.saving.running -= 1
        if done is None or done[0] is None:
            return None, why
        turned, works, tags = done
        known = self._found.states
        states = {name: issue_state(work, known.get(name)) for name, work in works.items()}
        self._found = replace(self._found, states={**self._found.states, **states}, tags=tags)
        await self._link()
        self._ended("")
        await self._look_at_mentions()
        return turned, ""

    if TYPE_CHECKING:

        async def _retry(self) -> bool: ...
        async def _link(self) -> None: ...
        async def _look_at_mentions(self) -> None: ...
        def _ended(self, trouble: str) -> None: ...


def _turn(
    placing: Placing, shown: Iterable[str], *, again: bool
) -> tuple[Turned | None, dict[str, IssueWork], tuple[Tag, ...]]:
    """Undo or redo (`again`); what it was, and the work on all issues `shown` that it changed.

    Raises StoreError if it can't be.
    """
    done = placing.store.redo() if again else placing.store.undo()
    if done is None:
        return None, {}, ()
    homes = {placing.home(name) for name in done.issues}
    concerned = [name for name in shown if done.tags or name in homes]
    concerned += [name for name in homes if name and name not in concerned]
    works = {name: placing.renew(name) for name in concerned}
    passage = done.targets[0][1].selector if done.targets else None
    places = tuple(_places(placing, done, works))
    return Turned(done, places, passage), works, placing.store.tags()


def _places(
    placing: Placing, done: Undone, works: Mapping[str, IssueWork]
) -> Iterator[tuple[str, str]]:
    """Where the library shows what was changed, the first change first: where it is, or was."""
    from annotations.anchors import find_article

    found: set[tuple[str, str]] = set()
    for name, target in done.targets:
        home = placing.home(target.issue.id)
        if home is None or target.article is None:
            continue
        key = placing.key(home)
        place = works[home].places.get(name) if home in works else None
        place = place or find_article(target.article, key.articles if key else ())
        if place and (home, place) not in found:
            found.add((home, place))
            yield home, place
