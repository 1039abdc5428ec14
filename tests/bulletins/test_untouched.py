"""Publications kept back while the rules were written, in all formats, against their bars."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from bulletins.contract import to_json
from bulletins.mentions import annotate, load_gazetteers
from bulletins.reading import read_issue
from bulletins.styles import load_styles

if TYPE_CHECKING:
    from pathlib import Path

MENDED = ["broker", "embassy", "library", "ministry", "thinktank", "wechat"]
FRESH = ["energy", "policyweek", "ocean", "biomade"]
BARS = {"articles_strict": 0.95, "blocks": 0.92, "money": 0.95, "authors": 1.0}


@pytest.mark.parametrize("form", ["txt", "md", "html", "docx", "pdf"])
@pytest.mark.parametrize("name", ["abstract", "digest"])
def test_an_unknown_publication_meets_the_bars(
    shared: Path, root: Path, tmp_path: Path, name: str, form: str
) -> None:
    meets(shared, root / "tests" / "data" / "untouched" / name, tmp_path, form)


@pytest.mark.parametrize("form", ["txt", "html", "docx", "pdf", "eml"])
@pytest.mark.parametrize("name", [*MENDED, *FRESH])
def test_a_publication_of_another_hand_meets_the_bars(
    shared: Path, root: Path, tmp_path: Path, name: str, form: str
) -> None:
    meets(shared, root / "tests" / "data" / "unseen" / name, tmp_path, form)


def meets(shared: Path, folder: Path, tmp_path: Path, form: str) -> None:
    name = folder.name
    issue = annotate(read_issue(folder / f"{name}.{form}", load_styles()).issue, load_gazetteers())
    label = json.loads((folder / "label.json").read_text(encoding="utf-8"))
    named = (issue.publication, issue.number, issue.date)
    assert named == (label["publication"], label["number"], label["date"])
    out = tmp_path / "out.json"
    out.write_text(json.dumps({"issues": [to_json(issue)], "errors": []}), encoding="utf-8")
    score = [sys.executable, str(shared / "tools" / "score.py"), str(out)]
    done = subprocess.run(
        [*score, str(folder / "label.json"), "--json"],
        capture_output=True, check=True, encoding="utf-8",
    )  # fmt: skip
    scores: dict[str, Any] = next(iter(json.loads(done.stdout).values()))
    for key, bar in BARS.items():
        assert scores[key].get("f1", scores[key].get("acc")) >= bar, (key, scores[key])
    assert scores["dirty_blocks"]["count"] == 0
