"""``phial collections``: documents put together under a name."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence

from rich.text import Text

from rag.cli_scope import absolute
from rag.errors import system_language, text
from rag.json_output import print_object
from rag.protocol import (
    ChangeCollection,
    Collection,
    CollectionRow,
    Collections,
    DeleteCollection,
    ListCollections,
    OpenCollection,
    RenameCollection,
    Request,
)
from rag.session import Session
from rag.terminal_rows import Row, lay_out, make_console
from rag.view import View, printable


def add_collections(command: argparse.ArgumentParser, say: Callable[[str], str]) -> None:
    """Give ``collections`` its actions; without one it lists."""
    actions = command.add_subparsers(dest="action", metavar="ACTION")
    command.set_defaults(action="list")

    def action(name: str, *, of_one: bool = True, paths: str = "") -> argparse.ArgumentParser:
        made = actions.add_parser(name, help=say(f"collections_{name}"), description=say(f"collections_{name}"))
        # Suppressed, or its default would undo a --json that stands before the action.
        made.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help=say("json"))
        if of_one:
            made.add_argument("name", metavar="NAME", help=say("collection"))
        if paths:
            made.add_argument("paths", nargs=paths, metavar="PATH", help=say("collection_paths"))
        return made

    action("list", of_one=False)
    action("show")
    action("add", paths="*")
    action("take", paths="+")
    action("rename").add_argument("new_name", metavar="NEW_NAME", help=say("collection_new_name"))
    action("delete")


def collections(session: Session, view: View, chosen: argparse.Namespace) -> bool:
    """Carry out an action. Raises PhialError COLLECTION_…, PATH_NOT_IN_LIBRARY."""
    if chosen.action == "show":
        return view.documents(session.get(Collection, lambda number: OpenCollection(number, chosen.name)).documents)
    rows = session.get(Collections, lambda number: _request(number, chosen)).collections
    if chosen.json:
        print_object({"collections": [{"name": row.name, "documents": row.documents} for row in rows]})
    else:
        _show(rows, system_language())
    return True


def _request(number: int, chosen: argparse.Namespace) -> Request:
    if chosen.action == "add":
        return ChangeCollection(number, chosen.name, add=absolute(chosen.paths))
    if chosen.action == "take":
        return ChangeCollection(number, chosen.name, take=absolute(chosen.paths))
    if chosen.action == "rename":
        return RenameCollection(number, chosen.name, chosen.new_name)
    if chosen.action == "delete":
        return DeleteCollection(number, chosen.name)
    return ListCollections(number)


def _show(collections: Sequence[CollectionRow], language: str) -> None:
    console = make_console()
    if not collections:
        console.print(Text(text("collections_none", language)))
        return
    header = [text(f"column_{column}", language) for column in ("collection", "documents")]
    rows = [Row((row.name, str(row.documents))) for row in map(printable, collections)]
    for line in lay_out(console, header, rows, frozenset({1})):
        console.print(line)
