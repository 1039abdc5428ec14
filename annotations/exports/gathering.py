"""What an export is made of: chosen annotations by issue and article, in printed order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from annotations.anchors import article_keys, place
from annotations.article_fields import article_fields, overlaid, printed_beside
from annotations.healing import ORPHAN, Anchor
from annotations.mention_corrections import apply_corrections
from annotations.mention_rules import MentionRules
from annotations.merge import order as merge_order
from annotations.model import (
    Annotation,
    IssueRef,
    MentionBody,
    Tag,
    TagBody,
    article_refs,
    corrected,
    issue_ref,
)
from annotations.passages import passages_of
from annotations.placing import issue_marks
from annotations.tags import fold_path, path_parts, tags_by_id
from annotations.text import fold_name
from annotations.view import corrections
from bulletins.sources.plain import plain_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from annotations.model import ArticleRef, Target
    from bulletins.citation import Edition
    from bulletins.model import Article, Issue

Lookup = Callable[[IssueRef], "Issue | None"]
Key = tuple[str, str]  # reviewer, id of an issue
_Mark = tuple[str, str, str, int]  # reviewer, id, device, revision of an annotation


@dataclass(frozen=True, slots=True)
class Selection:
    """Live annotations to export, and what an export says besides.

    `reviewer` is whose they are ("" where they are several people's); `exported` the UTC time that
    heads state, left out if None, and its day is the day of access in citations. `lookup` gives an
    issue where it is at hand: its articles are then named and ordered as they are read now, and
    quotes are looked for in them. `said` are corrections, of fields and of mentions, that hold
    though they may not be exported themselves. `edition` is that of GB/T 7714.
    """

    annotations: tuple[Annotation, ...]
    tags: tuple[Tag, ...] = ()
    reviewer: str = ""
    exported: str | None = None
    lookup: Lookup | None = None
    said: tuple[Annotation, ...] = ()
    with_mentions: bool = False
    edition: Edition = "2025"
    raw: bool = False
    editions: Mapping[str, str] = field(default_factory=dict)
    """The issue that is shown, by the id of another edition of it."""
    progress: Callable[[], None] = lambda: None
    """Called once for each issue when it is done."""
    known_tags: Mapping[str, Tag] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Map tags by every id that they have."""
        object.__setattr__(self, "known_tags", tags_by_id(self.tags))

    @property
    def accessed(self) -> str | None:
        """The day of the export."""
        return self.exported[:10] if self.exported else None


@dataclass(frozen=True, slots=True)
class ArticleGroup:
    """One article, what is on it, and the article itself if its issue is at hand.

    `ref` says what the reader corrected, and `printed` what was printed of that, as plain data.
    `said` are the corrections that hold in it, exported or not. `anchors` says where passages are
    in it. `lost`: the issue at hand does not have the article (any more).
    """

    ref: ArticleRef
    annotations: tuple[Annotation, ...]
    article: Article | None = None
    lost: bool = False
    anchors: Mapping[Target, Anchor] = field(default_factory=dict)
    printed: Mapping[str, Any] = field(default_factory=dict)
    said: tuple[Annotation, ...] = ()

    def found(self, annotation: Annotation) -> Anchor | None:
        """Return where the annotation's span is; None if it has none, or no text is at hand."""
        selector = annotation.target.selector
        if self.lost:
            return ORPHAN
        if selector is None or self.article is None:
            return None
        return self.anchors.get(annotation.target)


@dataclass(frozen=True, slots=True)
class IssueGroup:
    """One reviewer's work on one issue; `ref` says what the reader corrected, in `corrected`."""

    ref: IssueRef
    reviewer: str
    corrected: tuple[str, ...]
    on_issue: tuple[Annotation, ...]
    articles: tuple[ArticleGroup, ...]
    issue: Issue | None = None

    def annotations(self) -> Iterator[Annotation]:
        """Yield all: those on the issue, then article by article."""
        yield from self.on_issue
        for group in self.articles:
            yield from group.annotations


def gathered(selection: Selection) -> Iterator[IssueGroup]:
    """Yield the selection issue by issue, ordered by publication, date and file.

    What was made on an earlier file of an issue stands with the issue that took its place. Issues
    are looked up one at a time, so that a large library needs the memory of one of them.
    """
    by_issue, said = _by_home(selection)
    fields = {key: corrections((*group, *said[key])) for key, group in by_issue.items()}
    stored = {key: _meant(key[1], group, selection) for key, group in by_issue.items()}

    def order(key: Key) -> tuple[str, str, str, str, str]:
        ref = corrected(stored[key], fields[key])
        return ref.publication or "", ref.date or "", ref.file_name, ref.id, key[0]

    rules, no_rules = _rules(selection), MentionRules()
    for key in sorted(by_issue, key=order):
        issue = selection.lookup(stored[key]) if selection.lookup else None
        ref = corrected(_printed(issue) if issue else stored[key], fields[key])
        on_issue, articles = _grouped(by_issue[key], said[key], issue)
        if selection.with_mentions:
            articles = tuple(_as_corrected(one, rules.get(key[0], no_rules)) for one in articles)
        yield IssueGroup(ref, key[0], tuple(sorted(fields[key])), on_issue, articles, issue)
        selection.progress()


def _by_home(
    selection: Selection,
) -> tuple[dict[Key, list[Annotation]], dict[Key, list[Annotation]]]:
    """Return live annotations by reviewer and issue, and what else was said of the same issues."""
    found = _by_issue(selection, selection.annotations)
    chosen = {_mark(one) for one in selection.annotations}
    said = _by_issue(selection, (one for one in selection.said if _mark(one) not in chosen))
    together = {key: [*found.get(key, ()), *said.get(key, ())] for key in found.keys() | said}
    homes = _homes(together, selection.lookup) if selection.lookup else {}
    for key in together:
        person, issue = homes.get(key, key)
        if issue in selection.editions:
            homes[key] = person, selection.editions[issue]
    groups: dict[Key, list[Annotation]] = {}
    for key, group in found.items():
        groups.setdefault(homes.get(key, key), []).extend(group)
    for home in set(homes.values()) & groups.keys():
        groups[home].sort(key=merge_order)
    beside: dict[Key, list[Annotation]] = {home: [] for home in groups}
    for key, group in said.items():
        beside.get(homes.get(key, key), []).extend(group)
    return groups, beside


def _by_issue(
    selection: Selection, annotations: Iterable[Annotation]
) -> dict[Key, list[Annotation]]:
    found: dict[Key, list[Annotation]] = {}
    for one in annotations:
        if not one.deleted:
            key = one.reviewer or selection.reviewer, one.target.issue.id
            found.setdefault(key, []).append(one)
    return found


def _mark(one: Annotation) -> _Mark:
    return one.reviewer, one.id, one.device, one.revision


def _homes(found: Mapping[Key, list[Annotation]], lookup: Lookup) -> dict[Key, Key]:
    """Return where groups belong that may be of one issue: those of one file name or number."""
    alike: dict[tuple[str, object], list[Key]] = {}
    for key, group in found.items():
        for mark in issue_marks(_stored(group)):
            if mark is not None:
                alike.setdefault((key[0], mark), []).append(key)
    homes: dict[Key, Key] = {}
    for key in {key for keys in alike.values() if len(keys) > 1 for key in keys}:
        issue = lookup(_stored(found[key]))
        if issue is not None:
            homes[key] = key[0], issue.id
    return homes


def issue_count(annotations: Iterable[Annotation]) -> int:
    """Count the groups that gathered() makes."""
    return len({(one.reviewer, one.target.issue.id) for one in annotations if not one.deleted})


def used_tags(annotations: Iterable[Annotation], known: Mapping[str, Tag]) -> list[Tag]:
    """Return the tags that are in use and those above them, by name; a lost one by what it was."""
    used: dict[str, Tag] = {}
    for annotation in annotations:
        if not isinstance(annotation.body, TagBody) or annotation.deleted:
            continue
        body = annotation.body
        tag: Tag | None = known.get(body.tag) or Tag(body.tag, body.name or body.tag[:8])
        while tag is not None and tag.id not in used:
            used[tag.id] = tag
            tag = known.get(tag.parent) if tag.parent else None
    return sorted(used.values(), key=lambda tag: (fold_name(tag.name), tag.id))


def tag_path(tag: Tag, known: Mapping[str, Tag]) -> tuple[str, ...]:
    """Return a tag's name with those of the tags above it, outermost first.

    A store's names hold that already; one that came from elsewhere may be the last part alone.
    """
    chain, seen = [tag], {tag.id}
    while (above := known.get(chain[-1].parent or "")) is not None and above.id not in seen:
        chain.append(above)
        seen.add(above.id)
    path = ""
    for one in reversed(chain):
        whole = not path or fold_path(one.name).startswith(f"{fold_path(path)}/")
        path = one.name if whole else f"{path}/{one.name}"
    return tuple(path_parts(path)) or (path,)


def _rules(selection: Selection) -> dict[str, MentionRules]:
    """Return what each reviewer said of mentions in the whole library."""
    said: dict[str, list[Annotation]] = {}
    for one in (*selection.annotations, *selection.said):
        if isinstance(one.body, MentionBody) and one.body.scope == "library":
            said.setdefault(one.reviewer or selection.reviewer, []).append(one)
    return {name: MentionRules(own) for name, own in said.items()}


def _as_corrected(group: ArticleGroup, rules: MentionRules) -> ArticleGroup:
    """Return an article with its mentions as the reader wants them."""
    if group.article is None:
        return group
    own = [one for one in group.said if isinstance(one.body, MentionBody)]
    mentions = apply_corrections(group.article, rules, own).mentions
    return replace(group, article=replace(group.article, mentions=mentions))


def _printed(issue: Issue) -> IssueRef:
    """Describe an issue at hand; the name of a file may hold what is no text."""
    ref = issue_ref(issue)
    return replace(ref, file_name=plain_line(ref.file_name))


def _stored(group: list[Annotation]) -> IssueRef:
    return max(group, key=lambda one: one.modified).target.issue


def _meant(issue_id: str, group: list[Annotation], selection: Selection) -> IssueRef:
    """Describe the issue of a group; of editions the one that is shown."""
    stored = _stored(group)
    shown = selection.editions.get(stored.id) == issue_id
    return replace(stored, id=issue_id) if shown else stored


def _grouped(
    annotations: list[Annotation], said: list[Annotation], issue: Issue | None
) -> tuple[tuple[Annotation, ...], tuple[ArticleGroup, ...]]:
    """Return those on the issue, and articles in printed order with the lost ones last."""
    if issue is None:
        on_issue = tuple(one for one in annotations if one.target.article is None)
        return on_issue, _by_stored_article(annotations, said, lost=False)
    passages = passages_of(issue)
    keys = article_keys(issue)
    placed = place(annotations, keys, passages.home)
    beside = place(said, keys, passages.home).by_article
    anchors = passages.anchors(placed)
    groups = tuple(
        _group(ref, placed.by_article[ref.id], beside.get(ref.id, ()), article, anchors)
        for ref, article in zip(article_refs(issue), issue.articles(), strict=True)
        if ref.id in placed.by_article
    )
    return placed.issue_level, groups + _by_stored_article(placed.orphans, said, lost=True)


def _group(
    ref: ArticleRef,
    annotations: tuple[Annotation, ...],
    said: Iterable[Annotation],
    article: Article | None = None,
    anchors: Mapping[Target, Anchor] | None = None,
    *,
    lost: bool = False,
) -> ArticleGroup:
    everything = (*annotations, *said)
    shown = overlaid(ref, article_fields(everything))
    told = tuple(one for one in everything if one.kind == "correction")
    return ArticleGroup(
        shown, annotations, article, lost, anchors or {}, printed_beside(ref, shown), told
    )


def _by_stored_article(
    annotations: Iterable[Annotation], said: Iterable[Annotation], *, lost: bool
) -> tuple[ArticleGroup, ...]:
    groups: dict[str, list[Annotation]] = {}
    for annotation in annotations:
        if annotation.target.article:
            groups.setdefault(annotation.target.article.id, []).append(annotation)
    beside: dict[str, list[Annotation]] = {}
    for one in said:
        if one.target.article:
            beside.setdefault(one.target.article.id, []).append(one)
    found: list[ArticleGroup] = []
    for name, group in groups.items():
        ref = max(group, key=lambda one: one.modified).target.article
        if ref is not None:
            found.append(_group(ref, tuple(group), beside.get(name, ()), lost=lost))
    return tuple(sorted(found, key=lambda one: (one.ref.position, one.ref.id)))
