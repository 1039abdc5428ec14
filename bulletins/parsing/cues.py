"""What a style's words and shapes tell of a single line, before its neighbours speak."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bulletins.parsing.makers import names_office, tells_makers
from bulletins.parsing.names import is_name, names_in
from bulletins.parsing.sheet import has_cjk
from bulletins.styles.shapes import SHAPES, value_of

if TYPE_CHECKING:
    from bulletins.styles import Style

URL = re.compile(r"(?:https?|ftp)://[!-~\u00a1-\u024f]+|www\.[!-~]+\.[!-~]+", re.IGNORECASE)
BARE_URL = re.compile(r"(?:https?|ftp)://\S+$|www\.\S+$", re.IGNORECASE)
_SPACED = re.compile(r"[\u3400-\u9fff](?:[ \u3000]+[\u3400-\u9fff]){1,11}$")
_SQUARE = re.compile(r"[【［\[](.{1,110})[】］\]]$")
_BRACKETED = re.compile(r"[（(](.{1,110}|.{1,60}?https?://\S{1,400})[）)]$")
_OPEN_BRACKET = re.compile(r"[（(][^（()）]{1,100}$")
_INLINE = re.compile(r"[（(]([^（()）]{2,80})[）)]$")
_PIECES = re.compile(r"[；;|｜]|\s+(?=[\u3400-\u9fff]{1,6}\s?[:：])|\s+(?=(?:19|20)\d\d\s?[-/.年])")
_DATE = re.compile(r"(?:19|20)\d\d\s?[-/.年][\d\s\-/.年月日:：]{1,24}$")
_ACRONYM = re.compile(r"[A-Z0-9][A-Z0-9/&+. -]{1,11}$")
_AFFILIATION = re.compile(r"[（(][^（()）]{1,30}[）)]")
_HEAD_MARKS = re.compile(r"[\s●■◆▶★☆※【】〖〗\[\]—–\-－・·:：]+")
_PLAIN_HEAD = re.compile(r"[\u3400-\u9fff、与和及/／&]{2,16}$")
_GAP_IN_WORD = re.compile(r"(?<=[\u3400-\u9fff])[ \u3000]+(?=[\u3400-\u9fff])")
_BETWEEN = re.compile(r"[\s|｜/／>＞»·•,，、:：]+")
_DIGITS = re.compile(r"\d+")
_UNREAD: Any = object()
_MAX_SOURCED = 500  # characters of a byline with an address in it
MAX_CUE = 240  # characters; a longer line is a paragraph


@dataclass(frozen=True, slots=True)
class Byline:
    """Who wrote, none where it names editors only, and what a byline says of the source."""

    authors: tuple[str, ...]
    source: str = ""
    how: str = "role"


@dataclass(frozen=True, slots=True)
class Enumerator:
    """A number at the start of a line: its shape, its rank in the style, its value."""

    shape: str
    rank: int
    value: int | None
    end: int


def _any_of(words: tuple[str, ...]) -> str:
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word) for word in ordered) or "(?!)"


class Cues:
    """A style's words, ready to be looked for."""

    def __init__(self, style: Style) -> None:
        self.style = style
        self._heads = style.sections.heads
        self._words = style.sections.words
        self._longest = max((len(word) for word in self._words), default=0)
        self._headers = frozenset(re.sub(r"[\s\d]+", "", word).casefold() for word in style.headers)
        by = style.bylines
        self._role = re.compile(
            rf"(?:{_any_of(by.roles)})\s*[:：/／]\s*|(?:{_any_of(by.roles)})\s+"
        )
        self._jobs = frozenset((*by.roles, *by.other_roles, *by.endings))  # no names, if shaped so
        self._other = re.compile(rf"(?:{_any_of(by.other_roles)})\s*[:：/／]\s*")
        self._ending = re.compile(
            rf"(.{{2,40}}?)\s*({_any_of(by.endings)})"
            r"(?:\s*[:：]?\s*(https?://.*|[《A-Z].*)?|[:：]\s*(.*))$"
        )
        self._source = re.compile(
            rf"[（(【\[]?(?:{_any_of(style.sources)})\s*[】\]]?\s*[:：]\s*(.*)$"
        )
        self._original = re.compile(rf"[（(]?(?:{_any_of(style.originals)})\s*[:：]\s*(.*)$")
        self._imprint = re.compile(rf"(?:{_any_of(style.imprint)})\s*[:：|｜]|©|版权所有")
        self._closing = frozenset(style.closing)
        self._figure_source = re.compile(rf"(?:{_any_of(style.figure_sources)})\s*[:：]\s*\S")
        self.figured: set[str] = set()  # lines that say what a picture or a table is from
        self._bracket_head = re.compile(rf"[【\[〔](?:{_any_of(style.bracket_heads)})[】\]〕]")
        self._note_head = re.compile(rf"(?:{_any_of(style.bracket_heads)})\s*[:：]")
        self._caption = re.compile(
            rf"(?:{_any_of(style.captions)})\s?\d{{1,3}}(?:[-–.．]\d{{1,3}})?"
            r"(?=[\s:：.．　]|[^\d\s年月个])"
        )
        self._ornament = re.compile(rf"(?:{_any_of(style.ornaments)})+\s*(?=\S)")
        self._ornaments_behind = re.compile(rf"\s*(?:{_any_of(style.ornaments)})+$")
        self._detail = re.compile(rf"[（(【\[]?(?:{_any_of(style.details)})\s*[】\]]?\s*[:：]")
        self._web_page = frozenset(word.casefold() for word in style.web_page)
        self._contents = frozenset(re.sub(r"\s+", "", word).casefold() for word in style.contents)
        opens = "".join(pair[0] for pair in style.topics)
        closes = "".join(pair[1] for pair in style.topics)
        self._topic = (
            re.compile(
                rf"[{re.escape(opens)}]([^{re.escape(opens + closes)}]{{1,24}})"
                rf"[{re.escape(closes)}]\s*(\S.*)$"
            )
            if opens
            else None
        )
        self._shapes = [(shape, rank, SHAPES[shape]) for rank, shape in enumerate(style.subheads)]
        self._title_shapes = [
            (shape, rank, SHAPES[shape]) for rank, shape in enumerate(style.title_shapes)
        ]
        self._segmented: dict[str, bool] = {}
        # Every stage asks the same of a line again: what it said is kept as long as the parse is.
        self._bylines: dict[str, Any] = {}
        self._sources: dict[str, Any] = {}
        self._spaced_heads: dict[str, Any] = {}
        self._known_heads: dict[str, Any] = {}
        self._numbers: dict[str, Any] = {}
        self._title_numbers: dict[str, Any] = {}

    def is_header(self, folded: str) -> bool:
        """Say whether the style lists this running header."""
        return folded in self._headers

    def spaced_head(self, text: str) -> str | None:
        """Join a letter-spaced section head (`专  题`), or None."""
        known: str | None = self._spaced_heads.get(text, _UNREAD)
        if known is _UNREAD:
            known = self._spaced_heads[text] = self._read_spaced_head(text)
        return known

    def _read_spaced_head(self, text: str) -> str | None:
        if self.style.sections.spaced and len(text) <= 40 and _SPACED.match(text):
            return re.sub(r"\s+", "", text)
        return None

    def known_head(self, text: str) -> str | None:
        """Read a section head that the style lists or builds from its words, or None."""
        known: str | None = self._known_heads.get(text, _UNREAD)
        if known is _UNREAD:
            known = self._known_heads[text] = self._read_known_head(text)
        return known

    def _read_known_head(self, text: str) -> str | None:
        if len(text) > 24:
            return None
        bare = _HEAD_MARKS.sub("", text)
        return bare if self.is_head_word(bare) else None

    def is_head_word(self, bare: str) -> bool:
        """Say whether `bare` is a listed head, or nothing but head words (at least two)."""
        if bare in self._heads:
            return True
        if not 4 <= len(bare) <= 14 or not _PLAIN_HEAD.match(bare):
            return False
        known = self._segmented.get(bare)
        if known is None:
            known = self._segmented[bare] = self._made_of_words(bare)
        return known

    def _made_of_words(self, text: str) -> bool:
        reach = [True] + [False] * len(text)
        for start in range(len(text)):
            if not reach[start]:
                continue
            for end in range(start + 1, min(len(text), start + self._longest) + 1):
                if text[start:end] in self._words:
                    reach[end] = True
        return reach[-1]

    def bracket_section(self, text: str) -> str | None:
        """Read a whole line in section brackets (`【政策动态】`), or None."""
        for pair in self.style.sections.brackets:
            if text[0] == pair[0] and text[-1] == pair[1] and 3 <= len(text) <= 16:
                inner = text.strip(pair).strip()
                if not self._bracket_head.match(text) and pair[0] not in inner:
                    return re.sub(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])", "", inner)
        return None

    def topic(self, text: str) -> tuple[str, str] | None:
        """Split `[topic]title`, or None. A topic is Chinese or an acronym: `[J]` is a reference."""
        match = self._topic.match(text[:MAX_CUE]) if self._topic is not None else None
        if match is None or match[1].strip().isdigit() or not has_cjk(match[1] + match[2]):
            return None
        topic = match[1].strip()
        if self._bracket_head.match(text):
            return None  # `[摘要]` is the same above every article
        return (topic, match[2]) if has_cjk(topic) or _ACRONYM.match(topic) else None

    def byline(self, text: str) -> Byline | None:
        """Read a whole line as a byline, or None."""
        known: Byline | None = self._bylines.get(text, _UNREAD)
        if known is _UNREAD:
            known = self._bylines[text] = self._read_byline(text)
        return known

    def _read_byline(self, text: str) -> Byline | None:
        if len(text) > (_MAX_SOURCED if "://" in text else 160):
            return None
        bracketed = _BRACKETED.match(text)
        if bracketed:
            inner = bracketed[1].strip()
            found = self._roles(inner) or self._ended(inner)
            if found is None and self.style.bylines.bare_names:
                names = names_in(inner, strict=True)
                named = bool(names) and not any(name in self._jobs for name in names)
                found = Byline(names, how="bare") if named else None
            return found
        square = _SQUARE.match(text)
        if square:
            return self._roles(square[1].strip())
        if self.style.bylines.unbracketed:
            found = self._roles(text)
            if found is not None:
                return found
        return self._ended(text)

    def inline_byline(self, text: str) -> tuple[int, Byline] | None:
        """Find a byline with a role at the end of a paragraph's text: (where it starts, byline)."""
        if text[-1] not in "）)":
            return None
        tail = text[-84:]
        match = _INLINE.search(tail)
        if match is None:
            return None
        found = self._roles(match[1].strip()) or self._ended(match[1].strip())
        if found is None:
            return None
        return len(text) - len(tail) + match.start(), found

    def opens_byline(self, text: str) -> bool:
        """Say whether a bracketed byline starts here and closes on a later line."""
        if _OPEN_BRACKET.match(text) is None:
            return False
        inner = text[1:].lstrip()
        return self._role.match(inner) is not None or self._ended(inner) is not None

    def _roles(self, inner: str) -> Byline | None:
        authors: list[str] = []
        others: list[str] = []
        source = ""
        for piece in _PIECES.split(inner):
            part = piece.strip()
            if not part or _DATE.match(part):
                continue
            role = self._role.match(part)
            other = None if role else self._other.match(part)
            match = role or other
            if match is None:
                label = self._source.match(part)
                if label is None:
                    return None
                source = label[1]
                continue
            if role is None and self._source.match(part) is not None:
                source = part[match.end() :]  # papers and agencies are no authors
                continue
            rest = _AFFILIATION.sub(" ", part[match.end() :])
            names = names_in(rest, strict=False)
            if not names and role:
                return None
            if role:
                authors += names
            else:
                others += names
        if not authors and not others:
            return None  # a source alone is a source line
        return Byline(tuple(dict.fromkeys(authors)), source)

    def _ended(self, text: str) -> Byline | None:
        if not self.style.bylines.endings or (len(text) > 140 and "http" not in text):
            return None
        match = self._ending.match(text)
        if match is None:
            return None
        names = names_in(match[1].strip(), strict=True)
        # 供稿自 says itself that a name stands before it; 整理 or 报道 may end any phrase.
        if not names or not (match[2].endswith(("自", "供稿")) or all(map(is_name, names))):
            return None
        return Byline(names, (match[3] or match[4] or "").strip(), "ending")

    def source(self, text: str) -> str | None:
        """Read what a source line (`来源：…`) names, or None."""
        known: str | None = self._sources.get(text, _UNREAD)
        if known is _UNREAD:
            known = self._sources[text] = self._read_source(text)
        return known

    def _read_source(self, text: str) -> str | None:
        if text in self.figured:
            return None
        match = self._source.match(text[:2000]) if len(text) <= 2000 else None
        return match[1].strip() if match else None

    def figure_source(self, text: str) -> bool:
        """Say whether a line can name what a picture or a table above it is from."""
        return len(text) <= 160 and self._figure_source.match(text) is not None

    def settle_figure(self, text: str) -> None:
        """Know a line as what a picture or a table is from, as its place tells."""
        self.figured.add(text)
        self._sources.pop(text, None)
        self._bylines.pop(text, None)

    def original(self, text: str) -> str | None:
        """Read the title behind `原文标题：`, or None."""
        match = self._original.match(text[:2000]) if len(text) <= 2000 else None
        return match[1].strip() if match else None

    def detail(self, text: str) -> bool:
        """Say whether a line dates an article or its source (`检索日期：…`)."""
        return len(text) <= 60 and self._detail.match(text) is not None

    def web_page(self, text: str) -> bool:
        """Say whether a line is nothing but what web pages have around an article."""
        words = (
            [word for word in _BETWEEN.split(text.casefold()) if word] if len(text) <= 60 else []
        )
        return bool(words) and all(_DIGITS.sub("0", word) in self._web_page for word in words)

    def ornament(self, text: str) -> int:
        """Length of the marks before a title or head (`◆ `), 0 if there are none."""
        match = self._ornament.match(text[:8])
        return match.end() if match else 0

    def unadorned(self, text: str) -> str:
        """Take the marks off both ends of a head (`★ 要闻 ★`)."""
        bare = text[self.ornament(text) :]
        return self._ornaments_behind.sub("", bare) or bare

    def imprint(self, text: str) -> bool:
        """Say whether a line belongs to the imprint (主编：, 地址：, 电话：)."""
        if self._imprint.match(_GAP_IN_WORD.sub("", text[:40])) or names_office(text):
            return True
        return tells_makers(self._imprint, text) and self.byline(text) is None

    def closing(self, text: str) -> bool:
        """Say whether a line is nothing but a head above what is said of the whole issue."""
        return len(text) <= 24 and _HEAD_MARKS.sub("", text) in self._closing

    def bracket_head(self, text: str) -> int:
        """Length of a bracketed sub-head at the start (`【快报延伸】`), 0 if there is none."""
        match = self._bracket_head.match(text[:40])
        return match.end() if match else 0

    def note_head(self, text: str) -> bool:
        """Say whether an editor's note or the like starts here (`编者按：`)."""
        return self._note_head.match(text[:40]) is not None

    def caption(self, text: str) -> bool:
        """Say whether a caption starts here (`图 1 …`)."""
        return text in self.figured or self._caption.match(text[:40]) is not None

    def contents(self, text: str) -> bool:
        """Say whether the list of contents starts here."""
        return len(text) < 30 and re.sub(r"[\s【】\[\]：:]+", "", text).casefold() in self._contents

    def enumerator(self, text: str) -> Enumerator | None:
        """Read the number at the start of a line (`一、`, `（1）`), or None."""
        if text[0] not in _STARTS:
            return None
        known: Enumerator | None = self._numbers.get(text, _UNREAD)
        if known is _UNREAD:
            known = self._numbers[text] = _enumerator(self._shapes, text)
        return known

    def title_enumerator(self, text: str) -> Enumerator | None:
        """Read the number before a title where the style numbers titles, or None."""
        if text[0] not in _STARTS:
            return None
        known: Enumerator | None = self._title_numbers.get(text, _UNREAD)
        if known is _UNREAD:
            known = self._title_numbers[text] = _enumerator(self._title_shapes, text)
        return known


def _enumerator(shapes: list[tuple[str, int, re.Pattern[str]]], text: str) -> Enumerator | None:
    head = text[:100]
    if head[0] not in _STARTS:
        return None
    for shape, rank, pattern in shapes:
        match = pattern.match(head)
        if match is not None:
            return Enumerator(shape, rank, value_of(shape, match[1]), match.end())
    return None


_STARTS = frozenset(
    "一二三四五六七八九十百零〇第（(0123456789０１２３４５６７８９①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳●•■◆▶►◇○★☆·▪【-–*"
)
