"""Puts what lies at the top of the checkout into the package; the rest is in pyproject.toml."""

from pathlib import Path
from shutil import copyfile, rmtree

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).resolve().parent
TARGET = Path("tui") / "bundled"  # where tui/locations.py looks


def originals() -> list[Path]:
    """The default configuration and the sample library, relative to the checkout."""
    samples = sorted(path for path in (ROOT / "seeds").iterdir() if path.is_file())
    return [path.relative_to(ROOT) for path in (ROOT / "config.yaml", *samples)]


class BuildWithOriginals(build_py):
    """Copies the originals; an editable installation reads them where they are."""

    def run(self) -> None:
        super().run()
        if self.editable_mode:
            return
        target = Path(self.build_lib) / TARGET
        rmtree(target, ignore_errors=True)  # of an earlier build
        for path in originals():
            copy = target / path
            copy.parent.mkdir(parents=True, exist_ok=True)
            copyfile(ROOT / path, copy)

    def get_outputs(self, include_bytecode: bool = True) -> list[str]:
        copies = [str(Path(self.build_lib) / TARGET / path) for path in originals()]
        return [*super().get_outputs(include_bytecode), *copies]


setup(cmdclass={"build_py": BuildWithOriginals})
