"""A process that cuts Chinese text into words: `python -m bulletins.mentions.cutting [CACHE]`.

A JSON string comes as a line on standard input, its words leave as a line with a JSON list of
strings. It ends with its input. CACHE is the folder for jieba's prepared dictionary.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from bulletins.mentions.words import load_tokenizer


def main(argv: list[str]) -> int:
    """Cut what comes until nothing more comes."""
    tokenizer = load_tokenizer(Path(argv[0]) if argv else None)
    for line in sys.stdin.buffer:
        text = json.loads(line)
        print(json.dumps(tokenizer.lcut(text)), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
