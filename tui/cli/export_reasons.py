"""Why an export would be empty: which filter names something that there is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.locale import tr

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from annotations.filters import Filter
    from annotations.store import Store

MOST_NAMED = 8


def why_nothing(stores: Sequence[Store], chosen: Filter) -> str:
    """Which filter names what there is not, or that together they let nothing through."""
    from annotations.filters import Filter, select
    from annotations.text import fold_name

    found = tuple(one for store in stores for one in store.everything())
    if not found:
        name = stores[0].reviewer
        known = _reviewers(stores[0].root)
        if fold_name(name) in {fold_name(one) for one in known}:
            known = []
        message = tr("there are no annotations of the reviewer “{name}”")
        return message.format(name=name) + _meant(name, known)
    tags = tuple(tag for store in stores for tag in store.tags())
    for issue in chosen.issues:
        if not select(found, Filter(issues=(issue,)), tags):
            refs = {one.target.issue for one in found}
            stems = {ref.file_name.rpartition(".")[0] or ref.file_name for ref in refs}
            known = sorted(stems | {n for ref in refs for n in (ref.title, ref.number) if n})
            message = tr("there is no issue “{name}” with annotations")
            return message.format(name=issue) + _meant(issue, known)
    for tag in chosen.tags:
        if not select(found, Filter(tags=(tag,)), tags):
            known = sorted({name for store in stores for name in store.tag_counts()})
            message = tr("no article has the tag “{name}”")
            return message.format(name=tag) + _meant(tag, known)
    for section in chosen.sections:
        if not select(found, Filter(sections=(section,)), tags):
            refs_of = (one.target.article for one in found)
            known = sorted({article.section for article in refs_of if article and article.section})
            message = tr("no annotated article is under a head “{name}”")
            return message.format(name=section) + _meant(section, known)
    return tr("nothing to export: no annotations meet all conditions")


def _meant(name: str, known: list[str]) -> str:
    from tui.config_values import nearest

    close = nearest(name, known)
    if close is not None:
        return tr("; did you mean “{close}”?").format(close=close)
    if 0 < len(known) <= MOST_NAMED:
        return tr("; there are: {names}").format(names=", ".join(known))
    return ""


def _reviewers(data: Path) -> list[str]:
    """The reviewers with a folder of annotations, by the name of that folder."""
    try:
        return sorted(path.name for path in (data / "annotations").iterdir() if path.is_dir())
    except OSError:
        return []
