"""Where things are on this machine: one function for each folder or file.

No function creates anything; whoever writes calls `made` first. The user's own places follow the
platform (XDG on Linux); what the program brings along is found by `bundled`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from platformdirs import PlatformDirs

NAME = "kuaibao"
_INSTALLED = Path(__file__).parent / "bundled"
_CHECKOUT = Path(__file__).parent.parent


def _platform() -> PlatformDirs:
    from platformdirs import PlatformDirs  # 5 ms that `--version` need not pay

    return PlatformDirs(NAME, appauthor=False)


def config_folder() -> Path:
    """What the user sets: `config.yaml`, own styles and gazetteers."""
    return Path(_platform().user_config_path)


def config_file() -> Path:
    """The user's own settings; may be missing."""
    return config_folder() / "config.yaml"


def styles_folder() -> Path:
    """The user's own styles, unless the configuration names another folder."""
    return config_folder() / "styles"


def gazetteers_folder() -> Path:
    """The user's own gazetteers, unless the configuration names another folder."""
    return config_folder() / "gazetteers"


def data_folder() -> Path:
    """The reader's work: annotations and tags. The one folder that must be backed up."""
    return Path(_platform().user_data_path)


def backup_folder() -> Path:
    """Automatic backups, unless the configuration names another folder.

    On this machine, also where the data folder is set to another disk.
    """
    return data_folder() / "backups"


def state_folder() -> Path:
    """Where the last session ended; may be deleted."""
    return Path(_platform().user_state_path)


def drafts_folder() -> Path:
    """Notes that are being written, until they are saved; a backup takes them along."""
    return state_folder() / "drafts"


def logs_folder() -> Path:
    """Reports of failures; may be deleted."""
    return state_folder() / "logs"


def rescue_folders() -> tuple[Path, ...]:
    """Where work is kept that can't be saved in the data folder, the best first."""
    import getpass
    import tempfile

    try:
        user = getpass.getuser()
    except (OSError, KeyError, ImportError):
        user = "user"
    return state_folder() / "rescue", Path(tempfile.gettempdir()) / f"{NAME}-rescue-{user}"


def cache_folder() -> Path:
    """Parsed issues; made again when missing."""
    return Path(_platform().user_cache_path)


def bundled(name: str) -> Path:
    """Find what comes with the program: "config.yaml" or "seeds".

    An installation has them inside the package (`setup.py` puts them there), a checkout at its
    top, where the only originals are.
    """
    installed = _INSTALLED / name
    return installed if installed.exists() else _CHECKOUT / name


def made(folder: Path) -> Path:
    """Create `folder` if it is missing, for the user's eyes only; OSError if that fails."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
