"""A publication's text as written in `content/`, and the labels that follow from it."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

CONTENT = Path(__file__).parent / "content"
_SUM = re.compile(r"⟦([^=⟧]+)=([^ ⟧]+) ([A-Z]{3})⟧")
_NUMBER = re.compile(r"^[一二三四五六七八九十]+、")
_MARK = re.compile(r"\^(\d+)\^")


@dataclass
class Article:
    """An article: `parts` are (kind, text) in the order of printing, tables as rows of cells."""

    title: str
    section: str
    english: str = ""
    date: str = ""
    people: list[str] = field(default_factory=list)
    source: str = ""
    address: str = ""
    parts: list[tuple[str, str]] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    notes: dict[int, str] = field(default_factory=dict)
    hidden: str = ""
    topic: str = ""


@dataclass
class Issue:
    """All of an issue; `notes` are those that are numbered through it."""

    publication: str = ""
    number: str = ""
    date: str = ""
    sections: list[tuple[str, list[Article]]] = field(default_factory=list)
    notes: dict[int, str] = field(default_factory=dict)

    def articles(self) -> list[Article]:
        """All articles in order."""
        return [article for _, articles in self.sections for article in articles]


def bare(text: str) -> str:
    """Take out what the labels need: the braces around sums."""
    return _SUM.sub(r"\1", text)


def pieces(text: str) -> list[tuple[str, int]]:
    """Cut a text at its marks: (text, number of the mark behind it or 0)."""
    found, at = [], 0
    text = bare(text)
    for mark in _MARK.finditer(text):
        found.append((text[at : mark.start()], int(mark[1])))
        at = mark.end()
    return [*found, (text[at:], 0)]


def unmarked(text: str) -> str:
    """Give a text without marks."""
    return "".join(part for part, _ in pieces(text))


def read(name: str) -> Issue:
    """Read `content/NAME.txt`."""
    issue, article, table = Issue(), Article("", ""), False
    own_notes = name in ("thinktank", "ocean")
    for line in (CONTENT / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        key, _, value = line.partition(": ")
        if line.startswith("#"):
            issue.sections.append((line[1:].strip(), []))
        elif line.startswith("== "):
            article = Article(line[3:].replace("//", "\n"), issue.sections[-1][0])
            issue.sections[-1][1].append(article)
        elif line == "table:":
            article.parts.append(("table", ""))
            table = True
            continue
        elif table and " | " in line:
            article.rows.append([bare(cell) for cell in line.split(" | ")])
            article.hidden += line.replace(" | ", "")
            continue
        elif key.rstrip(":") in ("pub", "number"):
            setattr(issue, {"pub": "publication"}.get(key.rstrip(":"), "number"), value)
        elif key == "date" and not issue.sections:
            issue.date = value
        elif key == "date":
            article.date = value
        elif key == "en":
            article.english = value
        elif key == "by":
            article.people = value.split()
        elif key == "topic":
            article.topic = value
        elif key == "src":
            article.address = value
        elif key == "from":
            article.source = value
        elif key == "tmoney":
            article.hidden = value
        elif key.startswith("note "):
            (article if own_notes else issue).notes[int(key[5:])] = value
        else:
            article.parts.append((key, value))
        table = False
    return issue


def label(name: str, issue: Issue, number: str) -> dict[str, object]:
    """Make the labels of an issue in the schema of the scorer."""
    return {
        "file": f"{name}.txt", "publication": issue.publication, "number": number or None,
        "date": issue.date or None, "articles": [_article(issue, one) for one in issue.articles()],
    }  # fmt: skip


def _article(issue: Issue, article: Article) -> dict[str, object]:
    notes, texts = [], [article.title]
    for kind, text in article.parts:
        texts.append(text)
        before = ""
        for part, mark in pieces(text) if kind != "table" else []:
            before += part
            if mark:
                note = (article.notes or issue.notes)[mark]
                notes.append(
                    {"marker": str(mark), "text_start": note[:30], "before": _tight(before)[-8:]}
                )
    return {
        "section": article.section, "topic": article.topic or None,
        "title": _NUMBER.sub("", unmarked(article.title)).replace("\n", ""),
        "authors": article.people, "date": article.date or None,
        "original_title": article.english or None, "sources": _addresses(issue, article),
        "blocks": [_block(article, kind, text) for kind, text in article.parts if kind != "line"],
        "footnotes": notes,
        "money": [sum_ for text in [*texts, article.hidden] for sum_ in _sums(text)],
        "entities": [],
    }  # fmt: skip


def _addresses(issue: Issue, article: Article) -> list[str]:
    found = [article.address] if article.address else []
    found += [text[3:] for _, text in article.parts if text.startswith("来源：http")]
    for _, text in article.parts:
        for _, mark in pieces(text):
            note = (article.notes or issue.notes).get(mark, "")
            found += [url.rstrip(".。") for url in re.findall(r"https?://[\x21-\x7e]+", note)]
    return found


def _block(article: Article, kind: str, text: str) -> dict[str, str]:
    if kind == "table":
        whole = _tight("".join(cell for row in article.rows for cell in row))
    else:
        whole = _tight(unmarked(text))
    kind = {"p": "paragraph", "head": "heading", "cap": "caption"}.get(kind, kind)
    return {"kind": kind, "start": whole[:12], "end": whole[-12:]}


def _sums(text: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    plain = _tight(unmarked(text))
    for sum_ in _SUM.finditer(text):
        printed = _tight(sum_[1])
        at = plain.find(printed)
        one: dict[str, object] = {"text": printed, "value": None, "currency": sum_[3]}
        if ".." in sum_[2]:
            low, high = sum_[2].split("..")
            one |= {"low": float(low), "high": float(high)}
        elif sum_[2] != "?":
            one["value"] = float(sum_[2])
        one |= {
            "before": plain[max(0, at - 8) : at],
            "after": plain[at + len(printed) :][:8] or "。",
        }
        found.append(one)
    return found


def _tight(text: str) -> str:
    return re.sub(r"\s+", "", text)


def folded(text: str | None) -> str:
    """Fold widths and white space, to compare what is printed."""
    return _tight(unicodedata.normalize("NFKC", text or ""))


def written(labels: dict[str, object]) -> str:
    """Give labels as they stand in `label.json`."""
    return json.dumps(labels, ensure_ascii=False, indent=1) + "\n"
