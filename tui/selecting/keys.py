"""The keys of the selection: what each does, for the screen, the help and the hints."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from unicodedata import normalize

from tui.locale import mark, tr

if TYPE_CHECKING:
    from textual.events import Key


@dataclass(frozen=True, slots=True)
class SelectionKey:
    """Keys, the method of the screen and its arguments, and the words for it.

    `hint` is the word in the line of hints; a row with it shows `shown`.
    """

    keys: tuple[str, ...]
    act: str
    arguments: tuple[object, ...]
    title: str
    shown: str = ""
    hint: str = ""


SENTENCE, CLAUSE, WORD = mark("sentence"), mark("clause"), mark("word")
SELECTION_KEYS: tuple[SelectionKey, ...] = (
    SelectionKey(("s",), "grow", ("sentence", 1), mark("The whole sentence, then one more"),
                 "s S", SENTENCE),
    SelectionKey(("S",), "grow", ("sentence", -1), mark("A sentence back")),
    SelectionKey(("c",), "grow", ("clause", 1), mark("The whole clause, then one more"),
                 "c C", CLAUSE),
    SelectionKey(("C",), "grow", ("clause", -1), mark("A clause back")),
    SelectionKey(("w", "e"), "grow", ("word", 1), mark("A word further"), "w b", WORD),
    SelectionKey(("b",), "grow", ("word", -1), mark("A word back")),
    SelectionKey(("l", "right"), "grow", ("character", 1), mark("A character further")),
    SelectionKey(("h", "left"), "grow", ("character", -1), mark("A character back")),
    SelectionKey(("j", "down"), "grow_row", (1,), mark("A row further")),
    SelectionKey(("k", "up"), "grow_row", (-1,), mark("A row back")),
    SelectionKey(("right_curly_bracket",), "grow", ("paragraph", 1),
                 mark("The whole paragraph, then the next one too"), "} {", mark("paragraph")),
    SelectionKey(("left_curly_bracket",), "grow", ("paragraph", -1), mark("A paragraph back")),
    SelectionKey(("o",), "swap_ends", (), mark("Move the other end"), "o", mark("other end")),
    SelectionKey(("right_parenthesis",), "go", ("sentence", 1),
                 mark("To the next sentence (or take it in, once the selection was grown)"),
                 ") (", mark("next")),
    SelectionKey(("left_parenthesis",), "go", ("sentence", -1), mark("To the sentence before")),
    SelectionKey(("greater_than_sign",), "go_mention", (1,), mark("To the next name or sum"),
                 "> <", mark("name")),
    SelectionKey(("less_than_sign",), "go_mention", (-1,), mark("To the name or sum before")),
    SelectionKey(("n",), "go_hit", (1,), mark("To the next hit of the search")),
    SelectionKey(("N",), "go_hit", (-1,), mark("To the hit before")),
    SelectionKey(("v",), "begin_anew", (), mark("Begin anew at the end that moves")),
    SelectionKey(("tab",), "next_passage", (), mark("Another highlight at this place")),
    SelectionKey(("enter", "p"), "paint_selection", (),
                 mark("Highlight in the last colour; of a highlight: keep its new ends"),
                 "Enter", mark("highlight")),
    SelectionKey(("m",), "note_selection", (), mark("Write a note on it"), "m", mark("note")),
    SelectionKey(("t",), "tag_selection", (), mark("Tag it"), "t", mark("tag")),
    SelectionKey(("d", "delete", "backspace"), "unpaint_selection", (),
                 mark("Take the highlight away"), "d", mark("delete")),
    SelectionKey(("y",), "copy_selection", (), mark("Copy it with its source"), "y", mark("copy")),
    SelectionKey(("x",), "judge_selection", (),
                 mark("Judge the mention there, or add one that was missed"), "x", mark("mention")),
    SelectionKey(("A",), "attach_selection", (),
                 mark("A lost annotation belongs here"), "A", mark("attach lost")),
    SelectionKey(("escape",), "leave_selection", (), mark("Leave the selection"), "Esc",
                 mark("back")),
)  # fmt: skip
_HINTS = (
    "s S", "Enter", "m", "t", ") (", "o", "c C", "w b", "> <", "} {", "d", "y", "x", "A", "Esc",
)  # fmt: skip
"""What the bottom line tells, the most needed first."""
BY_KEY = {key: entry for entry in SELECTION_KEYS for key in entry.keys}

# What a Chinese input method writes for keys whose full-width form folds to something else.
_PUNCTUATION = {"《": "<", "》": ">", "〈": "<", "〉": ">", "｛": "{", "｝": "}"}


def hints() -> list[tuple[str, str]]:
    """The keys for the bottom line and their words, in the language of the screens."""
    words = {entry.shown: entry.hint for entry in SELECTION_KEYS}
    return [(shown, tr(words[shown])) for shown in _HINTS]


def selection_rows() -> list[tuple[str, str]]:
    """All keys, as people write them, and what they do, for the help."""
    from tui.key_names import key_name

    rows = [(" ".join(map(key_name, entry.keys)), tr(entry.title)) for entry in SELECTION_KEYS]
    return [*rows, ("1–9", tr("Highlight in the colour of that digit"))]


def pressed(event: Key) -> str:
    """Name the key that was meant: full-width letters, digits and marks count as theirs."""
    character = event.character
    if not character or character.isascii():
        return event.key
    folded = _PUNCTUATION.get(character) or normalize("NFKC", character)
    if len(folded) != 1 or not folded.isascii():
        return event.key
    from textual.keys import _character_to_key

    return _character_to_key(folded)
