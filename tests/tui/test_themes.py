"""Every colour of a highlight can be read upon its theme's backgrounds."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import pytest
from rich.cells import cell_len
from textual.color import Color

from bulletins.model import EntityType
from tui.mention_classes import MENTION_CLASSES
from tui.passages import COLOURS
from tui.tag_looks import TAG_COLOURS, tag_sign
from tui.themes import (
    DARK,
    HIGHLIGHTS,
    TAG_INKS,
    THEMES,
    coloured,
    highlight_style,
    mention_style,
    mention_variables,
    tag_style,
)
from tui.typesetting.spans import HIGHLIGHT_COLOURS
from tui.widgets.sidebar import STATUS_SIGNS

if TYPE_CHECKING:
    from textual.theme import Theme


def luminance(colour: Color) -> float:
    """Relative luminance as WCAG 2.1 defines it."""
    channels = [channel / 255 for channel in colour.rgb]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: Color, other: Color) -> float:
    """The contrast ratio of WCAG 2.1."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_highlights_have_the_contrast_of_readable_text(theme: Theme) -> None:
    """WCAG 2.1 asks for 4.5 : 1 (success criterion 1.4.3)."""
    backgrounds = [Color.parse(str(theme.background)), Color.parse(str(theme.surface))]
    for name, value in mention_variables(theme.dark).items():
        for background in backgrounds:
            assert contrast(Color.parse(value), background) >= 4.5, name


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_no_two_classes_share_a_colour(theme: Theme) -> None:
    colours = list(mention_variables(theme.dark).values())
    assert len(set(colours)) == len(colours)


def test_every_class_has_a_sign_besides_its_colour() -> None:
    for entry in MENTION_CLASSES:
        style = mention_style(mention_variables(dark=True), entry.name)
        assert style.bold or style.italic or style.underline, entry.name


def test_classes_are_what_is_found_in_bulletins() -> None:
    names = [entry.name for entry in MENTION_CLASSES]
    assert set(names) == {*get_args(EntityType), "amount", "quantity", "date"}
    assert len(set(names)) == len(names)
    assert sorted(entry.layer for entry in MENTION_CLASSES) == list(range(1, len(names) + 1))
    assert len({entry.key for entry in MENTION_CLASSES}) == len(names)


def test_own_colours_of_classes() -> None:
    variables = DARK.to_color_system().generate() | mention_variables(dark=True)
    own = {"amount": "red", "person": "#abc", "date": "$accent", "place": "auto"}
    chosen = coloured(variables, own)
    assert chosen["mention-amount"] == "red"
    assert chosen["mention-person"] == "#abc"
    assert chosen["mention-date"] == variables["accent"]
    assert chosen["mention-place"] == variables["mention-place"]


@pytest.mark.parametrize("colour", ["$text", "$nothing", "$footer-key-background", "$link-style"])
def test_what_is_no_colour_in_this_theme_leaves_the_themes_own(colour: str) -> None:
    variables = DARK.to_color_system().generate() | mention_variables(dark=True)
    assert coloured(variables, {"amount": colour}) == variables


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_text_and_mentions_can_be_read_upon_every_highlight(theme: Theme) -> None:
    inks = {"text": str(theme.foreground), **mention_variables(theme.dark)}
    for colour in HIGHLIGHTS:
        style = highlight_style(colour, theme.dark)
        assert style.underline and style.bgcolor is not None and style.bgcolor.triplet is not None
        ground = Color.parse(style.bgcolor.triplet.hex)
        for name, ink in inks.items():
            assert contrast(Color.parse(ink), ground) >= 4.5, (colour, name)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_tags_can_be_read_in_every_colour(theme: Theme) -> None:
    for colour in TAG_INKS:
        ink = tag_style(colour, theme.dark).color
        assert ink is not None and ink.triplet is not None
        for ground in (theme.background, theme.surface):
            assert contrast(Color.parse(ink.triplet.hex), Color.parse(str(ground))) >= 4.5, colour


def test_every_colour_of_tags_has_a_name_and_a_sign_of_its_own() -> None:
    assert tuple(TAG_INKS) == TAG_COLOURS
    signs = {tag_sign(colour) for colour in (None, *TAG_COLOURS)}
    assert len(signs) == 1 + len(TAG_COLOURS)
    assert all(cell_len(sign) == 1 for sign in signs)
    assert not signs & {*STATUS_SIGNS.values(), "★", "⚠", "✎"}


def test_every_named_colour_of_highlights_has_a_ground_and_a_name() -> None:
    assert tuple(HIGHLIGHTS) == HIGHLIGHT_COLOURS == tuple(COLOURS)
