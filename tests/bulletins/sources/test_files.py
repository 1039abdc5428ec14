"""What comes in by the door for files, and what is turned away with one clear line."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

import pytest

from bulletins.model import ReadError
from bulletins.sources import pages_of, read_pages

if TYPE_CHECKING:
    from pathlib import Path

TEXT = (
    "政策动态\n\n某国公布半导体发展计划，投入为 5 亿美元，用于建设研发中心和培养人才。\n"
    "（执笔：张三）\n"
)


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32"],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(tmp_path: Path, encoding: str, end: str) -> None:
    path = tmp_path / "期刊.TXT"
    data = TEXT.replace("\n", end).encode(encoding)
    path.write_bytes(data)
    source = read_pages(path)
    assert [line.text for line in source.lines()] == [one for one in TEXT.split("\n") if one]
    assert [line.number for line in source.lines()] == [1, 3, 4]
    assert source.sha256 == hashlib.sha256(data).hexdigest()


def test_a_few_invalid_bytes_are_shown_not_fatal(tmp_path: Path) -> None:
    path = tmp_path / "cut.txt"
    path.write_bytes(TEXT.encode() * 5 + b"\xff\xe4\xb8")
    lines = read_pages(path).lines()
    assert lines[1].text.startswith("某国公布")
    assert "\ufffd" in lines[-1].text


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (b"", "is empty"),
        (b"\n \n\xe3\x80\x80\n", "holds no text"),
        (b"%PDF-1.7\n\xe2\xe3", "PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "picture"),
        (b"\x7fELF" + bytes(50), "program"),
        (b"\x1f\x8b\x08\x00" + bytes(50), "compressed"),
        (bytes(range(256)) * 40, "not text"),
    ],
)
def test_what_is_no_bulletin_is_refused(tmp_path: Path, data: bytes, part: str) -> None:
    path = tmp_path / "odd.txt"
    path.write_bytes(data)
    with pytest.raises(ReadError, match=part) as caught:
        read_pages(path)
    assert "\n" not in str(caught.value)
    assert caught.value.path == str(path)


def test_what_is_no_file_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    (tmp_path / "folder.txt").mkdir()
    for name, part in (
        ("pipe.txt", "regular file"),
        ("loop.txt", "back to itself"),
        ("folder.txt", "folder"),
        ("missing.txt", "does not exist"),
        ("a\0b.txt", "not valid"),
        ("x" * 300, "too long"),
    ):
        with pytest.raises(ReadError, match=part):
            read_pages(tmp_path / name)


def test_a_leading_space_begins_a_page_where_no_form_feed_does() -> None:
    pages = pages_of(" 甲\n乙\n \n丙\n 丁\n戊\n  己\n")
    assert [[line.text for line in page.lines] for page in pages] == [
        ["甲", "乙", "丙"],
        ["丁", "戊", "己"],
    ]
    assert [page.number for page in pages] == [1, 2]
    third = pages[0].lines[2]
    assert (third.blank, third.spacer) == (1, True)
    assert pages[1].lines[2].indent == 2


def test_beside_form_feeds_a_leading_space_is_an_indent() -> None:
    pages = pages_of("甲\n 乙\n\f丙\n  丁\n")
    assert [[line.text for line in page.lines] for page in pages] == [["甲", "乙"], ["丙", "丁"]]
    assert [line.indent for page in pages for line in page.lines] == [0, 1, 0, 2]
    assert [page.number for page in pages] == [1, 2]


def test_leading_spaces_on_most_lines_are_no_pages() -> None:
    assert len(pages_of("".join(f" 第{n}行\n" for n in range(20)))) == 1


def test_control_characters_never_leave_the_door() -> None:
    (page,) = pages_of("前\x1b[31m后\x00\t列\u202e\n")
    assert page.lines[0].text == "前␛[31m后␀  列\ufffd"
