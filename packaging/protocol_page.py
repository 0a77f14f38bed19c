"""Bring the tables of docs/protocol.md, between its two markers, up to date with rag/protocol.

A test compares the page with what this would write, so the page can't fall behind.
"""

from __future__ import annotations

import dataclasses
import inspect
import json
import re
import sys
import typing
from pathlib import Path

from engine.frames import Message, plain
from rag.errors import Problem
from rag.protocol import (
    REPLIES,
    REQUESTS,
    VERSION,
    backups,
    collections,
    connections,
    conversations,
    embedders,
    estimating,
    finding,
    models,
    reading,
    settings,
    summaries,
    values,
)

PAGE = Path(__file__).resolve().parent.parent / "docs" / "protocol.md"
BEGIN = "<!-- tables: written by packaging/protocol_page.py -->"
END = "<!-- end of tables -->"


def main() -> int:
    """Write the page anew."""
    PAGE.write_text(updated(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


def updated(page: str) -> str:
    """``page`` with the tables of today's protocol between its markers."""
    before, rest = page.split(BEGIN)
    after = rest.split(END)[1]
    return f"{before}{BEGIN}\n\n{tables()}\n{END}{after}"


def tables() -> str:
    """The version, the requests, the replies and the records inside them, as Markdown."""
    parts = [f"This is version {VERSION}.", "", "## Requests: down", ""]
    for request in REQUESTS:
        parts += section(request, request.type)
    parts += ["## Replies: up", ""]
    for reply in REPLIES:
        parts += section(reply, reply.type + (" (final)" if reply.is_final else ""))
    parts += ["## Records inside messages", ""]
    for record in records():
        parts += section(record, record.__name__)
    parts += ["## Words", ""]
    for words in (
        values.DocumentState, values.ExportFormat, summaries.SummaryMode, summaries.SummaryLength, estimating.Errand,
        models.DownloadState, settings.SettingUnit,
    ):  # fmt: skip
        parts += [f"`{words.__name__}`: {', '.join(f'`{word}`' for word in words)}", ""]
    return "\n".join(parts)


def records() -> list[type]:
    """The dataclasses that travel inside messages, in the order of the source, then the problem that each can hold."""
    ours = [
        value
        for module in (
            values,
            conversations,
            summaries,
            collections,
            finding,
            embedders,
            models,
            reading,
            settings,
            connections,
            backups,
        )
        for value in vars(module).values()
        if inspect.isclass(value) and value.__module__ == module.__name__ and dataclasses.is_dataclass(value)
    ]
    return [*(kind for kind in ours if not issubclass(kind, Message)), Problem]


def section(kind: type, title: str) -> list[str]:
    """One message or record: its name, its sentences, its fields."""
    words = " ".join((inspect.getdoc(kind) or "").split()).replace("``", "`")
    lines = [f"### {title}", "", words, ""]
    hints = typing.get_type_hints(kind)
    fields = [field for field in dataclasses.fields(kind) if field.name != "id"]
    if fields:
        lines += ["| field | kind | if left out |", "|---|---|---|"]
        lines += [f"| `{field.name}` | {kind_name(hints[field.name])} | {default(field)} |" for field in fields]
        lines.append("")
    return lines


def kind_name(hint: typing.Any) -> str:
    """The kind of a field in the words of JSON."""
    if typing.get_origin(hint) is tuple:
        items = typing.get_args(hint)
        if items[-1] is Ellipsis:
            return f"array of {kind_name(items[0])}"
        return f"[{', '.join(kind_name(item) for item in items)}]"
    if typing.get_origin(hint) is dict:
        return f"object of {kind_name(typing.get_args(hint)[1])}"
    if typing.get_args(hint):
        return " or ".join(kind_name(item) for item in typing.get_args(hint))
    plain_names = {str: "string", int: "integer", float: "number", bool: "boolean", bytes: "base64", type(None): "null"}
    name = re.sub(r"^.*\.", "", getattr(hint, "__name__", str(hint)))
    return plain_names.get(hint, f"`{name}`")


def default(field: dataclasses.Field[typing.Any]) -> str:
    """What a field is where a message leaves it out."""
    if field.default is not dataclasses.MISSING:
        value = field.default
    elif field.default_factory is not dataclasses.MISSING:
        value = field.default_factory()
    else:
        return "must be there"
    return f"`{json.dumps(plain(value))}`"


if __name__ == "__main__":
    sys.exit(main())
