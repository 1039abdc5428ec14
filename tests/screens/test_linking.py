"""Links between articles: found, made with one key, shown on both, gone to, deleted."""

from __future__ import annotations

from typing import Any

from annotations.model import ArticleRef, IssueRef, LinkBody, new_annotation


def links(desk: Any, place: tuple[str, str]) -> Any:
    return desk.screen.notebook.links(*place)


async def link_second(desk: Any, key: str, *before: str) -> tuple[Any, Any]:
    """Link the first article of the library with the second by a relation's key."""
    await desk.opened()
    await desk.all_read()
    walk = [(issue, article) for issue, _, article in desk.screen.article_walk()]
    desk.screen.open_article(*walk[1])
    desk.screen.open_article(*walk[0])
    await desk.press("L")
    await desk.dialog("LinkPicker")
    picker = desk.app.screen
    await desk.until(lambda: picker._rows, "the articles are listed")
    assert (picker._rows[0].issue_id, picker._rows[0].article_id) == walk[1]
    assert walk[0] not in [(row.issue_id, row.article_id) for row in picker._rows]
    await desk.press("enter")
    await desk.dialog("RelationPicker")
    for text in before:
        await desk.type(text)
    await desk.press(key)
    await desk.until(lambda: links(desk, walk[0]), "the link is kept")
    return walk[0], walk[1]


def row_texts(desk: Any) -> str:
    return "\n".join(f"{row.lead} {row.text}" for row in desk.screen.inspector.rows)


async def test_a_link_says_its_direction_on_both_ends(open_app: Any) -> None:
    async with open_app(size=(160, 40)) as desk:
        _one, other = await link_second(desk, "f")
        desk.screen.refresh_inspector()
        assert "follows up" in row_texts(desk)
        assert "followed up by" not in row_texts(desk)
        desk.screen.open_article(*other)
        desk.screen.refresh_inspector()
        assert "followed up by" in row_texts(desk)


async def test_the_other_one_may_follow_up_this_one(open_app: Any) -> None:
    async with open_app(size=(160, 40)) as desk:
        one, other = await link_second(desk, "b")
        (link,) = links(desk, one)
        assert not link.away
        assert link.place == other
        (link,) = links(desk, other)
        assert link.away


async def test_enter_goes_to_the_other_end_and_d_deletes_the_link(open_app: Any) -> None:
    async with open_app(size=(160, 40)) as desk:
        one, other = await link_second(desk, "s")
        desk.screen.refresh_inspector()
        desk.screen.bring("inspector")
        rows = desk.screen.inspector.rows
        desk.screen.inspector.go(next(i for i, row in enumerate(rows) if row.kind == "link"))
        await desk.press("enter")
        assert desk.screen.article.id == other[1]
        desk.screen.refresh_inspector()
        desk.screen.bring("inspector")
        rows = desk.screen.inspector.rows
        desk.screen.inspector.go(next(i for i, row in enumerate(rows) if row.kind == "link"))
        await desk.press("d")
        await desk.until(lambda: not links(desk, one) and not links(desk, other), "it is gone")
        await desk.screen.notebook.turn()
        assert links(desk, one)


async def test_a_remark_is_kept_and_a_second_link_of_the_kind_is_none(open_app: Any) -> None:
    async with open_app(size=(160, 40)) as desk:
        one, _other = await link_second(desk, "enter", "\t同一次发布")
        (link,) = links(desk, one)
        assert link.annotation.body.note == "同一次发布"
        await desk.press("L")
        await desk.dialog("LinkPicker")
        await desk.until(lambda: desk.app.screen._rows, "the articles are listed")
        await desk.press("enter")
        await desk.dialog("RelationPicker")
        await desk.press("s")
        await desk.until(lambda: any("so already" in n for n in desk.notices), "that is said")
        assert len(links(desk, one)) == 1


async def test_links_with_ends_that_no_library_has_stay_visible(open_app: Any) -> None:
    async with open_app(size=(160, 40)) as desk:
        await desk.opened()
        await desk.all_read()
        target = desk.screen.target()
        absent = IssueRef("f" * 64, "别处.txt"), ArticleRef("0" * 16, "不在库里的文章")
        there = new_annotation(LinkBody("follows_up", *absent), *target)
        here = new_annotation(LinkBody("follows_up", *target), *absent)
        await desk.screen.change(target[0].id, lambda store: (store.put(there), store.put(here)))
        await desk.press("f5")

        def found() -> Any:
            return links(desk, (target[0].id, target[1].id))

        await desk.until(lambda: len(found()) == 2, "both are shown")
        desk.screen.refresh_inspector()
        texts = row_texts(desk)
        assert texts.count("不在库里的文章") == 2
        assert all(link.place is None for link in found())
