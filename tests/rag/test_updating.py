"""A newer version is looked for and fetched over real connections to loopback; what isn't right is refused."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import json
import random
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from engine.download import Patience
from engine.frames import plain
from engine.paths import updates
from rag import updating
from rag.client import client_version
from rag.errors import LibraryProblem, PhialError
from rag.protocol import UpdateArrived, UpdateFound, UpdateProgress
from rag.stores.connection_records import ConnectionRecords
from rag.stores.database import Database
from rag.update_manifest import (
    CONTEXT,
    LARGEST,
    Installer,
    Origin,
    UpdateManifest,
    is_safe_address,
    key_name,
    shipped_origin,
    this_kind,
    this_system,
)
from rag.updating import Updating
from tests.engine import download_server as server_that
from tests.engine.download_server import DownloadServer, serving

BODY = random.Random(7).randbytes(400_000)
IMPATIENT = Patience(connect=5, stall=2, attempts=2, first_wait=0.001, longest_wait=0.01)
KEY = Ed25519PrivateKey.generate()
STRANGER = Ed25519PrivateKey.generate()
FILE = "phial_9.0.0.deb"


def public(key: Ed25519PrivateKey) -> bytes:
    return key.public_key().public_bytes_raw()


def signed(text: str, key: Ed25519PrivateKey = KEY, context: bytes = CONTEXT) -> bytes:
    signature = base64.b64encode(key.sign(context + text.encode())).decode()
    return json.dumps({"manifest": text, "signatures": {key_name(public(key)): signature}}).encode()


class Release:
    """A server with an announcement and an installer, and a program that asks it."""

    def __init__(self, home: Path, says: DownloadServer, gives: DownloadServer) -> None:
        self.says, self.gives = says, gives
        self.home = home
        self.database = Database(home)
        self.ledger = ConnectionRecords(self.database)
        self.origin = Origin(f"{says.url}/phial-update.json", (public(STRANGER), public(KEY)))
        self.origin = dataclasses.replace(self.origin, keys=(public(KEY),))
        self.manifest = UpdateManifest(
            "phial", "9.0.0", 1_000, "2026-12-01", {"en": "Faster.", "fr": "Plus rapide."},
            (Installer(this_system(), "deb", FILE, f"{gives.url}/{FILE}", len(BODY),
                       hashlib.sha256(BODY).hexdigest()),),
        )  # fmt: skip
        self.announce()
        self.updating = Updating(home, self.ledger, lambda: self.origin, IMPATIENT)

    def announce(self, **changes: Any) -> None:
        self.says.body = signed(json.dumps({**plain(self.manifest), **changes}))

    def installer(self, **changes: Any) -> list[dict[str, Any]]:
        return [{**plain(self.manifest.installers[0]), **changes}]

    def refused(self, *, gets: bool = False) -> LibraryProblem:
        with pytest.raises(PhialError) as failure:
            self.get() if gets else self.updating.look("en")
        kind = failure.value.kind
        assert isinstance(kind, LibraryProblem)
        return kind

    def get(self) -> list[object]:
        return list(self.updating.get(threading.Event()))

    def fetched(self) -> list[str]:
        folder = updates(self.home)
        return sorted(path.name for path in folder.iterdir() if path.name != "seen.json") if folder.is_dir() else []


@pytest.fixture
def release(tmp_path: Path) -> Iterator[Release]:
    with serving(b"") as says, serving(BODY) as gives:
        made = Release(tmp_path, says, gives)
        yield made
        made.database.close()


def test_looking_shows_what_would_be_fetched_and_fetches_nothing(release: Release) -> None:
    found = release.updating.look("fr")
    host = release.says.url.removeprefix("http://")
    assert found == UpdateFound(
        0, "9.0.0", client_version(), True, "2026-12-01", "Plus rapide.", host, this_system(), FILE, len(BODY),
        release.gives.url.removeprefix("http://"),
    )  # fmt: skip
    assert release.updating.look("it").notes == "Faster."
    assert release.fetched() == []
    assert [(line.address, line.model, line.outcome) for line in release.ledger.all()] == [(host, "update", "206")] * 2


def test_the_installer_arrives_checked_and_the_ledger_says_so(release: Release) -> None:
    *steps, last = release.get()
    path = updates(release.home) / FILE
    assert last == UpdateArrived(0, "9.0.0", str(path))
    assert path.read_bytes() == BODY
    assert all(isinstance(step, UpdateProgress) and step.bytes == len(BODY) for step in steps)
    assert [line.model for line in release.ledger.all()] == ["update", "update 9.0.0"]
    assert sum(line.bytes for line in release.ledger.all()) >= len(BODY)
    assert release.get()[-1] == last, "what is there is not fetched again"
    assert len(release.ledger.all()) == 2


def test_a_fetch_that_broke_off_goes_on_where_it_stopped(release: Release) -> None:
    release.gives.script.extend([server_that.drops(after=150_000), server_that.says(503), server_that.says(503)])
    assert release.refused(gets=True) is LibraryProblem.UPDATE_REFUSED
    assert len(release.fetched()) > 0
    release.get()
    assert release.fetched() == [FILE]
    assert sum(line.bytes for line in release.ledger.all() if "9" in line.model) < len(BODY) + 150_000


def test_cancelled_it_keeps_what_has_arrived(release: Release) -> None:
    release.gives.script.append(server_that.stalls(after=200_000))
    cancelled = threading.Event()
    replies = release.updating.get(cancelled)
    next(replies)
    release.gives.is_stalling.wait(10)
    cancelled.set()
    assert not any(isinstance(reply, UpdateArrived) for reply in replies)
    assert FILE not in release.fetched()


def test_only_the_last_installer_is_kept(release: Release) -> None:
    updates(release.home).mkdir()
    (updates(release.home) / "phial_8.0.0.deb").write_bytes(b"former")
    (updates(release.home) / FILE).write_bytes(b"another with its name")
    release.get()
    assert release.fetched() == [FILE]
    assert (updates(release.home) / FILE).read_bytes() == BODY


def test_what_a_stranger_signed_or_nobody_is_refused(release: Release) -> None:
    text = json.dumps(plain(release.manifest))
    sound = json.loads(signed(text))
    forged = {**sound, "manifest": text.replace("9.0.0", "9.0.1")}
    relabelled = {**json.loads(signed(text, STRANGER)), "manifest": text}
    relabelled["signatures"] = {key_name(public(KEY)): next(iter(relabelled["signatures"].values()))}
    for body in (
        signed(text, STRANGER), signed(text, context=b""), json.dumps(forged).encode(), json.dumps(relabelled).encode(),
        json.dumps({**sound, "signatures": {}}).encode(),
        json.dumps({**sound, "signatures": {key_name(public(KEY)): 5}}).encode(),
        json.dumps({**sound, "signatures": {key_name(public(KEY)): "é"}}).encode(),
    ):  # fmt: skip
        release.says.body = body
        assert release.refused() is LibraryProblem.UPDATE_UNSIGNED
    assert release.refused(gets=True) is LibraryProblem.UPDATE_UNSIGNED
    assert release.fetched() == []


@pytest.mark.parametrize("body", [b"", b"<html>Sign in</html>", b"[]", b"{}", b"[" * 99_999, b"x" * (LARGEST + 1)])
def test_what_is_no_announcement_is_refused(release: Release, body: bytes) -> None:
    release.says.body = body
    assert release.refused() is LibraryProblem.UPDATE_WRONG


@pytest.mark.parametrize(
    "changes",
    [{"product": "other"}, {"version": "new"}, {"serial": 0}, {"released": "soon"}, {"notes": {"xx": ""}},
     {"unknown": 1}, {"installers": 3}],
)  # fmt: skip
def test_signed_words_that_make_no_sense_are_refused(release: Release, changes: dict[str, Any]) -> None:
    release.announce(**changes)
    assert release.refused() is LibraryProblem.UPDATE_WRONG


@pytest.mark.parametrize(
    "changes",
    [{"file": "../phial.deb"}, {"file": "phial.sh"}, {"kind": "dmg"}, {"bytes": 0}, {"sha256": "x"},
     {"address": "http://example.org/phial.deb"}, {"address": "file:///etc/passwd"}, {"address": "https://a@b/c"}],
)  # fmt: skip
def test_an_installer_that_can_be_none_is_refused(release: Release, changes: dict[str, Any]) -> None:
    release.announce(installers=release.installer(**changes))
    assert release.refused() is LibraryProblem.UPDATE_WRONG


def test_an_older_announcement_is_a_replay(release: Release) -> None:
    release.updating.look("en")
    release.announce(serial=999, version="8.0.0")
    assert release.refused() is LibraryProblem.UPDATE_REPLAYED
    again = Updating(release.home, release.ledger, lambda: release.origin, IMPATIENT)
    with pytest.raises(PhialError, match="update_replayed"):
        again.look("en")
    release.announce(serial=1_001)
    assert again.look("en").is_newer


@pytest.mark.parametrize("version", [client_version(), "0.0.1"])
def test_nothing_older_is_ever_fetched(release: Release, version: str) -> None:
    release.announce(version=version)
    assert not release.updating.look("en").is_newer
    assert release.refused(gets=True) is LibraryProblem.UPDATE_NONE
    assert release.gives.asked == []


def test_an_exchanged_installer_is_refused_and_not_kept(release: Release) -> None:
    release.gives.body = BODY[:-1] + b"!"
    assert release.refused(gets=True) is LibraryProblem.UPDATE_WRONG
    assert release.fetched() == []
    release.gives.body = BODY + b"!"
    assert release.refused(gets=True) is LibraryProblem.UPDATE_WRONG
    assert release.fetched() == []


def test_a_redirect_into_the_open_is_refused(release: Release) -> None:
    release.gives.script.extend([server_that.redirects("http://example.org/phial.deb")] * 2)
    assert release.refused(gets=True) is LibraryProblem.UPDATE_WRONG
    release.says.script.append(server_that.redirects("http://example.org/update.json"))
    assert release.refused() is LibraryProblem.UPDATE_WRONG
    assert {line.address.partition(":")[0] for line in release.ledger.all()} == {"127.0.0.1"}


def test_a_computer_that_nothing_was_made_for_is_told(release: Release) -> None:
    release.announce(installers=release.installer(system="amiga-68k"))
    found = release.updating.look("en")
    assert (found.is_newer, found.file) == (True, "")
    assert release.refused(gets=True) is LibraryProblem.UPDATE_NOT_FOR_THIS


def test_one_of_the_kind_that_is_here_is_preferred(release: Release) -> None:
    other = dataclasses.replace(release.manifest.installers[0], kind="appimage", file="phial.AppImage")
    ours = dataclasses.replace(other, kind=this_kind(), file="ours")
    assert dataclasses.replace(release.manifest, installers=(other, ours)).installer() == ours
    assert dataclasses.replace(release.manifest, installers=(other,)).installer() == other


def test_a_server_that_is_away_is_said(release: Release) -> None:
    release.origin = dataclasses.replace(release.origin, address="http://127.0.0.1:9/x")
    assert release.refused() is LibraryProblem.UPDATE_UNREACHABLE


def test_a_disk_without_room_is_said(release: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    def fetch(*_: object) -> Path:
        raise PhialError(updating.EngineProblem.DOWNLOAD_DISK_FULL, path="/x", needed=5, free=1)

    monkeypatch.setattr(updating, "fetch", fetch)
    assert release.refused(gets=True) is LibraryProblem.NO_ROOM


def test_nothing_is_asked_where_nobody_said_whom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database = Database(tmp_path)
    (tmp_path / "updates.json").write_text('{"address": "https://example.org/x", "keys": []}')
    monkeypatch.setattr("rag.update_manifest.assets", lambda: tmp_path)
    with pytest.raises(PhialError, match="update_no_address"):
        Updating(tmp_path, ConnectionRecords(database)).look("en")
    assert ConnectionRecords(database).all() == ()
    key = base64.b64encode(public(KEY)).decode()
    (tmp_path / "updates.json").write_text(json.dumps({"address": "https://example.org/x", "keys": [key]}))
    assert shipped_origin() == Origin("https://example.org/x", (public(KEY),))
    (tmp_path / "updates.json").write_text(json.dumps({"address": "http://example.org/x", "keys": [key]}))
    with pytest.raises(PhialError, match="update_no_address"):
        shipped_origin()
    database.close()


@pytest.mark.parametrize(
    ("address", "is_safe"),
    [("https://example.org/a", True), ("http://example.org/a", False), ("http://127.0.0.1:1/a", False),
     ("ftp://a/b", False), ("https://", False), ("https://a:99999/b", False), ("", False)],
)  # fmt: skip
def test_addresses_are_protected(address: str, is_safe: bool) -> None:
    assert is_safe_address(address, "https://example.org") is is_safe
