"""``phial embedders``: what searches by meaning, and the change from one to another."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable

from rich.cells import cell_len
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.text import Text

from engine.frames import plain
from engine.known_embedders import EVERY_LANGUAGE
from rag.cli_scope import absolute
from rag.errors import about_the_file, describe, system_language, text
from rag.json_output import Fields, print_object, reason_fields
from rag.protocol import (
    AddEmbedder,
    ChooseEmbedder,
    EmbedderProgress,
    Embedders,
    InstalledEmbedder,
    ListEmbedders,
    Reply,
)
from rag.session import Session
from rag.terminal_rows import Row, indented, lay_out, make_console
from rag.view import View, printable


def add_embedders(command: argparse.ArgumentParser, say: Callable[[str], str]) -> None:
    """Give ``embedders`` its actions; without one it lists."""
    actions = command.add_subparsers(dest="action", metavar="ACTION")
    command.set_defaults(action="list")

    def action(name: str) -> argparse.ArgumentParser:
        made = actions.add_parser(name, help=say(f"embedders_{name}"), description=say(f"embedders_{name}"))
        # Suppressed, or its default would undo a --json that stands before the action.
        made.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help=say("json"))
        return made

    action("list")
    action("use").add_argument("embedder", metavar="ID", help=say("embedder"))
    action("add").add_argument("path", metavar="PATH", help=say("embedder_path"))


def embedders(session: Session, _view: View, chosen: argparse.Namespace) -> bool:
    """Carry out an action. Raises PhialError EMBEDDER_…, MODEL_…, PATH_MISSING."""
    if chosen.action == "use":
        replies = session.run(lambda number: ChooseEmbedder(number, chosen.embedder, waits=True))
        listed = _progress_in_json(replies) if chosen.json else _progress_bar(replies, system_language())
    elif chosen.action == "add":
        listed = session.get(Embedders, lambda number: AddEmbedder(number, absolute([chosen.path])[0]))
    else:
        listed = session.get(Embedders, ListEmbedders)
    if listed is not None and chosen.json:
        print_object(_object(listed, system_language()))
    elif listed is not None:
        _show(listed, system_language(), is_list=chosen.action == "list")
    return True


def _progress_in_json(replies: Iterable[Reply]) -> Embedders | None:
    listed = None
    for reply in replies:
        if isinstance(reply, EmbedderProgress):
            print_object(
                {
                    "event": "progress", "name": reply.name, "passages_embedded": reply.passages_embedded,
                    "passages": reply.passages,
                }
            )  # fmt: skip
        elif isinstance(reply, Embedders):
            listed = reply
    return listed


def _progress_bar(replies: Iterable[Reply], language: str) -> Embedders | None:
    """Show how far the change is, where somebody watches."""
    console = make_console()
    listed = None
    columns = (TextColumn("{task.description}"), BarColumn(24), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=None, visible=False)
        for reply in map(printable, replies):
            if isinstance(reply, EmbedderProgress):
                said = text("embedders_changing", language, embedder=reply.name)
                bar.update(
                    task, description=said, completed=reply.passages_embedded, total=reply.passages, visible=True
                )
            elif isinstance(reply, Embedders):
                listed = reply
    return listed


def _object(listed: Embedders, language: str) -> Fields:
    rows: list[Fields] = []
    for embedder in listed.embedders:
        fields: Fields = plain(embedder)
        del fields["problem"]
        rows.append({**fields, **reason_fields(embedder.problem, language)})
    return {"embedders": rows, "offered": [plain(offered) for offered in listed.offered]}


def _show(listed: Embedders, language: str, *, is_list: bool) -> None:
    console = make_console()
    listed = printable(listed)
    rows = [_row(embedder, language) for embedder in listed.embedders]
    # A name holds the id that “embedders use” wants: it is not shortened.
    narrowest = max(cell_len(row.cells[0]) for row in rows)
    header = [text(f"column_{column}", language) for column in ("embedder", "languages", "dimensions", "passages")]
    for line in lay_out(console, header, rows, frozenset({2, 3}), narrowest):
        console.print(line)
    offers = listed.offered if is_list else ()
    if offers:
        console.print()
        console.print(Text(text("embedders_offered", language), style="dim"))
    for offered in offers:
        console.print(Text(f"  {offered.name} ({_languages(offered.languages, language)})"))
        for line in indented(console, Text(f"{offered.repository}: {offered.file}", style="dim")):
            console.print(line)


def _row(embedder: InstalledEmbedder, language: str) -> Row:
    name = ("● " if embedder.is_answering else "○ " if embedder.is_chosen else "  ") + embedder.name
    cells = (
        f"{name} ({embedder.embedder})",
        _languages(embedder.languages, language),
        str(embedder.dimensions or ""),
        f"{embedder.passages_embedded} / {embedder.passages}" if embedder.is_chosen or embedder.is_answering else "",
    )
    notes = (str(describe(about_the_file(embedder.problem), language)),) if embedder.problem else ()
    return Row(cells, notes)


def _languages(languages: tuple[str, ...], language: str) -> str:
    if EVERY_LANGUAGE in languages:
        return text("embedders_every_language", language)
    return ", ".join(languages) or text("embedders_unknown_languages", language)
