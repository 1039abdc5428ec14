"""A process that shows what boundaries would do to a file: `python -m bulletins.trial [STYLES]…`.

A request comes as a line of JSON on standard input, `{"path": …, "boundaries": […]}`, its answer
leaves as a line: `lines` as (page, text, role, number of the article in which it stands or -1),
`titles` of the articles, and `found`, for each boundary the numbers of the lines that it is about.
What can't be read has an `error` instead. Numbers count from 0, pages from 1. A file is read once
for all requests in a row. It ends with its input.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bulletins.boundary import from_lists
from bulletins.catalogue.guard import OutOfTimeError, bounded, limit_memory
from bulletins.model import ReadError
from bulletins.parsing import parse
from bulletins.parsing.boundaries import bounds_of
from bulletins.said import Said, pack
from bulletins.sources import read_pages
from bulletins.styles import load_styles

if TYPE_CHECKING:
    from bulletins.boundary import Boundary
    from bulletins.sources import Source
    from bulletins.styles import Styles

_SECONDS = 60.0
_MEMORY_MB = 1536.0


class Trials:
    """Reads the file that was asked for last, once."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._last: tuple[str, Source] | None = None

    def answer(self, path: str, boundaries: tuple[Boundary, ...]) -> dict[str, Any]:
        """Say what becomes of a file. Raises ReadError."""
        if self._last is None or self._last[0] != path:
            self._last = path, read_pages(Path(path))
        parsed = parse(self._last[1], self._styles, boundaries)
        texts = [line.text for line in parsed.trace]
        found = [bounds_of(texts, [one]) for one in boundaries]
        return {
            "lines": [
                (line.page, line.text, line.role, owner)
                for line, owner in zip(parsed.trace, parsed.owners, strict=True)
            ],
            "titles": [article.title for article in parsed.issue.articles()],
            "found": [sorted(one.begin | one.join | one.heading | one.drop) for one in found],
        }


def main(folders: list[str]) -> int:
    """Answer what comes until nothing more comes."""
    # Whatever a library prints must not get between the answers.
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    limit_memory(_MEMORY_MB)
    trials = Trials(load_styles([Path(folder) for folder in folders]))
    for line in sys.stdin.buffer:
        asked = json.loads(line)
        try:
            with bounded(_SECONDS, 0):
                answer = trials.answer(asked["path"], from_lists(asked["boundaries"]))
        except ReadError as error:
            answer = {"error": pack(error.message)}
        except (Exception, OutOfTimeError) as error:
            why = " ".join(f"{type(error).__name__} {error}".split())
            answer = {"error": pack(Said("could not be read: {why}", why=why[:300]))}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
