"""Characters that nobody sees, but that a model reads or that reorder what is shown. Pure."""

from __future__ import annotations

import re

REORDERING = "\u202a-\u202e\u2066-\u2069"
"""Controls that show text in another order than it is written in, as the inside of a character class."""

# Not the joiners U+200C and U+200D: Persian and the scripts of India are misspelled without them.
_UNSEEN = re.compile(
    f"[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f{REORDERING}\u2060-\u2065\u206a-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
    "\U000e0000-\U000e0fff]"  # tags, that spell all of ASCII unseen, and selectors of variants
)


def visible(text: str) -> str:
    """``text`` without the characters that are not seen and change no word."""
    return _UNSEEN.sub("", text)
