"""Start the app: the reader process first, so that it works while the screen is being built."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from tui import locations
from tui.library import Library, find_files
from tui.state import load_session
from tui.terminal import made_ready

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tui.config import Loaded


def run(paths: Sequence[Path], loaded: Loaded) -> int:
    """Open files or folders, else the configured library, else the samples; the exit status."""
    config = loaded.config
    roots = list(paths) or list(config.library) or [locations.bundled("seeds")]
    with made_ready() as end_sign:
        found = find_files(roots)
        library = Library(locations.cache_folder(), [config.styles], [config.gazetteers])
        library.start_reader(found.files)
        try:
            # Textual takes most of the start; by now the reader works beside it.
            from tui.app import KuaibaoApp
            from tui.device import device_name
            from tui.notebook import Notebook
            from tui.startup import Startup

            device = device_name(locations.state_folder())
            places = locations.rescue_folders()
            notebook = Notebook(config.data, config.reviewer, device, places, library.article)
            startup = Startup(
                roots=tuple(roots),
                session=load_session(roots),
                problems=found.problems,
                samples=not paths and not config.library,
                to_read=any(path.is_file() for path in paths),
            )
            app = KuaibaoApp(loaded, library, notebook, startup)
            app.owns_process = True
            # What is imported stays: the collector need not walk through it while keys wait, and
            # what an article leaves behind is little.
            gc.freeze()
            gc.set_threshold(20_000, 20, 50)
            end_sign()
            app.run()
            notebook.close()
            return app.return_code or 0
        finally:
            library.close()
