"""``phial models``: the models on this computer, and the getting of others."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable

from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TaskID,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)

from rag.cli_scope import absolute
from rag.errors import Parameter, Problem, describe, system_language, text
from rag.json_models import download_object
from rag.json_output import print_object
from rag.protocol import (
    AddModel,
    BundleModels,
    ChooseModel,
    Done,
    Download,
    DownloadChanged,
    DownloadState,
    DropDownload,
    GetModel,
    ListModels,
    ListOffers,
    Models,
    Offers,
    PauseDownload,
    Reply,
)
from rag.session import Session
from rag.terminal_rows import make_console
from rag.view import View, complain, printable

LONG_WAIT_S = 30
"""Seconds from which on a wait is told although one has been told before: short ones are no news on a bad line."""


class Paused(KeyboardInterrupt):
    """An interrupt from the keyboard whose consequence has been told."""


def add_models(command: argparse.ArgumentParser, say: Callable[[str], str]) -> None:
    """Give ``models`` its actions; without one it lists."""
    actions = command.add_subparsers(dest="action", metavar="ACTION")
    command.set_defaults(action="list")

    def action(name: str) -> argparse.ArgumentParser:
        made = actions.add_parser(name, help=say(f"models_{name}"), description=say(f"models_{name}"))
        # Suppressed, or its default would undo a --json that stands before the action.
        made.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help=say("json"))
        return made

    action("list")
    action("offers")
    action("use").add_argument("model", metavar="ID", help=say("model"))
    action("add").add_argument("model", metavar="FILE", help=say("model_file"))
    get = action("get")
    get.add_argument("model", metavar="ID", help=say("offered"))
    get.add_argument("--from", dest="source", default="", metavar="PATH", help=say("models_from"))
    for name in ("pause", "drop"):
        action(name).add_argument("model", metavar="ID", help=say("offered"))
    bundle = action("bundle")
    bundle.add_argument("models", nargs="+", metavar="ID", help=say("offered"))
    bundle.add_argument("folder", metavar="FOLDER", help=say("models_folder"))


def models(session: Session, view: View, chosen: argparse.Namespace) -> bool:
    """Carry out an action. Raises PhialError MODEL_…, DOWNLOAD_…."""
    if chosen.action == "add":
        path = absolute([chosen.model])[0]
        return view.models(session.get(Models, lambda number: AddModel(number, path)).models)
    if chosen.action == "use":
        return view.models(session.get(Models, lambda number: ChooseModel(number, chosen.model)).models)
    if chosen.action == "offers":
        return view.offers(session.get(Offers, lambda number: ListOffers(number, system_language())))
    if chosen.action == "get":
        return _get(session, view, chosen)
    if chosen.action == "bundle":
        return _bundle(session, chosen)
    if chosen.action in {"pause", "drop"}:
        request = PauseDownload if chosen.action == "pause" else DropDownload
        session.get(Done, lambda number: request(number, chosen.model))
        _tell_end(DownloadState.PAUSED if chosen.action == "pause" else DownloadState.DROPPED, chosen.model)
    return view.models(session.get(Models, ListModels).models)


def _get(session: Session, view: View, chosen: argparse.Namespace) -> bool:
    source = absolute([chosen.source])[0] if chosen.source else ""
    try:
        last, ended = _followed(session.run(lambda number: GetModel(number, chosen.model, source)), as_json=chosen.json)
    except KeyboardInterrupt as interrupt:
        # Whoever interrupts a command wants it to stop: it isn't to go on behind their back with the next one.
        session.get(Done, lambda number: PauseDownload(number, chosen.model))
        _tell_end(DownloadState.PAUSED, chosen.model)
        raise Paused from interrupt
    has_come = not _was_ended_elsewhere(ended)
    if isinstance(last, Models) and (has_come or chosen.json):
        view.models(last.models)
    return has_come


def _bundle(session: Session, chosen: argparse.Namespace) -> bool:
    folder = absolute([chosen.folder])[0]
    replies = session.run(lambda number: BundleModels(number, tuple(chosen.models), folder))
    _, ended = _followed(replies, as_json=chosen.json)
    if _was_ended_elsewhere(ended):
        return False
    if chosen.json:
        print_object({"event": "bundled", "models": chosen.models, "folder": folder})
    else:
        make_console().print(text("models_bundled", system_language(), folder=printable(folder)))
    return True


def _was_ended_elsewhere(download: Download | None) -> bool:
    """Whether somebody held or dropped ``download`` while it was followed here; if so, says it."""
    if download is None or download.state not in {DownloadState.PAUSED, DownloadState.DROPPED}:
        return False
    _tell_end(download.state, download.model)
    return True


def _tell_end(state: DownloadState, model: str) -> None:
    """Say, on standard error, what it means that the download of ``model`` is held or dropped."""
    complain(text(f"models_{state}", system_language(), model=printable(model)))


def _followed(replies: Iterable[Reply], *, as_json: bool) -> tuple[Reply | None, Download | None]:
    """Show how downloads come on; give the reply that ends them, and the last download as it stood then."""
    last, download = None, None
    with _Bars() as bars:
        for last in replies:
            if not isinstance(last, DownloadChanged):
                continue
            download = last.download
            if as_json:
                print_object({"event": "download", **download_object(download, system_language())})
            else:
                bars.take(printable(download))
    return last, download


class _Bars(Progress):
    """A bar for each model that comes: bytes, bytes a second, the time left; nothing where nobody watches."""

    def __init__(self) -> None:
        console = make_console()
        columns = (TextColumn("{task.description}"), BarColumn(24), TaskProgressColumn(), DownloadColumn(),
                   TransferSpeedColumn(), TimeRemainingColumn())  # fmt: skip
        super().__init__(*columns, console=console, transient=True, disable=not console.is_terminal)
        self._language = system_language()
        self._bars: dict[str, TaskID] = {}
        self._told: set[tuple[str, Parameter, bool]] = set()

    def take(self, download: Download) -> None:
        """Show how ``download`` stands; what it waits for is said once, on standard error."""
        if download.model not in self._bars:
            self._bars[download.model] = self.add_task("", total=None)
        key = "models_checking" if download.state is DownloadState.CHECKING else "models_getting"
        said = text(key, self._language, model=download.name, source=download.source)
        self.update(
            self._bars[download.model], description=said, completed=download.bytes_done, total=download.bytes or None
        )
        # What a download failed of comes once more, as the failure of the command.
        if download.reason is not None and download.state is not DownloadState.FAILED:
            self._tell(download.reason)

    def _tell(self, reason: Problem) -> None:
        """Say what a download waits for, once a place; a wait that grows long is told once more."""
        seconds = reason.parameters.get("seconds", 0)
        is_long = isinstance(seconds, int | float) and seconds >= LONG_WAIT_S
        told = (reason.kind, reason.parameters.get("host", ""), is_long)
        if told not in self._told:
            self._told.add(told)
            complain(str(describe(reason, self._language)))
