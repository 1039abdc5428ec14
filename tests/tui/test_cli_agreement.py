"""`kuaibao agreement`: figures with their counts, in three formats."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest

from annotations.model import (
    ArticleRef,
    HighlightBody,
    Target,
    article_refs,
    issue_ref,
    new_annotation,
)
from annotations.spans import span_selector
from annotations.store import Store
from bulletins.model import Article, Block, Issue, Section
from bulletins.reading import read_issue
from bulletins.styles import load_styles
from tui import cli, locations

if TYPE_CHECKING:
    from pathlib import Path

Captured = pytest.CaptureFixture[str]
TEXT = "号工厂在北方动工，预计三年后投产，造价尚未公布。"


def issue(name: str = "brief-7.txt") -> Issue:
    articles = tuple(
        Article(f"a{n}", f"第{n}条：新工厂动工", 1, blocks=(Block("paragraph", f"{n}{TEXT}", 1),))
        for n in range(4)
    )
    return Issue(name[6] * 64, f"/b/{name}", "general", 0.9, (Section("动态", articles),))


def highlight(store: Store, whole: Issue, number: int, start: int, end: int) -> None:
    article, ref = whole.articles()[number], article_refs(whole)[number]
    made = new_annotation(HighlightBody("yellow"), issue_ref(whole), ref)
    selector = span_selector(article, 0, start, end)
    store.put(type(made)(made.id, Target(issue_ref(whole), ref, selector), made.body))


@pytest.fixture(autouse=True)
def work() -> dict[str, Store]:
    """Two who reviewed three articles of one issue, and one of them another issue."""
    root = locations.data_folder()
    stores = {name: Store(root, name, "here") for name in ("Lin Wei", "沈三")}
    whole, refs = issue(), article_refs(issue())
    for store in stores.values():
        for ref in refs[:3]:
            store.set_status(issue_ref(whole), ref, "reviewed")
        store.tag(issue_ref(whole), refs[0], "政策")
    stores["沈三"].tag(issue_ref(whole), refs[1], "政策")
    stores["沈三"].set_star(issue_ref(issue("brief-8.txt")), refs[0], True)
    highlight(stores["沈三"], whole, 0, 0, 10)
    highlight(stores["Lin Wei"], whole, 0, 5, 15)
    return stores


def figures(capsys: Captured, *words: str) -> dict[str, dict[str, Any]]:
    assert cli.main(["agreement", "--format", "json", *words]) == 0
    (pair,) = json.loads(capsys.readouterr().out)["pairs"]
    assert (pair["first"], pair["second"]) == ("Lin Wei", "沈三")
    return {"articles": pair["articles"], **{one["of"]: one for one in pair["figures"]}}


def test_figures_come_with_the_counts_that_they_are_made_from(capsys: Captured) -> None:
    found = figures(capsys)
    assert found["articles"] == 3
    tag = found["tag"]
    assert (tag["name"], tag["n"], tag["agreed"]) == ("政策", 3, 2)
    assert (tag["first_count"], tag["second_count"], tag["both_first"]) == (1, 2, 1)
    assert tag["value"] == pytest.approx(0.4)
    assert (found["statuses"]["n"], found["statuses"]["value"]) == (3, None)
    assert found["characters"]["value"] == pytest.approx(0.5)
    assert found["passages"]["value"] == 1
    assert found["same_passages"]["value"] == 0


def test_the_table_says_what_is_undefined(capsys: Captured) -> None:
    assert cli.main(["agreement"]) == 0
    captured = capsys.readouterr()
    lines = captured.out.splitlines()
    assert lines[0] == "Lin Wei · 沈三: 3 articles that both reviewed"
    (tag,) = [line.split() for line in lines if line.startswith("#政策")]
    assert tag == ["#政策", "0.40", "2", "3", "1", "2", "1"]
    (status,) = [line for line in lines if line.startswith("statuses")]
    assert "undefined: no variation" in status
    assert "2 issues are not at hand" in captured.err


def test_without_any_tag_there_is_nothing_to_compare(
    capsys: Captured, work: dict[str, Store]
) -> None:
    whole, refs = issue(), article_refs(issue())
    for store in work.values():
        for ref in refs[:2]:
            store.untag(issue_ref(whole), ref, "政策")
    assert cli.main(["agreement"]) == 0
    lines = capsys.readouterr().out.splitlines()
    (tags,) = [line for line in lines if line.startswith("all tags")]
    assert "undefined: nothing to compare" in tags
    assert figures(capsys)["all_tags"]["value"] is None


def test_csv_has_a_row_for_each_figure(capsys: Captured) -> None:
    assert cli.main(["agreement", "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["of"] for row in rows] == [
        "tag", "all_tags", "statuses", "characters", "passages", "same_passages", "colour",
    ]  # fmt: skip
    assert rows[2]["value"] == ""


def test_an_issue_may_be_named(capsys: Captured) -> None:
    assert figures(capsys, "--issue", "brief-7")["articles"] == 3
    assert cli.main(["agreement", "--issue", "brief-8"]) == 1
    assert "0 articles that both reviewed" in capsys.readouterr().out


def test_three_reviewers_are_compared_two_by_two(capsys: Captured) -> None:
    third = Store(locations.data_folder(), "何四", "here")
    third.set_status(issue_ref(issue()), article_refs(issue())[0], "skipped")
    assert cli.main(["agreement", "--format", "json"]) == 0
    pairs = json.loads(capsys.readouterr().out)["pairs"]
    assert {(one["first"], one["second"]): one["articles"] for one in pairs} == {
        ("Lin Wei", "何四"): 1, ("Lin Wei", "沈三"): 3, ("何四", "沈三"): 1,
    }  # fmt: skip
    only = ["--reviewer", "沈三", "--reviewer", "何四", "--format", "json"]
    assert cli.main(["agreement", *only]) == 0
    assert len(json.loads(capsys.readouterr().out)["pairs"]) == 1


def test_one_alone_agrees_with_nobody(capsys: Captured) -> None:
    assert cli.main(["agreement", "--reviewer", "沈三"]) == 1
    assert cli.main(["agreement", "--reviewer", "沈三", "--reviewer", "谁"]) == 1
    assert "“谁”" in capsys.readouterr().err


def test_what_lost_its_article_is_left_out_and_counted(
    capsys: Captured, work: dict[str, Store], tmp_path: Path
) -> None:
    path = tmp_path / "brief-9.txt"
    path.write_text("简报 第9期\n\n一、甲省公布海上风电用地办法\n3月4日，甲省公布办法。\n", "utf-8")
    whole = read_issue(path, load_styles([])).issue
    gone = ArticleRef("gone", "早已删去的一条", lead="这一条在重排之后不见了，哪里都找不到。")
    for store in work.values():
        store.set_status(issue_ref(whole), gone, "reviewed")
        store.tag(issue_ref(whole), gone, "政策")
    (tmp_path / "config.yaml").write_text(f"library: {tmp_path}\n", encoding="utf-8")
    assert cli.main(["--config", str(tmp_path / "config.yaml"), "agreement"]) == 0
    captured = capsys.readouterr()
    assert "3 articles that both reviewed" in captured.out
    assert "4 annotations are left out" in captured.err
