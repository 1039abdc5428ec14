"""Markdown: its heads, emphasis, tables and `[^1]` notes become the lines of the one model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletins.sources.flowing import Flow, Run

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

    from bulletins.sources.lines import Page

SIZES = {"h1": 20.0, "h2": 17.0, "h3": 14.5, "h4": 12.5, "h5": 11.5, "h6": 11.0}
"""Points for heads beside text of TEXT points: what matters is which is larger."""
TEXT = 10.5
NOTE = 9.0
_DEEPEST = 20  # lists in lists and quotations in quotations that are told apart


def pages_of_markdown(text: str) -> tuple[Page, ...]:
    """Read Markdown (CommonMark with tables and notes) into one page of lines."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable("table")
    parser.use(footnote_plugin, inline=False)
    reader = _Reader(parser.parse(text.replace("\r\n", "\n").replace("\r", "\n")))
    return reader.read()


class _Reader:
    """Goes through the tokens once; notes are known before."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens, notes = _notes(tokens)
        self._notes = {name: _inline(found, NOTE) for name, found in notes.items()}
        self._flow = Flow()
        self._lists: list[int | None] = []
        self._mark = ""

    def read(self) -> tuple[Page, ...]:
        head = ""
        cells: list[str] | None = None
        for token in self._tokens:
            kind = token.type
            if kind == "heading_open":
                head = token.tag
            elif kind == "heading_close":
                head = ""
            elif kind == "tr_open":
                cells = []
            elif kind == "tr_close":
                self._flow.row(cells or [])
                cells = None
            elif kind == "ordered_list_open":
                self._lists.append(int(token.attrs.get("start") or 1))
            elif kind == "bullet_list_open":
                self._lists.append(None)
            elif kind in ("ordered_list_close", "bullet_list_close"):
                self._lists.pop()
            elif kind == "list_item_open":
                self._begin_item()
            elif kind == "inline" and cells is not None:
                cells.append("".join(run.text for run in _inline([token], TEXT)))
            elif kind == "inline":
                self._paragraph(token, head)
            elif kind in ("fence", "code_block"):
                for line in token.content.rstrip("\n").split("\n"):
                    self._flow.paragraph([Run(line, TEXT)])
            elif kind == "hr":
                self._flow.paragraph([])
        return self._flow.pages()

    def _begin_item(self) -> None:
        number = self._lists[-1]
        self._mark = "• " if number is None else f"{number}. "
        if number is not None:
            self._lists[-1] = number + 1

    def _paragraph(self, token: Token, head: str) -> None:
        runs = _inline([token], SIZES.get(head, TEXT), bold=bool(head))
        if self._mark:
            runs.insert(0, Run(self._mark, TEXT))
            self._mark = ""
        self._flow.paragraph(runs)
        for child in token.children or ():
            if child.type == "footnote_ref":
                name = _label(child)
                found = self._notes.get(name)
                if found:
                    mark = Run(f"{_number(child)} ", NOTE, raised=True)
                    self._flow.paragraph([mark, *found], zone="notes")


def _label(token: Token) -> str:
    return str(token.meta.get("id", ""))


def _number(token: Token) -> str:
    label = str(token.meta.get("label", ""))
    return label if label.isdigit() else str(token.meta.get("id", 0) + 1)


def _notes(tokens: Sequence[Token]) -> tuple[list[Token], dict[str, list[Token]]]:
    """Take the notes out of a document: the other tokens, and those of each note by its id."""
    kept: list[Token] = []
    notes: dict[str, list[Token]] = {}
    own: list[Token] | None = None
    for token in tokens:
        if token.type == "footnote_open":
            own = notes.setdefault(_label(token), [])
        elif token.type == "footnote_close":
            own = None
        elif own is not None:
            if token.type == "inline":
                own.append(token)
        elif not token.type.startswith("footnote_"):
            kept.append(token)
    return kept, notes


def _inline(tokens: Sequence[Token], size: float, *, bold: bool = False) -> list[Run]:
    return [run for token in tokens for run in _runs(token.children or (), size, bold)]


def _runs(tokens: Sequence[Token], size: float, bold: bool) -> Iterator[Run]:
    heavy = 0
    url = ""
    for token in tokens:
        if token.type in ("strong_open", "strong_close"):
            heavy += 1 if token.nesting > 0 else -1
        elif token.type == "link_open":
            url = str(token.attrs.get("href") or "")
        elif token.type == "link_close":
            url = ""
        elif token.type in ("text", "code_inline"):
            yield Run(token.content, size, bold or heavy > 0, url=url)
        elif token.type in ("softbreak", "hardbreak"):
            yield Run("\n", size, bold or heavy > 0)
        elif token.type == "footnote_ref":
            yield Run(_number(token), size, raised=True)
