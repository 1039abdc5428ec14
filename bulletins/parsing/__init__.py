"""Pages become an issue: debris off, notes aside, wraps joined, marks tied."""

from bulletins.parsing.issue import Parsed, parse
from bulletins.parsing.sheet import LineTrace

__all__ = ["LineTrace", "Parsed", "parse"]
