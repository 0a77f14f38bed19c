from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path

import pytest
import sign_update

from rag.client import client_version
from rag.update_manifest import Installer, Origin, read_manifest

INSTALLERS = {
    "phial_0.2.0_amd64.deb": ("linux-x64", "deb"),
    "phial-0.2.0-linux-x86_64.tar.xz": ("linux-x64", "archive"),
    "Phial-0.2.0-x86_64.AppImage": ("linux-x64", "appimage"),
    "Phial-0.2.0-windows-x64-setup.exe": ("windows-x64", "installer"),
    "Phial-0.2.0-macos-arm64.dmg": ("macos-arm64", "dmg"),
    "phial_0.2.0_arm64.deb": ("linux-arm64", "deb"),
}


@pytest.fixture
def origin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "assets" / "updates.json"
    path.parent.mkdir()
    path.write_text('{"address": "https://example.org/phial-update.json", "keys": []}')
    monkeypatch.setattr(sign_update, "ORIGIN", path)
    monkeypatch.setattr(sign_update, "ROOT", tmp_path)
    monkeypatch.delenv(sign_update.KEY_VARIABLE, raising=False)
    return path


@pytest.fixture
def release(tmp_path: Path) -> list[str]:
    """The arguments of a release with all installers."""
    for name in INSTALLERS:
        (tmp_path / name).write_text(name)
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "en.md").write_text("Faster.\n")
    (tmp_path / "notes" / "it.md").write_text("Più veloce.\n")
    return [
        "sign", *(str(tmp_path / name) for name in INSTALLERS), "--address", "https://example.org/v0.2.0/",
        "--notes", str(tmp_path / "notes"), "-o", str(tmp_path / "phial-update.json"),
    ]  # fmt: skip


def make_key(capsys: pytest.CaptureFixture[str]) -> str:
    assert sign_update.main(["make-key"]) == 0
    return capsys.readouterr().out.strip()


def test_what_is_signed_is_believed_by_the_program(
    origin: Path,
    release: list[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(sign_update.KEY_VARIABLE, make_key(capsys))
    assert sign_update.main(release) == 0
    said = json.loads(origin.read_text())
    trusted = Origin(said["address"], tuple(map(base64.b64decode, said["keys"])))
    manifest = read_manifest((tmp_path / "phial-update.json").read_bytes(), trusted)
    assert manifest.version == client_version()
    assert manifest.notes == {"en": "Faster.", "it": "Più veloce."}
    assert manifest.installers == tuple(
        Installer(system, kind, name, f"https://example.org/v0.2.0/{name}", len(name),
                  hashlib.sha256(name.encode()).hexdigest())
        for name, (system, kind) in INSTALLERS.items()
    )  # fmt: skip


def test_without_a_key_nothing_is_signed_and_that_is_said(
    origin: Path, release: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert sign_update.main(release) == 0
    assert "nothing was signed" in capsys.readouterr().out
    assert not (tmp_path / "phial-update.json").exists()


def test_what_no_program_would_believe_is_an_error(
    origin: Path,
    release: list[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    private = make_key(capsys)
    origin.write_text('{"address": "https://example.org/phial-update.json", "keys": []}')
    for key in (private, "no key", base64.b64encode(b"short").decode()):
        monkeypatch.setenv(sign_update.KEY_VARIABLE, key)
        assert sign_update.main(release) == 1
    assert not (tmp_path / "phial-update.json").exists()


def test_an_installer_or_notes_that_can_be_none_are_an_error(
    origin: Path,
    release: list[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(sign_update.KEY_VARIABLE, make_key(capsys))
    (tmp_path / "phial.sh").write_text("x")
    assert sign_update.main([release[0], str(tmp_path / "phial.sh"), *release[1:]]) == 1
    assert "phial.sh: no name of an installer" in capsys.readouterr().err
    (tmp_path / "notes" / "en.md").unlink()
    assert sign_update.main(release) == 1
    assert sign_update.main([*release[:-5], "http://example.org", *release[-4:]]) == 1


def test_a_second_key_stands_beside_the_first(origin: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert make_key(capsys) != make_key(capsys)
    assert len(set(json.loads(origin.read_text())["keys"])) == 2
