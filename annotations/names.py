"""Names of folders and files that are safe on every system, and names that sync tools make up."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from annotations.model import StoreError

_LONGEST = 40
_RESERVED = re.compile(r"(tags|con|prn|aux|nul|com\d|lpt\d)\Z")
_COPY_MARKS = re.compile(r"[ .(~]")


@lru_cache(maxsize=256)
def safe_name(name: str) -> str:
    """Return a folder or file name for `name`, different for different names.

    Letters and digits of any script, `-` and `_` stay; whatever is changed (also upper case, since
    some file systems do not tell it apart) is made up for by a hash behind `~`. Names that differ
    only in Unicode normalisation are the same. Raises StoreError for a blank name.
    """
    exact = unicodedata.normalize("NFC", name).strip()
    if not exact:
        raise StoreError("the name of a reviewer, device or issue is empty")
    folded = unicodedata.normalize("NFC", exact.casefold())
    slug = "".join(c if c in "-_" or c.isalnum() else "-" for c in folded)
    slug = slug.strip("-")[:_LONGEST] or "x"
    longest = 64 if exact.isascii() else _LONGEST
    if exact == folded and _plain(exact) and len(exact) <= longest:
        return exact
    import hashlib  # loads OpenSSL, and few names need it

    digest = hashlib.sha256(exact.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return f"{slug}~{digest}"


def is_hashed(name: str) -> bool:
    """Tell whether safe_name had to change the name, so that it can't be read off."""
    return "~" in name


def copied_from(stem: str) -> str | None:
    """Return the stem of the data file that `stem` is a sync tool's copy of; None if it is none.

    Knows `x.sync-conflict-…`, `x (1)`, `x (… conflicted copy …)`, `x~…` and the like: our own
    names hold no blank, dot or bracket, and a `~` only before twelve hexadecimal digits.
    """
    own = re.match(r"[\w-]+~[0-9a-f]{12}", stem)
    head = own[0] if own else _COPY_MARKS.split(stem, maxsplit=1)[0]
    return None if head == stem or not head else head


def _plain(name: str) -> bool:
    if _RESERVED.match(name) or name.startswith("-"):
        return False
    return all(c in "-_" or c.isalnum() for c in name)
