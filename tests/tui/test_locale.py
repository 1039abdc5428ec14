"""简体中文 is complete: every text of the screens and of the command line has its translation."""

from __future__ import annotations

import errno
import gettext
import io
import itertools
import os
import re
import string
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from annotations.files import reason
from annotations.model import StoreError
from bulletins.said import pack, unpack
from tui import locale
from tui.locale import mark, ntr, set_language, told, tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from babel.messages.catalog import Catalog, Message

FOLDER = Path(locale.__file__).parent / "zh_CN" / "LC_MESSAGES"
KEYWORDS = {  # as in the Makefile
    "tr": None,
    "mark": None,
    "ntr": (1, 2),
    "Said": None,
    "template": None,
    "StoreError": None,
    "ChangedError": None,
    "DamagedError": None,
    "NewerError": None,
    "DocumentError": None,
    "ReadError": (2,),
    "FormatError": None,
    "ContainerError": None,
    "PdfError": None,
    "WordError": None,
    "StyleError": None,
    "GazetteerError": None,
    "CatalogueError": None,
    "line_text": (2,),
}
PACKAGES = ("tui", "annotations", "bulletins")
AGAIN = "run `make locale` and translate what is new"


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    with (FOLDER / "kuaibao.po").open("rb") as file:
        return read_po(file, locale="zh_CN", domain="kuaibao")


@pytest.fixture(autouse=True)
def english_after() -> Iterator[None]:
    yield
    set_language("en")


def messages(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def forms(value: str | tuple[str, ...] | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def texts(root: Path) -> Iterator[tuple[str, ...]]:
    for package in PACKAGES:
        found = extract_from_dir(root / package, [("**.py", "python")], keywords=KEYWORDS)
        yield from (tuple(forms(text)) for _, _, text, _, _ in found if text)


def test_every_error_of_the_core_that_says_a_line_is_looked_for(root: Path) -> None:
    made = {
        name
        for package in PACKAGES
        for path in (root / package).rglob("*.py")
        for name in re.findall(
            r"^class (\w+)\((?:Said|Store|Read)Error\b",
            path.read_text(encoding="utf-8"),
            re.MULTILINE,
        )
    }
    assert made <= set(KEYWORDS)
    keys = re.findall(r"-k (\w+)", (root / "Makefile").read_text(encoding="utf-8"))
    assert set(keys) == set(KEYWORDS)


def test_an_error_of_the_core_is_told_in_chinese() -> None:
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    error = StoreError("{path}: not saved: {why}", path=Path("批注.json"), why=reason(full))
    assert str(error) == told(error) == "批注.json: not saved: No space left on device"
    set_language("zh_CN")
    assert told(error) == "批注.json：未保存：磁盘空间已满"
    assert told(unpack(pack(error.said))) == told(error)
    assert told("a line of nobody: {braces}") == "a line of nobody: {braces}"


def test_every_text_in_the_code_is_in_the_catalogue(catalogue: Catalog, root: Path) -> None:
    wanted = set(texts(root))
    have = {tuple(forms(message.id)) for message in messages(catalogue)}
    assert wanted - have == set(), AGAIN
    assert have - wanted == set(), AGAIN


def test_nothing_is_left_untranslated_or_in_doubt(catalogue: Catalog) -> None:
    open_ones = [
        message.id
        for message in messages(catalogue)
        if message.fuzzy or not all(forms(message.string))
    ]
    assert open_ones == []


def test_a_translation_fills_in_what_the_original_fills_in(catalogue: Catalog) -> None:
    for message in messages(catalogue):
        for text in forms(message.string):
            assert fields(text) == fields(forms(message.id)[-1]), message.id


def test_marks_are_chinese(catalogue: Catalog) -> None:
    """A half-width comma or colon behind a Chinese character is a slip."""
    for message in messages(catalogue):
        for text in forms(message.string):
            for before, sign in itertools.pairwise(text):
                assert not ("\u4e00" <= before <= "\u9fff" and sign in ";?!"), text


def test_the_compiled_catalogue_is_up_to_date(catalogue: Catalog) -> None:
    made = io.BytesIO()
    write_mo(made, catalogue)
    with (FOLDER / "kuaibao.mo").open("rb") as file:
        kept = gettext.GNUTranslations(file)
    made.seek(0)
    new = gettext.GNUTranslations(made)
    for message in messages(catalogue):
        first = forms(message.id)[0]
        if isinstance(message.id, str):
            assert kept.gettext(first) == new.gettext(first), AGAIN
        else:
            second = forms(message.id)[1]
            assert kept.ngettext(first, second, 2) == new.ngettext(first, second, 2), AGAIN


def test_chinese_is_spoken_when_asked_for() -> None:
    set_language("zh_CN")
    assert tr("Next article") == "下一条目"
    assert ntr("{n} footnote", "{n} footnotes", 3) == "3 条脚注"
    assert tr("") == ""


@pytest.mark.parametrize("language", ["en", "tlh", "", "../x"])
def test_another_language_is_english(language: str) -> None:
    set_language("zh_CN")
    set_language(language)
    assert tr("Next article") == "Next article"
    assert mark("Next article") == "Next article"
