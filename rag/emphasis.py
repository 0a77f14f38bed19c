"""Marks of Markdown within a line, which small models and notes write and nobody wants to read. Pure."""

from __future__ import annotations

import re

_LINK = re.compile(r"(?<!!)\[([^\]\[\n]+)\]\((?:[^()\s]|\([^()\s]*\))+\)")
_PAIRED = re.compile(r"(?<![\w*`])(\*\*\*|\*\*|\*|`)(?=[^\s*`])([^*`\n]*[^\s*`])\1(?![\w*`])")
_UNDERLINED = re.compile(r"(?<!\w)_(?=[^\s_])([^_\n]*[^\s_])_(?!\w)")


def without_emphasis(text: str) -> str:
    """``text`` without the marks of what is **strong**, *stressed* or `code`, and with links as what they say.

    A mark without its other half is left alone: it is a footnote's star, a product, a name with underscores.
    """
    return _UNDERLINED.sub(r"\1", _PAIRED.sub(r"\2", _LINK.sub(r"\1", text)))
