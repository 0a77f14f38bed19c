"""Each program's folders, on each system, by value."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from engine.discover import Found, Places, gpt4all, hugging_face, jan, lm_studio, ollama
from tests.engine.discover.making_programs import hugging_face_model, model, note, ollama_model

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links, and paths of the other systems")

Program = Callable[[Places], Iterator[Found]]


def found_by(program: Program, home: Path, platform: str = "linux", **environment: str) -> Mapping[str, str]:
    """Path below the home, and label, of what a program has."""
    return {
        str(each.path.relative_to(home)): each.label for each in program(Places(home, environment, platform))
    }  # fmt: skip


class TestLmStudio:
    @pytest.mark.parametrize("folder", [".lmstudio", ".cache/lm-studio"])
    def test_its_own_folders(self, folder, tmp_path):
        model(tmp_path / folder / "models/microsoft/Phi/phi.Q4.gguf")
        note(tmp_path / folder / "models/microsoft/Phi/README.md", "no model")
        assert found_by(lm_studio.found, tmp_path) == {f"{folder}/models/microsoft/Phi/phi.Q4.gguf": ""}

    def test_the_folder_of_its_settings(self, tmp_path):
        model(tmp_path / "Big Disk/someone/m.gguf")
        note(tmp_path / ".lmstudio/settings.json", json.dumps({"downloadsFolder": str(tmp_path / "Big Disk")}))
        assert found_by(lm_studio.found, tmp_path) == {"Big Disk/someone/m.gguf": ""}

    def test_a_home_elsewhere(self, tmp_path):
        model(tmp_path / "elsewhere/models/m.gguf")
        note(tmp_path / ".lmstudio-home-pointer", str(tmp_path / "elsewhere") + "\n")
        assert found_by(lm_studio.found, tmp_path) == {"elsewhere/models/m.gguf": ""}

    @pytest.mark.parametrize("settings", [
        "", "{", "[]", '{"downloadsFolder": 7}', '{"downloadsFolder": "models"}', '{"downloadsFolder": "/\\u0000"}',
        "[" * 100_000, '{"downloadsFolder": ""}',
    ])  # fmt: skip
    def test_settings_that_are_none(self, settings, tmp_path):
        model(tmp_path / ".lmstudio/models/m.gguf")
        note(tmp_path / ".lmstudio/settings.json", settings)
        assert list(found_by(lm_studio.found, tmp_path)) == [".lmstudio/models/m.gguf"]


class TestOllama:
    def test_manifests_lead_to_blobs(self, tmp_path):
        folder = tmp_path / ".ollama/models"
        phi = ollama_model(folder, "registry.ollama.ai", "library", "phi3", "mini")
        tuned = ollama_model(folder, "registry.ollama.ai", "ada", "phi3", "tuned", seed=1)
        other = ollama_model(folder, "hf.co", "bartowski", "Phi-3.5", "Q4_K_M", seed=2)
        names = {phi: "phi3:mini", tuned: "ada/phi3:tuned", other: "hf.co/bartowski/Phi-3.5:Q4_K_M"}
        assert found_by(ollama.found, tmp_path) == {
            str(blob.relative_to(tmp_path)): label for blob, label in names.items()
        }

    @pytest.mark.parametrize("named", ["", "~/"])
    def test_the_folder_that_its_variable_names(self, named, tmp_path):
        blob = ollama_model(tmp_path / "store", "registry.ollama.ai", "library", "phi3", "mini")
        variable = f"{named}store" if named else str(tmp_path / "store")
        assert list(found_by(ollama.found, tmp_path, OLLAMA_MODELS=variable)) == [str(blob.relative_to(tmp_path))]

    @pytest.mark.parametrize("layers", [
        None, 7, [], [7], [{}], [{"mediaType": "application/vnd.ollama.image.model"}],
        [{"mediaType": "application/vnd.ollama.image.model", "digest": "sha256:../../../../etc/passwd"}],
        [{"mediaType": "application/vnd.ollama.image.model", "digest": "sha256:" + "A" * 64}],
        [{"mediaType": "application/vnd.ollama.image.template", "digest": "sha256:" + "a" * 64}],
    ])  # fmt: skip
    def test_a_manifest_that_leads_nowhere(self, layers, tmp_path):
        note(tmp_path / ".ollama/models/manifests/r/n/m/t", json.dumps({"layers": layers}))
        assert found_by(ollama.found, tmp_path) == {}


class TestGpt4All:
    @pytest.mark.parametrize(("platform", "folder"), [
        ("linux", ".local/share/nomic.ai/GPT4All"), ("darwin", "Library/Application Support/nomic.ai/GPT4All"),
        ("win32", "AppData/Local/nomic.ai/GPT4All"), ("linux", ".cache/gpt4all"),
    ])  # fmt: skip
    def test_its_own_folders(self, platform, folder, tmp_path):
        model(tmp_path / folder / "Phi-3-mini.gguf")
        model(tmp_path / folder / "incomplete-Phi-4.gguf")
        assert found_by(gpt4all.found, tmp_path, platform) == {f"{folder}/Phi-3-mini.gguf": ""}

    @pytest.mark.parametrize(("platform", "settings"), [
        ("linux", ".config/nomic.ai"), ("darwin", ".config/gpt4all.io"), ("win32", "AppData/Roaming/nomic.ai"),
    ])  # fmt: skip
    def test_the_folder_of_its_settings(self, platform, settings, tmp_path):
        model(tmp_path / "Modelle/m.gguf")
        note(tmp_path / settings / "GPT4All.ini", f"[General]\nlastVersion=3.9\nmodelPath={tmp_path / 'Modelle'}\n")
        assert found_by(gpt4all.found, tmp_path, platform) == {"Modelle/m.gguf": ""}

    @pytest.mark.parametrize("text", ["", "modelPath=/x", "[General\n", "\0", "[General]\nmodelPath=%(x)s"])
    def test_settings_that_are_none(self, text, tmp_path):
        note(tmp_path / ".config/nomic.ai/GPT4All.ini", text)
        assert found_by(gpt4all.found, tmp_path) == {}


class TestJan:
    @pytest.mark.parametrize(("platform", "data"), [
        ("linux", ".config/Jan/data"), ("linux", ".local/share/Jan/data"), ("linux", "jan"),
        ("darwin", "Library/Application Support/Jan/data"), ("win32", "AppData/Roaming/Jan/data"),
    ])  # fmt: skip
    def test_its_own_folders(self, platform, data, tmp_path):
        model(tmp_path / data / "llamacpp/models/Phi-4-mini/model.gguf")
        model(tmp_path / data / "models/old/phi-2.gguf")
        assert found_by(jan.found, tmp_path, platform) == {
            f"{data}/llamacpp/models/Phi-4-mini/model.gguf": "Phi-4-mini",
            f"{data}/models/old/phi-2.gguf": "",
        }

    def test_a_model_that_was_imported_from_elsewhere(self, tmp_path):
        path = model(tmp_path / "Downloads/phi.gguf")
        text = f"embedding: false\nmodel_path: '{path}'\nname: My Phi\nsize_bytes: 1\n"
        note(tmp_path / "jan/llamacpp/models/My Phi/model.yml", text)
        assert found_by(jan.found, tmp_path) == {"Downloads/phi.gguf": "My Phi"}

    def test_a_data_folder_elsewhere(self, tmp_path):
        model(tmp_path / "D/llamacpp/models/a/model.gguf")
        note(tmp_path / ".config/Jan/settings.json", json.dumps({"data_folder": str(tmp_path / "D")}))
        note(tmp_path / "D/llamacpp/models/a/model.yml", "model_path: llamacpp/models/a/model.gguf\nname: a\n")
        assert found_by(jan.found, tmp_path) == {"D/llamacpp/models/a/model.gguf": "a"}

    @pytest.mark.parametrize("path", ["/etc/passwd", "", "a\0b.gguf", "model_path: x"])
    def test_a_note_that_names_no_model(self, path, tmp_path):
        note(tmp_path / "jan/models/a/model.yml", f"model_path: {path}\n")
        assert found_by(jan.found, tmp_path) == {}


class TestHuggingFace:
    @pytest.mark.parametrize(("variable", "folder"), [
        ("HF_HOME", "hub"), ("HUGGINGFACE_HUB_CACHE", ""), ("HF_HUB_CACHE", ""), ("XDG_CACHE_HOME", "huggingface/hub"),
    ])  # fmt: skip
    def test_where_its_variables_say(self, variable, folder, tmp_path):
        link = hugging_face_model(tmp_path / "cache" / folder, "bartowski/Phi", "phi.gguf")
        found = found_by(hugging_face.found, tmp_path, **{variable: str(tmp_path / "cache")})
        assert list(found) == [str(link.relative_to(tmp_path))]

    def test_its_own_folder_and_what_else_lies_there(self, tmp_path):
        hub = tmp_path / ".cache/huggingface/hub"
        link = hugging_face_model(hub, "bartowski/Phi", "a/phi.gguf")
        model(hub / "datasets--x/snapshots/0/m.gguf")
        note(hub / "version.txt", "1")
        assert list(found_by(hugging_face.found, tmp_path)) == [str(link.relative_to(tmp_path))]
