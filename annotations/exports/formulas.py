"""Cells that a spreadsheet would take for formulas, and the apostrophe that keeps it from that."""

from __future__ import annotations

GUARD = "'"
_RISKY = tuple("=+-@\t\r\n＝＋－＠")


def is_risky(cell: str) -> bool:
    """Tell whether a spreadsheet may take a cell for a formula."""
    return cell.startswith(_RISKY)


def guarded(cell: str) -> str:
    """Return a cell with the guard before it if it needs one."""
    return GUARD + cell if is_risky(cell) else cell
