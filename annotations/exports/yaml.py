"""YAML for people, with the ids and revisions that an import needs.

The pure Python emitter is used: libyaml's escapes characters beyond the first plane. The schema is
in docs/formats.md.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from annotations.exports.outline import head, issues
from annotations.exports.records import documents
from annotations.exports.writing import same_documents
from annotations.model import StoreError

if TYPE_CHECKING:
    import yaml

    from annotations.exports.gathering import Selection

_HEAD = "# Annotations exported by Kuaibao; times are UTC. docs/formats.md describes this file.\n"
_DEEPEST = 100
_ISSUES = "issues:\n"
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


def export(selection: Selection) -> str:
    """Return live annotations as a YAML document that reads back as the same data.

    Raises StoreError if the text does not read back as it should, or the annotations can't be made
    of it again.
    """
    parts = [_HEAD, dump(head(selection))]
    found = []
    for issue in issues(selection):
        # Issue by issue, so that a long export can be watched and left.
        found.append(issue)
        parts.append(dump({"issues": [issue]}).removeprefix(_ISSUES))
    parts.insert(2, _ISSUES if found else "issues: []\n")
    text = "".join(parts)
    again = load(text)
    if again != {**head(selection), "issues": found} or not same_documents(
        documents(again), selection.annotations
    ):
        raise StoreError("the YAML export does not read back as what was exported; nothing written")
    return text


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


def load_strange(text: str) -> Any:
    """Read YAML that may be hostile. Raises ValueError for what we never write, yaml.YAMLError.

    The fast reader overruns its stack on deep nesting, and references to one another can make a
    short text endless.
    """
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    depth = 0
    for event in yaml.parse(text, loader):
        if isinstance(event, yaml.AliasEvent):
            raise ValueError("it refers to parts of itself")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _DEEPEST:
                raise ValueError("it is nested too deeply")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return yaml.load(text, loader)


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


@cache
def _dumper() -> type[yaml.SafeDumper]:
    import yaml

    from annotations.exports.records import Inline, InlineList

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
