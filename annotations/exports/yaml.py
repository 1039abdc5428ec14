"""YAML for people, with the ids and revisions that an import needs.

The schema is in docs/formats.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from annotations.exports.outline import head, issues
from annotations.exports.records import documents
from annotations.exports.writing import same_documents
from annotations.exports.yaml_load import load
from annotations.exports.yaml_text import write
from annotations.model import StoreError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from annotations.exports.gathering import Selection

_HEAD = "# Annotations exported by Kuaibao; times are UTC. docs/formats.md describes this file.\n"
_DEEPEST = 100
_ISSUES = "issues:\n"


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


def dump(data: Mapping[str, Any]) -> str:
    """Return block-style YAML in the order of `data`, the mappings of class Inline on one line."""
    return write(data)


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
