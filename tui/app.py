"""The application: configuration, theme, keymap, first screen, nothing else."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import App
from textual.command import CommandPalette
from textual.widgets import Input, TextArea

from bulletins.sources.plain import plain
from tui import themes
from tui.commands import STEPS, command
from tui.full_width import key_meant
from tui.key_names import shown_keys
from tui.key_turns import KeyTurns
from tui.locale import tr
from tui.palette import CommandProvider
from tui.screens.main import MainScreen
from tui.screens.note_editor import NoteEditor

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.command import Provider

    from tui.config import Loaded
    from tui.library import Library
    from tui.notebook import Notebook
    from tui.startup import Startup


FAREWELL = 2.0
"""Seconds that a terminal has to take the last that is written to it."""


class KuaibaoApp(App[None]):
    """Reads bulletins from `library`, keeps annotations in `notebook`."""

    TITLE = "Kuaibao"
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {CommandProvider}
    CSS = """
    ToastRack { margin-bottom: 2; }  /* the line of state and the legend stay to be seen */
    Toast { padding: 0 1; margin-top: 0; width: auto; max-width: 80%; }
    """

    owns_process = False
    """The process does nothing else, and may be ended from here."""

    def __init__(
        self,
        loaded: Loaded,
        library: Library,
        notebook: Notebook,
        startup: Startup,
    ) -> None:
        self.loaded = loaded
        super().__init__()
        self.books = library
        self.notebook = notebook
        self.startup = startup
        self._turns = KeyTurns(self, self._take_typed, self._is_step)
        own = loaded.config.keys
        self._steps = {key for name in STEPS for key in own.get(name, command(name).keys)}
        self.touched = False
        """The reader has done something: from now on nothing moves by itself."""
        self.chosen_theme = startup.session.theme
        """The theme that the reader chose in the app; None: the configuration's."""
        for theme in themes.THEMES:
            self.register_theme(theme)
        known = self.available_themes
        wanted = [self.chosen_theme, loaded.config.theme, themes.DARK.name]
        # Before the first style sheet: a theme set later would have every style made twice.
        self.set_reactive(App.theme, next(name for name in wanted if name in known))
        self.stylesheet.set_variables(self.get_css_variables())
        self.set_keymap({name: ",".join(keys) for name, keys in loaded.config.keys.items()})

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The colours of highlights, for themes that do not bring their own."""
        return themes.mention_variables(self.current_theme.dark)

    def get_css_variables(self) -> dict[str, str]:
        variables = super().get_css_variables()
        variables |= themes.scrollbar_variables(variables)
        variables = themes.coloured(variables, self.loaded.config.colours)
        self.theme_variables = variables
        return variables

    def get_default_screen(self) -> MainScreen:
        """The only screen, from the first: dialogs are laid over it."""
        return MainScreen(self.loaded.config, self.books, self.notebook)

    async def on_event(self, event: events.Event) -> None:
        """Let what is typed wait for its turn; a key that bubbled back here has had it."""
        self.touched |= isinstance(event, events.Key | events.Paste | events.MouseDown)
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            await self._turns.add(event)
        else:
            await super().on_event(event)

    async def _take_typed(self, event: events.Key | events.Paste) -> None:
        """Take full-width marks and letters for their keys, except where text is written.

        The character stays: a field that is to write it has it.
        """
        if isinstance(event, events.Key) and not isinstance(self.focused, Input | TextArea):
            event.key = key_meant(event.character) or event.key
        await super().on_event(event)

    def _is_step(self, event: events.Key) -> bool:
        """Whether a key only moves, so that several of it may be taken at once."""
        if not isinstance(self.screen, MainScreen) or isinstance(self.focused, Input | TextArea):
            return False
        return event.key in self._steps

    def on_mount(self) -> None:
        self._listen_to_signals()
        for problem in self.loaded.problems:
            self.notify(plain(str(problem)), severity="warning", timeout=12, markup=False)

    def on_key(self, event: events.Key) -> None:
        """Let a selection have a key before any command has it."""
        if isinstance(self.screen, MainScreen) and self.screen.take_key(event):
            event.prevent_default()

    def action_command_palette(self) -> None:
        """Offer the commands that are possible now."""
        if not isinstance(self.screen, CommandPalette):
            palette = CommandPalette(placeholder=tr("Search for commands…"), id="--command-palette")
            self.push_screen(palette)

    def change_theme(self) -> None:
        """Change between dark and light."""
        dark = self.current_theme.dark
        self.theme = self.chosen_theme = themes.LIGHT.name if dark else themes.DARK.name

    def keep_reviewer(self, name: str) -> None:
        """Write the reviewer's name into the user's configuration."""
        from tui.config_update import UpdateError, update_config

        try:
            update_config(self.loaded.path, "reviewer", name)
        except UpdateError as error:
            self.notify(plain(str(error)), severity="warning", markup=False)

    def action_help_quit(self) -> None:
        """Ctrl+C is a habit from elsewhere: say how to leave."""
        key = shown_keys(self.loaded.config.keys, "quit", 1)
        self.notify(plain(tr("Press {key} to quit.").format(key=key)), markup=False)

    async def action_quit(self) -> None:
        """End, unless something was written that is not saved; that has to be asked for twice."""
        if any(
            isinstance(screen, NoteEditor) and screen.refuse_to_leave()
            for screen in self.screen_stack
        ):
            return
        await self._leave()

    async def _leave(self) -> None:
        """Keep the session and end; what is being saved is finished before the process ends."""
        for screen in self.screen_stack:
            if isinstance(screen, MainScreen):
                await screen.finish()
        self.exit()

    def end_by_signal(self) -> None:
        """The terminal or the system goes away: save what is being written, then end in order.

        A terminal that is gone may never take what is written to it at the end. All is saved by
        then, so the process ends without that.
        """

        async def end() -> None:
            for screen in reversed(self.screen_stack):
                if isinstance(screen, NoteEditor) and screen.unsaved:
                    await screen.save()
            await self._leave()
            if self.owns_process:
                surely = threading.Timer(FAREWELL, os._exit, (1,))
                surely.daemon = True
                surely.start()

        self.run_worker(end())

    def _listen_to_signals(self) -> None:
        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is not None:
                with suppress(NotImplementedError, RuntimeError, ValueError):
                    loop.add_signal_handler(number, self.end_by_signal)
