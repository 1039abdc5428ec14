"""What an import would change, as lines for people: by issue and article, old and new words."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from annotations.documents import to_document
from annotations.imports.applying import by_issue
from annotations.model import (
    Annotation,
    BoundaryBody,
    CorrectionBody,
    HighlightBody,
    LinkBody,
    NoteBody,
    StarBody,
    StatusBody,
    TagBody,
)
from bulletins.sources.plain import exact_line
from tui.locale import mark, ntr, tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from annotations.imports.plan import Change, Plan
    from annotations.model import IssueRef

_SIGNS = {"add": "+", "restore": "+", "update": "~", "beside": "!", "delete": "-"}
_KINDS = {
    "tag": mark("tag"),
    "note": mark("note"),
    "highlight": mark("highlight"),
    "link": mark("link"),
    "status": mark("status"),
    "star": mark("star"),
    "correction": mark("correction"),
    "boundary": mark("split"),
}
_SHOWN = 60  # characters of a text or a quote
_AROUND = 12  # characters of what stays the same, on each side of a change
_MOST_WORDS = 500  # of texts that are compared word by word
_WORD = re.compile(r"[A-Za-z0-9]+|\s+|.", re.DOTALL)


def plan_lines(plan: Plan) -> Iterator[str]:
    """Yield the lines of all changes, and how many annotations stay as they are."""
    for changes in by_issue(plan).values():
        yield exact_line(_issue(changes[0].annotation.target.issue))
        by_article: dict[str, list[Change]] = {}
        for change in changes:
            article = change.annotation.target.article
            by_article.setdefault(article.id if article else "", []).append(change)
        for group in by_article.values():
            article = group[0].annotation.target.article
            if article is not None:
                yield f"  {exact_line(article.title)}"
            for change in group:
                yield exact_line(f"    {_SIGNS[change.sort]} {_change(change)}")


def summary_lines(plan: Plan) -> Iterator[str]:
    """Yield a line for each reason why something of a file is not taken in."""
    if plan.unchanged:
        counted = ntr("{n} unchanged", "{n} unchanged", len(plan.unchanged))
        yield f"= {counted}"
    if plan.older:
        counted = ntr("{n} older than here", "{n} older than here", len(plan.older))
        yield f"= {counted}"
    if plan.deleted_here:
        counted = ntr("{n} deleted here", "{n} deleted here", len(plan.deleted_here))
        yield tr("= {counted}; --restore-deleted brings them back").format(counted=counted)
    for name, number in plan.others.items():
        counted = ntr("{n} annotation", "{n} annotations", number)
        message = tr("{counted} of the reviewer “{name}” refused; --as-mine takes them as yours")
        yield exact_line(message.format(counted=counted, name=name))


def word_changes(old: str, new: str) -> str:
    """Show what changed from one text to another: `[-old-]{+new+}`, the same in between cut short.

    Long texts are shown one after the other.
    """
    before, after = _WORD.findall(old), _WORD.findall(new)
    least = min(len(before), len(after))
    head = next((n for n in range(least) if before[n] != after[n]), least)
    rest = least - head
    tail = next((n for n in range(rest) if before[-1 - n] != after[-1 - n]), rest)
    first, last = "".join(before[:head]), "".join(before[len(before) - tail :])
    before, after = before[head : len(before) - tail], after[head : len(after) - tail]
    parts = [_cut(first, first=True)]
    if max(len(before), len(after)) > _MOST_WORDS:
        parts.append(f"[-{_short(''.join(before))}-]{{+{_short(''.join(after))}+}}")
    else:
        codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
        for sort, a, b, c, d in codes:
            gone, come = "".join(before[a:b]), "".join(after[c:d])
            changed = (f"[-{gone}-]" if gone else "") + (f"{{+{come}+}}" if come else "")
            parts.append(_cut(gone) if sort == "equal" else changed)
    return "".join([*parts, _cut(last, last=True)])


def _cut(text: str, *, first: bool = False, last: bool = False) -> str:
    if len(text) <= 2 * _AROUND + 1:
        return text
    head = "" if first else text[:_AROUND]
    tail = "" if last else text[-_AROUND:]
    return f"{head}…{tail}"


def _issue(ref: IssueRef) -> str:
    known = [part for part in (ref.title or ref.publication, ref.number, ref.date) if part]
    return " · ".join([ref.file_name or ref.id[:12], *known])


def _change(change: Change) -> str:
    one, before = change.annotation, change.before
    kind = tr(_KINDS[one.kind]) if one.kind in _KINDS else one.kind
    if change.sort == "update" and before is not None:
        old, new = _said(before), _said(one)
        same = isinstance(one.body, NoteBody | HighlightBody) and type(before.body) is type(
            one.body
        )
        shown = word_changes(old, new) if same else f"{_short(old)} → {_short(new)}"
        if old == new:
            shown = _short(new)
        return f"{kind}: {shown}"
    text = f"{kind} {_short(_said(one))}".rstrip()
    if change.sort == "restore":
        return tr("{what} (brought back; it was deleted here)").format(what=text)
    if change.sort == "beside" and before is not None:
        message = tr("{what} (changed on both sides; kept beside “{here}”)")
        return message.format(what=text, here=_short(_said(before)))
    return text


def _said(one: Annotation) -> str:
    quote = one.target.selector.exact if one.target.selector else ""
    match one.body:
        case TagBody(name=name, tag=tag):
            return f"{name or tag[:8]} “{_short(quote)}”" if quote else name or tag[:8]
        case NoteBody(text=text):
            return text
        case HighlightBody(colour=colour, note=note):
            return f"{colour} “{_short(quote)}”" + (f": {note}" if note else "")
        case StatusBody(status=status):
            return status
        case StarBody():
            return ""
        case CorrectionBody(field=field, value=value):
            return f"{field}: {value}"
        case BoundaryBody(act=act, line=line):
            return f"{act}: {line}"
        case LinkBody(relation=relation, article=article):
            return f"{relation}: {article.title}"
    shown: Sequence[object] = list(to_document(one)["body"].values())
    return ", ".join(str(value) for value in shown if isinstance(value, str) and value)


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
