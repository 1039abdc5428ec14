"""Other tools on the same texts; runs in their environment, needs nothing of ours.

`python peers.py TOOL` reads a JSON list of texts from standard input and writes one JSON object:
`found` (for each text a list of mentions: class, text, and for sums currency and value) and
`seconds` (one pass over all texts, warm). Classes are those of the labels.
"""

from __future__ import annotations

import contextlib
import json
import sys
from time import perf_counter
from typing import Any

Found = list[dict[str, Any]]

JIONLP_CURRENCIES = {
    "元": "CNY", "美元": "USD", "欧元": "EUR", "英镑": "GBP", "日元": "JPY", "韩元": "KRW",
    "港元": "HKD", "港币": "HKD", "台币": "TWD", "新台币": "TWD", "瑞士法郎": "CHF", "卢布": "RUB",
    "卢比": "INR", "加元": "CAD", "澳元": "AUD", "新加坡元": "SGD", "新元": "SGD",
}  # fmt: skip
AROUND = " ，。、（）()约近超过达高至为共"
"""What JioNLP leaves at the ends of a sum; taken off every tool's sums alike."""


def jionlp() -> Any:
    """Sums and times; its own parser gives the values."""
    import jionlp as jio

    def find(text: str) -> Found:
        sums: Found = []
        for one in jio.ner.extract_money(text, with_parsing=True):
            detail = one["detail"]
            number = detail["num"]
            low, high = number if isinstance(number, list) else (None, None)
            sums.append(
                {
                    "class": "money",
                    "text": one["text"].strip(AROUND),
                    "currency": JIONLP_CURRENCIES.get(detail["case"], detail["case"]),
                    "value": None if isinstance(number, list) else number,
                    "low": low,
                    "high": high,
                }
            )
        times = jio.ner.extract_time(text, time_base={"year": 2024})
        return sums + [{"class": "date", "text": one["text"]} for one in times]

    return find


def recognizers() -> Any:
    """Sums, times and percentages by Microsoft's recognizers."""
    from recognizers_date_time import recognize_datetime
    from recognizers_number import recognize_percentage
    from recognizers_number_with_unit import recognize_currency
    from recognizers_text import Culture

    def find(text: str) -> Found:
        found: Found = []
        for one in recognize_currency(text, Culture.Chinese):
            said = one.resolution or {}
            iso = said.get("isoCurrency") or {"Chinese yuan": "CNY"}.get(said.get("unit"), "")
            found.append(
                {
                    "class": "money",
                    "text": one.text.strip(AROUND),
                    "currency": iso,
                    "value": said.get("value"),
                }
            )
        found += [
            {"class": "date", "text": one.text} for one in recognize_datetime(text, Culture.Chinese)
        ]
        found += [
            {"class": "percent", "text": one.text}
            for one in recognize_percentage(text, Culture.Chinese)
        ]
        return found

    return find


def jieba() -> Any:
    """Names by jieba's own part-of-speech tags."""
    import jieba.posseg

    kinds = {"nt": "organization", "nr": "person", "nrt": "person", "ns": "place"}

    def find(text: str) -> Found:
        return [
            {"class": kinds[tag], "text": word}
            for word, tag in jieba.posseg.cut(text)
            if tag in kinds
        ]

    return find


def lac() -> Any:
    """Names and times by Baidu's LAC."""
    import paddle
    import paddle.base

    # LAC 2.1 asks for the module under its old name.
    sys.modules["paddle.fluid"] = paddle.fluid = paddle.base
    sys.modules["paddle.fluid.core"] = paddle.base.core
    from LAC import LAC

    kinds = {"ORG": "organization", "PER": "person", "LOC": "place", "TIME": "date"}
    model = LAC(mode="lac")

    def find(text: str) -> Found:
        if not text.strip():
            return []
        words, tags = model.run(text)
        return [
            {"class": kinds[tag], "text": word}
            for word, tag in zip(words, tags, strict=True)
            if tag in kinds
        ]

    return find


TOOLS = {"jionlp": jionlp, "recognizers": recognizers, "jieba": jieba, "lac": lac}


def main() -> None:
    """Run the tool that is named on the texts of standard input."""
    texts = json.load(sys.stdin)
    with contextlib.redirect_stdout(sys.stderr):  # the tools greet
        find = TOOLS[sys.argv[1]]()
        for text in texts[:5]:
            find(text)
        begun = perf_counter()
        found = [find(text) for text in texts]
        seconds = perf_counter() - begun
    json.dump({"found": found, "seconds": seconds}, sys.stdout, ensure_ascii=False, default=str)


if __name__ == "__main__":
    main()
