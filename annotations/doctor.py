"""Check all that readers made under a data folder; changes nothing. See annotations.mending."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotations.anchors import place_in_issue
from annotations.aside import is_aside
from annotations.boundaries import unplaced
from annotations.doctor_files import check_folder
from annotations.doctor_history import check_told
from annotations.files import reason
from annotations.findings import Finding
from annotations.folder import ReviewerFolder
from annotations.healing import heal
from annotations.index import VERSION, read_index, summarise
from annotations.mention_spots import text_at
from annotations.model import StoreError
from annotations.names import safe_name
from bulletins.model import Place
from bulletins.said import Said
from bulletins.sources.plain import plain_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from annotations.model import Annotation, IssueRef, Selector
    from bulletins.model import Article, Issue

    Lookup = Callable[[IssueRef], Issue | None]


@dataclass(frozen=True, slots=True)
class Checkup:
    """What was looked at and what was found.

    `asides` are old files that were kept, `elsewhere` the annotations whose issue is not at hand.
    """

    findings: tuple[Finding, ...]
    files: int = 0
    annotations: int = 0
    asides: int = 0
    elsewhere: int = 0


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose files are looked at, and whose may be mended: by default those of one device.

    Files have one writer: what another device or reviewer wrote is mended only with `everyone`.
    """

    root: Path
    reviewer: str | None
    device: str
    everyone: bool = False

    def reviewers(self) -> list[Path]:
        """Return the folders of all reviewers. Raises StoreError if they can't be listed."""
        return _folders(self.root / "annotations")

    def is_own(self, folder: Path) -> bool:
        """Tell whether a device's folder is that of this device and reviewer."""
        if not self.reviewer:
            return False
        wanted = (safe_name(self.reviewer), safe_name(self.device))
        return (folder.parent.name, folder.name) == wanted

    def may_mend(self, folder: Path) -> bool:
        """Tell whether the files of a device's folder may be changed."""
        return self.everyone or self.is_own(folder)

    def lock(self, folder: Path) -> Path:
        """Return the lock of a device's folder."""
        return self.root / "locks" / folder.parent.name / f"{folder.name}.lock"


def examine(scope: Scope, lookup: Lookup | None = None, rescued: Sequence[Path] = ()) -> Checkup:
    """Check every file; with `lookup` (an issue at hand) also quotes and places.

    `rescued` are folders of work that could not be saved. Raises StoreError if the data folder
    can't be looked into.
    """
    findings: list[Finding] = []
    files = asides = total = elsewhere = 0
    for reviewer in scope.reviewers():
        devices = _folders(reviewer)
        for device in devices:
            own = scope.is_own(device)
            try:
                names = [one.name for one in device.iterdir()]
                files += sum(name.endswith(".json") for name in names)
                asides += sum(map(is_aside, names))
                found = list(check_folder(device, own=own, writable=scope.may_mend(device)))
                if scope.may_mend(device) and not any(one.mendable for one in found):
                    found += check_told(device)
                findings += found
            except OSError as error:
                findings.append(Finding("unreadable", device, reason(error)))
            lock = scope.lock(device)
            if lock.exists() and not lock.is_file():
                what = Said("not a regular file")
                findings.append(Finding("lock", lock, what, scope.may_mend(device)))
        for path in sorted(reviewer.iterdir()):
            if path not in devices and not path.name.startswith("."):
                findings.append(Finding("foreign", path, Said("not a device's folder")))
        folder = reviewer_folder(reviewer)
        findings += check_index(scope.root / "index" / f"{reviewer.name}.json", folder)
        for stem, paths in folder.stems().items():
            issue_id = folder.issue_id(stem, paths) or stem
            work = folder.work_at(stem, paths, issue_id)
            live = [one for one in work.annotations if not one.deleted]
            total += len(live)
            issue = lookup(live[-1].target.issue) if lookup and live else None
            if issue is not None:
                findings += _check_places(live, issue, reviewer, stem)
            elif lookup:
                elsewhere += len(live)
    for path in rescued:
        findings.append(Finding("rescue", path, Said("work that could not be saved"), True))
    return Checkup(tuple(findings), files, total, asides, elsewhere)


def reviewer_folder(path: Path) -> ReviewerFolder:
    """Return a fresh look at the folder of one reviewer's devices."""
    return ReviewerFolder(path, path / "-", {})


def check_index(path: Path, folder: ReviewerFolder) -> Iterator[Finding]:
    """Yield whether an index can't be read, or says of an unchanged file what it does not hold."""
    try:
        whole = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(whole, dict) and whole.get("version") != VERSION:
            return  # of another version: made again by the next start
    except FileNotFoundError:
        return
    except (OSError, ValueError, RecursionError):
        yield Finding("index", path, Said("can't be read"), True)
        return
    kept = read_index(path)
    wrong = 0
    for stem, paths in folder.stems().items():
        files, issue_id, summary = kept.get(stem, (None, "", None))
        if files == [[name, *rest] for name, rest in folder.signatures(paths)]:
            work = folder.work_at(stem, paths, issue_id)
            wrong += summarise(work.annotations, work.problems) != summary
    if wrong or (not kept and whole["issues"] if isinstance(whole, dict) else True):
        what = Said("not an index")
        if wrong:
            what = Said("issues that are counted wrongly: {n}", n=wrong)
        yield Finding("index", path, what, True)


def _check_places(
    annotations: Sequence[Annotation], issue: Issue, reviewer: Path, stem: str
) -> Iterator[Finding]:
    placed = place_in_issue(annotations, issue)
    for one in (*placed.orphans, *unplaced(placed.issue_level, issue.unmet)):
        yield Finding("orphan", _file(one, reviewer, stem), _about(one))
    articles = {article.id: article for article in issue.articles()}
    for article_id, own in placed.by_article.items():
        for one in own:
            selector = one.target.selector
            if selector is not None and not _stands(articles[article_id], selector):
                what = Said(
                    "{about}: “{quote}” is not in the article any more",
                    about=_about(one), quote=_short(selector.exact),
                )  # fmt: skip
                yield Finding("quote", _file(one, reviewer, stem), what)


def _stands(article: Article, selector: Selector) -> bool:
    """Tell whether the words of a selector stand where it says, or where it would be healed to."""
    place = Place(selector.start, selector.end, selector.block, selector.footnote)
    if text_at(article, place)[selector.start : selector.end] == selector.exact:
        return True
    return selector.footnote is None and heal(selector, article).status != "orphan"


def _file(annotation: Annotation, reviewer: Path, stem: str) -> Path:
    try:
        return reviewer / safe_name(annotation.device) / f"{stem}.json"
    except StoreError:
        return reviewer


def _about(annotation: Annotation) -> Said:
    article = annotation.target.article
    title = article.title if article else getattr(annotation.body, "line", "")
    kind = Said(plain_line(annotation.kind)[:20])
    return Said("{kind} on “{title}”", kind=kind, title=_short(title))


def _short(text: str) -> str:
    line = plain_line(text)
    return line if len(line) <= 30 else line[:29] + "…"


def _folders(path: Path) -> list[Path]:
    try:
        found = [one for one in path.iterdir() if one.is_dir() and not one.name.startswith(".")]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise StoreError("{path}: can't be listed: {why}", path=path, why=reason(error)) from error
    return sorted(found)
