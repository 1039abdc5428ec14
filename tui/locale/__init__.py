"""Translate what the user sees; English is the message id, translated when drawn."""

from __future__ import annotations

import gettext
from pathlib import Path

DOMAIN = "kuaibao"
_translations: gettext.NullTranslations = gettext.NullTranslations()


def set_language(language: str) -> None:
    """Draw in `language` ("en", "zh_CN"); an unknown one falls back to English."""
    global _translations
    _translations = gettext.translation(
        DOMAIN, localedir=Path(__file__).parent, languages=[language], fallback=True
    )


def tr(message: str) -> str:
    """Translate one message; "" stays "" (gettext would give the catalogue's header)."""
    return _translations.gettext(message) if message else message


def ntr(singular: str, plural: str, number: int) -> str:
    """Translate a message that counts, then fill in `{n}`."""
    return _translations.ngettext(singular, plural, number).format(n=number)


def mark(message: str) -> str:
    """Mark a message for translation where it stands in data; whoever draws it calls `tr`."""
    return message
