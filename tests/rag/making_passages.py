"""Passages for the tests of the stages that take them."""

from __future__ import annotations

from rag.protocol import Passage


def passage(text: str, number: int = 1, *, document: str = "notes.md", section: str = "", start: int = 40) -> Passage:
    """A passage that begins ``start`` characters into its page; each number is a document of its own."""
    return Passage(
        number=number, sha256=f"{number:064x}", document=document, path=f"/papers/{document}", page=number, label="",
        section=section, text=text, start=start, end=start + len(text), score=1 / number,
    )  # fmt: skip
