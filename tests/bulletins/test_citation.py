"""Articles are cited by GB/T 7714, of 2025 and of 2015."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bulletins.citation import cite, issue_number
from bulletins.model import Article

ARTICLE = Article("a", "港口试用氢能拖船", 3, authors=("周远", "何青"))
WHERE = {"publication": "轻材料快报", "number": "2024年第08期", "date": "2024-08-06"}
URL = "https://example.org/tug"


def test_a_printed_contribution() -> None:
    assert cite(ARTICLE, **WHERE) == "周远，何青. 港口试用氢能拖船[J]. 轻材料快报，2024（8）：3."
    assert (
        cite(ARTICLE, **WHERE, edition="2015")
        == "周远,何青. 港口试用氢能拖船[J]. 轻材料快报,2024(8):3."
    )


def test_only_the_older_edition_dates_access_to_what_is_printed_too() -> None:
    online = replace(ARTICLE, sources=(URL, "https://example.org/other"))
    new = cite(online, **WHERE, accessed="2026-11-20")
    assert new == f"周远，何青. 港口试用氢能拖船[J/OL]. 轻材料快报，2024（8）：3. {URL}."
    old = cite(online, **WHERE, edition="2015", accessed="2026-11-20")
    assert old == f"周远,何青. 港口试用氢能拖船[J/OL]. 轻材料快报,2024(8):3[2026-11-20]. {URL}."


def test_without_a_publication_the_source_is_cited() -> None:
    online = replace(ARTICLE, sources=(URL,), date="2024-03-14")
    new = cite(online, publication="", accessed="2026-11-20")
    assert new == f"周远，何青. 港口试用氢能拖船[EB/OL]. （2024-03-14）[2026-11-20]. {URL}."
    assert cite(replace(ARTICLE, authors=()), publication="") == "港口试用氢能拖船[Z]."


@pytest.mark.parametrize(
    ("authors", "said"),
    [
        ((), "港口"),
        (("甲", "乙", "丙"), "甲，乙，丙. "),
        (("甲", "乙", "丙", "丁"), "甲，乙，丙，等. "),
        (("Smith J", "Li W", "Roe A", "Poe B"), "Smith J，Li W，Roe A，et al. "),
    ],
)
def test_three_authors_are_named(authors: tuple[str, ...], said: str) -> None:
    assert cite(replace(ARTICLE, authors=authors), publication="快报").startswith(said)


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ({"publication": "快报"}, "快报：3."),
        ({"publication": "快报", "date": "2024-08-06"}, "快报，2024-08-06：3."),
        ({"publication": "快报", "number": "2024-10"}, "快报，2024（10）：3."),
        ({"publication": "快报", "number": "总第 7 号"}, "快报（总第 7 号）：3."),
    ],
)
def test_what_is_not_known_is_left_out(where: dict[str, str], said: str) -> None:
    assert cite(ARTICLE, **where).endswith(said)


@pytest.mark.parametrize(
    ("printed", "number"),
    [("2024年第8期", "8"), ("第 012 期", "12"), ("2024-10", "10"), ("2024.08", "8"),
     ("总第152期 第8期", "8"), ("8", "8"),
     ("增刊", "增刊"), ("", "")],
)  # fmt: skip
def test_numbers_within_a_year(printed: str, number: str) -> None:
    assert issue_number(printed) == number
