"""Work as a reviewer on a device, until told to stop; print what was acknowledged.

Run as: sharing_driver.py DATA REVIEWER DEVICE SEED. A line "stop" on the standard input ends it.
Each line printed is a JSON list: the id of an annotation that the store said is kept, and what it
said last ("" for one that was deleted).
"""

from __future__ import annotations

import json
import random
import sys
import threading
import time
from pathlib import Path

from annotations.model import (
    Annotation,
    ArticleRef,
    ChangedError,
    IssueRef,
    NoteBody,
)
from annotations.store import Store

ISSUES = [IssueRef(str(n) * 64, f"快报-{n}.txt", publication="快报", number=str(n)) for n in (1, 2)]
ARTICLES = [
    ArticleRef(f"a{n}", f"第{n}条", lead=f"{n}号工厂在北方动工，预计三年后投产。") for n in range(6)
]


def main() -> None:
    data, reviewer, device, seed = sys.argv[1:]
    store, chance = Store(Path(data), reviewer, device), random.Random(int(seed))
    stopped = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.readline(), stopped.set()), daemon=True).start()
    notes: dict[str, Annotation] = {}
    while not stopped.is_set():
        issue, article = chance.choice(ISSUES), chance.choice(ARTICLES)
        act = chance.random()
        if act < 0.4 or not notes:
            note = store.note(issue, article, f"{reviewer} {device} {chance.random()}")
            notes[note.id] = note
            tell(note)
        elif act < 0.6:
            old = chance.choice(list(notes.values()))
            try:
                new = store.edit_note(old, f"{reviewer} {device} 改 {chance.random()}")
            except ChangedError:
                continue
            notes[new.id] = new
            tell(new)
        elif act < 0.8:
            store.tag(issue, article, chance.choice(["政策", "芯片", f"{reviewer}的"]))
        elif act < 0.9:
            store.set_status(issue, article, chance.choice(["reviewed", "later", "skipped"]))
        else:
            store.toggle_star(issue, article)
        time.sleep(0.02)


def tell(note: Annotation) -> None:
    assert isinstance(note.body, NoteBody)
    print(json.dumps([note.id, note.body.text]), flush=True)


main()
