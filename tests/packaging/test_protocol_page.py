"""docs/protocol.md says what rag/protocol says."""

from __future__ import annotations

import dataclasses

import protocol_page

from rag.protocol import REPLIES, REQUESTS, Reply, Request


def test_the_page_is_current() -> None:
    page = protocol_page.PAGE.read_text(encoding="utf-8")
    assert page == protocol_page.updated(page), "bring it up to date: make protocol"


def test_every_message_and_every_field_is_there() -> None:
    tables = protocol_page.tables()
    kinds: tuple[type[Request | Reply], ...] = (*REQUESTS, *REPLIES)
    for kind in kinds:
        _, section = tables.split(f"\n### {kind.type}" + (" (final)\n" if getattr(kind, "is_final", False) else "\n"))
        section = section.split("\n### ")[0]
        for field in dataclasses.fields(kind):
            assert field.name == "id" or f"| `{field.name}` |" in section, (kind.type, field.name)


def test_kinds_are_named_in_the_words_of_json() -> None:
    assert protocol_page.kind_name(tuple[tuple[int, int], ...]) == "array of [integer, integer]"
    assert protocol_page.kind_name(dict[str, str | int]) == "object of string or integer"
    assert protocol_page.kind_name(bytes) == "base64"
