"""Word files (.docx): paragraphs with their looks, tables, real notes and counted lists."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

from bulletins.said import SaidError
from bulletins.sources.flowing import Flow, Run
from bulletins.sources.word_numbers import Numbers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bulletins.sources.lines import Align, Page

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
NOTE_KINDS = ("footnotes", "endnotes")
DEFAULT_SIZE = 10.0
"""Points where neither the run, its style nor the document's defaults say it (ECMA-376, sz)."""
MAX_UNPACKED = 512 * 1024 * 1024
"""Bytes that the parts of a file may unpack to."""
_SKIPPED = {f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}rPr", f"{W}pPr"}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_ALIGNS: dict[str, Align] = {"center": "centre", "right": "right", "end": "right"}


class WordError(SaidError):
    """The file is damaged, locked by a password or not a Word file; `str()` says which."""


def pages_of_word(data: bytes) -> tuple[Page, ...]:
    """Read a Word file; page breaks that somebody set part pages. Raises WordError."""
    from docx import Document

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            if sum(part.file_size for part in parts.infolist()) > MAX_UNPACKED:
                raise WordError("unpacks to far more than a document; it is not read")
        return _Reader(Document(io.BytesIO(data))).read()
    except WordError:
        raise
    except Exception:  # zlib, lxml and the library have errors of their own
        # A damaged package fails wherever the library looks first.
        raise WordError("is a damaged Word file; open it in Word and save it anew") from None


class _Reader:
    """Goes down the body once."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._flow = Flow()
        self._styles = _Styles(document)
        self._numbers = Numbers(document)
        self._links = {
            name: part.target_ref for name, part in document.part.rels.items() if part.is_external
        }
        self._notes = _notes(document)
        self._found: list[tuple[str, str]] = []

    def read(self) -> tuple[Page, ...]:
        for element in _body(self._document.element.body):
            if element.tag == f"{W}tbl":
                self._table(element)
            else:
                self._paragraph(element)
        return self._flow.pages()

    def _paragraph(self, element: Any) -> None:
        looks = element.find(f"{W}pPr")
        style = self._styles.of(looks)
        if looks is not None and looks.find(f"{W}pageBreakBefore") is not None:
            self._flow.new_page()
        runs = list(self._runs(element, style))
        mark = (
            self._numbers.next(looks, style.name) if any(run.text.strip() for run in runs) else ""
        )
        if mark:
            runs.insert(0, Run(f"{mark} ", style.size, style.bold))
        align = _value(looks, "jc") if looks is not None else ""
        self._flow.paragraph(runs, _ALIGNS.get(align or style.align, ""))
        for number, text in self._found:
            self._flow.paragraph(
                [Run(f"{number} ", 9.0, raised=True), Run(text, 9.0)], zone="notes"
            )
        self._found.clear()
        if any(kind.get(f"{W}type") == "page" for kind in element.iter(f"{W}br")):
            self._flow.new_page()

    def _runs(self, element: Any, style: _Look, url: str = "") -> Iterator[Run]:
        for child in element:
            if child.tag == f"{W}r":
                yield from self._run(child, style, url)
            elif child.tag == f"{W}hyperlink":
                target = self._links.get(child.get(f"{R}id") or "", "")
                yield from self._runs(child, style, target)
            elif child.tag not in _SKIPPED and child.tag != _FALLBACK:
                yield from self._runs(child, style, url)

    def _run(self, run: Any, style: _Look, url: str) -> Iterator[Run]:
        looks = run.find(f"{W}rPr")
        look = self._styles.over(style, looks)
        raised = looks is not None and _value(looks, "vertAlign") == "superscript"
        if looks is not None and _on(looks, "vanish"):
            return
        for child in run:
            kind = child.tag.removeprefix(W)
            if kind == "t":
                yield Run(child.text or "", look.size, look.bold, raised, url)
            elif kind in ("tab", "ptab"):
                yield Run("  ", look.size, look.bold)
            elif kind in ("br", "cr") and child.get(f"{W}type") != "page":
                yield Run("\n", look.size, look.bold)
            elif kind == "noBreakHyphen":
                yield Run("-", look.size, look.bold)
            elif kind in ("footnoteReference", "endnoteReference"):
                note = self._notes.get((kind.removesuffix("Reference"), child.get(f"{W}id") or ""))
                if note is not None:
                    self._found.append(note)
                    yield Run(note[0], look.size, raised=True)

    def _table(self, element: Any) -> None:
        rows = [
            [_text_of(cell) for cell in row.findall(f"{W}tc")] for row in element.findall(f"{W}tr")
        ]
        if len(rows) > 1 and max(map(len, rows)) > 1 and max(map(_longest, rows)) <= _MAX_CELL:
            for row in rows:
                self._flow.row(row)
            return
        for paragraph in element.iter(f"{W}p"):  # a frame about text, not a table
            self._paragraph(paragraph)


_MAX_CELL = 300  # characters; more is an article in a frame


def _longest(row: list[str]) -> int:
    return max(map(len, row), default=0)


def _body(element: Any) -> Iterator[Any]:
    """Yield the paragraphs and tables, those in content controls and text boxes too."""
    for child in element:
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
            for box in child.iter(f"{W}txbxContent") if child.tag == f"{W}p" else ():
                if not any(above.tag == _FALLBACK for above in box.iterancestors()):
                    yield from _body(box)
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}smartTag", f"{W}customXml"):
            yield from _body(child)


def _text_of(element: Any) -> str:
    return " ".join("".join(text.text or "" for text in element.iter(f"{W}t")).split())


class _Look:
    """How a style sets its text; `name` is its id."""

    __slots__ = ("align", "bold", "name", "size")

    def __init__(self, size: float, bold: bool, align: str = "", name: str = "") -> None:
        self.size, self.bold, self.align, self.name = size, bold, align, name


class _Styles:
    """What styles say, those that they are based on included."""

    def __init__(self, document: Any) -> None:
        styles = document.styles.element
        self._elements = {style.get(f"{W}styleId"): style for style in styles.findall(f"{W}style")}
        default = styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self._plain = self.over(_Look(DEFAULT_SIZE, False), default)
        normal = next(
            (
                name
                for name, style in self._elements.items()
                if style.get(f"{W}default") in ("1", "true")
                and style.get(f"{W}type") == "paragraph"
            ),
            None,
        )
        self._known: dict[str | None, _Look] = {}
        self._normal = self._look(normal)

    def of(self, looks: Any) -> _Look:
        """Give the look of a paragraph by its properties."""
        name = _value(looks, "pStyle") if looks is not None else ""
        return self._look(name) if name in self._elements else self._normal

    def over(self, look: _Look, looks: Any) -> _Look:
        """Lay what a run or style says itself over a look."""
        if looks is None:
            return look
        size = _value(looks, "sz")
        bold = looks.find(f"{W}b") is not None
        points = int(size) / 2 if size.isascii() and size.isdigit() and len(size) < 5 else look.size
        heavy = _on(looks, "b") if bold else look.bold
        return _Look(points, heavy, look.align, look.name)

    def _look(self, name: str | None) -> _Look:
        if name in self._known:
            return self._known[name]
        chain = []
        at = name
        while at in self._elements and at not in chain:
            chain.append(at)
            at = _value(self._elements[at], "basedOn")
        look = self._plain
        align = ""
        for one in reversed(chain):
            style = self._elements[one]
            look = self.over(look, style.find(f"{W}rPr"))
            paragraph = style.find(f"{W}pPr")
            align = (_value(paragraph, "jc") if paragraph is not None else "") or align
        made = _Look(look.size, look.bold, align, name or "")
        self._known[name] = made
        return made


def _value(element: Any, name: str) -> str:
    found = element.find(f"{W}{name}")
    return (found.get(f"{W}val") or "") if found is not None else ""


def _on(looks: Any, name: str) -> bool:
    found = looks.find(f"{W}{name}")
    return found is not None and found.get(f"{W}val") not in ("0", "false", "off")


def _notes(document: Any) -> dict[tuple[str, str], tuple[str, str]]:
    """Give the notes by kind and id: the number that Word prints, and the text."""
    from lxml import etree

    found: dict[tuple[str, str], tuple[str, str]] = {}
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    for kind in NOTE_KINDS:
        part = next(
            (
                rel.target_part
                for rel in document.part.rels.values()
                if not rel.is_external and rel.reltype.endswith(f"/{kind}")
            ),
            None,
        )
        if part is None:
            continue
        texts = {
            note.get(f"{W}id"): _text_of(note)
            for note in etree.fromstring(part.blob, parser).findall(f"{W}{kind[:-1]}")
            if note.get(f"{W}type") in (None, "normal")
        }
        name = kind.removesuffix("s")
        order = [ref.get(f"{W}id") for ref in document.element.body.iter(f"{W}{name}Reference")]
        for number, identifier in enumerate(dict.fromkeys(order), 1):
            if identifier in texts:
                found[name, identifier] = (str(number), texts[identifier])
    return found
