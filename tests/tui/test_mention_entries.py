"""What may be said of a mention, and how the inspector shows it beside what was found."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from annotations.mention_corrections import CorrectedMention, CorrectedMentions
from annotations.mention_values import mention_problem
from annotations.model import (
    Annotation,
    IssueRef,
    MentionBody,
    MentionValue,
    Target,
)
from bulletins.model import Amount, DateMention, Entity, Mentions, Place
from tui.correction_words import change_words
from tui.inspection import InspectorRow
from tui.inspection.corrections import with_corrections
from tui.mention_entries import (
    MentionEntry,
    accepting,
    default_scope,
    entry_at,
    mention_entries,
    rejecting,
    renaming,
    retyping,
    revaluing,
)

NAME = Entity("organization", "NSF", "国家科学基金会", Place(3, 6, 0))
FULL = Entity("organization", "国家科学基金会", "国家科学基金会", Place(10, 17, 0))
SUM = Amount("5 亿元", Place(20, 24, 0), "CNY", Decimal(500_000_000))
EUROS = MentionValue("EUR", Decimal(5))


def by(body: MentionBody) -> Annotation:
    assert mention_problem(body) == ""
    return Annotation("n", Target(IssueRef("i", "x.txt")), body)


def test_one_thing_more_keeps_what_was_said_before() -> None:
    entry = MentionEntry(NAME, NAME)
    first = retyping(entry, "library", "program")
    assert first == MentionBody("retype", "organization", "NSF", "library", "program")
    now = replace(NAME, type="program")
    second = renaming(MentionEntry(NAME, now, by(first)), "here", "海洋计划")
    assert (second.type, second.name, second.scope) == ("program", "海洋计划", "here")
    entry = MentionEntry(NAME, replace(now, canonical="海洋计划"), by(second))
    back = retyping(entry, "here", "organization")
    assert back == MentionBody("rename", "organization", "NSF", "here", name="海洋计划")
    assert retyping(MentionEntry(NAME, now, by(first)), "library", "organization") is None


def test_accepting_and_rejecting_say_nothing_else() -> None:
    renamed = by(MentionBody("rename", "organization", "NSF", "library", name="名"))
    entry = MentionEntry(NAME, replace(NAME, canonical="名"), renamed)
    assert accepting(entry, "library") == MentionBody("accept", "organization", "NSF", "library")
    assert rejecting(entry, "here") == MentionBody("reject", "organization", "NSF", "here")


def test_what_was_added_is_changed_as_what_it_is_or_taken_back() -> None:
    added = MentionEntry(None, NAME, by(MentionBody("add", "organization", "NSF", "library")))
    assert accepting(added, "library") is None
    assert rejecting(added, "library") is None
    assert rejecting(added, "here") == MentionBody("reject", "organization", "NSF", "here")
    other = retyping(added, "library", "person")
    assert other == MentionBody("add", "person", "NSF", "library")
    named = renaming(added, "article", "名")
    assert named == MentionBody("rename", "organization", "NSF", "article", name="名")


def test_a_figure_keeps_or_drops_its_value_with_its_class() -> None:
    entry = MentionEntry(SUM, SUM)
    fixed = revaluing(entry, "here", EUROS)
    assert fixed == MentionBody("revalue", "amount", "5亿元", "here", value=EUROS)
    shown = MentionEntry(SUM, replace(SUM, currency="EUR", value=Decimal(5)), by(fixed))
    name = retyping(shown, "here", "organization")
    assert name == MentionBody("retype", "amount", "5亿元", "here", "organization")
    assert retyping(shown, "here", "amount") == fixed
    date = retyping(entry, "here", "date", MentionValue(iso="2024"))
    assert date is not None
    assert mention_problem(date) == ""
    assert (default_scope("amount"), default_scope("place")) == ("here", "library")


def test_of_several_mentions_at_a_place_the_class_decides_and_rejected_ones_come_last() -> None:
    other = replace(NAME, place=SUM.place)
    gone = CorrectedMention(other, None, by(MentionBody("reject", "organization", "NSF", "here")))
    entries = mention_entries(CorrectedMentions(Mentions((SUM,), entities=(FULL,)), (gone,)))
    assert [one.place for one in entries] == [FULL.place, SUM.place, SUM.place]
    found = entry_at(entries, SUM.place, "organization")
    assert found is not None
    assert found.after == SUM
    assert entry_at(entries, Place(0, 1, 0)) is None


def test_the_inspector_marks_what_was_accepted_changed_and_rejected() -> None:
    places = (NAME.place, FULL.place)
    rows = [
        InspectorRow("entity", "国家科学基金会 · NSF", mention="organization", places=places),
        InspectorRow("amount", "5 亿元", mention="amount", places=(SUM.place,)),
        InspectorRow("amount", "", tail="EUR 5", mention="amount", places=(SUM.place,)),
        InspectorRow("hint", "end"),
    ]
    right = by(MentionBody("accept", "organization", "NSF", "library"))
    fixed = by(MentionBody("revalue", "amount", "5亿元", "here", value=EUROS))
    gone = by(MentionBody("reject", "person", "甲", "library"))
    dated = by(MentionBody("accept", "date", "去年", "here"))
    person = Entity("person", "甲", "甲", Place(0, 1, 0))
    date = DateMention("去年", Place(1, 3, 0), "2023", "year")
    corrected = CorrectedMentions(
        Mentions(),
        (
            CorrectedMention(person, None, gone),
            CorrectedMention(date, date, dated),
            CorrectedMention(NAME, NAME, right),
            CorrectedMention(SUM, replace(SUM, currency="EUR", value=Decimal(5)), fixed),
        ),
    )
    listed = with_corrections(rows, corrected, 40)
    assert [(row.kind, row.lead, row.text) for row in listed] == [
        ("entity", "", "国家科学基金会 · NSF"),
        ("hint", "", "✓ NSF"),
        ("amount", "~", "5 亿元"),
        ("amount", "", ""),
        ("hint", "", "was CNY 500 M"),
        ("hint", "", "end"),
        ("blank", "", ""),
        ("heading", "", "Judged"),
        ("entity", "✓", "去年"),
        ("blank", "", ""),
        ("heading", "", "Rejected"),
        ("rejected", "✗", "甲"),
    ]
    both = replace(corrected.corrected[2], before=FULL, after=FULL)
    all_right = replace(corrected, corrected=(corrected.corrected[2], both))
    assert with_corrections(rows[:1], all_right, 40)[0].lead == "✓"


def test_changes_are_told_in_few_words() -> None:
    fixed = MentionBody("revalue", "amount", "5亿元", "here", value=EUROS)
    assert change_words(fixed) == "~ sum 5亿元 → 5 EUR"
    assert change_words(MentionBody("add", "person", "甲", "here")) == "+ person 甲"
