"""The sidebar's rows: order, counts, folding, filtering."""

from __future__ import annotations

from bulletins.catalogue.outline import ArticleOutline, IssueOutline, SectionOutline
from tui.locale import set_language
from tui.outline import Marks, Shelf, rows


def article(name: str, title: str, topic: str | None = None) -> ArticleOutline:
    return ArticleOutline(id=name, title=title, page=1, topic=topic)


def issue(name: str, path: str, *sections: SectionOutline, **known: str) -> IssueOutline:
    return IssueOutline(name, path, "general", 1.0, sections, **known)


CHIPS = SectionOutline(
    "政策", (article("a", "美国拨款支持芯片", "半导体"), article("b", "ＡＩ 法案通过"))
)
RESEARCH = SectionOutline("前沿", (article("c", "量子传感取得进展"),))
FIRST = issue("1", "/x/one.txt", CHIPS, RESEARCH, publication="快报", date="2024-07")
SECOND = issue("2", "/x/two.txt", RESEARCH, publication="快报", date="2024-08")
LOOSE = issue("3", "/x/three.txt", SectionOutline("", (article("d", "单篇"),)))
SHELF = Shelf((FIRST, SECOND, LOOSE))


def labels(
    query: str = "", folded: frozenset[str] = frozenset(), shelf: Shelf = SHELF
) -> list[str]:
    return [row.label for row in rows(shelf, folded, query, "Other issues")]


def test_newest_issue_first_and_unknown_publication_last() -> None:
    assert labels() == [
        "快报", "2024-08", "前沿", "量子传感取得进展",
        "2024-07", "政策", "[半导体] 美国拨款支持芯片", "ＡＩ 法案通过", "前沿", "量子传感取得进展",
        "Other issues", "three", "单篇",
    ]  # fmt: skip


def test_a_folded_issue_hides_what_it_holds_but_keeps_its_counts() -> None:
    shelf = Shelf((FIRST,), marks={("1", "a"): Marks("reviewed"), ("1", "c"): Marks("later")})
    listed = rows(shelf, {"issue:1"}, "", "")
    assert [row.kind for row in listed] == ["publication", "issue"]
    assert [(row.done, row.total) for row in listed] == [(1, 3), (1, 3)]
    assert listed[1].folded


def test_filter_folds_width_and_case_and_looks_into_closed_issues() -> None:
    assert labels("ai", frozenset({"issue:1"})) == ["快报", "2024-07", "政策", "ＡＩ 法案通过"]


def test_filter_needs_every_word_and_knows_sections_and_topics() -> None:
    assert labels("政策 半导体") == ["快报", "2024-07", "政策", "[半导体] 美国拨款支持芯片"]
    assert labels("政策 量子") == []


def test_filter_by_tag_star_and_unread() -> None:
    marks = {("1", "a"): Marks("reading", tags=("重要",)), ("2", "c"): Marks(starred=True)}
    shelf = Shelf((FIRST, SECOND), marks=marks)
    assert labels("#重", shelf=shelf)[-1] == "[半导体] 美国拨款支持芯片"
    assert labels("*", shelf=shelf) == ["快报", "2024-08", "前沿", "量子传感取得进展"]
    assert "[半导体] 美国拨款支持芯片" not in labels("!", shelf=shelf)


def test_filter_by_status_in_english_and_as_the_screen_says_it() -> None:
    marks = {
        ("1", "a"): Marks("later"),
        ("1", "b"): Marks("skipped"),
        ("1", "c"): Marks("reviewed"),
    }
    shelf = Shelf((FIRST,), marks=marks)

    def found(query: str) -> list[str]:
        return [row.article_id for row in rows(shelf, frozenset(), query, "") if row.article_id]

    assert found("!later") == found("！ｌater") == ["a"]
    assert found("!later !skipped") == ["a", "b"]  # an article has one status
    assert found("!re") == ["c"]  # reading, reviewed
    assert found("!unread") == []
    assert found("!") == ["a"]  # not opened yet, or put off
    assert found("!nothing") == []  # a word
    set_language("zh_CN")
    try:
        assert found("!稍后") == ["a"]
        assert found("!later") == ["a"]
    finally:
        set_language("en")


def test_reviewed_articles_are_counted_at_issues_open_and_closed() -> None:
    marks = {
        ("1", "a"): Marks("reviewed"),
        ("1", "b"): Marks("reading"),
        ("1", "c"): Marks("later"),
    }
    shelf = Shelf((FIRST,), marks=marks)
    for folded in (frozenset(), frozenset({"issue:1"})):
        heads = [row for row in rows(shelf, folded, "", "") if row.kind in ("issue", "publication")]
        assert [(row.reviewed, row.done, row.total) for row in heads] == [(1, 2, 3)] * 2


def test_corrections_win_over_what_was_printed() -> None:
    shelf = Shelf((FIRST,), corrections={"1": {"title": "七月号", "publication": "新刊"}})
    assert labels(shelf=shelf)[:2] == ["新刊", "七月号 · 2024-07"]


def test_a_section_without_a_name_adds_no_row() -> None:
    assert [row.depth for row in rows(Shelf((LOOSE,)), frozenset(), "", "x")] == [0, 1, 2]


def test_files_that_cannot_be_read_are_listed() -> None:
    shelf = Shelf((), problems=(("/x/bad.txt", "empty"),))
    assert [(row.kind, row.label) for row in rows(shelf, frozenset(), "", "")] == [
        ("problem", "bad.txt")
    ]


def test_a_filter_finds_passages_by_their_state() -> None:
    marks = {
        ("1", "a"): Marks(anchors=frozenset({"exact"})),
        ("2", "c"): Marks(anchors=frozenset({"exact", "orphan"})),
    }
    shelf = Shelf((FIRST, SECOND), marks=marks)

    def found(query: str) -> list[str]:
        return [row.article_id for row in rows(shelf, frozenset(), query, "") if row.article_id]

    assert found("~") == found("~orphan") == ["c"]
    assert found("~e") == ["c", "a"]
    assert found("~fuzzy") == found("~50") == []
