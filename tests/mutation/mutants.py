"""Broken copies of files: cut, bits flipped, parts swapped or repeated, bombs."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from random import Random

FORMATS = ("txt", "md", "html", "docx", "pdf", "eml", "zip")
_BITS = (
    b"\x00", b"\xff", b"<", b">", b"&", b"/", b"(", b"[", b"obj", b"endobj", b"stream", b"9" * 20,
    b"-1", b"\r\n", b"\x0c", b"\xe2\x80\xae", "（".encode(), b"<table>", b"</p>", b"%PDF-",
    b"PK\x03\x04", b"=?gbk?B?", b"charset=utf-7",
)  # fmt: skip


def originals(folder: Path, form: str) -> list[bytes]:
    """Whole files of a format, made from the publications in `folder`."""
    if form not in ("eml", "zip"):
        return [path.read_bytes() for path in sorted(folder.glob(f"*/*.{form}"))]
    made = []
    for place in sorted(path for path in folder.iterdir() if path.is_dir()):
        files = sorted(
            path for path in place.iterdir() if path.suffix in (".txt", ".docx", ".html")
        )
        if form == "zip":
            buffer = io.BytesIO()
            with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
                for path in files[-1:]:
                    archive.writestr(f"期刊/{path.name}", path.read_bytes())
            made.append(buffer.getvalue())
        else:
            mail = EmailMessage()
            mail["Subject"], mail["From"] = f"转发：{place.name}", "a@example.org"
            mail.set_content("请查收。")
            path = files[-1]
            mail.add_attachment(
                path.read_bytes(), "application", "octet-stream", filename=path.name
            )
            made.append(bytes(mail))
    return made


def mutants(random: Random, whole: list[bytes], count: int) -> Iterator[bytes]:
    """Give `count` broken copies."""
    for _ in range(count):
        data = bytearray(random.choice(whole))
        for _ in range(random.choice((1, 1, 1, 2, 5))):
            if data:
                random.choice(_WAYS)(random, data)
        yield repacked(random, bytes(data)) if random.random() < 0.5 else bytes(data)


def repacked(random: Random, data: bytes) -> bytes:
    """Break a member of an archive and pack it whole: else only the packing would be tried."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [(name, archive.read(name)) for name in archive.namelist()]
    except Exception:
        return data
    victim = random.randrange(len(members)) if members else -1
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, inner) in enumerate(members):
            broken = bytearray(inner)
            if broken and (number == victim or name.endswith("document.xml")):
                random.choice(_WAYS)(random, broken)
            archive.writestr(name, bytes(broken))
    return buffer.getvalue()


def _cut(random: Random, data: bytearray) -> None:
    del data[random.randrange(len(data)) :]


def _flip(random: Random, data: bytearray) -> None:
    for _ in range(random.choice((1, 3, 20, 200))):
        data[random.randrange(len(data))] ^= 1 << random.randrange(8)


def _swap(random: Random, data: bytearray) -> None:
    a, b, c = sorted(random.randrange(len(data)) for _ in range(3))
    data[a:c] = data[b:c] + data[a:b]


def _drop(random: Random, data: bytearray) -> None:
    at = random.randrange(len(data))
    del data[at : at + random.choice((1, 10, 1000))]


def _put(random: Random, data: bytearray) -> None:
    at = random.randrange(len(data))
    data[at:at] = random.choice(_BITS) * random.choice((1, 1, 50, 20_000))


def _repeat(random: Random, data: bytearray) -> None:
    at = random.randrange(len(data))
    part = bytes(data[at : at + random.choice((3, 30, 300))])
    data[at:at] = part * random.choice((2, 100, 2_000))


_WAYS = (_cut, _flip, _swap, _drop, _put, _repeat)


def bombs() -> Iterator[tuple[str, bytes]]:
    """Give (name, bytes) of files that grow, nest or point elsewhere when they are read."""
    entities = "".join(
        f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "x" * 10}">' for n in range(12)
    )
    bomb = f'<?xml version="1.0"?><!DOCTYPE d [{entities}]><d>&e11;</d>'.encode()
    outside = (
        b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">'
        b'<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]><d>&e;</d>'
    )
    for name, xml in (("bomb", bomb), ("outside", outside)):
        yield f"{name}.html", b"<!doctype html>" + xml
        yield f"{name}.xhtml", xml
        yield f"{name}.docx", _packed({"[Content_Types].xml": xml, "word/document.xml": xml})
        types = (
            b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
            b'content-types"><Default Extension="xml" ContentType="application/vnd.openxmlformats-'
            b'officedocument.wordprocessingml.document.main+xml"/></Types>'
        )
        rels = (
            b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/'
            b'2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/'
            b'officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
            b"</Relationships>"
        )
        body = xml.replace(b"<d>", b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordproc'
                           b'essingml/2006/main"><w:body><w:p><w:r><w:t>')  # fmt: skip
        body = body.replace(b"</d>", b"</w:t></w:r></w:p></w:body></w:document>")
        parts = {"[Content_Types].xml": types, "_rels/.rels": rels, "word/document.xml": body}
        yield f"{name}-body.docx", _packed(parts)
    zeros = b"0" * (64 << 20)
    yield "zeros.zip", _packed({"a.txt": zeros})
    yield "zeros.docx", _packed({"word/document.xml": zeros})
    inner = _packed({"a.txt": zeros})
    for _ in range(5):
        inner = _packed({f"{n}.zip": inner for n in range(10)})
    yield "nested.zip", inner
    yield "climbing.zip", _packed({"../../../../tmp/kuaibao-climbed.txt": "一行。\n".encode() * 9})
    yield "many.zip", _packed({f"{n}.txt": b"" for n in range(20_000)})
    yield "deep.html", b"<!doctype html>" + b"<div>" * 200_000 + "字".encode()
    yield "wide.html", b"<!doctype html><table>" + b"<td colspan=1000000>1" * 5_000
    yield "deep.md", b"> " * 20_000 + "字\n".encode()
    yield "brackets.md", b"[" * 200_000 + b"](" * 1_000
    yield "stars.md", b"*a **b " * 50_000
    yield "one-line.txt", "很长的一行，".encode() * 700_000
    yield "digits.txt", b"1" * 2_000_000
    yield "short-lines.txt", "一\n".encode() * 400_000
    yield (
        "notes.txt",
        "".join(f"句子{n}。\n{n % 99} https://example.org/{n}\n" for n in range(60_000)).encode(),
    )
    yield "entries.txt", ("目录\n" + "标题……3\n" * 100_000).encode()
    yield "heads.txt", "一、政策\n1. 题目\n（张三）\n".encode() * 60_000
    yield "open-brackets.txt", "（执笔：\n".encode() * 100_000
    yield (
        "parts.eml",
        b"MIME-Version: 1.0\nSubject: x\nContent-Type: multipart/mixed; boundary=b\n\n"
        + (b"--b\nContent-Type: multipart/mixed; boundary=b\n\n" * 3_000),
    )
    kids = " ".join(f"{n} 0 R" for n in range(3, 10_003))
    pages = "".join(f"{n} 0 obj<</Type/Page/Parent 2 0 R>>endobj\n" for n in range(3, 10_003))
    yield (
        "many-pages.pdf",
        (
            "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
            f"2 0 obj<</Type/Pages/Count 10000/MediaBox[0 0 200 200]/Kids[{kids}]>>endobj\n{pages}"
            "trailer<</Root 1 0 R>>\n%%EOF"
        ).encode(),
    )
    yield (
        "loop.pdf",
        (
            b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
            b"2 0 obj<</Type/Pages/Count 9/Kids[2 0 R 2 0 R]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
        ),
    )


def _packed(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()
