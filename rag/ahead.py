"""Reading ahead: while the machine is idle, the model reads the passages that are likely to be asked about.

It reads them as blocks (rag.blocks), which the KV cache keeps: a question that finds them waits for itself alone. It
gives way to everything: to questions, to indexing, to the person's own programs. Decision 0161.
"""

from __future__ import annotations

import itertools
import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence

import psutil

from engine.host import ModelHost
from engine.machine import is_on_battery
from rag.blocks import block_of
from rag.courtesy import Courtesy
from rag.errors import PhialError
from rag.prompting import Prompter
from rag.searching import Findings
from rag.settings import ReadsAhead, Settings
from rag.stores.records import Records, StoredPassage

BUSY = 0.3
"""Share of the processor from which on somebody else is at work."""

SAMPLE_S = 0.5
"""Seconds that the processor is looked at, before each passage."""

PAUSE_S = 5.0
"""Seconds until it is looked at again, where somebody else is at work."""

BUDGET_SHARE = 2
"""What is read ahead has a part of this many of the KV cache's budget: the rest is what was really asked about."""

_KV_BYTES = 2  # an element of the KV cache, in f16

_log = logging.getLogger(__name__)


def may_read_ahead(settings: Settings) -> bool:
    """Whether the person lets the model read what nobody has asked yet, on the power that there is."""
    wish = settings.current().reads_ahead
    return wish is ReadsAhead.ALWAYS or (wish is ReadsAhead.ON_MAINS and not is_on_battery())


def likely(records: Records, shown: Sequence[int], documents: Sequence[str]) -> Iterator[StoredPassage]:
    """The passages that the next question may find, the likeliest first, each once, as they are when it comes to them.

    First those that the last question found (``shown``, by id), then what stands beside them, then how each of
    ``documents`` (SHA-256 sums, the last used first) begins.
    """
    beside = (near.id for passage in _each(records, shown) for near in records.neighbours(passage))
    openings = records.openings(documents)
    first = (openings[sha256][0] for sha256 in documents if sha256 in openings)
    yield from _each(records, dict.fromkeys(itertools.chain(shown, beside, first)))


def _each(records: Records, ids: Iterable[int]) -> Iterator[StoredPassage]:
    for identity in ids:
        yield from records.passages([identity]).values()


class ReadingAhead:
    """Reads ahead in a thread of its own, after each answer, as long as the model is awake: it never wakes it."""

    def __init__(
        self,
        records: Records,
        host: ModelHost,
        prompter: Prompter,
        settings: Settings,
        courtesy: Courtesy,
        recent: Callable[[], Sequence[str]],
    ) -> None:
        """``recent`` gives the documents that the person used last."""
        self._records = records
        self._host = host
        self._prompter = prompter
        self._settings = settings
        self._courtesy = courtesy
        self._recent = recent
        self._shown: tuple[int, ...] = ()
        self._bell = threading.Event()
        self._is_closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="reading ahead", daemon=True)

    def start(self) -> None:
        """Start the thread, once."""
        if self._thread.ident is None:
            self._thread.start()

    def close(self) -> None:
        """End the thread."""
        self._is_closing.set()
        self._bell.set()
        if self._thread.is_alive():
            self._thread.join(timeout=10)

    def answered(self, findings: Findings) -> None:
        """A question was answered from what it found."""
        self._shown = tuple(passage.id for parts in findings.parts for passage in parts)
        self._bell.set()

    def _run(self) -> None:
        while True:
            self._bell.wait()
            if self._is_closing.is_set():
                return
            self._bell.clear()
            try:
                self._read(likely(self._records, self._shown, self._recent()))
            except PhialError as error:  # the model died, or the library can't be read: who asks will be told
                _log.info("reading ahead: %s", error.kind)

    def _read(self, passages: Iterator[StoredPassage]) -> None:
        left = self._budget()
        for passage in passages:
            block = block_of(passage)
            while self._waits_for_idleness():
                [tokens] = self._host.count_tokens([block.text])
                if tokens > left:
                    return
                is_read = self._host.prepare(self._prompter.ahead([block]), self._gives_way)
                self._prompter.forget_gone([passage.sha256])
                if is_read:
                    left -= tokens
                    break
            else:
                return

    def _budget(self) -> int:
        """Tokens that may be read ahead."""
        header = self._host.model.header if self._host.model else None
        settings = self._settings.current()
        if header is None or not settings.reuses_passages:
            return 0
        room = max(settings.kv_memory_bytes, settings.kv_disk_bytes)
        return room // BUDGET_SHARE // (header.kv_width * _KV_BYTES)

    def _waits_for_idleness(self) -> bool:
        """Wait until nobody else has work for the machine; false where reading ahead is over before that."""
        while self._is_wanted():
            if not self._courtesy.is_answering and psutil.cpu_percent(SAMPLE_S) < 100 * BUSY:
                return self._is_wanted()
            self._is_closing.wait(PAUSE_S)
        return False

    def _is_wanted(self) -> bool:
        """Whether nothing newer is to be read, the model is awake, and the person lets it read."""
        return not self._bell.is_set() and self._host.memory > 0 and may_read_ahead(self._settings)

    def _gives_way(self) -> bool:
        return self._bell.is_set() or self._courtesy.is_answering
