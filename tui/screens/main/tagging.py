"""Tagging at one key: the dialog, quick tags on digits and keys of tags, the last tag again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events, work
from textual.widgets import Input

from tui import acts, foreseen
from tui.key_names import shown_keys
from tui.locale import ntr, tr
from tui.quick_tags import clashes, quick_tags
from tui.screens.main.picking import Aim, how_many
from tui.screens.main.tag_keeping import TagKeeping

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotations.model import Tag
    from annotations.store import Store
    from tui.acts import Target
    from tui.config import Config
    from tui.library import Library
    from tui.notebook import Notebook
    from tui.screens.tag_picker import TagChange


class Tagging(TagKeeping):
    """Actions that put tags on the marked articles, else on the open one."""

    def __init__(self, config: Config, library: Library, notebook: Notebook) -> None:
        super().__init__(config, library, notebook)
        self.last_tags: tuple[str, ...] = ()
        """The tags that were put on last, for putting them again."""
        self.tag_advances = False
        """A quick tag goes on to the next article."""
        self._quick: tuple[tuple[Tag, ...], dict[str, str]] | None = None
        self._said_clashes: set[str] = set()

    # The dialog.

    def action_tag(self) -> None:
        self.with_reviewer(self._pick_tags)

    def _pick_tags(self) -> None:
        aims = self.aims()
        if not aims:
            return
        states = [self.notebook.state(*one.key) for one in aims]
        own = [tag for tag in states[0].tags if all(tag in state.tags for state in states)]
        title = self.title_of(aims[0].issue.id, aims[0].article)
        if self.picked:
            title = ntr("{n} marked article", "{n} marked articles", len(aims))

        def picked(change: TagChange | None) -> None:
            if change is not None:
                self.run_worker(self.change_tags(aims, change.add, change.remove))

        self.app.push_screen(self.tag_picker(title, own), picked)

    async def change_tags(
        self, aims: Sequence[Aim], add: tuple[str, ...], remove: tuple[str, ...]
    ) -> None:
        """Put tags on articles and take tags off them, and say so."""
        label = "tags" if add and remove else "tag" if add else "untag"
        if add:
            self.last_tags = add

        def act(store: Store, targets: Sequence[Target]) -> bool:
            acts.change_tags(store, targets, add, remove)
            return True

        done = await self.change_all(aims, label, act, foreseen.tags(add, remove))
        if done:
            put = [f"+{name}" for name in add] + [f"−{name}" for name in remove]
            self.say(tr("Tags: {tags}").format(tags=" ".join(put)) + how_many(aims))

    # Quick tags.

    def quick_tags(self) -> dict[str, str]:
        """The name of the tag that each key puts: of the configuration, then of the tags."""
        tags = self.notebook.tags()
        if self._quick is None or self._quick[0] is not tags:
            self._quick = tags, quick_tags(self.config, tags)
            self._tell_clashes(tags)
        return self._quick[1]

    def _tell_clashes(self, tags: Sequence[Tag]) -> None:
        for message in clashes(self.config, tags):
            if message not in self._said_clashes:
                self._said_clashes.add(message)
                self.say(message)

    def on_key(self, event: events.Key) -> None:
        """Keys of quick tags put them on."""
        if self.app.screen is not self or isinstance(self.focused, Input):
            return
        name = self.quick_tags().get(event.key)
        if name:
            event.stop()
            self.quick_tag(name)

    def quick_tag(self, name: str) -> None:
        """Put a tag on, or take it off where it is; moving on, only put it."""
        self.with_reviewer(lambda: self._quick_tag(name))

    def _quick_tag(self, name: str) -> None:
        if self.tag_advances and not self.picked:
            self._put((name,), go_on=True)
        else:
            aims = self.aims()
            # At once, not when it is saved: the next key may be the one that puts it again.
            if not all(name in self.notebook.state(*one.key).tags for one in aims):
                self.last_tags = (name,)
            self._toggle_tag(aims, name)

    @work
    async def _toggle_tag(self, aims: Sequence[Aim], name: str) -> None:
        put = await self.change_all(
            aims,
            "",
            lambda store, targets: acts.toggle_tag(store, targets, name),
            foreseen.toggled_tag(name),
        )
        if put is not None:
            sign = "+" if put else "−"
            self.say(tr("Tags: {tags}").format(tags=f"{sign}{name}") + how_many(aims))

    # The last tag again.

    def action_repeat_tag(self) -> None:
        self._again(go_on=self.tag_advances)

    def action_tag_and_next(self) -> None:
        self._again(go_on=True)

    def _again(self, *, go_on: bool) -> None:
        if not self.last_tags:
            keys = shown_keys(self.config.keys, "tag", 1)
            self.say(tr("No tag was put yet: {keys} does that.").format(keys=keys))
            return
        self.with_reviewer(lambda: self._put(self.last_tags, go_on=go_on))

    def _put(self, names: tuple[str, ...], *, go_on: bool) -> None:
        """Put tags on, and go on at once: the next key is meant for the next article."""
        aims = self.aims()
        self.run_worker(self.change_tags(aims, names, ()))
        if go_on and not self.picked:
            self.action_next_article()

    def action_tag_advance(self) -> None:
        """Switch between tagging, and tagging and moving on."""
        self.tag_advances = not self.tag_advances
        self.refresh_status()
        if self.tag_advances:
            self.say(tr("Tag and move on: a quick tag goes to the next article."))
        else:
            self.say(tr("A quick tag stays on the article."))
