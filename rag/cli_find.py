"""``phial find``: every document is looked at, and the end says what came of it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Any

from rich.console import Console, Group
from rich.live import Live
from rich.text import Text

from rag.cli_scope import scope_of
from rag.errors import about_the_file, describe, system_language, text
from rag.json_output import citation_object, passage_object, print_object, reason_fields
from rag.protocol import (
    CheckedDocument,
    DocumentFinding,
    FindAll,
    FindProgress,
    FoundAll,
    FoundIn,
    Reply,
    UnreadDocument,
)
from rag.session import Session
from rag.terminal_places import place_of
from rag.terminal_rows import indented, make_console, one_line
from rag.terminal_words import counted, decimal, roughly
from rag.view import View, printable


def find(session: Session, _view: View, chosen: argparse.Namespace) -> bool:
    """Look at every document in scope. Raises PhialError QUESTION_…, LIBRARY_EMPTY, SCOPE_EMPTY, COLLECTION_…."""
    language = system_language()
    scope = scope_of(chosen)
    replies = session.run(lambda number: FindAll(number, chosen.question, scope, language))
    if chosen.json:
        for reply in replies:
            if isinstance(reply, FoundAll):
                print_object({"question": chosen.question, **_object(reply, language)})
    else:
        _show(replies, language)
    return True


def _show(replies: Iterator[Reply], language: str) -> None:
    console, watched = make_console(), make_console(stderr=True)
    found = 0
    with Live(Text(), console=watched, transient=True, refresh_per_second=8) as live:
        for reply in map(printable, replies):
            if isinstance(reply, FoundIn):
                found += 1
            elif isinstance(reply, FindProgress) and watched.is_terminal:
                live.update(Text(_progress(reply, found, language), style="dim"))
            elif isinstance(reply, FoundAll):
                live.update(Text())
                for number, finding in enumerate(reply.findings, start=1):
                    _show_finding(console, number, finding, language)
                _show_end(console, reply, language)


def _progress(progress: FindProgress, found: int, language: str) -> str:
    if not progress.checked:
        return text("find_looking", language, looked=progress.looked_through, total=progress.total)
    said = text("find_progress", language, checked=progress.checked, total=progress.total, found=found)
    if progress.seconds_left <= 0:
        return said
    return f"{said} · {text('index_time_left', language, time=roughly(progress.seconds_left))}"


def _show_finding(console: Console, number: int, finding: DocumentFinding, language: str) -> None:
    sections = {passage.number: passage.section for passage in finding.passages}
    for citation in finding.citations:
        head = f"{number}. " if citation.number == 1 else " " * len(f"{number}. ")
        place = place_of(citation, language, sections[citation.passage])
        console.print(Text(head, style="yellow").append(place, "bold"))
        console.print(Group(*indented(console, Text(one_line(citation.quote.replace("\n", " "))))))


def _show_end(console: Console, found: FoundAll, language: str) -> None:
    for document in found.unread:
        name = Text(one_line(document.document), style="bold")
        console.print(name.append(f": {_why(document, language)}", "not bold"))
    if found.notice is not None:
        console.print(Text(str(describe(found.notice, language))))
    if found.by_words:
        count = counted("documents", len(found.by_words), language)
        console.print(Text(text("find_by_words", language, documents=count), style="dim"))
    parts = [
        text("find_checked", language, checked=found.checked, total=found.total),
        text("find_found", language, found=len(found.findings)),
    ]
    if found.unread:
        parts.append(text("find_unread", language, unread=len(found.unread)))
    if found.was_stopped:
        parts.append(text("find_stopped", language))
    seconds = f"({decimal(found.seconds, 2, language)} s)"
    console.print(Text(f"{', '.join(parts)} {seconds}"))


def _why(document: UnreadDocument, language: str) -> str:
    """Why a document could not be looked at whole."""
    if document.reason is not None:
        return str(describe(about_the_file(document.reason), language))
    pages = [
        text(f"health_{state}", language, pages=count)
        for state, count in (("waiting", document.pages_waiting), ("failed", document.pages_failed))
        if count
    ]
    return ", ".join(pages) or text(f"state_{document.state}", language)


def _object(found: FoundAll, language: str) -> dict[str, Any]:
    """``findings`` are the documents in which it was found, ``nothing`` those in which it was not."""
    return {
        "checked": found.checked, "total": found.total, "was_stopped": found.was_stopped, "seconds": found.seconds,
        "findings": [
            {
                "document": finding.document, "path": finding.path, "sha256": finding.sha256,
                "strength": finding.strength,
                "citations": [citation_object(citation) for citation in finding.citations],
                "passages": [passage_object(passage) for passage in finding.passages],
            }
            for finding in found.findings
        ],
        "nothing": [_document_object(document) for document in found.nothing],
        "unread": [
            {
                **_document_object(document), "state": document.state.value, "pages_waiting": document.pages_waiting,
                "pages_failed": document.pages_failed, **reason_fields(document.reason, language),
            }
            for document in found.unread
        ],
        "by_words": [_document_object(document) for document in found.by_words],
        "notice": None if found.notice is None else str(describe(found.notice, language)),
    }  # fmt: skip


def _document_object(document: CheckedDocument | UnreadDocument) -> dict[str, Any]:
    return {"document": document.document, "path": document.path, "key": document.key}
