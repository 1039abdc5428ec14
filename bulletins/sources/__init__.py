"""A file becomes pages of lines: one door for all formats, control characters made visible."""

from bulletins.sources.files import read_pages
from bulletins.sources.lines import Line, Page, Source
from bulletins.sources.text import pages_of

__all__ = ["Line", "Page", "Source", "pages_of", "read_pages"]
