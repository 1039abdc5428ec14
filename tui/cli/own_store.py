"""The reader's own store, as the commands that print or write what is in it open it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli import output
from tui.locale import told

if TYPE_CHECKING:
    from annotations.store import Store
    from tui.config import Loaded


def open_store(loaded: Loaded, reviewer: str) -> Store:
    """Open the store of a reviewer on this device; what a crash cut off is completed first.

    Where that can't be, what is there is shown, and why. Raises StoreError for a blank reviewer.
    """
    from annotations.model import StoreError
    from annotations.store import Store
    from tui.device import device_name
    from tui.locations import state_folder

    store = Store(loaded.config.data, reviewer, device_name(state_folder()))
    try:
        store.recover()
    except StoreError as error:
        output.complain(told(error))
    return store
