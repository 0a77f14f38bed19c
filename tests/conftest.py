"""What holds for all tests."""

from __future__ import annotations

from hypothesis import settings

# No test asserts a clock: on a busy machine an example takes as long as it takes.
settings.register_profile("phial", deadline=None)
settings.load_profile("phial")
