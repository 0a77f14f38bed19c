"""GPT4All: GGUF files side by side in one folder, the platform's own or the one that its settings name.

Where: its wiki, "Where are the default directories for models and settings?"; the folder of its Python package is
``.cache/gpt4all``.
"""

from __future__ import annotations

import configparser
from collections.abc import Iterator
from pathlib import Path

from engine.discover.places import Found, Places, files_below, folder_named, note_at

SOURCE = "GPT4All"


def found(places: Places) -> Iterator[Found]:
    """Its models."""
    folders = (*_chosen(places), places.local / "nomic.ai" / "GPT4All", places.home / ".cache" / "gpt4all")
    for folder in folders:
        for path in files_below(folder, ".gguf"):
            if not path.name.startswith("incomplete-"):
                yield Found(path, SOURCE)


def _chosen(places: Places) -> tuple[Path, ...]:
    """The folder that its settings (an ini file of Qt's) name."""
    settings = (
        places.home / ".config" / "gpt4all.io" if places.platform == "darwin" else places.roaming / "nomic.ai"
    ) / "GPT4All.ini"
    parser = configparser.RawConfigParser(strict=False)
    try:
        parser.read_string(note_at(settings))
    except configparser.Error:
        return ()
    return folder_named(parser.get("General", "modelPath", fallback=""))
