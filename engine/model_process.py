"""How the model process is spoken to: carries out what its host asks of a model, until the link closes.

The main thread loads, writes and embeds; a second one reads the link, so that a stop is heard and a count is given
while the model computes. When the link closes the process ends at once, native code or not.
"""

from __future__ import annotations

import contextlib
import os
import queue
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from engine.embedding_messages import Embed, Embedded, LoadedEmbedder, LoadEmbedder
from engine.errors import EngineProblem, PhialError
from engine.frames import FrameError, Message
from engine.links import Link, LinkClosed
from engine.messages import (
    ChatMessage,
    Counted,
    CountPrompt,
    CountTexts,
    Failed,
    FindHeld,
    Forget,
    Forgotten,
    Generation,
    Held,
    Load,
    Loaded,
    Prepare,
    Save,
    Saved,
    Stop,
    Write,
)

Kind = TypeVar("Kind")


class LoadedModel(Protocol):
    """What can count and write.

    While it writes, prepares or saves, another thread may count, ask what is held, and have something forgotten.
    """

    @property
    def template_refusal(self) -> str:
        """Why the template in the model's header is not used, or ""."""

    def count_content(self, text: str) -> int:
        """How many tokens ``text`` has as content."""

    def count_prompt(self, messages: Sequence[ChatMessage]) -> int:
        """How many tokens the prompt for ``messages`` has."""

    def write(self, number: int, generation: Generation, *, spares_core: bool = False) -> Iterator[Message]:
        """Write an answer, as the messages that go up; one that ``spares_core`` leaves one to other work."""

    def prepare(self, number: int, messages: Sequence[ChatMessage]) -> Iterator[Message]:
        """Have the blocks of ``messages`` there, as the messages that go up."""

    def save(self) -> None:
        """Write to disk what has been read."""

    def held(self, messages: Sequence[ChatMessage]) -> tuple[int, ...]:
        """How many tokens of each block of ``messages`` are there: all, or 0."""

    def forget(self, owners: Sequence[str]) -> None:
        """Forget the blocks of ``owners``, and the conversation."""

    def drop_forgotten(self) -> None:
        """Forget what has been read, where something was to be forgotten since."""


class Embedding(Protocol):
    """What can count and embed; its counts may be asked for from another thread while it embeds."""

    dimensions: int

    def count_content(self, text: str) -> int:
        """How many tokens ``text`` has as content."""

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of ``texts``, shape (len(texts), dimensions), each of length 1."""


LoadModel = Callable[[Load, Callable[[], bool]], LoadedModel]
"""Loads a model, which is to ask the function it is given whether it shall stop. Raises PhialError."""

OpenEmbedder = Callable[[LoadEmbedder], Embedding]
"""Loads an embedder. Raises PhialError."""


Work = Load | Write | Prepare | Forget | Save | LoadEmbedder | Embed
"""What the main thread carries out, one after the other."""


class ModelProcess:
    """Carries out what the host asks, until the link closes."""

    def __init__(self, link: Link, load_model: LoadModel, load_embedder: OpenEmbedder) -> None:
        self._link = link
        self._load_model = load_model
        self._load_embedder = load_embedder
        self._model: LoadedModel | None = None
        self._embedder: Embedding | None = None
        self._work: queue.SimpleQueue[Work] = queue.SimpleQueue()
        self._writing = 0
        self._name = ""
        self._stopped: set[int] = set()

    def run(self) -> None:
        """Load and write, for good; the listening thread ends the process."""
        threading.Thread(target=self._listen, name="link", daemon=True).start()
        with contextlib.suppress(LinkClosed):
            self._work_on()
        os._exit(0)

    def _work_on(self) -> None:
        while True:
            message = self._work.get()
            with self._failures(message.id):
                if isinstance(message, Load | LoadEmbedder):
                    self._name = Path(message.path).stem
                if isinstance(message, Load):
                    self._model = self._load_model(message, lambda: self._writing in self._stopped)
                    self._link.send(Loaded(message.id, message.context, self._model.template_refusal))
                elif isinstance(message, LoadEmbedder):
                    self._embedder = self._load_embedder(message)
                    self._link.send(LoadedEmbedder(message.id, self._embedder.dimensions))
                elif isinstance(message, Embed):
                    vectors = _there(self._embedder).embed(message.texts)
                    self._link.send(Embedded(message.id, vectors.astype("<f4").tobytes()))
                elif isinstance(message, Forget):
                    self._forget(message)
                elif isinstance(message, Save):
                    _there(self._model).save()
                    self._link.send(Saved(message.id))
                else:
                    self._read_and_write(_there(self._model), message)

    def _read_and_write(self, model: LoadedModel, message: Write | Prepare) -> None:
        self._writing = message.id
        replies = (
            model.write(message.id, message.generation, spares_core=message.spares_core)
            if isinstance(message, Write)
            else model.prepare(message.id, message.messages)
        )
        for reply in replies:
            self._link.send(reply)
        self._stopped.discard(message.id)

    def _listen(self) -> None:
        try:
            while True:
                message = self._link.receive()
                if isinstance(message, Stop):
                    self._stopped.add(message.id)
                elif isinstance(message, CountTexts | CountPrompt):
                    with self._failures(message.id):
                        self._link.send(Counted(message.id, self._count(message)))
                elif isinstance(message, FindHeld):
                    self._link.send(Held(message.id, self._held(message.messages)))
                elif isinstance(message, Forget):
                    # At once, so that nothing of it is kept any more; what has been read goes when the answer ends.
                    if self._model is not None:
                        self._model.forget(message.owners)
                    self._work.put(message)
                    self._link.send(Forgotten(message.id))
                elif isinstance(message, Work):
                    self._work.put(message)
        except LinkClosed:
            os._exit(0)
        except BaseException:
            sys.excepthook(*sys.exc_info())
            os._exit(1)

    def _forget(self, message: Forget) -> None:
        """Once more, now that nothing is being read or written: a model may have been on its way when it was said."""
        if self._model is not None:
            self._model.forget(message.owners)
            self._model.drop_forgotten()

    def _held(self, messages: Sequence[ChatMessage]) -> tuple[int, ...]:
        if self._model is None:  # it is being loaded
            return tuple(0 for message in messages for _ in message.blocks)
        return self._model.held(messages)

    def _count(self, message: CountTexts | CountPrompt) -> tuple[int, ...]:
        if isinstance(message, CountPrompt):
            return (_there(self._model).count_prompt(message.messages),)
        count = _there(self._embedder).count_content if self._model is None else self._model.count_content
        return tuple(map(count, message.texts))

    @contextlib.contextmanager
    def _failures(self, number: int) -> Iterator[None]:
        try:
            yield
        except MemoryError:
            self._link.send(Failed(number, EngineProblem.MODEL_MEMORY_RAN_OUT, "", {"model": self._name}))
        except PhialError as error:
            self._link.send(Failed(number, EngineProblem(error.kind), error.details, dict(error.parameters)))


def _there(loaded: Kind | None) -> Kind:
    if loaded is None:
        raise FrameError("a request before the model")
    return loaded
