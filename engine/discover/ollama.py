"""Ollama: manifests in JSON (registry, namespace, model, tag), and blobs that are called after their SHA-256.

The blob of the layer with the media type ``application/vnd.ollama.image.model`` is a GGUF. Its name is a claim, no
proof: whoever can write there can write anything under any name. The other layers (its template among them) are not
read: the header holds the template that the model was trained with. https://pkg.go.dev/github.com/ollama/ollama
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from engine.discover.places import Found, Places, files_below, values_at

SOURCE = "Ollama"

_MODEL = "application/vnd.ollama.image.model"
_OWN_REGISTRY = ("registry.ollama.ai", "library")
_SYSTEM_FOLDERS = (Path("/usr/share/ollama/.ollama/models"), Path("/var/lib/ollama/.ollama/models"))


def found(places: Places) -> Iterator[Found]:
    """Its models."""
    system = _SYSTEM_FOLDERS if places.platform not in {"win32", "darwin"} else ()
    for folder in (*places.of("OLLAMA_MODELS"), places.home / ".ollama" / "models", *system):
        manifests = folder / "manifests"
        for manifest in files_below(manifests, ""):
            layers = values_at(manifest).get("layers")
            for layer in layers if isinstance(layers, list) else ():
                blob = _blob(folder, layer)
                if blob is not None:
                    yield Found(blob, SOURCE, _label(manifest.relative_to(manifests)))


def _blob(folder: Path, layer: object) -> Path | None:
    """The file of a layer that is a model. Its digest becomes a path only where it is one."""
    if not isinstance(layer, dict) or layer.get("mediaType") != _MODEL:
        return None
    digest = re.fullmatch("sha256:([0-9a-f]{64})", str(layer.get("digest")))
    return folder / "blobs" / f"sha256-{digest[1]}" if digest else None


def _label(manifest: Path) -> str:
    """What Ollama calls the model of a manifest: ``phi3:mini``, ``someone/phi3:mini``."""
    *place, tag = manifest.parts
    while place and place[0] in _OWN_REGISTRY:
        place = place[1:]
    return f"{'/'.join(place)}:{tag}"
