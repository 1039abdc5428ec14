"""What is said of an annotation without a place: what it says, who made it, why it is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotations.model import (
    BoundaryBody,
    CorrectionBody,
    HighlightBody,
    LinkBody,
    MentionBody,
    NoteBody,
    OtherBody,
    StarBody,
    StatusBody,
    TagBody,
)
from bulletins.sources.plain import plain, plain_line
from tui.clock import local_time
from tui.correction_words import change_words, field_words
from tui.locale import mark, tr
from tui.outline import STATUS_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotations.model import Annotation, ArticleRef
    from tui.orphans import Lost

KIND_WORDS = {
    "tag": mark("tag"),
    "note": mark("note"),
    "highlight": mark("highlight"),
    "status": mark("status"),
    "star": mark("star"),
    "link": mark("link"),
    "correction": mark("correction"),
    "boundary": mark("split"),
    "mention": mark("mention"),
    "adjudication": mark("decision"),
}
SPLIT_WORDS: dict[str, str] = {
    "begin": mark("begins an article"),
    "join": mark("goes on with what is above"),
    "heading": mark("is a heading"),
    "drop": mark("is no text"),
}
"""What a reader says of a printed line."""
ABOUT_WORDS = {"tags": mark("Tags"), "status": mark("State"), "passage": mark("Marked passage")}
"""What a decision between reviewers is about."""


def said(annotation: Annotation, title: str = "") -> str:
    """Say in one line what an annotation says, and on the article of which `title`, if any."""
    kind = tr(KIND_WORDS.get(annotation.kind, annotation.kind))
    words = [f"{kind}  {body_words(annotation)}".rstrip()]
    selector = annotation.target.selector
    if selector is not None and not isinstance(annotation.body, MentionBody):
        words.insert(0, f"“{selector.exact}”")
    if title:
        words.append(tr("(on {title})").format(title=title))
    return plain_line("  ".join(words))


def signature(annotation: Annotation) -> str:
    """Say when an annotation was changed last, and by whom."""
    return plain_line(f"{local_time(annotation.modified)[:10]} {annotation.reviewer}")


def reason(lost: Lost, title_of: Callable[[str, ArticleRef], str]) -> str:
    """Say in a few lines why something is lost, and all that it says.

    `title_of` calls an article by its title, of an issue's id and what an annotation has of it.
    """
    first = lost.first
    article = first.target.article
    title = plain_line(title_of(lost.home, article)) if article else "—"
    lines = {
        "article": tr("The article “{title}” was not found in this issue."),
        "passage": tr("The article “{title}” is there, this passage is not found in it any more."),
        "line": tr("No printed line of this issue is like it, or several are."),
        "issue": tr("Its issue is not in this library; it is kept, and waits until that comes."),
    }[lost.why].format(title=title)
    if len(lost.annotations) > 1:
        every = "  ".join(said(one) for one in lost.annotations)
        return f"{lines}\n{every}"
    quote = f"\n“{plain_line(first.target.selector.exact)}”" if first.target.selector else ""
    body = body_words(first)
    made = tr("{when} by {who} on {device}").format(
        when=local_time(first.modified), who=first.reviewer, device=first.device
    )
    kind = tr(KIND_WORDS.get(first.kind, first.kind))
    own = f"\n{kind}{': ' if body else ''}{body}"
    return plain(f"{lines}{quote}{own}\n{made}")


def body_words(annotation: Annotation) -> str:
    """Say what an annotation says, besides the words that it is about."""
    match annotation.body:
        case TagBody(name=name):
            return f"#{name}"
        case NoteBody(text=text):
            return text
        case HighlightBody(note=note):
            return note
        case StatusBody(status=status):
            return tr(STATUS_WORDS.get(status, status))
        case StarBody():
            return "★"
        case LinkBody(article=article, note=note):
            return f"⇄ {article.title}  {note}".rstrip()
        case CorrectionBody(field=field, value=value):
            return field_words(field, value)
        case MentionBody() as body:
            return change_words(body)
        case BoundaryBody(act=act, line=line):
            return f"“{line}” {tr(SPLIT_WORDS[act])}"
        case OtherBody(kind="adjudication", data=data):
            about = str(data.get("about", ""))
            names = {"": tr("neither of them"), "*": tr("all of them")}
            choice = str(data.get("choice", ""))
            return f"{tr(ABOUT_WORDS.get(about, about))}: {names.get(choice, choice)}"
        case _:
            return ""
