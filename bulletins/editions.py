"""Know editions of one issue: the PDF and the text of it, or a PDF and its reissue.

Told by what lists know of an issue, above all by its articles: their titles and leads, folded, and
their order. In doubt two files are two issues.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bulletins.catalogue.outline import Edition

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from bulletins.catalogue.outline import IssueOutline

_KNOWN_SHARE = 0.6  # of the articles, where publication and number agree
_SHARE = 0.8  # where they are not both known
_ORDERED = 0.8  # of the articles found in both, those in one order
_LEAST_LEAD = 12  # folded code points: shorter leads are too often the same by chance
_LONE_LEAD = 20  # by a lead of this length an article is known under another title
_ALIKE = 0.6  # pairs of characters that two leads share, where a word was changed
_COMMON = 50  # a title in more issues is a column's name
_NOT_WORDS = re.compile(r"[\W_]+")
_DIGITS = re.compile(r"\d+")
_NUMBERS = (
    ("whole", re.compile(r"总第?(\d+)")),
    ("number", re.compile(r"(?<!总)第(\d+)")),
    ("year", re.compile(r"(\d{4})年")),
)


@dataclass(frozen=True, slots=True)
class _Traits:
    """An issue as it is compared; titles and leads in printed order, all folded but the leads."""

    publication: str
    number: str
    numbers: dict[str, int]
    date: str
    titles: tuple[str, ...]
    leads: tuple[str, ...]


class Editions:
    """Groups issues that are editions of one; remembers what it compared. Not safe for threads."""

    def __init__(self) -> None:
        self._traits: dict[str, tuple[IssueOutline, _Traits]] = {}
        self._same: dict[tuple[str, str], bool] = {}

    def gathered(
        self, issues: Iterable[IssueOutline], preferred: Sequence[str] = ()
    ) -> tuple[IssueOutline, ...]:
        """Return the issues, each once, with its other `editions`, in the order they came in.

        The edition that stands for an issue is the first of `preferred` (ids) among them, else
        the first that came.
        """
        found = {one.id: one for one in issues}
        for one in found.values():
            self._take(one)
        rank = {name: at for at, name in reversed(list(enumerate(preferred)))}
        shown: list[IssueOutline] = []
        for group in self._groups(found):
            first = min(group, key=lambda name: rank.get(name, len(rank)))
            others = tuple(Edition(name, found[name].path) for name in group if name != first)
            one = found[first]
            shown.append(one if one.editions == others else replace(one, editions=others))
        return tuple(shown)

    def _take(self, issue: IssueOutline) -> None:
        known = self._traits.get(issue.id)
        if known is not None and known[0].sections == issue.sections:
            return
        if known is not None:
            self._same = {pair: same for pair, same in self._same.items() if issue.id not in pair}
        self._traits[issue.id] = issue, _traits(issue)

    def _groups(self, names: Collection[str]) -> list[list[str]]:
        titled: dict[str, list[int]] = {}
        known: dict[tuple[str, str], list[int]] = {}
        groups: list[list[str]] = []
        for name in names:
            traits = self._traits[name][1]
            home = next(
                (at for at in self._likely(traits, titled, known) if self._joins(name, groups[at])),
                None,
            )
            if home is None:
                home = len(groups)
                groups.append([name])
            else:
                groups[home].append(name)
            for title in set(traits.titles):
                if not (at := titled.setdefault(title, [])) or at[-1] != home:
                    at.append(home)
            if traits.publication and traits.number:
                known.setdefault((traits.publication, traits.number), []).append(home)
        return groups

    @staticmethod
    def _likely(
        traits: _Traits,
        titled: dict[str, list[int]],
        known: dict[tuple[str, str], list[int]],
    ) -> list[int]:
        """Return the groups that share titles, those that share most first."""
        shared: Counter[int] = Counter(known.get((traits.publication, traits.number), ()))
        for title in set(traits.titles):
            groups = titled.get(title, ())
            if title and len(groups) <= _COMMON:
                shared.update(set(groups))
        return [at for at, _ in shared.most_common(8)]

    def _joins(self, name: str, group: Sequence[str]) -> bool:
        """Tell whether an issue is an edition of one of a group, and contradicts none of it."""
        one = self._traits[name][1]
        others = [(other, self._traits[other][1]) for other in group]
        return not any(_contradict(one, other) for _, other in others) and any(
            self._is_same(name, other) for other, _ in others
        )

    def _is_same(self, one: str, other: str) -> bool:
        pair = (one, other) if one < other else (other, one)
        if pair not in self._same:
            self._same[pair] = _same_issue(*(self._traits[name][1] for name in pair))
        return self._same[pair]


def _traits(issue: IssueOutline) -> _Traits:
    articles = issue.articles()
    number = _fold(issue.number or "")
    numbers = {
        name: int(found[1][:9]) for name, shape in _NUMBERS if (found := shape.search(number))
    }
    return _Traits(
        _fold(issue.publication or ""),
        number,
        numbers,
        issue.date or "",
        tuple(_fold(one.title) for one in articles),
        tuple(one.lead for one in articles),  # folded when two issues are likely one
    )


def _fold(text: str) -> str:
    return _NOT_WORDS.sub("", unicodedata.normalize("NFKC", text).casefold())


def _contradict(one: _Traits, other: _Traits) -> bool:
    """Tell whether publication, number or date say that these are two issues."""
    if one.publication and other.publication:
        short, long = sorted((one.publication, other.publication), key=len)
        if short not in long:
            return True
    both = one.numbers.keys() & other.numbers.keys()
    if any(one.numbers[name] != other.numbers[name] for name in both):
        return True
    own_ways = not both and not (one.numbers and other.numbers)  # of writing a number
    if own_ways and one.number and other.number and one.number != other.number:
        return True
    return not _named_alike(one, other) and not (
        one.date.startswith(other.date) or other.date.startswith(one.date)
    )


def _named_alike(one: _Traits, other: _Traits) -> bool:
    """Tell whether publication and number are known of both and agree."""
    numbers = one.numbers.keys() & other.numbers.keys() & {"whole", "number"}
    return bool(
        one.publication
        and one.publication == other.publication
        and (numbers or (one.number and one.number == other.number))
    )


def _same_issue(one: _Traits, other: _Traits) -> bool:
    count = max(len(one.titles), len(other.titles))
    if not one.titles or not other.titles or _contradict(one, other):
        return False
    named = _named_alike(one, other)
    first_leads, second_leads = (tuple(map(_fold, each.leads)) for each in (one, other))
    one, other = replace(one, leads=first_leads), replace(other, leads=second_leads)
    pairs = _pairs(one, other)
    if len(pairs) < (_KNOWN_SHARE if named else _SHARE) * count:
        return False
    if count <= 2 and not all(
        len(one.leads[first]) >= _LEAST_LEAD and _begin_alike(one.leads[first], other.leads[second])
        for first, second in pairs
    ):
        return False
    return named or _in_order([second for _, second in pairs]) >= _ORDERED * len(pairs)


def _pairs(one: _Traits, other: _Traits) -> list[tuple[int, int]]:
    """Pair the articles that two issues share, in the order of the first."""
    by_title: dict[str, list[int]] = {}
    by_lead: dict[str, list[int]] = {}
    for at, (title, lead) in enumerate(zip(other.titles, other.leads, strict=True)):
        by_title.setdefault(title, []).append(at)
        if len(lead) >= _LONE_LEAD:
            by_lead.setdefault(lead[:_LONE_LEAD], []).append(at)
    taken: set[int] = set()
    pairs: list[tuple[int, int]] = []
    for at, (title, lead) in enumerate(zip(one.titles, one.leads, strict=True)):
        titled = by_title.get(title, ())[:_COMMON] if title else ()
        led = by_lead.get(lead[:_LONE_LEAD], ())[:_COMMON]
        likely = [second for second in titled if _leads_alike(lead, other.leads[second])]
        likely += [second for second in led if _begin_alike(lead, other.leads[second])]
        found = next((second for second in likely if second not in taken), None)
        if found is not None:
            taken.add(found)
            pairs.append((at, found))
    return pairs


def _begin_alike(one: str, other: str) -> bool:
    """Tell whether one lead begins with the other, but for an end that was cut elsewhere."""
    length = min(len(one), len(other))
    return length >= _LEAST_LEAD and one[:length] == other[:length]


def _leads_alike(one: str, other: str) -> bool:
    """Tell whether articles of one title begin alike: a word may differ, a figure may not.

    A column has one title, and almost one beginning, in all issues.
    """
    if not one or not other:
        return not one and not other
    if one == other or _begin_alike(one, other):
        return True
    length = min(len(one), len(other))
    one, other = one[:length], other[:length]
    # The last figure may be cut.
    figures = [
        _DIGITS.findall(text)[: -1 if text[-1:].isdigit() else None] for text in (one, other)
    ]
    shorter = min(map(len, figures))
    if figures[0][:shorter] != figures[1][:shorter] or abs(len(figures[0]) - len(figures[1])) > 1:
        return False
    first, second = ({text[at : at + 2] for at in range(length - 1)} for text in (one, other))
    return len(first & second) >= _ALIKE * max(len(first | second), 1)


def _in_order(numbers: Sequence[int]) -> int:
    """Return the length of the longest rising run of numbers that may leave some out."""
    ends: list[int] = []
    for number in numbers:
        at = bisect_left(ends, number)
        ends[at : at + 1] = [number]
    return len(ends)
