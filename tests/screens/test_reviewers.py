"""Other reviewers' work on the screen, and disagreements decided at the keyboard."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from textual.widgets import Static

from annotations.model import HighlightBody, LinkBody, Target, new_annotation
from annotations.spans import span_selector
from annotations.store import Store

if TYPE_CHECKING:
    from annotations.model import Annotation


def their_store(desk: Any, name: str) -> Store:
    return Store(desk.app.loaded.config.data, name, "desk")


def mark(desk: Any, store: Store, start: int, end: int, colour: str = "green") -> Annotation:
    issue, article = desk.screen.target()
    block = next(i for i, one in enumerate(desk.screen.article.blocks) if len(one.text) > 40)
    selector = span_selector(desk.screen.article, block, start, end)
    made = new_annotation(HighlightBody(colour), issue, article)
    return store.put(replace(made, target=Target(issue, article, selector)))


def words(desk: Any) -> list[str]:
    rows = desk.screen.inspector.rows
    return [f"{row.lead}{row.text} {row.tail}".strip() for row in rows if row.kind == "other"]


def lines(desk: Any) -> str:
    pane = desk.screen.pane
    return "\n".join(strip.text for strip in pane.render_lines(pane.size.region))


def sign(desk: Any) -> str:
    screen = desk.screen
    return screen.sidebar.others.get((screen.issue.id, screen.article.id), "")


def own(desk: Any, kind: str) -> list[Annotation]:
    store = Store(desk.app.loaded.config.data, "王芳", "desk")
    return [one for one in store.annotations(desk.screen.issue.id) if one.kind == kind]


def title(desk: Any) -> str:
    return str(desk.app.screen.query_one(".dialog").border_title)


async def asked(desk: Any) -> None:
    await desk.dialog("Adjudicate")
    await desk.until(lambda: not desk.app.screen.waiting, "it is asked")


async def test_their_work_is_shown_within_two_seconds_beside_ones_own(open_app: Any) -> None:
    async with open_app(size=(140, 40)) as desk:
        await desk.opened()
        await desk.all_read()
        lin = their_store(desk, "Lin Wei")
        issue, article = desk.screen.target()
        lin.tag(issue, article, "政策 [b]")
        lin.note(issue, article, "第一行\n第二行")
        lin.set_star(issue, article, True)
        lin.set_status(issue, article, "reviewed")
        mark(desk, lin, 3, 20)
        begun = time.monotonic()
        await desk.until(lambda: "[LW]" in lines(desk), "their passage is drawn")
        assert time.monotonic() - begun < 2.0
        shown = words(desk)
        assert shown[0] == "[LW] Lin Wei ★ reviewed"
        assert "#政策 [b]" in shown
        assert any(line.startswith("✎第一行") for line in shown)
        assert sign(desk) == "LW"
        assert not desk.screen.notebook.state(issue.id, article.id).tags
        lin.untag(issue, article, "政策 [b]")
        await desk.until(lambda: "#政策 [b]" not in words(desk), "what they take back goes")


async def test_their_passages_are_underlined_without_a_ground(open_app: Any) -> None:
    async with open_app(size=(140, 40)) as desk:
        await desk.opened()
        mark(desk, their_store(desk, "Lin Wei"), 3, 20)
        await desk.until(lambda: "[LW]" in lines(desk), "their passage is drawn")
        marked = desk.screen.marked()[0]
        text = desk.screen.article.blocks[marked.address[1]].text[marked.start : marked.end]
        pane = desk.screen.pane
        ground = pane.rich_style.bgcolor
        segments = [s for strip in pane.render_lines(pane.size.region) for s in strip]
        inside = [s for s in segments if s.text.strip() and s.text in text and len(s.text) > 1]
        assert inside
        assert all(s.style.underline and s.style.bgcolor == ground for s in inside)


async def test_one_key_hides_and_shows_what_one_other_made(open_app: Any) -> None:
    async with open_app(size=(140, 40)) as desk:
        await desk.opened()
        await desk.press("P")
        assert desk.notices[-1] == "Nobody else has annotated these issues."
        mark(desk, their_store(desk, "Lin Wei"), 3, 20)
        await desk.until(lambda: "[LW]" in lines(desk), "their passage is drawn")
        await desk.press("P")
        assert "[LW]" not in lines(desk)
        assert not words(desk)
        assert sign(desk) == ""
    async with open_app(size=(140, 40)) as desk:
        await desk.opened()
        await desk.until(lambda: desk.screen.reviewers.people, "others are read")
        assert not words(desk)  # the session keeps it
        await desk.press("P")
        assert words(desk)


async def test_of_several_it_is_asked_whose(open_app: Any) -> None:
    async with open_app(size=(140, 40)) as desk:
        await desk.opened()
        target = desk.screen.target()
        for name in ("Lin Wei", "Liu Wen", "王强"):
            their_store(desk, name).tag(*target, f"of {name}")
        people = desk.screen.reviewers
        await desk.until(lambda: len(people.people) == 3, "all are read")
        assert [one.initials for one in people.people] == ["LinW", "LiuW", "王"]
        assert len({one.tone for one in people.people}) == 3
        await desk.press("P")
        await desk.dialog("ChooseReviewers")
        await desk.press("2", "escape")
        assert [one.name for one in people.visible] == ["Lin Wei", "王强"]
        assert "#of Liu Wen" not in words(desk)
        assert sign(desk) == "+2"
        await desk.press("P")
        await desk.dialog("ChooseReviewers")
        await desk.press("P")
        assert people.visible == ()
        await desk.press("P")
        await desk.dialog("ChooseReviewers")
        await desk.press("P")
        assert len(people.visible) == 3


async def test_what_is_theirs_says_so_and_stays(open_app: Any) -> None:
    async with open_app(size=(140, 40)) as desk:
        await desk.opened()
        lin = their_store(desk, "Lin Wei")
        note = lin.note(*desk.screen.target(), "别动")
        await desk.until(lambda: words(desk), "their note is shown")
        inspector = desk.screen.inspector
        desk.screen.bring("inspector")
        inspector.go(next(i for i, row in enumerate(inspector.rows) if "别动" in row.text))
        await desk.press("enter")
        assert desk.notices[-1] == "Lin Wei made this; it can only be read."
        assert desk.app.screen is desk.screen
        assert lin.annotations(note.target.issue.id) == (note,)


async def test_what_they_made_of_the_whole_issue_and_lost_is_shown(open_app: Any) -> None:
    async with open_app(size=(140, 50)) as desk:
        await desk.opened()
        issue, article = desk.screen.target()
        lin = their_store(desk, "Lin Wei")
        lin.note(issue, None, "整期**值得**读")
        lin.tag(issue, None, "年终")
        lin.correct_issue(issue, "date", "2024-08-31")
        gone = replace(article, id="gone", title="早就删去的一条", lead="")
        lin.note(issue, gone, "无处可去")
        lin.tag(issue, gone, "孤")
        await desk.until(lambda: len(words(desk)) == 5, "it is shown")
        assert words(desk) == [
            "[LW] Lin Wei", "#年终", "≈Date: 2024-08-31", "✎整期值得读", "?2 without a place",
        ]  # fmt: skip
        screen = desk.screen
        assert not screen.notebook.issue_notes(issue.id)
        await desk.press("A")
        await desk.dialog("Orphans")
        dialog = desk.app.screen
        assert [row.text.split("  ")[0] for row in dialog.list.rows if row.lost] == [
            "[LW] note", "[LW] tag",
        ]  # fmt: skip
        about = str(dialog.query_one("#about", Static).render())
        assert "无处可去" in about and "Lin Wei made this; it can only be read." in about
        before = lin.annotations(issue.id)
        await desk.press("1", "enter", "v", "u", "O")
        assert lin.annotations(issue.id) == before
        await desk.press("escape", "P")
        assert not words(desk)
        await desk.press("A")
        assert desk.notices[-1] == "Every annotation has found its place."
        await desk.press("P")
        inspector = screen.inspector
        screen.bring("inspector")
        inspector.go(next(i for i, row in enumerate(inspector.rows) if row.key == "lost"))
        await desk.press("enter")
        await desk.dialog("Orphans")
        assert desk.app.screen.list.row.lost.first.reviewer == "Lin Wei"


async def test_their_links_lead_to_both_articles(open_app: Any) -> None:
    async with open_app(size=(140, 40)) as desk:
        await desk.opened()
        issue, article = desk.screen.target()
        here = f"{issue.id} {article.id}"
        await desk.press("J")
        there = desk.screen.target()
        link = new_annotation(LinkBody("same_event", *there), issue, article)
        their_store(desk, "Lin Wei").put(link)
        rows = desk.screen.inspector
        await desk.until(
            lambda: any(row.kind == "link" and row.subject == here for row in rows.rows),
            "the link is shown at its other end",
        )


async def test_damaged_files_of_theirs_are_told(open_app: Any) -> None:
    async with open_app(size=(140, 40)) as desk:
        await desk.opened()
        lin = their_store(desk, "Lin Wei")
        lin.note(*desk.screen.target(), "注")
        await desk.until(lambda: words(desk), "their note is shown")
        data = desk.app.loaded.config.data
        (path,) = data.glob("annotations/lin-wei*/desk/[0-9a-f]*.json")
        path.write_text("{", encoding="utf-8")
        await desk.until(lambda: any("damaged" in one for one in desk.notices), "it is told")


async def test_disagreements_are_stepped_through_and_decided(open_app: Any) -> None:
    async with open_app(size=(140, 40)) as desk:
        await desk.opened()
        await desk.all_read()
        lin, liu = their_store(desk, "Lin Wei"), their_store(desk, "Liu Mei")
        first = desk.screen.target()
        lin.tag(*first, "政策")
        liu.tag(*first, "产业")
        mark(desk, lin, 3, 20)
        mark(desk, liu, 10, 30, "blue")
        await desk.press("J")
        second = desk.screen.target()
        lin.set_status(*second, "reviewed")
        liu.set_status(*second, "skipped")
        await desk.press("K")
        await desk.press("equals_sign")
        await asked(desk)
        assert title(desk) == "Tags · disagreement 1 of 3"
        assert [row.words for row in desk.app.screen.list.rows] == [
            "[LW] Lin Wei  #政策", "[LM] Liu Mei  #产业", "both", "neither of them",
        ]  # fmt: skip
        await desk.press("1")
        await desk.until(lambda: "passage" in title(desk), "the next is asked")
        assert [one.body.name for one in own(desk, "tag")] == ["政策"]  # type: ignore[union-attr]
        await desk.press("2")
        await desk.until(lambda: "State" in title(desk), "the next article's")
        assert desk.screen.article.id == second[1].id
        (copy,) = own(desk, "highlight")
        assert copy.body.colour == "blue"  # type: ignore[union-attr]
        assert copy.extra["adjudicated"]["reviewer"] == "Liu Mei"
        await desk.press("0")
        await desk.until(lambda: desk.app.screen is desk.screen, "nothing is left")
        assert desk.notices[-1] == "There is no disagreement left to decide."
        assert len(own(desk, "adjudication")) == 3
        desk.notices.clear()
        await desk.press("equals_sign")
        await desk.until(lambda: desk.notices, "it is said that nothing is left")
        await desk.until(lambda: desk.app.screen is desk.screen, "the dialog closes")
        lin.tag(*second, "新")
        liu.mark_opened(*second)
        await desk.press("equals_sign")
        await asked(desk)
        assert "1 of 1" in title(desk)
        await desk.press("escape")


async def test_skipped_ones_are_passed_and_come_round_again(open_app: Any) -> None:
    async with open_app(size=(140, 40)) as desk:
        await desk.opened()
        lin = their_store(desk, "Lin Wei")
        target = desk.screen.target()
        lin.tag(*target, "政策")
        mark(desk, lin, 3, 20)
        Store(desk.app.loaded.config.data, "王芳", "desk").set_star(*target, True)
        titles = []
        await desk.press("equals_sign")
        await asked(desk)
        for _ in range(3):
            await desk.until(lambda: not desk.app.screen.waiting, "it is asked")
            titles.append(title(desk))
            await desk.press("equals_sign")
        await desk.until(lambda: not desk.app.screen.waiting, "it is asked")
        assert [title.split(" · ")[0] for title in titles] == ["Tags", "Marked passage", "Tags"]
        assert "yours  –" in [row.words for row in desk.app.screen.list.rows]


async def test_keys_that_come_before_the_question_is_seen_decide_nothing(open_app: Any) -> None:
    async with open_app(size=(140, 40), settings={"quick_tags": {"1": "快"}}) as desk:
        await desk.opened()
        target = desk.screen.target()
        for name, tag in (("Lin Wei", "政策"), ("Liu Mei", "产业")):
            their_store(desk, name).tag(*target, tag)
        look, gate = desk.screen.reviewers.disagreements, asyncio.Event()

        async def slowly(*arguments: Any) -> Any:
            await gate.wait()
            return await look(*arguments)

        desk.screen.reviewers.disagreements = slowly
        await desk.press("equals_sign", "1", "equals_sign", "enter")
        gate.set()
        await asked(desk)
        assert not own(desk, "tag")
        assert title(desk) == "Tags · disagreement 1 of 1"
