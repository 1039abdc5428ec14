"""Archives and mails: what is in them is found, named and read, and bombs are not."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest

from bulletins.model import ReadError
from bulletins.sources import read_pages
from bulletins.sources.containers import ContainerError, bulletins_in, member

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "政策计划\n\n英国拨款 1 亿英镑。\n".encode()


def packed(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def test_each_bulletin_in_an_archive_has_a_path_of_its_own(tmp_path: Path) -> None:
    path = packed(
        tmp_path / "一月.zip", {"甲/01.txt": TEXT, "b.md": TEXT, "c.exe": b"MZ", ".d.txt": TEXT}
    )
    assert bulletins_in(path) == [path / "甲/01.txt", path / "b.md"]
    assert "".join(line.text for line in read_pages(path / "甲/01.txt").lines())
    with pytest.raises(ReadError, match="holds 2 bulletins; name one"):
        read_pages(path)


def test_an_archive_of_one_is_read_as_that_one(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", {"01.txt": TEXT})
    plain = tmp_path / "01.txt"
    plain.write_bytes(TEXT)
    assert read_pages(path).sha256 == read_pages(plain).sha256


def test_names_in_gbk(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("xxxx.txt", TEXT)
    raw = buffer.getvalue().replace(b"xxxx.txt", "快报".encode("gbk") + b".txt")
    path = tmp_path / "a.zip"
    path.write_bytes(raw)
    assert bulletins_in(path) == [path / "快报.txt"]
    assert read_pages(path / "快报.txt").lines()


def test_names_never_lead_out(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", {"../../etc/x.txt": TEXT, "/abs/y.txt": TEXT})
    assert bulletins_in(path) == [path / "etc/x.txt", path / "abs/y.txt"]


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", {"bomb.txt": b"0" * 60_000_000})
    with pytest.raises(ReadError, match="unpacks to far more"):
        read_pages(path / "bomb.txt")


def test_a_damaged_archive_is_told(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", {"01.txt": TEXT * 50})
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(ContainerError):
        bulletins_in(path)
    with pytest.raises(ReadError):
        read_pages(path)


def mail(**attachments: bytes) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = "快报"
    message["From"] = "a@example.org"
    message.set_content("见附件。")
    for name, data in attachments.items():
        message.add_attachment(
            data, maintype="application", subtype="octet-stream", filename=name.replace("_", ".")
        )
    return message


def test_what_is_attached_is_the_bulletin_else_the_mail_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(mail(快报_txt=TEXT, logo_png=b"\x89PNG").as_bytes())
    assert read_pages(path).lines()[0].text == "政策计划"
    path.write_bytes(mail().as_bytes())
    assert [line.text for line in read_pages(path).lines()] == ["见附件。"]


def test_an_attachment_is_named_behind_the_mail(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(mail(甲_txt=TEXT, 乙_txt=TEXT).as_bytes())
    with pytest.raises(ReadError, match="holds 2 bulletins"):
        read_pages(path)
    assert read_pages(path / "乙.txt").lines()
    with pytest.raises(ContainerError):
        member(path.read_bytes(), "a.eml", "丙.txt")


def sent(path: Path, text: str, names: tuple[str, ...]) -> Path:
    message = EmailMessage()
    message["Subject"] = "六月的刊物"
    message.set_content(text)
    for name in names:
        message.add_attachment(TEXT, "application", "octet-stream", filename=name)
    path.write_bytes(bytes(message))
    return path


def test_a_mail_with_several_bulletins_lists_them(tmp_path: Path) -> None:
    path = sent(tmp_path / "六月.eml", "见附件。", ("甲.txt", "乙.txt", "附表.csv"))
    assert bulletins_in(path) == [path / "甲.txt", path / "乙.txt"]
    one = sent(tmp_path / "一.eml", "见附件。", ("甲.txt", "附表.csv"))
    assert bulletins_in(one) == [one]
    none = sent(tmp_path / "无.eml", "没有附件。", ())
    assert bulletins_in(none) == [none]
    broken = tmp_path / "坏.eml"
    broken.write_bytes(b"name=" * 3)
    assert bulletins_in(broken) == [broken]


def test_a_mail_that_is_sent_on_is_read_without_its_quotation_marks(tmp_path: Path) -> None:
    body = "政策计划\n\n英国拨款 1 亿英镑，用于新的实验室。\n"
    quoted = "".join(f"> {line}\n" for line in body.splitlines())
    around = f"请看。\n\n----- 原始邮件 -----\n发件人：甲\n主题：刊物\n\n{quoted}"
    path = sent(tmp_path / "a.eml", around, ())
    lines = [line.text for line in read_pages(path).lines()]
    assert lines == ["政策计划", "英国拨款 1 亿英镑，用于新的实验室。"]


def test_what_one_writes_below_a_short_quotation_stays(tmp_path: Path) -> None:
    text = "> 谢谢\n政策计划\n\n英国拨款 1 亿英镑，用于新的实验室。\n\n今年完工。\n"
    lines = read_pages(sent(tmp_path / "a.eml", text, ())).lines()
    assert next(line.text for line in lines) == "> 谢谢"
