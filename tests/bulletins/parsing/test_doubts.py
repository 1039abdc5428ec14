"""What is doubtful is said, and makes an issue less sure."""

from __future__ import annotations

from bulletins.model import Article, Block, Footnote, Issue, Section
from bulletins.parsing import parse
from bulletins.parsing.confidence import checked
from bulletins.parsing.doubts import doubts_of
from bulletins.sources import Source, pages_of
from bulletins.styles import load_styles

STYLES = load_styles()
TEXT = "试验站在三个湖区布设浮标，每小时传回一次水温和浊度。\n项目组计划明年把站点增加一倍。\n"


def article(title: str, *blocks: str, notes: tuple[Footnote, ...] = ()) -> Article:
    return Article(
        title, title, 1, blocks=tuple(Block("paragraph", b, 1) for b in blocks), footnotes=notes
    )


def issue(*articles: Article) -> Issue:
    return Issue("id", "a.txt", "general", 0.9, (Section("", articles),))


def kinds(*articles: Article, listed: frozenset[str] = frozenset()) -> list[str]:
    return [doubt.kind for doubt in doubts_of(issue(*articles), listed)]


def test_each_doubt_has_its_kind() -> None:
    assert kinds() == ["no articles"]
    assert kinds(article("湖区新建水质站")) == ["no text"]
    assert kinds(article("题" * 60, "正文。")) == ["long title"]
    assert kinds(article("项目已经完成。", "正文。")) == ["title like text"]
    assert kinds(article("同题", "一。"), article("同题", "二。")) == ["same title"] * 2
    loose = (Footnote("3", "https://example.org", (), 1),)
    assert kinds(article("湖区新建水质站", "正文。", notes=loose)) == ["loose note"]
    several = [article(f"第{n}篇文章", f"正文{n}。", "湖区快报") for n in "甲乙丙"]
    assert kinds(*several) == ["header left"] * 3


def test_contents_and_articles_are_compared() -> None:
    both = (article("湖区新建水质站", "一。"), article("再生沥青通过试验", "二。"))
    assert kinds(*both, listed=frozenset(("湖区新建水质站", "2再生沥青通过试验"))) == []
    assert kinds(*both, listed=frozenset(("湖区新建水质站",))) == ["not listed"]
    listed = frozenset(("湖区新建水质站", "再生沥青通过试验", "耐盐小麦通过区域试验"))
    assert kinds(*both, listed=listed) == ["not found"]
    # Contents that list nothing but sections say nothing of articles.
    assert kinds(*both, listed=frozenset(("政策动态", "研究进展"))) == []


def test_doubts_make_a_reading_less_sure() -> None:
    sound = issue(article("湖区新建水质站", "一。"), article("再生沥青通过试验", "二。"))
    empty = issue(article("湖区新建水质站", "一。"), article("再生沥青通过试验"))
    listed = frozenset(("湖区新建水质站", "再生沥青通过试验"))
    assert checked(0.8, sound, frozenset()) == 0.8
    assert checked(0.8, sound, listed) > 0.9
    assert checked(0.8, empty, listed) < 0.6
    missed = checked(0.8, sound, listed | {"耐盐小麦通过区域试验", "南极冰芯钻探新进展"})
    assert missed < 0.6


def test_the_contents_are_kept_and_never_an_article() -> None:
    rows = ["海洋快报", "2025 年第 3 期", "目  录", "湖区新建水质站……1", "再生沥青通过试验……2"]
    text = "\n".join(rows) + f"\n湖区新建水质站\n{TEXT}再生沥青通过试验\n{TEXT}"
    parsed = parse(Source("a.txt", "0", pages_of(text)), STYLES)
    assert parsed.listed == {"湖区新建水质站", "再生沥青通过试验"}
    assert [one.title for one in parsed.issue.articles()] == ["湖区新建水质站", "再生沥青通过试验"]
    assert parsed.issue.confidence >= 0.9
