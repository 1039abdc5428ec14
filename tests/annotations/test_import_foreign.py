"""Files of other programs and hostile ones: placed where they surely belong, or refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.imports.applying import apply_plan
from annotations.imports.library import find_places
from annotations.imports.plain_data import MOST_BYTES, parse_yaml, read_text
from annotations.imports.plan import Plan, Wishes, issues_named, make_plan
from annotations.imports.reading import parse_import
from annotations.model import HighlightBody, NoteBody, StoreError, TagBody, issue_ref
from annotations.spans import article_text
from bulletins.model import Article, Block, Issue, Section

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from annotations.model import Annotation, IssueRef
    from annotations.store import Store

TUG = Article(
    "a1",
    "港口试用氢能拖船",
    1,
    blocks=(
        Block("paragraph", "三月中旬，一家港口公司🚀开始试用两艘以氢为燃料的拖船。", 1),
        Block("paragraph", "试用为期一年，由𠮷田船厂维护。", 1),
    ),
)
DOCK = Article(
    "a2", "船坞扩建", 2, blocks=(Block("paragraph", "五月，船坞完成扩建，试用吊机。", 2),)
)
ISSUE = Issue("ab" * 32, "/x/甲.txt", "general", 1.0, (Section("", (TUG, DOCK)),))


class Shelf:
    """One issue."""

    def issue(self, ref: IssueRef) -> Issue | None:
        return ISSUE if ref.id == ISSUE.id else None

    def issues(self) -> Iterator[Issue]:
        yield ISSUE


def take_in(store: Store, text: str, wishes: Wishes | None = None) -> Plan:
    brought = find_places(parse_import(text), Shelf())
    held = {name: store.held(name) for name in issues_named(brought)}
    plan = make_plan(brought, held, store.tags(), store.reviewer, wishes or Wishes())
    assert apply_plan(plan, store) == ()
    return plan


def quote(one: Annotation) -> str:
    """Return what stands at an annotation's offsets."""
    selector, article = one.target.selector, one.target.article
    assert selector and article
    blocks = {each.id: each for each in ISSUE.articles()}[article.id].blocks
    text = article.title if selector.block is None else blocks[selector.block].text
    return text[selector.start : selector.end]


@pytest.mark.parametrize("with_title", [True, False])
@pytest.mark.parametrize("shape", ["label", "entities"])
def test_labels_of_doccano_become_tags_on_spans(store: Store, with_title: bool, shape: str) -> None:
    text = article_text(TUG) if with_title else "\n".join(one.text for one in TUG.blocks)
    spans = []
    for word, label in (("两艘", "数量"), ("𠮷田船厂", "机构")):
        at = text.index(word)
        spans.append([at, at + len(word), label])
    value: Any = {"id": 1, "text": text, "label": spans}
    if shape == "entities":
        names = ("start_offset", "end_offset", "label")
        value = {"text": text, "entities": [dict(zip(names, one, strict=True)) for one in spans]}
    plan = take_in(store, json.dumps(value) + "\n")
    assert plan.problems == []
    found = store.annotations(ISSUE.id)
    assert {(quote(one), one.body.name) for one in found if isinstance(one.body, TagBody)} == {
        ("两艘", "数量"),
        ("𠮷田船厂", "机构"),
    }
    assert take_in(store, json.dumps(value)).changes == []


def test_a_text_that_is_not_surely_one_article_is_refused(store: Store) -> None:
    lines = [
        {"text": "别的文字", "label": [[0, 2, "x"]]},
        {"text": article_text(TUG), "label": [[5, 12, "越界"]]},
        {"text": article_text(DOCK), "label": ["整篇"]},
        {"text": "abc", "label": [[0, 9, "x"]]},
    ]
    plan = take_in(store, "\n".join(json.dumps(one) for one in lines) + "\n{broken\n")
    assert len(plan.problems) == 4
    assert [line.split(":")[0] for line in sorted(plan.problems)] == [
        "line 1",
        "line 2",
        "line 4",
        "line 5",
    ]
    assert [one.body for one in store.annotations(ISSUE.id)] == [
        TagBody(store.tags()[0].id, "整篇")
    ]


def w3c(exact: str, body: Any, **more: Any) -> dict[str, Any]:
    selector = {"type": "TextQuoteSelector", "exact": exact, **more.pop("around", {})}
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": "Annotation",
        "body": body,
        "target": {"source": "https://example.org/x", "selector": [selector]},
        **more,
    }


def test_quotes_of_the_w3c_are_placed_only_where_they_surely_stand(store: Store) -> None:
    note = {"type": "TextualBody", "value": "核对\r\n数字", "purpose": "commenting"}
    tag = {"type": "TextualBody", "value": "船厂", "purpose": "tagging"}
    items = [
        w3c("𠮷田船厂", [note, tag], id="urn:uuid:6f0d5d3a-0c26-4c3f-8f39-5f2dd2bb2d10"),
        w3c("试用", note),  # stands in several places
        w3c("试用", note, around={"suffix": "吊机"}, id="https://example.org/2"),
        w3c("没有的话", note),
        w3c("以氢为燃料", None, motivation="highlighting"),
        w3c("维护", note, creator={"name": "某人"}),
        {"type": "Annotation", "body": note, "target": "https://example.org/page"},
        {"nothing": 1},
        7,
    ]
    plan = take_in(store, json.dumps({"@context": "x", "first": {"items": items}}))
    assert len(plan.problems) == 5
    assert plan.others == {"某人": 1}
    found = store.annotations(ISSUE.id)
    assert sorted((one.kind, quote(one)) for one in found) == [
        ("highlight", "以氢为燃料"),
        ("note", "试用"),
        ("note", "𠮷田船厂"),
        ("tag", "𠮷田船厂"),
    ]
    assert NoteBody("核对\n数字") in [one.body for one in found]
    assert HighlightBody("yellow") in [one.body for one in found]
    assert "6f0d5d3a-0c26-4c3f-8f39-5f2dd2bb2d10" in {one.id for one in found}
    again = take_in(store, json.dumps(items))
    assert again.changes == []


def test_our_own_ids_place_without_a_quote(store: Store) -> None:
    source = {"id": f"urn:kuaibao:issue:{ISSUE.id}", "article": {"id": "a2", "title": "船坞扩建"}}
    item = {"body": "整篇的话", "target": {"source": source}}
    take_in(store, json.dumps([item, {"body": "本期", "target": f"urn:kuaibao:issue:{ISSUE.id}"}]))
    one, other = store.annotations(ISSUE.id)
    found = [each.target.article and each.target.article.title for each in (one, other)]
    assert sorted(found, key=str) == [None, "船坞扩建"]
    assert {each.target.issue for each in (one, other)} == {issue_ref(ISSUE)}


def test_a_highlight_typed_into_yaml_finds_its_place(store: Store) -> None:
    store.note(issue_ref(ISSUE), None, "x")
    text = f"""schema: kuaibao.export
version: 2
issues:
  - id: {ISSUE.id}
    file: 甲.txt
    articles:
      - title: 船坞扩建
        id: a2
        highlights:
          - quote: 船坞完成扩建
          - quote: 没有的话
          - {{colour: red}}
"""
    plan = take_in(store, text)
    assert len(plan.problems) == 2
    mark = next(one for one in store.annotations(ISSUE.id) if one.kind == "highlight")
    assert quote(mark) == "船坞完成扩建"
    assert take_in(store, text).changes == []


LAUGHS = "a: &a [x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
)
DEEP = "schema: kuaibao.export\nversion: 2\nissues: " + "[" * 5000 + "]" * 5000


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n",
        LAUGHS,
        DEEP,
        "[" * 100_000,
        '{"a":' * 100_000,
        "{" * 100_000,
        "schema: !!python/object/apply:os.system [echo]",
        "schema: kuaibao.export\nversion: 99\nissues: []",
        "schema: kuaibao.export\nversion: true\nissues: []",
        "schema: kuaibao.export\nversion: 2\nissues: {}",
        "schema: kuaibao.export\nschema: kuaibao.export",
        "a: b\n---\na: c",
        "? [a]\n: b",
        "- just\n- a list",
        "a: [",
        "7",
        "[]",
        "{}",
        '{"id": 1}\n{"kuaibao": 3}',
        '{"kuaibao": {"schema": "kuaibao.jsonl", "version": 9, "annotations": []}}',
        '{"@context": 1}',
        '{"first": {"items": []}, "kuaibao": {"schema": "x"}}',
        '{"text": "\\ud800", "label": []}',
        '{"text": "x", "label": [[0, NaN, "x"]]}',
        '{"text": "x", "n": 1e999}',
        '{"text": "x", "n": ' + "9" * 5000 + "}",
        "&a [*a]",
        "\x01",
    ],
)
def test_a_hostile_file_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(StoreError) as caught:
        parse_import(text)
    said = str(caught.value)
    assert said
    assert "\n" not in said
    assert len(said) < 300


def test_too_large_and_binary_files_are_refused(tmp_path: Path) -> None:
    large = tmp_path / "large"
    with large.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    for name, data in (("nul", b"a: \0"), ("utf16", "快".encode("utf-16")), ("gb", b"\xbf\xec")):
        (tmp_path / name).write_bytes(data)
    for path in tmp_path.iterdir():
        with pytest.raises(StoreError):
            read_text(path)


def test_what_other_readers_take_for_something_else_stays_text() -> None:
    assert parse_yaml("a: yes\nb: 2024-08-06\nc: 1:30\nd: 0o7\ne: null\nf: 12\ng: '12'") == {
        "a": "yes",
        "b": "2024-08-06",
        "c": "1:30",
        "d": "0o7",
        "e": None,
        "f": 12,
        "g": "12",
    }


KEYS = """schema version issues articles notes records text record id target body kuaibao exact
annotations label first items selector tags status starred refs i1 a1"""
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 10**20) | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(KEYS.split()), inner, max_size=6)
    ),
    max_leaves=25,
)


@settings(max_examples=150, deadline=None)
@given(value=JSON, form=st.sampled_from(["yaml", "jsonl", "jsonld"]))
def test_wrong_types_everywhere_never_break_it(value: Any, form: str) -> None:
    text = json.dumps(value)
    if form == "yaml":
        text = f"schema: kuaibao.export\nversion: 2\nissues: [{text}]\ntags: {text}"
    elif form == "jsonl":
        record = '"schema": "kuaibao.jsonl", "version": 1, "annotations": [' + text
        text = '{"kuaibao": {' + record + "]}}"
    else:
        text = '{"@context": "x", "first": {"items": [' + text + "]}}"
    try:
        brought = find_places(parse_import(text), Shelf())
    except StoreError as error:
        assert "\n" not in str(error)
        return
    plan = make_plan(brought, {}, (), "王丽")
    assert all("\n" not in line for line in plan.problems)
