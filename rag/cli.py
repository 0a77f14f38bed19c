"""The terminal: the second client of the worker. Its commands and the JSON they print are relied on; keep them stable.

``--json`` prints one JSON object a line and nothing else on standard output. Exit status: 0 done (also when some files
could not be read: each says why), 1 nothing could be done (a sentence on standard error), 2 wrong usage.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

from engine.paths import home, logs, make_private_folder
from rag import batch
from rag.cli_ask import add_ask, ask
from rag.cli_backup import add_backup, add_restore, backup, restore
from rag.cli_collections import add_collections, collections
from rag.cli_conversations import STANDARD_OUTPUT, add_conversations, conversations
from rag.cli_embedders import add_embedders, embedders
from rag.cli_find import add_find, find
from rag.cli_models import Paused, add_models, models
from rag.cli_scope import absolute, add_scope, documents_at, scope_of
from rag.cli_settings import add_settings, settings
from rag.cli_summarise import add_summarise, summarise
from rag.cli_update import add_update, update
from rag.cli_usage import WRONG_USAGE, UsageParser
from rag.client import client_version
from rag.errors import LibraryProblem, PhialError, describe, problem_of, system_language, text
from rag.json_view import JsonView
from rag.password_entry import ask_password, read_passwords
from rag.protocol import (
    Documents,
    Done,
    Examine,
    Examined,
    Folders,
    ForgetUnread,
    Health,
    HealthReport,
    Index,
    LibraryStatus,
    ListDocuments,
    ListFolders,
    Remove,
    Removed,
    Search,
    Status,
    Unlock,
    UnwatchFolder,
    WatchFolder,
)  # fmt: skip
from rag.session import Session
from rag.terminal import PlainView
from rag.view import View, complain

DONE, NOTHING_DONE, INTERRUPTED = 0, 1, 130


def main(arguments: Sequence[str]) -> int:
    """Carry out one command line; give its exit status."""
    language = system_language()
    # Where whoever started us has closed them, they are None, and nothing that prints expects that.
    sys.stdout, sys.stderr = (stream or Path(os.devnull).open("w") for stream in (sys.stdout, sys.stderr))  # noqa: SIM115
    try:
        parser = _parser(language)
        chosen = parser.parse_args(list(arguments))
        if getattr(chosen, "output", "") == STANDARD_OUTPUT and chosen.json:
            parser.error(text("wrong_together", language, argument="conversations export -o -", other="--json"))
        if chosen.command == "watch" and bool(chosen.path) != (chosen.action != "list"):
            key = "wrong_too_much" if chosen.path else "wrong_missing"
            parser.error(text(key, language, arguments=f"watch {chosen.action} PATH", given=chosen.path))
    except SystemExit as end:
        return WRONG_USAGE if end.code else DONE
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # JSON is UTF-8 whatever the terminal is; a character that a terminal lacks is no reason to end.
            stream.reconfigure(encoding="utf-8" if _speaks_json(chosen) else None, errors="replace")
    view: View = JsonView(language) if _speaks_json(chosen) else PlainView(language)
    try:
        if chosen.command in _WITHOUT_WORKER:
            return _WITHOUT_WORKER[chosen.command](chosen)
        with Session(home(), view.restarted) as session:
            return DONE if _RUN[chosen.command](session, view, chosen) else NOTHING_DONE
    except PhialError as error:
        view.fail(error)
        return NOTHING_DONE
    except KeyboardInterrupt as interrupt:
        if not isinstance(interrupt, Paused):
            view.interrupted()
        return INTERRUPTED
    except (BrokenPipeError, SystemExit):  # whoever read our output has gone: rich says it with the latter
        _let_go_of_output()
        return DONE
    except Exception as error:  # such as a full disk under our output
        _let_go_of_output()
        _keep_trace(error)
        complain(str(describe(problem_of(error), language)))
        return NOTHING_DONE


def _let_go_of_output() -> None:
    """Python must not complain at its end, once more, of what it couldn't write."""
    with contextlib.suppress(OSError):
        output = sys.stdout.fileno()
        os.dup2(os.open(os.devnull, os.O_WRONLY), output)


def _keep_trace(error: Exception) -> None:
    """Keep where ``error`` came from, without its words: they may be a document's."""
    with contextlib.suppress(OSError):
        folder = make_private_folder(logs(home()))
        trace = "".join(traceback.format_tb(error.__traceback__)) + type(error).__name__
        (folder / "terminal.crash.log").write_text(trace, encoding="utf-8")


def _speaks_json(chosen: argparse.Namespace) -> bool:
    return bool(getattr(chosen, "json", False) or getattr(chosen, "batch", None))


def _index(session: Session, view: View, chosen: argparse.Namespace) -> bool:
    passwords, notice = read_passwords(chosen.password_file) if chosen.password_file else ((), None)
    if notice is not None:
        complain(str(describe(notice, system_language())))
    done = view.index(session.run(lambda number: Index(number, absolute(chosen.paths), passwords)))
    for known in session.get(LibraryStatus, Status).notices if passwords else ():
        if known.kind == LibraryProblem.PASSWORD_NOT_KEPT:
            complain(str(describe(known, system_language())))
    return done


def _search(session: Session, view: View, chosen: argparse.Namespace) -> bool:
    scope = scope_of(chosen)
    if chosen.batch:
        return batch.search(session, chosen.batch, chosen.limit, scope)
    return view.search(session.run(lambda number: Search(number, chosen.question, chosen.limit, scope)))


def _status(session: Session, view: View, _chosen: argparse.Namespace) -> bool:
    return view.status(session.get(LibraryStatus, Status))


def _documents(session: Session, view: View, _chosen: argparse.Namespace) -> bool:
    return view.documents(session.get(Documents, ListDocuments).documents)


def _remove(session: Session, view: View, chosen: argparse.Namespace) -> bool:
    if chosen.unread:
        keys = tuple(document.key for document in documents_at(session, chosen.paths) if document.is_unread)
        return view.removed(session.get(Removed, lambda number: ForgetUnread(number, keys)))
    return view.removed(session.get(Removed, lambda number: Remove(number, absolute(chosen.paths))))


def _unlock(session: Session, view: View, chosen: argparse.Namespace) -> bool:
    path = absolute([chosen.path])[0]
    documents = session.get(Documents, ListDocuments).documents
    document = next((document for document in documents if path in {document.sha256, *document.paths}), None)
    if document is None:
        raise PhialError(LibraryProblem.PATH_NOT_IN_LIBRARY, path=chosen.path)
    if chosen.password_file:
        passwords, notice = read_passwords(chosen.password_file)
        if notice is not None:
            complain(str(describe(notice, system_language())))
    else:
        passwords = ask_password(chosen.path, system_language())
    view.unlocked(_first_that_opens(session, document.key, passwords or ("",)).notice)
    return view.index(session.run(lambda number: Index(number, document.paths)))


def _first_that_opens(session: Session, key: str, passwords: Sequence[str]) -> Done:
    """What the worker says to the first password that fits. Raises PhialError PASSWORD_WRONG where none does."""

    def attempt(password: str) -> Done:
        return session.get(Done, lambda number: Unlock(number, key, password))

    *others, last = passwords
    for password in others:
        try:
            return attempt(password)
        except PhialError as error:
            if error.kind is not LibraryProblem.PASSWORD_WRONG:
                raise
    return attempt(last)


def _watch(session: Session, view: View, chosen: argparse.Namespace) -> bool:
    path = absolute([chosen.path])[0]
    if chosen.action == "remove":
        session.get(Folders, lambda number: UnwatchFolder(number, path))
    elif chosen.action == "add":
        session.get(Folders, lambda number: WatchFolder(number, path))
        # The worker lives as long as somebody is connected: what the folder holds now is read before we go.
        view.index(session.run(lambda number: Index(number, (path,))))
    return view.folders(session.get(Folders, ListFolders).folders)


def _health(session: Session, view: View, chosen: argparse.Namespace) -> bool:
    keys = tuple(document.key for document in documents_at(session, chosen.paths))
    return view.health(session.get(HealthReport, lambda number: Health(number, keys)).documents)


def _doctor(session: Session, view: View, _chosen: argparse.Namespace) -> bool:
    return view.examined(session.get(Examined, lambda number: Examine(number, system_language())).checks)


def _work(_chosen: argparse.Namespace) -> int:
    from rag import worker

    return worker.main([str(home())])


def _restore(chosen: argparse.Namespace) -> int:
    return DONE if restore(chosen) else NOTHING_DONE


_WITHOUT_WORKER = {"worker": _work, "restore": _restore}
_RUN = {
    "index": _index, "search": _search, "ask": ask, "status": _status, "documents": _documents, "remove": _remove,
    "unlock": _unlock, "watch": _watch, "health": _health, "doctor": _doctor, "models": models,
    "conversations": conversations, "collections": collections, "find": find, "summarise": summarise,
    "embedders": embedders, "settings": settings, "backup": backup,
    "update": update,
}  # fmt: skip


def _parser(language: str) -> argparse.ArgumentParser:
    def say(key: str) -> str:
        return text(f"help_{key}", language)

    parser = UsageParser(language=language, prog="phial", description=say("phial"), epilog=say("window"))
    parser.add_argument("--version", action="version", version=f"phial {client_version()}", help=say("version"))
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, *, has_json: bool = True) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = commands.add_parser(name, help=say(name), description=say(name))
        if has_json:
            made.add_argument("--json", action="store_true", help=say("json"))
        return made

    # In the order of README.md: what is put in, what is asked, what is kept, what writes, the whole.
    index = command("index")
    index.add_argument("paths", nargs="+", metavar="PATH", help=say("paths"))
    index.add_argument("--password-file", default="", metavar="FILE", help=say("password_file"))
    watch = command("watch")
    watch.add_argument("action", nargs="?", choices=("list", "add", "remove"), default="list", help=say("watch_action"))
    watch.add_argument("path", nargs="?", default="", metavar="PATH", help=say("folder"))
    unlock = command("unlock")
    unlock.add_argument("path", metavar="PATH", help=say("locked"))
    unlock.add_argument("--password-file", default="", metavar="FILE", help=say("password_file"))
    health = command("health")
    health.add_argument("paths", nargs="*", metavar="PATH", help=say("paths"))
    search = command("search")
    which = search.add_mutually_exclusive_group(required=True)
    which.add_argument("question", nargs="?", metavar="QUESTION", help=say("question"))
    which.add_argument("--batch", metavar="FILE.jsonl", help=say("batch"))
    add_scope(search, say)
    search.add_argument("-k", dest="limit", type=_positive, default=8, metavar="N", help=say("limit"))
    add_ask(command("ask"), say)
    add_find(command("find"), say)
    add_summarise(command("summarise"), say)
    add_conversations(command("conversations"), say)
    add_collections(command("collections"), say)
    command("documents")
    remove = command("remove")
    remove.add_argument("paths", nargs="+", metavar="PATH", help=say("paths"))
    remove.add_argument("--unread", action="store_true", help=say("unread"))
    command("status")
    add_models(command("models"), say)
    add_embedders(command("embedders"), say)
    add_backup(command("backup"), say)
    add_restore(command("restore"), say)
    add_update(command("update"), say)
    add_settings(command("settings"), say)
    command("doctor")
    command("worker", has_json=False)
    return parser


def _positive(value: str) -> int:
    with contextlib.suppress(ValueError):
        if 0 < int(value) <= 1_000:
            return int(value)
    raise argparse.ArgumentTypeError(f"{value}: 1 … 1000")
