"""Bringing the lexical index up to this version of the lexicon, in the background, while the former one answers."""

from __future__ import annotations

import logging
import threading

from rag.courtesy import Courtesy, lower_priority
from rag.errors import PhialError
from rag.stores.analysed_records import AnalysedRecords

PASSAGES_A_BATCH = 200
"""Passages analysed and committed at a time: a kill loses no more, and nobody who writes waits for longer."""

RETRY_SECONDS = 5.0
"""How long it rests after the library could not be written (a full disk)."""

_log = logging.getLogger(__name__)


class Analysing:
    """A thread, where there is anything to do."""

    def __init__(self, records: AnalysedRecords, courtesy: Courtesy) -> None:
        self._records = records
        self._courtesy = courtesy
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin, where a passage does not stand in the index as it should: after the program was brought up to date."""
        if self._thread is None and not self._records.is_analysed():
            self._thread = threading.Thread(target=self._run, name="analysing", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """End after the batch that is under way; the next start goes on there."""
        self._closing.set()
        if self._thread is not None:
            self._thread.join(timeout=10)

    def _run(self) -> None:
        lower_priority()
        is_more = True
        while is_more and not self._closing.is_set():
            self._courtesy.wait(self._closing.is_set)
            try:
                is_more = not self._closing.is_set() and self._records.analyse_some(PASSAGES_A_BATCH)
            except PhialError as error:
                _log.warning("analysing rests: %s", error)
                self._closing.wait(RETRY_SECONDS)
