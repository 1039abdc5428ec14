"""A Markdown file is exported again after people and programs have been at it."""

from __future__ import annotations

from dataclasses import replace

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotations.exports import regions
from annotations.exports.gathering import Selection
from annotations.exports.markdown import block_id, export, is_ours, safe_tag, update
from annotations.exports.regions import Region
from annotations.model import (
    Annotation,
    ArticleRef,
    HighlightBody,
    IssueRef,
    NoteBody,
    Selector,
    Tag,
    TagBody,
    Target,
)

TAGS = (Tag("t1", "能 源"), Tag("t2", "2024", parent="t1"))


def work(issue: IssueRef, article: ArticleRef, other: ArticleRef) -> Selection:
    selector = Selector(2, 6, "港口*公司*", block=0, prefix="一家", suffix="开始", page=3)
    mark = Annotation(
        "6f0d1c2e-0000-4000-8000-000000000001",
        Target(issue, article, selector),
        HighlightBody("green"),
    )
    beneath = Target(issue, article, selector, mark.id)
    return Selection(
        (
            Annotation("n1", Target(issue, article), NoteBody("甲\n\n- 乙")),
            mark,
            Annotation("n2", beneath, NoteBody("关于划线")),
            Annotation("g1", Target(issue, article), TagBody("t2", "2024")),
            Annotation("n3", Target(issue, other), NoteBody("丙")),
        ),
        TAGS,
        "王丽",
        "2026-01-02T03:04:05Z",
    )


@pytest.fixture
def selection(issue: IssueRef, article: ArticleRef, other: ArticleRef) -> Selection:
    return work(issue, article, other)


def test_shows_tags_quotes_and_notes_as_obsidian_takes_them(selection: Selection) -> None:
    text = export(selection)
    front = yaml.safe_load(text.split("---\n")[1])
    assert front["tags"] == ["能-源/2024", "能-源"]
    assert (front["publication"], front["number"]) == ("轻材料快报", "8")
    assert "#能-源/2024" in text
    assert "> 港口\\*公司\\*\n\n^kb-6f0d1c2e0000\n" in text
    assert text.index("^kb-6f0d1c2e0000") < text.index("  关于划线") < text.index("简讯")
    assert "  甲\n\n  - 乙\n" in text


def test_the_same_again_changes_nothing(selection: Selection) -> None:
    text = export(selection)
    merged = update(selection, text)
    assert merged.text == text
    assert (merged.kept, merged.beside, merged.removed) == ([], [], 0)


def test_words_around_and_in_regions_stay(selection: Selection) -> None:
    text = export(selection)
    mine = text.replace("丙", "丙，我改过").replace("# 轻", "前言\n\n# 轻") + "\n后记\n"
    mine = mine.replace("---\n\n", "---\n\n我的引子\n\n", 1)
    merged = update(selection, mine)
    assert merged.text == mine
    assert len(merged.kept) == 2
    assert merged.beside == []


def changed(selection: Selection, old: str, new: str) -> Selection:
    return replace(
        selection,
        annotations=tuple(
            replace(one, body=NoteBody(new)) if one.body == NoteBody(old) else one
            for one in selection.annotations
        ),
    )


def test_ours_comes_beside_an_edited_region_and_is_renewed(selection: Selection) -> None:
    mine = export(selection).replace("丙", "丙，我改过")
    once = update(changed(selection, "丙", "丁"), mine)
    assert "丙，我改过" in once.text
    assert once.text.index("我改过") < once.text.index("丁")
    assert len(once.beside) == 1
    twice = update(changed(selection, "丙", "戊"), once.text)
    assert "丁" not in twice.text
    assert "丙，我改过" in twice.text
    assert twice.text.count("戊") == 1
    back = update(selection, twice.text)
    assert back.text == mine
    # What was put beside and edited too is never lost.
    both = update(changed(selection, "丙", "己"), twice.text.replace("戊", "戊，也改"))
    assert all(word in both.text for word in ("丙，我改过", "戊，也改", "己"))


def test_an_unedited_region_is_replaced_or_taken_out(selection: Selection) -> None:
    text = export(selection)
    assert "甲二" in update(changed(selection, "甲\n\n- 乙", "甲二"), text).text
    fewer = replace(selection, annotations=selection.annotations[:-1])
    merged = update(fewer, text + "我的\n")
    assert "丙" not in merged.text
    assert merged.removed == 1
    assert merged.text.endswith("我的\n")
    assert "丙" in update(selection, merged.text).text


def test_new_articles_come_where_they_belong(selection: Selection) -> None:
    later = replace(selection, annotations=selection.annotations[-1:])
    merged = update(selection, export(later))
    assert merged.text.index("港口试用") < merged.text.index("简讯")


def test_other_line_ends_are_no_edit(selection: Selection) -> None:
    merged = update(selection, export(selection).replace("\n", "\r\n"))
    assert merged.kept == []


def test_edited_properties_stay_and_ours_come_below(selection: Selection) -> None:
    text = export(selection)
    mine = text.replace("reviewer: 王丽", "reviewer: 王丽\naliases: [甲]")
    assert update(selection, mine).text == mine
    fewer = replace(selection, annotations=selection.annotations[-1:])
    merged = update(fewer, mine)
    assert "aliases: [甲]" in merged.text
    assert "```yaml\nschema: kuaibao.markdown" in merged.text
    later = replace(selection, exported="2026-02-01T00:00:00Z")
    assert "2026-02-01" in update(later, text).text


def test_a_file_of_others_is_told_and_kept(selection: Selection) -> None:
    assert is_ours(export(selection))
    assert not is_ours("# 我的笔记\n")
    merged = update(selection, "# 我的笔记\n\n没有换行")
    assert merged.text.startswith("# 我的笔记\n\n没有换行\n")
    assert "丙" in merged.text


def test_torn_marks_are_text(selection: Selection) -> None:
    text = export(selection)
    torn = "\n".join(line for line in text.split("\n") if "kuaibao:end article" not in line)
    merged = update(selection, torn)
    assert merged.text.count("丙") == 2


def test_a_note_can_not_end_its_region(issue: IssueRef, article: ArticleRef) -> None:
    text = "甲\n<!-- kuaibao:end article-0 -->\n<!-- kuaibao:begin a 0123456789abcdef -->\n---"
    note = Annotation("n1", Target(issue, article), NoteBody(text))
    written = export(Selection((note,)))
    assert update(Selection((note,)), written).text == written


@pytest.mark.parametrize(
    ("path", "tag"),
    [
        (("氢能",), "氢能"),
        (("a b", "c#d"), "a-b/c-d"),
        (("2024",), "_2024"),
        (("/x//y/",), "x/y"),
        (("🚀",), "_"),
    ],
)
def test_tags_are_made_safe(path: tuple[str, ...], tag: str) -> None:
    assert safe_tag(path) == tag


def test_blocks_have_the_same_names_in_every_export(issue: IssueRef) -> None:
    one = Annotation("a/b", Target(issue), NoteBody(""))
    assert block_id(one) == block_id(replace(one, revision=9))


TEXT = st.text("甲\n \r-#<!>kuaibao:begnd0", max_size=30)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from("abcd"), TEXT, max_size=4), TEXT, st.data())
def test_nothing_of_the_users_is_lost(
    new: dict[str, str], around: str, data: st.DataObject
) -> None:
    new = {key: regions.disarmed(text) for key, text in new.items()}
    around = regions.disarmed(around)
    old = around + "\n" + "".join(regions.written(key, text) for key, text in new.items())
    edits = data.draw(st.lists(st.sampled_from(["我改过的", "加的"]), max_size=2))
    for edit in edits:
        at = data.draw(st.integers(0, old.count("\n")))
        lines = old.split("\n")
        old = "\n".join([*lines[:at], edit, *lines[at:]])
    later = {key: text + "新" for key, text in new.items()}
    merged = regions.merge(old, later)
    for edit in edits:
        assert merged.text.count(edit) >= old.count(edit)
    assert around.strip() in merged.text or edits
    keys = [one.key for one in regions.parts(merged.text) if isinstance(one, Region)]
    assert set(later) <= set(keys)
