"""Editions of one issue are known; two issues are never taken for one."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletins.catalogue.outline import ArticleOutline, IssueOutline, SectionOutline, outline_of
from bulletins.editions import Editions
from bulletins.reading import read_issue
from bulletins.styles import load_styles

NOTES = (
    ("甲省公布海上风电用地办法", "3月4日，甲省能源局公布海上风电用地办法，自四月起施行。"),
    ("乙国议会通过稀土储备法案", "3月5日，乙国议会以多数票通过稀土储备法案，设专门基金。"),
    ("丙大学研制出耐高温陶瓷膜", "丙大学材料学院的团队研制出一种耐高温陶瓷膜，可在炉中使用。"),
    ("丁公司新建氢气液化装置", "丁公司宣布在港口新建氢气液化装置，日处理能力为三十吨。"),
    ("戊研究所发布极地冰芯数据", "戊研究所发布极地冰芯数据，时间跨度为八十万年。"),
    ("己市试行无人机送药", "己市卫生部门试行无人机送药，首批航线有六条。"),
)


def issue(name: str, notes: tuple[tuple[str, str], ...] = NOTES, **known: str) -> IssueOutline:
    articles = tuple(
        ArticleOutline(f"{name}{at}", title, 1, lead=lead) for at, (title, lead) in enumerate(notes)
    )
    return IssueOutline(name, f"{name}.txt", "", 1, (SectionOutline("", articles),), **known)


def groups(issues: list[IssueOutline]) -> set[frozenset[str]]:
    shown = Editions().gathered(issues)
    return {frozenset((one.id, *(other.id for other in one.editions))) for one in shown}


def same_issue(*issues: IssueOutline) -> bool:
    return len(Editions().gathered(issues)) == 1


@pytest.mark.parametrize("name", ["bracketed", "columns", "monitor", "numbered"])
def test_five_formats_are_one_issue(root: Path, name: str) -> None:
    folder = root / "tests" / "data" / "publications" / name
    paths = sorted(one for one in folder.iterdir() if one.suffix != ".json")
    styles = load_styles([])
    read = [outline_of(read_issue(path, styles).issue, "parsed") for path in paths]
    (shown,) = Editions().gathered(read)
    assert shown.id == read[0].id
    assert {other.path for other in shown.editions} == {one.path for one in read[1:]}


def test_a_typeset_copy_is_an_edition_and_other_bulletins_are_not(shared: Path) -> None:
    folder = shared / "bulletins"
    styles = load_styles([])
    paths = [*sorted(folder.glob("*.txt")), folder / "pdf" / "001.pdf"]
    read = [outline_of(read_issue(path, styles).issue, "parsed") for path in paths]
    shown = Editions().gathered(read)
    assert len(shown) == len(paths) - 1
    (twofold,) = (one for one in shown if one.editions)
    assert "001" in Path(twofold.path).name
    assert Path(twofold.editions[0].path).name == "001.pdf"


def test_small_changes_do_not_matter() -> None:
    first = issue("a", publication="海洋快讯", number="第3期", date="2025-03-10")
    title, lead = NOTES[2]
    changed = (
        *NOTES[:2],
        (f"{title}（更正）", lead),
        (NOTES[3][0].replace("氢气", " 氢气 "), NOTES[3][1].replace("宣布", "日前宣布")),
        NOTES[4],
    )
    again = issue("b", changed, publication="海洋快讯", number="第 3 期", date="2025-03-10")
    assert same_issue(first, again) and same_issue(again, first)
    nameless = replace(again, publication=None, number=None, date=None)
    assert same_issue(first, nameless)


def test_a_digest_and_an_issue_that_shares_articles_are_issues_of_their_own() -> None:
    whole = issue("a", publication="海洋快讯", number="第3期")
    assert not same_issue(whole, issue("b", NOTES[1:3]))
    assert not same_issue(whole, issue("b", NOTES[1:3], publication="海洋快讯", number="第3期"))
    half = issue(
        "b", (*NOTES[:3], *((f"另一条{n}", f"另一段话，编号为{n}的说明。") for n in "甲乙丙"))
    )
    assert not same_issue(whole, half)
    assert not same_issue(whole, issue("c", tuple(reversed(NOTES))))
    assert not same_issue(whole, issue("d", (), publication="海洋快讯", number="第3期"))
    assert not same_issue(issue("e", ()), issue("f", ()))


@pytest.mark.parametrize(
    "other",
    [
        {"number": "第4期"},
        {"number": "2024年第3期"},
        {"publication": "极地快讯"},
    ],
)
def test_what_an_issue_says_of_itself_counts(other: dict[str, str]) -> None:
    known = {"publication": "海洋快讯", "number": "2025年第3期"}
    assert not same_issue(issue("a", **known), issue("b", **(known | other)))


def test_another_day_is_another_issue_where_no_number_is_known() -> None:
    assert not same_issue(issue("a", date="2025-03-10"), issue("b", date="2025-03-17"))
    assert same_issue(issue("a", date="2025-03"), issue("b", date="2025-03-17"))


def test_columns_that_every_issue_has_do_not_make_editions() -> None:
    def week(number: int) -> IssueOutline:
        first = number * 7 + 1
        columns = tuple(
            (title, f"3月{first}日至{first + 6}日，{what}共有{number + 4}项，情况如下。")
            for title, what in (("本周融资", "融资"), ("本周专利", "专利"), ("本周会议", "会议"))
        )
        return issue(f"week{number}", columns, publication="海洋快讯")

    assert len(Editions().gathered([week(number) for number in range(4)])) == 4


def test_an_edition_without_a_number_does_not_tie_two_issues_together() -> None:
    first, second = issue("a", number="第3期"), issue("b", number="第4期")
    for order in permutations([first, second, issue("c")]):
        assert len(groups(list(order))) == 2


def test_the_edition_that_is_preferred_stands_for_the_issue() -> None:
    both = [issue("a"), issue("b")]
    assert [one.id for one in Editions().gathered(both)] == ["a"]
    (shown,) = Editions().gathered(both, ["z", "b", "a"])
    assert shown.id == "b"
    assert [other.id for other in shown.editions] == ["a"]


@given(st.lists(st.sampled_from(range(6)), min_size=1, max_size=8))
def test_every_issue_is_listed_once(kinds: list[int]) -> None:
    issues = [issue(f"i{at}", number=f"第{kind}期") for at, kind in enumerate(kinds)]
    kept = Editions()
    for end in range(1, len(issues) + 1):
        shown = kept.gathered(issues[:end])
        listed = [name for one in shown for name in (one.id, *(o.id for o in one.editions))]
        assert sorted(listed) == sorted(one.id for one in issues[:end])
    assert len(shown) == len(set(kinds))
