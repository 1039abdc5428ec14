"""The app as a reader has it: real files, the real reader process, folders of its own."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import pytest
from textual.events import Key
from textual.keys import _character_to_key

from tui.app import KuaibaoApp
from tui.commands import command_names
from tui.config import Loaded, load_config
from tui.library import Library, find_files
from tui.notebook import Notebook
from tui.screens.main import MainScreen
from tui.startup import Startup
from tui.state import load_session

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot


@dataclass
class Desk:
    """A running app and what tests ask of it."""

    app: KuaibaoApp
    pilot: Pilot[None]
    notices: list[str] = field(default_factory=list)

    @property
    def screen(self) -> MainScreen:
        return next(s for s in self.app.screen_stack if isinstance(s, MainScreen))

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def type(self, text: str) -> None:
        """Type as a terminal sends it; the pilot's own keys know no full-width marks."""
        for character in text:
            key = Key("space" if character == " " else _character_to_key(character), character)
            key.set_sender(self.app)
            self.app._driver.send_message(key)  # type: ignore[union-attr]
            await self.pilot.pause()

    async def until(self, true: Callable[[], Any], what: str) -> None:
        """Wait for something that a worker brings about; never longer than ten seconds."""
        for _ in range(400):
            if true():
                return
            await self.pilot.pause(0.025)
        raise AssertionError(f"never happened: {what}")

    async def dialog(self, name: str) -> None:
        await self.until(lambda: type(self.app.screen).__name__ == name, f"{name} opens")
        await self.pilot.pause()

    async def opened(self) -> None:
        await self.until(lambda: self.screen.article, "an article is shown")
        # What was read first is shown first, until all is listed.
        await self.until(lambda: self.screen._first_shown is None, "the library is listed")

    async def all_read(self, issues: int = 3) -> None:
        await self.until(lambda: len(self.screen.shelf.issues) == issues, "all issues are read")

    def open_title(self) -> str:
        return self.screen.article.title if self.screen.article else ""


Open = Callable[..., AbstractAsyncContextManager[Desk]]


@pytest.fixture
def open_app(tmp_path: Path, root: Path) -> Open:
    """Open the app upon files (the samples if none): `async with open_app(...) as desk`."""

    @asynccontextmanager
    async def opened(
        paths: Sequence[Path] = (),
        *,
        size: tuple[int, int] = (120, 40),
        reviewer: str | None = "王芳",
        settings: dict[str, Any] | None = None,
        loaded: Loaded | None = None,
    ) -> AsyncIterator[Desk]:
        samples = tmp_path / "samples"
        if not paths and not samples.exists():
            shutil.copytree(root / "seeds", samples)
        roots = list(paths) or [samples]
        found = find_files(roots)
        loaded = loaded or load_config(None, command_names())
        config = replace(loaded.config, reviewer=reviewer, **(settings or {}))
        library = Library(tmp_path / "cache")
        library.start_reader(found.files)
        notebook = Notebook(config.data, reviewer, "desk", lookup=library.article)
        startup = Startup(
            tuple(roots), load_session(roots), found.problems, to_read=paths and paths[0].is_file()
        )
        app = KuaibaoApp(replace(loaded, config=config), library, notebook, startup)
        try:
            async with app.run_test(size=size) as pilot:
                desk = Desk(app, pilot)
                notify = app.notify

                def heard(message: str, **options: Any) -> None:
                    desk.notices.append(message)
                    notify(message, **options)

                app.notify = heard  # type: ignore[method-assign]
                yield desk
                if not desk.screen.finished:
                    await desk.screen.finish()
        finally:
            notebook.close()
            library.close()

    return opened
