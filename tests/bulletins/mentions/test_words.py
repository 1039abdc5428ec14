"""jieba behind one class: quiet, private, loaded when asked."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from bulletins.mentions import Words

if TYPE_CHECKING:
    from pathlib import Path


def test_nothing_heavy_is_imported_before_it_is_needed() -> None:
    code = (
        "import sys, bulletins.mentions\n"
        "print([name for name in ('jieba', 'yaml', 'sqlite3', 'textual') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_words_cover_the_text_quietly_and_cache_where_told(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from bulletins.mentions import Words\n"
        "words = Words(Path(sys.argv[1])).tagged('研究人员在北京研制新型芯片 AI')\n"
        "assert ''.join(word.text for word in words) == '研究人员在北京研制新型芯片 AI'\n"
        "assert all(a.end == b.start for a, b in zip(words, words[1:]))\n"
        "print([word.tag for word in words if word.text == '北京'])"
    )
    folder = tmp_path / "jieba"
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "['ns']"
    assert done.stderr == ""
    assert [file.name for file in folder.iterdir()] == ["jieba.cache"]


def test_making_it_costs_nothing(tmp_path: Path) -> None:
    Words(tmp_path / "none")
    assert not (tmp_path / "none").exists()
