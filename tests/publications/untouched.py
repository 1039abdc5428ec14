"""Two publications that were laid out last, to measure what the others taught the parser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.publications.content import body, marked, pieces
from tests.publications.labels import label
from tests.publications.parts import by_section, contents, publication
from tests.publications.printed import Printed, para

if TYPE_CHECKING:
    from collections.abc import Callable


def abstract() -> Printed:
    """`摘要：` and `关键词：` before the text, `[1]` and 参考资料 behind it, 第 3 页 共 12 页."""
    found = pieces("energy-space-express-2024-12")
    name = "能源与航天战略要报"
    paras = [
        para("masthead", "内部资料  注意保存", align="right", size=9),
        para("masthead", name, align="center", size=28, bold=True),
        para("masthead", "第 24 期", align="center", size=14),
        para("masthead", "（总第 406 期）", align="center", size=12),
        para("masthead", "二〇二四年七月一日", align="center", size=12),
        *contents(found, sections=False, numbered=True),
    ]
    labels = []
    for number, title, group in by_section(found):
        head = title.partition("、")[2]
        paras.append(para("section", f"◇ {head} ◇", align="center", size=16, new_page=number == 1))
        for piece in group:
            article = piece.article
            paras.append(para("title", article.title, align="center", size=14, bold=True))
            if article.original_title:
                paras.append(para("line", article.original_title, align="center", size=9))
            first = article.blocks[0].text.partition("。")[0]
            lead = [para("paragraph", f"摘要：{first}。", indent=2, size=10)]
            words = "；".join(sorted({found["text"] for found in piece.label["entities"]})[:3])
            paras += lead
            paras.append(para("line", f"关键词：{words}", indent=2, size=10))
            paras += body(article, "[1]", size=11)
            if article.footnotes:
                paras.append(para("line", "参考资料：", bold=True, size=9))
            paras += [
                para("note", f"{marked(note.marker, '[1]')} {note.text}", size=9)
                for note in article.footnotes
            ]
            by = "、".join(piece.label["authors"])
            paras.append(para("line", f"（{by} 供稿）", align="right"))
            labels.append(label(piece, section=head, notes=True, lead=lead))
    return Printed(
        "abstract", tuple(paras), footer="第 {page} 页 共 {pages} 页", width=34,
        font="Noto Serif CJK SC", paper="A4",
        labels=publication(name, "第 24 期", "2024-07-01", labels),
    )  # fmt: skip


def digest() -> Printed:
    """Imprint first, `◆` titles, a date line with the compiler, closing `链接：`, no wraps."""
    found = pieces("global-science-fortnightly-2025-02")
    name = "环球科技速览"
    people = ("程越", "夏青", "程越", "欧阳哲", "夏青", "程越")
    days = ("2025-01-29", "2025-01-21", "2025-02-24", "2025-03-03", "2025-01-30", "2025-02-19")
    paras = [
        para("masthead", f"{name}  Vol. 14", size=20, bold=True),
        para("imprint", "主编：程越 | 编辑：夏青、欧阳哲 | 出版：2025 年 3 月 5 日", size=9),
        para("rule", "————————————————"),
    ]
    labels = []
    for number, (piece, by, day) in enumerate(zip(found, people, days, strict=True)):
        if number == 0 or found[number - 1].section != piece.section:
            paras.append(para("section", f"［{piece.section}］", size=15, bold=True))
        article = piece.article
        paras.append(para("title", f"◆ {article.title}", size=13, bold=True))
        paras.append(para("line", f"{day} | 编译：{by}", size=9))
        paras += body(article, "", indent=0, size=11)
        paras += [para("line", f"链接：{url}", size=9) for url in article.sources]
        paras.append(para("rule", "————————————————"))
        labels.append(label(piece, section=piece.section, notes=False, authors=[by]))
    return Printed(
        "digest", tuple(paras), width=0, font="Noto Sans CJK SC", paper="A5",
        labels=publication(name, "Vol. 14", "2025-03-05", labels),
    )  # fmt: skip


UNTOUCHED: dict[str, Callable[[], Printed]] = {"abstract": abstract, "digest": digest}
