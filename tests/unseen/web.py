"""An issue as a web page, as printed pages by WeasyPrint, as Markdown and as a mail."""

from __future__ import annotations

import html
from email.message import EmailMessage
from typing import TYPE_CHECKING

from tests.unseen.issue import pieces
from tests.unseen.text import marked

if TYPE_CHECKING:
    from tests.unseen.layouts import Element, Layout

_HEADS = {"mast": "h1", "section": "h2", "section-end": "h2", "title": "h3", "head": "h4"}
_BOLD = {"mast", "section", "title", "head", "contents", "kicker"}


def _inline(text: str, layout: Layout, notes: dict[int, str], *, printed: bool) -> str:
    out = ""
    for part, mark in pieces(text):
        out += html.escape(part).replace("\n", "<br>")
        if mark and printed and layout.notes_below:
            out += f'<span class="below">{html.escape(notes[mark])}</span>'
        elif mark:
            sign = layout.mark(mark)
            out += f"<sup>{sign}</sup>" if layout.raised else sign
    return out


def _rows(element: Element) -> str:
    return "<table>" + "".join(
        "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>"
        for row in element.rows
    ) + "</table>"  # fmt: skip


def _chart(text: str) -> str:
    left, below = (line.split() for line in text.splitlines())
    marks = "".join(f'<text x="20" y="{140 - 20 * n}">{one}</text>' for n, one in enumerate(left))
    marks += "".join(
        f'<text x="{50 + 60 * n}" y="160">{one}</text><rect x="{50 + 60 * n}" '
        f'y="{120 - 20 * n}" width="25" height="{20 + 20 * n}" fill="#369"/>'
        for n, one in enumerate(below)
    )
    return f'<svg width="380" height="170" font-size="9">{marks}</svg>'


def _element(element: Element, layout: Layout, notes: dict[int, str], *, printed: bool) -> str:
    part, kind = element.part, "printed" if printed else layout.web
    inner = _inline(element.text, layout, notes, printed=printed)
    if part == "rule":
        return "<hr>"
    if part == "page":
        return '<div style="break-before:page"></div>' if printed else ""
    if part == "chart":
        return _chart(element.text) if printed else '<img src="chart1.png">'
    if part == "columns":
        return '<div class="columns">' if printed else ""
    if part == "table":
        return _rows(element)
    if part == "entry" and "\t" in element.text:
        name, _, page = element.text.partition("\t")
        if printed:
            return f'<p class="entry"><span>{html.escape(name)}</span><i></i><b>{page}</b></p>'
        inner = html.escape(f"{name}……{page}")
    if kind == "printed":
        return f'<p class="{part}">{inner}</p>'
    if kind == "wechat":
        style = "color:#c33;font-size:26px" if part == "number" else "font-size:15px"
        if part in ("title", "section"):
            inner = f"<strong>{inner}</strong>"
        if part == "cap":
            style = "font-size:12px;color:#888;text-align:center"
            return f'<section><img data-src="x.jpg"></section><p style="{style}">{inner}</p>'
        return f'<section style="margin:8px"><p><span style="{style}">{inner}</span></p></section>'
    if kind == "office":
        inner = f"<b>{inner}</b>" if part in _BOLD else inner
        return f'<p class=MsoNormal><span style="font-family:宋体">{inner}</span><o:p></o:p></p>'
    if kind == "paras":
        inner = f"<strong>{inner}</strong>" if part in _BOLD else f"　　{inner}"
        centred = ' style="text-align:center"' if part in ("mast", "sub", "section") else ""
        return f"<p{centred}>{inner}</p>"
    if kind == "blocks":
        return f'<div class="{part}">{inner}</div>'
    tag = _HEADS.get(part, "p")
    return f"<{tag}>{inner}</{tag}>"


def page(elements: list[Element], layout: Layout, notes: dict[int, str], name: str) -> str:
    """Give a web page as its kind of site has it."""
    body = "\n".join(_element(one, layout, notes, printed=False) for one in elements)
    if layout.notes_below:
        body += "\n" + "\n".join(
            f"<p>{layout.mark(n)} {html.escape(t)}</p>" for n, t in notes.items()
        )
    if layout.web == "wechat":
        _, byline, *_ = [one.text for one in elements if one.part in ("mast", "side")]
        body = "\n".join(_element(one, layout, notes, printed=False) for one in elements[2:])
        return (
            f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{elements[0].text}</title>"
            '<meta property="og:site_name" content="微信公众平台"></head>'
            '<body><div id="page-content">'
            f'<h1 class="rich_media_title" id="activity-name">{elements[0].text}</h1>'
            f'<div id="meta_content"><span class="rich_media_meta">{byline}</span></div>'
            f'<div class="rich_media_content" id="js_content">{body}</div>'
            '<div class="rich_media_tool"><a>阅读原文</a>'
            "<span>阅读 3.2万</span><span>点赞 418</span>"
            "<span>分享</span><span>收藏</span></div><p>微信扫一扫关注该公众号</p></div>"
            "<script>var biz='x';</script></body></html>\n"
        )
    if layout.web in ("paras", "blocks"):
        body = (
            '<div class="nav"><a href="/">首页</a> &gt; <a href="/kj">科技</a> &gt; 正文</div>\n'
            f'<div class="TRS_Editor">{body}</div>\n<div class="tools">'
            "<a>打印本页</a> <a>关闭窗口</a>"
            '</div>\n<div class="footer">版权所有　备案号：京ICP备00000000号</div>'
        )
    head = f"<!DOCTYPE html>\n<html><head><meta charset=utf-8><title>{name}</title></head>"
    return f"{head}<body>\n{body}\n</body></html>\n"


def printed(elements: list[Element], layout: Layout, notes: dict[int, str]) -> str:
    """Give the page that WeasyPrint prints."""
    body = "\n".join(_element(one, layout, notes, printed=True) for one in elements)
    body += "</div>" if any(one.part == "columns" for one in elements) else ""
    odd = layout.header[0] if layout.header else ""
    before, _, behind = layout.footer.partition("{}")
    css = (
        f'@page{{size:A4;margin:24mm 22mm;@top-center{{content:"{odd}";font-size:8pt}}'
        f'@bottom-center{{content:"{before}" counter(page) "{behind}";font-size:8pt}}}}'
        "p{margin:2pt 0;line-height:1.5}.p,.run,.head{text-indent:2em}.mast{font-size:24pt;"
        "text-align:center;font-weight:bold}.sub,.contents,.section-end,.cap{text-align:center;"
        "text-indent:0}.head,.contents,.section{font-weight:bold}"
        ".entry{display:flex}.entry i{flex:1;border-bottom:1pt dotted}"
        "td{border:0.5pt solid;padding:2pt 6pt}"
        "table{border-collapse:collapse;margin:4pt auto}.below{float:footnote}sup{font-size:60%}"
    )
    head = "<!DOCTYPE html><html lang=zh><meta charset=utf-8>"
    return f"{head}<style>{css}{layout.css}</style>{body}</html>"


def markdown(elements: list[Element], layout: Layout, notes: dict[int, str]) -> str:
    """Give Markdown; where the site has no heads, titles are only bold."""
    sharps = {
        "mast": "# ",
        "section": "## ",
        "section-end": "## ",
        "title": "### ",
        "head": "#### ",
    }
    out = []
    for element in elements:
        text = marked(element.text, layout).replace("\n", "")
        if element.part == "table":
            head, *rest = [f"| {' | '.join(row)} |" for row in element.rows]
            out.append("\n".join([head, "|" + " --- |" * len(element.rows[0]), *rest]))
        elif element.part == "rule":
            out.append("---")
        elif element.part in ("page", "columns", "chart"):
            continue
        elif element.part in sharps:
            bold = layout.web in ("paras", "wechat") and element.part != "mast"
            out.append(f"**{text}**" if bold else sharps[element.part] + text)
        elif element.part == "entry":
            out.append("- " + text.strip().partition("\t")[0])
        elif element.part == "english":
            out.append(f"*{text}*")
        else:
            out.append(text.replace("\t", " "))
    if layout.notes_below:
        out += [f"{layout.mark(number)} {note}" for number, note in notes.items()]
    return "\n\n".join(out) + "\n"


def mail(name: str, layout: Layout, made: dict[str, bytes], title: str) -> bytes:
    """Give a mail that holds the issue, as its kind of sender sends it."""
    message = EmailMessage()
    message["Subject"] = {"forwarded": f"转发：{title}", "quoted": f"Fw: {title}"}.get(
        layout.post, title
    )
    message["From"], message["To"] = "科技处 <kj@mail.example>", "reader@mail.example"
    message["Date"] = "Mon, 30 Jun 2025 09:12:00 +0800"
    text, web = made["txt"].decode().replace("\f", "\n"), made["html"].decode()
    if layout.post == "plain":
        message.set_content(text, charset="gb18030", cte="base64")
    elif layout.post == "web":
        message.set_content("您的邮件程序不能显示网页，请改用网页邮箱。")
        message.add_alternative(web, subtype="html")
    elif layout.post in ("attached", "packed"):
        message.set_content("各位老师好：\n\n本期刊物见附件，请查收。\n\n祝好\n编辑部\n")
        form = "docx" if layout.post == "packed" else "pdf"
        message.add_attachment(
            made[form], "application", "octet-stream", filename=f"{title}.{form}"
        )
    elif layout.post == "forwarded":
        head = "<p>-------- 转发邮件信息 --------<br>发件人：小满<br>日期：2025-05-12 08:01"
        head += "<br>主题：早知道</p>"
        message.set_content(web.replace("<body>", f"<body>{head}"), subtype="html", cte="base64")
    else:
        quoted = "\n".join(f"> {line}" for line in text.splitlines())
        message.set_content(
            f"转给大家参考。\n\n----- 原始邮件 -----\n{quoted}\n", cte="quoted-printable"
        )
    message.set_boundary(f"=={name}==") if message.is_multipart() else None
    return bytes(message)
