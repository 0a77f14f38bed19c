"""Scripts that are written without spaces between words: found by overlapping pairs of letters.

As Apache Lucene's CJKBigramFilter does, which McNamee & Mayfield, "Character N-Gram Tokenization for European Language
Text Retrieval" (Information Retrieval 7, 2004), and others found to be as good as dividing them into words. A letter
that is asked for alone is found where a pair begins with it.
"""

from __future__ import annotations

import re

# Thai, Lao, Tibetan, Burmese, Khmer; Hangul; kana, Bopomofo, Han with their extensions and marks of repetition.
_LETTERS = (
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ece\u0f40-\u0fbc\u1000-\u109f\u1780-\u17d3\u1100-\u11ff\u3005-\u3007"
    "\u3041-\u309f\u30a1-\u30ff\u3105-\u312f\u3131-\u318e\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U000323af"
)
_RUN = re.compile(f"[{_LETTERS}]+")


def set_apart(text: str) -> str:
    """``text`` with spaces around what is written without any."""
    return text if text.isascii() else _RUN.sub(r" \g<0> ", text)


def is_run(token: str) -> bool:
    """Whether ``token`` is written in such a script."""
    return _RUN.match(token) is not None


def pairs(run: str) -> list[str]:
    """The overlapping pairs of letters in ``run``; the letter itself where it is one alone."""
    return [run[place : place + 2] for place in range(len(run) - 1)] or [run]
