"""From the bytes of tokens to the pieces of text that a person sees as they are written."""

from __future__ import annotations

import codecs


class TextStream:
    """Puts characters together that lie over several tokens, and ends at the first of the ``stop`` texts.

    White space before the first character is dropped: SentencePiece vocabularies begin every answer with a space. What
    may be the beginning of a stop text is held back until the next bytes decide.
    """

    def __init__(self, stop: tuple[str, ...] = ()) -> None:
        self._stop = tuple(text for text in stop if text)
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        self._held = ""
        self._has_begun = False
        self.is_stopped = False
        """Whether a stop text has been met; nothing is given after it."""

    def feed(self, token: bytes) -> str:
        """The text that ``token`` makes certain, perhaps ""."""
        return self._give(self._decoder.decode(token), is_last=False)

    def finish(self) -> str:
        """What was held back, now that nothing follows; an unfinished character becomes U+FFFD."""
        return self._give(self._decoder.decode(b"", final=True), is_last=True)

    def _give(self, text: str, *, is_last: bool) -> str:
        if self.is_stopped:
            return ""
        text = self._held + text
        if not self._has_begun:
            text = text.lstrip()
            self._has_begun = bool(text)
        ends = [at for at in (text.find(stop) for stop in self._stop) if at >= 0]
        if ends:
            self.is_stopped, self._held = True, ""
            return text[: min(ends)]
        kept = 0 if is_last else self._uncertain(text)
        self._held = text[len(text) - kept :]
        return text[: len(text) - kept]

    def _uncertain(self, text: str) -> int:
        """How many characters at the end of ``text`` are the beginning of a stop text."""
        lengths = (
            length
            for stop in self._stop
            for length in range(min(len(stop) - 1, len(text)), 0, -1)
            if text.endswith(stop[:length])
        )
        return max(lengths, default=0)
