"""Make the README's picture with the app itself: `make picture` writes docs/picture.png."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFont
from rich.cells import cell_len

from tui import locations
from tui.app import KuaibaoApp
from tui.commands import command_names
from tui.config import load_config
from tui.library import Library, find_files
from tui.notebook import Notebook
from tui.startup import Startup
from tui.state import Session

if TYPE_CHECKING:
    from textual.app import App
    from textual.pilot import Pilot

SIZE = (120, 36)
CELL = (10, 22)
"""Pixels of one cell."""
FONTS = Path("/usr/share/fonts")


async def draw(folder: Path) -> Image.Image:
    """Open the samples, tag and note an article, and draw the screen."""
    samples = folder / "samples"
    shutil.copytree(locations.bundled("seeds"), samples)
    found = find_files([samples])
    loaded = load_config(None, command_names())
    loaded = replace(loaded, config=replace(loaded.config, reviewer="王芳", data=folder / "data"))
    library = Library(folder / "cache")
    library.start_reader(found.files)
    notebook = Notebook(loaded.config.data, "王芳", "desk")
    app = KuaibaoApp(loaded, library, notebook, Startup((samples,), Session()))
    try:
        async with app.run_test(size=SIZE) as pilot:
            await _annotate(pilot)
            picture = paint(app)
            await app.action_quit()
    finally:
        notebook.close()
        library.close()
    return picture


async def _annotate(pilot: Pilot[None]) -> None:
    screen = pilot.app.screen
    await _until(pilot, lambda: screen.article and screen.article.mentions.entities)
    await pilot.press("J")
    await _until(pilot, lambda: screen.located()[3] == 1)
    target = screen.target()
    await screen.change(target[0].id, lambda store: store.tag(*target, "值得跟进"))
    await screen.change(target[0].id, lambda store: store.note(*target, "与上期的数字核对"))
    await screen.change(target[0].id, lambda store: store.set_star(*target, on=True))
    await pilot.pause(0.2)


async def _until(pilot: Pilot[None], true: object) -> None:
    for _ in range(400):
        if true():
            return
        await pilot.pause(0.025)
    raise SystemExit("the screen never got ready")


def paint(app: App[None]) -> Image.Image:
    """Draw what the app shows, cell by cell."""
    width, height = CELL
    image = Image.new("RGB", (SIZE[0] * width, SIZE[1] * height))
    pen = ImageDraw.Draw(image)
    fonts = {bold: _fonts(bold) for bold in (False, True)}
    for y, strip in enumerate(app.screen._compositor.render_strips()):
        x = 0
        for text, style, _ in strip:
            colour = style.color.get_truecolor() if style and style.color else (220, 220, 220)
            ground = style.bgcolor.get_truecolor() if style and style.bgcolor else (0, 0, 0)
            cells = cell_len(text)
            box = (x * width, y * height, (x + cells) * width - 1, (y + 1) * height - 1)
            pen.rectangle(box, fill=tuple(ground))
            at = x
            for character in text:
                place = (at * width, y * height + height * 0.76)
                face = fonts[bool(style and style.bold)][cell_len(character) - 1]
                pen.text(place, character, fill=tuple(colour), font=face, anchor="ls")
                at += cell_len(character)
            if style and style.underline and text.strip():
                pen.line((box[0], box[3] - 2, box[2], box[3] - 2), fill=tuple(colour))
            if style and style.strike and text.strip():
                middle = y * height + height // 2
                pen.line((box[0], middle, box[2], middle), fill=tuple(colour))
            x += cells
    return image


def _fonts(bold: bool) -> tuple[ImageFont.FreeTypeFont, ImageFont.FreeTypeFont]:
    """The fonts for characters of one cell and of two (Debian: fonts-dejavu, fonts-noto-cjk)."""
    latin = FONTS / f"truetype/dejavu/DejaVuSansMono{'-Bold' if bold else ''}.ttf"
    chinese = FONTS / f"opentype/noto/NotoSansCJK-{'Bold' if bold else 'Regular'}.ttc"
    # DejaVu Sans Mono advances 0.602 of its size; Noto's faces for Chinese fill their square.
    return (
        ImageFont.truetype(str(latin), round(CELL[0] / 0.602)),
        ImageFont.truetype(str(chinese), 2 * CELL[0], index=2),
    )


def main() -> None:
    """Write the picture beside this file."""
    with tempfile.TemporaryDirectory() as folder:
        picture = asyncio.run(draw(Path(folder)))
    palette = picture.quantize(
        256, method=Image.Quantize.MAXCOVERAGE
    )  # a terminal has few colours: the file stays small
    palette.save(Path(__file__).with_name("picture.png"), optimize=True)


if __name__ == "__main__":
    main()
