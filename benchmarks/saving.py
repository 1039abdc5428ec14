"""Milliseconds of one save, beside a bare atomic synced rename of the same bytes and stock TinyDB.

All save in turn, one act each, in one process and on one file system; only the acts are counted.
"""

from __future__ import annotations

import contextlib
import gc
import os
import sys
import tempfile
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotations.documents import to_document
from annotations.files import ANNOTATIONS, DataFile
from annotations.folder import FORMATS
from annotations.model import Annotation, ArticleRef, IssueRef, NoteBody, new_annotation
from annotations.store import Store
from benchmarks.figures import median, p95, table, verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

BAR = 2.0  # × the bare rename, at the 95th percentile
SAME = 1.25  # a large library : a small one, medians
SIZES = (20, 200, 2000, 5000)  # annotations of one issue
LIBRARIES = (100, 100_000)  # annotations of a library, 100 in each issue
ROUNDS = 200
DESKS = 10  # for so many rounds in all: an issue grows by each note, so it is soon made anew
PAUSES = 20
REVIEWER, DEVICE = "王丽", "desk"


@dataclass
class Desk:
    """A store with one issue to save to, the bytes of its file, and stock TinyDB with as much."""

    root: Path
    store: Store
    issue: IssueRef
    articles: tuple[ArticleRef, ...]
    stock: Any
    times: dict[str, list[float]] = field(default_factory=dict)

    def measure(self, name: str, act: Callable[[], object]) -> None:
        """Note how long an act takes."""
        begin = time.perf_counter()
        act()
        self.times.setdefault(name, []).append(1000 * (time.perf_counter() - begin))

    def data(self) -> bytes:
        """The bytes of the issue's file as they are now."""
        folder = self.root / "annotations" / REVIEWER / DEVICE
        return (folder / f"{self.issue.id}.json").read_bytes()


def main(argv: Sequence[str] = ()) -> int:
    """Print the tables; the exit status is 1 over the bar."""
    place = Path(argv[0]) if argv else None
    import filelock  # noqa: F401 - not counted: it is imported at the first save
    import tinydb  # noqa: F401

    rows, over = [], False
    for size in SIZES:
        rounds = ROUNDS if size < 5000 else ROUNDS // 2
        times, kib = issue_times(place, size, rounds // DESKS)
        rows.append(row(f"{size:,} in the issue, {kib} KiB", times))
        over |= ratio(times) > BAR
    _print("one save after the other", rows)
    with libraries(place) as desks:
        for number in range(ROUNDS):
            for one in desks:
                save_in_turn(one, number)
        rows = [row(f"{size:,} in the library", one.times) for size, one in desks_by_size(desks)]
        _print("100 in the issue", rows)
        over |= any(ratio(one.times) > BAR for one in desks)
        slower = growth(desks)
        for one in desks:
            one.times.clear()
        for number in range(PAUSES):
            for one in desks:
                save_in_turn(one, number)
            time.sleep(1.1)  # what is remembered for a second is forgotten
        rows = [row(f"{size:,} in the library", one.times) for size, one in desks_by_size(desks)]
        _print(f"{PAUSES} times, each after a pause", [[*cells[:-1], ""] for cells in rows])
    print(f"100,000 : 100 annotations in the library: × {slower:.2f}; after a pause ", end="")
    print(f"× {growth(desks):.2f} (medians)")
    over |= slower > SAME
    print(f"p95 of a save ≤ {BAR:g} × the bare rename, alike in all: {'OVER' if over else 'ok'}")
    return int(over)


def issue_times(place: Path | None, size: int, rounds: int) -> tuple[dict[str, list[float]], int]:
    """Save in DESKS issues of one size; return all times and how many KiB such an issue has."""
    times: dict[str, list[float]] = {}
    kib = 0
    for _ in range(DESKS):
        with tempfile.TemporaryDirectory(dir=place) as folder, desk(Path(folder), size, 0) as one:
            kib = len(one.data()) // 1024
            for number in range(rounds):
                save_in_turn(one, number)
            for way, found in one.times.items():
                times.setdefault(way, []).extend(found)
    return times, kib


@contextlib.contextmanager
def libraries(place: Path | None) -> Iterator[list[Desk]]:
    """Make a small and a large library on one disk."""
    with tempfile.TemporaryDirectory(dir=place) as folder, contextlib.ExitStack() as stack:
        yield [
            stack.enter_context(desk(Path(folder, str(size)), 100, size // 100 - 1))
            for size in LIBRARIES
        ]


def desks_by_size(desks: Sequence[Desk]) -> Iterator[tuple[int, Desk]]:
    """Pair the desks of libraries() with how many annotations each has."""
    yield from zip(LIBRARIES, desks, strict=True)


def growth(desks: Sequence[Desk]) -> float:
    """How much longer a save takes in the large library, as a multiple of the small one's."""
    small, large = (median(one.times["note"] + one.times["tag"]) for one in desks)
    return large / small


def save_in_turn(one: Desk, number: int) -> None:
    """Save once in each way."""
    data = one.data()
    article = one.articles[number % len(one.articles)]
    one.measure("bare", lambda: bare_rename(one.root / "bare.json", data))
    one.measure("note", lambda: one.store.note(one.issue, article, f"第 {number} 条新的批注"))
    one.measure("tag", lambda: one.store.toggle_tag(one.issue, article, "氢能"))
    document = to_document(new_annotation(NoteBody(f"第 {number} 条新的批注"), one.issue, article))
    one.measure("stock", lambda: one.stock.insert(document))


def bare_rename(path: Path, data: bytes) -> None:
    """The yardstick: write beside, sync, rename, sync the folder, and nothing else."""
    temporary = f"{path}.tmp"
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    os.write(handle, data)
    os.fsync(handle)
    os.close(handle)
    os.replace(temporary, path)  # noqa: PTH105
    handle = os.open(path.parent, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)


@contextlib.contextmanager
def desk(root: Path, size: int, others: int) -> Iterator[Desk]:
    """Make a library: an issue with `size` annotations and `others` of 100 each."""
    from tinydb import TinyDB

    root.mkdir(exist_ok=True)
    store = Store(root, REVIEWER, DEVICE)
    articles = tuple(article(number) for number in range(30))
    for number in range(others + 1):
        issue = IssueRef(f"{number:064x}", f"{number:03}.txt", "轻材料快报", str(number))
        fill(root, issue, articles, size if number == 0 else 100)
    issue = IssueRef(f"{0:064x}", "000.txt", "轻材料快报", "0")
    store.annotations(issue.id)
    store.toggle_tag(issue, articles[-1], "氢能")
    store.note(issue, None, "开始")
    os.utime(root / "annotations" / REVIEWER, (0, 0))  # as if the device had been known for long
    stock = TinyDB(root / "stock.json", encoding="utf-8", ensure_ascii=False)
    stock.insert_multiple(to_document(one) for one in notes(issue, articles, size))
    gc.collect()
    gc.freeze()  # as the program does when its library is there
    try:
        yield Desk(root, store, issue, articles, stock)
    finally:
        stock.close()
        gc.unfreeze()


def fill(root: Path, issue: IssueRef, articles: Sequence[ArticleRef], size: int) -> None:
    """Write a file of `size` notes as the store does."""
    from annotations.storage import save_documents

    folder = root / "annotations" / REVIEWER / DEVICE
    header = {
        "format": FORMATS[ANNOTATIONS],
        "issue": issue.id,
        "reviewer": REVIEWER,
        "device": DEVICE,
    }
    documents = [to_document(one) for one in notes(issue, articles, size)]
    save_documents(DataFile(folder / f"{issue.id}.json", header), ANNOTATIONS, documents)


def notes(issue: IssueRef, articles: Sequence[ArticleRef], size: int) -> Iterator[Annotation]:
    """Make notes as they are stored."""
    for number in range(size):
        made = f"2024-01-01T00:00:00.{number:06}Z"
        yield replace(
            new_annotation(
                NoteBody(f"第 {number} 条：" + "值得再看一遍。" * 6),
                issue,
                articles[number % len(articles)],
            ),
            reviewer=REVIEWER,
            device=DEVICE,
            revision=1,
            created=made,
            modified=made,
            versions=((DEVICE, 1),),
        )


def article(number: int) -> ArticleRef:
    """Make an article as an annotation refers to it."""
    return ArticleRef(
        f"a{number}",
        f"港口试用第 {number} 艘氢能拖船",
        section="产业动态",
        position=number,
        lead="三月中旬，一家港口公司开始试用以氢为燃料的拖船，一年后再作评估。",
        page=3,
        authors=("周远", "何青"),
        date="2024-03-14",
        sources=("https://example.org/tug",),
    )


def ratio(times: dict[str, list[float]]) -> float:
    """The larger of our two p95, as a multiple of the bare rename's."""
    return max(p95(times["note"]), p95(times["tag"])) / p95(times["bare"])


def row(name: str, times: dict[str, list[float]]) -> list[str]:
    """One line: median / p95 of each, ratios of the p95, verdict."""
    shown = [f"{median(times[way]):.2f} / {p95(times[way]):.2f}" for way in WAYS]
    ratios = [f"× {p95(times[way]) / p95(times['bare']):.2f}" for way in ("note", "tag", "stock")]
    return [name, *shown, *ratios, verdict(ratio(times), BAR)]


WAYS = ("bare", "note", "tag", "stock")


def _print(title: str, rows: Sequence[Sequence[str]]) -> None:
    head = (title, "bare rename", "note", "tag on/off", "stock TinyDB", "note", "tag", "stock", "")
    print(table(head, rows), flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
