"""Where a document's file lies now, as it was when it was read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from rag.errors import LibraryProblem, PhialError
from rag.extract import status_of
from rag.stores.records import Records


def unchanged_path(records: Records, sha256: str, name: str, is_cancelled: Callable[[], bool]) -> Path:
    """A path whose file is still the one that was read: boxes and pages of another would be wrong.

    ``name`` is the document's, said where no path leads to it. Raises Cancelled; PhialError FILE_CHANGED, PATH_MISSING,
    PATH_UNREADABLE, PATH_NOT_ANSWERING.
    """
    problem = PhialError(LibraryProblem.PATH_MISSING, path=name)
    for path, size, modified_ns in records.stamps(sha256):
        try:
            status = status_of(Path(path), is_cancelled)
        except PhialError as error:
            problem = error
            continue
        if (status.st_size, status.st_mtime_ns) == (size, modified_ns):
            return Path(path)
        problem = PhialError(LibraryProblem.FILE_CHANGED, path=path)
    raise problem
