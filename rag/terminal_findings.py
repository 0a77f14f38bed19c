"""What Find all found, in the terminal: where it stands, in its words, and what could not be looked at."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console, Group
from rich.live import Live
from rich.text import Text

from rag.errors import about_the_file, describe, text
from rag.protocol import DocumentFinding, FindProgress, FoundAll, FoundIn, Reply, UnreadDocument
from rag.terminal_places import place_of
from rag.terminal_rows import indented, make_console, one_line
from rag.terminal_words import counted, decimal, roughly
from rag.view import printable


def show_findings(replies: Iterable[Reply], language: str) -> None:
    """Show how far it is, where somebody watches; then what was found, and what could not be looked at."""
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
                show_found(console, reply, language)


def show_found(console: Console, found: FoundAll, language: str) -> None:
    """Show what was found; what is in it is printable already (see ``rag.view.printable``)."""
    for number, finding in enumerate(found.findings, start=1):
        _show_finding(console, number, finding, language)
    _show_end(console, found, language)


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
    console.print(Text(f"{outcome(found, language)} ({decimal(found.seconds, 2, language)} s)"))


def outcome(found: FoundAll, language: str) -> str:
    """What came of it, in a line."""
    parts = [
        text("find_checked", language, checked=found.checked, total=found.total),
        text("find_found", language, found=len(found.findings)),
    ]
    if found.unread:
        parts.append(text("find_unread", language, unread=len(found.unread)))
    if found.was_stopped:
        parts.append(text("find_stopped", language))
    return ", ".join(parts)


def _why(document: UnreadDocument, language: str) -> str:
    """Why a document could not be looked at whole."""
    if document.reason is not None:
        return str(describe(about_the_file(document.reason), language))
    pages = [
        text(f"health_{state}", language, pages=count)
        for state, count in (
            ("waiting", document.pages_waiting),
            ("failed", document.pages_failed),
            ("left_unread", document.pages_left_unread),
        )
        if count
    ]
    return ", ".join(pages) or text(f"state_{document.state}", language)
