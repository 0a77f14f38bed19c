"""The kernels of llama.cpp that can be used here: what computes its matrix products, on a kind of processor or a GPU.

Only one of llama.cpp's libraries (ggml-cpu) depends on the processor. The one that is installed is compiled for a
baseline; ``packaging/build_kernels.py`` compiles others, listed in a manifest, and one of them is put in its place when
a process starts (engine.kernel_library). Which one: engine.kernel_choice. Decision 0148.
"""

from __future__ import annotations

import dataclasses
import hashlib
import importlib.util
import sys
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import ClassVar

from engine.frames import Codec, FrameError, Message

MANIFEST = "manifest.json"

INSTALLED = "installed"
"""The kernel of the llama.cpp that is installed, which there always is."""

GPU = "gpu"
"""The GPU that the installed llama.cpp was built for (Metal on macOS), with all layers of a model."""

LIBRARY_VARIABLE = "PHIAL_KERNEL_LIBRARY"
"""Tells a process of ours which ggml-cpu to load in the place of the installed one."""

DEVICE_VARIABLE = "PHIAL_DEVICE"
"""``processor`` keeps a process of ours from using a GPU; else it uses the one there is."""

_GPU_LIBRARIES = {"metal": "Metal", "cuda": "CUDA", "hip": "HIP", "vulkan": "Vulkan", "sycl": "SYCL"}


@dataclasses.dataclass(frozen=True)
class BuiltKernel:
    """A ggml-cpu that was built: what it ``requires`` of a processor (instructions, by Linux' names).

    ``library`` is its path below the manifest, ``options`` are those of ggml's build that were switched on;
    ``is_modest``: it requires less than the installed one.
    """

    name: str
    requires: tuple[str, ...]
    is_modest: bool
    options: tuple[str, ...]
    library: str
    sha256: str

    def __post_init__(self) -> None:
        place = PurePosixPath(self.library)
        if place.is_absolute() or ".." in place.parts or self.name in {INSTALLED, GPU, ""}:
            raise ValueError(f"kernel {self.name}")


@dataclasses.dataclass(frozen=True)
class Manifest(Message):
    """The kernels in a folder, the most capable first.

    ``binding`` is the version of llama-cpp-python whose sources they were built from, ``ggml`` the version and commit
    that they say they are.
    """

    type: ClassVar[str] = "kernels"
    binding: str
    ggml: str
    kernels: tuple[BuiltKernel, ...]


MANIFEST_CODEC = Codec(1, [Manifest])


@dataclasses.dataclass(frozen=True)
class Kernel:
    """A kernel that may be used here; one that is modest only where no other can be.

    ``library`` is None where it is the installed one, ``ggml`` the version that it is part of ("" for the installed).
    """

    name: str
    requires: tuple[str, ...] = ()
    is_modest: bool = False
    library: Path | None = None
    sha256: str = ""
    ggml: str = ""

    @property
    def environment(self) -> Mapping[str, str]:
        """What tells a process of ours to use it."""
        if self.name == GPU:
            return {LIBRARY_VARIABLE: "", DEVICE_VARIABLE: ""}
        return {LIBRARY_VARIABLE: str(self.library or ""), DEVICE_VARIABLE: "processor"}

    @property
    def is_there(self) -> bool:
        """Whether its file can be loaded at all: an update may have taken it away since it was proven."""
        return self.library is None or self.library.is_file()

    @property
    def is_whole(self) -> bool:
        """Whether its file is the one that was built."""
        return self.library is None or _mark(self.library) == self.sha256


def kernels_in(folder: Path, installed: Path) -> tuple[Kernel, ...]:
    """The kernels that may be used: a GPU's, the installed one in ``installed``, and those built into ``folder``.

    The most capable come first. A manifest that can't be read is as good as none.
    """
    try:
        manifest = MANIFEST_CODEC.decode((folder / MANIFEST).read_bytes())
    except (OSError, FrameError):
        manifest = None
    built = manifest.kernels if isinstance(manifest, Manifest) else ()
    ggml = manifest.ggml if isinstance(manifest, Manifest) else ""
    kernels = [
        Kernel(each.name, each.requires, each.is_modest, folder / each.library, each.sha256, ggml) for each in built
    ]
    mark = _mark(library_file(installed, "ggml-cpu"))
    return (
        *((Kernel(GPU, sha256=mark),) if gpu_in(installed) else ()),
        *(kernel for kernel in kernels if not kernel.is_modest),
        Kernel(INSTALLED, sha256=mark),
        *(kernel for kernel in kernels if kernel.is_modest),
    )


def gpu_in(installed: Path) -> str:
    """The kind of GPU that the llama.cpp in ``installed`` was built for (“Metal”); "" where there is none."""
    return next((name for file, name in _GPU_LIBRARIES.items() if any(installed.glob(f"*ggml-{file}.*"))), "")


def installed_libraries() -> Path:
    """The folder of the installed llama.cpp's libraries, found without importing it: that would load them."""
    package = importlib.util.find_spec("llama_cpp")
    folders = (package.submodule_search_locations if package else None) or ["llama_cpp"]
    return Path(next(iter(folders))) / "lib"


def library_file(folder: Path, name: str) -> Path:
    """Where ``folder`` holds the library that llama.cpp's build calls ``name`` (as ``ggml-cpu``)."""
    if sys.platform == "win32":  # pragma: no cover - Windows
        return folder / f"{name}.dll"
    return folder / f"lib{name}.{'dylib' if sys.platform == 'darwin' else 'so'}"


def _mark(file: Path) -> str:
    """The SHA-256 of ``file``, "" where it can't be read."""
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return ""
