"""A message (RFC 5322, MIME) as blocks of text and attachments: headers that a person reads, the body, and the rest."""

from __future__ import annotations

import email
import email.policy
import email.utils
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import TYPE_CHECKING

from rag.days import stated_day
from rag.extract.blocks import Block, heading, item, one_line, paragraph
from rag.extract.html_blocks import html_blocks
from rag.extract.limits import MOST_HEADER_CHARACTERS
from rag.extract.notes import decode
from rag.extract.readers.html import decode_page

HEADERS = ("From", "To", "Cc", "Date")
_TEXT = "text"


if TYPE_CHECKING:
    _EmailPolicy = email.policy.EmailPolicy[EmailMessage]
else:
    _EmailPolicy = email.policy.EmailPolicy


class _Policy(_EmailPolicy):
    """The usual policy, with an end to headers: email's parser of addresses takes minutes over a megabyte of them."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[: 4 * MOST_HEADER_CHARACTERS]


_POLICY = _Policy()


@dataclass(frozen=True)
class MailText:
    """A message: its subject ("" where it has none), its blocks, its attachments (name, content), the day it is of."""

    subject: str
    blocks: tuple[Block, ...]
    attachments: tuple[tuple[str, bytes], ...]
    dated: str


def mail_text(content: bytes, path: Path) -> MailText:
    """The message that ``content`` is. ``path`` is for messages of errors.

    The first heading is the subject, or else who sent it, so that no message stands under the one before it.
    """
    message = email.message_from_bytes(content, policy=_POLICY)
    subject = _header(message, "Subject")
    names = {name: _header(message, name) for name in HEADERS}
    blocks = [*heading(1, subject or names["From"] or names["Date"])]
    for name, value in names.items():
        blocks += item(0, f"{name}: {value}") if value else ()
    attachments: list[tuple[str, bytes]] = []
    body, others = _parts(message)
    if body is not None:
        blocks += _body(body, path)
    for index, part in enumerate(others, start=1):
        if _is_decoration(part):
            continue
        attachments.append((_file_name(part, index), _content(part)))
    return MailText(subject, tuple(blocks), tuple(attachments), _day(names["Date"]))


def _day(header: str) -> str:
    """The day that a header "Date" names (RFC 5322, 3.3), where it was written."""
    try:
        return stated_day(email.utils.parsedate_to_datetime(header).date().isoformat())
    except (ValueError, TypeError, IndexError):  # anybody writes headers
        return ""


def _header(message: EmailMessage, name: str) -> str:
    """A header, decoded; headers are written by anybody, and email's parser of them fails on some."""
    try:
        value = str(message.get(name, ""))
    except Exception:  # it raises what it happens upon: IndexError, ValueError, AttributeError ...
        value = next((str(raw) for key, raw in message.raw_items() if key.lower() == name.lower()), "")
    return one_line(value)[:MOST_HEADER_CHARACTERS]


def _parts(message: EmailMessage) -> tuple[EmailMessage | None, list[EmailMessage]]:
    """The part that is the message's text (as it was typed, else HTML), and those that are attached to it."""
    body: EmailMessage | None = None
    page: EmailMessage | None = None
    others: list[EmailMessage] = []
    pending = [message]
    while pending:
        part = pending.pop()
        if part.get_content_maintype() == "multipart":
            pending.extend(reversed([inner for inner in part.iter_parts() if isinstance(inner, EmailMessage)]))
            continue
        kind = part.get_content_type()
        if part.is_attachment() or kind not in {"text/plain", "text/html"}:
            others.append(part)
        elif kind == "text/plain" and (body is None or not _content(body).strip()):
            body = part
        elif kind == "text/html" and page is None:
            page = part
        else:
            others.append(part)
    if body is not None and _content(body).strip():
        return body, others
    return page or body, others


def _body(part: EmailMessage, path: Path) -> Iterator[Block]:
    content = _content(part)
    charset = part.get_content_charset("") or ""
    if part.get_content_type() == "text/html":
        yield from html_blocks(_decoded(content, charset) or decode_page(content, path))
    else:
        yield from paragraph(_decoded(content, charset) or (decode(content, path) if content else ""))


def _decoded(content: bytes, charset: str) -> str:
    """``content`` in the encoding that the message names; "" where it is unknown or wrong."""
    try:
        return content.decode(charset) if charset else ""
    except (LookupError, ValueError):
        return ""


def _content(part: EmailMessage) -> bytes:
    """A part's bytes; a message within the message is one in whole."""
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        message = inner[0] if isinstance(inner, list) and inner else None
        return message.as_bytes() if isinstance(message, email.message.Message) else b""
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _is_decoration(part: EmailMessage) -> bool:
    """Whether a part belongs to how the message looks or travels: a picture in its text, a signature."""
    kind = part.get_content_type()
    is_shown_inside = part.get_content_disposition() == "inline" or "Content-ID" in part
    return (part.get_content_maintype() == "image" and is_shown_inside) or kind in {
        "application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature", "text/css",
    }  # fmt: skip


def _file_name(part: EmailMessage, index: int) -> str:
    try:
        name = one_line(part.get_filename("") or "")
    except Exception:  # as in _header
        name = ""
    kind = part.get_content_type()
    if name:
        return name if kind != "message/rfc822" or name.lower().endswith(".eml") else f"{name}.eml"
    suffixes = {"message/rfc822": ".eml", "text/html": ".html", "text/plain": ".txt", "text/csv": ".csv"}
    return f"{index}{suffixes.get(kind, '')}"
