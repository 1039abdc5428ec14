"""`kuaibao style new FILE`, `kuaibao style check [PROFILE] PATH…`: propose and check profiles."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from tui.cli import output
from tui.locale import mark, ntr, told, tr

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable, Iterator

    from bulletins.model import Issue
    from bulletins.parsing import Parsed
    from bulletins.parsing.doubts import Doubt
    from bulletins.styles import Styles
    from tui.cli.options import Arguments
    from tui.config import Loaded

_PROFILE = (".yaml", ".yml")
_UNSURE = 0.7  # a file that is less sure than this is worth a look
_SHOWN = 50  # characters of a title
_DOUBTS = {
    "no articles": mark("no article was found"),
    "no text": mark("an article without text: {article}"),
    "long title": mark("a very long title: {article}"),
    "title like text": mark("a title that reads as text: {article}"),
    "same title": mark("another article has the same title: {article}"),
    "header left": mark("perhaps a page header: {about} (in {article})"),
    "loose note": mark("note {about} has no mark in the text: {article}"),
    "not found": mark("the contents list an article that was not found: {about}"),
    "not listed": mark("the contents do not list this article: {article}"),
}


def add_arguments(arguments: Arguments) -> None:
    """What to do, and with which files."""
    arguments.add_argument(
        "paths",
        nargs="*",
        metavar=tr("PATH"),
        help=tr(
            "“new FILE” prints a profile for issues like FILE, and what it finds; “check [PROFILE]"
            " PATH…” lists what is doubtful in each file, read by that profile or by the best one"
        ),
    )


def run(arguments: Namespace, loaded: Loaded) -> int:
    """Propose or check; 1 if a file can't be read or something is doubtful, 2 if asked wrongly."""
    from bulletins.styles import StyleError, load_styles
    from tui.cli.options import UsageError

    todo, *paths = arguments.paths or [""]
    if todo not in ("new", "check"):
        raise UsageError(tr("say “style new FILE” or “style check PATH…”"))
    try:
        styles = load_styles([loaded.config.styles])
        if todo == "new":
            if len(paths) != 1:
                raise UsageError(tr("name one file to learn a profile from"))
            return _propose(Path(paths[0]), styles)
        profile = None
        if paths and paths[0].lower().endswith(_PROFILE):
            profile = Path(paths.pop(0))
        files = paths or [str(path) for path in loaded.config.library]
        if not files:
            raise UsageError(tr("name a file or folder to check"))
        return _check(files, styles, profile)
    except StyleError as error:
        output.complain(told(error))
        return 2


def _propose(path: Path, styles: Styles) -> int:
    """Print a profile, with what it finds as comments, so that all of it is YAML."""
    from bulletins.model import ReadError
    from bulletins.parsing import parse
    from bulletins.parsing.doubts import doubts_of
    from bulletins.sources import read_pages
    from bulletins.styles import Styles, load_profile
    from bulletins.styles.proposing import propose

    try:
        source = read_pages(path)
    except ReadError as error:
        output.complain(str(error))
        return 1
    first = parse(source, styles)
    used = styles.named(first.issue.style)
    assert used is not None, "the style was just used"
    profile = propose(_name_for(path), first.issue, first.trace, used)
    found = parse(source, Styles((load_profile(path, profile),)))
    _say(_commented(tr("A style profile, proposed from {name}.").format(name=path.name)))
    _say(_commented(tr("Look it through, and put it in the folder that “kuaibao paths” names.")))
    _say(profile)
    _say(_commented(tr("What this profile finds in it:")))
    for line in _outline(found.issue):
        _say(_commented(line))
    doubts = doubts_of(found.issue, found.listed)
    for line in map(_doubt, doubts):
        _say(_commented("? " + line))
    if len(found.issue.articles()) != len(first.issue.articles()):
        message = tr("By “{style}” it has {count}; mend the profile if that is right.")
        articles = len(first.issue.articles())
        counted = ntr("{n} article", "{n} articles", articles)
        _say(_commented("? " + message.format(style=first.issue.style, count=counted)))
    return 0


def _check(paths: list[str], styles: Styles, profile: Path | None) -> int:
    """Print a line for each file, and one for each doubt."""
    from bulletins.model import ReadError
    from bulletins.parsing.doubts import doubts_of
    from bulletins.reading import read_issue
    from bulletins.styles import Styles, load_profile
    from tui.library_files import find_files

    if profile is not None:
        styles = Styles((load_profile(profile),))
    found = find_files(paths)
    for name, message in found.problems:
        output.complain(f"{name}: {message}")
    doubtful = failed = 0
    for path in found.files:
        try:
            parsed: Parsed = read_issue(path, styles)
        except ReadError as error:
            failed += 1
            output.complain(str(error))
            continue
        doubts = doubts_of(parsed.issue, parsed.listed)
        unsure = parsed.issue.confidence < _UNSURE
        doubtful += bool(doubts) or unsure
        _say(_line(path, parsed.issue))
        if unsure:
            _say("  ? " + tr("the reading is not sure; look at it with “inspect --explain”"))
        for doubt in doubts:
            _say("  ? " + _doubt(doubt))
    if not found.files:
        output.complain(tr("there is no bulletin in this folder"))
    message = tr("{files}, {doubtful} doubtful")
    counted = ntr("{n} file", "{n} files", len(found.files))
    output.complain(message.format(files=counted, doubtful=doubtful))
    return 1 if doubtful or failed or found.problems or not found.files else 0


def _line(path: Path, issue: Issue) -> str:
    issued = " ".join(filter(None, (issue.publication, issue.number, issue.date)))
    parts = (
        path.name,
        tr("{style} ({confidence:.0%} sure)").format(
            style=issue.style, confidence=issue.confidence
        ),
        ntr("{n} article", "{n} articles", len(issue.articles())),
        issued,
    )
    return " · ".join(filter(None, parts))


def _outline(issue: Issue) -> Iterator[str]:
    """The issue in a few lines: sections, articles, who wrote them, sources and notes."""
    head = (issue.publication or "?", issue.number or "?", issue.date or "?")
    yield " · ".join(head) + f" · {issue.confidence:.0%}"
    for section in issue.sections:
        yield f"▸ {section.title or '—'}"
        for article in section.articles:
            by = "、".join(article.authors) or "—"
            blocks = ntr("{n} block", "{n} blocks", len(article.blocks))
            sources = ntr("{n} source", "{n} sources", len(article.sources))
            notes = ntr("{n} note", "{n} notes", len(article.footnotes))
            yield f"   {_short(article.title)} · {by} · {blocks} · {sources} · {notes}"


def _doubt(doubt: Doubt) -> str:
    said = tr(_DOUBTS[doubt.kind])
    return said.format(article=_short(doubt.article), about=_short(doubt.about))


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def _name_for(path: Path) -> str:
    """A name for the profile: that of the file without what tells its issues apart."""
    stem = re.sub(r"\d+", "", re.sub(r"[0-9a-f]{8,}", "", path.stem))
    bare = re.sub(r"[\W_]+", "-", stem).strip("-").lower()
    return bare or "new-style"


def _commented(text: str) -> str:
    return f"# {text}"


def _say(text: str | Iterable[str]) -> None:
    """Print lines that hold text of files: nothing in them moves a cursor."""
    from bulletins.sources.plain import plain

    print(plain(str(text)).rstrip("\n"))
