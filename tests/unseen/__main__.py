"""Make the unseen publications: `python -m tests.unseen FOLDER WEASYPRINT [NAME…]`.

It needs WeasyPrint's program, LibreOffice's `soffice`, python-docx and the Noto CJK fonts.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.unseen.fresh import FRESH
from tests.unseen.issue import label, read, written
from tests.unseen.layouts import LAYOUTS
from tests.unseen.text import text
from tests.unseen.web import mail, markdown, page, printed
from tests.unseen.word import word


def main(folder: Path, weasyprint: str, names: list[str]) -> None:
    """Write each publication in every format, with its labels."""
    layouts = LAYOUTS | FRESH
    for name in names or list(layouts):
        layout, issue = layouts[name], read(name)
        elements = layout.compose(issue)
        made = {
            "txt": text(elements, layout, issue.notes).encode(),
            "md": markdown(elements, layout, issue.notes).encode(),
            "html": page(elements, layout, issue.notes, issue.publication).encode(),
            "docx": word(elements, layout, issue.notes),
        }
        with TemporaryDirectory() as scratch:
            place = Path(scratch)
            if layout.office:
                (place / "a.docx").write_bytes(made["docx"])
                command = ["soffice", f"-env:UserInstallation={(place / 'home').as_uri()}",
                           "--headless", "--convert-to", "pdf", "--outdir", scratch,
                           str(place / "a.docx")]  # fmt: skip
            else:
                (place / "a.html").write_text(printed(elements, layout, issue.notes), "utf-8")
                command = [weasyprint, str(place / "a.html"), str(place / "a.pdf")]
            subprocess.run(command, check=True, capture_output=True)
            made["pdf"] = (place / "a.pdf").read_bytes()
        made["eml"] = mail(name, layout, made, issue.publication + (layout.number or ""))
        target = folder / name
        target.mkdir(parents=True, exist_ok=True)
        for form, data in made.items():
            (target / f"{name}.{form}").write_bytes(data)
        labels = written(label(name, issue, layout.number))
        (target / "label.json").write_text(labels, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3:])
