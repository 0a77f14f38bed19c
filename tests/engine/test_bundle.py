"""Models on a stick: written with their hashes, found by them, copied no less carefully than downloaded."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from engine.bundle import MANIFEST, README, SUMS, bundled, check_bundle, sources_in, write_bundle
from engine.download import Step, fetch
from engine.download_part import part_path
from engine.download_source import FileSource, Halt, Halted
from engine.downloadable import Downloadable, DownloadKind
from engine.errors import EngineProblem, PhialError

BODIES = {"phi-a": os.urandom(300_000), "phi-b": os.urandom(200_000)}


def wanted(identity: str, *, knows_bytes: bool = True) -> Downloadable:
    body = BODIES[identity]
    digest = hashlib.sha256(body).hexdigest()
    size = len(body) if knows_bytes else None
    return Downloadable(identity, identity.title(), "o/r", f"{identity}.gguf", size, digest, DownloadKind.MODEL)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A folder into which both models were bundled."""
    folder = tmp_path / "stick"
    folder.mkdir()
    for identity, body in BODIES.items():
        (folder / f"{identity}.gguf").write_bytes(body)
    write_bundle(folder, [wanted("phi-b"), wanted("phi-a")], "Read me – lisez-moi\n")
    return folder


def get(identity: str, source: Path, folder: Path, *, knows_bytes: bool = True) -> bytes:
    model = wanted(identity, knows_bytes=knows_bytes)
    return fetch(model, folder, sources_in(source, model), Halt()).read_bytes()


def test_a_bundle_says_what_it_holds(stick: Path) -> None:
    assert sorted(path.name for path in stick.iterdir()) == sorted([MANIFEST, README, SUMS, "phi-a.gguf", "phi-b.gguf"])
    assert (stick / README).read_text(encoding="utf-8") == "Read me – lisez-moi\n"
    assert [(model.id, model.bytes, model.sha256) for model in bundled(stick)] == [
        (identity, len(body), hashlib.sha256(body).hexdigest()) for identity, body in BODIES.items()
    ]


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="coreutils' own check")
def test_its_hashes_are_checked_by_what_every_linux_has(stick: Path) -> None:
    def check() -> subprocess.CompletedProcess[str]:
        command = ["sha256sum", "--check", "--strict", SUMS]
        return subprocess.run(command, cwd=stick, capture_output=True, text=True, check=False)

    assert (check().returncode, check().stdout) == (0, "phi-a.gguf: OK\nphi-b.gguf: OK\n")
    (stick / "phi-a.gguf").write_bytes(b"damaged")
    assert check().returncode == 1


def test_one_more_model_joins_those_that_are_there(stick: Path) -> None:
    (stick / "phi-b.gguf").unlink()
    write_bundle(stick, [wanted("phi-a")], "")
    assert [model.id for model in bundled(stick)] == ["phi-a"], "what was taken away isn't there any more"
    (stick / "phi-b.gguf").write_bytes(BODIES["phi-b"])
    write_bundle(stick, [wanted("phi-b")], "")
    assert [model.id for model in bundled(stick)] == ["phi-a", "phi-b"]


def test_files_of_somebody_else_are_not_replaced(stick: Path, tmp_path: Path) -> None:
    assert check_bundle(stick) is None
    assert check_bundle(tmp_path / "new") is None
    (tmp_path / SUMS).write_text("somebody else's")
    assert check_bundle(tmp_path) == tmp_path / SUMS


@pytest.mark.parametrize("knows_bytes", [True, False])
@pytest.mark.parametrize("identity", BODIES)
def test_a_model_is_found_by_its_hash(stick: Path, tmp_path: Path, identity: str, knows_bytes: bool) -> None:
    assert get(identity, stick, tmp_path / "models", knows_bytes=knows_bytes) == BODIES[identity]


def test_its_name_is_only_a_hint(stick: Path, tmp_path: Path) -> None:
    (stick / MANIFEST).unlink()
    deep = stick / "some" / "where"
    deep.mkdir(parents=True)
    (stick / "phi-a.gguf").rename(deep / "renamed.GGUF")
    (stick / "phi-a.gguf").write_bytes(os.urandom(len(BODIES["phi-a"])))
    assert get("phi-a", stick, tmp_path / "models") == BODIES["phi-a"]
    assert get("phi-a", deep / "renamed.GGUF", tmp_path / "others", knows_bytes=False) == BODIES["phi-a"]
    assert sorted(each.name for each in (tmp_path / "models").iterdir()) == ["phi-a.gguf"]


def test_the_manifest_knows_a_file_of_any_name(stick: Path, tmp_path: Path) -> None:
    (stick / "phi-a.gguf").rename(stick / "a.bin")
    manifest = (stick / MANIFEST).read_text(encoding="utf-8").replace("phi-a.gguf", "a.bin")
    (stick / MANIFEST).write_text(manifest, encoding="utf-8")
    assert get("phi-a", stick, tmp_path / "models") == BODIES["phi-a"]


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "a\\b", "C:x", "..", "", "a\nb", "a*"])
def test_a_name_in_a_manifest_leads_nowhere_else(stick: Path, name: str) -> None:
    manifest = json.loads((stick / MANIFEST).read_text(encoding="utf-8"))
    manifest["models"][0]["file"] = name
    (stick / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    assert [model.id for model in bundled(stick)] == ["phi-b"]


@pytest.mark.parametrize("manifest", [b"", b"{}", b"[" * 10**5, b'{"v":2,"type":"models_bundle","models":[]}', b"\xff"])
def test_a_manifest_that_is_none_is_no_hindrance(stick: Path, tmp_path: Path, manifest: bytes) -> None:
    (stick / MANIFEST).write_bytes(manifest)
    assert bundled(stick) == ()
    assert get("phi-a", stick, tmp_path / "models") == BODIES["phi-a"]


@pytest.mark.parametrize("knows_bytes", [True, False])
def test_where_it_is_not_a_sentence_says_so(tmp_path: Path, stick: Path, knows_bytes: bool) -> None:
    damaged = bytearray(BODIES["phi-a"])
    damaged[1000] ^= 1
    (stick / "phi-a.gguf").write_bytes(damaged)
    empty = tmp_path / "empty"
    empty.mkdir()
    for place in (stick, stick / "phi-a.gguf", stick / "phi-b.gguf", stick / SUMS, empty):
        with pytest.raises(PhialError) as caught:
            get("phi-a", place, tmp_path / "models", knows_bytes=knows_bytes)
        assert caught.value.kind is EngineProblem.MODEL_NOT_THERE
        assert caught.value.parameters == {"model": "Phi-A", "path": str(place)}
    assert not list((tmp_path / "models").glob("*.gguf"))


@pytest.mark.parametrize("error", [FileNotFoundError, PermissionError])
def test_a_stick_that_is_not_there_is_not_said_to_hold_something_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: type[OSError]
) -> None:
    def refused(path: Path, **_: object) -> os.stat_result:
        raise error(str(path))

    monkeypatch.setattr(Path, "stat", refused)
    with pytest.raises(PhialError) as caught:
        sources_in(tmp_path / "nowhere", wanted("phi-a"))
    assert caught.value.kind is EngineProblem.DOWNLOAD_SOURCE_UNREADABLE
    assert caught.value.parameters == {"path": str(tmp_path / "nowhere")}


def test_a_copy_that_was_stopped_goes_on(stick: Path, tmp_path: Path) -> None:
    model, folder, halt = wanted("phi-a"), tmp_path / "models", Halt()

    def stop(step: Step) -> None:
        if step.arrived:
            halt.ask()

    with pytest.raises(Halted):
        fetch(model, folder, sources_in(stick, model), halt, stop)
    assert part_path(folder / model.file).exists()
    steps: list[Step] = []
    assert fetch(model, folder, sources_in(stick, model), Halt(), steps.append).read_bytes() == BODIES["phi-a"]
    assert steps[0].arrived > 0


def test_a_stick_that_is_pulled_out(stick: Path, tmp_path: Path) -> None:
    model = wanted("phi-a")
    sources = [FileSource(tmp_path / "gone" / "phi-a.gguf", model.name)]
    with pytest.raises(PhialError) as caught:
        fetch(model, tmp_path / "models", sources, Halt())
    assert caught.value.kind is EngineProblem.DOWNLOAD_SOURCE_UNREADABLE
