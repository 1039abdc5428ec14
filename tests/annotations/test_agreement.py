"""Agreement: against worked examples that were printed, and what must hold for any figures."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.agreement import Overlap, characters, cohen, compare, passages, same_passages
from annotations.model import Annotation, HighlightBody, IssueRef, Target
from annotations.reviews import Review, Span

MARK = Annotation("x", Target(IssueRef("i", "x.txt")), HighlightBody("yellow"))


def spans(*places: tuple[int | None, int, int], colour: str = "yellow") -> tuple[Span, ...]:
    return tuple(Span(block, start, end, colour, MARK) for block, start, end in places)


def review(*tags: str, status: str = "reading", marked: tuple[Span, ...] = ()) -> Review:
    return Review({tag: tag for tag in tags}, status, marked)


def two_by_two(both: int, first: int, second: int, neither: int) -> list[tuple[bool, bool]]:
    return (
        [(True, True)] * both
        + [(True, False)] * first
        + [(False, True)] * second
        + [(False, False)] * neither
    )


class TestKappa:
    @pytest.mark.parametrize(
        ("table", "observed", "kappa"),
        [((40, 9, 6, 45), 0.85, 0.70), ((80, 10, 5, 5), 0.85, 0.32),
         ((45, 15, 25, 15), 0.60, 0.13), ((25, 35, 5, 35), 0.60, 0.26)],
    )  # fmt: skip
    def test_printed_tables(
        self, table: tuple[int, int, int, int], observed: float, kappa: float
    ) -> None:
        """A. R. Feinstein and D. V. Cicchetti, J. Clin. Epidemiol. 43 (1990), 543-549."""
        found = cohen(two_by_two(*table))
        assert found.n == 100
        assert found.agreed / found.n == pytest.approx(observed)
        assert found.value == pytest.approx(kappa, abs=0.005)

    def test_three_categories(self) -> None:
        """The example in scikit-learn's documentation of cohen_kappa_score."""
        first = ["negative", "positive", "negative", "neutral", "positive"]
        second = ["negative", "positive", "negative", "neutral", "negative"]
        assert cohen(zip(first, second, strict=True)).value == pytest.approx(0.6875)

    def test_by_hand(self) -> None:
        """Each worked out on paper from the rows and columns of its table."""
        # 20 5 / 10 15: observed 35/50, chance (25·30 + 25·20)/50² = 0.5
        assert cohen(two_by_two(20, 5, 10, 15)).value == pytest.approx(0.4)
        # reviewed, later, skipped: rows 5 3 2, columns 5 4 1; (10·7 - 39) / (10² - 39)
        table = {"rr": 4, "rl": 1, "lr": 1, "ll": 2, "sl": 1, "ss": 1}
        pairs = [(one, other) for (one, other), times in table.items() for _ in range(times)]
        assert cohen(pairs).value == pytest.approx(31 / 61)
        assert cohen(two_by_two(0, 5, 5, 0)).value == -1
        assert cohen(two_by_two(0, 9, 0, 0)).value == 0  # one put it everywhere, one nowhere
        assert cohen(two_by_two(0, 3, 0, 6)).value == 0  # one never put it
        assert cohen(two_by_two(3, 6, 0, 0)).value == 0  # one put it everywhere
        assert cohen(two_by_two(9, 0, 0, 0)).value is None

    def test_what_does_not_vary_has_no_kappa(self) -> None:
        """Two who never put a tag agree, but nothing tells that from chance."""
        assert cohen([]).value is None
        assert cohen([(False, False)] * 9).value is None
        assert cohen([(False, False)] * 9 + [(True, False)]).value == 0
        assert cohen([(True, False)] * 9).value == 0

    @given(st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd")), max_size=60))
    def test_is_symmetric_within_bounds_and_what_the_formula_says(
        self, pairs: list[tuple[str, str]]
    ) -> None:
        found = cohen(pairs)
        assert found == cohen([(second, first) for first, second in pairs])
        if found.value is None:
            assert len(set(pairs)) < 2
            return
        assert -1 <= found.value <= 1
        n = len(pairs)
        observed = Fraction(sum(a == b for a, b in pairs), n)
        chance = sum(
            Fraction(sum(a == name for a, _ in pairs) * sum(b == name for _, b in pairs), n * n)
            for name in "abcd"
        )
        assert found.value == pytest.approx(float((observed - chance) / (1 - chance)))

    @given(
        st.lists(st.sampled_from("abc"), min_size=2, max_size=40).filter(lambda x: len({*x}) > 1)
    )
    def test_of_one_with_themselves_is_one(self, said: list[str]) -> None:
        assert cohen(zip(said, said, strict=True)).value == 1


places = st.lists(
    st.tuples(
        st.sampled_from([None, 0, 1]), st.integers(0, 30), st.integers(1, 9)
    ).map(lambda one: (one[0], one[1], one[1] + one[2])),
    max_size=8,
).map(lambda found: spans(*found))  # fmt: skip


class TestOverlap:
    def test_characters_and_passages_of_one_article(self) -> None:
        one = spans((0, 0, 10), (1, 5, 8), (None, 0, 3))
        other = spans((0, 4, 6), (0, 8, 12), (1, 5, 8))
        assert characters(one, other) == Overlap(16, 9, 7, 7)
        assert passages(one, other) == Overlap(3, 3, 2, 3)
        assert same_passages(one, other) == Overlap(3, 3, 1, 1)
        assert characters(one, other).value == pytest.approx(2 * 7 / (16 + 9))

    def test_by_hand(self) -> None:
        assert characters(spans((0, 0, 10)), spans((0, 5, 20))).value == pytest.approx(10 / 25)
        # One long passage over three short ones, and a fourth beside it: 1/1 and 3/4.
        long, short = spans((0, 0, 30)), spans((0, 2, 4), (0, 8, 9), (0, 20, 30), (0, 30, 33))
        assert passages(long, short) == Overlap(1, 4, 1, 3)
        assert passages(long, short).value == pytest.approx(6 / 7)
        # 13 of 30 and 13 of 16 characters: 2·13 / (30 + 16)
        assert characters(long, short).value == pytest.approx(26 / 46)
        assert same_passages(long, short).value == 0
        # Marked twice by one, once by the other: what both have counts once.
        twice = spans((0, 0, 4), (0, 0, 4))
        assert same_passages(twice, spans((0, 0, 4))).value == pytest.approx(2 / 3)
        assert characters(twice, spans((0, 0, 4))).value == 1
        # The same figures in another block, or in the title, are another place.
        assert characters(spans((0, 0, 9)), spans((1, 0, 9))).value == 0
        assert characters(spans((None, 0, 9)), spans((0, 0, 9))).value == 0
        for measure in (characters, passages, same_passages):
            assert measure((), long).value == 0  # one reviewer has nothing
            assert measure((), ()).value is None

    def test_f_is_what_kappa_tends_to(self) -> None:
        """Hripcsak and Rothschild 2005: as what neither marked grows without bound."""
        one, other = spans((0, 0, 40)), spans((0, 10, 60))
        found = characters(one, other)
        table = (30, 10, 20, 1_000_000)
        assert found.value == pytest.approx(cohen(two_by_two(*table)).value, abs=1e-4)

    def test_nothing_marked_is_no_agreement_and_one_side_alone_is_none(self) -> None:
        assert characters((), ()).value is None
        assert passages(spans((0, 1, 2)), ()).value == 0

    @given(places, places)
    def test_is_symmetric_and_within_bounds(
        self, one: tuple[Span, ...], other: tuple[Span, ...]
    ) -> None:
        for measure in (characters, passages, same_passages):
            found, back = measure(one, other), measure(other, one)
            assert found.value == back.value
            assert found.value is None or 0 <= found.value <= 1
        marked = [
            {(s.block, at) for s in side for at in range(s.start, s.end)} for side in (one, other)
        ]
        shared = len(marked[0] & marked[1])
        assert characters(one, other) == Overlap(len(marked[0]), len(marked[1]), shared, shared)
        touching = [sum(any(a.touches(b) for b in other) for a in one),
                    sum(any(b.touches(a) for a in one) for b in other)]  # fmt: skip
        assert passages(one, other) == Overlap(len(one), len(other), *touching)

    @given(places.filter(bool))
    def test_of_one_with_themselves_is_one(self, one: tuple[Span, ...]) -> None:
        for measure in (characters, passages, same_passages):
            assert measure(one, one).value == 1


def test_only_articles_that_both_reviewed_count() -> None:
    mine = {
        ("i", "a"): review("ai", "policy", status="reviewed", marked=spans((0, 0, 4))),
        ("i", "b"): review(),
        ("i", "c"): review("ai"),
    }
    theirs = {
        ("i", "a"): review("ai", status="reviewed", marked=spans((0, 2, 6))),
        ("i", "b"): review("ai", status="later"),
        ("j", "c"): review("ai"),
    }
    found = compare("甲", mine, "乙", theirs)
    assert found.articles == 2
    ai, policy = found.tags
    assert (ai.name, ai.first, ai.second, ai.both) == ("ai", 1, 2, 1)
    assert ai.kappa.value == 0
    assert (policy.first, policy.second, policy.both) == (1, 0, 0)
    assert (found.all_tags.n, found.all_tags.agreed) == (4, 2)
    assert found.status_counts == {("reading", "later"): 1, ("reviewed", "reviewed"): 1}
    assert found.characters == Overlap(4, 4, 2, 2)
    assert found.colours["yellow"].value == 1


def test_a_reviewer_who_has_nothing_leaves_nothing_to_compare() -> None:
    mine = {("i", "a"): review("ai", status="reviewed", marked=spans((0, 0, 4)))}
    found = compare("甲", mine, "乙", {})
    assert (found.articles, found.tags, found.all_tags.n) == (0, (), 0)
    assert found.all_tags.value is found.statuses.value is found.characters.value is None
    opened = compare("甲", mine, "乙", {("i", "a"): review()})
    assert opened.articles == 1
    assert opened.all_tags.value == 0  # tagged by one, not by the other
    assert opened.statuses.value == 0
    assert opened.characters.value == opened.colours["yellow"].value == 0
