"""What other programs get: safe cells, labels at the right place, W3C fields, entries to cite."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from annotations.exports import FORMATS
from annotations.exports.bibtex import load as load_bibtex
from annotations.exports.gathering import Selection
from annotations.exports.yaml_load import load as load_yaml
from annotations.model import (
    Annotation,
    CorrectionBody,
    HighlightBody,
    IssueRef,
    LinkBody,
    MentionBody,
    NoteBody,
    Selector,
    StarBody,
    StatusBody,
    Tag,
    TagBody,
    Target,
    article_refs,
    issue_ref,
)
from bulletins.model import (
    Amount,
    Article,
    Block,
    Entity,
    Evidence,
    Flow,
    Footnote,
    Issue,
    Mentions,
    Place,
    Section,
)

BODY = "🚢三月，港口公司获得 5 亿美元，用于𠮷号拖船。"
AMOUNT = Amount("5 亿美元", Place(11, 17, 0), "USD", Decimal(500_000_000))
FLOW = Flow(0, recipient=(Evidence("港口公司", Place(4, 8, 0), "港口公司"),))
ARTICLE = Article(
    "0f" * 16,
    "港口 50% 用 {氢} & 电_池",
    3,
    authors=("周远", "何青", "Smith, John", "李 and 王"),
    date="2024-03-14",
    original_title="Tugs",
    sources=("https://example.org/a_b?c=%20{x}&d=1",),
    blocks=(Block("heading", "一", 3, 1), Block("paragraph", BODY, 3)),
    mentions=Mentions(
        (replace(AMOUNT, place=Place(11, 17, 1)),),
        entities=(Entity("organization", "港口公司", "港口公司", Place(4, 8, 1)),),
        flows=(FLOW,),
    ),
)
ISSUE = Issue(
    "ab" * 32, "/x/轻-08.txt", "general", 1.0, (Section("动态", (ARTICLE,)),), "轻材料快报",
    "2024年第08期", "2024-08-06",
)  # fmt: skip
REF = issue_ref(ISSUE)
(HERE,) = article_refs(ISSUE)
QUOTE = Selector(4, 8, "港口公司", block=1, prefix="🚢三月，", suffix="获得", page=3)
TIME = "2026-01-02T03:04:05.000006Z"


def made(body: Any, selector: Selector | None = None, id: str = "n1", **more: Any) -> Annotation:
    target = Target(REF, HERE, selector)
    return Annotation(id, target, body, "王丽", "desk", 1, TIME, TIME, **more)


def exported(form: str, *found: Annotation, **more: Any) -> str:
    tags = (Tag("t1", "能源"), Tag("t2", "=氢", parent="t1"))
    whole = {"lookup": {REF.id: ISSUE}.get, **more}
    lookup = whole["lookup"]
    whole["lookup"] = (lambda ref: lookup(ref.id)) if lookup else None
    return FORMATS[form].export(
        Selection(found, tags, "王丽", exported="2026-11-20T08:00:00Z", **whole)
    )


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


@pytest.mark.parametrize("sign", list("=+-@\t\r＝＋－＠"))
def test_a_cell_is_never_a_formula(sign: str) -> None:
    text = exported("csv", made(NoteBody(sign + "cmd|' /C calc'!A0")))
    assert text.startswith("\ufeff")
    (row,) = rows(text)
    assert row["note"] == "'" + sign + "cmd|' /C calc'!A0"
    assert row["guarded"] == "note"
    raw = exported("csv", made(NoteBody(sign + "1")), raw=True)
    (row,) = rows(raw)
    assert row["note"] == sign + "1"
    assert "guarded" not in row
    assert all(
        cell.startswith('"') for cell in raw.removeprefix("\ufeff").split("\r\n")[0].split(",")
    )


def test_a_table_names_tags_with_those_above_them() -> None:
    cells = {row["kind"]: row for row in rows(exported("csv", made(TagBody("t2"), id="g")))}
    assert cells["tag"]["value"] == "能源/=氢"
    assert cells["tag"]["citation"].startswith("周远，何青，Smith, John，等. ")
    assert cells["tag"]["page"] == "3"


def test_mentions_are_rows_with_their_flow() -> None:
    found = rows(exported("csv", made(NoteBody("甲")), with_mentions=True))
    amount = next(row for row in found if row["kind"] == "amount")
    assert (amount["quote"], amount["value"], amount["currency"]) == (
        "5 亿美元",
        "500000000",
        "USD",
    )
    assert (amount["recipient"], amount["payer"]) == ("港口公司", "")
    assert [row["canonical"] for row in found if row["kind"] == "entity"] == ["港口公司"]


@pytest.mark.parametrize("form", ["yaml", "jsonl", "jsonld", "markdown"])
def test_mentions_come_along_when_asked_for(form: str) -> None:
    assert "USD" in exported(form, made(NoteBody("甲")), with_mentions=True)
    assert "USD" not in exported(form, made(NoteBody("甲")))


def test_labels_stand_on_code_points_of_the_whole_text() -> None:
    mark = made(HighlightBody("green"), QUOTE)
    spanned = made(TagBody("t2"), QUOTE, "g1")
    gone = made(HighlightBody("red"), replace(QUOTE, exact="没有这句"), "h2")
    line = json.loads(exported("jsonl", mark, spanned, gone, made(TagBody("t1"), id="g2")))
    assert line["text"].split("\n")[0] == ARTICLE.title
    start, end, label = line["label"][0]
    assert (line["text"][start:end], label) == ("港口公司", "green")
    assert [one[2] for one in line["label"]] == ["green", "能源/=氢"]
    assert line["tags"] == ["=氢", "能源"]
    assert line["kuaibao"]["anchors"]["h2"]["status"] == "orphan"
    assert len(line["kuaibao"]["annotations"]) == 4


def test_without_the_text_the_quotes_are_the_text() -> None:
    line = json.loads(exported("jsonl", made(HighlightBody("green"), QUOTE), lookup=None))
    start, end, _ = line["label"][0]
    assert line["text"][start:end] == "港口公司"
    assert line["kuaibao"]["whole"] is False


def items(*found: Annotation, **more: Any) -> list[dict[str, Any]]:
    whole = json.loads(exported("jsonld", *found, **more))
    assert whole["total"] == len(whole["first"]["items"])
    items: list[dict[str, Any]] = whole["first"]["items"]
    return items


def test_a_web_annotation_carries_what_is_needed_to_anchor_it_again() -> None:
    name = "6f0d1c2e-0000-4000-8000-000000000001"
    state = replace(QUOTE, state="ef" * 32)
    (item,) = items(made(HighlightBody("green", "看"), state, name))
    assert item["id"] == f"urn:uuid:{name}"
    assert item["creator"]["name"] == "王丽"
    assert (item["created"], item["revision"]) == (TIME, 1)
    assert item["body"][1] == {
        "type": "TextualBody",
        "purpose": "commenting",
        "value": "看",
        "format": "text/markdown",
        "language": "zh-Hans",
    }
    target = item["target"]
    assert target["source"]["sha256"] == REF.id
    assert target["source"]["article"]["section"] == "动态"
    position, quote = target["selector"]
    assert (position["start"], position["end"], position["block"]) == (4, 8, 1)
    assert (quote["exact"], quote["prefix"], quote["suffix"]) == ("港口公司", "🚢三月，", "获得")
    assert target["state"]["sha256"] == "ef" * 32
    assert target["anchor"] == {"status": "exact", "score": 1.0, "block": 1, "start": 4, "end": 8}
    assert "anchor" not in items(made(HighlightBody("green"), QUOTE), lookup=None)[0]["target"]


def test_motivations() -> None:
    bodies = (
        TagBody("t1"), NoteBody("甲"), HighlightBody("red"), StatusBody("later"), StarBody(),
        LinkBody("follows_up", REF, HERE), CorrectionBody("title", "新"),
    )  # fmt: skip
    found = items(*(made(body, id=f"n{at}") for at, body in enumerate(bodies)))
    assert [one["motivation"] for one in found] == [
        "tagging", "commenting", "highlighting", "assessing", "bookmarking", "linking", "editing",
    ]  # fmt: skip


def test_entries_are_escaped_and_read_back() -> None:
    text = exported("bibtex", made(TagBody("t2")), made(NoteBody("甲"), id="n2"))
    assert r"港口 50\% 用 \textbraceleft{}氢\textbraceright{} \& 电\_池" in text
    assert "url = {https://example.org/a_b?c=%20%7Bx%7D&d=1}" in text
    ((kind, key, fields),) = load_bibtex(text)
    assert (kind, key) == ("article", "kb" + "0f" * 5)
    assert fields["author"] == "周远 and 何青 and Smith， John and 李 & 王"
    assert (fields["journal"], fields["year"], fields["number"]) == ("轻材料快报", "2024", "8")
    assert (fields["language"], fields["keywords"]) == ("chinese", "=氢")
    assert fields["urldate"] == "2026-11-20"


def test_keys_do_not_depend_on_what_else_is_exported() -> None:
    other = replace(HERE, id="0f" * 5 + "ab" * 11, title="另")
    second = replace(made(NoteBody("乙"), id="n2"), target=Target(REF, other))
    both = load_bibtex(exported("bibtex", made(NoteBody("甲")), second, lookup=None))
    alone = load_bibtex(exported("bibtex", made(NoteBody("甲")), lookup=None))
    assert alone[0][1] == both[0][1]
    assert len({key for _, key, _ in both}) == 2


def test_csl_items() -> None:
    (item,) = json.loads(exported("csl", made(TagBody("t2"))))
    assert item["author"][2] == {"literal": "Smith, John"}
    assert item["issued"] == {"date-parts": [[2024, 8, 6]]}
    assert item["accessed"] == {"date-parts": [[2026, 11, 20]]}
    assert (item["issue"], item["page"], item["language"]) == ("8", "3", "zh-CN")


def test_quotes_that_moved_say_where_they_are() -> None:
    moved = replace(QUOTE, start=5, end=9)
    entry = load_yaml(exported("yaml", made(HighlightBody("red"), moved)))["issues"][0]
    anchor = entry["articles"][0]["highlights"][0]["anchor"]
    assert anchor["status"] == "moved"
    assert (anchor["block"], anchor["start"], anchor["end"]) == (1, 4, 8)


def test_two_reviewers_stand_apart() -> None:
    theirs = replace(made(NoteBody("乙"), id="n2"), reviewer="李")
    data = load_yaml(exported("yaml", made(NoteBody("甲")), theirs))
    assert [one.get("reviewer") for one in data["issues"]] == ["李", None]


def test_corrections_count_though_they_are_not_exported() -> None:
    said = tuple(
        replace(made(CorrectionBody(*one), id=f"c{one[0]}"), target=Target(REF))
        for one in (("title", "新题"), ("date", "2025-01"))
    )
    data = load_yaml(exported("yaml", made(NoteBody("甲")), said=said))
    assert (data["issues"][0]["title"], data["issues"][0]["date"]) == ("新题", "2025-01")


@pytest.mark.parametrize("exporting", [True, False])
@pytest.mark.parametrize("form", FORMATS)
def test_a_corrected_article_is_cited_as_corrected_with_the_printed_beside(
    form: str, exporting: bool
) -> None:
    said = (
        made(CorrectionBody("title", "港口半数用氢"), id="c1"),
        made(CorrectionBody("source", "https://example.org/ab", ARTICLE.sources[0]), id="c2"),
        made(CorrectionBody("date", "2024-03"), id="c3"),
    )
    on_it = (made(NoteBody("甲")), *(said if exporting else ()))
    text = exported(form, *on_it, said=said, with_mentions=form in ("yaml", "jsonl"))
    assert "港口半数用氢" in text and "https://example.org/ab" in text
    if form == "yaml":
        entry = load_yaml(text)["issues"][0]["articles"][0]
        assert (entry["title"], entry["date"]) == ("港口半数用氢", "2024-03")
        assert entry["printed"] == {
            "title": ARTICLE.title,
            "date": "2024-03-14",
            "sources": list(ARTICLE.sources),
        }
        assert "港口半数用氢[J/OL]" in entry["citation"]
    elif form == "jsonl":
        line = json.loads(text.split("\n")[0])
        assert line["kuaibao"]["article"]["printed"]["title"] == ARTICLE.title
        assert line["text"].startswith(ARTICLE.title)  # in which offsets count
    elif form == "jsonld":
        article = json.loads(text)["first"]["items"][0]["target"]["source"]["article"]
        assert article["title"] == "港口半数用氢"
        assert article["printed"]["title"] == ARTICLE.title
    elif form == "csv":
        assert {row["article"] for row in rows(text)} == {"港口半数用氢"}
        assert all(ARTICLE.title in row["article_printed"] for row in rows(text))
    elif form == "bibtex":
        assert "title = {港口半数用氢}" in text and "原文印作：港口" in text
    elif form == "csl":
        assert json.loads(text)[0]["URL"] == "https://example.org/ab"
    else:
        assert "## 港口半数用氢" in text and "*printed:*" in text


def test_an_issue_that_is_elsewhere_is_exported_as_it_was() -> None:
    assert isinstance(REF, IssueRef)
    data = load_yaml(exported("yaml", made(NoteBody("甲")), lookup=None))
    assert data["issues"][0]["articles"][0]["title"] == ARTICLE.title


@pytest.mark.parametrize("form", FORMATS)
def test_work_on_an_earlier_file_of_an_issue_stands_with_it(form: str) -> None:
    """One changed byte gives a file another id; none of the two lots of notes is left out."""
    earlier = replace(REF, id="cd" * 32)
    old = replace(made(NoteBody("旧批注"), id="n0"), target=Target(earlier, HERE))
    marks = (old, made(NoteBody("新批注")), made(TagBody("t1", "能源"), id="g1"))
    text = exported(form, *marks, lookup={REF.id: ISSUE, earlier.id: ISSUE}.get)
    if form not in ("bibtex", "csl"):
        assert "旧批注" in text and "新批注" in text
    if form == "yaml":
        (entry,) = load_yaml(text)["issues"]
        assert entry["id"] == REF.id
        assert [one["text"] for one in entry["articles"][0]["notes"]] == ["新批注", "旧批注"][::-1]


def test_the_name_of_a_file_may_be_no_text() -> None:
    odd = replace(ISSUE, path="/x/\udcb0.txt")
    for form in FORMATS:
        assert exported(form, made(NoteBody("甲")), lookup={REF.id: odd}.get).encode()


def test_mentions_are_exported_as_the_reader_wants_them() -> None:
    no = MentionBody("reject", "organization", "港口公司", "library")
    said = made(no, QUOTE, "m1")
    text = exported("jsonl", made(NoteBody("甲")), with_mentions=True, said=(said,))
    assert "entities" not in json.loads(text)["kuaibao"]["mentions"]
    assert "amounts" in json.loads(text)["kuaibao"]["mentions"]


def test_a_passage_in_a_footnote_is_compared_with_the_footnote() -> None:
    noted = replace(ARTICLE, footnotes=(Footnote("1", "见港口年报。", (), 3),))
    issue = replace(ISSUE, sections=(Section("动态", (noted,)),))
    here = Selector(1, 3, "港口", footnote=0)
    gone = replace(here, exact="船坞")
    marks = (made(HighlightBody("red"), here), made(HighlightBody("red"), gone, "h2"))
    line = json.loads(exported("jsonl", *marks, lookup={REF.id: issue}.get))
    statuses = {name: one["status"] for name, one in line["kuaibao"]["anchors"].items()}
    assert statuses == {"n1": "exact", "h2": "orphan"}
    assert line["label"] == []
