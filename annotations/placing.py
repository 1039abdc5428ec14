"""Place annotations on the issues of a library, those of an earlier text of an issue included.

One changed byte gives a file a new issue id. Annotations of an id that the library does not hold
are offered to the issue of the same file name, or of the same publication and number. Editions of
one issue share one key: what was made on any of them is placed on the one that is shown.
"""

from __future__ import annotations

import contextlib
import time
from dataclasses import dataclass, field
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING

from annotations.anchors import ArticleKey, find_article, place
from annotations.boundaries import splits, unplaced
from annotations.files import TAGS
from annotations.merge import order
from annotations.model import LinkBody, NoteBody, StoreError
from annotations.names import is_hashed, safe_name
from annotations.passages import Passages
from annotations.tags import tags_by_id
from annotations.text import fold_name, fold_text
from annotations.view import ArticleView, Views, article_state, corrections

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set

    from annotations.healing import Anchor
    from annotations.model import Annotation, ArticleRef, IssueRef, Tag, Target
    from annotations.store import Store
    from bulletins.boundary import Boundary
    from bulletins.catalogue.outline import Edition, IssueOutline
    from bulletins.model import Article

_PATIENCE = 5.0  # seconds: what other devices wrote may be noticed so late
_NOWHERE = ""  # no article has this id


@dataclass(frozen=True, slots=True)
class IssueKey:
    """What is needed to know an issue again, and its articles."""

    id: str
    file_name: str
    publication: str | None = None
    number: str | None = None
    articles: tuple[ArticleKey, ...] = ()
    editions: tuple[Edition, ...] = ()
    unmet: tuple[Boundary, ...] = ()


@dataclass(frozen=True, slots=True)
class IssueWork:
    """What one issue shows: its articles by id, its corrected fields, and what lost its article.

    `places` gives the article's id of each annotation's id; None: it is on the issue itself.
    `anchors` says where each passage stands, by its annotation's target, and `lost` are those
    annotations whose article is there and whose passage is not; both are empty where the texts of
    the articles could not be asked for. `notes` and `tags` are those on the issue itself, and
    `splits` say what its printed lines are, the latest last.
    """

    articles: Mapping[str, ArticleView] = field(default_factory=dict)
    corrections: Mapping[str, str] = field(default_factory=dict)
    orphans: tuple[Annotation, ...] = ()
    places: Mapping[str, str | None] = field(default_factory=dict)
    anchors: Mapping[Target, Anchor] = field(default_factory=dict)
    lost: tuple[Annotation, ...] = ()
    notes: tuple[Annotation, ...] = ()
    splits: tuple[Annotation, ...] = ()
    tags: tuple[Tag, ...] = ()


def issue_key(issue: IssueOutline) -> IssueKey:
    """Return the key of an issue of the library."""
    articles = tuple(ArticleKey(one.id, one.title, one.lead) for one in issue.articles())
    name = PurePath(issue.path).name
    return IssueKey(
        issue.id, name, issue.publication, issue.number, articles, issue.editions, issue.unmet
    )


def issue_work(
    annotations: Iterable[Annotation],
    articles: Sequence[ArticleKey],
    tags: Sequence[Tag] = (),
    passages: Passages | None = None,
    unmet: Collection[Boundary] = (),
) -> IssueWork:
    """Place the live annotations of one issue and sum them up. Nothing is dropped.

    What is said of printed lines that were not found (`unmet`) is without a place.
    """
    placed = place(annotations, articles, passages.home if passages else None)
    anchors = passages.anchors(placed) if passages else {}
    away = {target for target, anchor in anchors.items() if anchor.status == "orphan"}
    groups = placed.by_article.values() if away else ()
    lost = tuple(one for group in groups for one in group if one.target in away)
    views, tags = passages.views if passages else Views(), tuple(tags)
    places: dict[str, str | None] = {one.id: _NOWHERE for one in placed.orphans}
    places |= {one.id: None for one in placed.issue_level}
    places |= {one.id: name for name, own in placed.by_article.items() for one in own}
    return IssueWork(
        {name: views.of(name, own, tags) for name, own in placed.by_article.items()},
        corrections(placed.issue_level),
        (*placed.orphans, *unplaced(placed.issue_level, unmet)),
        places,
        anchors,
        lost,
        tuple(one for one in placed.issue_level if isinstance(one.body, NoteBody)),
        splits(placed.issue_level),
        article_state(placed.issue_level, tags).tags,
    )


class Shelves:
    """The issues of a library by what an annotation says of its issue."""

    def __init__(self) -> None:
        self.keys: dict[str, IssueKey] = {}
        self._names: dict[str, dict[str, None]] = {}
        self._numbers: dict[tuple[str, str], dict[str, None]] = {}
        self._editions: dict[str, str] = {}

    def home(self, issue_id: str) -> str | None:
        """Return the key of an issue or of the one that it is an edition of; None: neither."""
        return issue_id if issue_id in self.keys else self._editions.get(issue_id)

    @property
    def editions(self) -> Set[str]:
        """The ids of issues that are shown as another edition."""
        return self._editions.keys()

    def add(self, key: IssueKey) -> None:
        """Take an issue in, or in anew; issues that are its editions leave."""
        for name in (key.id, *(edition.id for edition in key.editions)):
            self.remove(name)
        self.keys[key.id] = key
        for name in _names(key):
            self._names.setdefault(name, {})[key.id] = None
        number = issue_marks(key)[1]
        if number:
            self._numbers.setdefault(number, {})[key.id] = None
        self._editions.update((edition.id, key.id) for edition in key.editions)

    def remove(self, issue_id: str) -> None:
        """Take an issue out if it is there."""
        key = self.keys.pop(issue_id, None)
        if key is not None:
            for name in _names(key):
                self._names[name].pop(issue_id)
            number = issue_marks(key)[1]
            if number:
                self._numbers[number].pop(issue_id)
            for edition in key.editions:
                if self._editions.get(edition.id) == issue_id:
                    self._editions.pop(edition.id)

    def find(self, marks: tuple[str, tuple[str, str] | None]) -> tuple[str, ...]:
        """Return the ids of issues that may be meant, those of equal number and name first."""
        named = self._names.get(marks[0], {})
        numbered = self._numbers.get(marks[1], {}) if marks[1] else {}
        if not named or not numbered:
            return (*numbered, *named)
        both = [name for name in numbered if name in named]
        return tuple(dict.fromkeys((*both, *numbered, *named)))


class Placing:
    """Keeps a store's annotations placed on the issues of a library. Not safe for threads.

    `lookup` gives an article by the ids of issue and article, so that passages can be found.
    """

    def __init__(
        self, store: Store, lookup: Callable[[str, str], Article | None] | None = None
    ) -> None:
        self.store = store
        self._lookup = lookup
        self._passages: dict[str, Passages] = {}
        self.problems: tuple[str, ...] = ()
        """One line for each file of annotations that can't be used as it is."""
        self.mention_corrections: tuple[Annotation, ...] = ()
        """What was said of mentions in all issues, as of the last look; see look_at_mentions."""
        self._shelves = Shelves()
        self._looked: float | None = None
        self._refs: dict[str, tuple[IssueRef, int]] = {}
        self._linked: set[str] = set()
        self._marks: dict[IssueRef, tuple[str, tuple[str, str] | None]] = {}
        self._tags: dict[str, str] = {}
        self._homes: dict[str, str] = {}
        self._kin: dict[str, list[str]] = {}
        self._chosen: dict[tuple[str, ...], str] = {}

    def update(self, issues: Sequence[IssueKey], *, whole: bool = False) -> dict[str, IssueWork]:
        """Take issues in; return the work of all in the library whose work may be new.

        With `whole` they are the library: all others leave it, and files are looked at anew.
        """
        concerned: dict[str, None] = dict.fromkeys(key.id for key in issues)
        if whole:
            self._looked, self._tags = None, self._tag_names()
            with contextlib.suppress(StoreError):  # saving says what is wrong
                self.store.recover()
            for name in [name for name in self._shelves.keys if name not in concerned]:
                self._shelves.remove(name)
        for key in issues:
            self._shelves.add(key)
            self._passages.pop(key.id, None)  # its text may be new
        self._look()
        before, self._homes = self._homes, self._find_homes()
        for name in before.keys() | self._homes.keys():
            homes = before.get(name), self._homes.get(name)
            if homes[0] != homes[1]:
                concerned |= {home: None for home in homes if home}
        self._kin = {}
        for name, home in sorted(self._homes.items()):
            self._kin.setdefault(home, []).append(name)
        return {name: self.renew(name) for name in concerned if name in self._shelves.keys}

    def renew(self, issue_id: str) -> IssueWork:
        """Read and place the annotations of one issue of the library anew."""
        kin = self.kin(issue_id)
        found = list(self._read(issue_id))
        for name in kin:
            found += self._read(name)
        if kin:
            found.sort(key=order)
        key = self._shelves.keys.get(issue_id)
        tags = self.store.tags() if found else ()
        passages = self._passages_of(key) if key and found else None
        articles, unmet = (key.articles, key.unmet) if key else ((), ())
        work = issue_work(found, articles, tags, passages, unmet)
        self.store.settle(issue_id, work.places, kin)
        return work

    def look_at_mentions(self) -> tuple[Annotation, ...]:
        """Learn anew what was said of mentions in all issues, in the library or not."""
        self.mention_corrections = self.store.mention_corrections()
        return self.mention_corrections

    def renew_stems(self, stems: Collection[str]) -> dict[str, IssueWork]:
        """Return the work of the issues of the library that changed files of these stems concern.

        The stem `tags` concerns all that have annotations if a known tag has another name now.
        """
        known = {self._issue_of(stem) for stem in stems if stem != TAGS}
        names, self._tags = self._tags, self._tag_names()
        if any(self._tags.get(tag) != name for tag, name in names.items()):
            known.update(self._refs)
        found: dict[str, IssueWork] = {}
        faults = self.problems or any(self.store.faults(name) for name in known if name)
        if None in known or faults:
            self._looked = None
            found = self.update(())
        homes = {self.home(name) or name for name in known if name}
        return found | {name: self.renew(name) for name in homes if name in self._shelves.keys}

    def _issue_of(self, stem: str) -> str | None:
        """Return the issue whose file has this stem; None if none that is known has."""
        known = self._shelves.keys.keys() | self._homes.keys() | self._shelves.editions
        if stem in known or not is_hashed(stem):
            return stem if stem in known else None
        return next((name for name in known if safe_name(name) == stem), None)

    def _tag_names(self) -> dict[str, str]:
        return {name: tag.name for name, tag in tags_by_id(self.store.tags()).items()}

    def _passages_of(self, key: IssueKey) -> Passages | None:
        if self._lookup is None:
            return None
        if key.id not in self._passages:
            find = partial(self._lookup, key.id)
            self._passages[key.id] = Passages(find, tuple(one.id for one in key.articles))
        return self._passages[key.id]

    def key(self, issue_id: str) -> IssueKey | None:
        """Return the key of an issue of the library; None if the library does not hold it."""
        return self._shelves.keys.get(issue_id)

    def kin(self, issue_id: str) -> tuple[str, ...]:
        """Return the ids of an issue's other editions, and earlier ones that have annotations."""
        key = self._shelves.keys.get(issue_id)
        editions = (edition.id for edition in key.editions) if key else ()
        return tuple(dict.fromkeys((*editions, *self._kin.get(issue_id, ()))))

    def editions(self) -> dict[str, str]:
        """Return the issues that are shown, by the ids of their other editions."""
        return {name: home for name in self._shelves.editions if (home := self.home(name))}

    def home(self, issue_id: str) -> str | None:
        """Return the issue of the library that shows what was added under an id; None: none."""
        return self._shelves.home(issue_id) or self._homes.get(issue_id)

    def elsewhere(self) -> int:
        """Count the annotations of issues that the library holds under no id."""
        known = self._shelves.keys
        return sum(
            number
            for name, (_, number) in self._refs.items()
            if name not in known and name not in self._homes
        )

    def waiting(self) -> tuple[Annotation, ...]:
        """Return the annotations that elsewhere() counts, issue by issue."""
        known = self._shelves.keys
        names = [name for name in self._refs if name not in known and name not in self._homes]
        return tuple(one for name in names for one in self.store.annotations(name))

    def waiting_links(self) -> tuple[Annotation, ...]:
        """Return the links among what waiting() returns: the library may have their other ends."""
        known = self._shelves.keys
        names = [name for name in self._linked if name not in known and name not in self._homes]
        found = (one for name in sorted(names) for one in self.store.annotations(name))
        return tuple(one for one in found if isinstance(one.body, LinkBody))

    def article_of(self, issue: IssueRef, article: ArticleRef) -> tuple[str, str] | None:
        """Return the ids of the library's issue and article that references mean, if it has it."""
        keys = self._shelves.keys
        home = self.home(issue.id)
        if home is None:
            home = next(iter(self._shelves.find(issue_marks(issue))), None)
        if home is None:
            return None
        passages = self._passages_of(keys[home])  # the article may have been joined to another
        found = (passages.article if passages else find_article)(article, keys[home].articles)
        return None if found is None else (home, found)

    def _read(self, issue_id: str) -> tuple[Annotation, ...]:
        found = self.store.annotations(issue_id)
        if found:
            latest = max(found, key=lambda one: one.modified)
            self._refs[issue_id] = (latest.target.issue, len(found))
            if any(isinstance(one.body, LinkBody) for one in found):
                self._linked.add(issue_id)
        else:
            self._refs.pop(issue_id, None)
        return found

    def _look(self) -> None:
        """Learn which issues have annotations; not for each of many issues that come in a row."""
        now = time.monotonic()
        if self._looked is not None and now - self._looked < _PATIENCE:
            return
        summaries = self.store.summaries()
        self._refs = {
            name: (one.issue, one.total) for name, one in summaries.items() if one.issue is not None
        }
        self._linked = {name for name, one in summaries.items() if one.links}
        self.problems = self.store.problems()
        self.look_at_mentions()
        self._looked = time.monotonic()

    def _find_homes(self) -> dict[str, str]:
        homes: dict[str, str] = {}
        for name, (ref, _) in self._refs.items():
            if name in self._shelves.keys:
                continue
            edition = self._shelves.home(name)
            if edition is not None:
                homes[name] = edition
                continue
            marks = self._marks.get(ref)
            if marks is None:
                marks = self._marks[ref] = issue_marks(ref)
            candidates = self._shelves.find(marks)
            if len(candidates) > 1:
                homes[name] = self._choose(name, candidates)
            elif candidates:
                homes[name] = candidates[0]
        return homes

    def _choose(self, name: str, candidates: tuple[str, ...]) -> str:
        """Return where most annotations find an article; of equals the first."""
        question = (name, *candidates)
        if question not in self._chosen:
            found = self.store.annotations(name)
            lost = {
                one: len(place(found, self._shelves.keys[one].articles).orphans)
                for one in candidates
            }
            self._chosen[question] = min(candidates, key=lambda one: lost[one])
        return self._chosen[question]


def _names(key: IssueKey) -> Iterator[str]:
    """Yield the folded file names of all editions, each once."""
    names = (key.file_name, *(PurePath(one.path).name for one in key.editions))
    yield from dict.fromkeys(map(fold_name, names))


def issue_marks(key: IssueKey | IssueRef) -> tuple[str, tuple[str, str] | None]:
    """Return a folded file name, and folded publication and number if both are known."""
    number = fold_text(key.publication or ""), fold_text(key.number or "")
    return fold_name(key.file_name), number if all(number) else None
