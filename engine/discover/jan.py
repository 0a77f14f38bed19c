"""Jan: a folder for each model below its data folder, with a ``model.yml`` that names a file, which may lie elsewhere.

Where: https://jan.ai/docs/data-folder, and its settings.json (``data_folder``); ``~/jan`` is the folder of versions
before 0.5.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from engine.discover.places import Found, Places, files_below, folder_named, note_at, values_at

SOURCE = "Jan"

_LINE = re.compile(r"^(name|model_path):[ \t]*(.*?)[ \t]*$", re.MULTILINE)


def found(places: Places) -> Iterator[Found]:
    """Its models."""
    for data in _data_folders(places):
        for folder in (data / "llamacpp" / "models", data / "models"):
            for path in files_below(folder, ".gguf", "model.yml"):
                if path.name.lower() != "model.yml":
                    # All of them are called model.gguf; the folder says which it is.
                    yield Found(path, SOURCE, path.parent.name if path.stem.lower() == "model" else "")
                else:
                    yield from _imported(data, path)


def _data_folders(places: Places) -> Iterator[Path]:
    for settings in (places.roaming / "Jan" / "settings.json", places.local / "Jan" / "settings.json"):
        yield from folder_named(values_at(settings).get("data_folder"))
    yield from (places.roaming / "Jan" / "data", places.local / "Jan" / "data", places.home / "jan")


def _imported(data: Path, note: Path) -> Iterator[Found]:
    """The model that a ``model.yml`` names: two lines of it are asked for, which no YAML is needed to read."""
    values = {key: value.strip("'\"") for key, value in _LINE.findall(note_at(note))}
    path = values.get("model_path", "")
    if path.lower().endswith(".gguf") and "\0" not in path:
        yield Found(data / path, SOURCE, values.get("name", ""))
