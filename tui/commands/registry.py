"""Every command once: its name in the configuration, its keys, and the words that describe it.

The main screen has an `action_<name>` for each; `tests/tui/test_commands.py` holds that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tui.locale import mark

Pane = Literal["library", "reading", "inspector"]


@dataclass(frozen=True, slots=True)
class Command:
    """One thing the reader can do.

    `name` is the action, the binding id and the key in the configuration's `keys`. `keys` are
    Textual key names; the first one is shown. `hint` is the word in the footer, for those in it.
    `title` and `hint` are message ids: translate when drawn.
    """

    name: str
    keys: tuple[str, ...]
    title: str
    group: str
    hint: str = ""
    palette: bool = True
    needs: Literal["", "issue", "article"] = ""
    """What must be open for it to be possible."""


READING = mark("Reading")
MOVING = mark("Moving")
FINDING = mark("Finding")
ANNOTATING = mark("Annotating")
TAKING = mark("Copying and exporting")
SCREEN = mark("Screen")
GROUPS = (MOVING, READING, FINDING, ANNOTATING, TAKING, SCREEN)

COMMANDS: tuple[Command, ...] = (
    # Moving
    Command("down", ("j", "down"), mark("One line or row down"), MOVING, palette=False),
    Command("up", ("k", "up"), mark("One line or row up"), MOVING, palette=False),
    Command("page_down", ("pagedown", "ctrl+f"), mark("One page down"), MOVING, palette=False),
    Command("page_up", ("pageup",), mark("One page up"), MOVING, palette=False),
    Command(
        "read_on",
        ("space",),
        mark("Read on: a page further, then the next article"),
        MOVING,
        needs="article",
    ),
    Command("half_down", ("ctrl+d",), mark("Half a page down"), MOVING, palette=False),
    Command("half_up", ("ctrl+u",), mark("Half a page up"), MOVING, palette=False),
    Command("first", ("g", "home"), mark("To the beginning"), MOVING, palette=False),
    Command("last", ("G", "end"), mark("To the end"), MOVING, palette=False),
    Command("left", ("h", "left"), mark("Fold, or to the pane on the left"), MOVING, palette=False),
    Command(
        "right", ("l", "right"), mark("Unfold, or to the pane on the right"), MOVING, palette=False
    ),
    Command("open", ("enter",), mark("Open what is under the cursor"), MOVING, palette=False),
    Command("next_pane", ("tab",), mark("Next pane"), MOVING, palette=False),
    Command("previous_pane", ("shift+tab",), mark("Previous pane"), MOVING, palette=False),
    Command(
        "next_article", ("J", "right_square_bracket"), mark("Next article"), MOVING, mark("next")
    ),
    Command("previous_article", ("K", "left_square_bracket"), mark("Previous article"), MOVING),
    Command("next_section", ("right_curly_bracket",), mark("Next section"), MOVING),
    Command("previous_section", ("left_curly_bracket",), mark("Previous section"), MOVING),
    Command("next_unread", ("U",), mark("Next unread article"), MOVING, mark("unread")),
    Command("next_flagged", ("F",), mark("Next starred article"), MOVING),
    Command("next_orphan", ("O",), mark("Next annotation without a place"), MOVING),
    Command("back", ("escape",), mark("Back out one level"), MOVING, palette=False),
    # Reading
    Command(
        "notes_in_place",
        ("z",),
        mark("Footnotes in place: open or close all"),
        READING,
        needs="article",
    ),
    Command(
        "next_mention", ("greater_than_sign",), mark("Next name or sum"), READING, needs="article"
    ),
    Command(
        "previous_mention",
        ("less_than_sign",),
        mark("Previous name or sum"),
        READING,
        needs="article",
    ),
    Command("highlights", ("H",), mark("Highlights: choose the classes that are shown"), READING),
    Command(
        "sources",
        ("o",),
        mark("Sources: open or copy a link"),
        READING,
        mark("sources"),
        needs="article",
    ),
    Command("reviewers", ("P",), mark("Other reviewers: show or hide their work"), READING),
    Command("edition", ("C",), mark("Show another edition: PDF or text"), READING, needs="issue"),
    # Finding
    Command(
        "search",
        ("slash",),
        mark("Search in the article"),
        FINDING,
        mark("search"),
        needs="article",
    ),
    Command("next_hit", ("n",), mark("Next hit"), FINDING, needs="article"),
    Command("previous_hit", ("N",), mark("Previous hit"), FINDING, needs="article"),
    Command("filter", ("f",), mark("Filter the list of articles"), FINDING, mark("filter")),
    Command(
        "where_else",
        ("w",),
        mark("Where else: this name in the library"),
        FINDING,
        mark("where else"),
        needs="article",
    ),
    # Annotating
    Command("tag", ("t",), mark("Tag the article"), ANNOTATING, mark("tag"), needs="article"),
    Command("tags", ("T",), mark("Tags: all, with counts; rename, merge, colour"), ANNOTATING),
    Command(
        "repeat_tag",
        ("full_stop",),
        mark("Put the last tag again"),
        ANNOTATING,
        mark("again"),
        needs="article",
    ),
    Command(
        "tag_and_next",
        ("comma",),
        mark("Put the last tag again, then the next article"),
        ANNOTATING,
        mark("tag, next"),
        needs="article",
    ),
    Command(
        "tag_advance",
        ("semicolon",),
        mark("Quick tags go on to the next article, or stay"),
        ANNOTATING,
        needs="article",
    ),
    Command(
        "mark",
        ("V",),
        mark("Mark it (a head: all below), to act on all marked"),
        ANNOTATING,
        mark("mark"),
        needs="article",
    ),
    Command(
        "note",
        ("m",),
        mark("Write a note on the article"),
        ANNOTATING,
        mark("note"),
        needs="article",
    ),
    Command("note_issue", ("M",), mark("Write a note on the issue"), ANNOTATING, needs="issue"),
    Command("link", ("L",), mark("Link the article to another"), ANNOTATING, needs="article"),
    Command("annotations", ("a",), mark("Annotations: all of the library"), ANNOTATING),
    Command(
        "history",
        ("I",),
        mark("History of what is under the cursor of the inspector, or of the article"),
        ANNOTATING,
        needs="article",
    ),
    Command(
        "delete_annotation",
        ("d",),
        mark("Delete the annotation under the cursor of the inspector"),
        ANNOTATING,
        needs="article",
    ),
    Command(
        "star",
        ("asterisk",),
        mark("Star the article, or take the star away"),
        ANNOTATING,
        needs="article",
    ),
    Command(
        "reviewed",
        ("r",),
        mark("Reviewed, or not yet"),
        ANNOTATING,
        mark("reviewed"),
        needs="article",
    ),
    Command(
        "later", ("b",), mark("Put off: later, or not"), ANNOTATING, mark("later"), needs="article"
    ),
    Command("skipped", ("S",), mark("Skip it, or not"), ANNOTATING, mark("skip"), needs="article"),
    Command("unread", ("R",), mark("Set back to unread"), ANNOTATING, needs="article"),
    Command(
        "mention",
        ("x",),
        mark("Judge a mention: accept, reject, correct it, or add the selected words"),
        ANNOTATING,
        mark("judge"),
        needs="article",
    ),
    Command("mention_corrections", ("X",), mark("Corrections of mentions: all"), ANNOTATING),
    Command(
        "correct_issue",
        ("e",),
        mark("Correct title, date or sources of the article; in the list, of an issue"),
        ANNOTATING,
        needs="issue",
    ),
    Command(
        "correct_split",
        ("B",),
        mark("Correct a split: a line is a title, goes on, is a heading or a header"),
        ANNOTATING,
        needs="article",
    ),
    Command(
        "select",
        ("v",),
        mark("Select words: then colour, note, tag or copy them"),
        ANNOTATING,
        mark("select"),
        needs="article",
    ),
    Command(
        "paint",
        ("p",),
        mark("Highlight the name, hit or word gone to, or take that away"),
        ANNOTATING,
        mark("paint"),
        needs="article",
    ),
    Command(
        "next_disagreement",
        ("equals_sign",),
        mark("Next disagreement among reviewers: see it, and decide"),
        ANNOTATING,
        needs="article",
    ),
    Command(
        "undo", ("u",), mark("Undo the last change, of whichever day"), ANNOTATING, mark("undo")
    ),
    Command("redo", ("ctrl+r",), mark("Redo what was undone"), ANNOTATING),
    Command("orphans", ("A",), mark("Annotations without a place: find theirs again"), ANNOTATING),
    # Copying and exporting
    Command(
        "copy_quote",
        ("y",),
        mark("Copy the selection, or the paragraph with its source"),
        TAKING,
        needs="article",
    ),
    Command("copy_article", ("Y",), mark("Copy the whole article"), TAKING, needs="article"),
    Command(
        "copy_citation", ("c",), mark("Copy a citation of the article"), TAKING, needs="article"
    ),
    Command("export", ("E",), mark("Export annotations as YAML"), TAKING, mark("export")),
    # Screen
    Command("sidebar", ("s",), mark("Show or hide the list"), SCREEN),
    Command("inspector", ("i",), mark("Show or hide the inspector"), SCREEN),
    Command("dark", ("D",), mark("Dark or light"), SCREEN),
    Command("messages", ("exclamation_mark",), mark("Messages: the last ones, in full"), SCREEN),
    Command("reload", ("f5",), mark("Look for new issues"), SCREEN),
    Command("help", ("question_mark", "f1"), mark("Help: all keys"), SCREEN, mark("help")),
    Command("quit", ("q", "ctrl+q"), mark("Quit"), SCREEN),
)

# What the footer offers in each pane, the most needed first: a narrow terminal shows the first few.
FOOTERS: dict[Pane, tuple[str, ...]] = {
    "library": (
        "tag", "mark", "help", "filter", "next_unread", "reviewed", "tag_and_next", "later",
        "skipped", "undo", "export",
    ),
    "reading": (
        "tag", "note", "select", "help", "paint", "search", "reviewed", "tag_and_next",
        "next_article", "sources", "undo", "export",
    ),
    "inspector": ("tag", "note", "help", "mention", "where_else", "undo", "export"),
}  # fmt: skip

STEPS = (
    "down", "up", "page_down", "page_up", "half_down", "half_up", "next_article",
    "previous_article", "next_section", "previous_section", "next_mention", "previous_mention",
)  # fmt: skip
"""Commands whose key is held down: they open nothing that could want the next key."""

_BY_NAME = {entry.name: entry for entry in COMMANDS}


def command(name: str) -> Command:
    """Look a command up by its name; KeyError if there is none."""
    return _BY_NAME[name]


def command_names() -> tuple[str, ...]:
    """All names that the configuration's `keys` may use."""
    return tuple(_BY_NAME)
