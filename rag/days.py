"""Days as people and files write them: a day, a month or a year, in the order of ISO 8601. Pure."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from rag.errors import LibraryProblem, PhialError

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_STATED = (
    re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?![\d-])"),
    re.compile(r"(?:D:)?(\d{4})(?:(\d{2})(?:(\d{2})(?:\d{2}){0,3})?)?(?!\d)"),
)
"""What ISO 8601 and PDF (ISO 32000-1, 7.9.4) begin with, a time behind it or not."""
_EARLIEST = 1970
"""What says an earlier year is a clock that was not set, or a document's subject."""


def day_range(since: str, until: str) -> tuple[str, str]:
    """The first and the last day of a range whose ends are days, months or years (ISO 8601); "" stays open.

    Raises PhialError DATE_WRONG for what is none of these.
    """
    return _end(since, is_last=False), _end(until, is_last=True)


def _end(written: str, *, is_last: bool) -> str:
    found = _ISO.fullmatch(written.strip())
    if not written.strip():
        return ""
    if found is not None:
        year, month, day = (int(part or 0) for part in found.groups())
        month = month if found[2] else (12 if is_last else 1)
        try:
            day = day if found[3] else (calendar.monthrange(year, month)[1] if is_last else 1)
            return date(year, month, day).isoformat()
        except ValueError:  # a month 13, a 30 February, a year 0
            pass
    raise PhialError(LibraryProblem.DATE_WRONG, day=written)


def stated_day(written: str, today: date | None = None) -> str:
    """The day that a file's properties name ("D:20240305120000Z", "2024-03-05T12:00:00", "2024"), as ISO 8601.

    As much of it as is said; "" where it is no date, lies before 1970 or behind tomorrow.
    """
    found = next(filter(None, (pattern.match(written.strip()) for pattern in _STATED)), None)
    if found is None:
        return ""
    parts = [part for part in found.groups() if part]
    try:
        stated = date(*(int(part) for part in (*parts, "1", "1")[:3]))
    except ValueError:
        return ""
    is_sane = stated.year >= _EARLIEST and stated <= (today or date.today()) + timedelta(days=1)  # noqa: DTZ011 - the person's day
    return "-".join(parts) if is_sane else ""
