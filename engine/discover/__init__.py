"""The language models that other programs keep on this machine, to be used where they lie (decision 0142)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from engine.discover import gpt4all, hugging_face, jan, lm_studio, ollama
from engine.discover.places import Found, Places, is_away, places_here
from engine.errors import PhialError
from engine.gguf_header import parts, read_header
from engine.writers import why_not_a_writer

__all__ = ["MOST_FOUND", "SWITCH", "Found", "Places", "discover", "places_here"]

SWITCH = "PHIAL_OTHER_PROGRAMS"
"""``0`` in the environment: other programs' folders are not looked into."""

MOST_FOUND = 256  # models

_PROGRAMS: tuple[Callable[[Places], Iterator[Found]], ...] = (
    lm_studio.found,
    ollama.found,
    gpt4all.found,
    jan.found,
    hugging_face.found,
)

# What lies beside language models and looks like one: what sees for it, what guesses ahead for it, what was noted while
# it was made smaller.
_BESIDE = re.compile(r"(^|[-_.])(mmproj|imatrix|draft|mtp)([-_.]|$)", re.IGNORECASE)


def discover(where: Places) -> tuple[Found, ...]:
    """Every whole language model in the programs' folders, each file once, in the order of programs and paths.

    What is damaged, or no language model, is left out: nobody named it. Nothing is written and nothing outside is
    followed but the files that the programs themselves name. Takes seconds where there are many.
    """
    if where.environment.get(SWITCH) == "0":
        return ()
    models: dict[tuple[int, int], Found] = {}
    for program in _PROGRAMS:
        for found in program(where):
            if len(models) >= MOST_FOUND:
                break
            identity = _identity(found)
            if identity is not None and identity not in models:
                models[identity] = found
    return tuple(models.values())


def _identity(found: Found) -> tuple[int, int] | None:
    """What tells the file of a model from any other, whatever its names are; None where it is none to be listed."""
    path = found.path
    if _BESIDE.search(path.name) or parts(path)[0] != path:
        return None
    try:
        if not path.is_absolute() or is_away(path):
            return None
        if why_not_a_writer(read_header(path), path) is not None:
            return None
        state = path.stat()
    except (OSError, PhialError, RuntimeError):
        return None
    return state.st_dev, state.st_ino
