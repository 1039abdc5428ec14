"""PDFs drawn by hand, operator by operator, in fonts that are not embedded."""

from __future__ import annotations

CHINESE = (
    b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts"
    b"[<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo"
    b"<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000/FontDescriptor"
    b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[0 -200 1000 900]"
    b"/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>>>]>>"
)
LATIN = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"


def shown(text: str) -> bytes:
    """The string operand of a Chinese text."""
    return b"<" + text.encode("utf-16-be").hex().encode() + b">"


def line(x: float, y: float, text: str, size: float = 10.5, look: str = "") -> bytes:
    """Draw a text at a place, counted from the lower left; `look` are operators before it."""
    operators = f"q {look} BT /C {size} Tf {x} {y} Td "
    return operators.encode() + shown(text) + b" Tj ET Q\n"


def turned(x: float, y: float, text: str, size: float, matrix: str) -> bytes:
    """Draw a text by the first four numbers of its matrix."""
    return f"q BT /C {size} Tf {matrix} {x} {y} Tm ".encode() + shown(text) + b" Tj ET Q\n"


def paragraph(
    x: float, y: float, text: str, *, columns: int = 40, size: float = 10.5, pitch: float = 16
) -> bytes:
    """Draw a text in rows of so many characters, the first set in by two."""
    rows = [text[: columns - 2]]
    rest = text[columns - 2 :]
    rows += [rest[at : at + columns] for at in range(0, len(rest), columns)]
    return b"".join(
        line(x + (0 if number else 2 * size), y - number * pitch, row, size)
        for number, row in enumerate(rows)
    )


def pdf(*contents: bytes, page: bytes = b"", extra: tuple[bytes, ...] = ()) -> bytes:
    """Write a file with a page for each content stream.

    `page` are entries of each page, `extra` objects that they may name, from number 3.
    """
    first = 3 + len(extra)
    kids = b" ".join(b"%d 0 R" % (first + 2 * number) for number in range(len(contents)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[" + kids + b"]/Count %d>>" % len(contents),
        *extra,
    ]
    for number, content in enumerate(contents):
        box = b"" if b"/MediaBox" in page else b"/MediaBox[0 0 595 842]"
        fonts = b"/Resources<</Font<</C " + CHINESE + b"/L " + LATIN + b">>>>"
        objects.append(
            b"<</Type/Page/Parent 2 0 R%s%s%s/Contents %d 0 R>>"
            % (box, fonts, page, first + 2 * number + 1)
        )
        objects.append(b"<</Length %d>>stream\n" % len(content) + content + b"\nendstream")
    out = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return out + head + table + tail % (len(objects) + 1, len(out))
