"""What is made on one edition of an issue is on all of them, and kept once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from annotations.agreement import compare
from annotations.counting import Counting
from annotations.exports.gathering import Selection, gathered
from annotations.model import HighlightBody, IssueRef, article_refs, issue_ref, new_annotation
from annotations.others import OtherReviewer
from annotations.placing import Placing, Shelves, issue_key
from annotations.reviews import reviews_in
from annotations.spans import span_selector
from annotations.store import Store
from bulletins.catalogue.outline import outline_of
from bulletins.editions import Editions
from bulletins.reading import read_issue
from bulletins.styles import load_styles

if TYPE_CHECKING:
    from pathlib import Path

    from annotations.model import ArticleRef
    from annotations.placing import IssueWork
    from bulletins.catalogue.outline import IssueOutline
    from bulletins.model import Article, Issue


class Two:
    """Two editions in one library; `shown` says which of them is listed."""

    def __init__(self, tmp_path: Path, paths: list[Path]) -> None:
        styles = load_styles([])
        self.issues = [read_issue(path, styles).issue for path in paths]
        self.first, self.second = self.issues
        self.store = Store(tmp_path / "data", "王芳", "desk")
        self.placing = Placing(self.store, self.lookup)
        self.editions = Editions()

    def lookup(self, issue_id: str, article_id: str) -> Article | None:
        found = (one for issue in self.issues if issue.id == issue_id for one in issue.articles())
        return next((one for one in found if one.id == article_id), None)

    def outline(self, shown: Issue) -> IssueOutline:
        outlines = [outline_of(one, "parsed") for one in self.issues]
        (found,) = self.editions.gathered(outlines, [shown.id])
        assert found.id == shown.id
        return found

    def show(self, shown: Issue) -> IssueWork:
        works = self.placing.update([issue_key(self.outline(shown))])
        return works[shown.id]


def ends(folder: Path, *endings: str) -> list[Path]:
    return [next(folder.glob(f"*.{ending}")) for ending in endings]


@pytest.fixture(params=["bracketed", "columns", "monitor", "numbered"])
def two(request: pytest.FixtureRequest, root: Path, tmp_path: Path) -> Two:
    folder = root / "tests" / "data" / "publications" / request.param
    return Two(tmp_path, ends(folder, "pdf", "txt"))


def target(issue: Issue, number: int) -> tuple[IssueRef, ArticleRef]:
    return issue_ref(issue), article_refs(issue)[number]


def test_work_on_either_is_on_both_and_kept_where_it_was_made(two: Two) -> None:
    two.store.tag(*target(two.first, 1), "重要")
    two.store.note(*target(two.second, 1), "核对过")
    two.store.set_star(*target(two.second, 2), True)
    for shown in (two.first, two.second, two.first):
        work = two.show(shown)
        refs = article_refs(shown)
        assert not work.orphans
        view = work.articles[refs[1].id]
        assert [tag.name for tag in view.tags] == ["重要"]
        assert len(view.notes) == 1
        assert work.articles[refs[2].id].starred
        assert two.placing.elsewhere() == 0
    assert len(two.store.annotations(two.first.id)) == 1
    assert len(two.store.annotations(two.second.id)) == 2


def test_toggles_act_on_what_both_share_and_undo_brings_it_back(two: Two) -> None:
    store, refs = two.store, (target(two.first, 0), target(two.second, 0))
    two.show(two.first)
    assert store.toggle_tag(*refs[0], "重要")
    assert store.toggle_star(*refs[0])
    store.set_status(*refs[0], "reviewed")
    two.show(two.second)
    assert not store.toggle_tag(*refs[1], "重要")
    assert not store.toggle_star(*refs[1])
    assert store.toggle_status(*refs[1], "reviewed", "unread") == "unread"
    for shown in (two.second, two.first):
        view = two.show(shown).articles[article_refs(shown)[0].id]
        assert (view.tags, view.starred, view.status) == ((), False, "unread")
    assert store.issue_ids() == (two.first.id,)  # nothing was said twice
    for _ in range(3):
        store.undo()
    view = two.show(two.first).articles[refs[0][1].id]
    assert (len(view.tags), view.starred, view.status) == (1, True, "reviewed")


@pytest.mark.parametrize("way", [(0, 1), (1, 0)])
def test_passages_are_found_in_the_other_text(two: Two, way: tuple[int, int]) -> None:
    made, shown = (two.issues[at] for at in way)
    kept = []
    for number, article in enumerate(made.articles()):
        long = [at for at, block in enumerate(article.blocks) if len(block.text) > 40]
        if not long:
            continue
        selector = span_selector(article, long[0], 5, 25)
        issue, ref = target(made, number)
        one = new_annotation(HighlightBody("yellow"), issue, ref)
        kept.append(two.store.put(replace(one, target=replace(one.target, selector=selector))))
    work = two.show(shown)
    refs = article_refs(shown)
    by_position = {ref.id: ref.position for ref in refs}
    assert kept and not work.lost and not work.orphans
    for one in kept:
        assert work.anchors[one.target].status != "orphan"
        place = work.places[one.id]
        assert place and one.target.article
        assert by_position[place] == one.target.article.position


def test_the_typeset_copy_of_a_real_bulletin(shared: Path, tmp_path: Path) -> None:
    folder = shared / "bulletins"
    paths = [next(folder.glob("001*.txt")), folder / "pdf" / "001.pdf"]
    two = Two(tmp_path, paths)
    for number in range(len(two.first.articles())):
        two.store.note(*target(two.first, number), f"第{number}条")
    work = two.show(two.second)
    assert not work.orphans
    assert len(work.articles) == len(two.second.articles())


def test_an_edition_that_gets_its_first_annotation_elsewhere_is_noticed(two: Two) -> None:
    two.show(two.first)
    other = Store(two.store.root, "王芳", "laptop")
    other.tag(*target(two.second, 0), "重要")
    works = two.placing.renew_stems({two.second.id})
    assert [tag.name for tag in works[two.first.id].articles[article_refs(two.first)[0].id].tags]


def test_a_tag_that_both_editions_have_counts_once(two: Two) -> None:
    alone = [issue_key(outline_of(one, "parsed")) for one in two.issues]
    two.placing.update(alone, whole=True)
    for issue in two.issues:
        two.store.tag(*target(issue, 0), "政策/补贴")
        two.store.set_star(*target(issue, 0), True)
    two.store.tag(*target(two.second, 1), "政策/补贴")
    two.placing.update(alone, whole=True)
    counting = Counting(two.placing)

    def counted() -> list[tuple[str, int, int]]:
        return [(one.tag.name, one.articles, one.articles_within) for one in counting.tallies()]

    assert counted() == [("政策", 0, 3), ("政策/补贴", 3, 3)]
    two.placing.update([issue_key(two.outline(two.first))], whole=True)
    assert counted() == [("政策", 0, 2), ("政策/补贴", 2, 2)]
    two.store.untag(*target(two.second, 1), "政策/补贴")
    two.show(two.first)
    assert counted() == [("政策", 0, 1), ("政策/补贴", 1, 1)]
    two.placing.update(alone, whole=True)  # no editions any more
    assert counted() == [("政策", 0, 2), ("政策/补贴", 2, 2)]


def test_agreement_takes_editions_for_one_issue(two: Two) -> None:
    people = [Store(two.store.root, name, "desk") for name in ("林", "王芳")]
    for store, issues in zip(people, (two.issues[:1], two.issues), strict=True):
        for issue in issues:
            store.tag(*target(issue, 0), "政策")
    two.show(two.first)
    at_hand = {one.id: one for one in two.issues}
    reviews = []
    for store in people:
        selection = Selection(
            tuple(store.everything()),
            store.tags(),
            store.reviewer,
            lookup=lambda ref: at_hand.get(ref.id),
            editions=two.placing.editions(),
        )
        reviews.append(reviews_in(selection)[0])
    found = compare("林", reviews[0], "王芳", reviews[1])
    assert found.articles == 1
    assert [(tag.first, tag.second, tag.both, tag.kappa.n) for tag in found.tags] == [(1, 1, 1, 1)]


def test_links_lead_to_the_edition_that_is_shown(two: Two) -> None:
    two.show(two.first)
    found = two.placing.article_of(*target(two.second, 2))
    assert found == (two.first.id, article_refs(two.first)[2].id)
    assert two.placing.editions() == {two.second.id: two.first.id}


def test_other_reviewers_are_shown_on_it_once(two: Two) -> None:
    lin = Store(two.store.root, "林", "desk")
    lin.tag(*target(two.first, 0), "甲")
    lin.tag(*target(two.second, 0), "乙")
    shelves = Shelves()
    shelves.add(issue_key(two.outline(two.second)))
    other = OtherReviewer(two.store.root, "林", two.lookup)
    other.read(shelves)
    assert list(other.works) == [two.second.id]
    (view,) = other.works[two.second.id].articles.values()
    assert sorted(tag.name for tag in view.tags) == ["乙", "甲"]


def test_exports_have_one_issue_with_all_of_it(two: Two) -> None:
    two.store.tag(*target(two.first, 0), "甲")
    two.store.note(*target(two.second, 0), "乙")
    two.show(two.second)
    at_hand = {one.id: one for one in two.issues}

    def lookup(ref: IssueRef) -> Issue | None:
        return at_hand.get(ref.id)

    selection = Selection(
        tuple(two.store.everything()), lookup=lookup, editions=two.placing.editions()
    )
    (group,) = gathered(selection)
    assert group.issue is two.second
    (article,) = group.articles
    assert len(article.annotations) == 2 and not article.lost


def test_an_issue_that_is_no_edition_any_more_has_its_own_work_again(two: Two) -> None:
    two.store.tag(*target(two.first, 0), "甲")
    two.show(two.second)
    alone = [issue_key(outline_of(one, "parsed")) for one in two.issues]
    works = two.placing.update(alone, whole=True)
    assert works[two.first.id].articles and not works[two.second.id].articles
