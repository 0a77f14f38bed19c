"""Memory that is let go is given back to the system, so that a window that showed a long document gets small again."""

from __future__ import annotations

import contextlib
import ctypes
import sys

LARGE = 2**18
"""Bytes: pictures of pages and the messages that bring them are larger, nearly all else is smaller."""

_M_MMAP_THRESHOLD, _M_ARENA_MAX = -3, -8
"""Of glibc's malloc.h."""

_HEAPS = 2
"""One for the window's thread, one for all that decode and listen: each keeps what it once needed."""


def give_large_pieces_back() -> bool:
    """Have pieces above LARGE taken from the system each by itself, to be given back at once; whether that is so now.

    glibc would raise that limit to the largest piece it has seen: pictures would come from heaps, one a thread, which
    keep what lies between two things that stay. Other systems' allocators do without.
    """
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):  # another C library
            library = ctypes.CDLL(None)
            return all(
                library.mallopt(limit, value) for limit, value in ((_M_MMAP_THRESHOLD, LARGE), (_M_ARENA_MAX, _HEAPS))
            )
    return False


def give_small_pieces_back() -> None:
    """Give back what is free between pieces that stay; a few milliseconds, so where much has just been let go."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).malloc_trim(0)
