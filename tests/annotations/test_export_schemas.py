"""The schemas in docs/schemas describe what is really written."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from annotations.exports import FORMATS
from annotations.exports.gathering import Selection
from annotations.model import (
    Annotation,
    BoundaryBody,
    CorrectionBody,
    HighlightBody,
    LinkBody,
    MentionBody,
    MentionValue,
    NoteBody,
    OtherBody,
    Selector,
    StarBody,
    StatusBody,
    TagBody,
    Target,
    article_refs,
    issue_ref,
)
from bulletins.contract import to_json
from bulletins.mentions import annotate, load_gazetteers
from bulletins.reading import read_issue
from bulletins.styles import load_styles

if TYPE_CHECKING:
    from bulletins.model import Issue

jsonschema = pytest.importorskip("jsonschema", reason="`make setup-dev` installs it")
ROOT = Path(__file__).parents[2]
SCHEMAS = {path.name: path for path in (ROOT / "docs/schemas").glob("*.json")}


@pytest.fixture(scope="module")
def issue() -> Issue:
    path = ROOT / "seeds/advanced-manufacturing-2024-10.txt"
    gazetteers = load_gazetteers([])
    return read_issue(path, load_styles([]), lambda one: annotate(one, gazetteers)).issue


@pytest.fixture(scope="module")
def selection(issue: Issue) -> Selection:
    ref, articles = issue_ref(issue), article_refs(issue)
    text = issue.articles()[0].blocks[0].text
    here = Selector(2, 6, text[2:6], block=0, prefix=text[:2], suffix=text[6:40], page=1)
    bodies = (
        TagBody("t1", "氢能"), NoteBody("甲"), HighlightBody("red", "乙"), StatusBody("later"),
        StarBody(), LinkBody("contradicts", ref, articles[1], "丙"), OtherBody("mood", {"id": 1}),
        CorrectionBody("title", "新"), CorrectionBody("source", "https://b", "https://a"),
        MentionBody("revalue", "amount", "5 亿", "here", value=MentionValue("USD", Decimal(5))),
        BoundaryBody("drop", "第 3 页", "上", "下", everywhere=True, page=2),
    )  # fmt: skip
    targets = (
        Target(ref),
        Target(ref, articles[0]),
        Target(ref, articles[0], here, "n0"),
        Target(ref, articles[1], Selector(0, 2, "没有", block=None, position=7, state="ab")),
        Target(ref, articles[1], Selector(0, 2, "没有", footnote=1)),
    )
    found = tuple(
        Annotation(f"n{at}-{which}", target, body, "王丽", "desk", 1, "2026-01-02T03:04:05Z",
                   "2026-01-02T03:04:05.5Z", versions=(("desk", 1), ("x", 2)), extra={"later": 1})
        for at, body in enumerate(bodies)
        for which, target in enumerate(targets)
    )  # fmt: skip
    return Selection(
        found, (), "王丽", "2026-01-03T00:00:00Z", lookup=lambda _: issue, with_mentions=True
    )


def validate(name: str, data: Any) -> None:
    from referencing import Registry, Resource

    loaded = {key: json.loads(path.read_text("utf-8")) for key, path in SCHEMAS.items()}
    known = Registry().with_resources(
        (key, Resource.from_contents(schema)) for key, schema in loaded.items()
    )
    validator = jsonschema.Draft202012Validator(loaded[f"{name}.schema.json"], registry=known)
    errors = [f"{list(one.absolute_path)}: {one.message}" for one in validator.iter_errors(data)]
    assert errors == []


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_schema_is_one(name: str) -> None:
    schema = json.loads(SCHEMAS[name].read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    assert (schema["$schema"], schema["$id"]) == (
        "https://json-schema.org/draft/2020-12/schema",
        name,
    )


def test_exports_are_as_described(selection: Selection) -> None:
    validate("export-yaml", yaml.safe_load(FORMATS["yaml"].export(selection)))
    validate("export-jsonld", json.loads(FORMATS["jsonld"].export(selection)))
    validate("export-csl", json.loads(FORMATS["csl"].export(selection)))
    for line in FORMATS["jsonl"].export(selection).splitlines():
        validate("export-jsonl", json.loads(line))


def test_inspect_is_as_described(issue: Issue) -> None:
    validate("inspect", json.loads(json.dumps({"issues": [to_json(issue)], "errors": []})))


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("export-yaml", {"schema": "kuaibao.export", "version": 2}),
        ("export-yaml", {"schema": "kuaibao.export", "version": 2, "issues": [], "x": 1}),
        ("annotation", {"id": "a"}),
        ("export-csl", [{"id": "x y"}]),
        ("inspect", {"issues": [{}], "errors": []}),
    ],
)
def test_what_is_wrong_is_refused(name: str, wrong: Any) -> None:
    with pytest.raises(AssertionError):
        validate(name, wrong)
