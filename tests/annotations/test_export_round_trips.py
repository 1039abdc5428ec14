"""Whatever readers type and bulletins print: an export that can come back does, unchanged."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotations.documents import from_document, to_document
from annotations.exports import FORMATS
from annotations.exports.gathering import Selection
from annotations.exports.reading import read_export
from annotations.files import dump
from annotations.model import (
    CORRECTION_FIELDS,
    Annotation,
    ArticleRef,
    BoundaryBody,
    CorrectionBody,
    HighlightBody,
    IssueRef,
    LinkBody,
    MentionBody,
    MentionValue,
    NoteBody,
    OtherBody,
    Selector,
    StarBody,
    StatusBody,
    StoreError,
    Tag,
    TagBody,
    Target,
)
from bulletins.boundary import BOUNDARY_ACTS
from bulletins.model import Article, Block, Issue, Section

TEXTS = (
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
    | st.text(
        " \n\t\r:#-|>\"'é𠮷🚀\x85\u2028\u2029\ufeff\x1b\x7f\u200e\u202e=+@＝<!&{}%\\_", max_size=30
    )
    | st.sampled_from(
        [
            "",
            "=1+1",
            "-- 甲",
            "\r\n",
            "a\r\nb\rc\n",
            "𠮷野家👩‍🚀",
            "שלום عالم",
            "\u2028",
            "\u0085x",
            "\x1b[31m",
            "'=guarded",
            "yes",
            "2024-08-06",
            "<!-- kuaibao:end article-0 -->",
            "---\n",
            "长" * 300,
        ]
    )
)
NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)
NUMBERS = st.integers(0, 10**6)
KEYS = st.sampled_from(["later", "id", "body", "created", "on", "<<", "target", "a b"])
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS.filter(lambda text: len(text) < 1000),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(KEYS, inner, max_size=2),
    max_leaves=4,
)

ISSUES = st.builds(
    IssueRef,
    id=st.sampled_from(["ab" * 32, "cd" * 32]),
    file_name=TEXTS,
    publication=st.none() | TEXTS,
    number=st.none() | TEXTS,
    date=st.none() | st.sampled_from(["2024", "2024-08", "2024-08-06", "某日"]),
)
ARTICLES = st.builds(
    ArticleRef,
    id=st.sampled_from(["a1", "a2", "0f" * 16]),
    title=TEXTS,
    section=TEXTS,
    position=NUMBERS,
    lead=TEXTS,
    page=NUMBERS,
    authors=st.lists(TEXTS, max_size=5).map(tuple),
    date=st.none() | TEXTS,
    sources=st.lists(TEXTS, max_size=2).map(tuple),
    original_title=st.none() | TEXTS,
)


@st.composite
def selectors(draw: st.DrawFn) -> Selector:
    start = draw(NUMBERS)
    return Selector(
        start,
        start + draw(NUMBERS),
        draw(TEXTS),
        block=draw(st.none() | st.integers(0, 3)),
        prefix=draw(TEXTS),
        suffix=draw(TEXTS),
        page=draw(NUMBERS),
        position=draw(st.none() | NUMBERS),
        state=draw(st.sampled_from(["", "ef" * 32])),
        footnote=draw(st.none() | st.integers(0, 2)),
    )


BODIES = st.one_of(
    st.builds(TagBody, st.sampled_from(["t1", "t2", "gone"]), TEXTS),
    st.builds(NoteBody, TEXTS),
    st.builds(HighlightBody, TEXTS, TEXTS),
    st.builds(LinkBody, st.just("follows_up"), ISSUES, ARTICLES, TEXTS),
    st.builds(StatusBody, st.sampled_from(["unread", "later", "reviewed"])),
    st.just(StarBody()),
    st.builds(CorrectionBody, st.sampled_from(CORRECTION_FIELDS), TEXTS, TEXTS),
    st.builds(
        MentionBody,
        st.sampled_from(["accept", "rename", "revalue"]),
        st.sampled_from(["amount", "person"]),
        TEXTS,
        st.sampled_from(["library", "here"]),
        st.none() | st.just("place"),
        TEXTS,
        st.none() | st.builds(MentionValue, TEXTS, st.none() | st.decimals(0, 9, places=2)),
    ),
    st.builds(
        BoundaryBody, st.sampled_from(BOUNDARY_ACTS), TEXTS, TEXTS, TEXTS, st.booleans(), NUMBERS
    ),
    st.builds(OtherBody, st.just("mood"), st.dictionaries(KEYS, JSON, max_size=3)),
)
TIMES = st.sampled_from(
    ["2026-01-02T03:04:05.000006Z", "2026-01-02T03:04:05Z", "2026-02-01T00:00:00Z"]
)


@st.composite
def annotations(draw: st.DrawFn) -> Annotation:
    revision = draw(st.integers(1, 10**5))
    device = draw(NAMES)
    return Annotation(
        id=draw(st.uuids().map(str) | NAMES),
        target=Target(
            draw(ISSUES),
            draw(st.none() | ARTICLES),
            draw(st.none() | selectors()),
            draw(st.none() | st.uuids().map(str)),
        ),
        body=draw(BODIES),
        reviewer=draw(st.sampled_from(["王丽", "李", ""])),
        device=device,
        revision=revision,
        created=draw(TIMES),
        modified=draw(TIMES),
        versions=draw(st.sampled_from([((device, revision),), (), (("other", 3), ("云", 1))])),
        extra=draw(
            st.just({})
            | st.dictionaries(st.just("later"), JSON, max_size=1)
            | st.just({"target": {"selector": {"x": 1}, "y": "z"}})
        ),
    )


def at_hand(ref: IssueRef) -> Issue | None:
    """One of the two issues, as it is read now."""
    if ref.id != "ab" * 32:
        return None
    article = Article("a1", "=标题𠮷", 3, blocks=(Block("paragraph", "正文🚀\t甲", 1),) * 4)
    return Issue(ref.id, "/x/轻.txt", "general", 1.0, (Section("", (article,)),), date="2024-08")


TAGS = (Tag("t1", "氢 能/#1", "red", "1"), Tag("t2", "-电 池", parent="t1", aliases=("t3",)))


def selection(found: list[Annotation], **more: Any) -> Selection:
    return Selection(tuple(found), TAGS, "王丽", "2026-11-20T08:00:00Z", lookup=at_hand, **more)


def lines(found: list[Annotation]) -> list[str]:
    return sorted(dump(to_document(one)) for one in found)


@pytest.mark.parametrize("form", [one.name for one in FORMATS.values() if one.returns])
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(found=st.lists(annotations(), min_size=1, max_size=5))
def test_every_field_of_every_kind_comes_back(form: str, found: list[Annotation]) -> None:
    read = read_export(FORMATS[form].export(selection(found)))
    assert read.format == form
    assert sorted(map(dump, read.documents)) == lines(found)
    # A second way round ends where the first did: what is shown is plain from then on.
    known = [from_document(one) for one in read.documents if readable(one)]
    if known:
        again = read_export(FORMATS[form].export(selection(known)))
        assert sorted(map(dump, again.documents)) == lines(known)


def readable(document: dict[str, Any]) -> bool:
    try:
        from_document(document)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("form", [one.name for one in FORMATS.values() if not one.returns])
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(found=st.lists(annotations(), max_size=5), raw=st.booleans())
def test_formats_for_other_programs_take_any_text(
    form: str, found: list[Annotation], raw: bool
) -> None:
    text = FORMATS[form].export(selection(found, raw=raw))  # it compares what it reads back
    assert isinstance(text, str)


@pytest.mark.parametrize("form", FORMATS)
def test_very_long_texts_are_no_trouble(form: str) -> None:
    issue, article = IssueRef("ab" * 32, "a.txt"), ArticleRef("a1", "题")
    note = Annotation("n1", Target(issue, article), NoteBody("=长🚀\n" * 60_000), "王丽", "d", 1)
    assert FORMATS[form].export(selection([note]))


def test_two_sides_of_a_tie_both_come_back() -> None:
    issue, article = IssueRef("ab" * 32, "a.txt"), ArticleRef("a1", "题")
    one = Annotation("n1", Target(issue, article), NoteBody("甲"), "王丽", "desk", 2)
    two = replace(one, body=NoteBody("乙"), device="laptop", versions=(("laptop", 2),))
    for form in ("yaml", "jsonl", "jsonld"):
        read = read_export(FORMATS[form].export(selection([one, two])))
        assert [each["body"]["text"] for each in read.documents] == ["甲", "乙"]


def test_tags_come_back_with_their_definitions() -> None:
    issue = IssueRef("ab" * 32, "a.txt")
    mark = Annotation(
        "n1", Target(issue, ArticleRef("a1", "题")), TagBody("t3", "旧"), "王丽", "d", 1
    )
    for form in ("yaml", "jsonl", "jsonld"):
        tags = {tag["id"]: tag for tag in read_export(FORMATS[form].export(selection([mark]))).tags}
        assert (tags["t2"]["name"], tags["t2"]["parent"], tags["t2"]["aliases"]) == (
            "-电 池",
            "t1",
            ["t3"],
        )
        assert (tags["t1"]["colour"], tags["t1"]["key"]) == ("red", "1")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "a: [",
        "{" * 100_000,
        "[" * 100_000,
        '{"id": 1}\n{"kuaibao": 3}',
        '{"@context": 1}',
        "schema: kuaibao.export\nversion: 2\nissues: 7",
        "schema: kuaibao.export\nversion: 2\nissues: [{notes: [{}]}]",
        "schema: kuaibao.export\nversion: 1\nissues: []",
        "schema: kuaibao.export\nversion: 99\nissues: []",
        "\x00",
        "&a [*a]",
        '{"kuaibao": {"annotations": [1]}}',
    ],
)
def test_what_is_no_export_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(StoreError) as caught:
        read_export(text)
    assert "\n" not in str(caught.value)
