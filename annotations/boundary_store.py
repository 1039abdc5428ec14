"""What a reader says of printed lines, as one reviewer's store keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotations.boundaries import same_line
from annotations.model import BoundaryBody, StoreError
from annotations.writing import Writing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annotations.model import Annotation, Body, IssueRef


class BoundaryWork(Writing):
    """The part of a Store that corrects how an issue is divided."""

    def set_boundaries(
        self, issue: IssueRef, bodies: Iterable[BoundaryBody]
    ) -> tuple[Annotation, ...]:
        """Keep what lines are, as one operation; what was said of the same lines is revised."""
        with self._saving("boundary"):
            return tuple(self._set_boundary(issue, body) for body in bodies)

    def take_back_boundaries(self, said: Iterable[Annotation]) -> None:
        """Delete what was said of lines, as one operation."""
        with self._saving("delete_boundary"):
            for one in said:
                self.delete(one)

    def _set_boundary(self, issue: IssueRef, wanted: BoundaryBody) -> Annotation:
        if not wanted.line.strip():
            raise StoreError("nothing can be said of a line without text")

        def about_line(body: Body) -> bool:
            return isinstance(body, BoundaryBody) and same_line(body, wanted)

        return self._set_one(issue, None, wanted, about_line)

    def delete(self, annotation: Annotation) -> Annotation:
        raise NotImplementedError
