"""How fast each stage and each format is read, against the bars, and what memory a long PDF takes.

Processor time counts, so that other programs on the machine do not; of several rounds the best.
Issues are repeated until a file is large, each line altered, so that nothing is remembered.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING

from benchmarks.figures import table
from benchmarks.programs import ROOT, corpus

if TYPE_CHECKING:
    from collections.abc import Callable

TEXT_BAR, PDF_BAR, MENTIONS_BAR, MEMORY_BAR = 2.0, 30.0, 0.2, 250.0
"""MB/s of reading and parsing text, pages/s of PDF, MB/s with mentions, MB for 500 pages."""
LARGE = 2_000_000  # bytes
PAGES = 500
ROUNDS = 3
PUBLICATIONS = ROOT / "tests" / "data" / "publications"

_CHILD = """
import re, resource, sys
from pathlib import Path
from bulletins.parsing import parse
from bulletins.sources import read_pages
from bulletins.styles import load_styles
styles = load_styles()
parse(read_pages(Path(sys.argv[1])), styles)
# Linux counts what the process that started this one took as well, but not in its own status.
status = Path("/proc/self/status")
own = re.search(r"VmHWM:\\s+(\\d+)", status.read_text()) if status.exists() else None
print(own[1] if own else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def best(work: Callable[[], object]) -> float:
    """The least processor seconds of some rounds."""
    times = []
    for _ in range(ROUNDS):
        begun = process_time()
        work()
        times.append(process_time() - begun)
    return max(min(times), 1e-9)


def grown(text: str) -> str:
    """Repeat a text until it is large; no two copies have the same lines."""
    count = max(1, LARGE // len(text.encode("utf-8")))

    def altered(line: str, copy: int) -> str:
        return line[:9] + chr(0x4E00 + copy) + line[9:] if copy and len(line) > 20 else line

    lines = text.split("\n")
    return "\n".join(altered(line, copy) for copy in range(count) for line in lines)


def main() -> int:
    """Print the table; 1 if a bar is missed."""
    rows: list[tuple[str, ...]] = []
    missed = 0

    def row(name: str, value: float, unit: str, bar: float | None, least: bool = True) -> None:
        nonlocal missed
        over = bar is not None and (value < bar if least else value > bar)
        missed += over
        said = "" if bar is None else f"{'≥' if least else '≤'} {bar:g}"
        rows.append((name, f"{value:.2f}", unit, said, "MISSED" if over else ""))

    with tempfile.TemporaryDirectory() as folder:
        _texts(Path(folder), row)
        _formats(row)
        _long_pdf(Path(folder), row)
    print(table(("stage", "figure", "unit", "bar", ""), rows))
    return 1 if missed else 0


def _texts(folder: Path, row: Callable[..., None]) -> None:
    from bulletins.mentions import Words, annotate, load_gazetteers
    from bulletins.parsing import parse
    from bulletins.sources import read_pages
    from bulletins.styles import load_styles

    styles, gazetteers = load_styles(()), load_gazetteers(())
    size = reading = parsing = 0.0
    paths = sorted(corpus().glob("*.txt"))
    for number, path in enumerate(paths):
        large = folder / f"{number}.txt"
        large.write_text(grown(path.read_text(encoding="utf-8")), encoding="utf-8")
        size += large.stat().st_size / 1e6
        reading += best(lambda p=large: read_pages(p))  # type: ignore[misc]
        source = read_pages(large)
        parsing += best(lambda s=source: parse(s, styles))  # type: ignore[misc]
    row("text: read", size / reading, "MB/s", None)
    row("text: parse", size / parsing, "MB/s", None)
    row("text: read and parse", size / (reading + parsing), "MB/s", TEXT_BAR)
    large_size = size
    words = Words(folder)
    issues = [parse(read_pages(path), styles).issue for path in paths]
    annotate(issues[0], gazetteers, words)
    size = sum(path.stat().st_size for path in paths) / 1e6
    spent = best(lambda: [annotate(issue, gazetteers, words) for issue in issues])
    row("text: find mentions", size / spent, "MB/s", None)
    spent += size * (reading + parsing) / large_size
    row("text: read, parse and find mentions", size / spent, "MB/s", MENTIONS_BAR)


def _formats(row: Callable[..., None]) -> None:
    from bulletins.parsing import parse
    from bulletins.sources import read_pages
    from bulletins.styles import load_styles

    styles = load_styles(())
    for form in ("md", "html", "docx"):
        spent = size = 0.0
        for path in sorted(PUBLICATIONS.glob(f"*/*.{form}")):
            size += path.with_suffix(".txt").stat().st_size / 1e6
            spent += best(lambda p=path: parse(read_pages(p), styles))  # type: ignore[misc]
        if size:
            row(f"{form}: read and parse (MB of its text)", size / spent, "MB/s", None)


def _long_pdf(folder: Path, row: Callable[..., None]) -> None:
    import pypdfium2

    from bulletins.parsing import parse
    from bulletins.sources import read_pages
    from bulletins.styles import load_styles

    found = sorted(PUBLICATIONS.glob("*/*.pdf"))
    if not found:
        return
    styles = load_styles(())
    spent = 0.0
    pages = 0
    for path in found:
        spent += best(lambda p=path: parse(read_pages(p), styles))  # type: ignore[misc]
        with pypdfium2.PdfDocument(path) as document:
            pages += len(document)
    row("pdf: read and parse", pages / spent, "pages/s", PDF_BAR)
    long = folder / "long.pdf"
    made = pypdfium2.PdfDocument.new()
    while len(made) < PAGES:
        with pypdfium2.PdfDocument(found[len(made) % len(found)]) as document:
            made.import_pages(document)
    made.save(long)
    made.close()
    done = subprocess.run(
        [sys.executable, "-c", _CHILD, str(long)], capture_output=True, text=True, cwd=ROOT,
        check=True,
    )  # fmt: skip
    kilobytes = int(re.findall(r"\d+", done.stdout)[-1])
    row(f"pdf: memory for {PAGES} pages", kilobytes / 1024, "MB", MEMORY_BAR, least=False)


if __name__ == "__main__":
    sys.exit(main())
