"""Trying passwords on a document: the parser process's side of ``rag.extract.unlocking``."""

from __future__ import annotations

from pathlib import Path

from rag.errors import LibraryProblem, PhialError
from rag.extract.messages import PasswordTried, TryPasswords
from rag.extract.readers import reader_of


def try_passwords(request: TryPasswords) -> PasswordTried:
    """The number, from 0, of the first password that opens the document; -1 where none does.

    Raises PhialError where the document can't be opened at all.
    """
    for number, password in enumerate(request.passwords):
        try:
            next(reader_of(request.format)(Path(request.path), 1, password), None)
        except PhialError as error:
            if error.kind is not LibraryProblem.PDF_ENCRYPTED:
                raise
        else:
            return PasswordTried(number)
    return PasswordTried(-1)
