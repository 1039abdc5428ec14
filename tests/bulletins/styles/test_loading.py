"""Profiles: the user's replace ours, and what is wrong is said in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bulletins.parsing import parse
from bulletins.sources import Source, pages_of
from bulletins.styles import StyleError, load_styles

if TYPE_CHECKING:
    from pathlib import Path


def test_our_profiles_load() -> None:
    names = {style.name for style in load_styles().profiles}
    assert names == {"general", "spaced-heads", "paged-notes", "topic-brackets"}


def test_a_missing_folder_is_no_error(tmp_path: Path) -> None:
    assert load_styles([tmp_path / "none"]) == load_styles()


def test_the_users_profile_replaces_ours_by_name(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(
        "name: paged-notes\nextends: general\npublication: 某刊\n", encoding="utf-8"
    )
    style = load_styles([tmp_path]).named("paged-notes")
    assert style is not None
    assert style.publication == "某刊"
    assert "执笔" in style.bylines.roles
    assert style.evidence == ()


def test_a_users_profile_reads_what_ours_does_not(tmp_path: Path) -> None:
    (tmp_path / "gazette.yaml").write_text(
        "name: gazette\nextends: general\npublication: 海洋公报\nsections: {heads: [鱼情, 潮信]}\n"
        "byline: {roles: [采写]}\nevidence: {role_byline: 3, known_head: 1}\n",
        encoding="utf-8",
    )
    text = (
        "鱼情\n北海鳕鱼配额下调\n渔业部门把鳕鱼配额下调一成。\n（采写：张三）\n"
        "潮信\n东岸大潮将至\n大潮预计在周五到达。\n（采写：李四）\n"
    )
    issue = parse(Source("a.txt", "00", pages_of(text)), load_styles([tmp_path])).issue
    assert (issue.style, issue.publication) == ("gazette", "海洋公报")
    assert [section.title for section in issue.sections] == ["鱼情", "潮信"]
    assert [article.authors for article in issue.articles()] == [("张三",), ("李四",)]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("name: x\nbylines: {}\n", "bylines: unknown key; did you mean “byline”"),
        ("name: x\nbyline: {position: above}\n", "must be one of start, end, auto"),
        ("name: x\nsubheads: ['(a+)+$']\n", "is unknown"),
        ("name: x\ntopics: ['[']\n", "pairs of brackets"),
        ("name: x\nnotes: {numbering: 3}\n", "must be one of page, file, auto, none"),
        ("name: x\nextends: nothing\n", "there is no style “nothing”"),
        ("name: x\nextends: x\n", "leads back"),
        ("name: x\nsections: {spaced: 'yes'}\n", "true or false"),
        ("name: x\nevidence: {topics: 1}\n", "did you mean “topic”"),
        ("name: x\nsources: 来源\n", "list of words"),
        ("title: x\n", "name: must be a text"),
        ("- a\n", "names and values"),
        ("", "names and values"),
        ("name: [unclosed\n", "line 2"),
        ("a: &a [x]\nname: *a\n", "aliases"),
        ("name: !!python/name:os.system\n", "could not determine a constructor"),
        ("[" * 3000, "nested too deeply"),
    ],
)
def test_a_wrong_profile_is_one_clear_line(tmp_path: Path, text: str, part: str) -> None:
    path = tmp_path / "wrong.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(StyleError) as caught:
        load_styles([tmp_path])
    message = str(caught.value)
    assert part in message
    assert str(path) in message
    assert "\n" not in message


def test_a_profile_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "gbk.yaml").write_bytes("name: 半导体".encode("gbk"))
    with pytest.raises(StyleError, match="UTF-8"):
        load_styles([tmp_path])
