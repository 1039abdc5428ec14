"""Read any file that an import takes: which format it is shows in its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotations.imports.plain_data import parse_json, read_text
from annotations.model import StoreError

if TYPE_CHECKING:
    from pathlib import Path

    from annotations.imports.incoming import Brought

_SHOWN = 2000  # characters in which a JSON-LD file says what it is


def read_import(path: Path) -> Brought:
    """Return what a YAML, JSON-LD or JSONL file brings.

    Raises StoreError in one line, without the file's name, for what is none of these, and OSError.
    """
    return parse_import(read_text(path), lines=path.suffix.lower() in (".jsonl", ".ndjson"))


def parse_import(text: str, *, lines: bool = False) -> Brought:
    """Return what a text brings; with `lines` it is JSONL, whatever it looks like."""
    begin = text.lstrip()[:_SHOWN]
    if not begin:
        raise StoreError("an empty file")
    if not lines and begin[0] not in "{[":
        from annotations.imports import yaml

        return yaml.read(text)
    from annotations.imports import jsonl, jsonld

    first = begin.split("\n", 1)[0]
    if not lines and (begin[0] == "[" or '"@context"' in first or not _is_object(text)):
        return jsonld.read(text)
    return jsonl.read(text)


def _is_object(text: str) -> bool:
    """Tell whether a line is an object by itself that is no annotation of the W3C's."""
    for line in text.split("\n", 50)[:50]:
        if not line.strip():
            continue
        try:
            value = parse_json(line)
        except StoreError:
            continue
        if isinstance(value, dict) and value:
            return not {"target", "items", "first"} & value.keys()
    return False
