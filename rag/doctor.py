"""The doctor: what Phial stands on here, each finding with whether it is well."""

from __future__ import annotations

import contextlib
import importlib.metadata
import platform
import shutil
from collections.abc import Iterator

from engine.hardware import memory
from engine.kernel_choice import this_machine
from rag.errors import describe, size_words, text
from rag.kernel_checks import kernel_checks
from rag.library import Library
from rag.machine_checks import machine_checks
from rag.protocol import Check

ENOUGH_DISK = 2 * 10**9
"""Bytes free on the data folder's disk below which the doctor says so."""

PARTS = ("llama-cpp-python", "chromadb", "onnxruntime", "pypdfium2", "PySide6-Essentials")

SPARED = ("sentence-transformers", "torch")
"""What runs an embedder that has no export: a program that is installed brings the export, and goes without."""


def examine(library: Library, language: str) -> Iterator[Check]:
    """Look at everything once; sentences in ``language``."""
    status = library.status()
    yield Check("phial", status.version, is_well=True)
    yield Check("system", f"{platform.system()} {platform.release()} {platform.machine()}", is_well=True)
    yield Check("python", platform.python_version(), is_well=True)
    for part in PARTS:
        try:
            yield Check(part, importlib.metadata.version(part), is_well=True)
        except importlib.metadata.PackageNotFoundError:
            yield Check(part, "?", is_well=False)
    for part in SPARED:
        with contextlib.suppress(importlib.metadata.PackageNotFoundError):
            yield Check(part, importlib.metadata.version(part), is_well=True)
    yield from machine_checks(library, language)
    yield from kernel_checks(this_machine(), language)
    here = memory()
    yield Check(
        "memory",
        f"{size_words(here.available, language)} / {size_words(here.total, language)}",
        is_well=here.available > 10**9,
    )
    free = shutil.disk_usage(status.home).free
    yield Check("disk", size_words(free, language), is_well=free > ENOUGH_DISK)
    yield Check("home", status.home, is_well=True)
    yield Check("kv cache", library.kept_states(language), is_well=True)
    yield Check("embedder", status.embedder or "?", is_well=bool(status.embedder))
    for model in library.models.listed():
        if model.problem is not None:
            yield Check(f"model {model.name}", str(describe(model.problem, language)), is_well=False)
        else:
            fits = text(f"fit_{model.fit}", language)
            value = f"{model.architecture} {model.quantization}, {size_words(model.memory_needed, language)}, {fits}"
            yield Check(f"model {model.name}", value, is_well=model.fit != "does_not_fit")
    yield Check("model", status.model or "?", is_well=bool(status.model))
    yield Check(
        "vector index", f"{status.passages_embedded} / {status.passages}", is_well=library.is_vector_index_sound()
    )
    yield Check("connections", str(len(status.connections)), is_well=True)
    for notice in status.notices:
        yield Check("notice", str(describe(notice, language)), is_well=False)
