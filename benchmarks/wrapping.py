"""How well rows of Chinese text end: our line breaking beside that of Rich and Textual.

`python -m benchmarks.wrapping [FILES…]` reads text files; without any, the real bulletins beside
the checkout or else the samples. Printed lines are joined to paragraphs by a rule of thumb.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from tui.typesetting.linebreak import break_rows
from tui.typesetting.widths import cells

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

WIDTHS = (58, 78, 98)
# Kept apart from the sets that the line breaking uses: a yardstick must not move with its object.
FORBIDDEN = frozenset("、，。．：；！？…—～·％‰℃’”）］｝〉》」』】〕,.:;!?%)]}")
SHORT = 0.8  # of the width; a row that leaves more than a fifth empty
_PARAGRAPH_END = re.compile(r"[。！？：]$")
_URL = re.compile(r"https?://\S+|www\.\S+")
_LONGEST = 600  # code points after which a paragraph ends anyway: contents pages never end one


def ours(paragraph: str, width: int) -> list[str]:
    """Break by our rules."""
    return [paragraph[start:end] for start, end in break_rows(paragraph, width)]


def rich_stock(paragraph: str, width: int) -> list[str]:
    """Break as `rich.text.Text` does."""
    from rich.console import Console
    from rich.text import Text

    console = Console(width=width)
    return [line.plain.rstrip() for line in Text(paragraph).wrap(console, width)]


def textual_stock(paragraph: str, width: int) -> list[str]:
    """Break as `textual.content.Content` does, the text of every stock widget."""
    from textual.content import Content

    return [line.plain.rstrip() for line in Content(paragraph).wrap(width)]


def paragraphs(path: Path) -> list[str]:
    """Join the printed lines of a text file."""
    found: list[str] = []
    current = ""
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        current += line.strip()
        if _PARAGRAPH_END.search(current) or len(current) > _LONGEST:
            found.append(current)
            current = ""
    return [*found, current] if current else found


def measure(
    wrap: Callable[[str, int], list[str]], texts: Sequence[str], width: int
) -> tuple[int, float, float, float]:
    """Return rows, % that begin with a forbidden mark, % that end short, milliseconds."""
    started = perf_counter()
    wrapped = [wrap(text, width) for text in texts]
    taken = (perf_counter() - started) * 1000
    rows = begins = ends = 0
    for lines in wrapped:
        for line, following in zip(lines, [*lines[1:], ""], strict=True):
            rows += 1
            begins += line[:1] in FORBIDDEN and bool(line)
            if following and cells(line) < SHORT * width and not _near_url(line, following):
                ends += 1
    return rows, 100 * begins / rows, 100 * ends / rows, taken


def _near_url(line: str, following: str) -> bool:
    return bool(_URL.search(line) or _URL.match(following) or "://" in following[:40])


def default_files() -> list[Path]:
    """List the real bulletins if they are there, else the samples."""
    root = Path(__file__).resolve().parent.parent
    real = sorted((root.parent / "shared" / "bulletins").glob("*.txt"))
    return real or sorted((root / "seeds").glob("*.txt"))


def main(argv: Sequence[str] | None = None) -> int:
    """Print one table; exit status 1 if our rows miss the bars (0.5 % and 6 %)."""
    files = [Path(name) for name in argv] if argv else default_files()
    if not files:
        print("wrapping: no text files to measure", file=sys.stderr)
        return 1
    texts = [text for path in files for text in paragraphs(path)]
    print(f"wrapping: {len(files)} files, {sum(map(len, texts))} characters")
    print(f"{'width':>5} {'by':<8} {'rows':>6} {'forbidden start':>16} {'short':>8} {'time':>12}")
    missed = False
    for width in WIDTHS:
        measure(ours, texts, width)  # fills the width tables, as a running app has
        mine = measure(ours, texts, width)
        missed = missed or mine[1] >= 0.5 or mine[2] >= 6
        peers = (("ours", mine), ("rich", measure(rich_stock, texts, width)))
        for name, figures in (*peers, ("textual", measure(textual_stock, texts, width))):
            rows, begins, ends, taken = figures
            ratio = f"{taken:.1f} ms ×{taken / mine[3]:.1f}"
            print(f"{width:>5} {name:<8} {rows:>6} {begins:>14.2f} % {ends:>6.2f} % {ratio:>14}")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
