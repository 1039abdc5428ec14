"""A text without the spaces that a printer puts beside Chinese characters.

`5.04 亿美元` and `5.04亿美元`, `SK 海力士` and `SK海力士` are one form to every rule; a span found
in the view is given back in offsets of the text as it is stored.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_CJK = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f\u2018-\u201f\u2014\u2026\u00b7"
_SPACES = re.compile(r"\s+")
_WIDE = re.compile(rf"[{_CJK}]")
_FOLD = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B))}
_FOLD |= {code: code - 0xFEE0 for code in range(0xFF41, 0xFF5B)}
_FOLD |= {0xFF05: ord("%"), 0xFF04: ord("$"), 0xFF0D: ord("-"), 0x2011: ord("-"), 0x2010: ord("-")}
_FOLD |= {0xFF0E: ord("."), 0x00A0: ord(" "), 0x3000: ord(" "), 0x03BC: 0x00B5, 0x2212: ord("-")}


@dataclass(frozen=True, slots=True)
class View:
    """A squeezed `text`; `offsets[i]` is where its i-th code point stands in `source`."""

    source: str
    text: str
    offsets: range | tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give the span of `source` (code points) that `text[start:end]` covers."""
        return self.offsets[start], self.offsets[end - 1] + 1


def view_of(source: str) -> View:
    """Squeeze a text; full-width letters and digits become plain ones, one for one."""
    folded = source.translate(_FOLD)
    pieces: list[str] = []
    offsets: list[int] = []
    last = 0
    for match in _spare_runs(folded):
        pieces.append(folded[last : match[0]])
        offsets.extend(range(last, match[0]))
        last = match[1]
    if not pieces:
        return View(source, folded, range(len(source)))
    pieces.append(folded[last:])
    offsets.extend(range(last, len(folded)))
    return View(source, "".join(pieces), tuple(offsets))


def _spare_runs(text: str) -> list[tuple[int, int]]:
    """Spans of white space to leave out, in order; every run is looked at once."""
    spare = []
    for match in _SPACES.finditer(text):
        start, end = match.span()
        if "\n" in match[0]:
            # Rows of a table: the line end keeps what stands on either side apart.
            continue
        wide = (start and _WIDE.match(text[start - 1])) or (
            end < len(text) and _WIDE.match(text[end])
        )
        if wide:
            spare.append((start, end))
        elif end - start > 1:
            spare.append((start + 1, end))
    return spare
