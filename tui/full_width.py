"""Which key is meant by a character that an input method commits: ？ is the key ?, ｊ is j."""

from __future__ import annotations

# Where the marks of Chinese typing have no twin of the same shape among the full-width forms, the
# key of the keyboard that gives them.
_MARKS = {
    "\u3000": " ",
    "。": ".",
    "、": "/",
    "【": "[",
    "】": "]",
    "〔": "[",
    "〕": "]",
    "「": "{",
    "」": "}",
    "『": "{",
    "』": "}",
    "《": "<",
    "》": ">",
    "〈": "<",
    "〉": ">",
    "￥": "$",
    "“": '"',
    "”": '"',
    "‘": "'",
    "’": "'",
}


def key_meant(character: str | None) -> str | None:
    """Textual's name of the key that gave a full-width character; None for any other character.

    The full-width forms (U+FF01 to U+FF5E) stand for the ASCII characters in the same order.
    """
    if character is None or len(character) != 1 or character < "\u2000":
        return None
    code = ord(character)
    plain = chr(code - 0xFEE0) if 0xFF01 <= code <= 0xFF5E else _MARKS.get(character)
    if plain is None:
        return None
    from tui.config_keys import bare_key  # it has the names, and was loaded for the configuration

    return "space" if plain == " " else bare_key(plain)
