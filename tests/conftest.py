"""What holds for all tests."""

from __future__ import annotations

import os

from hypothesis import settings

# pytest-xdist gives its processes one, which would be the width of every terminal that is tested.
os.environ.pop("COLUMNS", None)

# No test asserts a clock: on a busy machine an example takes as long as it takes.
settings.register_profile("phial", deadline=None)
settings.load_profile("phial")
