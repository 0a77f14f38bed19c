"""A model is got by the real worker, from a real server on loopback: the starter's own file, as if it were there."""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.catalogue import STARTER_VARIABLE, starter_path
from engine.download_hub import ENDPOINT_VARIABLE
from engine.downloadable import Downloadable, DownloadKind
from engine.links import Door
from engine.paths import HOME_VARIABLE, models
from engine.phi import phi_table
from rag import getting
from rag.cli import DONE, main
from rag.client import announce_door, door_address, make_door_key
from rag.library import Library
from rag.protocol import CODEC
from rag.session import Session
from rag.worker import Worker
from tests.engine import download_server as server_that
from tests.engine.download_server import DownloadServer, serving


@pytest.fixture(scope="module")
def body() -> bytes:
    path = starter_path()
    assert path is not None, "the starter model belongs to the development set-up"
    return path.read_bytes()


@pytest.fixture
def hub(body: bytes, monkeypatch: pytest.MonkeyPatch) -> Iterator[DownloadServer]:
    """A hub that has the starter, which the catalogue then calls by an id, and no starter elsewhere."""
    starter = phi_table().starter
    row = Downloadable("starter", starter.name, "owner/starter", starter.file, len(body), starter.sha256,
                       DownloadKind.MODEL)  # fmt: skip
    monkeypatch.setattr(getting, "downloadable", {"starter": row}.__getitem__)
    monkeypatch.setenv(STARTER_VARIABLE, "")
    with serving(body) as server:
        monkeypatch.setenv(ENDPOINT_VARIABLE, server.url)
        yield server


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hub: DownloadServer) -> Iterator[Path]:
    """A library whose worker runs in this process: with the table of the fixture above."""
    folder = tmp_path / "home"
    monkeypatch.setenv(HOME_VARIABLE, str(folder))
    monkeypatch.setenv("PHIAL_LANGUAGE", "en")
    with Library.open(folder) as library:
        address = door_address(folder)
        if os.name == "posix":
            Path(address).parent.mkdir(mode=0o700, exist_ok=True)
        door = Door(address, make_door_key(folder), CODEC)
        announce_door(folder, address)
        thread = threading.Thread(target=Worker(library, door).run, daemon=True)
        thread.start()
        with Session(folder):  # or it would end between two commands
            yield folder
        thread.join(20)
        assert not thread.is_alive(), "it ends when its last client has gone"
        door.close()


def test_a_model_is_got_listed_and_in_the_ledger(
    home: Path, hub: DownloadServer, body: bytes, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    hub.script.append(server_that.drops(30_000_000))
    assert main(["models", "get", "starter", "--json"]) == DONE
    *events, listed = map(json.loads, capsys.readouterr().out.splitlines())
    assert events[-1]["state"] == "done"
    assert events[-1]["bytes_done"] == len(body)
    path = models(home) / phi_table().starter.file
    assert hashlib.sha256(path.read_bytes()).hexdigest() == phi_table().starter.sha256
    assert [model["path"] for model in listed["models"]] == [str(path)]
    assert main(["status", "--json"]) == DONE
    connections = json.loads(capsys.readouterr().out)["connections"]
    assert len(connections) == len(hub.asked) > 1
    assert all(f" 127.0.0.1:{hub.server_port} model starter (" in line for line in connections)

    stick = tmp_path / "stick"
    for command in (["offers"], ["add", str(path)], ["bundle", "starter", str(stick)], ["get", "starter"]):
        assert main(["models", *command, "--json"]) == DONE
    assert (stick / path.name).read_bytes() == body
    capsys.readouterr()
    assert main(["status", "--json"]) == DONE
    assert json.loads(capsys.readouterr().out)["connections"] == connections, "none of these opens one"
