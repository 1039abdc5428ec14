"""Write publications in every format: `python -m tests.publications FOLDER NAME…`.

Needs WeasyPrint and python-docx, and the Noto CJK fonts. See the README beside what it wrote.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests.publications.html import page, sheet
from tests.publications.layouts import LAYOUTS
from tests.publications.markdown import to_markdown
from tests.publications.text import to_text
from tests.publications.untouched import UNTOUCHED
from tests.publications.word import write_word


def main(folder: Path, names: list[str]) -> None:
    """Write each publication's label and its files into `folder`."""
    from weasyprint import HTML

    for number, name in enumerate(names or LAYOUTS):
        issue = (LAYOUTS | UNTOUCHED)[name]()
        place = folder / name
        place.mkdir(parents=True, exist_ok=True)
        labels = {"file": f"{name}.txt", **issue.labels}
        written = json.dumps(labels, ensure_ascii=False, indent=1)
        (place / "label.json").write_text(written + "\n", encoding="utf-8")
        (place / f"{name}.txt").write_text(to_text(issue), encoding="utf-8", newline="\n")
        (place / f"{name}.md").write_text(to_markdown(issue), encoding="utf-8", newline="\n")
        (place / f"{name}.html").write_text(page(issue), encoding="utf-8", newline="\n")
        write_word(issue, place / f"{name}.docx", styled=number % 2 == 0)
        HTML(string=sheet(issue)).write_pdf(place / f"{name}.pdf")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
