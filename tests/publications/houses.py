"""More publications, each of another house with habits of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.publications.content import body, marked, numbered_through, pieces, runs
from tests.publications.labels import block_label, label, squeeze
from tests.publications.parts import by_section, contents, publication
from tests.publications.printed import Para, Printed, para

if TYPE_CHECKING:
    from bulletins.model import Footnote


def policy() -> Printed:
    """Imprint in front, bare sections, the original title bare below the title, `· 7 ·`."""
    found = pieces("frontier-watch-2025-04")
    name = "国际科技政策参考"
    paras = [
        para("masthead", name, align="center", size=24, bold=True),
        para("masthead", "2025 年第 7 期（总第 96 期）", align="center"),
        para("masthead", "主办：科技政策情报中心　　2025 年 4 月 10 日出版", align="center"),
        para("masthead", "主编：何敬之　责任编辑：戴玉　电话：010-5555 0100", align="center"),
        *contents(found, sections=True),
    ]
    labels = []
    for number, title, group in by_section(found):
        paras.append(para("section", title, size=16, bold=True, new_page=number == 1))
        for piece in group:
            article = piece.article
            paras.append(para("title", article.title, align="center", size=14, bold=True))
            original = article.original_title or ""
            if original and original.isascii():
                paras.append(para("line", original, align="center", size=10.5))
            paras += body(article, "")
            paras.append(para("line", f"来源：{article.sources[0]}"))
            by = "、".join(piece.label["authors"])
            paras.append(para("line", f"（{by} 编译）", align="right"))
            kept = original if original.isascii() else None
            labels.append(label(piece, section=title, notes=False, topic=None, original_title=kept,
                                sources=[article.sources[0]]))  # fmt: skip
    return Printed(
        "policy", tuple(paras), footer="· {page} ·", width=34,
        labels=publication(name, "2025 年第 7 期", "2025-04-10", labels),
    )  # fmt: skip


def daily() -> Printed:
    """One section, very short briefs numbered `1、`, the source in brackets at their ends."""
    found = [
        *pieces("global-science-fortnightly-2025-02"),
        *pieces("energy-space-express-2024-12"),
    ]
    name = "每日科技快讯"
    paras = [
        para("masthead", name, align="center", size=22, bold=True),
        para("masthead", "第 45 期　　2025 年 3 月 6 日　星期四", align="center"),
        para("section", "今日要闻", size=15, bold=True),
    ]
    labels = []
    houses = ("新华社", "路透社", "科技日报", "中新网")
    for number, piece in enumerate(found, 1):
        first = next(block for block in piece.article.blocks if block.kind == "paragraph")
        index = piece.article.blocks.index(first)
        bare = replace(piece.article, blocks=(first,), footnotes=())
        text = "".join(run.text for run in runs(piece.article, index, ""))
        house = f"（{houses[number % 4]}，3 月 {number % 5 + 1} 日）"
        paras.append(para("title", f"{number}、{bare.title}", size=12, bold=True))
        paras.append(para("paragraph", text + house, indent=2))
        made = label(piece, section="今日要闻", notes=False, original_title=None, authors=[],
                     sources=[], date=None)  # fmt: skip
        made["blocks"] = [block_label("paragraph", text + house)]
        printed = squeeze(bare.title + text)
        for key in ("money", "dates", "percents", "entities"):
            made[key] = [one for one in made.get(key, ()) if squeeze(one["text"]) in printed]
        labels.append(made)
    paras.append(para("imprint", "编辑：科技信息处　邮箱：daily@example.org", size=9))
    return Printed(
        "daily", tuple(paras), header="每日科技快讯　　2025 年 3 月 6 日", width=38,
        footer="第 {page} 页 共 {pages} 页", font="Noto Sans CJK SC",
        labels=publication(name, "第 45 期", "2025-03-06", labels),
    )  # fmt: skip


def special() -> Printed:
    """A special issue: one article with chapters, 摘要, 关键词, 参考文献 at its end."""
    piece = pieces("chip-technology-brief-2025-01")[0]
    other = pieces("chip-technology-brief-2025-01")[4]
    name = "产业研究专报"
    title = "先进制程与供应链布局研究"
    lead = para(
        "paragraph", "摘要：本文梳理两项公开进展，说明设施建设与产能分布之间的关系。", indent=2
    )
    paras = [
        para("masthead", name, align="center", size=22, bold=True),
        para("masthead", "2025 年第 2 期（专题）", align="center"),
        para("masthead", "2025 年 2 月", align="center"),
        para("title", title, align="center", size=18, bold=True),
        para("line", "作者：林晓　陈志远", align="center"),
        lead,
        para("line", "关键词：集成电路；供应链；研发设施", indent=2),
    ]
    blocks = [block_label("paragraph", lead.text)]
    notes: list[Para] = []
    made = []
    count = 0
    for chapter, one in enumerate((piece, other), 1):
        article = replace(
            one.article,
            footnotes=tuple(
                replace(note, marker=str(count + n))
                for n, note in enumerate(one.article.footnotes, 1)
            ),
        )
        head = f"{'一二'[chapter - 1]}、{article.title}"
        paras.append(para("heading", head, size=13, bold=True, level=1))
        blocks.append(block_label("heading", head))
        for block in body(article, "[1]"):
            if block.role == "heading":
                continue
            paras.append(block)
            blocks.append(block_label(block.role, "".join(
                run.text for run in block.runs if not run.up)))  # fmt: skip
        for note, labelled in zip(article.footnotes, one.label["footnotes"], strict=True):
            count += 1
            notes.append(para("note", f"[{note.marker}] {note.text}", size=9))
            made.append({**labelled, "marker": note.marker})
    paras += [para("note", "参考文献", bold=True), *notes]
    joined = {**piece.label, "section": "", "title": title, "authors": ["林晓", "陈志远"],
              "blocks": blocks, "footnotes": made, "original_title": None, "topic": None,
              "sources": [*piece.label["sources"], *other.label["sources"]]}  # fmt: skip
    for key in ("money", "entities"):
        if key in joined:
            joined[key] = [*piece.label[key], *other.label[key]]
    return Printed(
        "special", tuple(paras), footer="{page}", width=36,
        labels=publication(name, "2025 年第 2 期", "2025-02", [joined]),
    )  # fmt: skip


def airy() -> Printed:
    """A blank line behind every line; `★` sections, `【来源】`, `责任编辑`, notes under 注释."""
    found = pieces("advanced-manufacturing-2024-10")
    name = "材料与制造信息"
    paras = [
        para("masthead", name, size=22, bold=True),
        para("masthead", "2024 年 10 月 20 日　第 11 期（总第 120 期）"),
    ]
    labels = []
    for _, title, group in by_section(found):
        paras.append(para("section", f"★ {title}", size=15, bold=True))
        for piece in group:
            article = replace(piece.article, footnotes=numbered_anew(piece.article.footnotes))
            paras.append(para("title", article.title, size=13, bold=True))
            paras += body(article, "①")
            paras.append(para("note", "注释：", bold=True, size=9))
            paras += [
                para("note", f"{marked(note.marker, '①')} {note.text}", size=9)
                for note in article.footnotes
            ]
            by = "、".join(piece.label["authors"])
            paras.append(para("line", f"编译：{by}　责任编辑：顾明", align="right"))
            labels.append(label(piece, section=title, notes=True, footnotes=[
                {**one, "marker": marked(str(n), "①")}
                for n, one in enumerate(piece.label["footnotes"], 1)]))  # fmt: skip
    return Printed(
        "airy", tuple(paras), header="材料与制造信息　2024 年第 11 期　{page}", width=32, airy=True,
        labels=publication(name, "第 11 期", "2024-10-20", labels),
    )  # fmt: skip


def numbered_anew(footnotes: tuple[Footnote, ...]) -> tuple[Footnote, ...]:
    """Number notes from 1."""
    return tuple(replace(note, marker=str(n)) for n, note in enumerate(footnotes, 1))


def flowing() -> Printed:
    """No wraps; titles `1 …` without a dot, 摘要 and 关键词 before, 参考资料 behind the text."""
    found = pieces("photonics-quantum-news-2024-09")
    name = "光电子与量子信息简报"
    paras = [
        para("masthead", name, size=20, bold=True),
        para("masthead", "2024 年第 18 期"),
        para("masthead", "2024-09-30"),
        *contents(found, sections=False, numbered=False, leader="  "),
    ]
    labels = []
    for _, title, group in by_section(found):
        paras.append(para("section", title, size=16, bold=True))
        for piece in group:
            article = replace(piece.article, footnotes=numbered_anew(piece.article.footnotes))
            paras.append(para("title", article.title, size=13, bold=True))
            lead = para("paragraph", f"摘要：本文介绍{article.title}的要点与背景。")
            paras += [lead, para("line", "关键词：量子；光学；进展")]
            paras += body(article, "[1]", indent=0)
            paras.append(para("note", "参考资料", bold=True))
            paras += [
                para("note", f"[{note.marker}] {note.text}", size=9) for note in article.footnotes
            ]
            by = " ".join(piece.label["authors"])
            paras.append(para("line", f"（编译：{by}；审校：丁一帆）", align="right"))
            anew = [{**one, "marker": str(n)} for n, one in enumerate(piece.label["footnotes"], 1)]
            labels.append(label(piece, section=title, notes=True, lead=[lead], footnotes=anew))
    paras += [
        para("imprint", "版权所有：光电子情报研究组"),
        para("imprint", "联系电话：021-5555 0123　传真：021-5555 0124"),
    ]
    return Printed(
        "flowing", tuple(paras), width=0, font="Noto Sans CJK SC",
        labels=publication(name, "2024 年第 18 期", "2024-09-30", labels),
    )  # fmt: skip


def journal() -> Printed:
    """Notes at page ends by `[1]`, `发布日期：` under titles, `检索日期：`, roman."""
    found = numbered_through(pieces("energy-space-express-2024-12"))
    name = "能源与空间科技监测"
    paras = [
        para("masthead", f"{name}　2024 年第 24 期", align="center", size=20, bold=True),
        para("masthead", "（内部参考）", align="center"),
        *contents(found, sections=True, leader=" " * 6),
    ]
    labels = []
    for number, title, group in by_section(found):
        paras.append(
            para("section", title, size=16, bold=True, align="center", new_page=number == 1)
        )
        for piece in group:
            article = piece.article
            paras.append(para("title", article.title, size=13, bold=True))
            paras.append(para("line", "发布日期：2024-12-05　检索日期：2024-12-10", size=9))
            paras += body(article, "[1]")
            for url in piece.label["sources"][:1]:
                paras.append(para("line", f"信息来源：{url}", size=9))
            by = " ".join(piece.label["authors"])
            paras.append(para("line", f"执笔人：{by}", align="right"))
            labels.append(label(piece, section=title, notes=True, original_title=None,
                                date=piece.label["date"]))  # fmt: skip
    paras += [
        para("imprint", "《能源与空间科技监测》编辑部", new_page=True),
        para("imprint", "主办单位：能源战略情报研究所"),
        para("imprint", "地址：海淀区知春路 5 号　邮政编码：100080"),
        para("imprint", "网址：https://example.org/monitor"),
    ]
    return Printed(
        "journal", tuple(paras), footer="{roman}", page_notes=True, width=37,
        header="能源与空间科技监测", labels=publication(name, "2024 年第 24 期", None, labels),
    )  # fmt: skip


def gazette() -> Printed:
    """Two columns abreast in the text; `◆` titles, `（张三 摘编）`."""
    found = pieces("photonics-quantum-news-2024-09")
    name = "光量子双周报"
    paras = [
        para("masthead", name, size=22, bold=True),
        para("masthead", "2024 年第 19 期  2024 年 10 月 8 日"),
    ]
    labels = []
    for _, title, group in by_section(found):
        paras.append(para("section", f"【{title}】", size=14, bold=True))
        for piece in group:
            article = piece.article
            paras.append(para("title", f"◆ {article.title}", size=12, bold=True))
            paras += body(article, "")
            by = "、".join(piece.label["authors"])
            paras.append(para("line", f"（{by} 摘编）", align="right"))
            labels.append(label(piece, section=title, notes=False, sources=[]))
    return Printed(
        "gazette", tuple(paras), header="光量子双周报  2024 年第 19 期", footer="- {page} -",
        columns=2, width=20, abreast=True,
        labels=publication(name, "2024 年第 19 期", "2024-10-08", labels),
    )  # fmt: skip


HOUSES = (policy, daily, special, airy, flowing, journal, gazette)
