"""Cutting the body into sections and articles.

What ends an article (a byline, links, the original title) and what begins one (a head, a topic
in brackets, a number before the title) is told by the style; where it tells nothing, the
shape of the lines does.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bulletins.parsing.boundaries import SAID, last_article
from bulletins.parsing.cues import BARE_URL
from bulletins.parsing.draft import Draft, DraftSection
from bulletins.parsing.ending import imprint_behind
from bulletins.parsing.joining import join, url_goes_on
from bulletins.parsing.originals import BareOriginals
from bulletins.parsing.sheet import ends_hard, ends_wide, has_cjk
from bulletins.parsing.titles import TitleReader
from bulletins.parsing.urls import urls_in, with_links

if TYPE_CHECKING:
    from bulletins.parsing.cues import Byline, Cues, Enumerator
    from bulletins.parsing.layout import Layout
    from bulletins.parsing.plan import Plan
    from bulletins.parsing.sheet import Sheet


_MAX_BYLINE = 6  # lines
_MIN_MARKED = 2  # heads
_COUNT = re.compile(r"(?:\d{1,2}[.．、]?|[一二三四五六七八九十]{1,3}、)\s*")
_MAX_NAME = 48  # cells of the name of an issue above its imprint


def cut(sheet: Sheet, cues: Cues, layout: Layout, plan: Plan) -> list[DraftSection]:
    """Give every free line its place in a section and an article."""
    return _Cutter(sheet, cues, layout, plan).run()


class _Cutter:
    """Goes down the free lines once."""

    def __init__(self, sheet: Sheet, cues: Cues, layout: Layout, plan: Plan) -> None:
        self.sheet, self.cues, self.layout, self.plan = sheet, cues, layout, plan
        self.order = sheet.free()
        self.titles = TitleReader(sheet, cues, layout, plan, self.order)
        self.sections: list[DraftSection] = []
        self.article: Draft | None = None
        self.number: Enumerator | None = None  # of the last title
        self.imprint = imprint_behind(sheet, cues, plan, self.order)
        self.originals = BareOriginals(sheet, cues, layout, self.order, plan)

    def run(self) -> list[DraftSection]:
        """Cut all lines."""
        position = 0
        while position < len(self.order):
            position = self._step(position)
        return [section for section in self.sections if section.articles]

    def _step(self, position: int) -> int:
        index = self.order[position]
        text = self.sheet.text(index)
        if index in self.plan.begun:
            return self._open_article(position)
        if index in self.plan.joined and (last := last_article(self.sections)):
            self.article, last.closed = last, False
            last.body.append(index)
            self.sheet.take(index, "body", SAID)
            return position + 1
        if position >= self.imprint and self.article is not None:
            self.sheet.take(index, "imprint", "who made the issue, at its end")
            return position + 1
        head = self._head(position)
        if head is not None:
            return self._open_section(position, *head)
        if self._begins(position):
            return self._open_article(position)
        article = self.article
        if article is None or article.closed:
            if article is not None:
                taken = self._tail(position, article) or self._late_byline(position, article)
                if taken:
                    return position + taken
            if self.cues.imprint(text) or self._opens_imprint(position):
                self.sheet.take(index, "imprint", "who made the issue")
                return position + 1
            listed = index in self.plan.titles or self._next_number(position)
            if not listed and self.titles.reads_as_text(position):
                # No title is this long: the text above goes on, or the file prints no title.
                if article is None:
                    # A head with nothing but text below it is the title of that text.
                    headed = bool(self.sections) and not self.sections[-1].articles
                    article = self._new_article(index)
                    article.title = self._head_title() if headed else self.plan.fallback
                article.closed = False
                return self._into(position, article)
            if article is None or self.plan.by_end or listed:
                return self._open_article(position)
        return self._into(position, article)

    def _head_title(self) -> str:
        """The last section's head without what counts it."""
        return _COUNT.sub("", self.sections[-1].title) or self.plan.fallback

    def _opens_imprint(self, position: int) -> bool:
        """Say whether a short line stands above lines of the imprint, as the issue's name does."""
        below = self.order[position + 1 : position + 3]
        return (
            self.article is not None
            and len(below) == 2
            and self.sheet.width[self.order[position]] <= _MAX_NAME
            and all(self.cues.imprint(self.sheet.text(index)) for index in below)
        )

    def _next_number(self, position: int) -> bool:
        """Say whether the line counts on from the title before, or anew from 1 by its shape."""
        number = self.cues.title_enumerator(self.sheet.text(self.order[position]))
        if number is None or self.number is None or number.shape != self.number.shape:
            return False
        return number.value == 1 or number.value == (self.number.value or 0) + 1

    def _head(self, position: int) -> tuple[str, str] | None:
        """Read a section head: (title, reason)."""
        index = self.order[position]
        text = self.sheet.text(index)
        spaced = self.cues.spaced_head(text)
        if spaced is not None and (self._between(position) or self.cues.is_head_word(spaced)):
            return spaced, "letter-spaced head"
        planned = self.plan.heads.get(index)
        if planned is not None:
            return self.cues.unadorned(planned[0]), planned[1]
        if not self._between(position) and not self.sheet.looks.large(index):
            return None
        known = self.cues.known_head(text)
        shut = self.article is None or self.article.closed
        # Where heads are marked as such, their words below an open article are sub-heads.
        if known is not None and position + 1 < len(self.order) and (shut or not self._marked()):
            return known, "a head made of the style's words"
        if (
            position + 1 < len(self.order)
            and self._begins(position + 1)
            and self.cues.topic(text) is None
            and self.titles.larger_than_next(position)
        ):
            return "".join(text.split()), "set larger than the title below it"
        if self._over_title(position):
            return "".join(text.split()), "a short line right above a title"
        if self.plan.by_end and shut and self.titles.is_head(position):
            return "".join(text.split()), "a short line between an article and a title"
        return None

    def _marked(self) -> bool:
        """Say whether the file marks its heads: by signs, numbers, or in its contents."""
        return len(self.plan.heads) >= _MIN_MARKED

    def _between(self, position: int) -> bool:
        """Say whether no article is open here, or the line above finished one's text."""
        if self.article is None or self.article.closed:
            return True
        before = self.order[position - 1] if position else None
        if before is None or not self.article.body:
            return False
        line = self.sheet.lines[before]
        return ends_hard(line.text) and not (
            self.layout.trail and not line.trail and ends_wide(line.text)
        )

    def _over_title(self, position: int) -> bool:
        """Say whether a short line between articles stands right above a line known as a title."""
        index = self.order[position]
        text = self.sheet.text(index)
        return (
            position + 1 < len(self.order)
            and index not in self.plan.titles
            and self.order[position + 1] in self.plan.titles
            and not self.plan.guessed
            and self.titles.may_head(position)
            and (self.article is None or self.article.closed or self._after_end(position))
            and self.cues.title_enumerator(text) is None
        )

    def _after_end(self, position: int) -> bool:
        """Say whether the line above closes an article: a byline, a source, a note."""
        before = self.order[position] - 1
        return before >= 0 and self.sheet.role[before] in ("byline", "source", "note")

    def _open_section(self, position: int, title: str, reason: str) -> int:
        index = self.order[position]
        if self.sections and self.sections[-1].title == title:
            self.sheet.take(index, "running header", "the head of the section again")
            return position + 1
        self.sheet.take(index, "section", reason)
        self.sections.append(DraftSection(title))
        self.article = None
        return position + 1

    def _begins(self, position: int) -> bool:
        index = self.order[position]
        if index in self.plan.titles:
            return True
        if not self.plan.by_topic or self.cues.topic(self.sheet.text(index)) is None:
            return False
        return self._between(position) or self.titles.ended(position - 1)

    def _new_article(self, index: int) -> Draft:
        if not self.sections:
            self.sections.append(DraftSection(""))
        self.article = Draft(first=index)
        self.sections[-1].articles.append(self.article)
        return self.article

    def _open_article(self, position: int) -> int:
        index = self.order[position]
        article = self._new_article(index)
        if index in self.plan.run_in:
            article.title, filled = self.plan.run_in[index]
            for line in self.order[position : position + filled]:
                self.sheet.take(line, "title", "a title in brackets before its text")
            return self._into(position + filled, article)
        end, reason = self.titles.extent(position)
        end = self.originals.chinese_end(position, end)
        lines = self.order[position:end]
        pieces = []
        for line in lines:
            text = self.sheet.text(line)
            if line == index:
                topic = self.cues.topic(text) if self.plan.by_topic else None
                if topic is not None:
                    article.topic, text = topic
                number = self.number = self.cues.title_enumerator(text)
                if number is not None and number.shape != "【】":
                    text = text[number.end :]
                text = text[self.cues.ornament(text) :]
                if text[0] == "【" and text[-1] == "】":
                    text = text[1:-1].strip()
            pieces.append((line, text, self.sheet.lines[line].trail))
            self.sheet.take(line, "title", reason if line == index else "the title goes on")
        joined = join(pieces, self.layout.trail, self.sheet.opens)
        article.title, article.title_lines = joined.text, lines
        article.title_starts = joined.starts
        return self.originals.take(end, article)

    def _into(self, position: int, article: Draft) -> int:
        """Take one line, or the lines of one byline or source, into the open article."""
        index = self.order[position]
        text = self.sheet.text(index)
        byline = self._byline(position)
        if byline is not None:
            found, count = byline
            return self._close(position, article, found, count)
        taken = self._tail(position, article)
        if taken:
            return position + taken
        article.body.append(index)
        self.sheet.take(index, "body", "text of the article")
        inline = self.cues.inline_byline(text) if self._ends_paragraph(position) else None
        if inline is not None:
            article.authors += inline[1].authors
            article.closed = self.plan.by_end
            self.plan.cut_at[index] = inline[0]
            self._note_source(article, inline[1].source)
        return position + 1

    def _ends_paragraph(self, position: int) -> bool:
        text = self.sheet.text(self.order[position])
        return text[-1] in "）)" and len(text) < 4000

    def _byline(self, position: int) -> tuple[Byline, int] | None:
        """Read a byline of one line, or of two where its bracket is still open."""
        text = self.sheet.text(self.order[position])
        if len(text) > 160:
            return None
        found = self.cues.byline(text)
        if found is not None:
            if found.how == "bare" and not self.titles.ended(position - 1):
                return None
            return found, 1
        return self._wrapped_byline(position) if self.cues.opens_byline(text) else None

    def _wrapped_byline(self, position: int) -> tuple[Byline, int] | None:
        """Read a byline whose bracket closes on a later line; an address in it may take several."""
        pieces: list[tuple[int, str, bool]] = []
        for index in self.order[position : position + _MAX_BYLINE]:
            line = self.sheet.lines[index]
            pieces.append((index, line.text, line.trail))
            text = join(pieces, self.layout.trail, self.sheet.opens).text
            if line.text[-1] in "）)":
                found = self.cues.byline(text)
                return (found, len(pieces)) if found is not None else None
        return None

    def _close(self, position: int, article: Draft, byline: Byline, count: int) -> int:
        article.authors += byline.authors
        self._note_source(article, byline.source)
        for index in self.order[position : position + count]:
            self.sheet.take(index, "byline", f"names in the {byline.how} form")
        if article.body or not self.plan.by_start:
            article.closed = self.plan.by_end
        return position + count

    def _late_byline(self, position: int, article: Draft) -> int:
        """Take a byline behind the links, the notes or the first byline of an article."""
        byline = None if self.plan.by_start else self._byline(position)
        if byline is None:
            return 0
        return self._close(position, article, *byline) - position

    def _note_source(self, article: Draft, source: str) -> None:
        article.urls += urls_in(source)

    def _tail(self, position: int, article: Draft) -> int:
        """Take a source line, a bare address or an original title; give how many lines."""
        text = self.sheet.text(self.order[position])
        original = self.cues.original(text)
        if original is not None:
            return self._original(position, article, original)
        source = self.cues.source(text)
        if source is not None and not self.sheet.inner(self.order[position]):
            count = self._url_lines(position, article, source)
            self._close_by_source(article, position, count)
            return count
        if self.cues.detail(text):
            self.sheet.take(self.order[position], "source", "dates the article or its source")
            return 1
        if BARE_URL.match(text) and (article.closed or self.titles.ended(position - 1)):
            return self._url_lines(position, article, text)
        return 0

    def _close_by_source(self, article: Draft, position: int, count: int) -> None:
        if self.plan.by_source_end and article.body:
            article.closed = True

    def _url_lines(self, position: int, article: Draft, first: str) -> int:
        """Take an address and the lines it wraps onto."""
        index = self.order[position]
        pieces = [(index, first, self.sheet.lines[index].trail)]
        count = 1
        while position + count < len(self.order) and count < 40:
            following = self.order[position + count]
            text = self.sheet.text(following)
            left, trail = pieces[-1][1], pieces[-1][2]
            joined = join(pieces, self.layout.trail, self.sheet.opens).text if count > 1 else left
            goes_on = self.order[position + count - 1] in self.sheet.opens or url_goes_on(
                joined, text, trail, self.layout.trail
            )
            if has_cjk(text) or not goes_on:
                break
            pieces.append((following, text, self.sheet.lines[following].trail))
            count += 1
        for line, _, _ in pieces:
            self.sheet.take(line, "source", "an address or a source line")
        text = join(pieces, self.layout.trail, self.sheet.opens).text
        links = [link.url for line, _, _ in pieces for link in self.sheet.lines[line].links]
        article.urls += with_links(urls_in(text), links)
        return count

    def _original(self, position: int, article: Draft, first: str) -> int:
        """Take the title of the original and the lines it wraps onto."""
        index = self.order[position]
        pieces = [(index, first, self.sheet.lines[index].trail)]
        count = 1
        while position + count < len(self.order) and count < 5:
            following = self.order[position + count]
            line = self.sheet.lines[following]
            left = self.sheet.lines[self.order[position + count - 1]]
            if (
                self.sheet.gap[following]
                or self._begins(position + count)
                or has_cjk(line.text) != has_cjk(pieces[0][1])
                or BARE_URL.match(line.text)
                or line.begins
                or self.cues.byline(line.text)
                or self.cues.source(line.text) is not None
                or self.cues.spaced_head(line.text)
                or self.cues.known_head(line.text)
                or (self.layout.width is None and self.titles.reads_as_text(position + count))
                or (ends_wide(left.text) and self.layout.trail and left.trail)
                or (
                    line.begins is None
                    and self.layout.width is not None
                    and not self._long(position + count - 1)
                )
            ):
                break
            pieces.append((following, line.text, line.trail))
            count += 1
        for line_index, _, _ in pieces:
            self.sheet.take(line_index, "original title", "behind its label")
        article.original = join(pieces, self.layout.trail, self.sheet.opens).text.strip() or None
        article.closed = article.closed or self.plan.by_end
        return count

    def _long(self, position: int) -> bool:
        width = self.layout.width
        return width is None or self.sheet.width[self.order[position]] >= 0.85 * width
