"""Publications that differ in how they lay an issue out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.publications.content import body, numbered_through, pieces
from tests.publications.houses import HOUSES
from tests.publications.labels import label
from tests.publications.parts import by_section, contents, publication
from tests.publications.printed import Printed, para

if TYPE_CHECKING:
    from collections.abc import Callable


def monitor() -> Printed:
    """Masthead, contents, centred heads, notes at page bottoms, `（王芳 编译自 …）`, imprint."""
    found = numbered_through(pieces("advanced-manufacturing-2024-10"))
    name = "制造科技动态监测快报"
    paras = [
        para("masthead", name, align="center", size=26, bold=True),
        para("masthead", "2024 年第 20 期（总第 231 期）", align="center", size=14),
        para("masthead", "2024 年 10 月 15 日", align="center", size=14),
        *contents(found, sections=True),
    ]
    labels = []
    for number, title, group in by_section(found):
        paras.append(
            para("section", title, align="center", size=18, bold=True, new_page=number == 1)
        )
        for piece in group:
            article = piece.article
            by = "、".join(piece.label["authors"])
            paras.append(para("title", article.title, align="center", size=15, bold=True))
            paras += body(article, "1")
            paras.append(para("line", f"（{by} 编译自 {article.sources[0]}）", align="right"))
            paras.append(para("line", "检索日期：2024 年 10 月 9 日", align="right"))
            labels.append(label(piece, section=title, notes=True))
    paras += [
        para("imprint", "《制造科技动态监测快报》", new_page=True, bold=True),
        para("imprint", "主办单位：先进制造情报研究室"),
        para("imprint", "主编：顾明  执行主编：沈一鸣"),
        para("imprint", "地址：学院路 33 号  邮编：100190"),
        para("imprint", "电子邮件：monitor@example.org"),
        para("imprint", "版权声明：本快报供内部参考，转载请注明出处。"),
    ]
    return Printed(
        "monitor", tuple(paras), footer="- {page} -", page_notes=True, width=36,
        labels=publication(name, "2024 年第 20 期", "2024-10-15", labels),
    )  # fmt: skip


def numbered() -> Printed:
    """Running header, `一、` sections, `1. ` titles, head lines, notes behind each article."""
    found = pieces("chip-technology-brief-2025-01")
    name = "芯片前沿跟踪"
    paras = [
        para("masthead", name, size=24, bold=True),
        para("masthead", "第 3 期（总第 58 期）  2025 年 1 月 20 日", size=11),
    ]
    labels = []
    count = 0
    for number, title, group in by_section(found):
        head = f"{'一二三四五六'[number - 1]}、{title}"
        paras.append(para("section", head, size=16, bold=True))
        for piece in group:
            count += 1
            article = piece.article
            paras.append(para("title", f"{count}. {article.title}", size=13, bold=True))
            if piece.label["date"]:
                paras.append(para("line", f"发布日期：{piece.label['date']}", size=9))
            paras.append(para("line", f"信息来源：{article.sources[0]}", size=9))
            paras += body(article, "[1]")
            paras += [
                para("note", f"[{note.marker}] {note.text}", size=9) for note in article.footnotes
            ]
            by = " ".join(piece.label["authors"])
            paras.append(para("line", f"撰稿：{by}", align="right"))
            labels.append(label(piece, section=head, notes=True))
    return Printed(
        "numbered", tuple(paras), header="芯片前沿跟踪  2025 年第 3 期  {page}", width=40,
        font="Noto Sans CJK SC", paper="B5",
        labels=publication(name, "第 3 期", "2025-01-20", labels),
    )  # fmt: skip


def bracketed() -> Printed:
    """No sections, no wraps: `【能源】` titles, `原文题目：`, `责任编辑：`, `原文链接：`."""
    found = pieces("frontier-watch-2025-04")
    name = "前沿科技参考"
    paras = [
        para("masthead", f"《{name}》2025 年第 8 期", size=20, bold=True),
        para("masthead", "前沿科技战略研究中心编  2025 年 4 月 18 日"),
    ]
    labels = []
    for piece in found:
        article = piece.article
        paras.append(para("title", f"【{article.topic}】{article.title}", size=14, bold=True))
        if article.original_title:
            paras.append(para("line", f"原文题目：{article.original_title}", size=9.5))
        paras += body(article, "", indent=0)
        paras += [para("line", f"原文链接：{url}", size=9.5) for url in article.sources]
        by = "、".join(piece.label["authors"])
        paras.append(para("line", f"（{by}）", align="right"))
        paras.append(para("line", "责任编辑：冯岚", align="right"))
        labels.append(label(piece, section="", notes=False))
    return Printed(
        "bracketed", tuple(paras), footer="{page} / {pages}", width=0, font="Noto Sans CJK SC",
        labels=publication(name, "2025 年第 8 期", "2025-04-18", labels),
    )  # fmt: skip


def columns() -> Printed:
    """Two columns, `文/许诺` under the titles, ①② with the notes at the page bottoms."""
    found = numbered_through(pieces("photonics-quantum-news-2024-09"))
    name = "量子与光学通讯"
    paras = [
        para("masthead", name, align="center", size=22, bold=True),
        para("masthead", "2024 年 9 月号  总第 17 期", align="center"),
    ]
    labels = []
    for _, title, group in by_section(found):
        paras.append(para("section", f"■ {title}", size=14, bold=True))
        for piece in group:
            article = piece.article
            paras.append(para("title", article.title, size=12.5, bold=True))
            paras.append(para("line", f"文/{' '.join(piece.label['authors'])}", size=9))
            paras += body(article, "①", size=9.5)
            labels.append(label(piece, section=title, notes=True))
    paras.append(
        para("imprint", "主办：光学情报网  编辑：许诺  董清  邮箱：news@example.org", size=8)
    )
    return Printed(
        "columns", tuple(paras), header="量子与光学通讯", footer="第 {page} 页", columns=2,
        page_notes=True, width=21,
        labels=publication(name, "总第 17 期", "2024-09", labels),
    )  # fmt: skip


LAYOUTS: dict[str, Callable[[], Printed]] = {
    made.__name__: made for made in (monitor, numbered, bracketed, columns, *HOUSES)
}
