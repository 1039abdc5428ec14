"""Read files one by one in a process that may touch nothing else; print a line for each.

SECONDS are those of the processor, which other programs do not shorten.

`python -m tests.mutation.child SECONDS MEGABYTES FILE…` prints `ok`, `refused` or `BAD: why`.
"""

from __future__ import annotations

import faulthandler
import os
import resource
import signal
import sys
from pathlib import Path

_NETWORK = ("socket.", "urllib.", "http.", "ftplib.", "smtplib.")
_PROCESS = ("subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.spawn")
_CHANGE = ("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate",
           "shutil.", "tempfile.", "os.chmod")  # fmt: skip
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
touched: list[str] = []


def watch(event: str, args: tuple[object, ...]) -> None:
    """Note what reaches out of the process: the network, other programs, files written."""
    if event.startswith((*_NETWORK, *_PROCESS, *_CHANGE)):
        touched.append(event)
    elif event == "open":
        flags = args[2]
        if isinstance(flags, int) and flags & _WRITES:
            touched.append(f"open {args[0]!r} for writing")


class TooSlow(BaseException):
    """The time for one file is over."""


def main(argv: list[str]) -> int:
    """Read all files; the exit status is 0 unless the process is killed."""
    from bulletins.model import ReadError
    from bulletins.parsing import parse
    from bulletins.sources import read_pages
    from bulletins.styles import load_styles

    seconds, megabytes = float(argv[0]), int(argv[1])
    styles = load_styles()
    sys.dont_write_bytecode = True
    for name in argv[2:4]:  # what a reader loads at its first file is no matter of the file
        _silent(lambda n=name: parse(read_pages(Path(n)), styles))
    limit = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    faulthandler.enable()

    def late(_number: int, _frame: object) -> None:
        raise TooSlow

    signal.signal(signal.SIGPROF, late)
    sys.addaudithook(watch)
    for name in argv[2:]:
        touched.clear()
        print(f"> {name}", flush=True)
        signal.setitimer(signal.ITIMER_PROF, seconds)
        try:
            parse(read_pages(Path(name)), styles)
            said = "ok"
        except ReadError as error:
            said = "refused" if "\n" not in str(error) else "BAD: more than a line"
        except TooSlow:
            said = f"BAD: more than {seconds} s"
        except BaseException as error:
            said = f"BAD: {type(error).__name__}: {error}"
        signal.setitimer(signal.ITIMER_PROF, 0)
        if touched:
            said = f"BAD: {touched[0]}"
        print(said, flush=True)
    return 0


def _silent(work: object) -> None:
    try:
        work()  # type: ignore[operator]
    except BaseException:
        return


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
