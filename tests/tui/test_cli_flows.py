"""`kuaibao inspect --format flows`: a table that a spreadsheet opens and obeys nothing of."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletins.model import (
    Amount,
    Article,
    Block,
    DateMention,
    Doubt,
    Evidence,
    Flow,
    Issue,
    Mentions,
    Place,
    Section,
)
from tui import cli
from tui.cli.flows import COLUMNS, FlowsWriter, protected
from tui.cli.tree import TreeWriter

if TYPE_CHECKING:
    from pathlib import Path

Captured = pytest.CaptureFixture[str]


def said(value: str) -> Evidence:
    return Evidence(value, Place(0, 1, 0), value)


ARTICLE = Article(
    "a", "=cmd()|某部资助", 2, date="2024-08-06",
    blocks=(Block("paragraph", "正文", 3),),
    mentions=Mentions(
        amounts=(
            Amount("11英镑", Place(0, 1), "GBP", Decimal(11), approximate=True),
            Amount("11亿英镑", Place(0, 1, 0), "GBP", Decimal("1.1E+9")),
            Amount("14亿美元", Place(2, 3, 0), "USD", Decimal(14 * 10**8), equivalent_of=1),
            Amount("5至6欧元", Place(4, 5, 0), "EUR", None, Decimal(5), Decimal("6.5"), per="year"),
        ),
        flows=(
            Flow(1, (said("某部"), said("某局")), (said("@高校"),), said("研究"), said("grant"),
                 said("announced"), said("2024-08-06"), "total", (3,)),
        ),
        doubts=(Doubt(0, 1),),
        dates=(DateMention("9月30日", Place(0, 1, 0), "2024-09-30", deadline=True),),
    ),
)  # fmt: skip
ISSUE = Issue("i", "/f.txt", "s", 1.0, (Section("栏目", (ARTICLE,)),), "快讯", "8", "2024-08-10")


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_a_row_for_each_sum_with_what_is_said_of_it(capsys: Captured) -> None:
    FlowsWriter(bom=False).issue(ISSUE, ())
    first, second, third, fourth = table(capsys.readouterr().out)
    assert (first["place"], first["page"], first["approximate"]) == ("title", "2", "yes")
    assert first["disagrees"] == "11亿英镑"
    assert second | {
        "page": "3", "place": "text", "currency": "GBP", "value": "1100000000",
        "payer": "某部; 某局", "recipient": "'@高校", "purpose": "研究", "kind": "grant",
        "status": "announced", "date": "2024-08-06", "relation": "total", "others": "5至6欧元",
        "publication": "快讯", "number": "8", "issue_date": "2024-08-10", "section": "栏目",
        "article": "'=cmd()|某部资助", "article_date": "2024-08-06", "disagrees": "11英镑",
    } == second  # fmt: skip
    assert (third["relation"], third["others"]) == ("equivalent", "11亿英镑")
    assert (fourth["value"], fourth["low"], fourth["high"], fourth["per"]) == (
        "", "5", "6.5", "year",
    )  # fmt: skip


@given(st.text(max_size=20), st.sampled_from(list("=+-@\t\r＝＋－＠")))
def test_no_text_begins_as_a_formula(text: str, sign: str) -> None:
    assert protected(sign + text).startswith(f"'{sign}")


def test_other_text_stays_as_it_is() -> None:
    assert protected("投资-回报 = 2") == "投资-回报 = 2"
    assert protected(None) == ""


def test_the_command_prints_a_table(root: Path, capsys: Captured) -> None:
    seed = sorted((root / "seeds").glob("*.txt"))[0]
    assert cli.main(["inspect", "--format", "flows", str(seed)]) == 0
    plain = capsys.readouterr().out
    rows = table(plain)
    assert rows and rows[0].keys() == set(COLUMNS)
    assert all(row["words"] and row["currency"] for row in rows)
    assert cli.main(["inspect", "--format", "flows", "--bom", str(seed)]) == 0
    assert capsys.readouterr().out == "\ufeff" + plain


def test_reasons_of_lines_have_no_place_in_a_table(root: Path, capsys: Captured) -> None:
    seed = sorted((root / "seeds").glob("*.txt"))[0]
    assert cli.main(["inspect", "--format", "flows", "--explain", str(seed)]) == 2


def test_the_tree_shows_sums_doubts_and_deadlines(capsys: Captured) -> None:
    TreeWriter(False).issue(ISSUE, ())
    out = " ".join(capsys.readouterr().out.replace("│", " ").split())
    assert "⚠ Two sums disagree: “11英镑” in the title, “11亿英镑” in the text" in out
    assert "11亿英镑 GBP 1.1 bn ≈ USD 1.4 bn 某部、某局 → @高校 研究 grant · announced" in out
    assert "9月30日 due 2024-09-30" in out
