"""A reader process whose files say what happens to it: `hang`, `crash`, `swell`, `raise`, text."""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bulletins.catalogue.reader import main
from bulletins.model import (
    Article,
    Block,
    Entity,
    Issue,
    Mentions,
    Place,
    ReadError,
    Section,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from bulletins.boundary import Boundary


class StubWork:
    """Reads a file of one article whose first line is its title."""

    def read(self, path: str, told: Callable[[str], tuple[Boundary, ...]]) -> Issue:
        data = Path(path).read_bytes()
        text = data.decode("utf-8")
        if text == "hang":
            while True:
                with contextlib.suppress(Exception):
                    sum(range(1000))
        if text == "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        if text == "swell":
            bytearray(1 << 40)
        if text == "raise":
            raise ValueError("two\nlines")
        if not text:
            raise ReadError(path, "is empty")
        title = text.split("\n")[0]
        article = Article("a1", title, 1, blocks=(Block("paragraph", text, 1),))
        identity = hashlib.sha256(data).hexdigest()
        sections = (Section("栏目", (article,)),)
        return Issue(identity, path, "stub", 1.0, sections, boundaries=told(identity))

    def find_mentions(self, issue: Issue) -> Issue:
        if "crash later" in issue.articles()[0].title:
            os.kill(os.getpid(), signal.SIGKILL)
        while "hang later" in issue.articles()[0].title:
            pass
        return mentioned(issue, "place")

    def refine_mentions(self, issue: Issue) -> Issue:
        return mentioned(issue, "person")


def mentioned(issue: Issue, kind: str) -> Issue:
    """Call the title's first character an entity of that type."""
    article = issue.articles()[0]
    found = Mentions(entities=(Entity(kind, article.title[:1], "", Place(0, 1)),))
    article = dataclasses.replace(article, mentions=found)
    return dataclasses.replace(issue, sections=(Section("栏目", (article,)),))


if __name__ == "__main__":
    main(sys.argv[1:], StubWork())
