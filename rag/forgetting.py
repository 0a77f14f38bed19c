"""Forgetting: documents go with their text, lexical rows and vectors; the person's files stay."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence

from rag.dense import Dense
from rag.errors import LibraryProblem, PhialError
from rag.feed import Feed
from rag.indexing import Indexer
from rag.passwords import Passwords
from rag.protocol import Document, DocumentChanged, DocumentGone, Removed
from rag.stores.database import Database
from rag.stores.folder_records import FolderRecords
from rag.stores.history import History
from rag.stores.records import Records
from rag.stores.vector_records import VectorRecords


class Forgetter:
    """Forgets documents."""

    def __init__(
        self,
        database: Database,
        records: Records,
        folders: FolderRecords,
        passwords: Passwords,
        vectors: VectorRecords,
        history: History,
        dense: Dense,
        feed: Feed,
        indexer: Indexer,
        forget_states: Callable[[Sequence[str]], None],
    ) -> None:
        """``forget_states`` erases what a model has read of documents (SHA-256 sums)."""
        self._database = database
        self._records = records
        self._folders = folders
        self._passwords = passwords
        self._vectors = vectors
        self._history = history
        self._dense = dense
        self._feed = feed
        self._indexer = indexer
        self._forget_states = forget_states

    def forget(self, targets: Sequence[str]) -> Removed:
        """Forget what ``targets`` name: paths of files and folders, keys, SHA-256 sums.

        What lies in a folder that is followed is left out from now on, until it is given again.

        A document that lies at other paths too only loses the paths that were named. Raises PhialError
        PATH_NOT_IN_LIBRARY where nothing was named; what some targets name is forgotten though others name nothing.
        """
        gone: dict[str, Document] = {}
        unknown = ""
        for target in targets:
            named, has_untied = self._named(target)
            gone.update((document.key, document) for document in named)
            if not named and not has_untied:
                unknown = unknown or target
        self._folders.leave_out(path for document in gone.values() for path in document.paths)
        self._erase(tuple(gone.values()))
        if unknown and not gone:
            raise PhialError(LibraryProblem.PATH_NOT_IN_LIBRARY, path=unknown)
        sha256s = [document.sha256 for document in gone.values() if document.sha256]
        titles = {title: None for sha256 in sha256s for title in self._history.quoting(sha256)}
        return Removed(0, tuple(gone.values()), tuple(titles))

    def forget_unread(self, keys: Sequence[str]) -> Removed:
        """Forget those of the documents with these keys that are still unread (see Document.is_unread).

        A key may be the path of a file that is known by its content meanwhile. Left out as ``forget`` leaves out.
        """
        with self._indexer.without([*self._records.names_of(keys)]):  # what it decides on stays so until it is done
            # By now a file that was being read may be known by its content.
            found = self._records.documents([*self._records.names_of(keys)])
            unread = tuple(document for document in found if document.is_unread)
            self._folders.leave_out(path for document in unread for path in document.paths)
            self._erase(unread)
        return Removed(0, unread, ())

    def forget_paths(self, paths: Sequence[str]) -> None:
        """Forget what lies at exactly these ``paths``: a document that lies at others too stays there."""
        gone = set(paths)
        # Nobody finds another file with the same content meanwhile: it would go with the others.
        with self._indexer.without([*self._records.names_of(paths)]):
            keys: list[str] = []
            for sha256, known in self._folders.documents_of(paths).items():
                if not sha256:
                    keys.extend(known)
                elif known <= gone:
                    keys.append(sha256)
                else:
                    self._untie(sha256, known & gone)
            self._erase(self._records.documents(keys))

    def _untie(self, key: str, paths: Iterable[str]) -> None:
        for path in paths:
            self._records.forget_path(path)
        for document in self._records.documents([key]):
            self._feed.publish(DocumentChanged(0, document))

    def _named(self, target: str) -> tuple[tuple[Document, ...], bool]:
        """The documents that go with ``target``, and whether one only lost a path by it."""
        keys = {document.key for document in self._records.documents([target])}
        paths = self._records.paths_within(os.path.abspath(target)) or self._records.paths_within(target)  # noqa: PTH100
        keys |= {path for path, sha256 in paths.items() if not sha256}
        has_untied = False
        for document in self._records.documents([sha256 for sha256 in paths.values() if sha256]):
            if document.key in keys or set(document.paths) <= paths.keys():
                keys.add(document.key)
                continue
            self._folders.leave_out(paths.keys() & set(document.paths))
            self._untie(document.key, paths.keys() & set(document.paths))
            has_untied = True
        return self._records.documents(tuple(keys)), has_untied

    def _erase(self, documents: Sequence[Document]) -> None:
        if not documents:
            return
        keys = [document.key for document in documents]
        with self._indexer.without([*keys, *(path for document in documents for path in document.paths)]):
            self._indexer.note_forgotten(self._records.remove_documents(keys))
            self._vectors.drop_unused()
        for key in keys:
            self._passwords.forget(key)
            self._feed.publish(DocumentGone(0, key))
        # No answer finds them by now, so that nothing of them is read again after this.
        self._forget_states([document.sha256 for document in documents if document.sha256])
        self._dense.follow()
        self._indexer.wake()  # it checks, in the background, what forgetting left of the vector index
        self._database.erase_traces()
