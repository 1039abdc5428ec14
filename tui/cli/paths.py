"""`kuaibao paths`: where everything is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletins.sources.plain import exact_line
from tui import locations
from tui.locale import tr

if TYPE_CHECKING:
    from argparse import Namespace

    from tui.config import Loaded


def run(arguments: Namespace, loaded: Loaded) -> int:
    """Print one line for each place, whether it exists yet or not."""
    from rich.cells import cell_len

    config = loaded.config
    places = [
        (tr("config file"), loaded.path),
        (tr("default settings"), locations.bundled("config.yaml")),
        (tr("styles"), config.styles),
        (tr("gazetteers"), config.gazetteers),
        (tr("data"), config.data),
        (tr("backups"), config.backup_folder),
        (tr("session state"), locations.state_folder()),
        (tr("reports of faults"), locations.logs_folder()),
        (tr("cache"), locations.cache_folder()),
        (tr("sample library"), locations.bundled("seeds")),
        *((tr("library"), path) for path in config.library),
    ]
    width = max(cell_len(label) for label, _ in places)
    for label, path in places:
        shown = exact_line(str(path))
        print(f"{label}{' ' * (width - cell_len(label))}  {shown}")
    return 0
