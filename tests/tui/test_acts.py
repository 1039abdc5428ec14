"""What is done to many articles at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotations.model import ArticleRef, IssueRef
from annotations.store import Store
from tui import acts

if TYPE_CHECKING:
    from pathlib import Path

TARGETS = [
    (IssueRef(f"i{n // 3}", f"{n // 3}.txt"), ArticleRef(f"a{n}", f"标题{n}", position=n % 3))
    for n in range(6)
]


def tagged(store: Store, name: str) -> list[bool]:
    return [name in [tag.name for tag in store.state(*on).tags] for on in TARGETS]


def test_a_tag_is_put_on_all_unless_all_have_it(tmp_path: Path) -> None:
    store = Store(tmp_path, "王芳", "desk")
    store.tag(*TARGETS[2], "重要")
    before = store.annotations("i0")
    with store.batch(""):
        assert acts.toggle_tag(store, TARGETS, "重要")
    assert all(tagged(store, "重要"))
    assert before[0] in store.annotations("i0")  # what was there is not made anew
    with store.batch(""):
        assert not acts.toggle_tag(store, TARGETS, "重要")
    assert not any(tagged(store, "重要"))
    assert store.undoable() == "untag"
    store.undo()
    assert all(tagged(store, "重要"))
    done = store.undo()
    assert tagged(store, "重要") == [False, False, True, False, False, False]
    assert done is not None
    assert {target.article.id for _, target in done.targets if target.article} == {
        "a0", "a1", "a3", "a4", "a5",
    }  # fmt: skip


def test_stars_and_statuses_are_given_to_all_and_taken_from_all(tmp_path: Path) -> None:
    store = Store(tmp_path, "王芳", "desk")
    store.set_star(*TARGETS[0], True)
    store.set_status(*TARGETS[0], "reviewed")
    with store.batch(""):
        assert acts.toggle_star(store, TARGETS)
        assert acts.toggle_status(store, TARGETS, "reviewed", "reading") == "reviewed"
    assert {store.state(*on).status for on in TARGETS} == {"reviewed"}
    with store.batch(""):
        assert not acts.toggle_star(store, TARGETS)
        assert acts.toggle_status(store, TARGETS, "reviewed", "reading") == "reading"
    assert not any(store.state(*on).starred for on in TARGETS)
    store.undo()
    assert all(store.state(*on).starred for on in TARGETS)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    steps=st.lists(
        st.tuples(
            st.sampled_from(["tag", "star", "later"]),
            st.lists(st.integers(0, 5), min_size=1, max_size=4, unique=True),
        ),
        max_size=8,
    )
)
def test_undo_takes_back_whole_batches(
    tmp_path_factory: object, steps: list[tuple[str, list[int]]]
) -> None:
    store = Store(tmp_path_factory.mktemp("work"), "王芳", "desk")  # type: ignore[attr-defined]

    def now() -> list[tuple[object, ...]]:
        states = [store.state(*on) for on in TARGETS]
        return [(tuple(t.name for t in s.tags), s.starred, s.status) for s in states]

    seen = [now()]
    for what, numbers in steps:
        targets = [TARGETS[n] for n in numbers]
        with store.batch(""):
            if what == "tag":
                acts.toggle_tag(store, targets, "量子")
            elif what == "star":
                acts.toggle_star(store, targets)
            else:
                acts.toggle_status(store, targets, "later", "unread")
        if now() != seen[-1]:
            seen.append(now())
    for expected in reversed(seen[:-1]):
        store.undo()
        assert now() == expected
