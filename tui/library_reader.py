"""The reader process seen from the app: started, asked, listened to, started again."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING

from tui.locale import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bulletins.boundary import Boundary
    from bulletins.catalogue.messages import Event, Request

# A reader that ends so often in a row without any answer is given up.
FRUITLESS_STARTS = 3


class ReaderLink:
    """A reader process that is there when something is to be read.

    It leaves by itself when idle, and may die of a file: then that file has failed, and a new
    process goes on with the rest. No method waits for the process.
    """

    def __init__(self, arguments: Sequence[str], command: Sequence[str] | None = None) -> None:
        self._command = [*(command or _reader_command()), *arguments]
        self._lock = threading.RLock()
        self._process: subprocess.Popen[bytes] | None = None
        self._lines: SimpleQueue[bytes | None] = SimpleQueue()
        self._receive: Callable[[Event], None] | None = None
        self._due: list[Event] = []
        # What has no answer yet, in the order of asking: path or issue id -> the request.
        self._reads: dict[str, Request] = {}
        self._mentions: dict[str, Request] = {}
        self._at_path: str | None = None
        self._at_issue: str | None = None
        self._fruitless = 0
        self._closed = False

    def start(self) -> None:
        """Start the process if it does not run."""
        with self._lock:
            if self._process is None and not self._closed:
                self._spawn()

    def listen(self, receive: Callable[[Event], None]) -> None:
        """Give the events so far and all to come to `receive`, in order."""
        with self._lock:
            self._receive = receive
        self._deliver()

    def read(self, paths: Sequence[str], *, priority: bool, again: bool) -> None:
        """Ask for files to be read."""
        from bulletins.catalogue.messages import ReadRequest  # 10 ms: after the start

        if not paths:
            return
        with self._lock:
            for path in paths:
                self._reads[path] = ReadRequest((path,), priority, again)
            self._send([ReadRequest(tuple(paths), priority, again)])
        self._deliver()

    def tell(self, path: str, issue_id: str, boundaries: tuple[Boundary, ...]) -> None:
        """Say what the reader says of an issue's lines, and have a file of it read anew by that."""
        from bulletins.catalogue.messages import BoundariesRequest

        with self._lock:
            request = self._reads[path] = BoundariesRequest(path, issue_id, boundaries)
            self._send([request])
        self._deliver()

    def find_mentions(self, issue_id: str, *, refined: bool) -> None:
        """Ask for an issue's mentions."""
        from bulletins.catalogue.messages import MentionsRequest

        with self._lock:
            request = MentionsRequest(issue_id, refined)
            if refined or issue_id not in self._mentions:
                self._mentions[issue_id] = request
            self._send([request])
        self._deliver()

    def close(self) -> None:
        """Kill the process and reap it."""
        with self._lock:
            self._closed = True
            process, self._process = self._process, None
            self._lines.put(None)
        if process is not None:
            process.kill()
            process.wait()

    # -- inside --------------------------------------------------------------------------------

    def _spawn(self) -> None:
        try:
            process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # nothing but the app writes to the terminal
                env=os.environ | {"PYTHONPATH": os.pathsep.join(import_path())},
                # No key pressed in the terminal is a signal to it.
                process_group=0,
            )
        except OSError as error:
            self._give_up(
                tr("could not be read: no reader can be started ({why})").format(why=error.strerror)
            )
            return
        self._process = process
        self._lines = SimpleQueue()
        for work in (self._write_lines, self._read_lines):
            threading.Thread(
                target=work, args=(process, self._lines), name="kuaibao-reader", daemon=True
            ).start()

    def _send(self, requests: Sequence[Request]) -> None:
        from bulletins.catalogue.messages import encode_request

        if self._closed:
            return
        if self._process is None:
            self._spawn()
        for request in requests:
            self._lines.put(encode_request(request))

    @staticmethod
    def _write_lines(process: subprocess.Popen[bytes], lines: SimpleQueue[bytes | None]) -> None:
        """Write requests in a thread: a busy reader lets the pipe run full."""
        assert process.stdin is not None
        try:
            with process.stdin as pipe:
                while (line := lines.get()) is not None:
                    pipe.write(line)
                    pipe.flush()
        except OSError:
            pass  # it has left; whoever listens to it asks again

    def _read_lines(
        self, process: subprocess.Popen[bytes], lines: SimpleQueue[bytes | None]
    ) -> None:
        from bulletins.catalogue.messages import decode_event

        assert process.stdout is not None
        with process.stdout as pipe:
            for line in pipe:
                event = decode_event(line)
                if event is not None:
                    with self._lock:
                        if process is self._process:
                            self._take(event)
                    self._deliver()
        lines.put(None)
        process.wait()
        with self._lock:
            if process is self._process:
                self._process = None
                self._after_end()
        self._deliver()

    def _take(self, event: Event) -> None:
        from bulletins.catalogue import messages as m

        match event:
            case m.Reading(path):
                self._at_path = path
            case m.FindingMentions(issue_id):
                self._at_issue = issue_id
            case m.IssueRead(path, issue_id, stage):
                self._answered(path)
                if stage == "parsed":  # the reader looks for mentions by rules unasked
                    self._mentions.setdefault(issue_id, m.MentionsRequest(issue_id, refined=False))
            case m.FileFailed(path):
                self._answered(path)
            case m.MentionsFound(issue_id, refined):
                self._at_issue = None
                self._fruitless = 0
                asked = self._mentions.get(issue_id)
                if refined or asked == m.MentionsRequest(issue_id, refined=False):
                    self._mentions.pop(issue_id, None)
            case m.MentionsFailed(issue_id):
                self._at_issue = None
                self._fruitless = 0
                self._mentions.pop(issue_id, None)
            case m.ReaderIdle():
                pass
        self._due.append(event)

    def _answered(self, path: str) -> None:
        self._reads.pop(path, None)
        self._at_path = None
        self._fruitless = 0

    def _after_end(self) -> None:
        """Blame what the process was at, and start another one for what is left."""
        from bulletins.catalogue.messages import FileFailed, MentionsFailed

        path, issue_id = self._at_path, self._at_issue
        self._at_path = self._at_issue = None
        if path is not None:
            self._take(FileFailed(path, tr("could not be read: the reader stopped at it")))
        elif issue_id is not None:
            self._take(
                MentionsFailed(issue_id, tr("could not be searched: the reader stopped at it"))
            )
        else:
            self._fruitless += 1
        if self._closed or not (self._reads or self._mentions):
            return
        if self._fruitless >= FRUITLESS_STARTS:
            self._give_up(tr("could not be read: the reader does not work"))
            return
        self._send([*self._reads.values(), *self._mentions.values()])

    def _give_up(self, message: str) -> None:
        from bulletins.catalogue.messages import FileFailed, MentionsFailed

        self._fruitless = 0
        for path in list(self._reads):
            self._take(FileFailed(path, message))
        for issue_id in list(self._mentions):
            self._take(MentionsFailed(issue_id, message))

    def _deliver(self) -> None:
        """Hand over what is due, without the lock: a receiver may wait for a thread that asks."""
        with self._lock:
            receive = self._receive
            if receive is None or self._closed or not self._due:
                return
            due, self._due = self._due, []
        for event in due:
            receive(event)


def _reader_command() -> list[str]:
    # -S: the import path is handed over ready-made, which saves `site` (10 ms);
    # -P: a json.py in the current folder is not the one we import.
    return [sys.executable, "-S", "-P", "-m", "bulletins.catalogue.reader"]


def import_path() -> list[str]:
    """Where a process of ours finds its modules: here first, then as we do."""
    root = str(Path(__file__).resolve().parent.parent)
    return list(dict.fromkeys([root, *(entry for entry in sys.path if entry)]))
