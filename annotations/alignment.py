"""Align a pattern with a text that holds most of it: Myers' bit-parallel edit distance.

Insertions, deletions and substitutions cost one each. G. Myers, A fast bit-vector algorithm for
approximate string matching (1999); H. Hyyrö's form, with the way traced back.
"""

from __future__ import annotations


def align(pattern: str, text: str) -> list[int]:
    """Return the index in `text` of each character of `pattern` in a cheapest alignment.

    Characters of `text` before and after cost nothing; -1 is a character that is not there.
    Time is len(text) × len(pattern) / 64.
    """
    size = len(pattern)
    found = [-1] * size
    if not size or not text:
        return found
    where: dict[str, int] = {}
    for at, char in enumerate(pattern):
        where[char] = where.get(char, 0) | 1 << at
    full = (1 << size) - 1
    top = 1 << (size - 1)
    plus, minus = full, 0
    columns = [(plus, minus)]
    cost = least = size
    end = 0
    get = where.get
    for at, char in enumerate(text, 1):
        same = get(char, 0)
        across = (((same & plus) + plus) ^ plus) | same
        right_plus = minus | (full & ~(across | plus))
        right_minus = plus & across
        if right_plus & top:
            cost += 1
        elif right_minus & top:
            cost -= 1
            if cost <= least:
                least, end = cost, at
        right_plus = (right_plus << 1) & full
        down = same | minus
        plus = ((right_minus << 1) | ~(down | right_plus)) & full
        minus = right_plus & down
        columns.append((plus, minus))
    row, column = size, end
    while row and column:
        bit = 1 << (row - 1)
        if pattern[row - 1] == text[column - 1]:
            row -= 1
            column -= 1
            found[row] = column
        elif columns[column][0] & bit:
            row -= 1
        else:
            column -= 1
            if not columns[column][1] & bit:
                row -= 1
                found[row] = column
    return found


def distance(one: str, other: str) -> int:
    """Return the edit distance of two texts. Time is len(one) × len(other) / 64."""
    if not one or not other:
        return len(one) or len(other)
    where: dict[str, int] = {}
    for at, char in enumerate(one):
        where[char] = where.get(char, 0) | 1 << at
    full = (1 << len(one)) - 1
    top = 1 << (len(one) - 1)
    plus, minus, cost = full, 0, len(one)
    for char in other:
        same = where.get(char, 0)
        across = (((same & plus) + plus) ^ plus) | same
        right_plus = minus | (full & ~(across | plus))
        right_minus = plus & across
        if right_plus & top:
            cost += 1
        elif right_minus & top:
            cost -= 1
        right_plus = ((right_plus << 1) | 1) & full
        down = same | minus
        plus = ((right_minus << 1) | ~(down | right_plus)) & full
        minus = right_plus & down
    return cost
