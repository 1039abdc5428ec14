"""Lists of names: ours are sound, a reader's own win."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from bulletins.mentions import GazetteerError, find_mentions, load_gazetteers
from bulletins.mentions.gazetteers import Lexicon
from bulletins.mentions.tables import DATA, Forms, read_yaml
from bulletins.model import Article, Block

if TYPE_CHECKING:
    from pathlib import Path

    from bulletins.mentions import Gazetteers


def found(gazetteers: Gazetteers, text: str) -> list[tuple[str, str]]:
    article = Article("a", "标题", 1, blocks=(Block("paragraph", text, 1),))
    return [(one.type, one.text) for one in find_mentions(article, gazetteers).entities]


def own(folder: Path, text: str) -> Gazetteers:
    (folder / "mine.yaml").write_text(text, encoding="utf-8")
    return load_gazetteers([folder])


def test_each_of_our_groups_says_where_its_names_come_from() -> None:
    for file in (DATA / "gazetteers").glob("*.yaml"):
        assert all(group.get("source") for group in read_yaml(file)["groups"]), file.name


def test_no_organization_stands_in_two_groups() -> None:
    names: Counter[str] = Counter()
    for file in (DATA / "gazetteers").glob("*.yaml"):
        for group in read_yaml(file)["groups"]:
            if group["type"] == "organization":
                names.update(group["names"])
    assert [name for name, count in names.items() if count > 1] == []


def test_no_name_has_two_identities() -> None:
    names: Counter[str] = Counter()
    for file in (DATA / "gazetteers").glob("*.yaml"):
        for group in read_yaml(file)["groups"]:
            names.update(name for same in group.get("same", []) for name in same)
    assert [name for name, count in names.items() if count > 1] == []


def test_the_reader_s_names_win_over_ours(tmp_path: Path) -> None:
    text = "groups:\n  - {type: technology, source: me, names: [谷歌, 数百度]}\n"
    mine = own(tmp_path, text)
    assert found(mine, "采用谷歌。") == [("technology", "谷歌")]
    assert ("technology", "数百度") in found(mine, "采用数百度。")


def test_the_reader_s_blocked_words_win_over_ours(tmp_path: Path) -> None:
    mine = own(tmp_path, "not_names: [谷歌, 微软式]\n")
    assert found(mine, "谷歌推出产品。") == []
    assert found(mine, "微软式管理。微软推出产品。") == [("organization", "微软")]


def test_the_reader_can_say_that_names_are_one_thing(tmp_path: Path) -> None:
    mine = own(
        tmp_path,
        "groups:\n  - type: organization\n    source: me\n    same: [[蓝海星河, Blue Galaxy]]\n",
    )
    block = Block("paragraph", "蓝海星河宣布合作。Blue Galaxy 表示满意。", 1)
    both = find_mentions(Article("a", "标题", 1, blocks=(block,)), mine).entities
    assert {one.canonical for one in both} == {"蓝海星河"}
    assert {one.identity for one in both} == {"organization:蓝海星河"}


@pytest.mark.parametrize(
    "text",
    [
        "groups:\n  - {type: place, same: 3}\n",
        "groups:\n  - {type: place, same: [[某地]]}\n",
        "groups:\n  - {type: place, same: [某地]}\n",
        "not_names: 某地\n",
        "short_countries: [美]\n",
    ],
)
def test_a_wrong_shape_is_said_in_one_line(tmp_path: Path, text: str) -> None:
    with pytest.raises(GazetteerError, match=r"mine\.yaml") as caught:
        own(tmp_path, text)
    assert "\n" not in str(caught.value)


def test_forms_are_found_where_they_begin() -> None:
    text = "ab 研究所研究 NSF xNSF NSF-1 A"
    assert list(Forms(["研究", "研究所"]).find(text)) == [(3, "研究所"), (6, "研究")]
    assert list(Forms([]).find(text)) == []
    spans = [text[start:end] for start, end in Lexicon(["NSF", "研究所"]).find(text)]
    assert spans == ["研究所", "NSF"]
