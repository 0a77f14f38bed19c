"""One way to write a text: compatibility forms, case and accents folded (Unicode Standard Annex 15, "NFKC")."""

from __future__ import annotations

import re
import unicodedata

# Accents of Latin, Greek and Cyrillic, and the points that Hebrew and Arabic mostly leave out; not the vowel signs of
# Indian scripts and of Thai, which tell words apart.
_ACCENTS = re.compile(
    r"[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0640\u064b-\u065f\u0670\u00ad]"
)


def composed(text: str) -> str:
    """``text`` in lower case and in compatibility form, with its accents: what a stemmer reads."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).lower())


def folded(text: str) -> str:
    """``text`` in lower case and in compatibility form, without accents; "ß" is "ss"."""
    text = composed(text)
    if text.isascii():
        return text
    bare = _ACCENTS.sub("", unicodedata.normalize("NFD", text))
    return unicodedata.normalize("NFKC", bare).replace("ß", "ss").replace("ı", "i")
