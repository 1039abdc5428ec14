"""What the list shows at once is what the act then makes of the articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.model import STATUSES, ArticleRef, IssueRef, Status
from annotations.store import Store
from tui import acts, foreseen
from tui.outline import Marks

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tui.acts import Target

ISSUE = IssueRef("ab" * 32, "港口-03.txt")
NAMES = ("芯片", "AI", "ａｉ", "政策/出口")


def marks(store: Store, target: Target) -> Marks:
    state = store.state(*target)
    return Marks(state.status, state.starred, tuple(tag.name for tag in state.tags))


CASES: st.SearchStrategy[tuple[Callable[[Store, list[Target]], object], foreseen.Foresee]] = (
    st.one_of(
        st.just((acts.toggle_star, foreseen.star)),
        st.tuples(st.sampled_from(STATUSES), st.sampled_from(STATUSES)).map(
            lambda two: (
                lambda store, on: acts.toggle_status(store, on, two[0], two[1]),
                foreseen.status(*two),
            )
        ),
        st.sampled_from(NAMES).map(
            lambda name: (
                lambda store, on: acts.toggle_tag(store, on, name),
                foreseen.toggled_tag(name),
            )
        ),
        st.tuples(st.lists(st.sampled_from(NAMES[:2])), st.lists(st.sampled_from(NAMES[3:]))).map(
            lambda two: (
                lambda store, on: acts.change_tags(store, on, two[0], two[1]),
                foreseen.tags(*two),
            )
        ),
    )
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(CASES, st.sets(st.integers(0, 2), min_size=1)), max_size=6))
def test_it_comes_as_it_was_foreseen(
    tmp_path_factory: object, steps: list[tuple[tuple[object, foreseen.Foresee], set[int]]]
) -> None:
    folder: Path = tmp_path_factory.mktemp("kept")  # type: ignore[attr-defined]
    store = Store(folder, "王丽", "desk")
    articles = [ArticleRef(f"a{n}", f"第{n}条") for n in range(3)]
    for (act, foresee), chosen in steps:
        targets: list[Target] = [(ISSUE, articles[n]) for n in sorted(chosen)]
        before = [marks(store, one) for one in targets]
        become = foresee(before)
        act(store, targets)  # type: ignore[operator]
        after = [marks(store, one) for one in targets]
        expected = [become(one) for one in before]
        assert [(one.status, one.starred) for one in after] == [
            (one.status, one.starred) for one in expected
        ]
        assert [len(one.tags) for one in after] == [len(one.tags) for one in expected]


def test_a_status_goes_back_only_where_all_have_it() -> None:
    wanted: Status = "reviewed"
    two = [Marks(wanted), Marks("unread")]
    assert foreseen.status(wanted, "reading")(two)(two[0]).status == wanted
    assert foreseen.status(wanted, "reading")(two[:1])(two[0]).status == "reading"
