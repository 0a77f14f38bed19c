"""The messages between a model's host and its process (engine.host, engine.runtime): one codec, frozen dataclasses.

``id`` ties what comes up to what went down; every request is answered by exactly one final message, or by Failed.
Counts are tokens, times seconds.
"""

from __future__ import annotations

import dataclasses
from typing import ClassVar

from engine.embedding_messages import Embed, Embedded, LoadedEmbedder, LoadEmbedder
from engine.errors import EngineProblem
from engine.frames import Codec, Message

CONVERSATION = "conversation"
"""The owner of what has been read last: it is forgotten with whatever document."""


@dataclasses.dataclass(frozen=True)
class Block:
    """A text that returns in other prompts (a passage). Its tokens are its own: those of ``text`` read by itself.

    ``owner`` is the label under which its state is forgotten: the SHA-256 of the document that it is from.
    """

    text: str
    owner: str


@dataclasses.dataclass(frozen=True)
class ChatMessage:
    """A message of a conversation: ``blocks``, then ``text``. ``role`` is ``system``, ``user`` or ``assistant``."""

    role: str
    text: str
    blocks: tuple[Block, ...] = ()

    def __post_init__(self) -> None:
        if self.role not in {"system", "user", "assistant"}:
            raise ValueError("unknown role")

    @property
    def joined(self) -> ChatMessage:
        """The same message with its blocks as part of its text."""
        return ChatMessage(self.role, "".join([*(block.text for block in self.blocks), self.text]))


@dataclasses.dataclass(frozen=True)
class Generation:
    """What to write: ``temperature`` 0 takes the likeliest token each time; ``stop`` are texts that end the answer.

    ``moves_blocks``: each block of the messages is computed by itself behind what stands before the first of them,
    kept, and moved to its place; else blocks are read in place, as part of their message's text. ``renewed`` tokens at
    the beginning of each moved block are computed anew where they stand. Decision 0151. ``drafts``: what the prompt
    says already may be read several tokens in a pass (engine.lookup); not, to compare with.
    """

    messages: tuple[ChatMessage, ...]
    max_tokens: int
    temperature: float = 0.0
    stop: tuple[str, ...] = ()
    moves_blocks: bool = True
    renewed: int = 0
    drafts: bool = True

    def __post_init__(self) -> None:
        if not self.messages or self.max_tokens < 1 or self.temperature < 0 or self.renewed < 0:
            raise ValueError("nothing to write")


# --- down -----------------------------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class Load(Message):
    """Load the model at ``path``: the first message, once. Answered by Loaded. ``form``: its Phi's form, or "".

    ``store`` is the folder for the states of blocks ("": none on disk), with at most ``disk_budget`` bytes; in memory
    there are ``memory_budget`` at most. ``quantizes``: the KV cache is in q8_0 (decision 0165).
    """

    type: ClassVar[str] = "load"
    id: int
    path: str
    context: int
    threads: int
    micro_batch: int
    form: str
    store: str = ""
    memory_budget: int = 0
    disk_budget: int = 0
    quantizes: bool = False


@dataclasses.dataclass(frozen=True)
class CountTexts(Message):
    """How many tokens each text has as content. Answered by Counted."""

    type: ClassVar[str] = "count_texts"
    id: int
    texts: tuple[str, ...]


@dataclasses.dataclass(frozen=True)
class CountPrompt(Message):
    """How many tokens the prompt for these messages has. Answered by Counted, with one number."""

    type: ClassVar[str] = "count_prompt"
    id: int
    messages: tuple[ChatMessage, ...]


@dataclasses.dataclass(frozen=True)
class Write(Message):
    """Write an answer. Up come Reading and Written, then Ended. ``spares_core``: one is left to other work."""

    type: ClassVar[str] = "write"
    id: int
    generation: Generation
    spares_core: bool = False


@dataclasses.dataclass(frozen=True)
class Prepare(Message):
    """Have the blocks of these messages there, and what stands before them; without any, the whole prompt.

    Up come Reading, then Prepared.
    """

    type: ClassVar[str] = "prepare"
    id: int
    messages: tuple[ChatMessage, ...]


@dataclasses.dataclass(frozen=True)
class FindHeld(Message):
    """Which blocks of these messages are there, in memory or on disk. Answered by Held."""

    type: ClassVar[str] = "find_held"
    id: int
    messages: tuple[ChatMessage, ...]


@dataclasses.dataclass(frozen=True)
class Forget(Message):
    """Forget the blocks of these owners, and the conversation. Answered by Forgotten."""

    type: ClassVar[str] = "forget"
    id: int
    owners: tuple[str, ...]


@dataclasses.dataclass(frozen=True)
class Save(Message):
    """Write to disk what has been read, for the process to be ended. Answered by Saved."""

    type: ClassVar[str] = "save"
    id: int


@dataclasses.dataclass(frozen=True)
class Stop(Message):
    """End the answer, or the preparation, with this ``id`` now. Not answered; what it is meant for ends."""

    type: ClassVar[str] = "stop"
    id: int


# --- up -------------------------------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class Loaded(Message):
    """The model is there, with ``context`` tokens. ``refusal`` says why the header's template is not used, or ""."""

    type: ClassVar[str] = "loaded"
    id: int
    context: int
    refusal: str


@dataclasses.dataclass(frozen=True)
class Counted(Message):
    """The counts that were asked for, in their order."""

    type: ClassVar[str] = "counted"
    id: int
    tokens: tuple[int, ...]


@dataclasses.dataclass(frozen=True)
class Reading(Message):
    """How much of the prompt has been read: a sign of life in a long prefill."""

    type: ClassVar[str] = "reading"
    id: int
    tokens: int


@dataclasses.dataclass(frozen=True)
class Written(Message):
    """The next piece of the answer."""

    type: ClassVar[str] = "written"
    id: int
    text: str


@dataclasses.dataclass(frozen=True)
class Ended(Message):
    """The answer ended: by itself (``end``), at max_tokens (``length``), or as was asked (``stopped``).

    Of its tokens ``accepted`` ones were right of those ``drafted``.
    """

    type: ClassVar[str] = "ended"
    id: int
    reason: str
    prompt_tokens: int
    cached_tokens: int
    answer_tokens: int
    prefill_s: float
    decode_s: float
    drafted: int = 0
    accepted: int = 0


@dataclasses.dataclass(frozen=True)
class Prepared(Message):
    """The preparation ended, or was stopped, after so many tokens had been read."""

    type: ClassVar[str] = "prepared"
    id: int
    tokens_read: int
    was_stopped: bool


@dataclasses.dataclass(frozen=True)
class Held(Message):
    """For each block that was asked after how many tokens of it are there: all, or 0."""

    type: ClassVar[str] = "held"
    id: int
    tokens: tuple[int, ...]


@dataclasses.dataclass(frozen=True)
class Forgotten(Message):
    """What was to be forgotten is gone."""

    type: ClassVar[str] = "forgotten"
    id: int


@dataclasses.dataclass(frozen=True)
class Saved(Message):
    """What has been read is on disk, as far as there is a folder for it."""

    type: ClassVar[str] = "saved"
    id: int


@dataclasses.dataclass(frozen=True)
class Failed(Message):
    """The request could not be carried out; the fields are those of PhialError."""

    type: ClassVar[str] = "failed"
    id: int
    kind: EngineProblem
    details: str
    parameters: dict[str, str | int | float]


CODEC = Codec(
    1,
    [
        Load, CountTexts, CountPrompt, Write, Stop, LoadEmbedder, Embed, Loaded, Counted, Reading, Written, Ended,
        LoadedEmbedder, Embedded, Failed, Prepare, Prepared, FindHeld, Held, Forget, Forgotten, Save, Saved,
    ],
)  # fmt: skip
