"""Columns that an extractor left side by side."""

from __future__ import annotations

from bulletins.sources.abreast import unfolded

LEFT = [f"左栏第{n}行的文字写满了这一栏的宽度" for n in "一二三四五六七八九十"]
RIGHT = [f"右栏第{n}行的文字也写满了一栏的宽" for n in "一二三四五六七八九十"]


def test_the_left_column_comes_first_and_heads_stay_above() -> None:
    head = " " * 30 + "快报名称"
    rows = [f"{a}    {b}" for a, b in zip(LEFT, RIGHT, strict=True)]
    assert unfolded([head, *rows, "- 1 -"]) == [head, *LEFT, *RIGHT, "- 1 -"]


def test_indents_of_the_right_column_are_kept() -> None:
    rows = [f"{a}    {b}" for a, b in zip(LEFT, RIGHT, strict=True)]
    rows[4] = f"{LEFT[4]}    　　右栏从这里另起一段"
    assert unfolded(rows)[len(LEFT) + 4] == "　　右栏从这里另起一段"


def test_tables_and_plain_text_stay_as_they_are() -> None:
    table = [f"项目{n}      12.{n}      {n}34" for n in range(10)]
    prose = ["这一行只有一处  两个空格", *LEFT]
    assert unfolded(table) == table
    assert unfolded(prose) == prose
