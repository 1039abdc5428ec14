"""Have a child read broken files, and gather what went wrong.

`python -m tests.mutation.trying FOLDER COUNT [FORMAT…]` keeps the files that did.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from tests.mutation.mutants import FORMATS, bombs, mutants, originals

ROOT = Path(__file__).parents[2]
PUBLICATIONS = ROOT / "tests" / "data" / "publications"
SECONDS, MEGABYTES = 20.0, 2_000
_BATCH = 100


def tried(paths: list[Path], seconds: float = SECONDS) -> list[tuple[Path, str]]:
    """Read files in children; give those that did not end well, with what happened."""
    bad: list[tuple[Path, str]] = []
    rest = list(paths)
    while rest:
        batch = rest[:_BATCH]
        command = [sys.executable, "-m", "tests.mutation.child", str(seconds), str(MEGABYTES)]
        try:
            done = subprocess.run(
                [*command, *map(str, batch)], capture_output=True, text=True, cwd=ROOT,
                timeout=30 + 2 * seconds + 2 * len(batch), check=False,
            )  # fmt: skip
            said, status, errors = done.stdout, done.returncode, done.stderr
        except subprocess.TimeoutExpired as over:
            raw = over.stdout or b""
            said = raw.decode() if isinstance(raw, bytes) else raw
            status, errors = -1, "hangs where no signal reaches"
        answers = [line for line in said.splitlines() if not line.startswith("> ")]
        bad += [(p, a) for p, a in zip(batch, answers, strict=False) if a.startswith("BAD")]
        if len(answers) < len(batch):
            if said.count("> ") == 0:
                bad.append((batch[0], f"the child did not begin: {errors[-300:]}"))
                return bad
            bad.append((batch[len(answers)], f"died ({status}): {errors[-300:]}"))
            rest = rest[len(answers) + 1 :]
        else:
            rest = rest[len(batch) :]
    return bad


def written(folder: Path, form: str, count: int, seed: int = 1) -> list[Path]:
    """Write `count` mutants of a format into `folder`."""
    paths = []
    for number, data in enumerate(
        mutants(Random(f"{form}{seed}"), originals(PUBLICATIONS, form), count)
    ):
        path = folder / f"{form}-{seed}-{number}.{form}"
        path.write_bytes(data)
        paths.append(path)
    return paths


def main(folder: Path, count: int, forms: list[str]) -> int:
    """Try `count` mutants of each format, and all bombs where no format is named."""
    folder.mkdir(parents=True, exist_ok=True)
    worst = 0
    for form in forms or ["bombs", *FORMATS]:
        with TemporaryDirectory() as scratch:
            place = Path(scratch)
            if form == "bombs":
                paths = []
                for name, data in bombs():
                    (place / name).write_bytes(data)
                    paths.append(place / name)
            else:
                paths = written(place, form, count)
            bad = tried(paths)
            for path, why in bad:
                (folder / path.name).write_bytes(path.read_bytes())
                print(f"  {path.name}: {why}", flush=True)
            print(f"{form}: {len(paths)} read, {len(bad)} bad", flush=True)
            worst = max(worst, len(bad))
    return 1 if worst else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]))
