"""What the command line prints: UTF-8 everywhere, nothing that moves a cursor, no noise."""

from __future__ import annotations

import io
import os
import re
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

# What JSON leaves as it is and a terminal may obey: C1, joiners and bidi controls, surrogates.
_ODD = re.compile("[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")


def prepare() -> None:
    """Print UTF-8 whatever the locale says, so that a pipe under LANG=C gets Chinese too."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def complain(message: str) -> None:
    """Print one plain line on the standard error stream."""
    from bulletins.sources.plain import exact_line  # 20 ms with its package

    line = exact_line(message)
    try:
        print(f"kuaibao: {line}", file=sys.stderr)
    except (OSError, ValueError):  # closed: nobody wants to know
        return


def give_up_stdout() -> None:
    """Let the interpreter's own flush at the end go nowhere, once the pipe is closed."""
    hole = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(hole, sys.stdout.fileno())
    except (OSError, ValueError):
        return
    finally:
        os.close(hole)


def console() -> Console:
    """A Rich console for what is printed: no markup, no emoji codes, no guessed colours."""
    from rich.console import Console

    return Console(file=sys.stdout, markup=False, emoji=False, highlight=False)


def json_line(value: object) -> str:
    """`value` as one line of JSON that a terminal can show."""
    import json

    text = json.dumps(value, ensure_ascii=False)
    return _ODD.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
