"""Two reviewers, and two devices of one, in a folder that Syncthing replicates.

Two instances of the real program on the loopback interface, told of each other by address: no
discovery, no relays, no NAT, no reports. They are apart while people work, then meet, then work
goes on while they are connected.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from annotations.model import ArticleRef, IssueRef, NoteBody
from annotations.others import Others, ReadOnlyStore, reviewer_folders
from annotations.placing import Shelves
from annotations.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.soak

DRIVER = Path(__file__).with_name("sharing_driver.py")
KEY = "loopback"
CONFIG = """<configuration version="36">
  <folder id="annotations" path="{folder}" type="sendreceive" rescanIntervalS="3600"
          fsWatcherEnabled="true" fsWatcherDelayS="1" markerName=".stfolder">
    <filesystemType>basic</filesystemType>
    <device id="{first}"></device><device id="{second}"></device>
    <maxConflicts>10</maxConflicts>
  </folder>
  <device id="{first}" name="first"><address>tcp://127.0.0.1:{first_port}</address></device>
  <device id="{second}" name="second"><address>tcp://127.0.0.1:{second_port}</address></device>
  <gui enabled="true" tls="false"><address>127.0.0.1:{gui}</address><apikey>{key}</apikey></gui>
  <options>
    <listenAddress>tcp://127.0.0.1:{port}</listenAddress>
    <globalAnnounceEnabled>false</globalAnnounceEnabled>
    <localAnnounceEnabled>false</localAnnounceEnabled>
    <relaysEnabled>false</relaysEnabled>
    <natEnabled>false</natEnabled>
    <stunKeepaliveStartS>0</stunKeepaliveStartS>
    <urAccepted>-1</urAccepted>
    <crashReportingEnabled>false</crashReportingEnabled>
    <autoUpgradeIntervalH>0</autoUpgradeIntervalH>
    <startBrowser>false</startBrowser>
    <reconnectionIntervalS>1</reconnectionIntervalS>
  </options>
</configuration>
"""


@dataclass
class Side:
    """A machine: its data folder, and its Syncthing."""

    home: Path
    data: Path
    id: str
    port: int
    gui: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def folder(self) -> Path:
        return self.data / "annotations"

    def start(self) -> None:
        command = ["syncthing", "serve", f"--home={self.home}", "--no-browser", "--no-restart"]
        environment = {**os.environ, "STNOUPGRADE": "1", "STNODEFAULTFOLDER": "1"}
        with (self.home / "log").open("ab") as log:
            self.process = subprocess.Popen(
                command, stdout=log, stderr=subprocess.STDOUT, env=environment
            )

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=30)
            self.process = None

    def ask(self, path: str, *, post: bool = False) -> dict[str, object]:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.gui}/rest/{path}",
            headers={"X-API-Key": KEY},
            method="POST" if post else "GET",
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            text = answer.read()
        found = json.loads(text) if text.strip() else {}
        return found if isinstance(found, dict) else {}

    def files(self) -> dict[str, bytes]:
        return {
            str(path.relative_to(self.folder)): path.read_bytes()
            for path in self.folder.rglob("*")
            if path.is_file() and ".st" not in str(path.relative_to(self.folder))
        }


def until(true: Callable[[], bool], what: str, seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if true():
                return
        except OSError:
            pass  # not up yet
        time.sleep(0.2)
    raise AssertionError(f"never happened: {what}")


@pytest.fixture
def sides(tmp_path: Path) -> Iterator[tuple[Side, Side]]:
    if shutil.which("syncthing") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("syncthing is missing: it is needed in CI (Debian's package has it)")
        pytest.skip("syncthing is not on this machine")
    made = [_made(tmp_path / name) for name in ("first", "second")]
    first, second = made
    for one in made:
        text = CONFIG.format(
            folder=one.folder, first=first.id, second=second.id, first_port=first.port,
            second_port=second.port, gui=one.gui, port=one.port, key=KEY,
        )  # fmt: skip
        (one.home / "config.xml").write_text(text, encoding="utf-8")
    try:
        yield first, second
    finally:
        for one in made:
            one.stop()


def _made(place: Path) -> Side:
    home, data = place / "syncthing", place / "data"
    (data / "annotations" / ".stfolder").mkdir(parents=True)
    home.mkdir()
    subprocess.run(
        ["syncthing", "generate", f"--home={home}", "--no-default-folder", "--skip-port-probing"],
        check=True,
        capture_output=True,
    )
    name = subprocess.run(
        ["syncthing", "serve", f"--home={home}", "--device-id"],
        check=True, capture_output=True, text=True,
    ).stdout.strip().splitlines()[-1]  # fmt: skip
    return Side(home, data, name, _free_port(), _free_port())


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class Worker:
    """A reviewer at work in a process of their own; `kept` is what was acknowledged to them."""

    def __init__(self, side: Side, reviewer: str, device: str, seed: int) -> None:
        command = [sys.executable, str(DRIVER), str(side.data), reviewer, device, str(seed)]
        root = str(Path(__file__).resolve().parents[2])
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env={**os.environ, "PYTHONPATH": root},
        )  # fmt: skip
        self.reviewer = reviewer

    def end(self) -> dict[str, str]:
        out, _ = self.process.communicate("stop\n", timeout=60)
        assert self.process.returncode == 0
        return dict(json.loads(line) for line in out.splitlines())


def work(seconds: float, workers: list[Worker]) -> dict[tuple[str, str], set[str]]:
    """Let all work at once; return what each reviewer's annotations said, by reviewer and id."""
    time.sleep(seconds)
    kept: dict[tuple[str, str], set[str]] = {}
    for one in workers:
        for name, text in one.end().items():
            kept.setdefault((one.reviewer, name), set()).add(text)
    return kept


def shown(side: Side) -> dict[tuple[str, str], set[str]]:
    """What is read of everybody's notes on a side."""
    found: dict[tuple[str, str], set[str]] = {}
    for folder in reviewer_folders(side.data):
        store = ReadOnlyStore(side.data, folder)
        assert store.problems() == ()
        for one in store.everything():
            if isinstance(one.body, NoteBody):
                found.setdefault((store.reviewer, one.id), set()).add(one.body.text)
    return found


def same(sides: tuple[Side, Side]) -> bool:
    first, second = sides
    return first.files() == second.files()


def meet(sides: tuple[Side, Side]) -> None:
    """Have both look at their disks, and wait until both have the same and stay so."""
    for one in sides:
        until(lambda one=one: bool(one.ask("system/ping")), "Syncthing is up")  # type: ignore[misc]
    for _ in range(2):
        for one in sides:
            one.ask("db/scan?folder=annotations", post=True)
        until(lambda: same(sides), "both sides have the same")
        time.sleep(1.5)
    assert same(sides)


def test_all_that_both_made_apart_is_there_when_they_meet(sides: tuple[Side, Side]) -> None:
    first, second = sides
    people = [
        (first, "Lin Wei", "lin-desk"), (first, "王芳", "wang-desk"),
        (second, "王芳", "wang-laptop"), (second, "陈静", "chen-desk"),
    ]  # fmt: skip
    # A note that both devices of one reviewer have from the beginning, and will change apart.
    issue = IssueRef("1" * 64, "快报-1.txt", publication="快报", number="1")
    article = ArticleRef("a0", "第0条", lead="0号工厂在北方动工，预计三年后投产。")
    common = Store(first.data, "王芳", "wang-desk").note(issue, article, "最初")
    for one in sides:
        one.start()
    meet(sides)
    for one in sides:
        one.stop()
    # Apart: nothing connects the two sides.
    for side, device, text in ((first, "wang-desk", "一边"), (second, "wang-laptop", "另一边")):
        Store(side.data, "王芳", device).edit_note(common, text)
    kept = work(4, [Worker(*who, seed) for seed, who in enumerate(people)])
    assert len({name for name, _ in kept}) == 3
    assert not same(sides)
    for one in sides:
        one.start()
    meet(sides)
    for one in sides:
        found = shown(one)
        assert found["王芳", common.id] == {"一边", "另一边"}
        assert {name: texts for name, texts in found.items() if name in kept} == kept
    # Connected: files come in while others are written.
    more = work(6, [Worker(*who, 10 + seed) for seed, who in enumerate(people)])
    meet(sides)
    for one in sides:
        found = shown(one)
        lost = {n: t for n, t in {**kept, **more}.items() if not t <= found.get(n, set())}
        assert not lost
        names = [path.name for path in one.folder.rglob("*")]
        assert not [name for name in names if "sync-conflict" in name]
        # What must not be shared lies beside what is.
        assert {path.name for path in one.data.iterdir()} >= {"annotations", "locks"}
        assert not [name for name in names if name.endswith(".lock")]
    assert shown(first) == shown(second)


def test_others_are_followed_while_files_come_in(sides: tuple[Side, Side]) -> None:
    first, second = sides
    for one in sides:
        one.start()
    meet(sides)
    others = Others(second.data, "陈静")
    others.read(Shelves())
    kept = work(3, [Worker(first, "Lin Wei", "lin-desk", 7)])
    meet(sides)
    assert others.look(Shelves())
    (lin,) = others.reviewers()
    assert lin.name == "Lin Wei"
    assert {one.id for one in lin.store.everything() if one.kind == "note"} == {
        name for _, name in kept
    }
