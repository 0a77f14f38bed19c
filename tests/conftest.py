"""What holds for all tests."""

from __future__ import annotations

import os
import sys

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
