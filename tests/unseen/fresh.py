"""Four more layouts: a monitor, a policy weekly, an observer and a reference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unseen.issue import unmarked
from tests.unseen.layouts import Element, Layout

if TYPE_CHECKING:
    from tests.unseen.issue import Article, Issue


def _parts(article: Article) -> list[Element]:
    tables = tuple(tuple(row) for row in article.rows)
    return [Element(kind, text, tables if kind == "table" else ()) for kind, text in article.parts]


def _entry(text: str, page: int) -> Element:
    return Element("entry", f"{unmarked(text)}\t{page}")


def energy(issue: Issue) -> list[Element]:
    """Masthead with publisher, contents, titles `1. `, `（… 编译自 …）`, an imprint page."""
    found = [
        Element("mast", issue.publication),
        Element("sub", "2025 年第 6 期（总第 174 期）"),
        Element("sub", "2025 年 3 月 20 日"),
        Element("sub", "主办：江汉能源文献情报中心　　主编：戚文远"),
        Element("rule"),
        Element("contents", "目　录"),
    ]
    count = 0
    for section, articles in issue.sections:
        found.append(Element("entry", section))
        for article in articles:
            count += 1
            found.append(_entry(f"  {count}. {article.title}", 1 + count // 2))
    found.append(Element("page"))
    count = 0
    for section, articles in issue.sections:
        found.append(Element("section", section))
        for article in articles:
            count += 1
            found.append(Element("title", f"{count}. {article.title}"))
            found += _parts(article)
            by = "　".join(article.people)
            found.append(Element("byline", f"（{by}　编译自　{article.address}）"))
            found.append(Element("byline", f"原文题目：{article.english}"))
    found += [
        Element("page"),
        Element("contents", "《先进储能科学研究动态监测快报》"),
        Element("imprint", "主管单位：江汉科学院"),
        Element("imprint", "主办单位：江汉能源文献情报中心"),
        Element("imprint", "主　　编：戚文远"),
        Element("imprint", "编　　辑：宋知远　何婉　陆晴　方一格"),
        Element("imprint", "地　　址：武汉市小洪山西 25 号（430071）"),
        Element("imprint", "电　　话：027-87190000　　传真：027-87190001"),
        Element(
            "imprint",
            "版权声明：本快报供科研与管理人员参考，未经编辑部同意不得用于商业目的，转载请注明出处。",
        ),
    ]
    return found


def policyweek(issue: Issue) -> list[Element]:
    """Columns `一、…`, titles `【政策】…`, head lines, ①-notes at page bottoms."""
    found = [
        Element("mast", issue.publication),
        Element("sub", "2025 年第 14 期　总第 266 期"),
        Element("sub", "数字产业研究院　2025 年 4 月 11 日"),
    ]
    for section, articles in issue.sections:
        found.append(Element("section", section))
        for article in articles:
            found.append(Element("title", f"【{article.topic}】{article.title}"))
            found += _parts(article)
    found.append(Element("imprint", "编辑：丘山、梅立　联系邮箱：weekly@digital.example"))
    return found


def ocean(issue: Issue) -> list[Element]:
    """No hard wraps, centred titles, references behind each article, `（来源：…）`, tables."""
    found = [
        Element("mast", issue.publication),
        Element("sub", "OCEAN EQUIPMENT FRONTIERS"),
        Element("sub", "2025 年第 2 期（季刊）"),
        Element("sub", "出版日期：2025 年 5 月 15 日"),
        Element("page"),
    ]
    for section, articles in issue.sections:
        found.append(Element("section", section))
        for article in articles:
            found.append(Element("title", article.title))
            *body, source = _parts(article)
            found += body
            if article.notes:
                found.append(Element("note-head", "参考文献"))
            found += [Element("note", f"[{n}] {text}") for n, text in article.notes.items()]
            found.append(source)
    found += [
        Element("imprint", "编委会主任：贺兰　　执行主编：舒望　　美术编辑：晏青"),
        Element("imprint", "准印证号：沪内资第 0219 号　　印数：600 册"),
    ]
    return found


def biomade(issue: Issue) -> list[Element]:
    """Sections with roman numbers, titles of two lines, English below, three closing lines."""
    found = [
        Element("mast", issue.publication),
        Element("sub", "第 5 期　（总第 41 期）"),
        Element("sub", "主办：长江生物制造研究中心　　　2025 年 6 月 10 日"),
        Element("contents", "本期目录"),
    ]
    page = 1
    for section, articles in issue.sections:
        found.append(_entry(section, page))
        for article in articles:
            found.append(_entry("　　" + article.title.replace("\n", ""), page))
            page += 1
    found.append(Element("page"))
    for section, articles in issue.sections:
        found.append(Element("section", section))
        for article in articles:
            found += [Element("title", article.title), Element("english", article.english)]
            found += _parts(article)
    found.append(Element("imprint", "本刊内容仅代表原作者观点。联系电话：025-5880 0000"))
    return found


def _circled(number: int) -> str:
    return chr(0x2460 + number - 1)


FRESH = {
    "energy": Layout(
        energy, "2025年第6期", width=72, lines=40, footer="- {} -", web="heads",
        css="body{font-family:'Noto Serif CJK SC';font-size:12pt}.section{font-size:16pt;"
            "text-align:center}.title{font-size:13pt;font-weight:bold;"
            "font-family:'Noto Sans CJK SC'}.byline{text-align:right}",
    ),
    "policyweek": Layout(
        policyweek, "2025年第14期", mark=_circled, notes_below=True, width=76, lines=36,
        header=("数字产业政策周讯", "2025 年第 14 期"), footer="第 {} 页", web="paras",
        css="body{font-family:'Noto Sans CJK SC';font-size:10.5pt}.section{font-size:15pt}"
            ".title{font-weight:bold;font-size:12pt}.line{color:#555;font-size:9pt}",
    ),
    "ocean": Layout(
        ocean, "2025年第2期", mark=lambda n: f"[{n}]", lines=34, centred=True, web="office",
        header=("海洋装备前沿观察",), footer="{}",
        css="body{font-family:'Noto Serif CJK SC';font-size:11pt}.section{font-size:18pt;"
            "color:#036}.title{font-size:14pt;text-align:center;font-weight:bold}"
            ".note,.note-head{font-size:8.5pt}.line{text-align:right}",
    ),
    "biomade": Layout(
        biomade, "第5期", width=68, lines=38, centred=True, airy=True, web="blocks",
        header=("生物制造情报参考　第 5 期",), footer="· {} ·",
        css="body{font-family:'Noto Serif CJK SC';font-size:11.5pt}.section{font-size:15pt}"
            ".title{font-size:14pt;text-align:center}.english{text-align:center;font-size:10pt}"
            ".line{font-size:9.5pt}",
    ),
}  # fmt: skip
