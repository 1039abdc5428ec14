"""YAML for people, with the ids and revisions that an import needs.

The pure Python emitter is used: libyaml's escapes characters beyond the first plane. The schema is
in docs/formats.md.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from annotations.durable import write_atomic
from annotations.exports.outline import outline
from annotations.files import reason
from annotations.model import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    import yaml

    from annotations.model import Annotation, Tag
    from bulletins.model import Issue

_HEAD = "# Annotations exported by Kuaibao; times are UTC. docs/formats.md describes this file.\n"
_WIDE = 1 << 30  # cells: no line is ever folded

# What some reader of YAML 1.1 or 1.2 takes for a number, a time, a truth value or null.
_OTHER_TYPE = re.compile(
    r"[-+]?[0-9][0-9_,]*(?:\.[0-9_]*)?(?:e[-+]?[0-9]+)?"  # 8, 1,000, 1.5, 12e03
    r"|[-+]?\.[0-9][0-9_]*(?:e[-+]?[0-9]+)?"
    r"|[-+]?0[xob][0-9a-f_]+"
    r"|[-+]?[0-9]+(?::[0-9]+)+(?:\.[0-9_]*)?"  # 1:30 is ninety in YAML 1.1
    r"|[0-9]{4}-[0-9]{1,2}(?:-[0-9]{1,2}(?:[t ][-+0-9:.z ]*)?)?"
    r"|[-+]?\.(?:inf|nan)|~|=|<<|null|true|false|yes|no|on|off|y|n",
    re.IGNORECASE,
)
# What may stand unescaped: YAML's printable characters without the line ends that a reader
# turns into LF, and without the byte order mark.
_UNSAFE = re.compile(
    "[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010fffe]"
)


def export(
    annotations: Iterable[Annotation],
    tags: Sequence[Tag],
    *,
    reviewer: str = "",
    exported: str | None = None,
    lookup: Callable[[str], Issue | None] | None = None,
) -> str:
    """Return live annotations as a YAML document that reads back as the same data.

    `exported` is the UTC time that the head states, left out if None. `lookup` gives the issue
    of an id where it is at hand: articles are then named and ordered as they are read now.
    Raises StoreError if the text does not read back as it should.
    """
    data = outline(annotations, tags, reviewer=reviewer, exported=exported, lookup=lookup)
    text = _HEAD + dump(data)
    if load(text) != data:
        raise StoreError("the YAML export does not read back as what was exported; nothing written")
    return text


def write(path: Path, text: str) -> None:
    """Replace a file by an export, on the disk and read back when this returns.

    Raises StoreError, and then what was there before is as it was.
    """
    try:
        write_atomic(path, text.encode("utf-8"))
    except UnicodeEncodeError as error:
        raise StoreError(f"{path}: not written: half of a surrogate pair") from error
    except OSError as error:
        raise StoreError(f"{path}: not written: {reason(error)}") from error


def dump(data: object) -> str:
    """Return block-style YAML in the order of `data`, the mappings of class Inline on one line."""
    import yaml

    return str(
        yaml.dump(
            data,
            Dumper=_dumper(),
            allow_unicode=True,
            default_flow_style=False,
            sort_keys=False,
            width=_WIDE,
            indent=2,
        )
    )


def load(text: str) -> Any:
    """Read YAML with the fast reader where there is one; plain data only."""
    import yaml

    # libyaml is quick, and the reader that most other programs use.
    return yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def scalar_style(text: str) -> str | None:
    """Return how a text is written: literal |, escaped ", quoted ', or None: as the emitter likes.

    A literal block is safe only without blanks at line ends, at the beginning, or more than one
    line end at the end; everything else of several lines is escaped.
    """
    if _UNSAFE.search(text):
        return '"'
    if "\n" in text:
        awkward = text[0] in " \n" or text.endswith("\n\n") or " \n" in text or text[-1] == " "
        return '"' if awkward or not text.strip() else "|"
    return "'" if _OTHER_TYPE.fullmatch(text) else None


def _dumper() -> type[yaml.SafeDumper]:
    import yaml

    from annotations.exports.outline import Inline, InlineList

    class Dumper(yaml.SafeDumper):
        """Indents lists under their key, never abbreviates by anchors."""

        def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
            super().increase_indent(flow, False)

        def ignore_aliases(self, data: object) -> bool:
            return True

    def text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
        return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=scalar_style(value))

    def inline(dumper: yaml.SafeDumper, value: Inline) -> yaml.MappingNode:
        return dumper.represent_mapping("tag:yaml.org,2002:map", value.items(), flow_style=True)

    def inline_list(dumper: yaml.SafeDumper, value: InlineList) -> yaml.SequenceNode:
        return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=True)

    Dumper.add_representer(str, text)
    Dumper.add_representer(InlineList, inline_list)
    Dumper.add_representer(Inline, inline)
    return Dumper
