"""Getting a model: from whichever source gives it, taken up where it was left, under its final name only when right."""

from __future__ import annotations

import contextlib
import dataclasses
import random
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from engine.download_disk import ask_for_room, disk_named, sha256_of
from engine.download_part import Part, PartHeld
from engine.download_ranges import Span, split
from engine.download_source import Halt, Halted, Opened, RangeRefused, Source, SourceFailed
from engine.downloadable import Downloadable
from engine.errors import EngineProblem, PhialError
from engine.paths import make_private_folder

LARGEST = 2**36
"""Bytes after which a source that doesn't say how much it gives is no longer listened to."""


@dataclasses.dataclass(frozen=True)
class Patience:
    """How patient a download is, and how much it does at once. Times are seconds, sizes bytes.

    After ``attempts`` in a row without one byte a source is given up (after ``attempts_elsewhere`` while there are
    others). Between them it waits ``first_wait`` and then ever longer, up to ``longest_wait``, which also bounds what
    a server can ask for. Where ``parallel_from`` bytes or more are missing, up to ``streams`` ranges of at least
    ``smallest_range`` are asked for at once.
    """

    connect: float = 15.0
    stall: float = 30.0
    attempts: int = 5
    attempts_elsewhere: int = 2
    first_wait: float = 1.0
    longest_wait: float = 120.0
    streams: int = 4
    parallel_from: int = 2**26
    smallest_range: int = 2**24
    save_bytes: int = 2**22


@dataclasses.dataclass(frozen=True)
class Step:
    """How far a download is: ``arrived`` of ``total`` bytes (0: not known yet), now from ``source``.

    ``is_checking``: all is there, and its checksum is being taken. ``waits_for`` says why nothing comes for a while.
    """

    arrived: int
    total: int
    source: str
    is_checking: bool = False
    waits_for: PhialError | None = None


def fetch(
    wanted: Downloadable,
    folder: Path,
    sources: Sequence[Source],
    halt: Halt,
    tell: Callable[[Step], None] = lambda _: None,
    patience: Patience | None = None,
) -> Path:
    """Get ``wanted`` into ``folder`` from the first of ``sources`` that gives it; give its path.

    What is there of it already, from whatever source, isn't asked for again. Raises Halted, and PhialError: DOWNLOAD_…,
    MODEL_NOT_THERE; what has arrived stays for the next time, unless its checksum was wrong.
    """
    final = folder / wanted.file
    patience = patience or Patience()
    with disk_named(folder, wanted.bytes or 0):
        make_private_folder(folder)
        if final.exists():
            if sha256_of(final) == wanted.sha256:
                return final
            raise PhialError(EngineProblem.DOWNLOAD_IN_THE_WAY, path=str(final))
        try:
            with Part(final, wanted.sha256, wanted.bytes or 0, patience.save_bytes) as part:
                ask_for_room(part.path.parent, part.total - part.arrived)
                _Fetching(wanted, part, halt, tell, patience).from_any(sources)
                part.finish()
        except PartHeld as error:
            raise PhialError(EngineProblem.DOWNLOAD_HELD, model=wanted.name) from error
    return final


class _Fetching:
    """One download under way."""

    def __init__(
        self, wanted: Downloadable, part: Part, halt: Halt, tell: Callable[[Step], None], patience: Patience
    ) -> None:
        self._wanted = wanted
        self._part = part
        self._halt = halt
        self._tell = tell
        self._pace = patience

    def from_any(self, sources: Sequence[Source]) -> None:
        """Have the part whole and right. Raises PhialError: what the first source had to say, or that none is right."""
        left = list(sources)
        first_problem: PhialError | None = None
        while left:
            source = left.pop(0)
            try:
                self._arrive(source, is_last=not left)
            except SourceFailed as error:
                first_problem = first_problem or error.problem
                continue
            self._say(source, is_checking=True)
            if self._part.has_right_checksum(self._halt):
                return
            # Which byte is wrong, nobody can tell: all of it goes, and comes once more.
            self._part.begin_anew()
            is_first = first_problem is None
            first_problem = source.wrong_file()
            if is_first and not left and source.takes_many:
                left.append(source)
        assert first_problem is not None, "there is a source"  # noqa: S101 - the callers know
        raise first_problem

    def _arrive(self, source: Source, *, is_last: bool) -> None:
        """Have every byte there, as far as ``source`` gives them. Raises SourceFailed where it doesn't."""
        most = self._pace.attempts if is_last else self._pace.attempts_elsewhere
        streams = self._pace.streams if source.takes_many else 1
        attempts = 0
        self._say(source)  # who is waited for, also where a network swallows all that is sent
        while not self._part.is_whole:
            self._halt.check()
            before = self._part.arrived
            failure = self._round(source, streams)
            if failure is None:
                continue
            has_given = self._part.arrived > before
            attempts = 0 if has_given else attempts + 1
            if failure.is_final or attempts >= most or (failure.is_refusal and not has_given and not is_last):
                raise failure
            if failure.is_refusal:
                streams = 1  # some servers refuse whoever asks for more than one range at once
            self._wait(source, attempts, failure)

    def _wait(self, source: Source, attempts: int, failure: SourceFailed) -> None:
        growing = self._pace.first_wait * 2 ** (attempts - 1) * random.uniform(0.5, 1.5)  # noqa: S311 - so that not all come back at once
        seconds = min(self._pace.longest_wait, max(growing, failure.retry_after))
        is_reached = failure.problem.kind is not EngineProblem.DOWNLOAD_UNREACHABLE
        kind = EngineProblem.DOWNLOAD_WAITING if is_reached else EngineProblem.DOWNLOAD_OUT_OF_REACH
        waits_for = PhialError(kind, model=self._wanted.name, host=source.name, seconds=max(1, round(seconds)))
        self._say(source, waits_for=waits_for)
        self._halt.wait(seconds)

    def _round(self, source: Source, streams: int) -> SourceFailed | None:
        """Ask for what is missing, in as many ranges at once as pays; give what went wrong."""
        part = self._part
        first = part.missing[0][0] if part.total else part.first_missing
        end = part.missing[0][1] if part.total else None
        try:
            opened = source.open(first, end, part.validator_of(source.name), self._halt)
        except SourceFailed as failed:
            return failed
        except RangeRefused as refused:
            return self._beyond_its_end(source, first, refused.total)
        with contextlib.closing(opened):
            failure = self._accept(source, opened, first)
            if failure is not None:
                return failure
            if part.total and opened.has_ranges and part.total - part.arrived >= self._pace.parallel_from:
                return self._receive_many(source, opened, split(part.missing, streams, self._pace.smallest_range))
            return self._receive(source, opened, opened.first, part.missing[0][1] if part.total else None)

    def _accept(self, source: Source, opened: Opened, first: int) -> SourceFailed | None:
        """Hold an answer against what is known of the file, before its bytes come."""
        part = self._part
        wanted = self._wanted.bytes
        if opened.total is not None and (opened.total != (wanted or opened.total) or not 0 < opened.total <= LARGEST):
            problem = PhialError(
                EngineProblem.DOWNLOAD_OTHER_LENGTH, model=self._wanted.name, host=source.name, bytes=opened.total,
                needed=wanted or LARGEST,
            )  # fmt: skip
            return SourceFailed(problem, is_final=True)
        is_another = bool(part.total and opened.total and opened.total != part.total)
        if (opened.first != first or is_another) and part.arrived:
            part.begin_anew()
        if opened.first > 0 and not part.arrived:  # what it gives continues what has just gone
            return SourceFailed(self._misled(source))
        total = opened.total or part.total
        if total:
            ask_for_room(part.path.parent, total - part.arrived)
            part.set_total(total)
        part.belongs_to(source.name, opened.validator)
        self._say(source)
        return None

    def _beyond_its_end(self, source: Source, first: int, total: int | None) -> SourceFailed | None:
        """The source has no byte at ``first``: that may have been all, else what is there is of another file."""
        part = self._part
        if first and not part.total and (total is None or total == first):
            part.set_total(first)
            return None
        part.begin_anew()
        return SourceFailed(self._misled(source))

    def _receive_many(self, source: Source, opened: Opened, spans: Sequence[Span]) -> SourceFailed | None:
        """Receive ``spans`` at once, the first of them from what is open already."""
        failures: list[SourceFailed] = []
        other_errors: list[BaseException] = []
        is_over = threading.Event()

        def receive(opened: Opened, span: Span) -> None:
            try:
                failure = self._receive(source, opened, *span, is_over)
                if failure is not None:
                    failures.append(failure)
            except BaseException as error:  # of the disk, or Halted: raised below, in the caller's thread
                other_errors.append(error)
                is_over.set()

        def ask(span: Span) -> None:
            try:
                another = source.open(*span, self._part.validator_of(source.name), self._halt)
            except (SourceFailed, RangeRefused, Halted) as error:
                # It gave the first range: that it refuses another is no reason to give it up.
                problem = error.problem if isinstance(error, SourceFailed) else self._misled(source)
                failures.append(SourceFailed(problem, is_refusal=True))
                return
            except BaseException as error:  # the connection can't be written down, say: it is not made
                other_errors.append(error)
                is_over.set()
                return
            with contextlib.closing(another):
                if (another.first, another.total) == (span[0], self._part.total):
                    receive(another, span)
                else:
                    failures.append(SourceFailed(self._misled(source), is_refusal=True))

        threads = [
            threading.Thread(target=ask, args=(span,), name="range of a download", daemon=True) for span in spans[1:]
        ]
        for thread in threads:
            thread.start()
        receive(opened, spans[0])
        for thread in threads:
            thread.join()
        if other_errors:
            raise other_errors[0]
        self._halt.check()
        return failures[0] if failures else None

    def _receive(
        self, source: Source, opened: Opened, first: int, end: int | None, is_over: threading.Event | None = None
    ) -> SourceFailed | None:
        """Write what comes to its place, from ``first`` to ``end`` (None: to the last)."""
        part = self._part
        at = first
        try:
            with part.path.open("r+b", buffering=0) as file:
                file.seek(first)
                for chunk in opened.chunks():
                    taken = memoryview(chunk)[: None if end is None else end - at]
                    written = 0
                    while written < len(taken):
                        written += file.write(taken[written:])
                    part.note(at, at + len(taken))
                    at += len(taken)
                    self._say(source)
                    self._halt.check()
                    if at == end or (is_over is not None and is_over.is_set()):
                        return None
                    if at > LARGEST:
                        return SourceFailed(self._misled(source), is_final=True)
        except SourceFailed as failed:
            return failed
        if end is None and at:
            part.set_total(at)
            return None
        problem = PhialError(EngineProblem.DOWNLOAD_INTERRUPTED, model=self._wanted.name, host=source.name)
        return SourceFailed(problem)

    def _misled(self, source: Source) -> PhialError:
        return PhialError(EngineProblem.DOWNLOAD_MISLED, model=self._wanted.name, host=source.name)

    def _say(self, source: Source, *, is_checking: bool = False, waits_for: PhialError | None = None) -> None:
        self._tell(Step(self._part.arrived, self._part.total, source.name, is_checking, waits_for))
