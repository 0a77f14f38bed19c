"""How fast OCR gets on: its part of the progress that is told."""

from __future__ import annotations

import dataclasses

from rag.protocol import Progress
from rag.stores.records import Records


class OcrPace:
    """Seconds that a page takes, smoothed over the last ones. Written by one thread, read from any."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._seconds_a_page = 0.0

    def note(self, seconds: float) -> None:
        """A page took so many ``seconds``."""
        known = self._seconds_a_page
        self._seconds_a_page = seconds if known == 0.0 else 0.8 * known + 0.2 * seconds

    def added_to(self, progress: Progress) -> Progress:
        """``progress`` with the pages that wait for OCR, and the time that they take beside everything else."""
        waiting = self._records.count_waiting_pages()
        if waiting == 0:
            return progress
        left = round(max(waiting * self._seconds_a_page, progress.seconds_left), 1) if self._seconds_a_page else -1.0
        return dataclasses.replace(progress, pages_waiting=waiting, seconds_left=left)
