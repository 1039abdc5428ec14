"""The article pane on a screen: what is drawn, scrolled to and clicked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bulletins.model import Amount, Article, Block, Doubt, Footnote, Mentions, Place
from tests.screens.reader import ARTICLE, LONG, SIZES, Reader
from tui.typesetting.spans import Marked
from tui.widgets.article_pane import ArticlePane
from tui.widgets.article_styles import MENTION_LAYERS


class TestDrawing:
    @pytest.mark.parametrize("size", SIZES)
    async def test_head_of_an_article(self, size: tuple[int, int]) -> None:
        """The topic and title, then section, date, authors and the number of sources."""
        app = Reader()
        async with app.run_test(size=size):
            text = "".join(line.strip() for line in app.lines())
            assert text.startswith("[半导体] 某国资助芯片研究")
            assert "项目资助 · 2024-08-06 · 甲乙" in text

    @pytest.mark.parametrize("size", SIZES)
    async def test_no_line_is_wider_than_the_pane(self, size: tuple[int, int]) -> None:
        app = Reader()
        async with app.run_test(size=size) as pilot:
            for _ in range(4):
                strips = app.pane.render_lines(app.pane.size.region)
                assert {strip.cell_length for strip in strips} == {app.pane.size.width}
                app.pane.page(1)
                await pilot.pause()

    async def test_markup_and_controls_are_text(self) -> None:
        """Square brackets stand as printed; what slipped past loading is not obeyed."""
        app = Reader(
            Article("a", "[b]题[/x]", 1, blocks=(Block("paragraph", "甲\x1b[5n乙\x9d", 1),))
        )
        async with app.run_test(size=(60, 10)):
            text = "\n".join(app.lines())
            assert "[b]题[/x]" in text
            assert "甲\ufffd[5n乙\ufffd" in text

    async def test_no_live_links_are_made(self) -> None:
        """A bulletin's addresses are text: opening it gives the terminal nothing to follow."""
        app = Reader()
        async with app.run_test(size=(80, 120)):
            strips = app.pane.render_lines(app.pane.size.region)
            assert "example.org" in "".join(strip.text for strip in strips)
            styles = [segment.style for strip in strips for segment in strip]
            assert not any(style.link for style in styles if style)

    async def test_a_class_can_be_switched_off(self) -> None:
        app = Reader()
        async with app.run_test(size=(90, 20)) as pilot:
            assert app.style_of("5.04 亿美元").bold
            rows = app.lines()
            app.pane.classes_shown = frozenset(MENTION_LAYERS) - {"amount"}
            await pilot.pause()
            assert not app.style_of("5.04 亿美元").bold
            assert app.style_of("芯片研究所").underline
            assert app.lines() == rows

    async def test_mentions_may_come_later(self) -> None:
        app = Reader(replace(ARTICLE, mentions=Mentions()))
        async with app.run_test(size=(90, 20)) as pilot:
            assert not app.style_of("5.04 亿美元").bold
            app.pane.refresh_spans(ARTICLE.mentions)
            await pilot.pause()
            assert app.style_of("5.04 亿美元").bold

    async def test_own_highlights_lie_over_the_text(self) -> None:
        app = Reader()
        async with app.run_test(size=(90, 20)) as pilot:
            app.pane.set_marked([Marked(("block", 0), 0, 4)])
            await pilot.pause()
            assert app.style_of("某国政府").bgcolor != app.style_of("支持").bgcolor

    async def test_no_article_but_a_message(self) -> None:
        app = Reader()
        async with app.run_test(size=(60, 20)) as pilot:
            app.pane.clear("没有条目 [x]")
            await pilot.pause()
            assert [line.strip() for line in app.lines() if line.strip()] == ["没有条目 [x]"]
            assert app.pane.article is None
            assert app.pane.search("条目") == 0

    async def test_another_theme_draws_anew(self) -> None:
        app = Reader()
        async with app.run_test(size=(90, 20)) as pilot:
            before = app.style_of("支持").color
            app.theme = "textual-light"
            await pilot.pause()
            assert app.style_of("支持").color != before


class TestScrolling:
    async def test_lines_pages_and_ends_move_at_once(self) -> None:
        app = Reader()
        async with app.run_test(size=(80, 24)) as pilot:
            pane = app.pane
            for move, y in ((lambda: pane.line(3), 3), (lambda: pane.page(1), 25)):
                move()
                await pilot.pause()
                assert pane.scroll_offset.y == y
            pane.half_page(-1)
            await pilot.pause()
            assert pane.scroll_offset.y == 13
            pane.ends("last")
            await pilot.pause()
            assert pane.scroll_offset.y == pane.max_scroll_y > 0
            pane.ends("first")
            await pilot.pause()
            assert pane.scroll_offset.y == 0

    async def test_the_place_is_kept_when_the_width_changes(self) -> None:
        app = Reader()
        async with app.run_test(size=(120, 24)) as pilot:
            app.pane.go_to(("block", 9), 0)
            await pilot.pause()
            top = app.pane.position
            await pilot.resize_terminal(60, 24)
            await pilot.pause()
            assert app.pane.position[0] == top[0]
            assert "第" in "".join(app.lines())

    async def test_a_place_is_restored_at_another_width(self) -> None:
        app = Reader()
        async with app.run_test(size=(120, 24)) as pilot:
            app.pane.line(30)
            await pilot.pause()
            top = app.pane.position
        other = Reader(None)
        async with other.run_test(size=(70, 24)) as pilot:
            other.pane.show(ARTICLE, top=top)
            await pilot.pause()
            part, offset = other.pane.position
            assert part == top[0]
            assert offset <= top[1]

    async def test_another_article_starts_at_its_top(self) -> None:
        app = Reader()
        async with app.run_test(size=(80, 24)) as pilot:
            app.pane.ends("last")
            await pilot.pause()
            app.pane.show(Article("b", "另一条", 1, blocks=(Block("paragraph", LONG * 9, 1),)))
            await pilot.pause()
            assert app.pane.scroll_offset.y == 0
            assert "另一条" in app.lines()[0]

    async def test_a_huge_article_is_read_before_it_is_laid(self) -> None:
        app = Reader(
            Article("h", "大", 1, blocks=(Block("paragraph", "半导体材料，" * 300_000, 1),))
        )
        async with app.run_test(size=(80, 24)) as pilot:
            assert "半导体材料" in app.lines()[5]
            app.pane.ends("last")
            for _ in range(400):
                await pilot.pause(0.02)
                if app.pane.scroll_offset.y == app.pane.max_scroll_y > 40_000:
                    break
            assert app.pane.scroll_offset.y > 40_000


class TestNotes:
    async def test_a_note_opens_under_its_paragraph(self) -> None:
        app = Reader()
        async with app.run_test(size=(90, 40)) as pilot:
            assert "5.04 亿美元¹" in "".join(app.lines())
            assert app.pane.toggle_note("1")
            await pilot.pause()
            assert app.cell_of("预算文件全文")[1] < 8
            assert not app.pane.toggle_note(0)
            await pilot.pause()
            assert "预算文件全文" not in "".join(app.lines()[:8])

    async def test_a_click_on_the_mark_opens_it(self) -> None:
        app = Reader()
        async with app.run_test(size=(90, 40)) as pilot:
            await pilot.click(ArticlePane, offset=app.cell_of("¹"))
            await pilot.pause()
            assert "│ ¹ 预算文件全文" in "\n".join(app.lines())
            message = app.heard[0]
            assert isinstance(message, ArticlePane.NotePressed)
            assert (message.index, message.marker, message.opened) == (0, "1", True)

    async def test_all_notes_open_and_close_together(self) -> None:
        app = Reader()
        async with app.run_test(size=(90, 40)) as pilot:
            assert app.pane.toggle_notes()
            assert app.pane.notes_open == frozenset({0})
            await pilot.pause()
            assert not app.pane.toggle_notes()

    async def test_a_marker_used_twice_means_the_one_in_sight(self) -> None:
        notes = (Footnote("1", "前注", (), 1, 0, 2), Footnote("1", "后注", (), 2, 9, 2))
        app = Reader(replace(ARTICLE, footnotes=notes))
        async with app.run_test(size=(60, 12)) as pilot:
            app.pane.go_to(("block", 9), 0)
            await pilot.pause()
            app.pane.toggle_note("1")
            assert app.pane.notes_open == frozenset({1})

    async def test_an_unknown_note_is_no_note(self) -> None:
        app = Reader()
        async with app.run_test():
            assert not app.pane.toggle_note("9")
            assert not app.pane.toggle_note(7)


class TestSearch:
    async def test_a_phrase_across_a_row_end_is_found(self) -> None:
        app = Reader()
        async with app.run_test(size=(40, 24)) as pilot:
            assert app.pane.search("电子迁移率比以往的样品高出三成") == 48
            await pilot.pause()
            assert app.pane.hit_position == (1, 48)
            assert app.pane.next_hit(-1) == (48, 48)
            assert app.pane.next_hit(1) == (1, 48)
            app.pane.clear_search()
            assert app.pane.hit_position == (0, 0)

    async def test_hits_are_lit_and_the_current_one_differs(self) -> None:
        app = Reader()
        async with app.run_test(size=(90, 24)) as pilot:
            app.pane.search("能耗")
            await pilot.pause()
            current = app.style_of("能耗").bgcolor
            app.pane.next_hit(1)
            await pilot.pause()
            assert app.style_of("能耗").bgcolor != current

    async def test_the_hit_is_scrolled_into_sight(self) -> None:
        app = Reader()
        async with app.run_test(size=(90, 24)) as pilot:
            app.pane.search("第11段")
            await pilot.pause()
            assert "第11段" in "".join(app.lines())


class TestMentions:
    async def test_a_click_tells_which(self) -> None:
        app = Reader()
        async with app.run_test(size=(90, 24)) as pilot:
            await pilot.click(ArticlePane, offset=app.cell_of("研究所"))
            await pilot.pause()
            message = app.heard[0]
            assert isinstance(message, ArticlePane.MentionPressed)
            assert (message.kind, message.text) == ("organization", "芯片研究所")
            assert message.place == Place(20, 25, block=0)
            following = app.pane.next_mention(1)
            assert following is not None
            assert following != message.place
            assert app.pane.next_mention(-1) == message.place

    async def test_a_class_that_is_off_is_not_pressed(self) -> None:
        app = Reader()
        async with app.run_test(size=(90, 24)) as pilot:
            app.pane.classes_shown = frozenset()
            await pilot.click(ArticlePane, offset=app.cell_of("研究所"))
            await pilot.pause()
            assert not app.heard

    async def test_the_next_mention_is_shown_and_lit(self) -> None:
        app = Reader()
        async with app.run_test(size=(90, 24)) as pilot:
            places = [app.pane.next_mention(1) for _ in range(4)]
            amount, organization, technology, again = places
            assert amount == again == Place(9, 17, block=0)
            assert organization == Place(20, 25, block=0)
            assert technology == Place(17, 22, block=5)
            assert app.pane.next_mention(-1) == technology
            await pilot.pause()
            assert "第3段" in "".join(app.lines())

    async def test_a_click_on_a_source_tells_which(self) -> None:
        app = Reader()
        async with app.run_test(size=(90, 24)) as pilot:
            app.pane.ends("last")
            await pilot.pause()
            await pilot.click(ArticlePane, offset=app.cell_of("example.org"))
            await pilot.pause()
            message = app.heard[0]
            assert isinstance(message, ArticlePane.SourcePressed)
            assert message.url == "https://example.org/s"


class TestDoubts:
    SECOND = Place(20, 25, block=0)
    DOUBTFUL = replace(
        ARTICLE,
        mentions=replace(
            ARTICLE.mentions,
            amounts=(*ARTICLE.mentions.amounts, Amount("芯片研究所", SECOND, "USD")),
            doubts=(Doubt(0, 1),),
        ),
    )

    async def test_a_click_on_the_warning_leads_to_the_latter_sum(self) -> None:
        app = Reader(self.DOUBTFUL)
        async with app.run_test(size=(90, 24)) as pilot:
            await pilot.click(ArticlePane, offset=app.cell_of("disagree"))
            assert app.pane.gone_to == self.SECOND

    async def test_a_search_finds_the_article_and_not_the_warning(self) -> None:
        app = Reader(self.DOUBTFUL)
        async with app.run_test(size=(90, 24)):
            assert app.pane.search("disagree") == 0
            assert app.pane.search("5.04 亿美元") == 1

    async def test_the_warning_comes_with_mentions_found_later(self) -> None:
        app = Reader()
        async with app.run_test(size=(90, 24)) as pilot:
            app.pane.toggle_note("1")
            app.pane.show_again(self.DOUBTFUL)
            await pilot.pause()
            assert app.cell_of("⚠ Two sums disagree")[1] == 2
            assert app.pane.notes_open == {0}
