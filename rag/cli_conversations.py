"""``phial conversations``: the history in the terminal, and a conversation as a file."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from rag.errors import LibraryProblem, PhialError, system_language
from rag.protocol import (
    Conversation,
    Conversations,
    DeleteConversation,
    Done,
    ExportConversation,
    Exported,
    ExportFormat,
    ListConversations,
    OpenConversation,
    RenameConversation,
)
from rag.session import Session
from rag.view import View

STANDARD_OUTPUT = "-"
LARGEST_ID = 2**63 - 1
"""What SQLite can hold as a number."""


def add_conversations(command: argparse.ArgumentParser, say: Callable[[str], str]) -> None:
    """Give ``conversations`` its actions; without one it lists."""
    actions = command.add_subparsers(dest="action", metavar="ACTION")
    command.set_defaults(action="list", words=[])

    def action(name: str, *, of_one: bool = True) -> argparse.ArgumentParser:
        made = actions.add_parser(name, help=say(f"conversations_{name}"), description=say(f"conversations_{name}"))
        # Suppressed, or its default would undo a --json that stands before the action.
        made.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help=say("json"))
        if of_one:
            made.add_argument("conversation", type=conversation_number, metavar="ID", help=say("conversation"))
        return made

    action("list", of_one=False).add_argument("words", nargs="*", metavar="WORD", help=say("conversation_words"))
    action("show")
    export = action("export")
    export.add_argument("--format", choices=list(map(str, ExportFormat)), required=True, help=say("export_format"))
    export.add_argument("-o", dest="output", default="", metavar="FILE", help=say("export_output"))
    action("rename").add_argument("title", metavar="TITLE", help=say("conversation_title"))
    action("delete")


def conversations(session: Session, view: View, chosen: argparse.Namespace) -> bool:
    """Carry out an action. Raises PhialError CONVERSATION_GONE, FILE_THERE_ALREADY, FILE_UNWRITABLE."""
    if chosen.action == "show":
        return view.conversation(
            session.get(Conversation, lambda number: OpenConversation(number, chosen.conversation))
        )
    if chosen.action == "export":
        return _export(session, view, chosen)
    if chosen.action == "rename":
        session.get(Done, lambda number: RenameConversation(number, chosen.conversation, chosen.title))
    elif chosen.action == "delete":
        session.get(Done, lambda number: DeleteConversation(number, chosen.conversation))
    words = " ".join(chosen.words)
    return view.conversations(session.get(Conversations, lambda number: ListConversations(number, words)).conversations)


def _export(session: Session, view: View, chosen: argparse.Namespace) -> bool:
    wanted = ExportFormat(chosen.format)
    exported = session.get(
        Exported, lambda number: ExportConversation(number, chosen.conversation, wanted, system_language())
    )
    if chosen.output == STANDARD_OUTPUT:
        sys.stdout.buffer.write(exported.content)
        sys.stdout.flush()
        return True
    # Never named by the conversation's title: that is text, and text is no path.
    path = Path(chosen.output or f"phial-conversation-{exported.conversation}.{wanted}").expanduser().absolute()
    _write(path, exported.content)
    return view.exported(exported, str(path))


def _write(path: Path, content: bytes) -> None:
    """Write a new file, whole or not at all; one that is there already stays as it is."""
    try:
        file = path.open("xb")
        try:
            with file:  # what is wrong may show only when it is closed
                file.write(content)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
    except FileExistsError as error:
        raise PhialError(LibraryProblem.FILE_THERE_ALREADY, path=str(path)) from error
    except OSError as error:
        raise PhialError(LibraryProblem.FILE_UNWRITABLE, details=type(error).__name__, path=str(path)) from error


def conversation_number(value: str) -> int:
    """The number of a conversation, as a command line names it. Raises argparse.ArgumentTypeError."""
    if value.isdecimal() and 0 < int(value) <= LARGEST_ID:
        return int(value)
    raise argparse.ArgumentTypeError(f"{value}: 1 …")
