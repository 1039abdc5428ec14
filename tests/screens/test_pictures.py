"""Screens as they were looked at once, as text, in both languages and two sizes.

What is drawn otherwise fails here: look at it, then `pytest tests/screens/test_pictures.py
--draw-screens` writes the files anew. Colours are no part of them.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest

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
}


@pytest.fixture(params=["en", "zh_CN"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    set_language(request.param)
    yield request.param
    set_language("en")


def drawn(desk: Any) -> str:
    strips = desk.app.screen._compositor.render_strips()
    return "".join(f"{strip.text.rstrip()}\n" for strip in strips)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids="{0[0]}x{0[1]}".format)
async def test_screens_look_as_they_did(
    open_app: Any,
    root: Path,
    tmp_path: Path,
    size: tuple[int, int],
    language: str,
    request: Any,
    monkeypatch: Any,
) -> None:
    # Not opened by time: the foot would tell when that was saved.
    monkeypatch.setattr("tui.screens.main.annotating.DWELL_SECONDS", 1000)
    folder = root / "tests" / "data" / "screens"
    library = tmp_path / "library"
    library.mkdir()
    shutil.copy(min((root / "seeds").glob("chip*.txt")), library)
    different = []
    async with open_app([library], size=size, settings={"quick_tags": {"1": "值得跟进"}}) as desk:
        await desk.opened()
        await desk.all_read(1)
        await desk.until(lambda: desk.screen.article.mentions.entities, "mentions are found")
        await desk.press("enter")  # in a narrow terminal the list has the whole screen
        for name, keys in SCREENS.items():
            await desk.press(*keys)
            file = folder / f"{name}-{size[0]}x{size[1]}-{language}.txt"
            if request.config.getoption("--draw-screens"):
                await desk.pilot.pause(1.5)
                folder.mkdir(exist_ok=True)
                file.write_text(drawn(desk), encoding="utf-8")
            wanted = file.read_text(encoding="utf-8")
            for _ in range(200):
                if drawn(desk) == wanted:
                    break
                await desk.pilot.pause(0.025)
            else:
                different.append(f"{file.name}\n{drawn(desk)}")
            if keys:
                await desk.press("escape")
                await desk.until(lambda: desk.app.screen is desk.screen, f"{name} closes")
    assert not different, "\n".join(different)
