"""The Hugging Face cache: ``models--*/snapshots/*/`` with links to blobs.

Where: https://huggingface.co/docs/huggingface_hub/guides/manage-cache. Its library could list the cache, but takes
longer to import than this takes to look, and makes objects of every file of every model (decision 0142).
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from engine.discover.places import Found, Places, files_below, is_away

SOURCE = "Hugging Face"


def found(places: Places) -> Iterator[Found]:
    """Its models."""
    cache = next(iter(places.of("XDG_CACHE_HOME")), places.home / ".cache")
    hubs = (
        *places.of("HF_HUB_CACHE"),
        *places.of("HUGGINGFACE_HUB_CACHE"),
        *(home / "hub" for home in places.of("HF_HOME")),
        cache / "huggingface" / "hub",
    )
    for hub in hubs:
        if not hub.is_absolute() or is_away(hub):
            continue
        try:
            models = sorted(entry.name for entry in os.scandir(hub) if entry.name.startswith("models--"))
        except OSError:
            continue
        for model in models:
            for path in files_below(hub / model / "snapshots", ".gguf"):
                yield Found(path, SOURCE)
