"""One archive of all that a reader made: verified after it was written, and before it is used.

A ZIP file of the files as they are, and `manifest.json` with the size and SHA-256 of each. What
comes from elsewhere is not trusted: names, sizes, links and what the manifest does not name.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import struct
import zipfile
import zlib
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotations.durable import clean_up, sync_folder
from annotations.files import reason
from annotations.model import StoreError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FORMAT = "kuaibao.backup"
VERSION = 1
MANIFEST = "manifest.json"
MOST_FILES = 500_000
MOST_BYTES = 4 << 30
MOST_IN_FILE = 512 << 20

_ODD = re.compile(r'[\x00-\x1f\x7f\\:*?"<>|]|[\ud800-\udfff]')

# All that the zipfile module raises where an archive is not as it should be.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    KeyError,
    RuntimeError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class Backup:
    """A verified archive: `files` gives size and SHA-256 by name, `about` says whose it is."""

    path: Path
    files: Mapping[str, tuple[int, str]]
    about: Mapping[str, str]

    def read(self, name: str) -> bytes:
        """Return a file's bytes. Raises StoreError if they are not those of the manifest."""
        try:
            with zipfile.ZipFile(self.path) as archive:
                return _member(archive, name, *self.files[name])
        except (OSError, *_BROKEN) as error:
            raise StoreError(
                "{path}: can't be read any more: {why}", path=self.path, why=error
            ) from error


def write_backup(
    path: Path, members: Mapping[str, Path], about: Mapping[str, str]
) -> tuple[Backup, tuple[str, ...]]:
    """Write files under their names in the archive to a new file; verified before it is in place.

    Returns the backup and one line for each file that could not be taken in. Raises StoreError if
    the backup could not be made, or `path` exists.
    """
    if os.path.lexists(path):
        raise StoreError("{path}: exists already; nothing was written", path=path)
    temporary = path.with_name(f".{path.name[:60]}.{os.getpid()}-{os.urandom(8).hex()}.tmp")
    left_out: list[str] = []
    try:
        clean_up(path.parent)
        try:
            files = _write(temporary, members, about, left_out)
            written = open_backup(temporary)
            if dict(written.files) != files:
                raise StoreError("{path}: does not read back as it was written", path=path)
            _name(temporary, path)
        except FileExistsError:
            raise StoreError("{path}: exists already; nothing was written", path=path) from None
        finally:
            with suppress(OSError):
                temporary.unlink()
        sync_folder(path.parent)
    except OSError as error:
        raise StoreError(
            "{path}: no backup was made: {why}", path=path, why=reason(error)
        ) from error
    return Backup(path, written.files, written.about), tuple(left_out)


def open_backup(path: Path) -> Backup:
    """Open a backup and compare every file in it with the manifest.

    Raises StoreError for a file that is no backup, of a later version, or not as it was written.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            about, files = _manifest(archive)
            _check_members(archive, files)
            for name, (size, digest) in files.items():
                _member(archive, name, size, digest)
    except StoreError as error:
        raise StoreError("{path}: {why}", path=path, why=error) from None
    except OSError as error:
        raise StoreError("{path}: can't be read: {why}", path=path, why=reason(error)) from error
    except _BROKEN as error:
        raise StoreError(
            "{path}: damaged, or no backup of Kuaibao ({why})", path=path, why=error
        ) from error
    return Backup(path, files, about)


def is_safe(name: str) -> bool:
    """Tell whether a name in an archive stays below the folder that it is unpacked to."""
    parts = name.split("/")
    return (
        len(name) < 1000
        and not _ODD.search(name)
        and len(parts) > 1
        and all(part and part.strip(". ") and len(part.encode()) < 256 for part in parts)
    )


def _write(
    temporary: Path, members: Mapping[str, Path], about: Mapping[str, str], left_out: list[str]
) -> dict[str, tuple[int, str]]:
    files: dict[str, tuple[int, str]] = {}
    with (
        temporary.open("xb") as file,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as archive,
    ):
        for name, source in members.items():
            if not is_safe(name):
                left_out.append(f"{source}: its name can't stand in a backup")
                continue
            try:
                data = source.read_bytes()
            except OSError as error:
                left_out.append(f"{source}: {reason(error)}")
                continue
            files[name] = (len(data), hashlib.sha256(data).hexdigest())
            archive.writestr(name, data)
        entries = [{"name": n, "size": s, "sha256": d} for n, (s, d) in files.items()]
        whole = {"format": FORMAT, "version": VERSION, "about": dict(about), "files": entries}
        archive.writestr(MANIFEST, json.dumps(whole, ensure_ascii=False, indent=1))
        archive.close()
        file.flush()
        os.fsync(file.fileno())
    return files


def _name(temporary: Path, path: Path) -> None:
    """Give the finished file its name. Raises FileExistsError: a rename would replace a file."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        if path.exists():
            raise FileExistsError(str(path)) from None
        temporary.rename(path)


def _manifest(archive: zipfile.ZipFile) -> tuple[dict[str, str], dict[str, tuple[int, str]]]:
    try:
        info = archive.getinfo(MANIFEST)
    except KeyError:
        raise StoreError("no backup of Kuaibao: it has no manifest") from None
    if info.file_size > MOST_IN_FILE:
        raise StoreError("the manifest is too large")
    try:
        whole = json.loads(_bytes(archive, MANIFEST, info.file_size).decode("utf-8"))
        if whole["format"] != FORMAT:
            raise StoreError("no backup of Kuaibao")
        if whole["version"] > VERSION:
            raise StoreError("made by a newer Kuaibao")
        about = {str(name): str(value) for name, value in whole["about"].items()}
        files = {}
        for one in whole["files"]:
            name, size, digest = one["name"], one["size"], one["sha256"]
            if not isinstance(name, str) or type(size) is not int or size < 0:
                raise TypeError
            if name in files or not is_safe(name):
                raise StoreError("holds a file that it must not: {name!r}", name=name[:80])
            files[name] = (size, str(digest))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise StoreError("its manifest can't be understood") from None
    return about, files


def _check_members(archive: zipfile.ZipFile, files: Mapping[str, tuple[int, str]]) -> None:
    infos = archive.infolist()
    names = [info.filename for info in infos]
    if len(names) != len(set(names)) or set(names) != {MANIFEST, *files}:
        raise StoreError("holds other files than its manifest says")
    total = sum(size for size, _ in files.values())
    if len(files) > MOST_FILES or total > MOST_BYTES:
        raise StoreError(
            "too large: {count} files of {size} MB", count=len(files), size=total >> 20
        )
    for info in infos:
        kind = (info.external_attr >> 16) & 0o170000
        if kind not in (0, 0o100000) or info.flag_bits & 1:
            raise StoreError("holds something that is no file: {name!r}", name=info.filename[:80])
        if info.filename != MANIFEST and info.file_size != files[info.filename][0]:
            raise StoreError(
                "{name!r} has another size than its manifest says", name=info.filename[:80]
            )


def _member(archive: zipfile.ZipFile, name: str, size: int, digest: str) -> bytes:
    data = _bytes(archive, name, size)
    if hashlib.sha256(data).hexdigest() != digest:
        raise StoreError("{name!r} is not as it was written", name=name)
    return data


def _bytes(archive: zipfile.ZipFile, name: str, size: int) -> bytes:
    if size > MOST_IN_FILE:
        raise StoreError("{name!r} is too large", name=name[:80])
    with archive.open(name) as file:
        data = file.read(size + 1)
    if len(data) != size:
        raise StoreError("{name!r} has another size than its manifest says", name=name[:80])
    return data
