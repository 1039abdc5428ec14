"""The text of a mail without what mail programs put around a text that is sent on."""

from __future__ import annotations

import re

_SENT_ON = re.compile(
    r"[\s>]*[-—_=]{2,}\s*(?:原始邮件|原邮件|转发邮件信息|转发的邮件|转发邮件|回复的原邮件"
    r"|Original Message|Forwarded message|Forwarded by .{0,80})\s*[-—_=]{2,}\s*$"
    r"|Begin forwarded message:\s*$",
    re.IGNORECASE,
)
_HEADER = re.compile(
    r"(?:发件人|收件人|抄送|主题|日期|发送日期|发送时间|时间|From|To|Cc|Subject|Date|Sent)\s*[:：]",
    re.IGNORECASE,
)
_MAX_HEADERS = 12  # lines, blank ones too
_MOSTLY = 0.5  # this share of lines is quoted: the quotation is what was sent


def sent_text(text: str) -> str:
    """Give what a mail sends on, else the whole text; `>` before its lines is taken off.

    What the sender wrote above is left out only where it is the shorter part.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    at = next((n for n, line in enumerate(lines) if _SENT_ON.match(line[:200])), None)
    if at is not None and _size(lines[at + 1 :]) > _size(lines[:at]):
        lines = lines[at + 1 :]
    lines = _unquoted(lines)
    return "\n".join(_without_headers(lines) if at is not None else lines)


def _size(lines: list[str]) -> int:
    return sum(map(len, lines))


def _unquoted(lines: list[str]) -> list[str]:
    full = [line for line in lines if line.strip()]
    quoted = sum(1 for line in full if line.startswith(">"))
    if not quoted or quoted < _MOSTLY * len(full):
        return lines
    return [re.sub(r"^>[ ]?", "", line) for line in lines]


def _without_headers(lines: list[str]) -> list[str]:
    last = -1
    for number, line in enumerate(lines[:_MAX_HEADERS]):
        if _HEADER.match(line.strip()[:40]):
            last = number
        elif line.strip():
            break
    return lines[last + 1 :]
