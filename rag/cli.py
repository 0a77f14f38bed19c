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
from rag.client import client_version
from rag.errors import PhialError, describe, problem_of, system_language, text
from rag.json_view import JsonView
from rag.protocol import (
    AddModel,
    Ask,
    ChooseModel,
    Documents,
    Examine,
    Examined,
    Index,
    LibraryStatus,
    ListDocuments,
    ListModels,
    Models,
    Remove,
    Removed,
    Search,
    Status,
)  # fmt: skip
from rag.session import Session
from rag.terminal import PlainView
from rag.view import View, complain

DONE, NOTHING_DONE, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130

_SHA256_LENGTH = 64


def main(arguments: Sequence[str]) -> int:
    """Carry out one command line; give its exit status."""
    language = system_language()
    # Where whoever started us has closed them, they are None, and nothing that prints expects that.
    sys.stdout, sys.stderr = (stream or Path(os.devnull).open("w") for stream in (sys.stdout, sys.stderr))  # noqa: SIM115
    try:
        parser = _parser(language)
        chosen = parser.parse_args(list(arguments))
        if chosen.command == "models" and bool(chosen.model) != (chosen.action in {"use", "add"}):
            parser.error(f"models {chosen.action}: ID or FILE")
    except SystemExit as end:
        return WRONG_USAGE if end.code else DONE
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # JSON is UTF-8 whatever the terminal is; a character that a terminal lacks is no reason to end.
            stream.reconfigure(encoding="utf-8" if _speaks_json(chosen) else None, errors="replace")
    view: View = JsonView(language) if _speaks_json(chosen) else PlainView(language)
    try:
        if chosen.command == "worker":
            from rag import worker

            return worker.main([str(home())])
        with Session(home(), view.restarted) as session:
            return DONE if _RUN[chosen.command](session, view, chosen) else NOTHING_DONE
    except PhialError as error:
        view.fail(error)
        return NOTHING_DONE
    except KeyboardInterrupt:
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
    return view.index(session.run(lambda number: Index(number, _absolute(chosen.paths))))


def _search(session: Session, view: View, chosen: argparse.Namespace) -> bool:
    scope = _absolute(chosen.scope)
    if chosen.batch:
        return batch.search(session, chosen.batch, chosen.limit, scope)
    return view.search(session.run(lambda number: Search(number, chosen.question, chosen.limit, scope)))


def _ask(session: Session, view: View, chosen: argparse.Namespace) -> bool:
    scope = _absolute(chosen.scope)
    if chosen.batch:
        return batch.ask(session, chosen.batch, scope, chosen.model)
    return view.ask(
        session.run(lambda number: Ask(number, chosen.question, scope, chosen.model, language=system_language()))
    )


def _status(session: Session, view: View, _chosen: argparse.Namespace) -> bool:
    return view.status(session.get(LibraryStatus, Status))


def _documents(session: Session, view: View, _chosen: argparse.Namespace) -> bool:
    return view.documents(session.get(Documents, ListDocuments).documents)


def _remove(session: Session, view: View, chosen: argparse.Namespace) -> bool:
    return view.removed(session.get(Removed, lambda number: Remove(number, _absolute(chosen.paths))))


def _doctor(session: Session, view: View, _chosen: argparse.Namespace) -> bool:
    return view.examined(session.get(Examined, lambda number: Examine(number, system_language())).checks)


def _models(session: Session, view: View, chosen: argparse.Namespace) -> bool:
    if chosen.action == "add":
        path = _absolute([chosen.model])[0]
        return view.models(session.get(Models, lambda number: AddModel(number, path)).models)
    if chosen.action == "use":
        return view.models(session.get(Models, lambda number: ChooseModel(number, chosen.model)).models)
    return view.models(session.get(Models, ListModels).models)


_RUN = {
    "index": _index, "search": _search, "ask": _ask, "status": _status, "documents": _documents, "remove": _remove,
    "doctor": _doctor, "models": _models,
}  # fmt: skip


def _absolute(paths: Sequence[str]) -> tuple[str, ...]:
    """Paths as the worker, which stands in another folder, can use them. A SHA-256 sum stays what it is."""
    return tuple(
        path if len(path) == _SHA256_LENGTH and not Path(path).exists() else os.path.abspath(os.path.expanduser(path))  # noqa: PTH100, PTH111
        for path in paths
    )


def _parser(language: str) -> argparse.ArgumentParser:
    def say(key: str) -> str:
        return text(f"help_{key}", language)

    parser = argparse.ArgumentParser(prog="phial", description=say("phial"), epilog=say("window"))
    parser.add_argument("--version", action="version", version=f"phial {client_version()}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, *, has_json: bool = True) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=say(name), description=say(name))
        if has_json:
            made.add_argument("--json", action="store_true", help=say("json"))
        return made

    index = command("index")
    index.add_argument("paths", nargs="+", metavar="PATH", help=say("paths"))
    for name in ("search", "ask"):
        asking = command(name)
        which = asking.add_mutually_exclusive_group(required=True)
        which.add_argument("question", nargs="?", metavar="QUESTION", help=say("question"))
        which.add_argument("--batch", metavar="FILE.jsonl", help=say("batch"))
        asking.add_argument("--in", dest="scope", action="append", default=[], metavar="PATH", help=say("scope"))
        if name == "search":
            asking.add_argument("-k", dest="limit", type=_positive, default=8, metavar="N", help=say("limit"))
        else:
            asking.add_argument("--model", default="", metavar="ID", help=say("model"))
    command("status")
    command("documents")
    remove = command("remove")
    remove.add_argument("paths", nargs="+", metavar="PATH", help=say("paths"))
    command("doctor")
    models = command("models")
    models.add_argument("action", nargs="?", choices=("list", "use", "add"), default="list", help=say("models_action"))
    models.add_argument("model", nargs="?", default="", metavar="ID or FILE", help=say("model"))
    command("worker", has_json=False)
    return parser


def _positive(value: str) -> int:
    with contextlib.suppress(ValueError):
        if 0 < int(value) <= 1_000:
            return int(value)
    raise argparse.ArgumentTypeError(value)
