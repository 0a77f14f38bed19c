"""The author: what the model writes of each part, kept at once, so that no part is ever read twice.

A question goes first: between two parts, and in the middle of one, which is then read again.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import time
from collections.abc import Callable, Generator, Sequence

from engine.catalogue import InstalledModel
from engine.frames import plain
from engine.host import Finished, Generation, ModelHost, Piece
from rag.courtesy import Courtesy
from rag.errors import LibraryProblem, PhialError
from rag.forgeries import Stream, without_forgeries
from rag.protocol import Stage, Token
from rag.repetition import SENTENCE_ENDS, repeats
from rag.sentences import sentence_spans
from rag.stores.database import RowGone
from rag.stores.summary_records import SummaryRecords
from rag.summary.writing import Draft


@dataclasses.dataclass(frozen=True)
class Written:
    """What the model wrote, without a last sentence that it did not finish; ``is_cached``: in an earlier run."""

    text: str
    is_cached: bool


@dataclasses.dataclass
class Spent:
    """What the writing of a summary has cost so far. Seconds, tokens."""

    seconds: float = 0.0
    first_token_at: float = 0.0
    prompt_tokens: int = 0
    cached_tokens: int = 0
    answer_tokens: int = 0


class Author:
    """Writes drafts up with one model, for one summary."""

    def __init__(
        self,
        host: ModelHost,
        records: SummaryRecords,
        courtesy: Courtesy,
        model: InstalledModel,
        is_cancelled: Callable[[], bool],
        *,
        goes_first: bool,
    ) -> None:
        """``goes_first``: a person waits for it as for an answer, so that it gives way to none."""
        self.model = model
        self.spent = Spent()
        self._host = host
        self._records = records
        self._courtesy = courtesy
        self.is_cancelled = is_cancelled
        self._goes_first = goes_first

    @property
    def context(self) -> int:
        """The model's window in tokens."""
        return self._host.context

    def load(self) -> bool:
        """Have the model loaded; False where it was cancelled meanwhile. Raises PhialError MODEL_*, MEMORY_*."""
        return self._host.load(self.model, is_cancelled=self.is_cancelled)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The tokens of each text for the model. Raises PhialError."""
        return self._host.count_tokens(texts)

    def known(self, drafts: Sequence[Draft]) -> list[bool]:
        """Which of ``drafts`` were written up before."""
        keys = [self._key(draft) for draft in drafts]
        written = self._records.written(keys)
        return [key in written for key in keys]

    def write(
        self, draft: Draft, sha256s: Sequence[str], *, is_shown: bool = False
    ) -> Generator[Stage | Token, None, Written | None]:
        """Write ``draft`` up and keep it for the documents ``sha256s``; None where it was cancelled.

        What ``is_shown`` is yielded word by word, and not given up for a question once it is begun. Raises PhialError
        MODEL_*, DOCUMENT_GONE where one of the documents was forgotten meanwhile.
        """
        key = self._key(draft)
        known = self._records.written([key])
        if key in known:
            return Written(known[key], is_cached=True)
        while True:
            if not self._goes_first:
                self._courtesy.let_answers_first(self.is_cancelled)
            if self.is_cancelled() or not self.load():
                return None
            if is_shown:
                yield Stage(0, "prompt", self.model.name, self._host.count_prompt_tokens(draft.messages))
            text, finished, gave_way = yield from self._written(draft, is_shown=is_shown)
            if self.is_cancelled() and not (is_shown and text.strip()):
                return None
            # Another model may have been put in its place for a question: its words are not kept as this one's.
            is_ours = self._host.model is not None and self._host.model.path == self.model.path
            if is_ours and not gave_way:
                break
        if finished.reason != "end":
            text = _finished_sentences(text)
        if not self.is_cancelled():
            try:
                self._records.keep(key, text, sha256s)
            except RowGone:
                raise PhialError(LibraryProblem.DOCUMENT_GONE) from None
        return Written(text, is_cached=False)

    def _written(self, draft: Draft, *, is_shown: bool) -> Generator[Token, None, tuple[str, Finished, bool]]:
        """What the model said, how that ended, and whether it was for a question."""
        text, gives_way = "", False
        begun = time.perf_counter()

        def is_over() -> bool:
            nonlocal gives_way
            # It stays so: the question may be answered before the model has stopped.
            gives_way = gives_way or (not (is_shown or self._goes_first) and self._courtesy.is_answering)
            return gives_way or self.is_cancelled() or repeats(text)

        finished, stream = Finished("stopped"), Stream()
        generation = Generation(draft.messages, max_tokens=draft.max_tokens, stop=draft.stop)
        for event in self._host.generate(generation, is_over):
            if isinstance(event, Piece):
                self.spent.first_token_at = self.spent.first_token_at or time.perf_counter()
                text += event.text
                shown = stream.feed(event.text)
            else:
                finished, shown = event, stream.finish()
            if is_shown and shown:
                yield Token(0, shown)
        self.spent.seconds += time.perf_counter() - begun
        self.spent.prompt_tokens += finished.prompt_tokens
        self.spent.cached_tokens += finished.cached_tokens
        self.spent.answer_tokens += finished.answer_tokens
        return without_forgeries(text), finished, gives_way and finished.reason == "stopped"

    def _key(self, draft: Draft) -> str:
        """A hash of the model and of all that it is given: text, language, focus, length and wording are in that."""
        header = self.model.header
        model = [self.model.path.name, header.file_bytes if header else 0, header.quantization if header else ""]
        return hashlib.sha256(json.dumps([model, plain(draft)]).encode()).hexdigest()


def _finished_sentences(text: str) -> str:
    """``text`` up to the end of its last whole sentence; all of it where none is whole."""
    ends = [end for start, end in sentence_spans(text) if text[start:end].rstrip('"”»’)').endswith(SENTENCE_ENDS)]
    return text[: ends[-1]] if ends else text
