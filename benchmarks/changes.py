"""Change an article as another parser or another printing of it would, knowing what became of it.

A draft is the title and the blocks of an article, each a list of characters with their numbers; a
character that was put in has number NEW. What is corrected keeps its number.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bulletins.model import Article, Block

if TYPE_CHECKING:
    from collections.abc import Collection
    from random import Random

Part = list[tuple[str, int]]
Draft = list[Part]
NEW = -1

_NARROW = dict(zip("，：；！？（）％", ",:;!?()%", strict=True))
_WIDE = {narrow: wide for wide, narrow in _NARROW.items()}
_MARKS = ("{}", "{}", "{}", "[{}]")  # how a note's mark is left in the text, mostly bare
_PRINTED = 38  # characters of a printed line
_LATIN_WORD = re.compile(r"[A-Za-z]{7,}")


def draft_of(article: Article) -> Draft:
    """Number the characters of an article."""
    draft: Draft = []
    number = 0
    for text in (article.title, *(block.text for block in article.blocks)):
        draft.append([(char, number + at) for at, char in enumerate(text)])
        number += len(text)
    return draft


def article_of(draft: Draft) -> Article:
    """Make an article of a draft."""
    title, *blocks = (text_of(part) for part in draft)
    return Article("a", title, 1, blocks=tuple(Block("paragraph", text, 1) for text in blocks))


def text_of(part: Part) -> str:
    """The characters of a part."""
    return "".join(char for char, _ in part)


def is_cjk(char: str) -> bool:
    """Tell whether a character is a Chinese one or of its punctuation."""
    return "\u3000" <= char <= "\u9fff" or "\uff00" <= char <= "\uffef"


def wraps(draft: Draft, numbers: Collection[int], random: Random) -> None:
    """Leave a blank where a printed line ended, or take away one that stood there."""
    first = random.randrange(_PRINTED)
    for part in draft[1:]:
        for at in range(len(part) - 2 - first, 0, -_PRINTED):
            if part[at][0] == " ":
                del part[at]
            else:
                part.insert(at, (" ", NEW))


def spacing(draft: Draft, numbers: Collection[int], random: Random) -> None:
    """Take all blanks beside Chinese away, or put one between Chinese and all else."""
    add = random.random() < 0.5
    for part in draft:
        text = text_of(part)
        for at in range(len(part) - 1, 0, -1):
            one, other = text[at - 1], text[at]
            if add and is_cjk(one) != is_cjk(other) and not (one + other).isspace():
                if " " not in (one, other):
                    part.insert(at, (" ", NEW))
            elif not add and other == " " and is_cjk(one):
                del part[at]
            elif not add and one == " " and is_cjk(other) and at > 1:
                part[at - 1] = ("", part[at - 1][1])
        part[:] = [each for each in part if each[0]]


def widths(draft: Draft, numbers: Collection[int], random: Random) -> None:
    """Print punctuation in the other width."""
    table = _NARROW if random.random() < 0.5 else _WIDE
    for part in draft:
        part[:] = [(table.get(char, char), number) for char, number in part]


def marks(draft: Draft, numbers: Collection[int], random: Random) -> None:
    """Leave marks of notes in the text, one of them in the passage or near it."""
    for part in draft:
        places = [at for at in range(1, len(part)) if random.random() < 1 / 120]
        near = [at for at, (_, number) in enumerate(part) if number in numbers]
        if near:
            places.append(random.randint(max(0, near[0] - 12), min(len(part), near[-1] + 12)))
        for at in sorted(places, reverse=True):
            mark = random.choice(_MARKS).format(random.randint(1, 30))
            part[at:at] = [(char, NEW) for char in mark]


def corrected(draft: Draft, numbers: Collection[int], random: Random) -> None:
    """Correct one or two characters in the passage or near it."""
    for _ in range(random.randint(1, 2 if len(numbers) >= 8 else 1)):
        correct_near(draft, numbers, random)


def correct_near(draft: Draft, numbers: Collection[int], random: Random) -> None:
    """Correct one character in the passage or within ten of it."""
    parts = [part for part in draft if any(number in numbers for _, number in part)]
    part = random.choice(parts or [part for part in draft if part])
    near = [at for at, (_, number) in enumerate(part) if number in numbers] or [len(part) // 2]
    at = random.randint(max(0, near[0] - 10), min(len(part) - 1, near[-1] + 10))
    other = random.choice([char for each in draft for char, _ in each if not char.isspace()])
    match random.randrange(3):
        case 0:
            part[at] = (other, part[at][1])
        case 1:
            part.insert(at, (other, NEW))
        case _:
            if len(part) > 1:
                del part[at]


def split(draft: Draft, numbers: Collection[int], random: Random) -> None:
    """Split a block in two, that of the passage if it can be, at the end of a sentence or not."""
    own = [at for at, part in enumerate(draft) if at and any(n in numbers for _, n in part)]
    longer = [at for at in range(1, len(draft)) if len(draft[at]) > 20]
    at = random.choice(own or longer or [0])
    part = draft[at]
    if at and len(part) > 20:
        ends = [i + 1 for i, (char, _) in enumerate(part[:-1]) if char in "。；！？"]
        cut = (
            random.choice(ends)
            if ends and random.random() < 0.7
            else random.randrange(1, len(part))
        )
        draft[at : at + 1] = [part[:cut], part[cut:]]


def join(draft: Draft, numbers: Collection[int], random: Random) -> None:
    """Join two blocks, that of the passage with the one after it if it can be."""
    own = [at for at, part in enumerate(draft) if any(n in numbers for _, n in part)]
    near = [at for at in (*own, *(at - 1 for at in own)) if 0 < at < len(draft) - 1]
    if near or len(draft) > 2:
        at = random.choice(near or range(1, len(draft) - 1))
        draft[at : at + 2] = [draft[at] + draft[at + 1]]


def insert_before(draft: Draft, numbers: Collection[int], random: Random, text: str) -> None:
    """Put a text as a paragraph before the passage."""
    own = [at for at, part in enumerate(draft) if any(n in numbers for _, n in part)]
    at = random.randint(1, max(1, own[0] if own else len(draft)))
    draft.insert(at, [(char, NEW) for char in text])


def remove_before(draft: Draft, numbers: Collection[int], random: Random) -> None:
    """Take a paragraph before the passage away."""
    own = next((at for at, part in enumerate(draft) if any(n in numbers for _, n in part)), 0)
    if own > 1:
        del draft[random.randrange(1, own)]


def hyphens(draft: Draft, numbers: Collection[int], random: Random) -> None:
    """Leave the hyphen of a printed line, and perhaps a blank, in long Latin words."""
    for part in draft:
        for match in reversed(list(_LATIN_WORD.finditer(text_of(part)))):
            at = random.randint(match.start() + 2, match.end() - 2)
            part[at:at] = [(char, NEW) for char in random.choice(("-", "- "))]


_QUOTES = ("“”‘’", "\"\"''", "「」『』", "＂＂＇＇")


def quotes(draft: Draft, numbers: Collection[int], random: Random) -> None:
    """Print quotation marks in another style."""
    other = random.choice(_QUOTES[1:])
    table = dict(zip(_QUOTES[0], other, strict=True))
    for part in draft:
        part[:] = [(table.get(char, char), number) for char, number in part]


def dashes(draft: Draft, numbers: Collection[int], random: Random) -> None:
    """Print dashes, ellipses and dots between names in another form."""
    table = random.choice(({"—": "-", "…": "...", "·": "•"}, {"—": "─", "－": "-", "·": "・"}))
    for part in draft:
        part[:] = [(table.get(char, char), number) for char, number in part]


def retitled(draft: Draft, numbers: Collection[int], random: Random) -> None:
    """Give the article another title, and a topic in brackets before it."""
    keep = {number for _, number in draft[0]} & set(numbers)
    if not keep:
        draft[0][:] = [(char, NEW) for char in f"[要闻] {text_of(draft[0])[::-1]}"]


def furniture(draft: Draft, numbers: Collection[int], random: Random) -> None:
    """Leave a running head and a page number in the middle of some paragraphs, or of ours."""
    for part in draft[1:]:
        own = [at for at, (_, number) in enumerate(part) if number in numbers]
        if own or random.random() < 0.2:
            at = random.randrange(len(part)) if part else 0
            if own and own[0] < at <= own[-1]:
                at = own[0]
            part[at:at] = [(char, NEW) for char in f" 技术快报 {random.randint(2, 40)} "]


def delete(draft: Draft, numbers: Collection[int], random: Random) -> None:
    """Delete the passage: alone, with its sentence, or with its block."""
    at = next(at for at, part in enumerate(draft) if any(n in numbers for _, n in part))
    part = draft[at]
    inside = [i for i, (_, number) in enumerate(part) if number in numbers]
    low, high = inside[0], inside[-1] + 1
    reach = random.randrange(4)
    if reach >= 2:
        while low and part[low - 1][0] not in "。；！？":
            low -= 1
        while high < len(part) and part[high - 1][0] not in "。；！？":
            high += 1
    if reach == 3:
        low, high = 0, len(part)
    del part[low:high]
    if at and not part:
        del draft[at]
