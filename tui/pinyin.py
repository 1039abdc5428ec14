"""Finding Chinese names by how they are pronounced: `cyyq` and `chanyeyuanqu` are 产业园区."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_INITIALS = ("zh", "ch", "sh")
_NO_PHRASES = "PYPINYIN_NO_PHRASES"


class Pinyin:
    """Knows the readings of characters; made by `load_pinyin`."""

    def __init__(self, spell: Callable[[str], list[list[str]]]) -> None:
        self._spell = spell
        self._readings = lru_cache(maxsize=20_000)(self._of)

    def begins(self, name: str, typed: str) -> int | None:
        """Say at which character of `name` begins what `typed` spells; None if nothing does.

        Both are folded. Each character is spelt by its initial (`c`, `ch`) or in full, in any of
        its readings; the last one may be cut short. A character stands for itself as well.
        """
        letters = "".join(typed.replace("'", "").split())
        if not letters or not any("a" <= letter <= "z" for letter in letters):
            return None
        spelt = [self._readings(character) for character in name]
        return next((at for at in range(len(spelt)) if _spells(spelt, at, letters)), None)

    def learn(self, names: list[str]) -> None:
        """Look the characters of names up, before a key waits for them."""
        for character in set("".join(names)):
            self._readings(character)

    def _of(self, character: str) -> tuple[str, ...]:
        found = {character}
        if not character.isascii():
            for reading in self._spell(character)[0]:
                # `lü` is typed lv by some and lu by others.
                found |= {reading, reading.replace("v", "u")}
        return tuple(sorted(found))


def load_pinyin() -> Pinyin:
    """Load the readings: 40 ms and 13 MB; to be called in a thread, once."""
    # Readings of whole phrases (200 ms, 40 MB) are not needed: a character may be any of its own.
    before = os.environ.get(_NO_PHRASES)
    os.environ[_NO_PHRASES] = "1"
    try:
        from pypinyin import Style, pinyin
    finally:
        if before is None:
            del os.environ[_NO_PHRASES]

    return Pinyin(lambda text: pinyin(text, style=Style.NORMAL, heteronym=True))


def _spells(spelt: list[tuple[str, ...]], start: int, letters: str) -> bool:
    reached = {0}
    for readings in spelt[start:]:
        following: set[int] = set()
        for at in reached:
            for reading in readings:
                if reading.startswith(letters[at:]):
                    return True
                if letters.startswith(reading, at):
                    following.add(at + len(reading))
                if letters[at] == reading[0]:
                    following.add(at + 1)
                if letters.startswith(_INITIALS, at) and reading.startswith(letters[at : at + 2]):
                    following.add(at + 2)
        reached = {at for at in following if at < len(letters)}
        if len(letters) in following:
            return True
        if not reached:
            return False
    return False
