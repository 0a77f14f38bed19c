"""What a window lets go goes back to the system."""

from __future__ import annotations

import subprocess
import sys

import pytest

SCRIPT = """
import psutil
from desktop.memory import give_large_pieces_back

assert give_large_pieces_back()
process = psutil.Process()
largest = b"x" * 2**24
del largest  # the largest so far: without a limit that stays, the next would come from a heap
held = []
for _ in range(40):
    held += [b"x" * 2**20, b"y" * 100_000]
full = process.memory_info().rss
del held[::2]
print((full - process.memory_info().rss) >> 20)
"""


SMALL = """
import psutil
from desktop.memory import give_small_pieces_back

process = psutil.Process()
held = [bytes(1000) + bytes([number % 256]) for number in range(60_000)]
kept = held[-1:] + held[:1]
full = process.memory_info().rss
del held
give_small_pieces_back()
print((full - process.memory_info().rss) >> 20)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="it is glibc that keeps them")
def test_small_pieces_are_given_back_when_they_are_asked_for() -> None:
    ran = subprocess.run([sys.executable, "-c", SMALL], capture_output=True, text=True, check=False)
    assert int(ran.stdout or 0) >= 35, ran.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="the limit is glibc's")
def test_large_pieces_are_given_back_though_small_ones_stay_between_them() -> None:
    ran = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=False)
    assert int(ran.stdout or 0) >= 35, ran.stderr
