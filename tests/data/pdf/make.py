"""Typesets the first articles of the seeds, which are ours, as PDFs: `python make.py`.

Needs WeasyPrint (70.0 was used), this project and a CJK font (Noto); the PDFs lie beside it.
"""

from __future__ import annotations

import html
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from weasyprint import HTML

from bulletins.reading import read_issue
from bulletins.styles import load_styles

if TYPE_CHECKING:
    from bulletins.model import Article

HERE = Path(__file__).parent
SEEDS = HERE.parents[2] / "seeds"


class Layout(NamedTuple):
    """A seed, how many of its articles are set, and the rules of the page."""

    seed: str
    articles: int
    page: str
    body: str
    title: str
    byline: str


LAYOUTS = {
    "one-column": Layout(
        "chip-technology-brief-2025-01",
        4,
        "size: A4; margin: 25mm 30mm; counter-reset: footnote;"
        "@top-left { content: '芯片技术简报'; font-size: 9pt }"
        "@bottom-center { content: '- ' counter(page) ' -'; font-size: 9pt }",
        "font: 13pt/1.7 'Noto Serif CJK SC'; text-align: justify",
        "font-size: 16pt; text-align: center",
        "（执笔：{}）",
    ),
    "two-columns": Layout(
        "frontier-watch-2025-04",
        5,
        "size: B5; margin: 15mm;"
        "@top-right { content: '前沿观察 第 ' counter(page) ' 页'; font-size: 8pt }",
        "font: 9pt/1.5 'Noto Sans CJK SC'; column-count: 2; column-gap: 16pt; text-align: justify",
        "font-size: 11.5pt; text-align: left",
        "{} 供稿自",
    ),
}


def _with_notes(article: Article, text: str, block: int | None) -> str:
    out, place = "", 0
    for note in article.footnotes:
        if note.block == block and note.offset is not None:
            out += html.escape(text[place : note.offset])
            words = html.escape(note.text)
            # What is printed may be the beginning of an address; the link has all of it.
            whole = [u for u in article.sources for n in note.urls if u.startswith(n) and u != n]
            if whole:
                words = f'<a href="{html.escape(whole[0])}">{words}</a>'
            out += f"<span class=note>{words}</span>"
            place = note.offset
    return out + html.escape(text[place:])


def _article(article: Article, byline: str) -> str:
    topic = f"[{article.topic}]" if article.topic else ""
    parts = [f"<h2>{topic}{_with_notes(article, article.title, None)}</h2>"]
    for number, block in enumerate(article.blocks):
        text = _with_notes(article, block.text, number)
        if block.kind == "table" and block.rows:
            rows = ("".join(f"<td>{cell}</td>" for cell in row) for row in block.rows)
            parts.append("<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
        elif block.kind == "heading":
            parts.append(f"<h3>{text}</h3>")
        elif block.kind == "caption":
            parts.append(f"<p class=caption>{text}</p>")
        else:
            parts.append(f"<p>{text}</p>")
    if article.authors:
        parts.append(f"<p class=byline>{byline.format('、'.join(article.authors))}</p>")
    if article.original_title:
        links = "".join(f'<p class=byline><a href="{u}">{u}</a></p>' for u in article.sources)
        parts.append(f"{links}<p class=byline>原文标题：{article.original_title}</p>")
    return "".join(parts)


def _page(layout: Layout) -> str:
    issue = read_issue(SEEDS / f"{layout.seed}.txt", load_styles()).issue
    left = layout.articles
    body = ""
    for section in issue.sections:
        articles = section.articles[:left]
        left -= len(articles)
        if articles:
            body += f"<h1>{section.title}</h1>"
            body += "".join(_article(article, layout.byline) for article in articles)
    return f"""<html lang=zh><meta charset=utf-8><style>
      @page {{ {layout.page} @footnote {{ border-top: .5pt solid; padding-top: 3pt }} }}
      body {{ {layout.body} }} h1 {{ font-size: 20pt; text-align: center; column-span: all }}
      h2 {{ {layout.title} }} h3 {{ font-size: 1em; text-indent: 2em; margin: 0 }}
      p {{ margin: 0; text-indent: 2em }} .byline {{ text-indent: 0 }}
      .caption {{ text-indent: 0; text-align: center; font-size: .8em }}
      .note {{ float: footnote; font-size: .7em; line-height: 1.3; text-indent: 0 }}
      .note::footnote-call {{ font-size: .62em; vertical-align: super; line-height: 0 }}
      .note::footnote-marker {{ content: counter(footnote) ' '; font-size: .7em;
        vertical-align: super }}
      a {{ color: #06c }} table {{ border-collapse: collapse }} td {{ border: .5pt solid }}
    </style><body>{body}</body></html>"""


if __name__ == "__main__":
    for name, layout in LAYOUTS.items():
        HTML(string=_page(layout)).write_pdf(HERE / f"{name}.pdf")
