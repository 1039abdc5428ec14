"""Chinese words and their classes, by jieba, loaded when first asked for."""

from __future__ import annotations

import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


_PROPER = frozenset(["ns", "nr", "nt", "nz"])
_BRANDS = frozenset(["nr", "nt", "nz"])
# Texts of at most so many code points are names that rules ask for.
_SHORT = 16
_MAX_HELD = 20_000


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text, its span in code points, and jieba's tag (n, v, ns, nr …)."""

    text: str
    start: int
    end: int
    tag: str


@contextmanager
def _quietly() -> Iterator[None]:
    """Import jieba's own modules, whose escapes and imports newer Pythons warn about."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def load_tokenizer(cache_folder: Path | None) -> Any:
    """Make a tokenizer of jieba; it reads its dictionary at the first use (see Words)."""
    import logging

    with _quietly():
        import jieba

    jieba.setLogLevel(logging.ERROR)
    tokenizer = jieba.Tokenizer()
    if cache_folder is not None:
        cache_folder.mkdir(parents=True, exist_ok=True)
        tokenizer.tmp_dir = str(cache_folder)
        tokenizer.cache_file = "jieba.cache"
    return tokenizer


class Words:
    """Cuts and tags text with jieba; its dictionary (0.7 s, 150 MB) is read at the first use.

    `cache_folder` holds jieba's prepared dictionary, so that nothing is written to a folder that
    other users share; without it jieba uses the system's temporary folder.
    """

    def __init__(self, cache_folder: Path | None = None) -> None:
        self._cache_folder = cache_folder
        self._tagger: Any = None
        self._held: dict[str, list[Word]] = {}

    def load(self) -> None:
        """Read the dictionary now (call it from a worker, never from the process that draws)."""
        if self._tagger is not None:
            return
        tokenizer = load_tokenizer(self._cache_folder)
        with _quietly():
            import jieba.posseg

        self._tagger = jieba.posseg.POSTokenizer(tokenizer)

    def tagged(self, text: str) -> list[Word]:
        """Cut a text into tagged words that cover it without gaps."""
        if len(text) > _SHORT:
            return self._cut(text)
        # Rules ask for the same few names again and again.
        if text not in self._held:
            if len(self._held) >= _MAX_HELD:
                self._held.clear()
            self._held[text] = self._cut(text)
        return list(self._held[text])

    def _cut(self, text: str) -> list[Word]:
        self.load()
        words: list[Word] = []
        position = 0
        for pair in self._tagger.lcut(text):
            end = position + len(pair.word)
            words.append(Word(pair.word, position, end, pair.flag))
            position = end
        return words

    def is_common(self, text: str) -> bool:
        """Say whether a text is a word of the dictionary and no name of a place or person."""
        tag = self._tag(text)
        return bool(tag) and tag[:2] not in _PROPER and self.is_known(text)

    def is_brand(self, text: str) -> bool:
        """Say whether a text is one word, and a name or no word of the dictionary."""
        tag = self._tag(text)
        return bool(tag) and (tag[:2] in _BRANDS or not self.is_known(text))

    def is_known(self, text: str) -> bool:
        """Say whether a text is one word of the dictionary."""
        self.load()
        return bool(self._tagger.tokenizer.FREQ.get(text))

    def _tag(self, text: str) -> str:
        """Give the tag of a text that is one word, else ""."""
        words = self.tagged(text)
        return words[0].tag if len(words) == 1 else ""
