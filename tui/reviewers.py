"""The work of other reviewers as the screen sees it: read beside one's own, never changed."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

from bulletins.sources.plain import plain_line
from tui.locale import told
from tui.passages import Link, Passage, passages
from tui.reviewer_names import TheirMarked, initials, inks
from tui.their_issues import TheirIssue, TheirLost, their_issues, their_lost

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
    from pathlib import Path

    from annotations.others import OtherReviewer, Others
    from annotations.placing import IssueWork, Shelves
    from annotations.view import ArticleView
    from bulletins.catalogue.outline import IssueOutline
    from bulletins.model import Article
    from tui.annotation_rows import AnnotationRow, Label
    from tui.disagreements import Disagreement

    ArticleLookup = Callable[[str, str], Article | None]

T = TypeVar("T")
Where = tuple[str, str]
"""The ids of an issue and of an article."""
TURN = 0.05
"""Seconds after which a look at their folders has its turn, while many rows are read."""


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Another reviewer: their folder's name, name, initials, and the tone of what is theirs."""

    folder: str
    name: str
    initials: str
    tone: str

    @property
    def sign(self) -> str:
        """The initials as they stand behind a passage and before a name."""
        return f"[{self.initials}]"


@dataclass(frozen=True, slots=True)
class Theirs:
    """What another reviewer made of one article."""

    reviewer: Reviewer
    view: ArticleView
    passages: tuple[Passage, ...] = ()
    links: tuple[Link, ...] = ()

    @property
    def marked(self) -> tuple[TheirMarked, ...]:
        """What is drawn of it in the article."""
        found = (one.marked for one in self.passages)
        tone, sign = self.reviewer.tone, self.reviewer.sign
        return tuple(
            TheirMarked(one.address, one.start, one.end, tone, sign) for one in found if one
        )


@dataclass(frozen=True, slots=True)
class _Found:
    """What was read: all of it is left alone from then on, so any thread may look at it."""

    people: tuple[Reviewer, ...] = ()
    works: Mapping[str, Mapping[str, IssueWork]] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    links: Mapping[str, Mapping[Where, tuple[Link, ...]]] = field(default_factory=dict)


class Reviewers:
    """All reviewers but the reader. `lookup` gives articles in the thread that reads."""

    def __init__(self, root: Path, lookup: ArticleLookup | None = None) -> None:
        self.shown = True
        """Whether anything of theirs is shown."""
        self.hidden: frozenset[str] = frozenset()
        """The folders of reviewers whose work is not shown even then."""
        self._root = root
        self._lookup = lookup
        self._own: str | None = None
        self._others: Others | None = None
        self._shelves: Shelves | None = None
        self._me: OtherReviewer | None = None
        self._me_on: Shelves | None = None
        self._issues: Sequence[IssueOutline] = ()
        self._found = _Found()
        self._signs: dict[Where, str] | None = None
        self._shown_last: tuple[_Found | None, object, tuple[Theirs, ...]] = (None, None, ())
        self._rests_until = 0.0
        self._listed: set[str] = set()
        self._busy = asyncio.Lock()

    # What is known.

    @property
    def people(self) -> tuple[Reviewer, ...]:
        """All other reviewers with any work in the library, by name."""
        return self._found.people

    @property
    def problems(self) -> tuple[str, ...]:
        """One plain line for each of their files that can't be used as it is."""
        return self._found.problems

    @property
    def chosen(self) -> tuple[Reviewer, ...]:
        """Those whose work is shown, while it is switched on."""
        return tuple(one for one in self.people if one.folder not in self.hidden)

    @property
    def visible(self) -> tuple[Reviewer, ...]:
        """Those whose work is shown now."""
        return self.chosen if self.shown else ()

    def of(self, issue_id: str, article_id: str) -> tuple[Theirs, ...]:
        """What those who are shown made of an article; those who made nothing are left out."""
        where = issue_id, article_id
        if self._shown_last[0] is self._found and self._shown_last[1] == (where, self.visible):
            return self._shown_last[2]
        found = []
        for one in self.visible:
            work = self._found.works[one.folder].get(issue_id)
            view = work.articles.get(article_id) if work else None
            links = self._found.links[one.folder].get(where, ())
            if work is not None and view is not None:
                found.append(Theirs(one, view, passages(view, work.anchors), links))
            elif links:
                from annotations.view import ArticleView

                found.append(Theirs(one, ArticleView(), (), links))
        self._shown_last = self._found, (where, self.visible), tuple(found)
        return self._shown_last[2]

    def signs(self) -> Mapping[Where, str]:
        """The signs in the list of articles on which others did more than open them.

        The initials of one, the number of several.
        """
        if self._signs is None:
            signs: dict[Where, list[str]] = {}
            for one in self.visible:
                for issue_id, work in self._found.works[one.folder].items():
                    for article_id, view in work.articles.items():
                        if _says_something(view):
                            signs.setdefault((issue_id, article_id), []).append(one.initials)
            self._signs = {
                where: names[0] if len(names) == 1 else f"+{len(names)}"
                for where, names in signs.items()
            }
        return self._signs

    def show(self, *, shown: bool, hidden: frozenset[str]) -> None:
        """Show or hide all of it, and what single reviewers made."""
        self.shown, self.hidden, self._signs = shown, hidden, None

    def on_issue(self, issue_id: str) -> tuple[TheirIssue, ...]:
        """What those who are shown made of an issue itself, and lost on it."""
        return their_issues(self.visible, self._found.works, issue_id)

    def lost(self) -> list[TheirLost]:
        """All that those who are shown have lost, issue by issue of the library."""
        return their_lost(self.visible, self._found.works)

    # What is done.

    async def look(
        self, own: str | None, issues: Sequence[IssueOutline], issue_id: str | None = None
    ) -> bool:
        """Take in what is new: issues, reviewers, their changes. Tell whether anything is.

        `own` is the reader, whose work is left out; `issue_id` is the issue that is open. Does
        nothing while it is under way already.
        """
        if self._busy.locked():
            return False
        async with self._busy:
            found = await asyncio.to_thread(partial(self._read, own, issues, issue_id))
        if found is None:
            return False
        self._found, self._signs = found, None
        return True

    async def disagreements(
        self, own: str, issues: Sequence[IssueOutline], walk: Sequence[Where]
    ) -> list[Disagreement]:
        """List what those who are chosen differ in and `own` has not decided, as it is by now.

        Of one other reviewer alone, the work is compared with one's own. `walk` lists articles.
        """
        async with self._busy:
            self._rests_until = 0.0  # whoever asks wants all of what is there now
            found = await asyncio.to_thread(partial(self._read, own, issues, None))
            if found is not None:
                self._found, self._signs = found, None
            return await asyncio.to_thread(partial(self._differ, own, walk))

    async def annotation_rows(
        self, label: Label, only: Mapping[str, Collection[str] | None] | None = None
    ) -> AsyncIterator[tuple[list[AnnotationRow], int, int]]:
        """Yield the rows of all of them, shown or not, how many issues are done, and of how many.

        `only` gives by folder the issues that are wanted; see tui.annotation_rows.Reading.
        """
        from tui.annotation_rows import Reading, Source, Whose

        others = {one.folder: one for one in self._others.reviewers()} if self._others else {}
        for person in self.people:
            folder = person.folder
            if folder not in others or (only is not None and folder not in only):
                continue
            one = others[folder]
            whose = Whose(folder, person.initials, person.tone)
            source = Source(one.store, one.home, one.works.get, whose)
            wanted = None if only is None else only[folder]
            reading = await self._reading(partial(Reading, source, label, wanted))
            while reading is not None and reading.done < reading.total:
                rows = await self._reading(partial(reading.turn, TURN))
                if rows is None:
                    break
                yield rows, reading.done, reading.total

    async def _reading(self, read: Callable[[], T]) -> T | None:
        """Read in a thread, when nothing else does; None if a disk refuses: look() tells of it."""
        from annotations.model import StoreError

        async with self._busy:
            try:
                return await asyncio.to_thread(read)
            except (StoreError, OSError):
                return None

    def take_news(self) -> dict[str, Collection[str] | None]:
        """By folder, the issues whose rows may be others since this was asked last; None: all.

        Of those who have gone all may.
        """
        there = {one.folder for one in self.people}
        found: dict[str, Collection[str] | None] = dict.fromkeys(self._listed - there)
        self._listed = there
        if self._others is None or self._busy.locked():
            return found
        for one in self._others.reviewers():
            if one.folder in there and one.news != set():
                found[one.folder], one.news = one.news, set()
        return found

    def _differ(self, own: str, walk: Sequence[Where]) -> list[Disagreement]:
        from annotations.adjudication import KIND
        from annotations.model import StoreError
        from annotations.names import safe_name
        from annotations.others import OtherReviewer
        from tui.disagreements import disagreements

        works = {one.name: self._found.works[one.folder] for one in self.chosen}
        if not works or self._shelves is None:
            return []
        try:
            me = self._me
            if me is None or me.folder != safe_name(own) or self._me_on is not self._shelves:
                me = self._me = OtherReviewer(self._root, safe_name(own), self._lookup)
                me.read(self._shelves)
                self._me_on = self._shelves
            else:
                me.look(self._shelves)
        except (StoreError, OSError):
            return []
        if len(works) == 1:
            works[own] = me.works
        decisions = {
            (issue_id, article_id): made
            for issue_id in me.works
            for article_id, made in me.of_kind(issue_id, KIND).items()
        }
        return disagreements(works, decisions, own, walk)

    def _read(
        self, own: str | None, issues: Sequence[IssueOutline], issue_id: str | None
    ) -> _Found | None:
        """Read in a thread; None if nothing is new. Faults of a disk are told as problems."""
        from annotations.model import StoreError
        from annotations.others import Others, reviewer_folders

        begun = monotonic()
        if self._others is None and not reviewer_folders(self._root):
            return None
        try:
            if self._others is None or own != self._own:
                self._others, self._own = Others(self._root, own, self._lookup), own
                self._shelve(issues)
                self._others.read(self._shelved)
            elif issues is not self._issues and monotonic() >= self._rests_until:
                self._shelve(issues)
                self._others.read(self._shelved)
            elif not self._others.look(self._shelved, issue_id):
                return None
        except (StoreError, OSError) as error:
            line = plain_line(told(error))
            known = self._found
            return None if line in known.problems else replace(known, problems=(line,))
        found = self._gather(self._others.reviewers())
        # While a library is being read, issues come in a row, and each changes the places of all.
        self._rests_until = monotonic() + 5 * (monotonic() - begun)
        return found

    @property
    def _shelved(self) -> Shelves:
        assert self._shelves is not None
        return self._shelves

    def _shelve(self, issues: Sequence[IssueOutline]) -> None:
        from annotations.placing import Shelves, issue_key

        self._issues, self._shelves = issues, Shelves()
        for issue in issues:
            self._shelves.add(issue_key(issue))

    def _gather(self, others: Sequence[OtherReviewer]) -> _Found:
        there = [one for one in others if one.works]
        times = Counter(one.name for one in there)
        names = {
            one.folder: one.name if times[one.name] == 1 else f"{one.name} ({one.folder})"
            for one in there
        }
        short, tones = initials(tuple(names.values())), inks(names)
        people = tuple(
            Reviewer(folder, name, short[name], f"other-{tones[folder]}")
            for folder, name in names.items()
        )
        return _Found(
            people,
            {one.folder: dict(one.works) for one in there},
            tuple(plain_line(told(line)) for one in others for line in one.problems),
            {one.folder: self._links(one) for one in there},
        )

    def _links(self, one: OtherReviewer) -> dict[Where, tuple[Link, ...]]:
        """Their links, by both of the articles that each ties together."""
        from annotations.anchors import find_article
        from annotations.model import LinkBody
        from annotations.placing import issue_marks

        found: dict[Where, list[Link]] = {}
        shelves = self._shelved
        for issue_id, work in one.works.items():
            for article_id, view in work.articles.items():
                for link in view.links:
                    body = link.body
                    if not isinstance(body, LinkBody):
                        continue
                    home = shelves.home(body.issue.id)
                    home = home or next(iter(shelves.find(issue_marks(body.issue))), None)
                    keys = shelves.keys[home].articles if home is not None else ()
                    other = find_article(body.article, keys)
                    there = (home, other) if home is not None and other is not None else None
                    here = (issue_id, article_id)
                    found.setdefault(here, []).append(Link(link, True, there))
                    if there is not None and there != here:
                        found.setdefault(there, []).append(Link(link, False, here))
        return {where: tuple(links) for where, links in found.items()}


def _says_something(view: ArticleView) -> bool:
    """Tell whether somebody did more with an article than open it."""
    made = (view.tags, view.notes, view.highlights, view.mentions, view.links, view.fields)
    return view.starred or any(made) or view.status in ("later", "reviewed", "skipped")
