"""Six layouts: an issue becomes a row of printed elements."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.unseen.issue import unmarked

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.unseen.issue import Article, Issue


CHART = "0 2 4 6 8 10 12\n2024 2025E 2026E 2027E 2028E"  # what an extractor leaves of a chart


@dataclass(frozen=True)
class Element:
    """Something printed: its part (`mast`, `title`, `p`, `table` …), text, and a table's rows."""

    part: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Layout:
    """How a publication prints."""

    compose: Callable[[Issue], list[Element]]
    number: str = ""
    mark: Callable[[int], str] = str
    notes_below: bool = False  # at the page's bottom
    width: int = 0  # cells of a printed line, 0: no hard wraps
    indent: str = "　　"
    lines: int = 40  # of a page, 0: one page
    header: tuple[str, ...] = ()  # of odd and of even pages
    footer: str = "{}"
    airy: bool = False
    raised: bool = True  # marks stand higher than the text
    css: str = ""
    web: str = "heads"
    post: str = "plain"
    centred: bool = False  # titles too
    office: bool = False  # the PDF is LibreOffice's
    extra: dict[str, str] = field(default_factory=dict)


def _body(article: Article, found: list[Element], skip: int = 0) -> None:
    for kind, text in article.parts[skip:]:
        rows = tuple(tuple(row) for row in article.rows) if kind == "table" else ()
        found.append(Element(kind, text, rows))
        if kind == "cap" and text.startswith("图"):
            found.append(Element("chart", CHART))


def embassy(issue: Issue) -> list[Element]:
    """An embassy's letter: full-width digits, numbered items, briefs that run on."""
    found = [
        Element("mast", issue.publication),
        Element("sub", "２０２５年第１１期（总第４２８期）"),
        Element("sub", "驻法兰克福科技联络处 编　　２０２５年３月１７日"),
        Element("rule"),
    ]
    for section, articles in issue.sections:
        found.append(Element("section", f"▲ {section}"))
        for number, article in enumerate(articles, 1):
            if section == "简讯":
                (_, text), *_ = article.parts
                found.append(Element("run", f"【{article.title}】{text}"))
                continue
            wide = str(number).translate({48 + n: 0xFF10 + n for n in range(10)})
            found.append(Element("title", f"{wide}．{article.title}"))
            _body(article, found)
    found += [
        Element("rule"),
        Element(
            "imprint", "责任编辑：柯　岩　　电话：００４９—６９—７５３８０００　　本期印发４０份"
        ),
        Element("imprint", "内部资料　注意保存"),
    ]
    return found


def broker(issue: Issue) -> list[Element]:
    """A broker's weekly: first page with key points, contents, decimals, figures, a disclaimer."""
    found = [
        Element("kicker", "证券研究报告·行业周报"),
        Element("sub", "2025 年 05 月 05 日"),
        Element("mast", f"{issue.publication}（{issue.number}）"),
        Element("side", "行业评级：推荐（维持）"),
        Element(
            "side", "分析师：周之衡　执业证书编号：S1990523070012　邮箱：zhouzh@hengyue.example"
        ),
        Element("side", "研究助理：罗一鸣　联系电话：021-60330000"),
    ]
    first = issue.articles()[0]
    found.append(Element("title", first.title))
    _body(first, found)
    contents = []
    numbered: list[tuple[str, list[tuple[str, Article]]]] = []
    for count, (section, articles) in enumerate(issue.sections[1:], 1):
        numbered.append((section, [(f"{count}.{n}", one) for n, one in enumerate(articles, 1)]))
    page = 3
    for section, items in numbered:
        contents.append(f"{section}\t{page}")
        if len(items) > 1:
            contents += [
                f"  {number} {unmarked(article.title)}\t{page}" for number, article in items
            ]
        page += 1
    found += [Element("contents", "正文目录"), *(Element("entry", line) for line in contents)]
    found.append(Element("page"))
    for section, items in numbered:
        found.append(Element("section", section))
        if len(items) == 1:
            _body(items[0][1], found)
            continue
        for number, article in items:
            found.append(Element("title", f"{number} {article.title}"))
            _body(article, found)
    found += [
        Element("page"),
        Element("section-end", "分析师声明"),
        Element(
            "imprint",
            "本报告署名分析师具有中国证券业协会授予的证券投资咨询执业资格，独立、客观地出具本报告。",
        ),
        Element("section-end", "免责声明"),
        Element(
            "imprint",
            "本报告仅供衡岳证券股份有限公司的客户使用，不构成对任何人的投资建议。市场有风险，投资需谨慎。",
        ),
    ]
    return found


def library(issue: Issue) -> list[Element]:
    """A university library's two columns, English titles below, references at the issue's end."""
    found = [
        Element("mast", issue.publication),
        Element("sub", "Carbon Neutrality Intelligence"),
        Element("sub", "2025 年第 6 期（总第 66 期）　　2025 年 6 月 30 日出版"),
        Element("sub", "江原大学图书馆 情报分析与研究部 主办"),
        Element("columns"),
    ]
    for section, articles in issue.sections:
        found.append(Element("section", f"［{section}］"))
        for article in articles:
            found.append(Element("title", article.title))
            if article.english:
                found.append(Element("english", article.english))
            _body(article, found)
            found.append(Element("source", f"信息来源：{article.address}"))
    found.append(Element("section-end", "参考文献"))
    found += [Element("note", f"[{number}] {text}") for number, text in issue.notes.items()]
    found += [
        Element("imprint", "主编：秦望舒　副主编：葛原　责任编辑：白露"),
        Element("imprint", "地址：江原市学府路 88 号　邮编：300099　E-mail：qbyj@lib.jyu.example"),
    ]
    return found


def ministry(issue: Issue) -> list[Element]:
    """A ministry's red-headed paper: no sections, ①-notes at page bottoms, 报 and 送 at the end."""
    found = [
        Element("side", "内部参考"),
        Element("mast", issue.publication),
        Element("sub", "第 17 期（总第 312 期）"),
        Element("sub", "政策研究室编　　　　　　　　2025 年 4 月 21 日"),
        Element("rule"),
        Element("contents", "本期要目"),
        *(Element("entry", unmarked(article.title)) for article in issue.articles()),
        Element("rule"),
    ]
    for article in issue.articles():
        found.append(Element("title", article.title))
        _body(article, found)
    found += [
        Element("rule"),
        Element("imprint", "报：部领导。"),
        Element("imprint", "送：各司局，各省、自治区、直辖市科技厅（委、局）。"),
        Element("imprint", "签发：郑维　　　　　责任编辑：谷雨　　　　　共印 180 份"),
    ]
    return found


def wechat(issue: Issue) -> list[Element]:
    """A public account's letter: items below big numbers, sources below them, calls to follow."""
    found = [
        Element("mast", "英伟达再改H20、宁德时代港股招股、“祖冲之三号”论文发表｜早知道"),
        Element("side", "原创 小满 硬核科技早知道 2025年05月12日 07:30 北京"),
        Element("side", "点击蓝字　关注我们"),
        Element("side", "全文约1500字，阅读需要4分钟"),
    ]
    number = 0
    for section, articles in issue.sections:
        found.append(Element("section", f"— {section} —"))
        for article in articles:
            number += 1
            found += [Element("number", f"{number:02}"), Element("title", article.title)]
            _body(article, found)
            found.append(Element("source", article.source))
    found.append(Element("section-end", "参考资料："))
    found += [Element("note", f"[{number}] {text}") for number, text in issue.notes.items()]
    found += [
        Element("imprint", "— END —"),
        Element("imprint", "编辑 | 小满　　审核 | 老周"),
        Element("imprint", "往期推荐"),
        Element("imprint", "我们拆了一台人形机器人，里面有什么？"),
        Element("imprint", "一文看懂玻璃基板"),
        Element("imprint", "点“在看”，让更多人看到"),
    ]
    return found


def thinktank(issue: Issue) -> list[Element]:
    """A think-tank monitor: contents, bars before sections, notes behind each article."""
    found = [
        Element("mast", issue.publication),
        Element("sub", "2025 年第 2 期　总第 38 期"),
        Element("sub", "2025 年 2 月 28 日"),
        Element("sub", "东湖国际科技治理研究中心"),
        Element("contents", "目　录"),
    ]
    page = 1
    for section, articles in issue.sections:
        found.append(Element("entry", section))
        for article in articles:
            found.append(Element("entry", f"　{unmarked(article.title)}\t{page}"))
            page += 1
    found.append(Element("page"))
    for section, articles in issue.sections:
        found.append(Element("section", f"▍{section}"))
        for article in articles:
            found.append(Element("title", article.title))
            if article.english:
                found.append(Element("english", article.english))
            _body(article, found)
            if article.people:
                found.append(Element("byline", f"供稿：{'　'.join(article.people)}　　审校：林一"))
            if article.notes:
                found.append(Element("note-head", "注释："))
            found += [
                Element("note", f"{number}) {text}") for number, text in article.notes.items()
            ]
    found += [
        Element("imprint", "《全球智库观澜》编辑部"),
        Element("imprint", "主　　编：林一　　　编　　辑：韩笑、陈默"),
        Element("imprint", "投稿邮箱：guanlan@donghu.example　版权所有，转载请注明出处"),
    ]
    return found


def _circled(number: int) -> str:
    return chr(0x2460 + number - 1)


LAYOUTS = {
    "embassy": Layout(
        embassy, "2025年第11期", indent="    ", lines=26, footer="— {} —", web="paras",
        css="body{font-family:'Noto Serif CJK SC';font-size:12pt}.title{font-weight:bold}",
    ),
    "broker": Layout(
        broker, "第18期", width=80, indent="", lines=44, web="blocks", post="web",
        header=("衡岳证券研究所 | 行业周报",), footer="请务必阅读正文之后的免责条款部分　　{}",
        css="body{font-family:'Noto Sans CJK SC';font-size:9.5pt}p{text-indent:0}"
            ".section{color:#803;font-size:14pt}.title{font-size:11pt;font-weight:bold}"
            ".cap{font-weight:bold;font-size:9pt}",
    ),
    "library": Layout(
        library, "2025年第6期", mark=lambda n: f"[{n}]", width=44, lines=90, web="office",
        header=("碳中和学科情报　2025 年第 6 期",), footer="· {} ·", post="attached",
        css="body{font-family:'Noto Serif CJK SC';font-size:9.5pt}.columns{column-count:2;"
            "column-gap:8mm}.title{font-weight:bold;font-size:11pt}.english{font-style:italic}",
    ),
    "ministry": Layout(
        ministry, "第17期", mark=_circled, notes_below=True, width=56, lines=30, footer="- {} -",
        web="paras", post="packed", office=True,
        css="body{font-family:'Noto Serif CJK SC';font-size:16pt}",
    ),
    "wechat": Layout(
        wechat, "", mark=lambda n: f"[{n}]", indent="", lines=0, airy=True, web="wechat",
        post="forwarded", header=("2025/5/12 09:12　　早知道",),
        footer="https://mp.weixin.qq.com/s/Ab3dEf9 {}/4",
        css="body{font-family:'Noto Sans CJK SC';font-size:13pt}p{margin:8pt 0;text-indent:0}"
            ".number{color:#c33;font-size:20pt}.section{text-align:center}.title{font-weight:bold}",
    ),
    "thinktank": Layout(
        thinktank, "2025年第2期", width=72, lines=38, raised=True, office=True, web="heads",
        header=("全球智库观澜", "2025 年第 2 期"), footer="{}", post="quoted",
        css="body{font-family:'Noto Serif CJK SC';font-size:11pt}",
    ),
}  # fmt: skip
