"""YAML profiles become styles; whatever is wrong is said in one line that names the file.

A profile holds words and shapes, never regular expressions, so that no profile can make reading
slow. `extends` takes over all that another profile says and the profile itself does not.
"""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from bulletins.said import Said, template
from bulletins.styles.model import Bylines, Notes, Sections, Style, StyleError, Styles
from bulletins.styles.shapes import SHAPES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_MAX_BYTES = 1_000_000
_MAX_WORDS = 2_000
_MAX_WORD = 60
_MAX_DEPTH = 20

_CUES = (
    "spaced_head", "known_head", "role_byline", "bare_byline", "ending_byline", "topic",
    "original_title", "source", "title_shape", "page_notes", "file_notes",
)  # fmt: skip

_Field = tuple[str, "Callable[[Path, str, Any], Any]"]


def load_styles(folders: Sequence[Path] = ()) -> Styles:
    """Load our profiles, then those in `folders` (missing ones are skipped). Raises StyleError."""
    raw: dict[str, tuple[Path, dict[str, Any]]] = {}
    for folder in (Path(__file__).parent, *folders):
        for path in sorted(folder.glob("*.yaml")) if folder.is_dir() else ():
            data = _read(path)
            raw[_text(path, "name", data.get("name"))] = (path, data)
    styles = [_style(path, _extended(path, data, raw)) for path, data in raw.values()]
    return Styles(tuple(styles))


def load_profile(path: Path, text: str | None = None) -> Style:
    """Load one profile, which may extend ours; `text` stands for what `path` holds.

    Raises StyleError.
    """
    raw: dict[str, tuple[Path, dict[str, Any]]] = {}
    for ours in sorted(Path(__file__).parent.glob("*.yaml")):
        data = _read(ours)
        raw[_text(ours, "name", data.get("name"))] = (ours, data)
    data = _read(path) if text is None else _checked(path, text)
    name = _text(path, "name", data.get("name"))
    if data.get("extends") != name:
        raw[name] = (path, data)
    return _style(path, _extended(path, data, raw))


def _read(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise StyleError("{path}: is too large for a style profile", path=path)
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise StyleError(
            "{path}: can't be read: {why}", path=path, why=Said(error.strerror or str(error))
        ) from None
    except UnicodeDecodeError:
        raise StyleError("{path}: is not UTF-8 text", path=path) from None
    return _checked(path, text)


def _checked(path: Path, text: str) -> dict[str, Any]:
    import yaml  # slow to import; only the reader process loads styles

    try:
        data = _plain_values(text)
    except RecursionError:
        raise StyleError("{path}: is nested too deeply", path=path) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = Said(getattr(error, "problem", None) or "is not valid YAML")
        if mark is None:
            raise StyleError("{path}: {problem}", path=path, problem=problem) from None
        line = mark.line + 1
        said = template("{path}: line {line}: {problem}")
        raise StyleError(said, path=path, line=line, problem=problem) from None
    if not isinstance(data, dict):
        raise StyleError("{path}: must hold names and values, such as `name: my-style`", path=path)
    return data


def _plain_values(text: str) -> Any:
    """Load plain values; refuse aliases, which can grow without end, and deep nesting."""
    import yaml

    # The loader in C is several times as fast; not every installation has it.
    loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    depth = 0
    for event in yaml.parse(text, Loader=loader):
        mark: Any = event.start_mark  # of one of two classes, by the loader
        if isinstance(event, yaml.AliasEvent):
            raise yaml.composer.ComposerError(
                None, None, "aliases (*name) are not allowed here", mark
            )
        opens = isinstance(event, yaml.CollectionStartEvent)
        depth += opens - isinstance(event, yaml.CollectionEndEvent)
        if depth > _MAX_DEPTH:
            raise yaml.composer.ComposerError(None, None, "is nested too deeply", mark)
    return yaml.load(text, Loader=loader)


def _extended(
    path: Path, data: dict[str, Any], raw: dict[str, tuple[Path, dict[str, Any]]]
) -> dict[str, Any]:
    chain = [data]
    seen = {data.get("name")}
    while (parent := chain[-1].get("extends")) is not None:
        if parent not in raw:
            raise StyleError(
                "{path}: extends: there is no style “{name}”{near}",
                path=path, name=parent, near=_near(parent, raw),
            )  # fmt: skip
        if parent in seen:
            raise StyleError(
                "{path}: extends: “{name}” leads back to this style", path=path, name=parent
            )
        seen.add(parent)
        chain.append(raw[parent][1])
    merged: dict[str, Any] = {}
    for layer in reversed(chain):
        for key, value in layer.items():
            old = merged.get(key)
            both = isinstance(old, dict) and isinstance(value, dict) and key != "evidence"
            merged[key] = {**cast("dict[str, Any]", old), **value} if both else value
    return merged


def _style(path: Path, data: dict[str, Any]) -> Style:
    values = _fields(path, "", data, _TOP)
    values.pop("extends", None)
    return Style(**values)


def _fields(path: Path, prefix: str, data: Any, known: dict[str, _Field]) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise StyleError(
            "{path}: {key}: must hold names and values", path=path, key=prefix.rstrip(".")
        )
    values = {}
    for key, value in data.items():
        if key not in known:
            raise StyleError(
                "{path}: {key}: unknown key{near}",
                path=path, key=f"{prefix}{key}", near=_near(key, known),
            )  # fmt: skip
        name, read = known[key]
        values[name] = read(path, f"{prefix}{key}", value)
    return values


def _near(name: object, known: Any) -> str:
    """What follows upon a name that is none: the one that may be meant, or ""."""
    close = difflib.get_close_matches(str(name)[:_MAX_WORD], [str(key) for key in known], 1)
    return Said("; did you mean “{close}”?", close=close[0]) if close else ""


def _text(path: Path, key: str, value: Any) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > 200:
        raise StyleError(
            "{path}: {key}: must be a text, such as `{key}: example`", path=path, key=key
        )
    return value.strip()


def _words(path: Path, key: str, value: Any) -> tuple[str, ...]:
    listed = isinstance(value, list) and len(value) <= _MAX_WORDS
    if not listed or not all(
        isinstance(word, str) and 0 < len(word) <= _MAX_WORD for word in value
    ):
        raise StyleError(
            "{path}: {key}: must be a list of words of up to {most} characters",
            path=path, key=key, most=_MAX_WORD,
        )  # fmt: skip
    return tuple(dict.fromkeys(word.strip() for word in value if word.strip()))


def _word_set(path: Path, key: str, value: Any) -> frozenset[str]:
    return frozenset("".join(word.split()) for word in _words(path, key, value))


def _pairs(path: Path, key: str, value: Any) -> tuple[str, ...]:
    words = _words(path, key, value)
    if any(len(word) != 2 for word in words):
        raise StyleError(
            "{path}: {key}: must be pairs of brackets, such as `【】`", path=path, key=key
        )
    return words


def _flag(path: Path, key: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise StyleError("{path}: {key}: must be true or false", path=path, key=key)
    return value


def _number(path: Path, key: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not -10 <= value <= 10:
        raise StyleError("{path}: {key}: must be a number from -10 to 10", path=path, key=key)
    return float(value)


def _one_of(*allowed: str) -> Callable[[Path, str, Any], str]:
    def read(path: Path, key: str, value: Any) -> str:
        if value not in allowed:
            raise StyleError(
                "{path}: {key}: must be one of {choices}{near}",
                path=path,
                key=key,
                choices=", ".join(allowed),
                near=_near(value, allowed),
            )
        return str(value)

    return read


def _some_of(*allowed: str) -> Callable[[Path, str, Any], tuple[str, ...]]:
    def read(path: Path, key: str, value: Any) -> tuple[str, ...]:
        words = _words(path, key, value)
        for word in words:
            if word not in allowed:
                raise StyleError(
                    "{path}: {key}: “{word}” is unknown{near}",
                    path=path, key=key, word=word, near=_near(word, allowed),
                )  # fmt: skip
        return words

    return read


def _evidence(path: Path, key: str, value: Any) -> tuple[tuple[str, float], ...]:
    known: dict[str, _Field] = {cue: (cue, _number) for cue in _CUES}
    return tuple(_fields(path, f"{key}.", value, known).items())


def _group(kind: type[Any], known: dict[str, _Field]) -> Callable[[Path, str, Any], Any]:
    def read(path: Path, key: str, value: Any) -> Any:
        return kind(**_fields(path, f"{key}.", value, known))

    return read


_SECTIONS: dict[str, _Field] = {
    "heads": ("heads", _word_set),
    "words": ("words", _word_set),
    "spaced": ("spaced", _flag),
    "brackets": ("brackets", _pairs),
}
_BYLINES: dict[str, _Field] = {
    "position": ("position", _one_of("start", "end", "auto")),
    "roles": ("roles", _words),
    "other-roles": ("other_roles", _words),
    "endings": ("endings", _words),
    "bare-names": ("bare_names", _flag),
    "unbracketed": ("unbracketed", _flag),
}
_NOTES: dict[str, _Field] = {
    "numbering": ("numbering", _one_of("page", "file", "auto", "none")),
    "markers": ("markers", _some_of("digit", "bracket", "circled", "star")),
}
_TOP: dict[str, _Field] = {
    "name": ("name", _text),
    "title": ("title", _text),
    "extends": ("extends", _text),
    "publication": ("publication", _text),
    "sections": ("sections", _group(Sections, _SECTIONS)),
    "byline": ("bylines", _group(Bylines, _BYLINES)),
    "notes": ("notes", _group(Notes, _NOTES)),
    "topics": ("topics", _pairs),
    "titles": ("title_shapes", _some_of(*SHAPES)),
    "subheads": ("subheads", _some_of(*SHAPES)),
    "bracket-heads": ("bracket_heads", _words),
    "captions": ("captions", _words),
    "sources": ("sources", _words),
    "original-title": ("originals", _words),
    "running-headers": ("headers", _words),
    "contents": ("contents", _words),
    "imprint": ("imprint", _words),
    "closing": ("closing", _words),
    "figure-sources": ("figure_sources", _words),
    "ornaments": ("ornaments", _words),
    "details": ("details", _words),
    "web-page": ("web_page", _words),
    "evidence": ("evidence", _evidence),
    "base": ("base", _number),
}
