"""What holds for all tests."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import settings

# pytest-xdist gives its processes one, which would be the width of every terminal that is tested.
os.environ.pop("COLUMNS", None)

# A container often has Python keep no bytecode: every process that a test starts, some hundreds, would compile all of
# Phial's own files anew, and each run all tests.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# Whatever kernels a developer has built: each new library would have them prove themselves anew.
os.environ["PHIAL_KERNEL"] = "installed"

# What a developer's other programs keep is no part of a test.
os.environ["PHIAL_OTHER_PROGRAMS"] = "0"

# No test asserts a clock: on a busy machine an example takes as long as it takes. The same examples each time, so that
# a change is not judged by luck, and no more than the suite has time for; --hypothesis-profile=search looks for others.
settings.register_profile("phial", deadline=None, derandomize=True, max_examples=40)
settings.register_profile("search", deadline=None, max_examples=200)
settings.load_profile("phial")

WINDOWS = Path(__file__).with_name("desktop")
"""Each of its tests has a collector of garbage of its own (desktop.garbage), which freezes and thaws by itself."""


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """All tests are there to stay: Python's collector need not go through them while they are made, nor ever after.

    They are half a million objects; where a test makes many of its own it would, again and again.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.fixture(scope="module", autouse=True)
def _all_tests_stay_frozen(request: pytest.FixtureRequest) -> None:
    """Also after a test of windows, which thaws all there is."""
    if gc.get_freeze_count() == 0 and WINDOWS not in request.path.parents:
        gc.collect()
        gc.freeze()
