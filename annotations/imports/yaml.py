"""Read a YAML export that a person may have edited."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from annotations.article_fields import tidy_value
from annotations.documents import DocumentError, from_document, to_document
from annotations.exports.outline import SCHEMA, VERSION
from annotations.exports.records import (
    bare,
    record_body,
    record_document,
    said_of_mention,
    seal,
)
from annotations.imports.incoming import Brought, Incoming, Place, derived_id, read_tag
from annotations.imports.plain_data import Entry, parse_yaml, without_lines
from annotations.model import (
    STATUSES,
    Annotation,
    ArticleRef,
    Body,
    CorrectionBody,
    HighlightBody,
    IssueRef,
    NoteBody,
    Selector,
    StarBody,
    StatusBody,
    StoreError,
    Tag,
    TagBody,
    Target,
)
from annotations.tags import tags_by_id
from annotations.text import fold_name, line_text, note_text
from annotations.view import article_state
from bulletins.said import Said, said_by
from bulletins.sources.plain import plain, plain_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_FAULTS = (KeyError, TypeError, AttributeError, IndexError, ValueError)
DEFAULT_COLOUR = "yellow"


def read(text: str) -> Brought:
    """Return what a YAML export brings. Raises StoreError if it is none, or of another version."""
    data = parse_yaml(text)
    if not isinstance(data, Entry) or data.get("schema") != SCHEMA:
        raise StoreError("not an export of Kuaibao in YAML, JSON-LD or JSONL")
    if data.get("version") != VERSION:
        said = plain_line(repr(data.get("version")))[:40]
        raise StoreError(
            "version {said} of the YAML export is not known (only {known})",
            said=said,
            known=VERSION,
        )
    issues = data.get("issues")
    if not isinstance(issues, list):
        raise StoreError("the export has no list of issues")
    found = Brought("yaml", exported=_text(data, "exported"), reviewer=_text(data, "reviewer"))
    for one in _list(data, "tags", found):
        tag = read_tag(one)
        if tag is None:
            found.problems.append(Said("{where}: no definition of a tag", where=_where(one, data)))
        else:
            found.tags.append(tag)
    known = tags_by_id(found.tags)
    for issue in issues:
        if isinstance(issue, Entry):
            _Issue(issue, found, known).read()
        else:
            found.problems.append(Said("an entry of the issues is no issue"))
    return found


class _Issue:
    """Reads the entry of one issue."""

    def __init__(self, entry: Entry, found: Brought, tags: Mapping[str, Tag]) -> None:
        self._entry = entry
        self._found = found
        self._reviewer = _text(entry, "reviewer") or found.reviewer
        refs = entry.get("refs")
        self._refs: Mapping[str, Any] = refs if isinstance(refs, Entry) else {}
        self._tags_by_id = tags
        self._ref_by_id = {
            (str(one["id"]), "lead" in one): one
            for one in self._refs.values()
            if isinstance(one, Entry) and "id" in one
        }

    def read(self) -> None:
        """Add what is on the issue and on its articles."""
        self._marks(self._entry, on_issue=True)
        for name in ("articles", "orphans"):
            for entry in _list(self._entry, name, self._found):
                if isinstance(entry, Entry):
                    self._marks(entry, on_issue=False)
                else:
                    self._found.problems.append(
                        Said("{where}: no article", where=_where(entry, self._entry))
                    )

    def _marks(self, entry: Entry, *, on_issue: bool) -> None:
        found = [one for one in self._records(entry) if one is not None]
        place = self._place(entry, found, on_issue=on_issue)
        if place is None:
            self._found.problems.append(
                Said("{where}: has no id and no record", where=_where(entry, entry))
            )
            return
        self._found.places.append(place)
        try:
            found = self._as_shown(entry, found, place)
        except StoreError as error:
            self._found.problems.append(Said("line {line}: {why}", line=entry.line, why=error))
        self._found.incoming += found

    def _records(self, entry: Entry) -> Iterator[Incoming | None]:
        """Yield what has a record; entries without one are left to _as_shown()."""
        for note in _list(entry, "notes", self._found):
            if isinstance(note, Entry) and "record" in note:
                yield self._record(note, note["record"], "note")
        for mark in _list(entry, "highlights", self._found):
            if isinstance(mark, Entry) and "record" in mark:
                yield self._record(mark, mark["record"], "highlight")
        for said in _list(entry, "mentions", self._found):
            record = said.get("record") if isinstance(said, Entry) else None
            yield self._record(said, record, "correction")
        for record in _list(entry, "records", self._found):
            yield self._record(record, record, "")

    def _record(self, shown: Any, record: Any, kind: str) -> Incoming | None:
        where = _where(shown, shown)
        if isinstance(record, Entry) and isinstance(record.get("id"), str):
            self._found.seen.add(record["id"])
        try:
            if kind == "note":
                body = {"text": _said(shown["text"])}
            elif kind == "highlight":
                body = {"colour": _said(shown["colour"]), "note": _said(shown.get("note", ""))}
            elif kind == "correction":
                body = said_of_mention(shown["correction"])
            else:
                kind, body = record["kind"], record_body(record)
            document = record_document(shown, record, kind, body, self._reviewer, self._refs)
            annotation = from_document(without_lines(document))
        except DocumentError as error:
            self._found.problems.append(Said("{where}: {why}", where=where, why=error))
            return None
        except _FAULTS as error:
            said = f"{error} is missing" if isinstance(error, KeyError) else "is damaged"
            self._found.problems.append(
                Said("{where}: {why}", where=where, why=plain_line(said)[:120])
            )
            return None
        mark = record.get("seal")
        edited = mark != seal(bare(annotation)) if isinstance(mark, str) else None
        if edited:
            try:
                annotation = replace(annotation, body=_tidy(annotation.body))
            except StoreError as error:
                self._found.problems.append(
                    Said("{where}: {why}; not changed", where=where, why=error)
                )
                return None
        return Incoming(annotation, where, edited=edited)

    def _as_shown(self, entry: Entry, found: list[Incoming], place: Place) -> list[Incoming]:
        """Return the records as the lists that people edit want them, and what these add."""
        bodies = [one.annotation.body for one in found]
        ids = [body.tag for body in bodies if isinstance(body, TagBody)]
        tags = tuple({self._tags_by_id[name] for name in ids if name in self._tags_by_id})
        state = article_state([one.annotation for one in found], tags)
        found = self._status(entry, found, place, state.status)
        starred = entry.get("starred", False)
        if not isinstance(starred, bool):
            self._found.problems.append(
                Said("line {line}: starred is neither true nor false", line=entry.line)
            )
        elif starred and not state.starred:
            found.append(self._made(StarBody(), place, entry))
        elif state.starred and not starred:
            found = [_off(one) if one.annotation.kind == "star" else one for one in found]
        return [
            *self._tags(entry, found, place, tags, {fold_name(one.name) for one in state.tags}),
            *self._new_texts(entry, place),
        ]

    def _status(
        self, entry: Entry, found: list[Incoming], place: Place, before: str
    ) -> list[Incoming]:
        status = next((one for one in STATUSES if one == entry.get("status", "unread")), None)
        if status is None:
            known = ", ".join(STATUSES)
            self._found.problems.append(
                Said("line {line}: status is none of {known}", line=entry.line, known=known)
            )
            return found
        if status == before:
            return found
        records = [one for one in found if isinstance(one.annotation.body, StatusBody)]
        if not records:
            return [*found, self._made(StatusBody(status), place, entry)]
        last = max(records, key=lambda one: one.annotation.modified)
        changed = replace(last.annotation, body=StatusBody(status))
        return [
            replace(one, annotation=changed, edited=True) if one is last else one for one in found
        ]

    def _tags(
        self,
        entry: Entry,
        found: list[Incoming],
        place: Place,
        tags: tuple[Tag, ...],
        before: set[str],
    ) -> Iterator[Incoming]:
        names: dict[str, str] = {}
        for name in _list(entry, "tags", self._found):
            said = _said(name)
            if isinstance(said, str) and said.strip():
                names.setdefault(fold_name(plain_line(said)), said)
            else:
                self._found.problems.append(Said("line {line}: a tag is no text", line=entry.line))
        for one in found:
            body = one.annotation.body
            if isinstance(body, TagBody):
                shown = article_state([one.annotation], tags).tags[0].name
                yield one if fold_name(shown) in names else _off(one)
            else:
                yield one
        for folded, name in names.items():
            if folded not in before:
                tag = self._found.tag_named(line_text(name, "tag"))
                yield self._made(TagBody(tag.id, tag.name), place, entry)

    def _new_texts(self, entry: Entry, place: Place) -> Iterator[Incoming]:
        """Yield notes and highlights that have no record: they were typed in."""
        for name in ("notes", "highlights"):
            for shown in _list(entry, name, self._found):
                where = _where(shown, entry)
                if not isinstance(shown, Entry):
                    self._found.problems.append(
                        Said("{where}: an entry of {name} is none", where=where, name=name)
                    )
                elif "record" not in shown:
                    try:
                        yield self._typed(shown, name, place)
                    except (StoreError, *_FAULTS) as error:
                        said = (
                            said_by(error)
                            if isinstance(error, StoreError)
                            else Said("can't be read")
                        )
                        self._found.problems.append(Said("{where}: {why}", where=where, why=said))

    def _typed(self, shown: Entry, name: str, place: Place) -> Incoming:
        body: Body
        if name == "notes":
            body = NoteBody(note_text(_said(shown["text"])))
        else:
            colour = line_text(_said(shown.get("colour", DEFAULT_COLOUR)), "colour")
            body = HighlightBody(colour, plain(_said(shown.get("note", ""))).strip())
        quote = _said(shown.get("quote", ""))
        if not quote:
            if isinstance(body, HighlightBody):
                raise StoreError("a highlight without a quote")
            return self._made(body, place, shown)
        span = Selector(
            0,
            len(quote),
            plain(quote),
            prefix=plain(shown.get("prefix", "")),
            suffix=plain(shown.get("suffix", "")),
        )
        return replace(self._made(body, place, shown, span), unplaced=True)

    def _made(
        self, body: Body, place: Place, entry: Entry, span: Selector | None = None
    ) -> Incoming:
        target = Target(place.issue, place.article, span)
        new = Annotation("", target, body, reviewer=self._reviewer, revision=1)
        said = to_document(new)
        about = (place.issue.id, place.article and place.article.id, span and span.exact)
        name = derived_id("typed", *about, said["kind"], said["body"])
        return Incoming(replace(new, id=name), Said("line {line}", line=entry.line), "hand")

    def _place(self, entry: Entry, found: list[Incoming], *, on_issue: bool) -> Place | None:
        """Return what an entry is about: as its records name it, else as it is shown."""
        for one in found:
            target = one.annotation.target
            if on_issue or target.article is not None:
                return Place(target.issue, None if on_issue else target.article)
        head = self._entry
        issue = self._ref_by_id.get((str(head.get("id")), False))
        try:
            ref = _issue_ref(issue or {**head, "file_name": head.get("file", "")})
            if on_issue:
                return Place(ref, None)
            known = self._ref_by_id.get((str(entry.get("id")), True))
            return Place(ref, _article_ref(known or _shown_article(entry)))
        except _FAULTS:
            return None


def _issue_ref(fields: Mapping[str, Any]) -> IssueRef:
    names = ("id", "file_name", "publication", "number", "title", "date")
    return _target({name: fields.get(name) for name in names}, None).issue


def _article_ref(fields: Mapping[str, Any]) -> ArticleRef:
    article = _target({"id": "-", "file_name": ""}, dict(fields)).article
    if article is None or not article.id:
        raise KeyError("id")
    return article


def _target(issue: Mapping[str, Any], article: Mapping[str, Any] | None) -> Target:
    """Read refs as those of a record are read."""
    if not issue.get("id"):
        raise KeyError("id")
    note = Annotation("-", Target(IssueRef("-", "")), NoteBody("-"), revision=1)
    document = to_document(note)
    document["target"] = {"issue": dict(issue), "article": article, "selector": None}
    return from_document(document).target


def _shown_article(entry: Entry) -> dict[str, Any]:
    shown = entry.get("printed")
    printed = shown if isinstance(shown, Entry) else {}
    return {
        "id": entry["id"],
        "title": entry["title"],
        "section": entry.get("section", ""),
        "position": entry.get("position", 1) - 1,
        "lead": "",
        "page": entry.get("page", 0),
        "authors": entry.get("authors", []),
        "date": entry.get("date"),
        "sources": entry.get("sources", []),
        "original_title": entry.get("original_title"),
        **({n: printed[n] for n in ("title", "date", "authors") if n in printed}),
    }


def _tidy(body: Body) -> Body:
    """Return a text that was changed by hand as the app would keep it. Raises StoreError."""
    if isinstance(body, NoteBody):
        return NoteBody(note_text(body.text))
    if isinstance(body, HighlightBody):
        return HighlightBody(line_text(body.colour, "colour"), body.note.strip())
    if isinstance(body, CorrectionBody):
        return replace(body, value=tidy_value(body.field, body.value))
    return body


def _off(one: Incoming) -> Incoming:
    return replace(one, removed=True)


def _said(value: Any) -> Any:
    """Return a number that somebody typed without quotes as text, and line ends as LF."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n")
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return str(value) if is_number else value


def _list(entry: Entry, name: str, found: Brought) -> list[Any]:
    value = entry.get(name)
    if value is None or isinstance(value, list):
        return value or []
    found.problems.append(Said("line {line}: {name} is no list", line=entry.line, name=name))
    return []


def _text(entry: Entry, name: str) -> str:
    value = entry.get(name)
    return plain_line(value) if isinstance(value, str) else ""


def _where(value: object, around: Entry | object) -> Said:
    line = getattr(value, "line", None) or getattr(around, "line", 0)
    return Said("line {line}", line=line)
