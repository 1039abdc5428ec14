"""Run the benchmarks and print their tables: `python -m benchmarks [NAME…]`, all or those named."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

NAMES = (
    "wrapping",
    "reading",
    "first_frame",
    "keys",
    "highlights",
    "memory",
    "anchors",
    "saving",
    "safety",
)
ON_DEMAND = ("mentions",)
"""It installs other tools from the package index, so only when it is named."""


def main(argv: Sequence[str]) -> int:
    """Run each; the exit status is 1 if any is over a bar, 2 for a name that is none."""
    known = (*NAMES, *ON_DEMAND)
    unknown = [name for name in argv if name not in known]
    if unknown:
        print(f"no such benchmark: {' '.join(unknown)}; there are {' '.join(known)}")
        return 2
    status = 0
    for name in argv or NAMES:
        print(f"== {name}", flush=True)
        status |= import_module(f"benchmarks.{name}").main(())
        print(flush=True)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
