"""Everything at once: two windows, imports, restores and the doctor upon the same files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from annotations.model import NoteBody
from annotations.store import Store

DRIVER = Path(__file__).with_name("sharing_driver.py")


def run_for(root: Path, folder: Path, seconds: float) -> None:
    environment = {
        **os.environ,
        "PYTHONPATH": str(root),
        **{f"XDG_{name}_HOME": str(folder / name) for name in ("CONFIG", "DATA", "STATE", "CACHE")},
    }
    state = folder / "STATE" / "kuaibao"
    state.mkdir(parents=True)
    (state / "device").write_text("desk\n", encoding="utf-8")
    (folder / "CONFIG" / "kuaibao").mkdir(parents=True)
    config = "reviewer: 王丽\nlibrary: []\n"
    (folder / "CONFIG" / "kuaibao" / "config.yaml").write_text(config, encoding="utf-8")
    data = folder / "data"

    def kuaibao(*arguments: str) -> str:
        whole = [sys.executable, "-m", "tui", *arguments, "--data", str(data)]
        done = subprocess.run(
            whole, env=environment, cwd=folder, capture_output=True, text=True, check=False
        )
        assert "Traceback" not in done.stderr, done.stderr
        return done.stdout + done.stderr

    windows = [
        subprocess.Popen(
            [sys.executable, str(DRIVER), str(data), "王丽", "desk", str(seed)],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for seed in (1, 2)
    ]
    patience = time.monotonic() + 30
    while not any((data / "annotations").rglob("*.json")):
        assert time.monotonic() < patience
        time.sleep(0.05)
    ended = time.monotonic() + seconds
    turn = 0
    while time.monotonic() < ended or turn < 2:
        turn += 1
        kuaibao("export", "--format", "yaml", "--output", f"{turn}.yaml", "--force")
        kuaibao("backup", f"{turn}.zip")
        kuaibao("doctor", "--fix")
        kuaibao("import", f"{turn}.yaml", "--yes")
        kuaibao("restore", f"{turn}.zip", "--yes")
        assert (folder / f"{turn}.yaml").exists()
        assert (folder / f"{turn}.zip").exists()
    told: dict[str, set[str]] = {}
    for window in windows:
        said, wrong = window.communicate("stop\n", timeout=60)
        assert window.returncode == 0, wrong
        for line in said.splitlines():
            with suppress(ValueError):
                name, text = json.loads(line)
                told.setdefault(name, set()).add(text)
    store = Store(data, "王丽", "desk")
    assert store.problems() == ()
    kept: dict[str, set[str]] = {}
    for one in store.everything():
        if isinstance(one.body, NoteBody):
            kept.setdefault(one.id, set()).add(one.body.text)
    assert len(told) > 10
    assert sorted(told.keys() - kept.keys()) == []
    # The other window changes no note of this one, so the last text that was told stands.
    assert [name for name in told if not kept[name] & told[name]] == []


@pytest.mark.soak
def test_two_windows_and_every_command_at_once_for_long(root: Path, tmp_path: Path) -> None:
    run_for(root, tmp_path, 60)


def test_two_windows_and_every_command_at_once(root: Path, tmp_path: Path) -> None:
    run_for(root, tmp_path, 3)
