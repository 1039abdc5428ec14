"""An article as the reader corrected it, and what was printed beside it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tui.locale import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from annotations.article_fields import Fields
    from bulletins.model import Article


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the printed: `title` is the corrected one, "" if it is as printed.

    `date` and `authors` are the printed ones where the article has others (None: it has not), and
    `sources` the printed texts by the indexes of corrected sources.
    """

    title: str = ""
    date: str | None = None
    authors: str | None = None
    sources: Mapping[int, str] = field(default_factory=dict)

    @staticmethod
    def words(shown: str, printed: str | None) -> str:
        """Write a field with what was printed behind it, where that is another."""
        if printed is None:
            return shown
        return tr("~ {shown} (printed: {printed})").format(shown=shown, printed=printed or "—")


NOTHING = Beside()


def laid_over(printed: Article, fields: Fields) -> tuple[Article, Beside]:
    """Return an article with its corrected date, authors and sources, and what stands beside.

    Its title stays the printed one: offsets count in that.
    """
    if not fields:
        return printed, NOTHING
    from annotations.article_fields import overlaid  # loaded by what read the fields

    whole = overlaid(printed, fields)
    pairs = enumerate(zip(printed.sources, whole.sources, strict=True))
    beside = Beside(
        whole.title if whole.title != printed.title else "",
        (printed.date or "") if whole.date != printed.date else None,
        " ".join(printed.authors) if whole.authors != printed.authors else None,
        {index: was for index, (was, now) in pairs if was != now},
    )
    return replace(whole, title=printed.title), beside
