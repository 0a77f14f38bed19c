"""Opening documents that are locked with a password: with one that is remembered, or that a person gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from rag.errors import LibraryProblem, PhialError
from rag.extract import Cancelled, DocumentInfo, PageText, ParserPool, find_password, read_document
from rag.locating import unchanged_path
from rag.passwords import Passwords
from rag.stores.records import Records, WaitingFile


class Unlocker:
    """Reads documents whatever password they need, as long as it is known."""

    def __init__(self, records: Records, passwords: Passwords, pool: ParserPool) -> None:
        self._records = records
        self._pool = pool
        self.passwords = passwords

    def read(
        self, file: WaitingFile, sha256: str, is_stopped: Callable[[], bool], first_page: int
    ) -> Iterator[DocumentInfo | PageText]:
        """What ``read_document`` gives of ``file``, whose content is ``sha256``; a password that opened it is kept.

        Raises what ``read_document`` raises: PDF_ENCRYPTED where no password that is known opens it.
        """
        path = Path(file.path)
        password = self.passwords.of(sha256)
        try:
            yield from read_document(path, is_stopped, first_page=first_page, password=password, pool=self._pool)
        except PhialError as error:
            if error.kind is not LibraryProblem.PDF_ENCRYPTED:
                raise
            found = find_password(path, self.passwords.candidates(sha256, file.sha256), is_stopped)
            if found is None:
                if is_stopped():
                    return
                raise
            self.passwords.keep(sha256, found)
            yield from read_document(path, is_stopped, first_page=first_page, password=found, pool=self._pool)

    def unlock(self, key: str, password: str, is_cancelled: Callable[[], bool]) -> bool:
        """Open the document ``key`` with ``password``, keep that, and let what waits for it be read.

        Says whether the system's keyring keeps it, beyond the life of this process. Raises PhialError DOCUMENT_GONE,
        PASSWORD_WRONG, what ``unchanged_path`` raises, and what opening raises.
        """
        document = next(iter(self._records.documents([key])), None)
        if document is None or not document.sha256:
            raise PhialError(LibraryProblem.DOCUMENT_GONE)
        try:
            path = unchanged_path(self._records, document.sha256, document.name, is_cancelled)
        except Cancelled:
            return False
        if find_password(path, (password,), is_cancelled) is None:
            if is_cancelled():
                return False
            raise PhialError(LibraryProblem.PASSWORD_WRONG, path=str(path))
        self.passwords.keep(document.sha256, password)
        self._records.recognize_again([document.sha256], (LibraryProblem.PDF_ENCRYPTED,))
        if not document.pages_read and not self._records.is_waiting(document.sha256):
            self._records.wait_again([document.sha256])
        return self.passwords.is_kept(document.sha256)
