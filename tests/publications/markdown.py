"""A printed issue as Markdown with `[^1]` notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.publications.printed import Para, Printed

HEADS = {"masthead": "# ", "section": "## ", "title": "### ", "heading": "#### "}


def to_markdown(issue: Printed) -> str:
    """Give the Markdown; each mark of a page's note is numbered anew through the issue."""
    made: list[str] = []
    notes: list[str] = []
    for para in issue.paras:
        if para.role == "rule":
            made.append("---")
        elif para.rows:
            head, *rest = ("| " + " | ".join(row) + " |" for row in para.rows)
            made.append("\n".join([head, "|" + " --- |" * len(para.rows[0]), *rest]))
        else:
            made.append(HEADS.get(para.role, "") + _inline(para, issue.page_notes, notes))
    return "\n\n".join([*made, *notes]) + "\n"


def _inline(para: Para, page_notes: bool, notes: list[str]) -> str:
    text = ""
    for run in para.runs:
        if run.note and page_notes:
            notes.append(f"[^{len(notes) + 1}]: {run.note}")
            text += f"[^{len(notes)}]"
        else:
            text += run.text.replace("*", "\\*").replace("_", "\\_")
    return f"**{text}**" if para.bold and para.role not in HEADS else text
