"""Saved web pages: what is read of them becomes lines; menus and scripts do not."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from bulletins.sources.flowing import Flow, Run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bulletins.sources.lines import Align, Page

TEXT = 12.0
"""Points of text that no style sizes: browsers' 16 pixels."""
SIZES = {"h1": 24.0, "h2": 18.0, "h3": 14.0, "h4": 12.0, "h5": 10.0, "h6": 8.0}
_LEFT_OUT = {
    "script", "style", "noscript", "template", "head", "nav", "aside", "footer", "form", "button",
    "select", "input", "textarea", "iframe", "object", "svg", "math", "canvas", "audio", "video",
    "dialog", "menu",
}  # fmt: skip
_BLOCKS = {
    "address", "article", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup",
    "hr", "html", "li", "main", "ol", "p", "pre", "section", "summary", "table", "tbody", "td",
    "tfoot", "th", "thead", "tr", "ul",
}  # fmt: skip
_MAIN = ("article", "main")
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_SIZE = re.compile(r"font-size\s*:\s*([\d.]{1,8})\s*(px|pt|r?em|%)", re.IGNORECASE)
_WEIGHT = re.compile(r"font-weight\s*:\s*(bold|bolder|[1-9]00|normal)", re.IGNORECASE)
_ALIGN = re.compile(r"text-align\s*:\s*(-webkit-)?(center|right|end)", re.IGNORECASE)
_RAISED = re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{2,40})""", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://|mailto:", re.IGNORECASE)
_MARK = re.compile(r"• |\d{1,6}\. ")
_MAX_HEADING = 400  # characters
_DEEPEST = 200  # elements in elements; what is nested deeper is read as its text


@dataclass(frozen=True, slots=True)
class _Style:
    size: float = TEXT
    bold: bool = False
    raised: bool = False
    url: str = ""
    align: Align = ""


def declared_charset(data: bytes) -> str | None:
    """Name the encoding that a page says it is in, None if it says none that is known."""
    import codecs

    found = _CHARSET.search(data[:4096])
    if found is None:
        return None
    name = found[1].decode("ascii")
    try:
        # Pages that say GB2312 hold what only its successor has.
        return "gb18030" if name.lower() in ("gb2312", "gbk") else codecs.lookup(name).name
    except LookupError:
        return None


def pages_of_web(text: str) -> tuple[Page, ...]:
    """Read a web page into one page of lines. Nothing is fetched, nothing is run."""
    from lxml import etree, html

    # The text is decoded already: what the page says of its encoding must not be believed again.
    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, ValueError):
        return ()
    reader = _Reader()
    main = _main(root)
    for element in (*_heading(main), main):
        reader.read(element)
    return reader.flow.pages()


def _main(root: Any) -> Any:
    """Choose the element that holds the text: the one that says so, if it holds most of it."""
    total = len("".join(root.itertext()))
    marked = [*root.xpath('//*[@id="js_content"]'), *(e for t in _MAIN for e in root.iter(t))]
    for element in marked:
        if 2 * len("".join(element.itertext())) > total:
            return element
    return root


def _heading(main: Any) -> list[Any]:
    """Find what stands right above the text from the page's title on: its name, its date."""
    found: list[Any] = []
    length = 0
    for element in main.itersiblings(preceding=True):
        if not isinstance(element.tag, str) or element.tag in _LEFT_OUT:
            continue
        length += len("".join(element.itertext()))
        if length > _MAX_HEADING:
            break
        found.insert(0, element)
        if element.tag == "h1" or next(element.iter("h1"), None) is not None:
            return found
    return []


class _Reader:
    """Walks the tree without recursion; a block element ends a paragraph before and behind it."""

    def __init__(self) -> None:
        self.flow = Flow()
        self._runs: list[Run] = []
        self._align: Align = ""
        self._lists: list[int | None] = []

    def read(self, top: Any) -> None:
        """Read all below `top`."""
        styles: list[_Style] = [_Style()]
        # (element, entering): leaving an element flushes its block and reads its tail.
        todo: list[tuple[Any, bool]] = [(top, True)]
        while todo:
            element, entering = todo.pop()
            if not entering:
                styles.pop()
                self._leave(element)
                self._text(element.tail if element is not top else "", styles[-1])
                continue
            tag = element.tag if isinstance(element.tag, str) else ""
            if not tag or tag in _LEFT_OUT or _HIDDEN.search(element.get("style") or ""):
                self._text(element.tail, styles[-1])
                continue
            style = _styled(element, tag, styles[-1])
            if tag == "table" and self._table(element):
                self._text(element.tail, styles[-1])
                continue
            self._enter(element, tag, style)
            styles.append(style)
            todo.append((element, False))
            if len(styles) > _DEEPEST:
                self._text("".join(element.itertext()), style)
                continue
            self._text(element.text, style)
            todo.extend((child, True) for child in reversed(element))
        self._flush()

    def _enter(self, element: Any, tag: str, style: _Style) -> None:
        if tag == "br":
            self._runs.append(Run("\n", style.size, style.bold))
        elif tag in _BLOCKS:
            self._flush()
            self._align = style.align
        if tag in ("ol", "ul"):
            start = element.get("start") or "1"
            first = int(start) if start.isascii() and start.isdigit() and len(start) < 6 else 1
            self._lists.append(first if tag == "ol" else None)
        elif tag == "li" and self._lists:
            number = self._lists[-1]
            if number is not None:
                self._lists[-1] = number + 1
            mark = "• " if number is None else f"{number}. "
            self._runs.append(Run(mark, style.size))

    def _leave(self, element: Any) -> None:
        if element.tag in _BLOCKS:
            self._flush()
        if element.tag in ("ol", "ul"):
            self._lists.pop()

    def _text(self, text: str | None, style: _Style) -> None:
        if text:
            shown = " ".join(re.split(r"[ \t\r\n\f]+", text))
            self._runs.append(Run(shown, style.size, style.bold, style.raised, style.url))

    def _flush(self) -> None:
        runs, self._runs = self._runs, []
        solid = [run for run in runs if run.text.strip()]
        if not solid:
            if any("\n" in run.text for run in runs):
                self.flow.paragraph([])  # an empty line that was typed
            return
        if len(solid) == 1 and _MARK.fullmatch(solid[0].text):
            self._runs = solid  # the item's text stands in a block of its own
            return
        # Two line breaks end a paragraph as a block does.
        for part in _paragraphs(runs):
            self.flow.paragraph(part, self._align)

    def _table(self, element: Any) -> bool:
        """Read a table of cells; one that lays the page out is read as text instead: False."""
        rows = [row for row in element.iter("tr") if _owner(row) is element]
        cells = [[cell for cell in row if cell.tag in ("td", "th")] for row in rows]
        texts = [[" ".join("".join(cell.itertext()).split()) for cell in row] for row in cells]
        wide = max((len(row) for row in texts), default=0)
        longest = max((len(text) for row in texts for text in row), default=0)
        if (
            wide < 2
            or len(rows) < 2
            or longest > _MAX_CELL
            or next(element.iter("ul"), None) is not None
        ):
            return False
        self._flush()
        for row in texts:
            self.flow.row(row)
        return True


_MAX_CELL = 300  # characters; more is an article in a table


def _owner(row: Any) -> Any:
    above = row.getparent()
    while above is not None and above.tag != "table":
        above = above.getparent()
    return above


def _paragraphs(runs: list[Run]) -> Iterator[list[Run]]:
    part: list[Run] = []
    breaks = 0
    for run in runs:
        if run.text == "\n":
            breaks += 1
            continue
        if not run.text.strip() and breaks:
            continue
        if breaks > 1 and part:
            yield part
            part = []
        elif breaks == 1 and part:
            part.append(Run("\n", run.size))
        breaks = 0
        part.append(run)
    if part:
        yield part


def _styled(element: Any, tag: str, above: _Style) -> _Style:
    style = above
    if tag in SIZES:
        style = replace(style, size=SIZES[tag], bold=True)
    elif tag in ("b", "strong", "th"):
        style = replace(style, bold=True)
    elif tag == "sup":
        style = replace(style, raised=True)
    elif tag == "small":
        style = replace(style, size=style.size * 0.83)
    elif tag == "center":
        style = replace(style, align="centre")
    elif tag == "a" and _ADDRESS.match(element.get("href") or ""):
        style = replace(style, url=element.get("href"))
    if (element.get("align") or "").lower() in ("center", "right"):
        style = replace(
            style, align="right" if element.get("align").lower() == "right" else "centre"
        )
    said = element.get("style")
    return _inline_style(said, style) if said else style


def _inline_style(said: str, style: _Style) -> _Style:
    said = said[:2000]
    size = _SIZE.search(said)
    if size is not None:
        style = replace(style, size=_points(size[1], size[2].lower(), style.size))
    weight = _WEIGHT.search(said)
    if weight is not None:
        bold = weight[1].lower() in ("bold", "bolder", "600", "700", "800", "900")
        style = replace(style, bold=bold)
    align = _ALIGN.search(said)
    if align is not None:
        style = replace(style, align="centre" if align[2].lower() == "center" else "right")
    elif "text-align" in said:
        style = replace(style, align="")
    return replace(style, raised=True) if _RAISED.search(said) else style


def _points(number: str, unit: str, above: float) -> float:
    try:
        value = float(number)
    except ValueError:
        return above
    factor = {"px": 0.75, "pt": 1.0, "em": above, "rem": TEXT, "%": above / 100}[unit]
    return round(value * factor, 2) if 0 < value * factor < 400 else above
