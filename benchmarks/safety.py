"""What is lost when a process is killed, the disk is full, or two write: ours beside TinyDB.

`python -m benchmarks safety`, or `python -m benchmarks.safety KILLS`. Needs fork(); the kill at
each system call needs strace and is left out without it.
"""

from __future__ import annotations

import contextlib
import os
import random
import re
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.figures import table
from benchmarks.safety_ways import AFTER, BEFORE, WAYS, Texts, Way, open_ready

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Test = Callable[[Way, Path], "Losses"]

KILLS = 100
SAVES = 500  # of each of two processes
ROUNDS = 25  # kills until a new folder is begun
SEEDS = 20
CALLS = (
    "openat write pwrite64 writev fsync fdatasync ftruncate rename renameat renameat2 unlink "
    "unlinkat utimensat fchmod mkdir flock close"
)
_PADDING = "港口试用氢能拖船，一年后再作评估。" * 8


@dataclass
class Losses:
    """What one way lost in one test; None: the test does not ask for it."""

    acknowledged: int = 0
    lost: int = 0
    unreadable: int = 0
    overwritten: int | None = None

    def check(self, way: Way, folder: Path, want: dict[str, str], *, later: bool = False) -> None:
        """Count what of `want` is found anew; with `later`, or a later text of the same name.

        A text that a killed process had saved and not yet acknowledged may be there.
        """
        self.acknowledged += len(want)
        try:
            found = way.load(folder)
        except Exception:  # whatever it is, the reader can't be shown the work
            self.unreadable += 1
            self.lost += len(want)
            return
        self.lost += sum(not _there(found, name, text, later) for name, text in want.items())


def main(argv: Sequence[str] = ()) -> int:
    """Print the table; the exit status is 1 if ours lost anything."""
    kills = int(argv[0]) if argv else KILLS
    tests: list[tuple[str, Test]] = [
        (f"{kills} × kill -9 while saving", lambda way, place: killed(way, place, kills)),
        ("the disk full while saving", full_disk),
        (f"two processes × {SAVES} saves", two_processes),
        ("two devices change the same and meet", two_devices),
    ]
    if shutil.which("strace"):
        tests.insert(1, ("killed at each system call of two saves", killed_at_each_call))
    else:
        print("no strace: the kill at each system call is left out")
    rows, over = [], False
    for title, test in tests:
        for name, way in WAYS.items():
            with tempfile.TemporaryDirectory() as folder:
                losses = test(way, Path(folder))
            figures = (losses.acknowledged, losses.lost, losses.unreadable, losses.overwritten)
            rows.append([title, name, *("–" if one is None else f"{one:,}" for one in figures)])
            over |= name == "kuaibao" and any(figures[1:])
    head = ("what happens", "", "acknowledged", "lost", "unreadable", "overwritten")
    print(table(head, rows))
    print(f"acknowledged work that Kuaibao lost: {'SOME' if over else 'none'}")
    return int(over)


def killed(way: Way, place: Path, kills: int) -> Losses:
    """Kill a saving process at a random moment; what it acknowledged is wanted back."""
    losses, choose = Losses(), random.Random(kills)
    folder, want = place, {}
    for number in range(kills):
        if number % ROUNDS == 0:
            folder, want = place / str(number), {}
        with _child(partial(_save_for_ever, way, folder, number)) as (process, reading):
            select.select([reading], [], [], 30)
            time.sleep(choose.uniform(0, 0.02))
            os.kill(process, signal.SIGKILL)
        want |= _told(reading)
        losses.check(way, folder, want, later=True)
        if losses.unreadable and not _loads(way, folder):
            folder, want = place / f"after {number}", {}
    return losses


def killed_at_each_call(way: Way, place: Path) -> Losses:
    """Kill a process before each system call that two saves make: a new text, a shortened one."""
    losses = Losses()
    _seed(way, place / "seeds")
    desk = open_ready(way, place / "seeds")
    desk.save("long", _PADDING)
    desk.close()
    calls = _calls_of_the_saves(way, place)
    for number, (call, when) in enumerate([*calls, ("", 0)]):
        folder = place / str(number)
        shutil.copytree(place / "seeds", folder)
        inject = ["-e", f"inject={call}:signal=KILL:when={when}"] if call else []
        out = _strace(way, folder, ["-e", f"trace={call or 'none'}", *inject]).stdout
        want = {f"seed {one}": str(one) for one in range(SEEDS)}
        if out == "saved\n":
            want |= {"new": "1", "long": "short"}
        losses.check(way, folder, want)
    return losses


def full_disk(way: Way, place: Path) -> Losses:
    """Let files grow no further while a process saves and ends; then another one saves again."""
    import resource

    _seed(way, place)
    largest = max(path.stat().st_size for path in place.rglob("*.json"))

    def work(write: int) -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        desk = open_ready(way, place)
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest + 2000, resource.RLIM_INFINITY))
        for number in range(20):
            with contextlib.suppress(Exception):
                desk.save(f"full {number}", f"{number} {_PADDING}")
                os.write(write, f"full {number}\t{number} {_PADDING}\n".encode())
        with contextlib.suppress(Exception):
            desk.close()

    with _child(work) as (_, reading):
        pass
    acknowledged = _told(reading)
    losses = Losses()
    with contextlib.suppress(Exception):
        desk = open_ready(way, place)
        desk.save("afterwards", "there is space again")
        desk.close()
        acknowledged["afterwards"] = "there is space again"
    losses.check(way, place, acknowledged | {f"seed {one}": str(one) for one in range(SEEDS)})
    return losses


def two_processes(way: Way, place: Path) -> Losses:
    """Let two processes save to one folder at once."""

    def saving(who: str) -> Callable[[int], None]:
        def work(write: int) -> None:
            desk = open_ready(way, place)
            for number in range(SAVES):
                with contextlib.suppress(Exception):
                    desk.save(f"{who} {number}", "x")
                    os.write(write, f"{who} {number}\tx\n".encode())
            with contextlib.suppress(Exception):
                desk.close()

        return work

    with _child(saving("one")) as (_, first), _child(saving("other")) as (_, second):
        pass
    losses = Losses(overwritten=0)
    losses.check(way, place, _told(first) | _told(second))
    losses.overwritten = losses.lost
    return losses


def two_devices(way: Way, place: Path) -> Losses:
    """Change the same texts on two devices, let a sync tool work, and look on both."""
    one, other = place / "one", place / "other"
    _seed(way, one)
    shutil.copytree(one, other)
    for folder, device in ((one, "one"), (other, "other")):
        desk = open_ready(way, folder, device)
        for number in range(SEEDS):
            desk.save(f"seed {number}", f"changed on {device}")
        desk.save(f"new on {device}", "x")
        desk.close()
    way.meet(one, other)
    losses = Losses(overwritten=0)
    want = {f"new on {device}": "x" for device in ("one", "other")}
    for folder in (one, other):
        losses.check(way, folder, want)
        found = way.load(folder)
        for number in range(SEEDS):
            for device in ("one", "other"):
                losses.acknowledged += 1
                there = f"changed on {device}" in found.get(f"seed {number}", ())
                losses.overwritten = (losses.overwritten or 0) + (not there)
    losses.overwritten = (losses.overwritten or 0) + losses.lost
    losses.lost = losses.overwritten
    return losses


def _seed(way: Way, folder: Path) -> None:
    desk = open_ready(way, folder)
    for number in range(SEEDS):
        desk.save(f"seed {number}", str(number))
    desk.close()


def _save_for_ever(way: Way, folder: Path, seed: int, write: int) -> None:
    choose = random.Random(seed)
    desk = open_ready(way, folder)
    for number in range(100_000):
        name = f"text {choose.randrange(40)}"
        text = f"{seed:06}.{number:06} {_PADDING[: choose.randrange(len(_PADDING))]}"
        desk.save(name, text)
        os.write(write, f"{name}\t{text}\n".encode())


@contextlib.contextmanager
def _child(work: Callable[[int], None]) -> Iterator[tuple[int, int]]:
    """Run `work` in a process of its own; give its id and a pipe; wait for it at the end."""
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        try:
            os.close(reading)
            work(writing)
        finally:
            os._exit(0)
    os.close(writing)
    try:
        yield process, reading
    finally:
        _heard[reading] = _read_all(reading)
        os.waitpid(process, 0)
        os.close(reading)


_heard: dict[int, bytes] = {}


def _read_all(reading: int) -> bytes:
    data = b""
    while piece := os.read(reading, 1 << 16):
        data += piece
    return data


def _told(reading: int) -> dict[str, str]:
    """Return what a process acknowledged."""
    lines = _heard.pop(reading).decode().split("\n")[:-1]
    return {name: text for name, _, text in (line.partition("\t") for line in lines)}


def _there(found: Texts, name: str, text: str, later: bool) -> bool:
    kept = found.get(name, set())
    return text in kept or (later and any(one > text for one in kept))


def _loads(way: Way, folder: Path) -> bool:
    with contextlib.suppress(Exception):
        way.load(folder)
        return True
    return False


def _calls_of_the_saves(way: Way, place: Path) -> list[tuple[str, int]]:
    """Return the system calls of the saves, each with how many of its name came until then."""
    folder = place / "traced"
    shutil.copytree(place / "seeds", folder)
    ran = _strace(way, folder, ["-e", f"trace={','.join(f'?{one}' for one in CALLS.split())}"])
    counts: Counter[str] = Counter()
    found: list[tuple[str, int]] = []
    within = False
    for line in ran.stderr.splitlines():
        match = re.match(r"(?:\[pid +\d+\] )?(\w+)\(", line)
        if not match:
            continue
        counts[match[1]] += 1
        if BEFORE[1:].decode() in line and "999" in line:
            within = True
        elif AFTER[1:].decode() in line and "999" in line:
            break
        elif within:
            found.append((match[1], counts[match[1]]))
    return found


def _strace(way: Way, folder: Path, options: list[str]) -> subprocess.CompletedProcess[str]:
    name = next(name for name, one in WAYS.items() if one is way)
    save = [sys.executable, "-m", "benchmarks.safety_ways", name, str(folder)]
    return subprocess.run(
        ["strace", "-qq", *options, *save],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).resolve().parents[1],
        env={**os.environ, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"},
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
