"""Tags are suggested where they fit, with the reason, and nowhere else."""

from __future__ import annotations

import pytest

from bulletins.catalogue.outline import SharedName
from bulletins.model import Article, Block, Entity, Mentions, Place
from tui.tag_suggestions import Tagged, suggest

TAGS = ["政策/出口管制", "氢能", "能源/储氢", "值得跟进", "EDA", "海"]
HERE = ("i", "a")


def article(title: str, *names: tuple[str, str]) -> Article:
    entities = tuple(
        Entity(kind, name, name, Place(0, len(name), block=0))  # type: ignore[arg-type]
        for kind, name in names
    )
    return Article(
        "a",
        title,
        1,
        blocks=(Block("paragraph", "正文。", 1),),
        mentions=Mentions(entities=entities),
    )


def library(**tagged: list[str]) -> Tagged:
    titles = {("i", name): name * 9 for name in (*"bcdefgh", *map(str, range(100)))}
    tags = {("i", name): tags for name, tags in tagged.items()}
    return Tagged(tags, titles)


def test_a_tag_in_the_title_and_one_that_is_named() -> None:
    found = suggest(
        article("港口试用氢能拖船", ("technology", "储氢"), ("technology", "储氢")), HERE, TAGS
    )
    assert [one.name for one in found] == ["氢能", "能源/储氢"]
    assert found[0].in_title
    assert found[1].named == 2
    assert "named 2 times" in found[1].words()


def test_nothing_is_suggested_where_nothing_fits() -> None:
    other = article("新合金公布配方", ("organization", "北山大学"))
    assert suggest(other, HERE, TAGS) == []
    common = SharedName("北山大学", "organization", 7, (("i", "b"), ("i", "c")))
    assert suggest(other, HERE, TAGS, [common], library(b=["氢能"])) == []
    # One character says nothing, nor do letters within a word.
    assert suggest(article("上海的SEDAN车"), HERE, TAGS) == []


def test_articles_that_name_the_same_rare_things_bring_their_tags() -> None:
    names = [
        SharedName(name, "program", 2, (HERE, ("i", "b")))
        for name in ("甲计划", "乙计划", "丙计划")
    ] + [SharedName("丁公司", "organization", 3, (HERE, ("i", "b"), ("i", "c")))]
    found = suggest(
        article("题"), HERE, TAGS, names, library(b=["政策/出口管制"], c=["值得跟进"], d=["氢能"])
    )
    assert [(one.name, one.similar) for one in found] == [("政策/出口管制", 1)]
    assert found[0].words() == "on 1 similar article"


def test_articles_with_like_titles_bring_their_tags() -> None:
    tagged = Tagged(
        {("i", "b"): ["政策/出口管制"], HERE: ["值得跟进"]},
        {("i", "b"): "某国公布新一轮芯片出口许可清单", HERE: "某国公布芯片出口许可清单细则"},
    )
    found = suggest(article("某国公布芯片出口许可清单细则"), HERE, TAGS, (), tagged)
    assert [one.name for one in found] == ["政策/出口管制"], "its own tags are no evidence"


def test_a_programme_that_it_is_about_is_a_candidate_for_a_new_tag() -> None:
    names = [("program", "微系统计划")] * 4 + [("technology", "增材制造")]
    found = suggest(article("微系统计划启动", *names), HERE, TAGS)
    assert [(one.name, one.new) for one in found] == [("微系统计划", True)]
    assert found[0].words().startswith("new")
    assert not suggest(article("微系统计划启动", *names), HERE, [*TAGS, "技术/微系统计划"])[0].new
    assert suggest(article("启动", *names[:3]), HERE, TAGS) == [], "not strong enough"


@pytest.mark.parametrize("most", [0, 1, 3])
def test_no_more_than_asked_for(most: int) -> None:
    tags = ["氢能", "拖船", "港口", "试用"]
    assert len(suggest(article("港口试用氢能拖船"), HERE, tags, most=most)) == most
