"""What the worker has said of a turn so far, to be told again to the form of the turn that takes its place."""

from __future__ import annotations

import dataclasses

from rag.protocol import Reply, Token


class Heard:
    """Replies in their order, and words that came one after the other as one.

    Tens of thousands of them would each be an object that is gone through whenever garbage is looked for.
    """

    def __init__(self) -> None:
        self._replies: list[Reply] = []
        self._words: list[str] = []
        """Of the reply that is the last, where it is words that may go on."""

    def add(self, reply: Reply) -> None:
        """Remember ``reply``."""
        goes_on = isinstance(reply, Token) and bool(self._words)
        if not goes_on:
            self._join()
            self._replies.append(reply)
        if isinstance(reply, Token):
            self._words.append(reply.text)

    def replies(self) -> tuple[Reply, ...]:
        """All of them."""
        self._join()
        return tuple(self._replies)

    def _join(self) -> None:
        if self._words and isinstance(last := self._replies[-1], Token):
            self._replies[-1] = dataclasses.replace(last, text="".join(self._words))
        self._words.clear()
