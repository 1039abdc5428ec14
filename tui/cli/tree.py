"""`kuaibao inspect --format tree`: issues as Rich trees, and why each line was taken for what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.tree import Tree

from tui.cli import output
from tui.cli.inspect import Writer
from tui.inspection.deadlines import gather_deadlines
from tui.inspection.grouping import gather_sums, tables_of
from tui.inspection.lines import sum_line
from tui.inspection.wording import doubt_words
from tui.locale import ntr, tr
from tui.plain import text

if TYPE_CHECKING:
    from bulletins.model import Article, Issue
    from bulletins.parsing import LineTrace


class TreeWriter(Writer):
    """One tree for each issue: sections, articles, and what is in them."""

    def __init__(self, explain: bool) -> None:
        super().__init__(explain)
        self._console = output.console()

    def issue(self, issue: Issue, trace: tuple[LineTrace, ...]) -> None:
        if self.explain:
            self._explain(issue, trace)
            return
        tree = Tree(text(_issue_label(issue), "bold"), guide_style="dim")
        for section in issue.sections:
            title = section.title or tr("(no section head)")
            branch = tree.add(text(f"{title}  {len(section.articles)}", "bold"))
            for article in section.articles:
                leaf = branch.add(text(_article_label(article)))
                leaf.add(text(_contents(article), "dim"))
                _add_found(leaf, article)
        self._console.print(tree)

    def _explain(self, issue: Issue, trace: tuple[LineTrace, ...]) -> None:
        self._console.print(text(_issue_label(issue), "bold"), soft_wrap=True)
        roles = max((len(line.role) for line in trace), default=0)
        for line in trace:
            row = text(f"{line.page:>3} {line.number:>5}  ", "dim")
            row.append_text(text(f"{line.role:<{roles}}  ", "bold"))
            row.append_text(text(line.text))
            row.append_text(text(f"  ← {line.reason}", "dim"))
            self._console.print(row, soft_wrap=True)


def _add_found(leaf: Tree, article: Article) -> None:
    """List what disagrees, the sums with who pays whom, and the deadlines."""
    mentions = article.mentions
    for doubt in mentions.doubts:
        leaf.add(text(_one_line(doubt_words(doubt, mentions.amounts)), "bold yellow"))
    for entry in gather_sums(mentions, tables_of(article)):
        leaf.add(text(_one_line(sum_line(entry, mentions.amounts))))
    for dates in gather_deadlines(mentions):
        due = tr("due {date}").format(date=dates[0].iso or "?")
        leaf.add(text(_one_line(f"{dates[0].text}  {due}")))


def _issue_label(issue: Issue) -> str:
    parts = [issue.publication or "", issue.number or "", issue.date or ""]
    style = tr("{style} ({confidence:.0%} sure)")
    found = style.format(style=issue.style, confidence=issue.confidence)
    return _one_line(" · ".join(part for part in (issue.path, *parts, found) if part))


def _article_label(article: Article) -> str:
    topic = f"[{article.topic}] " if article.topic else ""
    tail = " · ".join(part for part in (article.date or "", " ".join(article.authors)) if part)
    return _one_line(f"{topic}{article.title}" + (f"  {tail}" if tail else ""))


def _contents(article: Article) -> str:
    mentions = article.mentions
    counts = [
        ntr("{n} block", "{n} blocks", len(article.blocks)),
        ntr("{n} footnote", "{n} footnotes", len(article.footnotes)),
        ntr("{n} source", "{n} sources", len(article.sources)),
        ntr("{n} sum", "{n} sums", len(mentions.amounts)),
        ntr("{n} name", "{n} names", len(mentions.entities)),
    ]
    page = tr("page {page}").format(page=article.page)
    return " · ".join([page, *counts])


def _one_line(label: str) -> str:
    return label.replace("\n", "␊")
