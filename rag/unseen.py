"""Characters that nobody sees, but that a model reads, a terminal obeys, or that reorder what is shown. Pure."""

from __future__ import annotations

import re

REORDERING = "\u202a-\u202e\u2066-\u2069"
"""Controls that show text in another order than it is written in, as the inside of a character class."""

# Not the controls that are white space, which part words; nor the joiners U+200C and U+200D: Persian and the scripts of
# India are misspelled without them.
_UNSEEN = re.compile(
    f"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f{REORDERING}\u2060-\u2065\u206a-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
    "\U000e0000-\U000e0fff]"  # tags, that spell all of ASCII unseen, and selectors of variants
)


def visible(text: str) -> str:
    """``text`` without the characters that are not seen and change no word."""
    return _UNSEEN.sub("", text)
