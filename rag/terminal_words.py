"""Numbers as people write them: durations, decimals, and nouns that are counted."""

from __future__ import annotations

from datetime import UTC, datetime

from rag.errors import text


def counted(noun: str, count: int, language: str) -> str:
    """“1 page”, “24 pages”: ``noun`` is ``pages``, ``passages`` or ``documents``."""
    is_one = count <= 1 if language == "fr" else count == 1  # in French, nothing is singular
    return text(f"count_{noun}_{'one' if is_one else 'many'}", language, count=count)


def decimal(value: float, digits: int, language: str) -> str:
    """``value`` with the sign that the language puts before its decimals."""
    written = f"{value:.{digits}f}"
    return written if language == "en" else written.replace(".", ",")


def duration(seconds: float, language: str) -> str:
    """“2.0 s”, “48 s”, “3 min 5 s”, “2 h 14 min”."""
    if seconds < 10:
        return f"{decimal(seconds, 1, language)} s"
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"


def roughly(seconds: float) -> str:
    """“12 s”, “3 min”, “2 h 15 min”: an estimate, no finer than it can be."""
    if round(seconds) < 60:
        return f"{max(1, round(seconds))} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60 // 5 * 5} min"


def day_and_time(at: float) -> str:
    """“2026-11-22 03:05”: a Unix time as this computer's clock says it."""
    return datetime.fromtimestamp(at, UTC).astimezone().strftime("%Y-%m-%d %H:%M")
