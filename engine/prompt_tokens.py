"""From messages to the tokens of a prompt, inside the model's process. What is content can forge no marker."""

from __future__ import annotations

import ctypes
import dataclasses
import re
from collections.abc import Sequence
from typing import Any

import llama_cpp

from engine.messages import ChatMessage
from engine.templates import ChatTemplate, PromptPiece
from engine.weights import Weights

_MARKERS = llama_cpp.LLAMA_TOKEN_ATTR_CONTROL | llama_cpp.LLAMA_TOKEN_ATTR_USER_DEFINED


@dataclasses.dataclass(frozen=True)
class Segment:
    """Tokens of a prompt that stand together: a block with its ``owner``, or what is no block (None)."""

    tokens: tuple[int, ...]
    owner: str | None = None


class PromptTokens:
    """Makes prompts for one model. Safe from any thread."""

    def __init__(self, weights: Weights, template: ChatTemplate) -> None:
        self._weights = weights
        self._template = template

    @property
    def _vocabulary(self) -> Any:
        return self._weights.vocabulary  # another one, once a GPU has been given up

    def of_messages(self, messages: Sequence[ChatMessage], *, by_blocks: bool = True) -> list[Segment]:
        """The prompt for ``messages``, with the token that begins every prompt where the model has one.

        Its segments, none of them empty: each block is one, and so is all that lies between two blocks. Not
        ``by_blocks``: one segment, in which a message's blocks and its text are read as one text.
        """
        if not by_blocks:
            messages = [message.joined for message in messages]
        between: list[int] = []
        segments: list[Segment] = []
        beginning = llama_cpp.llama_vocab_bos(self._vocabulary)
        for piece in self._template.pieces(messages):
            tokens = self._of_piece(piece)
            if not between and not segments and llama_cpp.llama_vocab_get_add_bos(self._vocabulary):
                between += [] if tokens[:1] == [beginning] else [beginning]
            if piece.owner is None:
                between += tokens
                continue
            segments += [Segment(tuple(between)), Segment(tuple(tokens), piece.owner)]
            between = []
        segments.append(Segment(tuple(between)))
        return [segment for segment in segments if segment.tokens]

    def of_content(self, text: str) -> list[int]:
        """The tokens of a person's or a page's text: none of them is a marker, whatever the text looks like."""
        tokens = self._weights.tokens(text, reads_special=False)
        # Some files list their tags as "user defined" tokens, which llama.cpp reads in any text.
        tags = {tag for tag in map(self._tag, set(tokens)) if tag}
        if not tags:
            return tokens
        cuts = [found.start() + 1 for found in re.finditer("|".join(map(re.escape, tags)), text)]
        if not cuts:
            return [token for token in tokens if not self._tag(token)]
        fragments = (text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True))
        return [token for fragment in fragments for token in self.of_content(fragment)]

    def bytes_of(self, token: int, *, shows_special: bool = False) -> bytes:
        """What ``token`` stands for; nothing for a special token, except where that is to be shown too."""
        room = 256
        while True:
            piece = ctypes.create_string_buffer(room)
            count = llama_cpp.llama_token_to_piece(self._vocabulary, token, piece, room, 0, shows_special)
            if count >= 0:
                return piece.raw[:count]
            room = -count

    def _of_piece(self, piece: PromptPiece) -> list[int]:
        return self._weights.tokens(piece.text, reads_special=True) if piece.is_markup else self.of_content(piece.text)

    def _tag(self, token: int) -> str:
        """The text of ``token`` where that looks like ``<…>`` and is more than a word to the model, else ""."""
        if not llama_cpp.llama_vocab_get_attr(self._vocabulary, token) & _MARKERS:
            return ""
        text = self.bytes_of(token, shows_special=True).decode("utf-8", "replace")
        return text if len(text) > 2 and text.startswith("<") and text.endswith(">") else ""
