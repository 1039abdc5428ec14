"""Names: where else in the library a thing is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.key_names import shown_keys
from tui.locale import tr
from tui.screens.main.base import MainBase

if TYPE_CHECKING:
    from bulletins.model import Entity
    from tui.namings import NamingRow


class Naming(MainBase):
    """Actions upon the name that the reader is at."""

    def entity_here(self) -> Entity | None:
        """The name in the row of the inspector if that has the keys, else the one gone to last.

        Before any was gone to, the inspector's row counts in any case, if it is a name.
        """
        from tui.namings import entity_at

        row, place = self.inspector.row, self.pane.gone_to
        if row is not None and row.places and place not in row.places:
            by_keys = self.inspector.has_focus
            place = row.places[0] if by_keys or (place is None and row.kind == "entity") else place
        if self.article is None or place is None:
            return None
        return entity_at(self.article.mentions, place)

    def action_where_else(self) -> None:
        """List the articles that name the same thing; Enter opens one at the name."""
        from tui.namings import rows_of_articles, rows_of_places
        from tui.screens.where_else import WhereElse

        entity, article, issue = self.entity_here(), self.article, self.issue
        if entity is None or article is None or issue is None:
            keys = self.config.keys
            say = tr("No name is chosen: go to one with {keys}, click on it, or use the inspector.")
            way = f"{shown_keys(keys, 'next_mention', 1)} {shown_keys(keys, 'previous_mention', 1)}"
            self.say(say.format(keys=way))
            return
        identity, kind, shelf = entity.identity, entity.type, self.shelf
        remark = ""
        if identity is None:
            remark = tr(
                "The article gives no full form of this name: only its own places are sure."
            )

        def find() -> list[NamingRow]:
            if identity is None:
                return rows_of_places(article, entity)
            found = self.books.articles_naming(identity, kind)
            return rows_of_articles(found, shelf, (issue.id, article.id))

        def chosen(row: NamingRow | None) -> None:
            if row is not None:
                self._go_to_name(row, entity)

        self.app.push_screen(WhereElse(entity.canonical, kind, find, remark), chosen)

    def _go_to_name(self, row: NamingRow, entity: Entity) -> None:
        from tui.namings import same_name

        place = row.place
        if row.kind == "article":
            self.open_article(row.issue_id, row.article_id, read=True)
            if self.article is None or self.article.id != row.article_id:
                return
            named = same_name(self.article.mentions, entity)
            place = named[0].place if named else None
        if place is not None:
            self.bring("reading")
            self.pane.show_mention(place)
