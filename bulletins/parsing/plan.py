"""How a file will be cut into articles, decided from all its lines before any is."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Plan:
    """`by_end`: bylines or links end an article. `by_topic`: a topic in brackets begins one.

    `heads` and `titles` name lines by index: (section title, reason), reason. `cut_at` is the
    offset in a body line where a byline begins.
    """

    by_end: bool = False
    by_start: bool = False
    by_topic: bool = False
    by_source_end: bool = False
    heads: dict[int, tuple[str, str]] = field(default_factory=dict)
    titles: dict[int, str] = field(default_factory=dict)
    title_prefix: dict[int, int] = field(default_factory=dict)
    cut_at: dict[int, int] = field(default_factory=dict)

    def title_text(self, index: int, text: str) -> str:
        """The title on a line, without the number before it."""
        return text[self.title_prefix.get(index, 0) :]
