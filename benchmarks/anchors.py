"""How well passages are found again after the text changed, beside the rule known from the web.

`python -m benchmarks.anchors [FILES…]` reads bulletins; without any, the real ones beside the
checkout or else the samples. Thousands of passages are marked at random, the article is changed as
another parser or printing would (see benchmarks.changes), and the passage is looked for: found
right (its exact span), wrong, or not. In as many articles the passage is deleted as well: to place
it anywhere is wrong.
"""

from __future__ import annotations

import sys
from collections import Counter
from copy import deepcopy
from pathlib import Path
from random import Random
from time import process_time
from typing import TYPE_CHECKING

from annotations.healing import Healer
from annotations.spans import ArticleText, span_selector
from benchmarks import changes
from benchmarks.changes import text_of
from benchmarks.figures import table
from benchmarks.programs import corpus
from benchmarks.rearranged import Rearranged

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from annotations.model import Selector
    from benchmarks.changes import Draft
    from bulletins.model import Article

LENGTHS = (4, 6, 8, 12, 16, 32, 64, 300)
ROUNDS = 700  # passages of each length that stay, and as many that are deleted
PEER_EVERY = 5  # of the passages, one is looked for by the web's rule as well: it is slow
BARS_FROM = 8  # characters
MOST_WRONG_DELETED, LEAST_RIGHT, MOST_WRONG = 2.0, 95.0, 1.0  # per cent
SPEED_SIZES = (25_000, 50_000, 100_000)
SPEED_ANCHORS = 1000
MOST_SECONDS = 2.0  # for SPEED_ANCHORS in the largest

Place = tuple[int | None, int, int]


def web_rule(selector: Selector, article: Article) -> Place | None:
    """Place a quote where it fits best with up to half of it edited, however badly that is.

    The quote counts 50, prefix and suffix 20 each, the position 2.
    """
    whole = ArticleText(article)
    text, exact = whole.text, selector.exact
    best: tuple[float, int, int] | None = None
    starts = _search(exact[::-1], text[::-1])
    for end, edits in _search(exact, text):
        low = max(0, end - len(exact) - edits)
        start = min(
            (len(text) - at for at, cost in starts if cost == edits and len(text) - at < end),
            key=lambda at: (abs(end - at - len(exact)), at),
            default=low,
        )
        before = text[max(0, start - len(selector.prefix)) : start]
        after = text[end : end + len(selector.suffix)]
        score = (
            50 * (1 - edits / len(exact))
            + 20 * _alike(selector.prefix, before)
            + 20 * _alike(selector.suffix, after)
            + 2 * (1 - abs(start - (selector.position or 0)) / max(1, len(text)))
        )
        if best is None or score > best[0]:
            best = (score, start, end)
    return whole.locate(best[1], best[2]) if best else None


def _search(quote: str, text: str) -> list[tuple[int, int]]:
    """Return where matches with the fewest edits, at most half of the quote, end (Sellers)."""
    where: dict[str, int] = {}
    for at, char in enumerate(quote):
        where[char] = where.get(char, 0) | 1 << at
    full, top = (1 << len(quote)) - 1, 1 << (len(quote) - 1)
    plus, minus, cost, least = full, 0, len(quote), len(quote) // 2
    found: list[tuple[int, int]] = []
    for at, char in enumerate(text, 1):
        same = where.get(char, 0)
        across = (((same & plus) + plus) ^ plus) | same
        up, down = minus | (full & ~(across | plus)), plus & across
        cost += bool(up & top) - bool(down & top)
        up = (up << 1) & full
        plus, minus = ((down << 1) | ~(same | minus | up)) & full, up & (same | minus)
        if cost < least:
            least, found = cost, []
        if cost == least:
            found.append((at, cost))
    return found


def _alike(one: str, other: str) -> float:
    from annotations.alignment import distance

    return 1 - distance(one, other) / max(len(one), len(other), 1)


def our_rule(selector: Selector, article: Article) -> Place | None:
    """Place a quote as the annotations do."""
    anchor = Healer(article).heal(selector)
    return None if anchor.status == "orphan" else (anchor.block, anchor.start, anchor.end)


def truths(draft: Draft, numbers: Collection[int]) -> list[Place]:
    """Return where the passage is now; a passage that was split is where most of it is."""
    found: list[tuple[int, Place]] = []
    for index, part in enumerate(draft):
        at = [i for i, (_, number) in enumerate(part) if number in numbers]
        if at:
            found.append((len(at), (index - 1 if index else None, at[0], at[-1] + 1)))
    most = max((size for size, _ in found), default=0)
    return [place for size, place in found if size >= 0.8 * most]


def verdict(place: Place | None, draft: Draft, right: list[Place]) -> str:
    """Return right, wrong or orphan; blanks at the ends of a place make no difference."""
    if place is None:
        return "orphan"

    def trimmed(each: Place) -> Place:
        block, start, end = each
        text = text_of(draft[0 if block is None else block + 1])
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        return block, start, end

    return "right" if trimmed(place) in [trimmed(each) for each in right] else "wrong"


class Trials:
    """Passages of the articles of some files, each changed at random."""

    def __init__(self, articles: Sequence[Article], seed: int) -> None:
        self.drafts = [changes.draft_of(one) for one in articles]
        self.random = Random(seed)
        self.current = 0
        self.paragraphs = [
            (number, block.text)
            for number, one in enumerate(articles)
            for block in one.blocks
            if len(block.text) > 20
        ]
        self.kinds: dict[str, Sequence[Callable[[Draft, Collection[int], Random], None]]] = {
            "wraps": (changes.wraps,),
            "blanks": (changes.spacing,),
            "widths": (changes.widths,),
            "marks in": (changes.marks,),
            "marks out": (),
            "corrected": (changes.corrected,),
            "split": (changes.split,),
            "joined": (changes.join,),
            "inserted": (self.insert,),
            "removed": (changes.remove_before,),
            "hyphens": (changes.hyphens,),
            "quotes": (changes.quotes,),
            "title": (changes.retitled,),
            "dashes": (changes.dashes,),
            "pages": (changes.furniture,),
            "several": (
                changes.wraps,
                changes.widths,
                changes.corrected,
                self.insert,
                changes.join,
            ),
        }

    def insert(self, draft: Draft, numbers: Collection[int], random: Random) -> None:
        """Insert a paragraph of another article before the passage."""
        others = [text for number, text in self.paragraphs if number != self.current]
        changes.insert_before(draft, numbers, random, random.choice(others or ["另一个段落。"]))

    def places(self, length: int) -> list[tuple[int, int]]:
        """List the parts, by draft and number, in which a passage of this length may be marked."""
        return [
            (number, at)
            for number, draft in enumerate(self.drafts)
            for at, part in enumerate(draft)
            if len(text_of(part).strip()) >= length and len(part) >= length
        ]

    def trial(self, length: int, kind: str, *, deleted: bool) -> tuple[Selector, Draft, set[int]]:
        """Mark a passage and change the article; return selector, what became of it, numbers."""
        random = self.random
        passage = [(" ", 0)]
        while passage[0][0].isspace() or passage[-1][0].isspace():
            self.current, at = random.choice(self.places(length))
            draft = self.drafts[self.current]
            start = random.randint(0, len(draft[at]) - length)
            passage = draft[at][start : start + length]
        numbers = {number for _, number in passage}
        before, after = draft, deepcopy(draft)
        if kind == "marks out":
            before = deepcopy(draft)
            changes.marks(before, numbers, random)
        own = [i for i, (_, number) in enumerate(before[at]) if number in numbers]
        selector = span_selector(
            changes.article_of(before), at - 1 if at else None, own[0], own[-1] + 1
        )
        if deleted:
            changes.delete(after, numbers, random)
        for change in self.kinds[kind]:
            change(after, numbers, random)
        return selector, after, numbers


def rates(
    trials: Trials, length: int, rounds: int
) -> tuple[dict[str, Counter[str]], dict[str, Counter[str]], dict[str, Counter[str]]]:
    """Return verdicts by rule for passages that stay and that were deleted, and ours by kind."""
    stay = {"ours": Counter[str](), "web": Counter[str]()}
    gone = {"ours": Counter[str](), "web": Counter[str]()}
    by_kind: dict[str, Counter[str]] = {}
    kinds = list(trials.kinds)
    for number in range(rounds):
        kind = kinds[number % len(kinds)]
        for deleted, counts in ((False, stay), (True, gone)):
            selector, draft, numbers = trials.trial(length, kind, deleted=deleted)
            article = changes.article_of(draft)
            right = [] if deleted else truths(draft, numbers)
            if not deleted and not right:
                continue  # it was corrected away
            result = verdict(our_rule(selector, article), draft, right)
            counts["ours"][result] += 1
            if not deleted:
                by_kind.setdefault(kind, Counter())[result] += 1
            if number % PEER_EVERY == 0:
                counts["web"][verdict(web_rule(selector, article), draft, right)] += 1
    return stay, gone, by_kind


def share(counts: Counter[str], name: str) -> float:
    """Per cent of the verdicts; NaN of none."""
    return 100 * counts[name] / counts.total() if counts else float("nan")


def speed(size: int, anchors: int) -> tuple[float, int]:
    """Return seconds for healing so many anchors of a changed article, and how many were found."""
    random = Random(size)
    chars = [chr(0x4E00 + int(random.paretovariate(0.6)) % 3000) for _ in range(size)]
    blocks = ["".join(chars[at : at + 200]) for at in range(0, size, 200)]
    draft: Draft = [[(char, 0) for char in text] for text in ("题目", *blocks)]
    article = changes.article_of(draft)
    selectors = []
    for _ in range(anchors):
        block, start = random.randrange(len(blocks)), random.randrange(160)
        selectors.append(span_selector(article, block, start, start + random.randint(8, 40)))
    for part in draft[1:]:
        for _ in range(3):
            part[random.randrange(len(part))] = ("改", 0)
    draft.insert(1, [(char, 0) for char in "新的一段" * 20])
    changed = changes.article_of(draft)
    begun = process_time()
    healer = Healer(changed)
    found = sum(healer.heal(selector).status != "orphan" for selector in selectors)
    return process_time() - begun, found


def _print_rearranged(trials: Rearranged) -> bool:
    """Print how passages fare whose articles were divided otherwise; tell if a bar is missed."""
    if not trials:
        return False
    total: dict[str, dict[str, Counter[str]]] = {}
    for length in (8, 16, 64):
        for kind, found in trials.counts(length, ROUNDS // 3).items():
            for which, counts in found.items():
                total.setdefault(kind, {}).setdefault(which, Counter()).update(counts)
    print("\nours, articles divided otherwise, 8 characters and more")
    rows = []
    missed = False
    for kind, found in total.items():
        right, wrong = share(found["stay"], "right"), share(found["stay"], "wrong")
        placed = share(found["gone"], "wrong")
        missed = missed or wrong > MOST_WRONG or placed > MOST_WRONG_DELETED
        rows.append((kind, *(f"{v:.1f} %" for v in (right, wrong, placed))))
    print(table(("change", "right", "wrong", "deleted: placed"), rows))
    return missed


def main(argv: Sequence[str] = ()) -> int:
    """Print the tables; the exit status is 1 if a bar is missed."""
    from bulletins.reading import read_issue
    from bulletins.styles import load_styles

    paths = [Path(name) for name in argv] or sorted(corpus().glob("*.txt"))
    styles = load_styles(())
    issues = [read_issue(path, styles).issue for path in paths]
    articles = [one for issue in issues for one in issue.articles()]
    articles = [one for one in articles if sum(len(b.text) for b in one.blocks) >= 100]
    if not articles:
        print("anchors: no article to measure", file=sys.stderr)
        return 1
    print(f"anchors: {len(articles)} articles of {len(paths)} files, {ROUNDS} passages a cell")
    trials = Trials(articles, seed=20_24)
    rows = []
    kinds: dict[str, Counter[str]] = {}
    missed = False
    for length in LENGTHS:
        if not trials.places(length):
            continue
        stay, gone, by_kind = rates(trials, length, ROUNDS)
        for kind, counts in by_kind.items():
            if length >= BARS_FROM:
                kinds.setdefault(kind, Counter()).update(counts)
        for rule in ("ours", "web"):
            right, wrong = share(stay[rule], "right"), share(stay[rule], "wrong")
            placed = share(gone[rule], "wrong")
            rows.append((f"{length} {rule}", *(f"{v:.1f} %" for v in (right, wrong, placed))))
            if rule == "ours" and length >= BARS_FROM:
                over = placed > MOST_WRONG_DELETED or right < LEAST_RIGHT or wrong > MOST_WRONG
                missed = missed or over
    print(table(("characters", "right", "wrong", "deleted: placed"), rows))
    print(f"\nours by kind of change, {BARS_FROM} characters and more")
    names = ("right", "wrong", "orphan")
    kind_rows = [
        (kind, *(f"{share(counts, name):.1f} %" for name in names))
        for kind, counts in kinds.items()
    ]
    print(table(("change", *names), kind_rows))
    missed = _print_rearranged(Rearranged(issues, Random(7))) or missed
    print(f"\n{SPEED_ANCHORS} anchors of an article that changed everywhere")
    taken = [(size, *speed(size, SPEED_ANCHORS)) for size in SPEED_SIZES]
    speed_rows = [(f"{size:,}", f"{seconds:.2f} s", str(found)) for size, seconds, found in taken]
    print(table(("characters", "time", "found"), speed_rows))
    return int(missed or taken[-1][1] > MOST_SECONDS)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
