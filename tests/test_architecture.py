"""The shape of the project, held in a fresh process: who may know and load what."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("annotations", "bulletins", "tui")
FILES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
LONGEST = 400  # lines

# Modules that draw, or that take too long before the first frame.
DRAWING = {"rich", "textual"}
HEAVY = {"jieba", "pypinyin", "sqlite3", "tinydb", "yaml", "filelock"}


def module(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def loaded_by(*statements: str) -> set[str]:
    """The top-level modules that a fresh interpreter holds after some statements."""
    code = "\n".join((*statements, "import json, sys", "print(json.dumps(sorted(sys.modules)))"))
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return {name.partition(".")[0] for name in json.loads(done.stdout)}


def imports(*packages: str) -> list[str]:
    names = [module(path) for path in FILES if module(path).partition(".")[0] in packages]
    return [f"import {name}" for name in names if not name.endswith("__main__")]


class TestKnowledge:
    def test_bulletins_know_nothing_of_readers_and_screens(self) -> None:
        assert not loaded_by(*imports("bulletins")) & {*DRAWING, "annotations", "tui"}

    def test_annotations_know_nothing_of_screens(self) -> None:
        assert not loaded_by(*imports("annotations")) & {*DRAWING, "tui"}

    def test_typesetting_is_plain_python(self) -> None:
        names = [module(path) for path in FILES if "typesetting" in path.parts]
        assert not loaded_by(*(f"import {name}" for name in names)) & {"textual", *HEAVY}

    def test_the_import_contracts_hold(self) -> None:
        """`lint-imports` sees imports inside functions too."""
        done = subprocess.run(
            [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
            capture_output=True,
            text=True,
            cwd=ROOT,
            timeout=120,
        )
        assert done.returncode == 0, done.stdout

    @pytest.mark.parametrize("package", ["annotations", "bulletins"])
    def test_the_core_reads_no_environment(self, package: str) -> None:
        """Paths and settings are arguments; only `tui` asks the machine."""
        asking = {"environ", "getenv", "expanduser", "platformdirs"}
        for path in FILES:
            if module(path).partition(".")[0] == package:
                names = {
                    getattr(node, "attr", getattr(node, "id", getattr(node, "name", None)))
                    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
                }
                assert not names & asking, path


class TestLoading:
    def test_the_command_line_loads_nothing_heavy(self) -> None:
        assert not loaded_by("import tui.cli") & {*DRAWING, *HEAVY, "platformdirs", "asyncio"}

    def test_settings_do_not_load_what_draws(self) -> None:
        statements = (
            "from tui.commands import command_names",
            "from tui.config import load_config",
            "load_config(None, command_names())",
        )
        assert not loaded_by(*statements) & {*DRAWING, "jieba", "sqlite3", "tinydb", "filelock"}

    def test_the_screen_is_built_without_what_only_work_needs(self) -> None:
        """The rest is loaded behind the first frame; jieba only in the reader's process."""
        heavy = {"jieba", "pypinyin", "tinydb", "filelock", "yaml"}
        assert not loaded_by("import tui.app", "import tui.screens.tag_picker") & heavy


class TestTexts:
    SHOWING = frozenset({
        "Button", "Checkbox", "Label", "RadioButton", "Static", "complain", "content", "notify",
        "say", "UsageError",
    })  # fmt: skip
    NAMED = frozenset({"border_subtitle", "border_title", "help", "placeholder", "tooltip"})

    @pytest.mark.parametrize(
        "path", [path for path in FILES if module(path).startswith("tui")], ids=module
    )
    def test_are_translated_where_they_are_shown(self, path: Path) -> None:
        """A text that goes to the screen past `tr` stays English for a Chinese reader."""
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            shown: list[ast.expr] = []
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                shown = node.args[:1] if name in self.SHOWING else []
                shown += [one.value for one in node.keywords if one.arg in self.NAMED]
            elif isinstance(node, ast.Assign):
                names = {getattr(target, "attr", "") for target in node.targets}
                shown = [node.value] if names & self.NAMED else []
            for text in shown:
                value = text.value if isinstance(text, ast.Constant) else ""
                words = isinstance(value, str) and any(word.isalpha() for word in value.split())
                assert not words, f"{path}:{text.lineno}: {value!r}"


class TestFiles:
    @pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
    def test_are_short(self, path: Path) -> None:
        assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST

    @pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
    def test_say_what_they_are_for(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        assert not text or ast.get_docstring(ast.parse(text))

    def test_none_is_a_drawer_for_everything(self) -> None:
        drawers = {"utils", "util", "helpers", "common", "misc"}
        assert not [path for path in FILES if path.stem in drawers]

    def test_every_package_is_named_for_the_wheel(self) -> None:
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
        folders = {module(path.parent / "__init__.py") for path in FILES}
        assert project["tool"]["setuptools"]["packages"] == sorted(folders)

    def test_every_package_has_an_init(self) -> None:
        assert not [path for path in FILES if not (path.parent / "__init__.py").is_file()]
