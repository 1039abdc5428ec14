"""Export annotations: chosen, read back, and only then in place of a file."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from annotations.exports import Format
    from annotations.exports.gathering import Lookup, Selection
    from annotations.exports.regions import Merged
    from annotations.filters import Filter
    from annotations.healing import Anchor
    from annotations.model import Annotation, IssueRef, Target
    from annotations.placing import Placing
    from annotations.store import Store
    from bulletins.citation import Edition

MOST_NAME = 60  # characters of a file's name


@dataclass(frozen=True, slots=True)
class Manner:
    """How an export is written; `format` is a name of annotations.exports.FORMATS."""

    format: str = "yaml"
    with_mentions: bool = False
    edition: Edition = "2025"
    raw: bool = False


class ExistsError(Exception):
    """A file is there already, and it was not said that it may be replaced; `path` is its."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


def everything(
    stores: Sequence[Store], tick: Callable[[], None] = lambda: None
) -> Iterator[Annotation]:
    """Yield all live annotations of these reviewers; `tick` is called after each issue."""
    for store in stores:
        for issue_id in store.issue_ids():
            yield from store.annotations(issue_id)
            tick()


def choose(
    stores: Sequence[Store],
    chosen: Filter,
    manner: Manner,
    lookup: Lookup | None = None,
    tick: Callable[[], None] = lambda: None,
    editions: Mapping[str, str] | None = None,
) -> Selection:
    """Read the work of the stores' reviewers and select what the filter lets through.

    `editions` gives the issue that is shown by the id of another edition of it.
    """
    from annotations.exports.gathering import Selection
    from annotations.filters import select

    found = tuple(everything(stores, tick))
    tags = {tag.id: tag for store in reversed(stores) for tag in store.tags()}
    whole = Selection(
        annotations=found,
        tags=tuple(tags.values()),
        reviewer=stores[0].reviewer if len(stores) == 1 else "",
        exported=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        lookup=lookup,
        said=tuple(one for one in found if one.kind == "correction"),
        with_mentions=manner.with_mentions,
        edition=manner.edition,
        raw=manner.raw,
        editions=editions or {},
    )
    selected = select(found, chosen, whole.tags, _anchors(whole) if chosen.anchors else None)
    return replace(whole, annotations=selected)


def export_file(
    selection: Selection, form: Format, path: Path, *, may_replace: bool
) -> Merged | None:
    """Write the selection to `path`; a Markdown file of ours is brought up to date instead.

    Returns what was kept of an edited Markdown file. Raises StoreError, and ExistsError for a file
    that is there, unless it may be replaced; a Markdown file that is not ours is then added to.
    """
    from annotations.durable import signature
    from annotations.exports.writing import write
    from annotations.model import StoreError

    before = signature(path)
    merged = None
    if before is not None and form.name == "markdown":
        from annotations.exports.markdown import is_ours, update

        try:
            old = path.read_bytes().decode("utf-8")
        except (OSError, ValueError) as error:
            raise StoreError(
                "{path}: can't be brought up to date: {why}", path=path, why=error
            ) from error
        if not may_replace and not is_ours(old):
            raise ExistsError(path)
        merged = update(selection, old)
        text = merged.text
    else:
        if before is not None and not may_replace:
            raise ExistsError(path)
        text = form.export(selection)
    if signature(path) != before:
        raise StoreError("{path}: changed while the export was made; nothing written", path=path)
    write(path, text)
    return merged


def split_by_issue(
    selection: Selection, form: Format, annotated: Sequence[Annotation]
) -> dict[str, Selection]:
    """Return the selection in parts, one an issue and reviewer, by the name of its file.

    Names are told apart among all that is `annotated`, so that they stay the same whatever is
    selected.
    """
    names = _file_names(selection, annotated, form.suffix)
    parts: dict[str, list[Annotation]] = {}
    for one in selection.annotations:
        parts.setdefault(names[one.reviewer, one.target.issue.id], []).append(one)
    return {name: replace(selection, annotations=tuple(own)) for name, own in parts.items()}


def _file_names(
    selection: Selection, annotated: Sequence[Annotation], suffix: str
) -> dict[tuple[str, str], str]:
    refs: dict[tuple[str, str], IssueRef] = {}
    for one in (*selection.annotations, *annotated):
        refs.setdefault((one.reviewer, one.target.issue.id), one.target.issue)
    stems: dict[tuple[str, str], str] = {}
    for key, ref in refs.items():
        person = "" if selection.reviewer else f" {key[0]}"
        stems[key] = _safe((ref.file_name.rpartition(".")[0] or ref.file_name) + person)
    taken: dict[str, int] = {}
    for stem in stems.values():
        taken[stem.casefold()] = taken.get(stem.casefold(), 0) + 1
    return {
        key: stem + (f"~{key[1][:8]}" if taken[stem.casefold()] > 1 else "") + suffix
        for key, stem in stems.items()
    }


def _safe(name: str) -> str:
    """Return a file name that every system takes."""
    plain = re.sub(r'[\x00-\x1f\x7f/\\:*?"<>|]+', "-", unicodedata.normalize("NFC", name))
    return plain[:MOST_NAME].strip(" .-") or "issue"


def _anchors(selection: Selection) -> dict[Target, Anchor]:
    """Return where the passages are; all that lost its article is an orphan."""
    from annotations.exports.gathering import gathered

    return {
        one.target: found
        for issue in gathered(selection)
        for group in issue.articles
        for one in group.annotations
        for found in [group.found(one)]
        if found is not None
    }


def export_placed(
    placing: Placing,
    path: Path,
    issue_id: str | None,
    tags: tuple[str, ...],
    form: str,
    lookup: Lookup | None,
) -> int:
    """Export the own annotations, of one issue or all, with any of `tags`; how many there were."""
    from annotations.exports import FORMATS
    from annotations.filters import Filter

    issues = (issue_id, *placing.kin(issue_id)) if issue_id else ()
    chosen = Filter(tags=tags, issues=issues)
    editions = placing.editions()
    selection = choose([placing.store], chosen, Manner(form), lookup, editions=editions)
    if selection.annotations:
        export_file(selection, FORMATS[form], path, may_replace=True)
    return len(selection.annotations)


def export_these(
    stores: Sequence[Store],
    path: Path,
    shown: Collection[tuple[str, str]],
    form: str,
    lookup: Lookup | None,
    editions: Mapping[str, str] | None = None,
) -> int:
    """Export the annotations with these reviewers and ids, as they are now; how many there were."""
    from annotations.exports import FORMATS
    from annotations.filters import Filter

    selection = choose(stores, Filter(), Manner(form), lookup, editions=editions)
    own = tuple(one for one in selection.annotations if (one.reviewer, one.id) in shown)
    people = {one.reviewer for one in own}
    reviewer = next(iter(people)) if len(people) == 1 else ""
    if own:
        selection = replace(selection, annotations=own, reviewer=reviewer)
        export_file(selection, FORMATS[form], path, may_replace=True)
    return len(own)
