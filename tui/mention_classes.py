"""The classes of highlights: all that the program knows of each, in one table."""

from __future__ import annotations

from dataclasses import dataclass

from tui.locale import mark


@dataclass(frozen=True, slots=True)
class MentionClass:
    """One class; `title` and `short` are message ids, `key` switches it in the dialog.

    `attributes`, as Rich writes them, tell it besides its colour; the quiet classes share theirs,
    since figures and dates tell themselves. `dark` and `light` are its colours on such a ground,
    with a contrast of at least 4.5 : 1 (WCAG 2.1, 1.4.3; tests/tui/test_themes.py measures it).
    Of classes that overlap, the one with the greater `layer` is seen.
    """

    name: str
    key: str
    title: str
    short: str
    attributes: str
    dark: str
    light: str
    layer: int


MENTION_CLASSES: tuple[MentionClass, ...] = (
    MentionClass(
        "amount", "1", mark("Sums of money"), mark("sum"), "bold", "#f2c14e", "#8a5a00", 9
    ),
    MentionClass(
        "quantity", "2", mark("Quantities"), mark("quantity"), "italic", "#d3b98c", "#6b5a2e", 2
    ),
    MentionClass("date", "3", mark("Dates"), mark("date"), "italic", "#a3c4bc", "#3f6b62", 3),
    MentionClass(
        "organization",
        "4",
        mark("Organizations"),
        mark("org"),
        "underline",
        "#6cb6ff",
        "#0550ae",
        6,
    ),
    MentionClass(
        "person", "5", mark("Persons"), mark("person"), "bold italic", "#ff9e80", "#a83215", 5
    ),
    MentionClass("place", "6", mark("Places"), mark("place"), "italic", "#7fd08a", "#1a6b2d", 4),
    MentionClass(
        "document", "7", mark("Documents"), mark("doc"), "italic underline", "#d2a8ff", "#7a3eb1", 8
    ),
    MentionClass(
        "program", "8", mark("Programmes"), mark("prog"), "bold underline", "#5fd7d7", "#0b6363", 7
    ),
    MentionClass(
        "technology", "9", mark("Technologies"), mark("tech"), "italic", "#f0a0c8", "#99266a", 1
    ),
)
