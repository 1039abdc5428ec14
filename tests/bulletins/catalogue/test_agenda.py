"""What the reader looks at comes before what can wait."""

from __future__ import annotations

from bulletins.catalogue.agenda import Agenda, Job, MentionsJob, ReadJob


def drain(agenda: Agenda) -> list[Job]:
    jobs = []
    while (job := agenda.next_job()) is not None:
        jobs.append(job)
    return jobs


def test_newest_request_and_urgent_files_first_in_their_order() -> None:
    agenda = Agenda()
    agenda.add_files(["a", "b"], priority=False, again=False)
    agenda.add_files(["c", "d"], priority=False, again=False)
    agenda.add_files(["u", "v"], priority=True, again=False)
    agenda.add_files(["w"], priority=False, again=True)
    assert [job.path for job in drain(agenda) if isinstance(job, ReadJob)] == list("uvwcdab")


def test_text_comes_before_mentions_but_not_before_those_on_screen() -> None:
    agenda = Agenda()
    agenda.add_parsed("i1", 60_000)
    agenda.add_files(["a"], priority=True, again=False)
    agenda.ask_mentions("i2", refined=True)
    assert drain(agenda) == [
        MentionsJob("i2", "mentions"),
        ReadJob("a"),
        MentionsJob("i1", "mentions"),
        MentionsJob("i2", "refined"),
    ]


def test_a_huge_issue_does_not_hold_up_the_mentions_of_the_others() -> None:
    agenda = Agenda()
    for name, size in [("huge", 50_000_000), ("b", 60_000), ("a", 50_000), ("small", 900)]:
        agenda.add_parsed(name, size)
    jobs = [job.issue_id for job in drain(agenda) if isinstance(job, MentionsJob)]
    assert jobs == ["small", "b", "a", "huge"]
