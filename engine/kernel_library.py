"""Puts the chosen kernel in the place of the installed one. Imported first by a process that uses llama.cpp.

A system's loader takes a library that is already loaded for one that another asks for by the same name (the SONAME of
ELF, a DLL's base name). So the chosen ggml-cpu is loaded, behind the installed ggml-base that it needs, before
llama.cpp's own libraries are. That happens when this module is imported, as ``import llama_cpp`` loads those.
"""

from __future__ import annotations

import ctypes
import os
from pathlib import Path

from engine.kernels import LIBRARY_VARIABLE, installed_libraries, library_file


def load_kernel(library: Path) -> None:
    """Load the ggml-cpu at ``library``. Raises OSError where that can't be loaded."""
    ctypes.CDLL(str(library_file(installed_libraries(), "ggml-base")))
    ctypes.CDLL(str(library))


if os.environ.get(LIBRARY_VARIABLE):
    load_kernel(Path(os.environ[LIBRARY_VARIABLE]))
