"""Articles ranked for an annotation that lost its own."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotations.anchors import ArticleKey
from annotations.likeness import similar_articles
from annotations.model import ArticleRef

KEYS = (
    ArticleKey("a", "港口试用氢能拖船", "海风港务局开始试用两艘拖船。"),
    ArticleKey("b", "电池回收工厂开工", "北山市的一家企业动工建设。"),
    ArticleKey("c", "简讯", "一所大学公布了新的铝合金配方。"),
    ArticleKey("d", "简讯", "另一所大学公布了测量数据。"),
)


def ranked(ref: ArticleRef) -> list[str]:
    return [one.article for one in similar_articles(ref, KEYS, 9)]


def test_the_most_alike_title_comes_first() -> None:
    assert ranked(ArticleRef("x", "电池的回收工厂已开工"))[0] == "b"


def test_of_equal_titles_the_lead_decides() -> None:
    assert ranked(ArticleRef("x", "简讯", lead="另一所大学公布了全部测量数据。"))[0] == "d"


def test_where_nothing_is_alike_the_nearest_comes_first() -> None:
    assert ranked(ArticleRef("x", "ＸＹＺ", position=2))[0] == "c"
    assert similar_articles(ArticleRef("x", ""), KEYS, 9)[0].score == 0


def test_an_equal_title_is_certain() -> None:
    assert similar_articles(ArticleRef("x", "港口试用氢能拖船"), KEYS, 1)[0].score == 1


@given(st.text(), st.text(), st.lists(st.tuples(st.text(), st.text())), st.integers(-1, 5))
def test_any_texts_are_ranked(
    title: str, lead: str, texts: list[tuple[str, str]], most: int
) -> None:
    keys = [ArticleKey(str(at), *pair) for at, pair in enumerate(texts)]
    found = similar_articles(ArticleRef("x", title, lead=lead), keys, most)
    assert len(found) == min(max(0, most), len(keys))
    scores = [one.score for one in found]
    assert scores == sorted(scores, reverse=True) and all(0 <= score <= 1 for score in scores)
