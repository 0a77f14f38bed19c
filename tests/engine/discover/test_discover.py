from __future__ import annotations

import os
import sys
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from engine.discover import SWITCH, Places, discover, places_here
from engine.discover.places import MOST_ENTRIES, files_below, note_at
from tests.engine.discover.making_programs import hugging_face_model, model, note, ollama_model
from tests.engine.embedding_models import write_tiny_embedder

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links and pipes")


def found_in(home: Path, **environment: str) -> list[tuple[str, str]]:
    """Name and program of each model."""
    return [(each.path.name, each.source) for each in discover(Places(home, environment, "linux"))]


def test_every_program_at_once_each_file_once(tmp_path):
    first = model(tmp_path / ".lmstudio/models/a.gguf", 1)
    blob = ollama_model(tmp_path / ".ollama/models", "registry.ollama.ai", "library", "phi3", "mini", seed=2)
    model(tmp_path / ".cache/gpt4all/b.gguf", 3)
    model(tmp_path / "jan/models/c/c.gguf", 4)
    hugging_face_model(tmp_path / ".cache/huggingface/hub", "x/y", "d.gguf", 5)
    (tmp_path / ".cache/gpt4all/again.gguf").symlink_to(first)
    os.link(first, tmp_path / ".cache/gpt4all/hard.gguf")
    assert found_in(tmp_path) == [
        ("a.gguf", "LM Studio"), (blob.name, "Ollama"), ("b.gguf", "GPT4All"), ("c.gguf", "Jan"),
        ("d.gguf", "Hugging Face"),
    ]  # fmt: skip


def test_only_whole_language_models_are_listed(tmp_path):
    folder = tmp_path / ".lmstudio/models"
    whole = model(folder / "whole.gguf").read_bytes()
    for name in ("mmproj-phi.gguf", "phi-draft.gguf", "phi.imatrix.gguf"):
        model(folder / name)
    (folder / "cut.gguf").write_bytes(whole[:-1])
    note(folder / "note.gguf", "a note")
    write_tiny_embedder(folder / "embedder.gguf")
    os.mkfifo(folder / "pipe.gguf")
    (folder / "folder.gguf").mkdir()
    (folder / "nowhere.gguf").symlink_to(folder / "missing")
    (folder / "circle.gguf").symlink_to(folder / "circle.gguf")
    (folder / "device.gguf").symlink_to("/dev/zero")
    assert found_in(tmp_path) == [("whole.gguf", "LM Studio")]


def test_what_may_not_be_read_is_passed_over(tmp_path, monkeypatch):
    folder = tmp_path / ".lmstudio/models"
    model(folder / "locked.gguf")
    model(folder / "there.gguf", 1)
    model(folder / "closed/inside.gguf")
    open_file, scan = Path.open, os.scandir

    def may_read(path: object) -> None:
        if "locked" in str(path) or "closed" in str(path):
            raise PermissionError(13, "no rights")  # as root may read everything, no file mode would do

    def opened(path, *rest, **more):
        may_read(path)
        return open_file(path, *rest, **more)

    def scanned(path):
        may_read(path)
        return scan(path)

    monkeypatch.setattr(Path, "open", opened)
    monkeypatch.setattr(os, "scandir", scanned)
    assert found_in(tmp_path) == [("there.gguf", "LM Studio")]


def test_circles_depths_and_crowds(tmp_path, monkeypatch):
    folder = tmp_path / "models"
    model(folder / "a.gguf")
    (folder / "circle").symlink_to(folder, target_is_directory=True)
    model(folder.joinpath(*"1234567") / "deep.gguf")
    model(folder.joinpath(*"123456") / "just.gguf")
    assert [path.name for path in files_below(folder, ".gguf")] == ["a.gguf", "just.gguf"]
    assert MOST_ENTRIES >= 10_000
    monkeypatch.setattr("engine.discover.places.MOST_ENTRIES", 3)
    for number in range(9):
        note(tmp_path / "crowd" / f"{number}.gguf", "")
    assert len(list(files_below(tmp_path / "crowd", ".gguf"))) == 3


def test_a_folder_that_is_a_link_is_looked_through(tmp_path):
    model(tmp_path / "disk/m.gguf")
    (tmp_path / ".lmstudio").mkdir()
    (tmp_path / ".lmstudio/models").symlink_to(tmp_path / "disk", target_is_directory=True)
    assert found_in(tmp_path) == [("m.gguf", "LM Studio")]


def test_a_network_drive_is_not_walked(tmp_path, monkeypatch):
    model(tmp_path / ".lmstudio/models/m.gguf")
    here = model(tmp_path / ".cache/gpt4all/here.gguf", 1)
    model(tmp_path / "share/there.gguf", 2)
    (here.parent / "link.gguf").symlink_to(tmp_path / "share/there.gguf")
    (tmp_path / "jan").symlink_to(tmp_path / "share", target_is_directory=True)
    model(tmp_path / "share/models/by-a-link/m.gguf", 3)
    mounts = {"/": "ext4", str(tmp_path / ".lmstudio"): "nfs4", str(tmp_path / "share"): "cifs"}
    partitions = [SimpleNamespace(mountpoint=place, fstype=kind, opts="rw") for place, kind in mounts.items()]
    monkeypatch.setattr(psutil, "disk_partitions", lambda **_: partitions)
    assert found_in(tmp_path) == [("here.gguf", "GPT4All")]


def test_the_look_can_be_switched_off(tmp_path):
    model(tmp_path / ".lmstudio/models/m.gguf")
    assert found_in(tmp_path, **{SWITCH: "0"}) == []


def test_a_note_beyond_measure_is_none(tmp_path):
    assert note_at(note(tmp_path / "small", "words")) == "words"
    assert note_at(note(tmp_path / "large", "x" * (2**20 + 1))) == ""


def test_this_machine_has_places():
    here = places_here()
    assert here.home.is_absolute()
    assert here.platform == sys.platform
