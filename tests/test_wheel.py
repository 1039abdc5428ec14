"""The built wheel, installed in an empty environment, is a working program with samples."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from pathlib import Path
from zipfile import ZipFile

import pytest

PACKAGES = ("annotations", "bulletins", "tui")
ORIGINALS = ("pyproject.toml", "setup.py", "README.md", "LICENSE", "config.yaml", "seeds")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy, so that nothing of an earlier build gets in and none is left here."""
    root = Path(__file__).resolve().parent.parent
    folder = tmp_path_factory.mktemp("wheel")
    for name in (*ORIGINALS, *PACKAGES):
        source, copy = root / name, folder / "source" / name
        if source.is_dir():
            shutil.copytree(source, copy, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            copy.parent.mkdir(exist_ok=True)
            shutil.copyfile(source, copy)
    pip("wheel", "--no-deps", "--no-build-isolation", "-w", str(folder), str(folder / "source"))
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def program(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`kuaibao` in an environment that has our dependencies and the wheel, not the checkout."""
    folder = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    python = folder / "bin" / "python"
    pip("--python", str(python), "install", "--no-deps", "--no-index", str(wheel))
    (packages,) = folder.glob("lib/python*/site-packages")
    # A path file adds the folder itself; the path files in it, the checkout's too, stay unread.
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return folder / "bin" / "kuaibao"


def pip(*words: str) -> None:
    environment = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "pip", *words], capture_output=True, text=True, env=environment
    )
    assert done.returncode == 0, done.stdout + done.stderr


def run(program: Path, folder: Path, *words: str) -> str:
    """Run it far from the checkout, whatever the shell adds to Python's path."""
    done = subprocess.run(
        [program, *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=folder,
        timeout=120,
        env={name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_carries_everything_that_the_packages_hold(wheel: Path, root: Path) -> None:
    """A data file that nobody named for the wheel is missed only by those who install it."""
    left_out = {".pyc", ".pot"}
    here = {
        path.relative_to(root).as_posix()
        for package in PACKAGES
        for path in (root / package).rglob("*")
        if path.is_file() and path.suffix not in left_out
    }
    here = {name for name in here if not name.startswith("tui/bundled/")}
    here |= {f"tui/bundled/seeds/{path.name}" for path in (root / "seeds").iterdir()}
    here |= {"tui/bundled/config.yaml"}
    carried = {name for name in ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert carried == here


def test_says_its_version(program: Path, tmp_path: Path, root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert run(program, tmp_path, "--version") == f"kuaibao {project['version']}\n"


def test_finds_what_it_brings_along(program: Path, tmp_path: Path, root: Path) -> None:
    out = run(program, tmp_path, "paths")
    assert str(program.parent.parent) in out
    assert str(root) not in out


def test_reads_its_samples(program: Path, tmp_path: Path, root: Path) -> None:
    (seeds,) = program.parent.parent.glob("lib/python*/site-packages/tui/bundled/seeds")
    value = json.loads(run(program, tmp_path, "inspect", "--format", "json", str(seeds)))
    assert len(value["issues"]) == len(list((root / "seeds").glob("*.txt")))
    assert all(issue["sections"][0]["articles"] for issue in value["issues"])
    assert any(
        article["entities"]
        for issue in value["issues"]
        for section in issue["sections"]
        for article in section["articles"]
    )


def test_speaks_chinese(program: Path, tmp_path: Path) -> None:
    assert "命令" in run(program, tmp_path, "--help", "--language", "zh_CN")
