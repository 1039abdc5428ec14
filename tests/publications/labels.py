"""The labels of a publication: those of its articles, with what the layout prints otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.publications.content import Piece
    from tests.publications.printed import Para

ENDS = 12  # characters of a block's first and last words in a label


def squeeze(text: str) -> str:
    """Lose the white space, as the labels do."""
    return "".join(text.split())


def block_label(kind: str, text: str) -> dict[str, str]:
    """Label a block by its kind and its ends."""
    text = squeeze(text)
    return {"kind": kind, "start": text[:ENDS], "end": text[-ENDS:]}


def label(
    piece: Piece, *, section: str, notes: bool, lead: Sequence[Para] = (), **other: Any
) -> dict[str, Any]:
    """Label an article: as it was, in `section`, with `other` fields, `lead` blocks before it."""
    made = {**piece.label, "section": section, **other}
    if not notes:
        made["footnotes"] = []
    blocks = [block_label(para.role, para.text) for para in lead]
    made["blocks"] = [*blocks, *made["blocks"]]
    again = squeeze("".join(para.text for para in lead))  # a summary says its sums once more
    said = [one for one in made["money"] if squeeze(one["text"]) in again]
    made["money"] = [*said, *made["money"]]
    return made
