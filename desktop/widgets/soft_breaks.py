"""Words that are longer than a line: addresses, paths, hashes. A label breaks between words alone."""

from __future__ import annotations

import re

LONGEST_WORD = 24
"""Characters that find room on a line of the narrowest pane."""

_BREAK = "\u200b"
_LONG_WORD = re.compile(rf"\S{{{LONGEST_WORD},}}")
_PIECE = re.compile(rf"[^/\\_.\-?&=]{{0,{LONGEST_WORD // 2}}}(?:[/\\_.\-?&=]|\S)")


def breakable(text: str) -> str:
    """``text`` with unseen places to break a line in its long words: after their signs, else anywhere."""
    return _LONG_WORD.sub(lambda word: _BREAK.join(_PIECE.findall(word[0])), text)
