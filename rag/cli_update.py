"""``phial update``: a newer version, looked for and fetched when a person asks."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn
from rich.text import Text

from engine.frames import plain
from rag.errors import size_words, system_language, text
from rag.json_output import print_object
from rag.protocol import GetUpdate, LookForUpdate, Reply, UpdateArrived, UpdateFound, UpdateProgress
from rag.session import Session
from rag.terminal_rows import indented, make_console
from rag.view import View, printable


def add_update(command: argparse.ArgumentParser, say: Callable[[str], str]) -> None:
    """Give ``update`` its actions; without one it looks."""
    actions = command.add_subparsers(dest="action", metavar="ACTION")
    command.set_defaults(action="check")
    for name in ("check", "get"):
        made = actions.add_parser(name, help=say(f"update_{name}"), description=say(f"update_{name}"))
        # Suppressed, or its default would undo a --json that stands before the action.
        made.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help=say("json"))


def update(session: Session, _view: View, chosen: argparse.Namespace) -> bool:
    """Carry out an action. Raises PhialError UPDATE_…, NO_ROOM, DOWNLOAD_UNTRUSTED, DOWNLOAD_UNWRITABLE."""
    language = system_language()
    if chosen.action == "check":
        found = session.get(UpdateFound, lambda number: LookForUpdate(number, language))
        if chosen.json:
            _print_object(found)
        else:
            _show(printable(found), language)
        return True
    console = make_console()
    columns = (TextColumn("{task.description}"), BarColumn(24), DownloadColumn(), TransferSpeedColumn(),
               TimeRemainingColumn())  # fmt: skip
    with Progress(*columns, console=console, transient=True, disable=chosen.json or not console.is_terminal) as bars:
        bar = bars.add_task("", total=None)
        for reply in session.run(GetUpdate):
            if chosen.json:
                _print_object(reply)
            elif isinstance(reply, UpdateProgress):
                said = text("update_getting", language, version=reply.version, host=reply.host)
                bars.update(bar, description=said, completed=reply.bytes_done, total=reply.bytes or None)
            elif isinstance(reply, UpdateArrived):
                console.print(Text(printable(text("update_arrived", language, path=reply.path))))
    return True


def _show(found: UpdateFound, language: str) -> None:
    console = make_console()
    values = {"ours": found.ours, "version": found.version, "host": found.host, "day": found.day}
    if not found.is_newer:
        console.print(Text(text("update_none", language, **values)))
        return
    console.print(Text(text("update_newer", language, **values), style="bold"))
    for line in indented(console, Text(found.notes)):
        console.print(line)
    if found.file:
        size = size_words(found.bytes, language)
        said = text("update_would_fetch", language, file=found.file, size=size, host=found.from_host)
    else:
        said = text("update_not_for_this", language, system=found.system)
    console.print(Text(said))


def _print_object(reply: Reply) -> None:
    print_object({"event": reply.type, **{name: value for name, value in plain(reply).items() if name != "id"}})
