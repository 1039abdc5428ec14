"""Which key puts which tag: the configuration's digits, then the keys of the tags themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletins.sources.plain import plain_line
from tui.commands import COMMANDS, command
from tui.key_names import key_name
from tui.locale import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from annotations.model import Tag
    from tui.config import Config


def quick_tags(config: Config, tags: Iterable[Tag]) -> dict[str, str]:
    """Return the tag of each key. A command's key stays the command's."""
    taken = _commands(config)
    found = dict(config.quick_tags)
    for key, tag in _keyed(tags):
        if key not in taken:
            found.setdefault(key, tag.name)
    return found


def clashes(config: Config, tags: Iterable[Tag]) -> Iterator[str]:
    """Yield one plain line for each tag whose key puts another tag or is a command's."""
    taken, seen = _commands(config), dict(config.quick_tags)
    for key, tag in _keyed(tags):
        shown, name = plain_line(key_name(key)), plain_line(tag.name)
        if key in taken:
            title = tr(command(taken[key]).title)
            message = tr("{key} does not put the tag “{tag}”: it is a key of “{title}”.")
            yield message.format(key=shown, tag=name, title=title)
        elif seen.setdefault(key, tag.name) != tag.name:
            other = plain_line(seen[key])
            if key in config.quick_tags:
                message = tr("{key} puts “{other}”, as the configuration says, not “{tag}”.")
            else:
                message = tr("{key} puts “{other}”, which has it longer, not “{tag}”.")
            yield message.format(key=shown, other=other, tag=name)


def _keyed(tags: Iterable[Tag]) -> Iterator[tuple[str, Tag]]:
    """Yield Textual's name of each tag's key with the tag."""
    from tui.config_keys import bare_key

    for tag in tags:
        key = bare_key(tag.key) if tag.key else None
        if key is not None:
            yield key, tag


def _commands(config: Config) -> dict[str, str]:
    return {
        key: entry.name for entry in COMMANDS for key in config.keys.get(entry.name, entry.keys)
    }
