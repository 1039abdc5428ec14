"""The keys of the selection: what each does, for the screen, the help and the hints."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from unicodedata import normalize

from tui.locale import mark, tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.events import Key

    Own = Mapping[str, tuple[str, ...]]
    """Name → its keys, only of those that the reader changed."""


@dataclass(frozen=True, slots=True)
class SelectionKey:
    """A name in the configuration, keys, the method of the screen with arguments, and words."""

    name: str
    keys: tuple[str, ...]
    act: str
    arguments: tuple[object, ...]
    title: str


SELECTION_KEYS: tuple[SelectionKey, ...] = (
    SelectionKey("sentence", ("s",), "grow", ("sentence", 1),
                 mark("The whole sentence, then one more")),
    SelectionKey("sentence_back", ("S",), "grow", ("sentence", -1), mark("A sentence back")),
    SelectionKey("clause", ("c",), "grow", ("clause", 1), mark("The whole clause, then one more")),
    SelectionKey("clause_back", ("C",), "grow", ("clause", -1), mark("A clause back")),
    SelectionKey("word", ("w", "e"), "grow", ("word", 1), mark("A word further")),
    SelectionKey("word_back", ("b",), "grow", ("word", -1), mark("A word back")),
    SelectionKey("character", ("l", "right"), "grow", ("character", 1),
                 mark("A character further")),
    SelectionKey("character_back", ("h", "left"), "grow", ("character", -1),
                 mark("A character back")),
    SelectionKey("row", ("j", "down"), "grow_row", (1,), mark("A row further")),
    SelectionKey("row_back", ("k", "up"), "grow_row", (-1,), mark("A row back")),
    SelectionKey("paragraph", ("right_curly_bracket",), "grow", ("paragraph", 1),
                 mark("The whole paragraph, then the next one too")),
    SelectionKey("paragraph_back", ("left_curly_bracket",), "grow", ("paragraph", -1),
                 mark("A paragraph back")),
    SelectionKey("other_end", ("o",), "swap_ends", (), mark("Move the other end")),
    SelectionKey("next_sentence", ("right_parenthesis",), "go", ("sentence", 1),
                 mark("To the next sentence (or take it in, once the selection was grown)")),
    SelectionKey("previous_sentence", ("left_parenthesis",), "go", ("sentence", -1),
                 mark("To the sentence before")),
    SelectionKey("next_mention", ("greater_than_sign",), "go_mention", (1,),
                 mark("To the next name or sum")),
    SelectionKey("previous_mention", ("less_than_sign",), "go_mention", (-1,),
                 mark("To the name or sum before")),
    SelectionKey("next_hit", ("n",), "go_hit", (1,), mark("To the next hit of the search")),
    SelectionKey("previous_hit", ("N",), "go_hit", (-1,), mark("To the hit before")),
    SelectionKey("begin_anew", ("v",), "begin_anew", (), mark("Begin anew at the end that moves")),
    SelectionKey("next_highlight", ("tab",), "next_passage", (),
                 mark("Another highlight at this place")),
    SelectionKey("paint", ("enter", "p"), "paint_selection", (),
                 mark("Highlight in the last colour; of a highlight: keep its new ends")),
    SelectionKey("note", ("m",), "note_selection", (), mark("Write a note on it")),
    SelectionKey("tag", ("t",), "tag_selection", (), mark("Tag it")),
    SelectionKey("delete", ("d", "delete", "backspace"), "unpaint_selection", (),
                 mark("Take the highlight away")),
    SelectionKey("copy", ("y",), "copy_selection", (), mark("Copy it with its source")),
    SelectionKey("mention", ("x",), "judge_selection", (),
                 mark("Judge the mention there, or add one that was missed")),
    SelectionKey("attach", ("A",), "attach_selection", (), mark("A lost annotation belongs here")),
    SelectionKey("leave", ("escape",), "leave_selection", (), mark("Leave the selection")),
)  # fmt: skip
DEFAULT_KEYS = {entry.name: entry.keys for entry in SELECTION_KEYS}
_HINTS = (
    (("sentence", "sentence_back"), mark("sentence")),
    (("paint",), mark("highlight")),
    (("note",), mark("note")),
    (("tag",), mark("tag")),
    (("next_sentence", "previous_sentence"), mark("next")),
    (("other_end",), mark("other end")),
    (("clause", "clause_back"), mark("clause")),
    (("word", "word_back"), mark("word")),
    (("next_mention", "previous_mention"), mark("name")),
    (("paragraph", "paragraph_back"), mark("paragraph")),
    (("delete",), mark("delete")),
    (("copy",), mark("copy")),
    (("mention",), mark("mention")),
    (("attach",), mark("attach lost")),
    (("leave",), mark("back")),
)
"""What the bottom line tells, the most needed first."""

# What a Chinese input method writes for keys whose full-width form folds to something else.
_PUNCTUATION = {"《": "<", "》": ">", "〈": "<", "〉": ">", "｛": "{", "｝": "}"}


def by_key(own: Own) -> dict[str, SelectionKey]:
    """What each key does, with the reader's `own` keys."""
    return {key: entry for entry in SELECTION_KEYS for key in own.get(entry.name, entry.keys)}


def first_key(own: Own, name: str) -> str:
    """The first key of an entry as people write it; "" if it has none."""
    from tui.key_names import key_name

    return next(map(key_name, own.get(name, DEFAULT_KEYS[name])), "")


def hints(own: Own) -> list[tuple[str, str]]:
    """The keys for the bottom line and their words, in the language of the screens."""
    shown = [(" ".join(first_key(own, name) for name in names), words) for names, words in _HINTS]
    return [(keys.strip(), tr(words)) for keys, words in shown if keys.strip()]


def selection_rows(own: Own) -> list[tuple[str, str]]:
    """All keys, as people write them, and what they do, for the help."""
    from tui.key_names import key_name

    rows = [
        (" ".join(map(key_name, own.get(entry.name, entry.keys))), tr(entry.title))
        for entry in SELECTION_KEYS
    ]
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
