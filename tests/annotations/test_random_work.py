"""Any text and any order of work on two devices: nothing that a reader can see is lost."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from annotations.documents import DocumentError, from_document, plain_line, to_document
from annotations.merge import merge
from annotations.model import (
    Annotation,
    ArticleRef,
    Body,
    CorrectionBody,
    HighlightBody,
    IssueRef,
    LinkBody,
    NoteBody,
    Selector,
    TagBody,
    Target,
    new_annotation,
)
from annotations.store import Store
from bulletins.sources.plain import plain

ISSUE = IssueRef("ef" * 32, "x.txt")
ARTICLES = tuple(ArticleRef(f"a{n}", f"标题 {n}", position=n) for n in range(3))
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("xyz"), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=40, deadline=None)
@given(st.lists(ANY_TEXT.map(plain), min_size=1, max_size=5))
def test_any_text_comes_back_as_it_was_put(texts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder), "王丽", "desk")
        line = plain_line(texts[0])
        article = replace(ARTICLES[0], title=line, authors=(line, line))
        selector = Selector(
            0, len(texts[0]), texts[0], block=1, prefix=texts[-1], position=7, state="00ff"
        )
        for text in texts:
            new = new_annotation(NoteBody(text), ISSUE, article)
            store.put(replace(new, target=Target(ISSUE, article, selector, "h1")))
        again = Store(Path(folder), "王丽", "desk").annotations(ISSUE.id)
        assert again == store.annotations(ISSUE.id)
        assert [one.body for one in again] == [NoteBody(text) for text in texts]
        assert again[0].target == Target(ISSUE, article, selector, "h1")


BODIES = st.one_of(
    ANY_TEXT.map(NoteBody),
    ANY_TEXT.map(lambda name: TagBody("t", name)),
    ANY_TEXT.map(lambda value: CorrectionBody("title", value)),
    st.builds(HighlightBody, ANY_TEXT, ANY_TEXT),
    ANY_TEXT.map(lambda note: LinkBody("follows_up", ISSUE, ARTICLES[0], note)),
)


@given(BODIES, ANY_TEXT)
def test_what_a_shared_file_holds_can_not_reach_the_terminal(body: Body, text: str) -> None:
    issue = replace(ISSUE, file_name=text, publication=text, title=text)
    article = replace(ARTICLES[0], title=text, section=text, lead=text, authors=(text,))
    whole = replace(new_annotation(body, issue, article), revision=1)
    read = from_document(to_document(replace(whole, target=replace(whole.target))))
    target = to_document(read)["target"]
    shown = [*to_document(read)["body"].values(), *target["issue"].values()]
    shown = [value for value in shown if not isinstance(value, dict)]
    shown += [value for value in target["article"].values() if isinstance(value, str)]
    assert all(value is None or value == plain(value) for value in shown)
    assert read.extra == {}
    assert from_document(to_document(read)) == read


@given(st.dictionaries(st.text("abkindtgesrv", max_size=8), JSON, max_size=6), st.data())
def test_documents_of_later_versions_survive_and_wrong_ones_are_named(
    fields: dict[str, object], data: st.DataObject
) -> None:
    note = replace(new_annotation(NoteBody("甲"), ISSUE, ARTICLES[0]), revision=1)
    document = {**fields, **to_document(note)}
    assert to_document(from_document(document)) == document
    name = data.draw(st.sampled_from(sorted(to_document(note))))
    try:
        from_document({**document, name: data.draw(JSON)})
    except DocumentError as error:
        assert "\n" not in str(error)


@given(st.permutations(range(4)))
def test_merging_does_not_depend_on_the_order_of_devices(order: list[int]) -> None:
    first = Annotation("n", Target(ISSUE), NoteBody("甲"), device="a", revision=1)
    sides = [
        first,
        replace(first, body=NoteBody("乙"), revision=2, versions=(("a", 2),)),
        replace(first, body=NoteBody("丙"), device="b", revision=3, versions=(("a", 1), ("b", 3))),
        replace(first, deleted=True, device="c", revision=2, versions=(("a", 1), ("c", 2))),
    ]
    merged = merge([[sides[at]] for at in order])
    assert {one.body for one in merged} == {NoteBody("乙"), NoteBody("丙")}


class TwoDevices(RuleBasedStateMachine):
    """Two machines that replicate now and then; a model of the texts that must be visible."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.count = 0
        self.stores = [Store(self.folder / name, "王丽", name) for name in ("desk", "laptop")]
        self.written: set[str] = set()
        self.gone: set[str] = set()
        self.tagged: list[dict[str, bool]] = [{}, {}]

    def visible(self, device: int) -> list[Annotation]:
        found = self.stores[device].annotations(ISSUE.id)
        return [one for one in found if isinstance(one.body, NoteBody)]

    def fresh(self) -> str:
        self.count += 1
        return f"文 {self.count}"

    @rule(device=st.integers(0, 1), article=st.sampled_from(ARTICLES))
    def write(self, device: int, article: ArticleRef) -> None:
        text = self.fresh()
        self.stores[device].note(ISSUE, article, text)
        self.written.add(text)

    @rule(device=st.integers(0, 1), pick=st.integers(0, 50))
    def edit(self, device: int, pick: int) -> None:
        notes = self.visible(device)
        if notes:
            note, text = notes[pick % len(notes)], self.fresh()
            self.stores[device].edit_note(note, text)
            self.written.add(text)
            self.gone.add(note.body.text)  # type: ignore[union-attr]

    @rule(device=st.integers(0, 1), pick=st.integers(0, 50))
    def delete(self, device: int, pick: int) -> None:
        notes = self.visible(device)
        if notes:
            note = notes[pick % len(notes)]
            self.stores[device].delete(note)
            self.gone.add(note.body.text)  # type: ignore[union-attr]

    @rule(device=st.integers(0, 1), article=st.sampled_from(ARTICLES), on=st.booleans())
    def mark(self, device: int, article: ArticleRef, on: bool) -> None:
        store = self.stores[device]
        store.set_star(ISSUE, article, on)
        store.set_status(ISSUE, article, "reviewed" if on else "later")
        if on:
            store.tag(ISSUE, article, "氢能")
        else:
            store.untag(ISSUE, article, "氢能")
        live = store.annotations(ISSUE.id)
        mine = [one for one in live if one.target.article and one.target.article.id == article.id]
        assert any(one.kind == "star" for one in mine) == on
        assert any(one.kind == "tag" for one in mine) == on

    @rule()
    def replicate(self) -> None:
        for source, target in ((0, 1), (1, 0)):
            name = self.stores[source].device
            path = Path("annotations") / "王丽" / name
            if (self.stores[source].root / path).is_dir():
                copy = self.stores[target].root / path
                shutil.copytree(self.stores[source].root / path, copy, dirs_exist_ok=True)

    @rule(device=st.integers(0, 1))
    def restart(self, device: int) -> None:
        old = self.stores[device]
        self.stores[device] = Store(old.root, old.reviewer, old.device)
        assert self.stores[device].annotations(ISSUE.id) == old.annotations(ISSUE.id)

    @invariant()
    def nothing_is_lost(self) -> None:
        seen = {one.body.text for n in (0, 1) for one in self.visible(n)}  # type: ignore[union-attr]
        assert self.written - self.gone <= seen
        assert all(store.problems() == () for store in self.stores)

    def teardown(self) -> None:
        self.replicate()
        one, two = ({note.body for note in self.visible(n)} for n in (0, 1))
        assert one == two
        assert {NoteBody(text) for text in self.written - self.gone} <= one
        shutil.rmtree(self.folder)


TestTwoDevices = TwoDevices.TestCase
TestTwoDevices.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)
