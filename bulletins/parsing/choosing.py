"""Choosing the style by the evidence in the lines."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from bulletins.parsing.cues import Cues

if TYPE_CHECKING:
    from bulletins.parsing.sheet import Sheet
    from bulletins.styles import Style, Styles

_NOTE = re.compile(r"(\d{1,3})\s+(?:https?://|[A-Z])")
_SAMPLE = 4_000  # lines looked at
_LONG = 160  # characters; a longer line is no cue


def choose(sheet: Sheet, styles: Styles) -> tuple[Style, Cues, float]:
    """Give the style that fits best, its cues, and how sure that is (0..1)."""
    lines = [line.text for line in sheet.lines[:_SAMPLE] if len(line.text) <= _LONG]
    best: tuple[float, Style, Cues] | None = None
    numbers = _note_numbers(lines)
    for style in styles.profiles:
        cues = Cues(style)
        score = max(style.base, _score(style, count_cues(lines, cues, numbers)))
        if best is None or score > best[0]:
            best = (score, style, cues)
    assert best is not None, "there is always the general style"
    return best[1], best[2], round(min(1.0, max(0.0, best[0])), 3)


def _note_numbers(lines: list[str]) -> list[int]:
    return [int(match[1]) for match in map(_NOTE.match, lines) if match is not None]


def count_cues(lines: list[str], cues: Cues, numbers: list[int]) -> dict[str, int]:
    """Count what each kind of evidence finds."""
    counts = dict.fromkeys(
        ("spaced_head", "known_head", "role_byline", "bare_byline", "ending_byline", "topic",
         "original_title", "source", "title_shape"), 0,
    )  # fmt: skip
    for text in lines:
        byline = cues.byline(text)
        if byline is not None:
            counts[f"{byline.how}_byline"] += 1
        elif cues.spaced_head(text) and not cues.contents(text):
            counts["spaced_head"] += 1
        elif cues.known_head(text):
            counts["known_head"] += 1
        elif cues.topic(text):
            counts["topic"] += 1
        elif cues.original(text) is not None:
            counts["original_title"] += 1
        elif cues.source(text) is not None:
            counts["source"] += 1
        elif cues.title_enumerator(text) is not None:
            counts["title_shape"] += 1
    counts["page_notes"] = numbers.count(1) - 1 if numbers.count(1) > 1 else 0
    rising = all(a < b for a, b in itertools.pairwise(numbers))
    counts["file_notes"] = len(numbers) if len(numbers) > 1 and rising else 0
    return counts


def _score(style: Style, counts: dict[str, int]) -> float:
    """Weigh the evidence: each cue counts more the more often it is found, up to its weight."""
    most = max((weight for _, weight in style.evidence), default=0)
    if not any(counts[cue] for cue, weight in style.evidence if weight == most):
        return 0.0  # without what it tells a publication by above all else
    total = sum(weight for _, weight in style.evidence if weight > 0)
    if not total:
        return 0.0
    found = sum(weight * (1 - 0.5 ** min(counts[cue], 30)) for cue, weight in style.evidence)
    return found / total
