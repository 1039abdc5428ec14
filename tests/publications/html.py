"""A printed issue as HTML: for the typesetter, and as a saved web page."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.publications.printed import Para, Printed, Run

TAGS = {"masthead": "h1", "section": "h2", "title": "h3", "heading": "h4"}


def sheet(issue: Printed) -> str:
    """Give the HTML that a typesetter makes pages of."""
    furniture = ""
    for place, words in (("top", issue.header), ("bottom", issue.footer)):
        if words:
            shown = words.replace("{page}", '" counter(page) "').replace(
                "{pages}", '" counter(pages) "'
            )
            shown = shown.replace("{roman}", '" counter(page, lower-roman) "')
            furniture += f'@{place}-center {{ content: "{shown}"; font-size: 9pt }} '
    style = f"""
    @page {{ size: {issue.paper}; margin: 22mm 20mm; {furniture}
             @footnote {{ border-top: 0.5pt solid #000 }} }}
    body {{ font-family: '{issue.font}'; columns: {issue.columns}; column-gap: 8mm;
            line-height: 1.5; text-align: justify }}
    p {{ margin: 0 0 3pt 0 }} sup {{ font-size: 60%; line-height: 0 }}
    .fn {{ float: footnote; font-size: 8.5pt }}
    .fn::footnote-marker {{ content: none }} .fn::footnote-call {{ content: none }}
    table {{ border-collapse: collapse }} td {{ border: 0.5pt solid #888; padding: 2pt 6pt }}
    """
    rows = "\n".join(_sheet_para(para, page_notes=issue.page_notes) for para in issue.paras)
    return f'<!doctype html><meta charset="utf-8"><style>{style}</style><body>{rows}</body>'


def _sheet_para(para: Para, *, page_notes: bool) -> str:
    looks = (
        f"font-size:{para.size}pt;text-align:{para.align if para.align != 'left' else 'justify'}"
    )
    looks += f";text-indent:{para.indent}em" + (";font-weight:bold" if para.bold else "")
    looks += ";break-before:page" if para.new_page else ""
    looks += ";break-after:avoid" if para.role in ("title", "section", "heading") else ""
    if para.rows:
        return _table(para, looks)
    return (
        f'<p style="{looks}">' + "".join(_sheet_run(run, page_notes) for run in para.runs) + "</p>"
    )


def _sheet_run(run: Run, page_notes: bool) -> str:
    text = f"<sup>{escape(run.text)}</sup>" if run.up else escape(run.text)
    if run.note and page_notes:
        text += f'<span class="fn"><sup>{escape(run.text)}</sup> {escape(run.note)}</span>'
    return text


def _table(para: Para, looks: str) -> str:
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in para.rows
    )
    return f'<table style="{looks}">{rows}</table>'


def page(issue: Printed) -> str:
    """Give a saved web page, as an editor on the web makes them: spans in spans, styles inline."""
    made = [_page_para(para) for para in issue.paras]
    if issue.page_notes:
        notes = [(run.text, run.note) for para in issue.paras for run in para.runs if run.note]
        made.append("<p><strong>参考资料</strong></p>")
        made += [f"<p><span>{escape(mark)} {escape(note)}</span></p>" for mark, note in notes]
    title = escape(issue.paras[0].text)
    return (
        f'<!doctype html>\n<html lang="zh"><head><meta charset="utf-8"><title>{title}</title>\n'
        "<style>p{margin:0}</style><script>var shared = 1;</script></head><body>\n"
        '<nav><a href="/">首页</a> <a href="/login">登录</a></nav>\n'
        '<div id="js_content"><section>\n' + "\n".join(made) + "\n</section></div>\n"
        "<footer>扫码关注 阅读原文 点赞 在看</footer></body></html>\n"
    )


def _page_para(para: Para) -> str:
    if para.rows:
        return _table(para, "")
    tag = TAGS.get(para.role, "p")
    looks = f"font-size:{para.size * 4 / 3:.0f}px" + (";font-weight:700" if para.bold else "")
    inner = "".join(
        f"<sup>{escape(run.text)}</sup>" if run.up else escape(run.text) for run in para.runs
    )
    inner = f'<span style="{looks}"><span style="letter-spacing:0.5px">{inner}</span></span>'
    return f'<{tag} style="text-align:{para.align}">{inner}</{tag}>'
