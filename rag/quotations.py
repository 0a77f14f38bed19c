"""What a question quotes: the words between a pair of quotation marks, as any of our languages writes them. Pure."""

from __future__ import annotations

import re

_QUOTED = re.compile(r"\"([^\"]+)\"|“([^“”]+)”|„([^„“”]+)[“”]|«([^«»]+)»|»([^«»]+)«|‘([^‘’]{3,})’")
"""Single marks are apostrophes too: what stands between them is quoted from three characters on."""


def quotations(text: str) -> list[str]:
    """What ``text`` quotes, in order."""
    return [next(filter(None, found.groups())) for found in _QUOTED.finditer(text)]


def without_quotations(text: str) -> str:
    """``text`` with spaces in the place of what it quotes, so that everything else stands where it stood."""
    return _QUOTED.sub(lambda found: " " * len(found[0]), text)
