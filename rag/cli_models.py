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
from rag.errors import Problem, describe, system_language, text
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
    return view.models(session.get(Models, ListModels).models)


def _get(session: Session, view: View, chosen: argparse.Namespace) -> bool:
    source = absolute([chosen.source])[0] if chosen.source else ""
    try:
        listed = _followed(session.run(lambda number: GetModel(number, chosen.model, source)), as_json=chosen.json)
    except KeyboardInterrupt as interrupt:
        # Whoever interrupts a command wants it to stop: it isn't to go on behind their back with the next one.
        session.get(Done, lambda number: PauseDownload(number, chosen.model))
        complain(text("models_paused", system_language(), model=chosen.model))
        raise Paused from interrupt
    return isinstance(listed, Models) and view.models(listed.models)


def _bundle(session: Session, chosen: argparse.Namespace) -> bool:
    folder = absolute([chosen.folder])[0]
    _followed(session.run(lambda number: BundleModels(number, tuple(chosen.models), folder)), as_json=chosen.json)
    if chosen.json:
        print_object({"event": "bundled", "models": chosen.models, "folder": folder})
    else:
        make_console().print(text("models_bundled", system_language(), folder=printable(folder)))
    return True


def _followed(replies: Iterable[Reply], *, as_json: bool) -> Reply | None:
    """Show how downloads come on; give the reply that ends them."""
    last = None
    with _Bars() as bars:
        for last in replies:
            if isinstance(last, DownloadChanged) and as_json:
                print_object({"event": "download", **download_object(last.download, system_language())})
            elif isinstance(last, DownloadChanged):
                bars.take(printable(last.download))
    return last


class _Bars(Progress):
    """A bar for each model that comes: bytes, bytes a second, the time left; nothing where nobody watches."""

    def __init__(self) -> None:
        console = make_console()
        columns = (TextColumn("{task.description}"), BarColumn(24), TaskProgressColumn(), DownloadColumn(),
                   TransferSpeedColumn(), TimeRemainingColumn())  # fmt: skip
        super().__init__(*columns, console=console, transient=True, disable=not console.is_terminal)
        self._language = system_language()
        self._bars: dict[str, TaskID] = {}
        self._said: Problem | None = None

    def take(self, download: Download) -> None:
        """Show how ``download`` stands; what it waits for is said once, on standard error."""
        if download.model not in self._bars:
            self._bars[download.model] = self.add_task("", total=None)
        key = "models_checking" if download.state is DownloadState.CHECKING else "models_getting"
        said = text(key, self._language, model=download.name, source=download.source)
        self.update(
            self._bars[download.model], description=said, completed=download.bytes_done, total=download.bytes or None
        )
        if download.reason is not None and download.reason != self._said:
            complain(str(describe(download.reason, self._language)))
        self._said = download.reason
