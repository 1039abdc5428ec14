"""What stands on the pages of a PDF: characters, rules, pictures and links.

The one place that calls PDFium, which knows no threads: a lock keeps callers apart. Pages are read
one at a time and closed at once, so memory does not grow with the number of pages.
"""

from __future__ import annotations

import ctypes
import math
import re
import threading
import unicodedata
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from bulletins.model import Box
from bulletins.said import SaidError
from bulletins.sources.plain import REPLACEMENT, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_AT_ONCE = 16  # pages read before the document is opened anew
MAX_PAGES = 3_000
MAX_GLYPHS = 60_000  # on a page; a full sheet of small type has 10,000
_MAX_OBJECTS = 20_000  # looked at on a page
_MAX_LINKS = 500  # on a page
_MAX_URL = 4_096  # bytes
_MAX_DEPTH = 4  # forms within forms
_NEVER_LIGHT = 0.97  # white type stands on a dark ground
_LIGHT = 0.55  # luminance, 0..1
_FAINT = 0.6  # opacity
_TILT = 0.1  # radians
_SAMPLED = 300  # letters that tell how the type of a page is turned
_LEAST = 0.001  # of the page's height: smaller type can't be read
_FAR = 1e5  # points; nothing on a page stands further out
_BOLD = re.compile(r"bold|black|heavy|simhei|-hei|黑", re.IGNORECASE)
_NO_MEANING = (
    (0, 0x1F), (0x7F, 0x9F), (0xE000, 0xF8FF), (0xFFFD, 0xFFFD), (0xF0000, 0xFFFFFFFF),
)  # fmt: skip
_HYPHENS = (0x02, 0xFFFE)  # what PDFium makes of a hyphen at a line's end
# Radicals that fonts give instead of the characters that look the same and have no other name.
_RADICALS = dict(
    zip(
        "⺠⺟⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
        "民母西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
        strict=True,
    )
)


class PdfError(SaidError, ValueError):
    """A file that is no readable PDF; `str()` says why and what to do."""


class Glyph(NamedTuple):
    """A character: its left and right edge, baseline (points from the top), size in points.

    `layer`: 0 is type, 1 is light (a watermark, or grey type), 2 is tilted, 3 is not drawn (the
    text below a picture of it). `spaced`: a printed space stands before it.
    """

    char: str
    left: float
    right: float
    y: float
    size: float
    bold: bool
    layer: int
    spaced: bool


class Target(NamedTuple):
    """A rectangle that leads to an address."""

    box: Box
    url: str


class Sheet(NamedTuple):
    """A page: `broken` counts characters whose meaning the file does not tell."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph]
    rules: list[Box]
    pictures: list[Box]
    targets: list[Target]
    broken: int


_LOCK = threading.Lock()


def sheets(data: bytes, visit: Callable[[Sheet], None]) -> int:
    """Call `visit` with each page of the PDF in `data`; give the number of pages.

    Raises PdfError.
    """
    # A large library, loaded only when a PDF is opened.
    import pypdfium2.raw as api

    with _LOCK:
        with _opened(api, data) as document:
            count: int = api.FPDF_GetPageCount(document)
        if count <= 0:
            raise PdfError("is a damaged PDF without pages; get it anew, or print it to a new PDF")
        if count > MAX_PAGES:
            raise PdfError(
                "has {count:,} pages, more than {most:,}; split it first",
                count=count,
                most=MAX_PAGES,
            )
        for first in range(0, count, _AT_ONCE):
            # The library keeps the fonts of all pages that it saw until the document is closed.
            with _opened(api, data) as document:
                for index in range(first, min(first + _AT_ONCE, count)):
                    _visit(api, document, index, visit)
    return count


def _visit(api: Any, document: Any, index: int, visit: Callable[[Sheet], None]) -> None:
    page = api.FPDF_LoadPage(document, index)
    if not page:
        return
    try:
        visit(_PageReader(api, document, page, index + 1).read())
    finally:
        api.FPDF_ClosePage(page)


@contextmanager
def _opened(api: Any, data: bytes) -> Iterator[Any]:
    document = api.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        if api.FPDF_GetLastError() in (api.FPDF_ERR_PASSWORD, api.FPDF_ERR_SECURITY):
            raise PdfError("is an encrypted PDF; save a copy that needs no password first")
        raise PdfError("is a damaged PDF; get it anew, or print it to a new PDF")
    try:
        yield document
    finally:
        api.FPDF_CloseDocument(document)


class _Style(NamedTuple):
    """What all characters of one piece of type share."""

    scale: float
    bold: bool
    layer: int


class _PageReader:
    """Reads one page; positions count from its upper left corner as it is shown."""

    def __init__(self, api: Any, document: Any, page: Any, number: int) -> None:
        self.api, self.document, self.page, self.number = api, document, page, number
        box = api.FS_RECTF()
        shown = api.FPDF_GetPageBoundingBox(page, box)
        self.turn = api.FPDFPage_GetRotation(page) % 4 if shown else 0
        corners = (box.left, box.bottom, box.right, box.top) if shown else (0, 0, 612, 792)
        self.left, self.bottom, self.right, self.top = map(_sane, corners)
        self.broken = 0
        self.styles: dict[int, _Style] = {}

    def read(self) -> Sheet:
        """Read everything that counts."""
        glyphs = self._glyphs()
        rules: list[Box] = []
        pictures: list[Box] = []
        self._objects(self.page, rules, pictures, None, 0)
        width, height = self._extent()
        return Sheet(
            self.number, width, height, glyphs, rules, pictures, self._targets(), self.broken
        )

    def _extent(self) -> tuple[float, float]:
        """The width and height of the page as its text is read."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turn % 2 else (width, height)

    def _point(self, x: float, y: float) -> tuple[float, float]:
        x, y = _sane(x), _sane(y)
        if self.turn == 1:
            return y - self.bottom, x - self.left
        if self.turn == 2:
            return self.right - x, y - self.bottom
        if self.turn == 3:
            return self.top - y, self.right - x
        return x - self.left, self.top - y

    def _box(self, left: float, bottom: float, right: float, top: float) -> Box:
        (x1, y1), (x2, y2) = self._point(left, bottom), self._point(right, top)
        return Box(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))

    # -- type ----------------------------------------------------------------------------------

    def _glyphs(self) -> list[Glyph]:
        api = self.api
        text = api.FPDFText_LoadPage(self.page)
        if not text:
            return []
        try:
            count = min(api.FPDFText_CountChars(text), MAX_GLYPHS)
            self.turn = self._reading_turn(text, count)
            return self._of_text(text, count)
        finally:
            api.FPDFText_ClosePage(text)

    def _reading_turn(self, text: Any, count: int) -> int:
        """The quarter turns by which most type is read, whichever way the page is shown."""
        matrix = self.api.FS_MATRIX()
        turns: Counter[int] = Counter()
        for index in range(0, count, max(1, count // _SAMPLED)):
            if self.api.FPDFText_GetMatrix(text, index, matrix) and (matrix.a or matrix.b):
                angle = math.atan2(_sane(matrix.b), _sane(matrix.a)) / (math.pi / 2)
                if abs(angle - round(angle)) < _TILT:
                    turns[round(angle) % 4] += 1
        if not turns or 10 * turns[self.turn] >= 4 * turns.total():
            return self.turn
        return turns.most_common(1)[0][0]

    def _of_text(self, text: Any, count: int) -> list[Glyph]:
        api = self.api
        rect, x, y = api.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        code_of, made = api.FPDFText_GetUnicode, api.FPDFText_IsGenerated
        origin, loose, size_of = (
            api.FPDFText_GetCharOrigin, api.FPDFText_GetLooseCharBox, api.FPDFText_GetFontSize,
        )  # fmt: skip
        object_of = api.FPDFText_GetTextObject
        glyphs: list[Glyph] = []
        drawn: set[tuple[int, int, int]] = set()  # where pieces begin
        last: _Style | None = None
        again = False
        width, height = self._extent()
        least_size = _LEAST * height
        spaced = False
        high = 0
        for index in range(count):
            code = code_of(text, index)
            if code in (0x20, 0xA0, 0x3000, 0x0D, 0x0A, 0x09) or made(text, index) == 1:
                spaced = spaced or (code in (0x20, 0xA0, 0x3000) and made(text, index) == 0)
                continue
            if 0xD800 <= code < 0xDC00:
                high = code
                continue
            if high and 0xDC00 <= code < 0xE000:
                code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00
            high = 0
            piece = object_of(text, index)
            style = self._style(text, index, piece)
            origin(text, index, x, y)
            loose(text, index, rect)
            if self.turn:
                left, base = self._point(x.value, y.value)
                right = self._box(rect.left, rect.bottom, rect.right, rect.top).right
            else:
                left, base, right = x.value - self.left, self.top - y.value, rect.right - self.left
            char = self._char(code)
            size = size_of(text, index) * style.scale
            if not char or not (right > -1 and left < width + 1 and -1 < base < height + size + 1):
                continue  # beyond the page
            if size < least_size:
                continue
            if style is not last:
                last = style
                place = code, round(left), round(base)
                again = place in drawn
                drawn.add(place)
            if again:
                continue  # a piece that is drawn twice, for bold type
            size = min(max(size, 0.5), 500.0) if size == size else 0.5
            least = left + 0.1 * size
            glyphs.append(
                Glyph(
                    char, left, right if right > least else least, base, size,
                    style.bold, style.layer, spaced,
                )
            )  # fmt: skip
            spaced = False
        return glyphs

    def _char(self, code: int) -> str:
        if code in _HYPHENS:
            return "-"
        if any(first <= code <= last for first, last in _NO_MEANING):
            self.broken += 1
        if code == 0 or code > 0x10FFFF:
            return REPLACEMENT
        char = chr(code)
        if 0x4E00 <= code <= 0x9FFF or 0x20 < code < 0x7F:
            return char
        if 0x2E80 <= code <= 0x2FDF:
            return _RADICALS.get(char) or unicodedata.normalize("NFKC", char)
        if 0xF900 <= code <= 0xFAFF or 0xFB00 <= code <= 0xFB06:
            return unicodedata.normalize("NFKC", char)
        return plain(char)

    def _style(self, text: Any, index: int, piece: Any) -> _Style:
        """Look up what a piece of type is set in, once for the piece."""
        key = ctypes.cast(piece, ctypes.c_void_p).value or 0
        known = self.styles.get(key)
        if known is not None and key:
            return known
        api = self.api
        matrix = api.FS_MATRIX()
        api.FPDFText_GetMatrix(text, index, matrix)
        a, b, c, d = map(_sane, (matrix.a, matrix.b, matrix.c, matrix.d))
        scale = math.hypot(c, d) or math.hypot(a, b) or 1.0
        name = ctypes.create_string_buffer(128)
        length = api.FPDFText_GetFontInfo(text, index, name, 128, None)
        face = name.raw[: max(0, min(length, 127))].split(b"\0")[0].decode("utf-8", "replace")
        bold = _BOLD.search(face) is not None
        mode = api.FPDFTextObj_GetTextRenderMode(piece) if key else 0
        bold = bold or mode == 2  # filled and stroked
        style = _Style(scale, bold, 3 if mode in (3, 7) else self._layer(text, index, a, b))
        if len(self.styles) > MAX_GLYPHS:
            self.styles.clear()
        self.styles[key] = style
        return style

    def _layer(self, text: Any, index: int, a: float, b: float) -> int:
        turned = math.atan2(b, a) - self.turn * math.pi / 2
        turned = (turned + math.pi) % (2 * math.pi) - math.pi
        if abs(turned) > _TILT:
            return 2
        parts = [ctypes.c_uint() for _ in range(4)]
        if not self.api.FPDFText_GetFillColor(text, index, *parts):
            return 0
        red, green, blue, opacity = (part.value / 255 for part in parts)
        light = 0.299 * red + 0.587 * green + 0.114 * blue
        return int(_LIGHT < light < _NEVER_LIGHT or (opacity < _FAINT and light < _NEVER_LIGHT))

    # -- what is drawn, and where it leads ---------------------------------------------------------

    def _objects(
        self, holder: Any, rules: list[Box], pictures: list[Box], form: Any, depth: int
    ) -> None:
        """Collect thin or framed paths (`rules`) and pictures of a page or of a form on it."""
        api = self.api
        if form is None:
            count, get = api.FPDFPage_CountObjects(holder), api.FPDFPage_GetObject
        else:
            count, get = api.FPDFFormObj_CountObjects(holder), api.FPDFFormObj_GetObject
        edges = [ctypes.c_float() for _ in range(4)]
        for index in range(min(count, _MAX_OBJECTS)):
            one = get(holder, index)
            kind = api.FPDFPageObj_GetType(one)
            if kind == api.FPDF_PAGEOBJ_FORM and depth < _MAX_DEPTH:
                # Positions in a form are its own; only what stands on the page itself is placed.
                if api.FPDFPageObj_GetBounds(one, *edges):
                    inner: list[Box] = []
                    self._objects(one, [], inner, one, depth + 1)
                    if inner:
                        pictures.append(self._box(*(edge.value for edge in edges)))
                continue
            if kind not in (api.FPDF_PAGEOBJ_PATH, api.FPDF_PAGEOBJ_IMAGE):
                continue
            if not api.FPDFPageObj_GetBounds(one, *edges):
                continue
            box = self._box(*(edge.value for edge in edges))
            (rules if kind == api.FPDF_PAGEOBJ_PATH else pictures).append(box)

    def _targets(self) -> list[Target]:
        api = self.api
        found: list[Target] = []
        position, link, rect = ctypes.c_int(0), api.FPDF_LINK(), api.FS_RECTF()
        for _ in range(_MAX_LINKS):
            if not api.FPDFLink_Enumerate(self.page, position, link):
                break
            action = api.FPDFLink_GetAction(link)
            if not action or api.FPDFAction_GetType(action) != api.PDFACTION_URI:
                continue
            length = api.FPDFAction_GetURIPath(self.document, action, None, 0)
            if not 1 < length <= _MAX_URL or not api.FPDFLink_GetAnnotRect(link, rect):
                continue
            buffer = ctypes.create_string_buffer(length)
            api.FPDFAction_GetURIPath(self.document, action, buffer, length)
            url = plain(buffer.raw[: length - 1].decode("utf-8", "replace")).strip()
            box = self._box(rect.left, rect.bottom, rect.right, rect.top)
            if re.match(r"(?:https?|ftp)://\S+$", url, re.IGNORECASE):
                found.append(Target(box, url))
        return found


def _sane(value: float) -> float:
    """Give a number that can be counted with, whatever a file says."""
    return min(max(value, -_FAR), _FAR) if math.isfinite(value) else 0.0
