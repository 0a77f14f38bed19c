"""LM Studio: GGUF files in folders of publisher and model, below a folder that its settings name.

Where: https://lmstudio.ai/docs/app/basics/import-model and its settings.json (``downloadsFolder``); the folder of
versions before 0.3 is ``.cache/lm-studio``.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.discover.places import Found, Places, files_below, folder_named, note_at, values_at

SOURCE = "LM Studio"


def found(places: Places) -> Iterator[Found]:
    """Its models."""
    homes = (
        *folder_named(note_at(places.home / ".lmstudio-home-pointer").strip()),
        places.home / ".lmstudio",
        places.home / ".cache" / "lm-studio",
    )
    for home in homes:
        for folder in (*folder_named(values_at(home / "settings.json").get("downloadsFolder")), home / "models"):
            for path in files_below(folder, ".gguf"):
                yield Found(path, SOURCE)
