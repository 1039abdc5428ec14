"""How a file will be cut into articles, decided from all its lines before any is."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Plan:
    """What begins and what ends an article.

    `by_end`: bylines (or, with `by_source_end`, source lines) end one. `by_start`: bylines follow
    the title. `by_topic`: a topic in brackets begins one. `heads` and `titles` name lines by
    index: (section title, reason), reason. `lengths` is how many lines a listed title has. `cut_at`
    is the offset in a body line where a byline begins. `cut_from` is
    the offset at which a body line begins. `run_in` are lines that begin with a title in brackets
    before its text: (title, how many lines it fills). `fallback` is the title of a text that
    prints none. `guessed` says that titles are known by nothing but room above them ("apart") or
    their length ("shape"). `measure` is the width of a full title line in cells, once `measured`.
    `begun` are lines that begin an article and `joined` lines that go on with the one
    above, by the reader; of these `headings` head a part of it.
    """

    by_end: bool = False
    by_start: bool = False
    by_topic: bool = False
    by_source_end: bool = False
    heads: dict[int, tuple[str, str]] = field(default_factory=dict)
    titles: dict[int, str] = field(default_factory=dict)
    lengths: dict[int, int] = field(default_factory=dict)
    cut_at: dict[int, int] = field(default_factory=dict)
    cut_from: dict[int, int] = field(default_factory=dict)
    run_in: dict[int, tuple[str, int]] = field(default_factory=dict)
    fallback: str = ""
    guessed: str = ""
    measured: bool = False
    measure: int | None = None
    begun: frozenset[int] = frozenset()
    joined: frozenset[int] = frozenset()
    headings: frozenset[int] = frozenset()
