"""The library finds its files, and answers for each, whatever happens to the reader process."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest

from bulletins.catalogue import messages as m
from tui.library import Library, find_files
from tui.library_files import natural_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def write(folder: Path, name: str, text: str = "题目") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


class Heard:
    """Collects events, and waits for them."""

    def __init__(self) -> None:
        self.events: list[m.Event] = []
        self._came = threading.Condition()

    def __call__(self, event: m.Event) -> None:
        with self._came:
            self.events.append(event)
            self._came.notify_all()

    def wait(self, done: Callable[[list[m.Event]], object], seconds: float = 15) -> None:
        with self._came:
            assert self._came.wait_for(lambda: done(self.events), seconds), self.events

    def read(self) -> list[str]:
        return [Path(e.path).name for e in self.events if isinstance(e, m.IssueRead)]

    def failed(self) -> dict[str, str]:
        return {Path(e.path).name: e.message for e in self.events if isinstance(e, m.FileFailed)}


@pytest.fixture
def stub(root: Path) -> list[str]:
    return [sys.executable, str(root / "tests" / "bulletins" / "catalogue" / "stub_reader.py")]


@pytest.fixture
def library(tmp_path: Path, stub: list[str]) -> Iterator[Library]:
    made = Library(tmp_path / "cache", command=stub)
    yield made
    made.close()


@pytest.fixture
def heard(library: Library) -> Heard:
    heard = Heard()
    library.listen(heard)
    return heard


def idle(events: list[m.Event]) -> bool:
    return any(isinstance(event, m.ReaderIdle) for event in events)


# -- files -------------------------------------------------------------------------------------


def names(folder: Path, *more: Path) -> list[str]:
    return [path.name for path in find_files([folder, *more]).files]


def test_bulletins_of_a_folder_in_natural_order(tmp_path: Path) -> None:
    for name in ("10.txt", "9.txt", "B.TXT", "a.txt", ".hidden.txt", "x.csv", "x.txt~"):
        write(tmp_path, name)
    write(tmp_path, "README.md")  # says what lies here, and is no bulletin
    write(tmp_path / "sub", "1.txt")
    write(tmp_path / ".git", "no.txt")
    assert names(tmp_path) == ["9.txt", "10.txt", "a.txt", "B.TXT", "1.txt"]


def test_named_files_are_taken_once_whatever_their_suffix(tmp_path: Path) -> None:
    odd = write(tmp_path, "odd.md")
    plain = write(tmp_path, "a.txt")
    found = find_files([odd, plain, tmp_path, str(plain), tmp_path / "." / "a.txt"])
    assert found.files == (odd, plain)


def test_what_is_not_there_or_closed_is_said(tmp_path: Path) -> None:
    missing = tmp_path / "missing"
    circle = tmp_path / "circle"
    circle.symlink_to(circle)
    found = find_files([missing, circle, tmp_path / "nul\0"])
    assert found.files == ()
    assert [path for path, _ in found.problems] == [
        str(missing), str(circle), str(tmp_path / "nul\0"),
    ]  # fmt: skip


def test_circles_and_chains_of_links_end(tmp_path: Path) -> None:
    write(tmp_path / "a" / "b", "1.txt")
    (tmp_path / "a" / "b" / "up").symlink_to(tmp_path)
    (tmp_path / "a" / "self.txt").symlink_to(tmp_path / "a" / "self.txt")
    (tmp_path / "twin").symlink_to(tmp_path / "a")
    found = find_files([tmp_path])
    assert sum(path.name == "1.txt" for path in found.files) == 1


def test_a_link_that_leads_up_brings_nothing_in(tmp_path: Path) -> None:
    write(tmp_path / "inside", "in.txt")
    write(tmp_path, "out.txt")
    write(tmp_path / "elsewhere", "linked.txt")
    (tmp_path / "inside" / "up").symlink_to(tmp_path)
    (tmp_path / "inside" / "aside").symlink_to(tmp_path / "elsewhere")
    assert sorted(names(tmp_path / "inside")) == ["in.txt", "linked.txt"]
    assert names(tmp_path / "inside", tmp_path)[-1] == "out.txt"


def test_an_endless_tree_is_cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.library_files.MOST_ENTRIES", 20)
    for number in range(30):
        write(tmp_path, f"{number}.txt")
    found = find_files([tmp_path])
    assert len(found.files) == 20
    assert [path for path, _ in found.problems] == [str(tmp_path)]


def test_a_deep_tree_is_walked(tmp_path: Path) -> None:
    folder = tmp_path
    for _ in range(300):
        folder /= "d"
    write(folder, "deep.txt")
    assert names(tmp_path) == ["deep.txt"]


def test_natural_order_has_no_trouble_with_odd_names() -> None:
    odd = ["a１.txt", "a²", "", "1", "a", "01", "a" + "9" * 250, "\udcff"]
    assert sorted(odd, key=natural_key)


# -- the reader --------------------------------------------------------------------------------


def test_files_are_read_and_shown(library: Library, heard: Heard, tmp_path: Path) -> None:
    first, second = write(tmp_path, "1.txt", "甲"), write(tmp_path, "2.txt", "乙")
    library.start_reader([first, second])
    heard.wait(idle)
    assert heard.read() == ["1.txt", "2.txt"]
    outlines = library.outlines()
    assert [outline.articles()[0].title for outline in outlines] == ["甲", "乙"]
    article = library.article(outlines[1].id, "a1")
    assert article is not None
    assert article.blocks[0].text == "乙"


def test_our_own_reader_reads_and_finds(tmp_path: Path) -> None:
    lines = ("政策计划", "英国政府资助芯片设计", "8 月，英国政府宣布投入 1000 万英镑。", "（沈湘）")
    text = "\n\n".join(lines)
    library, heard = Library(tmp_path / "cache"), Heard()
    library.listen(heard)
    try:
        library.start_reader([write(tmp_path, "1.txt", text), tmp_path])
        heard.wait(idle)
        assert heard.read() == ["1.txt"]
        assert "folder" in heard.failed()[tmp_path.name]
        [outline] = library.outlines()
        assert outline.stage == "mentions"
        articles = [library.article(outline.id, each.id) for each in outline.articles()]
        sums = [sum.text for article in articles if article for sum in article.mentions.amounts]
        assert sums == ["1000 万英镑"]
    finally:
        library.close()


def test_the_real_bulletins_are_read(tmp_path: Path, shared: Path) -> None:
    library, heard = Library(tmp_path / "cache"), Heard()
    library.listen(heard)
    try:
        found = find_files([shared / "bulletins"])
        library.start_reader(found.files)
        heard.wait(idle)
        assert heard.read() == [path.name for path in found.files]
        assert all(len(outline.articles()) > 5 for outline in library.outlines())
    finally:
        library.close()


def test_events_that_came_before_anybody_listened(library: Library, tmp_path: Path) -> None:
    library.start_reader([write(tmp_path, "1.txt")])
    deadline = time.monotonic() + 10
    while not library.outlines() and time.monotonic() < deadline:
        time.sleep(0.01)
    heard = Heard()
    library.listen(heard)
    heard.wait(idle)
    assert heard.read() == ["1.txt"]


def test_a_file_that_kills_the_reader_is_blamed_and_the_rest_goes_on(
    library: Library, heard: Heard, tmp_path: Path
) -> None:
    files = [
        write(tmp_path, "1.txt", "甲"),
        write(tmp_path, "2.txt", "crash"),
        write(tmp_path, "3.txt", "crash"),
        write(tmp_path, "4.txt", "乙"),
        write(tmp_path, "5.txt", ""),
    ]
    library.request(files)
    heard.wait(lambda _: len(heard.read()) + len(heard.failed()) == 5)
    assert heard.read() == ["1.txt", "4.txt"]
    assert "stopped" in heard.failed()["2.txt"]
    assert "stopped" in heard.failed()["3.txt"]
    assert heard.failed()["5.txt"] == "is empty"


def test_an_issue_whose_mentions_kill_the_reader_keeps_its_text(
    library: Library, heard: Heard, tmp_path: Path
) -> None:
    library.request([write(tmp_path, "1.txt", "crash later"), write(tmp_path, "2.txt", "乙")])
    heard.wait(lambda events: any(isinstance(e, m.MentionsFailed) for e in events))
    heard.wait(lambda events: any(isinstance(e, m.MentionsFound) for e in events))
    assert heard.read() == ["1.txt", "2.txt"]
    assert len(library.outlines()) == 2


def test_mentions_that_are_asked_for_come(library: Library, heard: Heard, tmp_path: Path) -> None:
    library.request([write(tmp_path, "1.txt")])
    heard.wait(idle)
    issue_id = library.outlines()[0].id
    library.request_mentions(issue_id)
    heard.wait(lambda events: m.MentionsFound(issue_id, True) in events)
    library.request_mentions("unknown")
    heard.wait(lambda events: any(isinstance(e, m.MentionsFailed) for e in events))


def test_a_reader_that_left_is_started_again(tmp_path: Path, stub: list[str]) -> None:
    impatient = tmp_path / "impatient.py"
    impatient.write_text(
        "import sys, runpy\n"
        f"sys.argv = [{stub[1]!r}, *sys.argv[1:], '--leave-after=0.05']\n"
        f"runpy.run_path({stub[1]!r}, run_name='__main__')\n",
        encoding="utf-8",
    )
    library, heard = Library(tmp_path / "cache", command=[stub[0], str(impatient)]), Heard()
    library.listen(heard)
    try:
        for number in range(4):
            library.request([write(tmp_path, f"{number}.txt", f"题{number}")])
            heard.wait(lambda _, number=number: len(heard.read()) == number + 1)
            time.sleep(0.05 * number)
    finally:
        library.close()


@pytest.mark.parametrize("command", [["/nonexistent/reader"], [sys.executable, "-c", "1/0"]])
def test_a_reader_that_does_not_work_is_said_and_not_tried_for_ever(
    tmp_path: Path, command: list[str]
) -> None:
    library, heard = Library(tmp_path / "cache", command=command), Heard()
    library.listen(heard)
    library.request([write(tmp_path, "1.txt"), write(tmp_path, "2.txt")])
    heard.wait(lambda _: len(heard.failed()) == 2)
    library.close()


def test_odd_names_survive_the_way(library: Library, heard: Heard, tmp_path: Path) -> None:
    folder = tmp_path / "odd"
    folder.mkdir()
    odd = [b"\xff\xfe.txt", b"new\nline.txt", b"\x1b]52;c;QQ==\x07.txt", '"{}中.txt'.encode()]
    for name in odd:
        Path(os.fsdecode(bytes(folder) + b"/" + name)).write_bytes(name.hex().encode())
    found = find_files([folder])
    assert len(found.files) == 4
    library.request(found.files)
    heard.wait(lambda _: len(heard.read()) == 4)
    assert {state.path for state in library.states()} == {str(path) for path in found.files}
    assert all(state.outline for state in library.states())


def test_asking_never_waits_for_a_busy_reader(
    library: Library, heard: Heard, tmp_path: Path
) -> None:
    library.request([write(tmp_path, "hang.txt", "hang")])
    heard.wait(lambda events: any(isinstance(e, m.Reading) for e in events))
    begun = time.monotonic()
    library.request([tmp_path / ("x" * 200) / f"{n}.txt" for n in range(5000)])
    assert time.monotonic() - begun < 2
    begun = time.monotonic()
    library.close()
    assert time.monotonic() - begun < 1


def test_closing_leaves_no_process_behind(library: Library, heard: Heard, tmp_path: Path) -> None:
    library.request([write(tmp_path, "hang.txt", "hang")])
    heard.wait(lambda events: any(isinstance(e, m.Reading) for e in events))
    before = psutil.Process().children()
    assert before
    library.close()
    assert not [child for child in before if child.is_running()]
    library.request([write(tmp_path, "1.txt")])
    library.close()
    assert not psutil.Process().children()


def test_nothing_is_told_after_closing(library: Library, heard: Heard, tmp_path: Path) -> None:
    library.close()
    library.request([write(tmp_path, "1.txt")])
    assert heard.events == []


def test_a_receiver_may_ask_from_where_it_is_called(library: Library, tmp_path: Path) -> None:
    heard, second = Heard(), write(tmp_path, "2.txt", "乙")

    def receive(event: m.Event) -> None:
        if isinstance(event, m.IssueRead) and event.path != str(second):
            asking = threading.Thread(target=library.request, args=([second],))
            asking.start()
            asking.join(5)
            assert not asking.is_alive()
        heard(event)

    library.listen(receive)
    library.request([write(tmp_path, "1.txt", "甲")])
    heard.wait(lambda _: heard.read() == ["1.txt", "2.txt"])


def test_a_cache_that_can_not_be_written_is_a_temporary_one(
    tmp_path: Path, stub: list[str]
) -> None:
    blocked = write(tmp_path, "cache", "a file")
    library, heard = Library(blocked, command=stub), Heard()
    library.listen(heard)
    library.request([write(tmp_path, "1.txt")])
    heard.wait(idle)
    assert len(library.outlines()) == 1
    folder = library.path.parent
    library.close()
    assert not folder.exists()


def test_the_start_imports_nothing_heavy(root: Path, tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from tui.library import Library\n"
        "library = Library(Path(sys.argv[1]), command=[sys.executable, '-c', ''])\n"
        "library.start_reader(['/none.txt'])\n"
        "heavy = {'sqlite3', 'jieba', 'yaml', 'textual', 'rich', 'tinydb', 'decimal'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
        "library.close()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], cwd=root, capture_output=True, text=True
    )
    assert done.stdout.strip() == "[]", done.stderr


def test_each_bulletin_in_an_archive_is_one_of_the_library(tmp_path: Path) -> None:
    import zipfile

    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for name in ("2.md", "1.txt", "x.exe"):
            archive.writestr(name, "政策计划\n")
    assert [str(path.relative_to(tmp_path)) for path in find_files([tmp_path]).files] == [
        "a.zip/1.txt", "a.zip/2.md",
    ]  # fmt: skip
    inside = tmp_path / "a.zip" / "1.txt"
    assert find_files([inside]).files == (inside,)
