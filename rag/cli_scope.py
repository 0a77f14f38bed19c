"""Where a command looks: ``--in``, ``--collection``, ``--since``, ``--until``."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from rag.errors import LibraryProblem, PhialError
from rag.protocol import Document, Documents, ListDocuments, Scope
from rag.session import Session

_SHA256_LENGTH = 64


def add_scope(command: argparse.ArgumentParser, say: Callable[[str], str]) -> None:
    """Give ``command`` the arguments that narrow it."""
    command.add_argument("--in", dest="scope", action="append", default=[], metavar="PATH", help=say("scope"))
    command.add_argument("--collection", action="append", default=[], metavar="NAME", help=say("scope_collection"))
    command.add_argument("--since", default="", metavar="DAY", help=say("scope_since"))
    command.add_argument("--until", default="", metavar="DAY", help=say("scope_until"))


def scope_of(chosen: argparse.Namespace) -> Scope:
    """The scope that the arguments of ``add_scope`` name."""
    return Scope(absolute(chosen.scope), tuple(chosen.collection), chosen.since, chosen.until)


def absolute(paths: Sequence[str]) -> tuple[str, ...]:
    """Paths as the worker, which stands in another folder, can use them. A SHA-256 sum stays what it is."""
    return tuple(
        path if len(path) == _SHA256_LENGTH and not Path(path).exists() else os.path.abspath(os.path.expanduser(path))  # noqa: PTH100, PTH111
        for path in paths
    )


def documents_at(session: Session, paths: Sequence[str]) -> list[Document]:
    """What lies at ``paths`` and in the folders there. Raises PhialError PATH_NOT_IN_LIBRARY for each that has none."""
    there: list[Document] = []
    documents = session.get(Documents, ListDocuments).documents if paths else ()
    for given, path in zip(paths, absolute(paths), strict=True):
        inside = path.rstrip(os.sep) + os.sep
        found = [
            document
            for document in documents
            if path == document.sha256 or any(place == path or place.startswith(inside) for place in document.paths)
        ]
        if not found:
            raise PhialError(LibraryProblem.PATH_NOT_IN_LIBRARY, path=given)
        there.extend(found)
    return there
