"""Which key puts which tag."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from annotations.model import Tag
from tui.commands import command_names
from tui.config import Config, load_config
from tui.quick_tags import clashes, quick_tags


def config(**digits: str) -> Config:
    loaded = load_config(None, command_names()).config
    return replace(
        loaded, quick_tags=MappingProxyType({key[1:]: name for key, name in digits.items()})
    )


def test_keys_of_tags_stand_beside_those_of_the_configuration() -> None:
    tags = [Tag("a", "芯片", key="3"), Tag("b", "量子", key="&"), Tag("c", "政策")]
    assert quick_tags(config(_1="重要"), tags) == {"1": "重要", "3": "芯片", "ampersand": "量子"}
    assert list(clashes(config(_1="重要"), tags)) == []


def test_the_configuration_wins_then_the_older_tag_and_a_command_keeps_its_key() -> None:
    tags = [
        Tag("a", "芯片", key="1"), Tag("b", "量子", key="2"), Tag("c", "光子", key="2"),
        Tag("d", "政策", key="t"),
    ]  # fmt: skip
    assert quick_tags(config(_1="重要"), tags) == {"1": "重要", "2": "量子"}
    assert list(clashes(config(_1="重要"), tags)) == [
        "1 puts “重要”, as the configuration says, not “芯片”.",
        "2 puts “量子”, which has it longer, not “光子”.",
        "t does not put the tag “政策”: it is a key of “Tag the article”.",
    ]


def test_a_key_that_the_reader_took_from_a_command_is_free() -> None:
    mine = replace(config(), keys=MappingProxyType({"tag": ("f2",)}))
    assert quick_tags(mine, [Tag("d", "政策", key="t")]) == {"t": "政策"}


def test_one_tag_named_twice_is_no_clash() -> None:
    assert list(clashes(config(_1="芯片"), [Tag("a", "芯片", key="1")])) == []
