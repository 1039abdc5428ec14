"""Bytes become text: which encoding a file is in, judged by what it would say."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_COMMON = re.compile(
    "[，。、；：（）《》“”的一是在不了有和这中为上个以与及将年月日美国技术發國與個對術]"
)
_PROBE = 400_000  # bytes and characters looked at to judge a large file
_MAX_INVALID = 0.10  # share of invalid bytes or controls above which a file is not text
_MAX_CONTROLS = 0.30  # the same for valid UTF-8, where controls may be meant


class NotTextError(ValueError):
    """The bytes make no sense in any encoding that is known here."""


def decode(data: bytes) -> str:
    """Decode UTF-8, UTF-16, UTF-32, GB18030 or Big5; a few invalid bytes become U+FFFD.

    Raises NotTextError.
    """
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _checked(data[len(bom) :].decode(name, "replace"), _MAX_INVALID)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        wide = _wide_encoding(data)
        if wide is not None:
            return data.decode(wide, "replace")
        return _checked(text, _MAX_CONTROLS)
    wide = _wide_encoding(data)
    if wide is not None:
        return data.decode(wide, "replace")
    best = min(("utf-8", "gb18030", "big5"), key=lambda name: _badness(data, name))
    return _checked(data.decode(best, "replace"), _MAX_INVALID)


def _wide_encoding(data: bytes) -> str | None:
    """Name UTF-16 without a mark: NULs stand on one side only, and the text reads well."""
    probe = data[: _PROBE // 2 * 2]
    even, odd = probe[::2].count(0), probe[1::2].count(0)
    if len(data) % 2 or even + odd < 2 or min(even, odd) * 20 > max(even, odd):
        return None
    name = "utf-16-le" if odd > even else "utf-16-be"
    text = probe.decode(name, "replace")
    good = sum(
        1 for char in text if "\u3000" <= char <= "\u9fff" or " " <= char <= "~" or char < " "
    )
    return name if good > 0.8 * len(text) and not _CONTROL.search(text) else None


def _badness(data: bytes, name: str) -> float:
    """Rate `data` read as `name`: invalid characters count against it, common words for it."""
    text = data[:_PROBE].decode(name, "replace")
    if not text:
        return 1.0
    invalid = text.count("\ufffd") - (1 if len(data) > _PROBE else 0)
    return (4 * invalid - len(_COMMON.findall(text))) / len(text)


def _checked(text: str, most: float) -> str:
    probe = text[:_PROBE]
    bad = probe.count("\ufffd") + len(_CONTROL.findall(probe))
    if bad > 2 and bad > most * len(probe):
        raise NotTextError
    return text
