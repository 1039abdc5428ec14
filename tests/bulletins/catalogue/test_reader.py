"""The reader process reads what it can, says what it can't, and is never in the way."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bulletins.catalogue import Catalogue, FileStat
from bulletins.said import unpack

STUB = Path(__file__).with_name("stub_reader.py")
Start = Callable[..., "Talk"]


class Talk:
    """A reader process and the two ends of its pipes."""

    def __init__(self, root: Path, place: Path, *options: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(STUB), str(place), "--version=test", *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": str(root)},
        )

    def say(self, **request: Any) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(request).encode() + b"\n")
        self.process.stdin.flush()

    def hear(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        event: dict[str, Any] = json.loads(self.process.stdout.readline() or "{}")
        if "message" in event:
            event["message"] = unpack(event["message"])
        return event

    def until_idle(self) -> list[dict[str, Any]]:
        events = [self.hear()]
        while events[-1] and "idle" not in events[-1]:
            events.append(self.hear())
        return events

    def outcome(self, *paths: Path | str) -> dict[str, str]:
        """Have files read; give what became of each by name."""
        self.say(read=[str(path) for path in paths])
        result = {}
        for event in self.until_idle():
            if "read" in event:
                result[Path(event["read"]).name] = "read"
            elif "error" in event:
                result[Path(event["error"]).name] = event["message"]
        return result


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "catalogue.sqlite"


@pytest.fixture
def start(root: Path, place: Path) -> Iterator[Start]:
    talks: list[Talk] = []

    def started(*options: str) -> Talk:
        talks.append(Talk(root, place, *options))
        return talks[-1]

    yield started
    for talk in talks:
        talk.process.kill()
        talk.process.wait()
        for pipe in (talk.process.stdin, talk.process.stdout):
            assert pipe is not None
            pipe.close()


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_good_and_bad_files(start: Start, tmp_path: Path, place: Path) -> None:
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    files = [
        write(tmp_path, "hang.txt", "hang"),
        write(tmp_path, "good.txt", "题目\n正文。"),
        write(tmp_path, "empty.txt", ""),
        write(tmp_path, "raise.txt", "raise"),
        write(tmp_path, "swell.txt", "swell"),
        pipe,
        tmp_path,
        tmp_path / "missing.txt",
        write(tmp_path, "last.txt", "末篇\n正文。"),
    ]
    talk = start("--file-seconds=0.4", "--memory-mb=500")
    outcome = talk.outcome(*files)
    assert outcome["good.txt"] == outcome["last.txt"] == "read"
    assert outcome["empty.txt"] == "is empty"
    assert outcome["raise.txt"] == "could not be read: ValueError: two lines"
    assert "more memory than 500 MB" in outcome["swell.txt"]
    assert "within" in outcome["hang.txt"]
    assert "within" in outcome["pipe.txt"]
    assert len(outcome) == len(files)
    known = Catalogue(place, "test")
    state = known.file(str(files[1]))
    assert state.outline is not None
    assert state.outline.articles()[0].title == "题目"
    assert known.file(str(files[0])).message == outcome["hang.txt"]


def test_what_is_known_is_not_read_again(start: Start, tmp_path: Path) -> None:
    good, bad = write(tmp_path, "good.txt", "题目"), write(tmp_path, "raise.txt", "raise")
    first = start()
    first.outcome(good, bad)
    second = start()
    second.say(read=[str(good), str(bad)])
    events = second.until_idle()
    assert not [event for event in events if "reading" in event]
    assert {next(iter(event)) for event in events} == {"read", "error", "idle"}
    second.say(read=[str(bad)], again=True)
    assert second.hear() == {"reading": str(bad)}


def test_mentions_follow_the_text_and_are_refined_when_asked(
    start: Start, tmp_path: Path, place: Path
) -> None:
    talk = start()
    talk.say(read=[str(write(tmp_path, "a.txt", "题目"))])
    events = talk.until_idle()
    assert [next(iter(event)) for event in events] == [
        "reading", "read", "finding", "mentions", "idle",
    ]  # fmt: skip
    assert events[3]["refined"] is False
    known = Catalogue(place, "test")
    issue_id = events[1]["issue"]
    article = known.article(issue_id, "a1")
    assert article is not None
    assert article.mentions.entities[0].type == "place"
    talk.say(mentions=issue_id)
    assert talk.until_idle()[-2] == {"mentions": issue_id, "refined": True}
    article = known.article(issue_id, "a1")
    assert article is not None
    assert article.mentions.entities[0].type == "person"
    talk.say(mentions="unknown")
    assert "unmentioned" in talk.hear()


def test_an_issue_that_takes_too_long_to_search_keeps_its_text(
    start: Start, tmp_path: Path, place: Path
) -> None:
    talk = start("--mentions-seconds=1")
    talk.say(read=[str(write(tmp_path, "a.txt", "hang later"))])
    events = talk.until_idle()
    assert events[-2]["message"] == "could not be searched within 1 seconds"
    assert Catalogue(place, "test").article(events[1]["issue"], "a1") is not None


def test_a_cache_that_can_not_be_written_is_said_for_each_file(root: Path, tmp_path: Path) -> None:
    talk = Talk(root, tmp_path)  # a folder stands where the cache should be
    outcome = talk.outcome(write(tmp_path, "a.txt", "题目"), write(tmp_path, "b.txt", ""))
    assert "could not be kept" in outcome["a.txt"]
    assert outcome["b.txt"] == "is empty"
    talk.process.communicate()


def test_killed_at_any_time_it_leaves_a_sound_catalogue(
    start: Start, tmp_path: Path, place: Path
) -> None:
    files = [write(tmp_path, f"{number}.txt", f"题{number}\n" * 2000) for number in range(60)]
    for answers in (1, 7, 40, 90, 133):
        talk = start()
        talk.say(read=[str(path) for path in files])
        for _ in range(answers):
            talk.hear()
        talk.process.kill()
        talk.process.wait()
        known = Catalogue(place, "test")
        for state in known.issues(map(str, files)):
            if state.outline is not None:
                assert known.article(state.outline.id, "a1") is not None
        known.close()
    assert set(start().outcome(*files).values()) == {"read"}


def test_it_leaves_when_idle_and_does_nothing_before(start: Start) -> None:
    begun = time.monotonic()
    talk = start("--leave-after=0.3")
    assert talk.process.wait(5) == 0
    assert time.monotonic() - begun < 3


@pytest.mark.parametrize("busy", [False, True])
def test_it_dies_with_its_owner(start: Start, tmp_path: Path, busy: bool) -> None:
    talk = start()
    if busy:
        talk.say(read=[str(write(tmp_path, "hang.txt", "hang"))])
        assert "reading" in talk.hear()
    else:
        talk.outcome()
    assert talk.process.stdin is not None
    talk.process.stdin.close()
    assert talk.process.wait(5) == 0


def test_it_dies_when_nobody_listens(start: Start, tmp_path: Path) -> None:
    talk = start()
    talk.outcome()
    assert talk.process.stdout is not None
    talk.process.stdout.close()
    talk.say(read=[str(write(tmp_path, "a.txt", "题目"))])
    assert talk.process.wait(5) == 0


def test_it_stops_when_told_and_not_by_a_key_in_the_terminal(start: Start) -> None:
    talk = start()
    talk.outcome()
    talk.process.send_signal(signal.SIGINT)
    talk.outcome()
    talk.say(stop=True)
    assert talk.process.wait(5) == 0


def test_the_first_word_is_not_lost_in_a_flood(start: Start, tmp_path: Path) -> None:
    paths = [str(tmp_path / ("x" * 200) / f"{number}.txt") for number in range(3000)]
    talk = start()
    talk.say(read=paths)
    failed = [event["error"] for event in talk.until_idle() if "error" in event]
    assert failed == paths


def test_a_file_that_changes_while_it_is_read_is_read_again(tmp_path: Path, place: Path) -> None:
    from bulletins.catalogue.reader import Limits, Reader
    from bulletins.model import Article, Issue, Section

    file = write(tmp_path, "a.txt", "old")

    class ChangingWork:
        def read(self, path: str, told: object) -> Issue:
            write(tmp_path, "a.txt", "newer")
            return Issue("i", path, "s", 1.0, (Section("", (Article("a", "t", 1),)),))

        def find_mentions(self, issue: Issue) -> Issue:
            return issue

        refine_mentions = find_mentions

    requests, ask = os.pipe()
    answers, events = os.pipe()
    os.write(ask, json.dumps({"read": [str(file)]}).encode() + b"\n")
    catalogue = Catalogue(place)
    Reader(catalogue, ChangingWork(), requests, events, Limits(leave_after=0.1)).run()
    said = os.read(answers, 1 << 16)
    for end in (requests, ask, answers, events):
        os.close(end)
    assert b'"read"' in said
    assert FileStat.of(str(file)) is not None
    assert catalogue.file(str(file)).unknown
