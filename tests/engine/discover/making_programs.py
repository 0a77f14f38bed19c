"""Writes the folders that other programs keep their models in, each as that program lays them out."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from tests.engine.tiny_models import write_model


def model(path: Path, seed: int = 0) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return write_model(path, "phi3", seed=seed)


def note(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def ollama_model(folder: Path, registry: str, namespace: str, name: str, tag: str, seed: int = 0) -> Path:
    """A manifest and its blobs, in Ollama's ``folder`` of models; the blob of the weights is given back."""
    weights = model(folder / "blobs" / "coming", seed)
    sha256 = hashlib.sha256(weights.read_bytes()).hexdigest()
    blob = weights.rename(folder / "blobs" / f"sha256-{sha256}")
    template = folder / "blobs" / f"sha256-{'a' * 64}"
    template.write_text("{{ .Prompt }}")
    layers = [
        {"mediaType": "application/vnd.ollama.image.template", "digest": f"sha256:{'a' * 64}", "size": 13},
        {"mediaType": "application/vnd.ollama.image.model", "digest": f"sha256:{sha256}", "size": 1},
    ]
    note(folder / "manifests" / registry / namespace / name / tag, json.dumps({"schemaVersion": 2, "layers": layers}))
    return blob


def hugging_face_model(hub: Path, repository: str, name: str, seed: int = 0) -> Path:
    """A blob, and the link to it in a snapshot, which is given back."""
    folder = hub / f"models--{repository.replace('/', '--')}"
    blob = model(folder / "blobs" / f"{seed:064x}", seed)
    link = folder / "snapshots" / "0123abcd" / name
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(Path("../../blobs") / blob.name)
    return link
