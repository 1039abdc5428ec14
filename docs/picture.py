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

from annotations.marking import highlight, note_upon
from annotations.spans import span_selector
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

    from annotations.model import Selector
    from annotations.store import Store
    from bulletins.model import Article

SIZE = (120, 38)
MARKED = (
    ("三座设施均已确定地点，另外两座分别位于纽约州奥尔巴尼和加利福尼亚州森尼韦尔", "yellow", ""),
    ("纽约州奥尔巴尼和加利福尼亚州森尼韦尔。", "pink", "还有没有**备选**地点？"),
    ("约 8.25 亿美元", "green", ""),
    ("单台设备价格已超过许多企业和高校所能承受的范围", "blue", ""),
)
"""What is highlighted: words, colour, note."""
CELL = (10, 22)
"""Pixels of one cell."""
FONTS = Path("/usr/share/fonts")


async def draw(folder: Path) -> Image.Image:
    """Open the samples, annotate an article, and draw the screen."""
    samples = folder / "samples"
    samples.mkdir()
    for sample in locations.bundled("seeds").glob("[cf]*.txt"):
        shutil.copy(sample, samples)
    found = find_files([samples])
    loaded = load_config(None, command_names())
    loaded = replace(loaded, config=replace(loaded.config, reviewer="王芳", data=folder / "data"))
    library = Library(folder / "cache")
    library.start_reader(found.files)
    notebook = Notebook(loaded.config.data, "王芳", "desk", lookup=library.article)
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
    """Highlight, note and tag an article as a reader would, and select one more sentence."""
    screen = pilot.app.screen
    await _until(pilot, lambda: len(screen.shelf.issues) == 2)
    issue, _, article = screen.article_walk()[0]
    screen.open_article(issue, article, read=True)
    await _until(pilot, lambda: screen.article.mentions.entities)
    target = screen.target()

    def annotate(store: Store) -> None:
        colours = {"政策/补贴": "green", "值得跟进": "yellow"}
        for name, colour in colours.items():
            store.tag(*target, name)
            store.recolour_tag(name, colour)
        store.set_star(*target, on=True)
        for words, colour, note in MARKED:
            selector = _selector(screen.article, words)
            (made,) = highlight(store, target, [selector], colour)
            if note:
                note_upon(store, made, note)

    await screen.change(target[0].id, annotate)
    await _until(pilot, lambda: len(screen.marked()) == len(MARKED))
    await pilot.press("slash", *"共同承担", "enter", "escape", "v", "s", "o")
    await pilot.pause(0.5)


def _selector(article: Article, words: str) -> Selector:
    block = next(index for index, one in enumerate(article.blocks) if words in one.text)
    start = article.blocks[block].text.index(words)
    return span_selector(article, block, start, start + len(words))


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
