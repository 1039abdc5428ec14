"""Persons by their surroundings, and towns where a place must stand."""

from __future__ import annotations

import pytest

from bulletins.mentions import Words, find_mentions, load_gazetteers
from bulletins.model import Article, Block

GAZETTEERS = load_gazetteers()
WORDS = Words()


def names(kind: str, *blocks: str, words: Words | None = WORDS, title: str = "标题") -> set[str]:
    texts = tuple(Block("paragraph", text, 1) for text in blocks)
    found = find_mentions(Article("a", title, 1, blocks=texts), GAZETTEERS, words).entities
    return {one.text for one in found if one.type == kind}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("浙江大学赵明轩团队制成了新的薄膜。", {"赵明轩"}),
        ("复旦大学许文博、孙嘉和陆子涵等提出了模型。", {"许文博", "孙嘉", "陆子涵"}),
        ("由南开大学彭向东教授和冯立新研究员共同完成。", {"彭向东", "冯立新"}),
        ("经济产业大臣田中宏树宣布了补贴。", {"田中宏树"}),
        ("他与蔡启元共同提出了方法。", {"蔡启元"}),
        ("副部长欧阳志远表示支持。", {"欧阳志远"}),
        ("该所物理学家玛尔塔·科瓦尔奇克团队参与。", {"玛尔塔·科瓦尔奇克"}),
        ("工程师彼得·何（Peter Ho）负责设计。", {"彼得·何", "Peter Ho"}),
        ("乌得勒支大学沈若溪（Ruoxi Shen）等开发了方法。", {"沈若溪", "Ruoxi Shen"}),
        ("项目由 Hendrik van Loon 于 2019 年发起。", {"Hendrik van Loon"}),
        ("安-索菲·莱纳和约翰·K·布朗获奖。", {"安-索菲·莱纳", "约翰·K·布朗"}),
    ],
)
def test_finds_people(sentence: str, expected: set[str]) -> None:
    assert expected <= names("person", sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "该大学方法学团队提出了新方法。",
        "高温超导团队和金属材料团队合作。",
        "公司向客户、供应商介绍产品，向六个团队提供资助。",
        "研究院马上启动了项目。",
        "项目由 Nature Materials 报道，Quantum Research 公司参与。",
    ],
)
def test_plain_words_are_no_people(sentence: str) -> None:
    assert names("person", sentence) == set()
    assert names("person", sentence, words=None) == set()


def test_a_person_s_group_is_no_organization() -> None:
    sentence = "由牛津大学 Harriet M. Lowe 小组获得，董事会由秦文博任主席。"
    assert names("person", sentence) == {"Harriet M. Lowe", "秦文博"}
    assert names("organization", sentence) == {"牛津大学"}


def test_an_organization_does_not_swallow_a_list_of_people() -> None:
    blocks = "研究由吉林大学高文涛、厦门大学田一鸣团队完成。"
    assert names("person", blocks) == {"高文涛", "田一鸣"}
    assert {"吉林大学", "厦门大学"} <= names("organization", blocks)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("工厂位于爱尔兰阿斯隆。", {"爱尔兰", "阿斯隆"}),
        ("新厂设在法国梅尔维尔，明年投产。", {"法国", "梅尔维尔"}),
        ("会议在牛津郡阿宾登举行。", {"牛津郡", "阿宾登"}),
        ("公司在泰勒和谢尔曼的工厂扩产。", {"泰勒", "谢尔曼"}),
        ("探测器落在赫歇尔撞击坑附近。", {"赫歇尔撞击坑"}),
        ("设备经慕尼黑机场运往横滨。", {"慕尼黑机场", "横滨"}),
        ("熊本县合志市将建研发中心。", {"熊本县", "合志市"}),
        ("美、日、荷三国达成一致，中法两国签署协定。", {"中", "法"}),
    ],
)
def test_finds_places(sentence: str, expected: set[str]) -> None:
    assert expected <= names("place", sentence)


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [
        ("执法中的争议增多。", {"法", "中"}),
        ("录像中法律问题突出。", {"中", "法"}),
        ("埃森哲公司和巴斯夫公司参加。", {"埃森", "巴斯"}),
        ("泰勒公式由林肯实验室推广。", {"泰勒", "林肯"}),
        ("项目获得 1200 万瑞典克朗和 30 亿沙特里亚尔。", {"克朗", "里亚尔", "瑞典", "沙特"}),
        ("亚利桑那州立大学参与。", {"亚利桑那州"}),
        ("北京市场增长。", {"北京市"}),
        ("三部门近日印发文件，同日韩方回应。", {"日", "印", "韩"}),
        ("在马修的推动下，团队取得进展。", {"马修"}),
    ],
)
def test_other_words_are_no_places(sentence: str, wrong: set[str]) -> None:
    assert not wrong & names("place", sentence)


def test_a_country_s_one_character_opens_a_headline() -> None:
    assert "日" in names("place", title="新计划公布：日聚焦十四个课题")
    assert "德" in names("place", title="德修订芯片资助规则")
    assert names("place", "12 日聚焦新课题。") == set()
