"""Mentions: sums, quantities, dates and names in the articles of an issue.

`annotate` fills in an issue; `find_mentions` does one article. Both are pure. The text of
a mention is `text[start:end]` of the title, block or footnote of its place, in code points.
"""

from bulletins.mentions.annotating import annotate, find_mentions
from bulletins.mentions.gazetteers import GazetteerError, Gazetteers, load_gazetteers
from bulletins.mentions.words import Words

__all__ = ["GazetteerError", "Gazetteers", "Words", "annotate", "find_mentions", "load_gazetteers"]
