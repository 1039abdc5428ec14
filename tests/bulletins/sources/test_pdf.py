"""PDFs: what their layout tells must make the same bulletin as the text does."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from bulletins.model import Article, ReadError
from bulletins.parsing import parse
from bulletins.reading import read_issue
from bulletins.sources import Line, Page, Source, read_pages
from bulletins.styles import load_styles

DATA = Path(__file__).parents[2] / "data" / "pdf"
PAIRS = [
    ("one-column", "chip-technology-brief-2025-01"),
    ("two-columns", "frontier-watch-2025-04"),
]


def bare(text: str) -> str:
    """A text without its spaces, which typesetting changes."""
    return re.sub(r"\s+", "", text)


def told(article: Article) -> tuple[object, ...]:
    """What is compared of an article."""
    return (
        bare(article.title),
        article.topic,
        article.authors,
        article.original_title and bare(article.original_title),
        sorted(article.sources),
        [(block.kind, bare(block.text)) for block in article.blocks],
        [
            (
                bare(note.text),
                note.block is not None
                and bare(article.blocks[note.block].text[: note.offset or 0])[-8:],
            )
            for note in article.footnotes
        ],
    )


@pytest.mark.parametrize(("name", "seed"), PAIRS)
def test_a_typeset_bulletin_reads_as_its_text_does(root: Path, name: str, seed: str) -> None:
    styles = load_styles()
    issue = read_issue(DATA / f"{name}.pdf", styles).issue
    text = read_issue(root / "seeds" / f"{seed}.txt", styles).issue
    got = [told(article) for article in issue.articles()]
    wanted = [told(article) for article in text.articles()[: len(got)]]
    assert len(got) >= 4
    assert got == wanted


def test_marks_columns_and_margins_are_told() -> None:
    lines = read_pages(DATA / "one-column.pdf").lines()
    zones = {line.zone for line in lines}
    assert {"body", "margin", "notes"} <= zones
    marks = [line for line in lines if line.raised and line.zone == "body"]
    assert marks
    assert all(line.text[start:end].isdigit() for line in marks for start, end in line.raised)
    first = next(line for line in lines if line.zone == "body")
    assert first.size == pytest.approx(20, abs=0.1)
    assert first.bold
    columns = {round(line.x or 0) for line in read_pages(DATA / "two-columns.pdf").lines()}
    assert max(columns) - min(columns) > 150


def test_pages_are_those_of_the_file() -> None:
    issue = read_issue(DATA / "one-column.pdf", load_styles()).issue
    pages = [block.page for article in issue.articles() for block in article.blocks]
    assert pages == sorted(pages)
    assert pages[0] == 1
    assert pages[-1] == read_pages(DATA / "one-column.pdf").pages[-1].number


def test_the_typeset_copy_of_a_labelled_bulletin(shared: Path) -> None:
    styles = load_styles()
    pdf = read_issue(shared / "bulletins" / "pdf" / "001.pdf", styles).issue
    text = read_issue(next((shared / "bulletins").glob("001_*.txt")), styles).issue
    assert [bare(a.title) for a in pdf.articles()] == [bare(a.title) for a in text.articles()]
    for one, other in zip(pdf.articles(), text.articles(), strict=True):
        blocks = [(b.kind, bare(b.text)) for b in one.blocks]
        assert blocks == [(b.kind, bare(b.text)) for b in other.blocks]
        marks = [(n.marker, n.block) for n in one.footnotes]
        assert marks == [(n.marker, n.block) for n in other.footnotes]
        assert one.authors == other.authors
    figures = [b for a in pdf.articles() for b in a.blocks if b.kind == "caption"]
    assert figures
    assert all(block.picture is not None for block in figures)


def document(pages: int, *, content: bytes = b"", extra: bytes = b"") -> bytes:
    """A PDF of `pages` pages with one content stream."""
    kids = b" ".join(b"%d 0 R" % (number + 4) for number in range(pages))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[" + kids + b"]/Count %d>>" % pages,
        b"<</Length %d>>stream\n" % len(content) + content + b"\nendstream",
    ]
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 3 0 R/Resources<</Font<</F "
    page += b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>"
    out = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate([*objects, *[page] * pages], 1):
        places.append(len(out))
        out += b"%d 0 obj" % number + body + b"endobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer<</Size %d/Root 1 0 R%s>>startxref\n%d\n%%%%EOF"
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    return out + head + table + trailer % (len(places) + 1, extra, len(out))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (document(1), "holds no text"),
        (document(10_000), "has 10,000 pages, more than 3,000; split it first"),
        (document(2)[:150], "damaged PDF"),
        (b"%PDF-1.7\n", "damaged PDF"),
        (
            document(1, extra=b"/Encrypt<</Filter/Standard/V 1/R 2/O<00>/U<00>/P -4>>"),
            "encrypted PDF",
        ),
        (document(1, content=b"BT /F 9 Tf (" + b"\\001" * 90 + b") Tj ET"), "broken text layer"),
    ],
    ids=["blank", "long", "cut", "head", "encrypted", "broken"],
)
def test_what_cannot_be_read_is_one_plain_line(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    with pytest.raises(ReadError) as caught:
        read_pages(path)
    assert said in caught.value.message
    assert "\n" not in caught.value.message


def test_latin_words_and_positions(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    content = b"BT /F 12 Tf 72 700 Td (Two words, and a hyphen-) Tj 0 -14 Td (ated one.) Tj ET"
    path.write_bytes(document(1, content=content))
    first, second = read_pages(path).lines()
    assert first.text == "Two words, and a hyphen-"
    assert second.text == "ated one."
    assert (first.x, first.y, first.size) == (72, 142, 12)


def test_the_parser_uses_what_a_format_tells() -> None:
    """Lines as another format may give them: no font at all, but paragraphs, notes and marks."""
    said = [
        Line("一个足够长的标题说明这是什么事情", 1, 1, size=16, bold=True, begins=True),
        Line("第一段写到这里1，还没有写完", 2, 1, size=12, begins=True, raised=((7, 8),)),
        Line("，这一行接着写完。", 3, 1, size=12, begins=False),
        Line("第二段另起一行。", 4, 1, size=12, begins=True),
        Line("（执笔：王丽）", 5, 1, size=12, begins=True),
        Line("1 说明文字没有网址", 6, 1, size=9, zone="notes", raised=((0, 1),)),
    ]
    source = Source("a.x", "00", (Page(1, tuple(said)),))
    (article,) = parse(source, load_styles()).issue.articles()
    assert [block.text for block in article.blocks] == [
        "第一段写到这里，还没有写完，这一行接着写完。",
        "第二段另起一行。",
    ]
    (note,) = article.footnotes
    assert (note.marker, note.text, note.block, note.offset) == ("1", "说明文字没有网址", 0, 7)
    plain = replace(said[1], raised=())
    source = Source("a.x", "00", (Page(1, (said[0], plain, *said[2:])),))
    assert parse(source, load_styles()).issue.articles()


FUZZ = """
import random, sys
from pathlib import Path
from bulletins.model import ReadError
from bulletins.parsing import parse
from bulletins.sources import read_pages
from bulletins.styles import load_styles
data, first, last, folder = Path(sys.argv[1]).read_bytes(), *map(int, sys.argv[2:4]), sys.argv[4]
styles, path = load_styles(), Path(folder, "mutated.pdf")
for seed in range(first, last):
    print(seed, flush=True)
    draw, out = random.Random(seed), bytearray(data)
    for _ in range(draw.choice((1, 3, 30, 300))):
        way, at = draw.randrange(5), draw.randrange(len(out))
        if way == 0:
            out[at] ^= 1 << draw.randrange(8)
        elif way == 1:
            out[at] = draw.randrange(256)
        elif way == 2 and len(out) > 4000:
            del out[at : at + draw.randrange(1, 2000)]
        elif way == 3:
            other = draw.randrange(len(out))
            size = draw.randrange(1, 500)
            out[at : at + size], out[other : other + size] = (
                out[other : other + size], out[at : at + size])
        elif draw.random() < 0.1 and len(out) > 4000:
            del out[max(4000, at) :]
    path.write_bytes(out)
    try:
        parse(read_pages(path), styles)
    except ReadError:
        pass
"""


def fuzz(name: str, first: int, last: int, folder: Path, seconds: float) -> None:
    """Read mutated copies in a process of its own: it must neither crash nor hang."""
    command = [sys.executable, "-c", FUZZ, str(DATA / name), str(first), str(last), str(folder)]
    done = subprocess.run(command, capture_output=True, timeout=seconds, encoding="utf-8")
    seeds = done.stdout.split()
    assert done.returncode == 0, f"seed {seeds[-1:]}: {done.stderr[-2000:]}"


def test_mutated_files(tmp_path: Path) -> None:
    fuzz("two-columns.pdf", 0, 40, tmp_path, 120)


@pytest.mark.soak
@pytest.mark.parametrize("block", range(10))
def test_many_mutated_files(tmp_path: Path, block: int) -> None:
    name = ("one-column.pdf", "two-columns.pdf")[block % 2]
    fuzz(name, 1000 * block, 1000 * block + 200, tmp_path, 900)
