"""Screens as they were looked at once, as text, in both languages and two sizes.

What is drawn otherwise fails here: look at it, then `pytest tests/screens/test_pictures.py
--draw-screens` writes the files anew. Colours are no part of them.
"""

from __future__ import annotations

import importlib.util
import shutil
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest

from bulletins.catalogue.messages import ReaderIdle
from tui.library import Library, find_files
from tui.locale import set_language

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SCREENS = {
    "main": (),
    "selection": ("v", "s"),
    "tag": ("t",),
    "tags": ("T",),
    "annotations": ("a",),
    "link": ("L",),
    "help": ("question_mark",),
    "orphans": ("A",),
    "disagreement": ("equals_sign",),
}
"""What stands beside the article, or takes more room where there is some."""
SMALL = {
    "note": ("m",),
    "mention": ("greater_than_sign", "x"),
    "corrections": ("X",),
    "fields": ("e",),
    "where": ("w",),
    "sources": ("o",),
    "highlights": ("H",),
    "history": ("I",),
    "export": ("E",),
    "inspector": ("i",),
    "list": ("escape",),
}
"""What is the same in every terminal, or beside the article where that has room."""


@pytest.fixture(params=["en", "zh_CN"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    set_language(request.param)
    yield request.param
    set_language("en")


@pytest.fixture(scope="module")
def library(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two issues in `library` and what was made of them in `data`."""
    spec = importlib.util.spec_from_file_location("reviewed", root / "tests/screens/reviewed.py")
    assert spec is not None and spec.loader is not None
    reviewed = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reviewed)
    folder = tmp_path_factory.mktemp("reviewed")
    (folder / "library").mkdir()
    files = [min((root / "seeds").glob(f"{name}*.txt")) for name in ("chip", "frontier")]
    for file in files:
        shutil.copy(file, folder / "library")
    with pytest.MonkeyPatch.context() as patch:
        reviewed.tick(patch)
        reviewed.review(folder / "data", *files)
    books, read = Library(folder / "cache"), threading.Event()
    books.start_reader(find_files([folder / "library"]).files)
    books.listen(lambda event: read.set() if isinstance(event, ReaderIdle) else None)
    assert read.wait(60)
    books.close()
    return folder


def drawn(desk: Any) -> str:
    strips = desk.app.screen._compositor.render_strips()
    return "".join(f"{strip.text.rstrip()}\n" for strip in strips)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids="{0[0]}x{0[1]}".format)
async def test_screens_look_as_they_did(
    open_app: Any,
    root: Path,
    library: Path,
    own_home: Path,
    tmp_path: Path,
    size: tuple[int, int],
    language: str,
    request: Any,
    monkeypatch: Any,
) -> None:
    # Not opened by time: the foot would tell when that was saved.
    monkeypatch.setattr("tui.screens.main.annotating.DWELL_SECONDS", 1000)
    monkeypatch.setattr("tui.screens.main.opening.REFINE_AFTER", 1000)
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    monkeypatch.chdir("/")  # the export dialog proposes this folder
    folder = root / "tests" / "data" / "screens"
    shutil.copytree(library / "data", own_home / "data" / "kuaibao", dirs_exist_ok=True)
    shutil.copytree(library / "cache", tmp_path / "cache")
    different = []
    quick = {"quick_tags": {"1": "值得跟进"}}
    async with open_app([library / "library"], size=size, settings=quick) as desk:
        await desk.opened()
        await desk.all_read(2)
        await desk.until(lambda: desk.screen.article.mentions.entities, "mentions are found")
        await desk.press("enter")  # in a narrow terminal the list has the whole screen
        for name, keys in (SCREENS if size[0] > 80 else SCREENS | SMALL).items():
            await desk.press(*keys)
            file = folder / f"{name}-{size[0]}x{size[1]}-{language}.txt"
            if request.config.getoption("--draw-screens"):
                await desk.pilot.pause(0.8)
                folder.mkdir(exist_ok=True)
                file.write_text(drawn(desk), encoding="utf-8")
            wanted = file.read_text(encoding="utf-8")
            for _ in range(200):
                if drawn(desk) == wanted:
                    break
                await desk.pilot.pause(0.025)
            else:
                different.append(f"{file.name}\n{drawn(desk)}")
            while desk.app.screen is not desk.screen:
                await desk.press("escape")
            if name == "selection":
                await desk.press("escape")
            if name == "inspector":
                await desk.press("i")
    assert not different, "\n".join(different)
