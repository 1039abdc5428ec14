"""The catalogue remembers what was read as long as it is true, and loses nothing but time."""

from __future__ import annotations

import dataclasses
import os
import sqlite3
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from bulletins.boundary import Boundary
from bulletins.catalogue import Catalogue, CatalogueError, FileStat
from bulletins.catalogue.database import APPLICATION_ID, SCHEMA_VERSION, usable_path
from bulletins.catalogue.version import reader_version
from bulletins.model import Article, Block, Entity, Issue, Mentions, Place, Section


def issue_at(path: Path | str, identity: str = "i1", articles: int = 2) -> Issue:
    return Issue(
        identity, str(path), "style", 0.9,
        (
            Section(
                "栏目",
                tuple(
                    Article(f"a{n}", f"条目{n}", 1, blocks=(Block("paragraph", f"正文{n}。", 1),))
                    for n in range(articles)
                ),
            ),
        ),
        publication="刊物",
    )  # fmt: skip


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "issue.txt"
    path.write_text("text", encoding="utf-8")
    return path


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "catalogue.sqlite"


def keep(catalogue: Catalogue, path: Path | str, identity: str = "i1") -> Issue:
    issue = issue_at(path, identity)
    catalogue.store_issue(issue, FileStat.of(str(path)))
    return issue


def test_a_second_start_knows_the_issue(place: Path, file: Path) -> None:
    issue = keep(Catalogue(place), file)
    again = Catalogue(place)
    [state] = again.issues([str(file)])
    assert state.outline is not None
    assert [a.title for a in state.outline.articles()] == ["条目0", "条目1"]
    assert state.outline.publication == "刊物"
    assert again.article("i1", "a1") == issue.articles()[1]
    assert again.issue("i1") == issue


def test_a_changed_file_has_to_be_read(place: Path, file: Path) -> None:
    catalogue = Catalogue(place)
    keep(catalogue, file)
    file.write_text("other text", encoding="utf-8")
    assert catalogue.file(str(file)).unknown


def test_a_file_of_equal_size_and_time_but_other_inode_has_to_be_read(
    place: Path, file: Path
) -> None:
    catalogue = Catalogue(place)
    keep(catalogue, file)
    before = file.stat()
    other = file.with_name("other")
    other.write_text("TEXT", encoding="utf-8")
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.replace(file)
    assert catalogue.file(str(file)).unknown


def test_a_new_reader_reads_again(place: Path, file: Path) -> None:
    keep(Catalogue(place, "1"), file)
    newer = Catalogue(place, "2")
    assert newer.file(str(file)).unknown
    assert newer.outline("i1") is None
    assert newer.article("i1", "a0") is None
    keep(newer, file)
    assert newer.file(str(file)).outline is not None


def test_equal_files_share_an_issue_until_the_last_is_forgotten(place: Path, file: Path) -> None:
    catalogue = Catalogue(place)
    twin = file.with_name("twin.txt")
    twin.write_text("text", encoding="utf-8")
    keep(catalogue, file)
    keep(catalogue, twin)
    states = list(catalogue.issues([str(file), str(twin)]))
    assert [s.outline.path if s.outline else None for s in states] == [str(file), str(twin)]
    catalogue.forget(str(file))
    assert catalogue.file(str(file)).unknown
    assert catalogue.outline("i1") is not None
    catalogue.forget(str(twin))
    assert catalogue.outline("i1") is None


def test_an_issue_that_no_file_holds_any_more_takes_no_room(place: Path, file: Path) -> None:
    catalogue = Catalogue(place)
    keep(catalogue, file, "old")
    file.write_text("new text", encoding="utf-8")
    keep(catalogue, file, "new")
    assert catalogue.outline("old") is None
    catalogue.close()
    count = sqlite3.connect(place).execute("SELECT count(*) FROM articles").fetchone()
    assert count == (2,)


def test_an_error_is_remembered_until_the_file_changes(place: Path, file: Path) -> None:
    catalogue = Catalogue(place)
    catalogue.store_error(str(file), FileStat.of(str(file)), "is not text")
    state = catalogue.file(str(file))
    assert (state.message, state.outline) == ("is not text", None)
    file.chmod(0o600)
    assert catalogue.file(str(file)).unknown


def test_mentions_are_added_and_not_lost_to_a_twin(place: Path, file: Path) -> None:
    catalogue = Catalogue(place)
    issue = keep(catalogue, file)
    found = Mentions(entities=(Entity("place", "条", "条", Place(0, 1)),))
    first, second = issue.articles()
    richer = dataclasses.replace(
        issue,
        sections=(Section("栏目", (dataclasses.replace(first, mentions=found), second)),),
    )
    catalogue.store_mentions(richer, "mentions")
    keep(catalogue, file)
    article = catalogue.article("i1", "a0")
    assert article is not None
    assert article.mentions == found
    outline = catalogue.outline("i1")
    assert outline is not None
    assert (outline.stage, outline.articles()[0].entities) == ("mentions", 1)


def test_nothing_is_known_of_a_missing_file(place: Path, tmp_path: Path) -> None:
    catalogue = Catalogue(place)
    assert catalogue.file(str(tmp_path / "none.txt")).unknown
    assert catalogue.file("nul\0name").unknown
    assert catalogue.outline("none") is None
    assert catalogue.article("none", "none") is None


def test_a_name_that_is_no_utf8_is_kept(place: Path, tmp_path: Path) -> None:
    path = os.fsdecode(bytes(tmp_path) + b"/\xff\n\x1b.txt")
    Path(path).write_text("text", encoding="utf-8")
    catalogue = Catalogue(place)
    keep(catalogue, path)
    outline = catalogue.file(path).outline
    assert outline is not None
    assert outline.path == path


@pytest.mark.parametrize(
    "content", [b"", b"no database at all" * 100, b"SQLite format 3\0" + b"\xff" * 5000]
)
def test_a_damaged_file_is_replaced(place: Path, file: Path, content: bytes) -> None:
    place.parent.mkdir()
    place.write_bytes(content)
    catalogue = Catalogue(place)
    assert catalogue.file(str(file)).unknown
    keep(catalogue, file)
    assert Catalogue(place).outline("i1") is not None


@pytest.mark.parametrize(
    ("application", "schema"), [(APPLICATION_ID, SCHEMA_VERSION + 1), (7, SCHEMA_VERSION), (0, 0)]
)
def test_another_database_is_replaced(
    place: Path, file: Path, application: int, schema: int
) -> None:
    place.parent.mkdir()
    with sqlite3.connect(place) as other:
        other.execute("CREATE TABLE issues (other TEXT)")
        other.execute(f"PRAGMA application_id={application}")
        other.execute(f"PRAGMA user_version={schema}")
    other.close()
    catalogue = Catalogue(place)
    keep(catalogue, file)
    assert Catalogue(place).outline("i1") is not None


def test_damage_in_the_middle_of_the_work_costs_only_what_was_read(place: Path, file: Path) -> None:
    catalogue = Catalogue(place)
    for number in range(200):
        catalogue.store_issue(issue_at(file, f"i{number}", 20), FileStat.of(str(file)))
    catalogue.close()
    size = place.stat().st_size
    with place.open("r+b") as damaged:
        damaged.seek(8192)
        damaged.write(b"\xff" * (size - 8192))
    catalogue.file(str(file))
    catalogue.outline("i5")
    keep(catalogue, file)
    assert catalogue.file(str(file)).outline is not None
    assert catalogue.article("i1", "a0") is not None


def test_a_file_that_is_deleted_while_open_is_made_anew(place: Path, file: Path) -> None:
    reading, writing = Catalogue(place), Catalogue(place)
    keep(writing, file)
    assert reading.outline("i1") is not None
    for path in place.parent.iterdir():
        path.unlink()
    assert reading.outline("i1") is None
    keep(writing, file)
    assert reading.outline("i1") is not None


def test_only_the_owner_may_read_it(place: Path, file: Path) -> None:
    keep(Catalogue(place), file)
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700


def test_a_place_that_can_not_be_written_becomes_a_private_one(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", encoding="utf-8")
    found = usable_path(blocked / "catalogue.sqlite")
    assert not found.is_relative_to(tmp_path / "file")
    assert stat.S_IMODE(found.parent.stat().st_mode) == 0o700
    found.parent.rmdir()
    assert usable_path(tmp_path / "new" / "c.sqlite") == tmp_path / "new" / "c.sqlite"


def test_where_nothing_can_be_written_it_says_so(tmp_path: Path, file: Path) -> None:
    folder = tmp_path / "folder.sqlite"
    folder.mkdir()
    catalogue = Catalogue(folder)
    assert catalogue.file(str(file)).unknown
    with pytest.raises(CatalogueError, match="can't be written"):
        keep(catalogue, file)


def test_one_reads_while_another_writes(place: Path, file: Path) -> None:
    stat_of_file = FileStat.of(str(file))
    failed: list[BaseException] = []

    def write(start: int) -> None:
        try:
            catalogue = Catalogue(place)
            for number in range(start, start + 20):
                catalogue.store_issue(issue_at(file, f"i{number}", 10), None)
        except BaseException as error:
            failed.append(error)

    writers = [threading.Thread(target=write, args=(start,)) for start in (0, 100, 200)]
    for writer in writers:
        writer.start()
    reading = Catalogue(place)
    while any(writer.is_alive() for writer in writers):
        for number in range(0, 220, 20):
            outline = reading.outline(f"i{number}")
            assert outline is None or len(outline.articles()) == 10
    assert not failed
    assert stat_of_file is not None
    assert all(
        reading.outline(f"i{n}") for start in (0, 100, 200) for n in range(start, start + 20)
    )


def test_two_processes_may_make_the_file_at_once(place: Path, root: Path) -> None:
    program = (
        "import sys; from pathlib import Path\n"
        "from bulletins.catalogue import Catalogue, FileStat\n"
        "c = Catalogue(Path(sys.argv[1]))\n"
        "for n in range(20): c.store_error(f'/p{n}', FileStat(1, 1, 1, 1), 'x')"
    )
    started = [
        subprocess.Popen([sys.executable, "-c", program, str(place)], cwd=root) for _ in range(4)
    ]
    assert [process.wait(30) for process in started] == [0, 0, 0, 0]


def test_thousands_of_articles_and_one_endless_paragraph(place: Path, file: Path) -> None:
    endless = Article("endless", "长文", 1, blocks=(Block("paragraph", "字" * 5_000_000, 1),))
    many = tuple(Article(f"a{n}", f"条目{n}", 1) for n in range(20_000))
    issue = Issue("i", str(file), "s", 1.0, (Section("", (*many, endless)),))
    catalogue = Catalogue(place)
    catalogue.store_issue(issue, FileStat.of(str(file)))
    assert catalogue.article("i", "endless") == endless
    assert catalogue.article("i", "a19999") == many[-1]
    outline = catalogue.outline("i")
    assert outline is not None
    assert len(outline.articles()) == 20_001


def test_the_version_follows_the_users_own_data(tmp_path: Path) -> None:
    styles = tmp_path / "styles"
    without = reader_version([styles])
    styles.mkdir()
    (styles / "mine.yaml").write_text("name: mine", encoding="utf-8")
    with_one = reader_version([styles])
    assert with_one != without
    assert reader_version([styles]) == with_one
    (styles / "mine.yaml").write_text("name: other", encoding="utf-8")
    assert reader_version([styles]) not in (without, with_one)


def test_what_is_said_of_lines_is_kept_whichever_version_reads(place: Path, file: Path) -> None:
    said = (Boundary("join", "甲", "上", "下"), Boundary("drop", "第 3 页", everywhere=True))
    Catalogue(place, "old").tell("i1", said)
    catalogue = Catalogue(place, "new")
    assert (catalogue.told("i1"), catalogue.told("i2")) == (said, ())
    catalogue.tell("i1", said[:1])
    assert catalogue.told("i1") == said[:1]
    catalogue.tell("i1", ())
    assert catalogue.told("i1") == ()


def test_an_issue_that_is_divided_otherwise_takes_the_place_of_one_that_got_further(
    place: Path, file: Path
) -> None:
    catalogue = Catalogue(place)
    before = keep(catalogue, file)
    catalogue.store_mentions(before, "refined")
    said = (Boundary("join", "条目1"),)
    after = dataclasses.replace(issue_at(file, articles=1), boundaries=said, unmet=said)
    catalogue.store_issue(after, FileStat.of(str(file)))
    catalogue.store_mentions(before, "mentions")  # it was looked for in what is not there any more
    outline = catalogue.outline("i1")
    assert outline is not None
    assert (outline.stage, outline.boundaries, outline.unmet) == ("parsed", said, said)
    assert catalogue.issue("i1") == after
    catalogue.store_mentions(after, "mentions")
    found = catalogue.outline("i1")
    assert found is not None
    assert found.stage == "mentions"


def test_a_second_connection_does_not_blind_the_first(place: Path, file: Path) -> None:
    first = Catalogue(place)
    keep(first, file)
    for number in range(2):
        second = Catalogue(place)
        assert second.outline("i1") is not None
        second.close()
        code = (
            "import sys; from pathlib import Path; from bulletins.catalogue import Catalogue;"
            "from bulletins.boundary import Boundary; c = Catalogue(Path(sys.argv[1]));"
            "c.tell(sys.argv[2], [Boundary('drop', 'x')]); c.close()"
        )
        subprocess.run([sys.executable, "-c", code, str(place), f"n{number}"], check=True)
        assert first.told(f"n{number}")
