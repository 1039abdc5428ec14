"""What a name is across articles: only full forms say it."""

from __future__ import annotations

import pytest

from bulletins.mentions import annotate, find_mentions, load_gazetteers
from bulletins.mentions.identity import identity, is_abbreviation
from bulletins.model import Article, Block, Entity, EntityType, Issue, Section

GAZETTEERS = load_gazetteers()


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("organization", "英国牛津大学", "牛津大学"),
        ("organization", "经济产业省", "日本经产省"),
        ("organization", "马普学会", "德国马普学会"),
        ("organization", "谷歌公司", "Google"),
        ("organization", "Rigetti Computing公司", "Rigetti Computing"),
        ("organization", "Lumen Harbour公司", "Lumen Harbour"),
        ("organization", "美国国家科学基金会", "国家科学基金会"),
        ("organization", "美商务部", "美国商务部"),
        ("organization", "欧委会", "欧盟委员会"),
        ("person", "安娜•贝尔格", "安娜·贝尔格"),
        ("place", "美", "美国"),
        ("document", "《欧盟人工智能法案》", "欧洲人工智能法案"),
    ],
)
def test_full_forms_of_one_thing_are_one(kind: EntityType, one: str, other: str) -> None:
    assert identity(kind, one, GAZETTEERS) is not None
    assert identity(kind, one, GAZETTEERS) == identity(kind, other, GAZETTEERS)


@pytest.mark.parametrize(
    ("kind", "form"),
    [
        ("organization", "EDA"),
        ("organization", "商务部"),
        ("organization", "国会"),
        ("organization", "东北大学"),
        ("organization", "国家海洋研究中心"),
        ("organization", "XQR公司"),
        ("technology", "EDA"),
        ("person", "贝尔格"),
        ("document", "芯片法案"),
        ("document", "国家人工智能战略"),
        ("program", "未来材料"),
        ("organization", ""),
    ],
)
def test_a_form_that_is_not_full_has_none(kind: EntityType, form: str) -> None:
    assert identity(kind, form, GAZETTEERS) is None


def test_types_and_countries_keep_names_apart() -> None:
    american = identity("document", "芯片法案", GAZETTEERS, country="美国")
    assert american != identity("document", "芯片法案", GAZETTEERS, country="欧盟")
    assert american == identity("document", "美国芯片法案", GAZETTEERS)
    assert identity("program", "美国芯片法案", GAZETTEERS) != american
    chinese = identity("organization", "中国商务部", GAZETTEERS)
    assert chinese != identity("organization", "美国商务部", GAZETTEERS)
    japanese = identity("organization", "日本东北大学", GAZETTEERS)
    assert japanese != identity("organization", "东北大学", GAZETTEERS)


def test_abbreviations() -> None:
    assert [form for form in ("NSF", "A*STAR", "ARPA-E", "3M") if not is_abbreviation(form)] == []
    assert not any(is_abbreviation(form) for form in ("OpenAI", "Oxford Ionics", "中科院"))


def entities(*articles: tuple[str, ...]) -> list[tuple[Entity, ...]]:
    made = tuple(
        Article(str(index), "标题", 1, blocks=tuple(Block("paragraph", text, 1) for text in texts))
        for index, texts in enumerate(articles)
    )
    issue = Issue("i", "a.txt", "general", 1.0, (Section("", made),))
    return [one.mentions.entities for one in annotate(issue, GAZETTEERS).articles()]


def test_one_law_of_two_countries_has_no_identity() -> None:
    both, one = entities(
        ("欧盟《芯片法案》生效。", "美国《芯片法案》也已生效。"),
        ("美国《芯片法案》生效。", "《芯片法案》规定了补贴。"),
    )
    assert {each.identity for each in both if each.type == "document"} == {None}
    laws = {each.identity for each in one if each.type == "document"}
    assert laws == {identity("document", "美国芯片法案", GAZETTEERS)}


def test_full_names_are_known_in_the_whole_issue_and_short_ones_are_not() -> None:
    first, second = entities(
        ("初创机构落户挪威。北海深潜国际研究联合会（NSIU）宣布资助，北海深潜表示欢迎。",),
        ("参与者有北海深潜国际研究联合会、NSIU 和北海深潜。",),
    )
    assert "北海深潜国际研究联合会" in {one.text for one in first}
    found = {one.text for one in second if one.type == "organization"}
    assert found == {"北海深潜国际研究联合会"}


def test_what_two_countries_share_is_no_ones() -> None:
    def named(text: str) -> str | None:
        article = Article("a", text, 1)
        found = find_mentions(article, GAZETTEERS).entities
        return next(one.identity for one in found if one.text == "量子倡议")

    assert named("印度“量子倡议”举行会议") == "program:印度量子倡议"
    assert named("美国和印度“量子倡议”举行会议") is None
