"""The reader's work on one file, its modules imported when they are first needed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bulletins.boundary import Boundary
    from bulletins.mentions import Gazetteers, Words
    from bulletins.model import Issue
    from bulletins.styles import Styles

    Told = Callable[[str], Sequence[Boundary]]
    """What the reader says of the lines of an issue, by its id."""


class Work(Protocol):
    """What is done with a file; any exception is the file's failure, not the reader's."""

    def read(self, path: str, told: Told) -> Issue:
        """Parse a file, obeying what was told of the issue in it. Raises `ReadError`."""

    def find_mentions(self, issue: Issue) -> Issue:
        """Add the mentions that rules and lists find."""

    def refine_mentions(self, issue: Issue) -> Issue:
        """Add the mentions that are found when words are cut as well."""


class BulletinWork:
    """The work on bulletins, with the user's folders of styles and gazetteers after ours.

    `cache` is the private folder for jieba's dictionary.
    """

    def __init__(self, styles: Sequence[Path], gazetteers: Sequence[Path], cache: Path) -> None:
        self._style_folders = styles
        self._gazetteer_folders = gazetteers
        self._cache = cache
        self._styles: Styles | None = None
        self._gazetteers: Gazetteers | None = None
        self._words: Words | None = None

    def read(self, path: str, told: Told) -> Issue:
        """Parse a file, obeying what was told of the issue in it. Raises `ReadError`."""
        from bulletins.parsing import parse
        from bulletins.sources import read_pages

        source = read_pages(Path(path))
        if self._styles is None:
            from bulletins.styles import load_styles

            self._styles = load_styles(self._style_folders)
        return parse(source, self._styles, told(source.sha256)).issue

    def find_mentions(self, issue: Issue) -> Issue:
        """Add the mentions that rules and lists find."""
        from bulletins.mentions import annotate

        return annotate(issue, self._loaded_gazetteers())

    def refine_mentions(self, issue: Issue) -> Issue:
        """Add the mentions that are found when words are cut as well; loads jieba once."""
        from bulletins.mentions import Words, annotate

        if self._words is None:
            self._words = Words(self._cache)
        return annotate(issue, self._loaded_gazetteers(), self._words)

    def _loaded_gazetteers(self) -> Gazetteers:
        if self._gazetteers is None:
            from bulletins.mentions import load_gazetteers

            self._gazetteers = load_gazetteers(self._gazetteer_folders)
        return self._gazetteers
