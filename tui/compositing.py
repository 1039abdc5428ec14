"""Draw no more of a screen than what changed and is seen.

For each change Textual draws every widget of the screen, line by line, and takes what it needs of
it; containers too, of which nothing is seen. With a list, an article and what is known of it side
by side that is half of the time from a key to the screen.
"""

from __future__ import annotations

from array import array
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, cast

from textual._compositor import Compositor
from textual.geometry import Region

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from textual._compositor import ChopsUpdate
    from textual.strip import Strip
    from textual.widget import Widget

    Places = Mapping[Widget, tuple[Region, Region]]
    """Regions of widgets and what they are clipped to; what lies in front comes first."""


class FrontCompositor(Compositor):
    """Gives the same updates as Textual's own, from fewer lines.

    A line is cut only where what is seen changes. Textual cuts it at the edges of what lies below
    as well, and a Chinese character that such a cut goes through is lost.
    """

    def __init__(self) -> None:
        super().__init__()
        self._changed: tuple[Region, ...] = ()
        self._found: tuple[Places | None, Front] = None, Front((), [])

    @property
    def front(self) -> Front:
        """What is seen of the screen as it is laid out now."""
        places = self.visible_widgets
        if self._found[0] is not places:
            self._found = places, seen(places, self.size.region)
        return self._found[1]

    @property
    def cuts(self) -> list[list[int]]:
        """Where another widget is seen, line by line: columns, the first and the width included."""
        return self.front.cuts

    def render_partial_update(self) -> ChopsUpdate | None:
        self._changed = tuple(self._dirty_regions)
        try:
            return super().render_partial_update()
        finally:
            self._changed = ()

    def _render_chops(
        self, crop: Region, is_rendered_line: Callable[[int], bool]
    ) -> Sequence[Mapping[int, Strip]]:
        cuts = self.cuts
        chops: list[dict[int, Strip | None]] = [dict.fromkeys(line[:-1]) for line in cuts]
        # What lies in front comes first, and has all of the pieces that it touches.
        for region, _, strips in self._get_renders(crop):
            for y, strip in zip(region.line_range, strips, strict=False):
                if not is_rendered_line(y):
                    continue
                line = chops[y]
                for start, end in pairwise(cuts[y]):
                    if line[start] is None and region.x <= start and end <= region.right:
                        line[start] = strip.crop(start - region.x, end - region.x)
        return cast("Sequence[Mapping[int, Strip]]", chops)

    def _get_renders(
        self, crop: Region | None = None
    ) -> Iterable[tuple[Region, Region, list[Strip]]]:
        changed = self._changed or ((crop,) if crop is not None else ())
        for widget, region, part in self.front.widgets:
            if changed:
                touched = [part.intersection(one) for one in changed if part.overlaps(one)]
                if not touched:
                    continue
                rows = Region.from_union(touched)
                part = Region(part.x, rows.y, part.width, rows.height)
            yield part, part, widget.render_lines(part.translate((-region.x, -region.y)))


class Front(NamedTuple):
    """What is seen of a screen.

    `widgets` have their region and what the clip leaves of it; what lies in front comes first.
    `cuts` are the columns of each line at which another widget begins to be seen.
    """

    widgets: Sequence[tuple[Widget, Region, Region]]
    cuts: list[list[int]]


def seen(places: Places, screen: Region) -> Front:
    """Tell which widgets have a cell that is seen, and where lines go from one to the next."""
    widgets = [
        (widget, region, region.intersection(clip).intersection(screen))
        for widget, (region, clip) in places.items()
    ]
    blank = array("H", [len(widgets)]) * screen.width
    lines = [blank[:] for _ in range(screen.height)]
    for number in range(len(widgets) - 1, -1, -1):
        part = widgets[number][2]
        own = array("H", [number]) * part.width
        for line in lines[part.y : part.bottom]:
            line[part.x : part.right] = own
    found: set[int] = set()
    known: dict[bytes, list[int]] = {}
    cuts = []
    for line in lines:
        key = line.tobytes()
        if key not in known:
            found.update(line)
            changes = [x for x in range(1, len(line)) if line[x] != line[x - 1]]
            known[key] = [0, *changes, len(line)]
        cuts.append(known[key])
    return Front([one for number, one in enumerate(widgets) if number in found], cuts)
