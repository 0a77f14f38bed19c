"""What a person has limited the next questions to: some documents, or a collection by its name."""

from __future__ import annotations

import dataclasses

from rag.protocol import Document, Scope


@dataclasses.dataclass(frozen=True)
class ChosenScope:
    """The ``documents`` chosen, or those in ``collection`` at present where one is named. False: all documents.

    A collection is asked by its name: what is put into it meanwhile belongs to it.
    """

    documents: tuple[Document, ...] = ()
    collection: str = ""

    def __bool__(self) -> bool:
        return bool(self.documents or self.collection)

    def without(self, documents: tuple[Document, ...]) -> ChosenScope:
        """What is left where ``documents`` are taken out; a collection that is not asked whole is no longer named."""
        return ChosenScope(tuple(document for document in self.documents if document not in documents))

    @property
    def limits(self) -> Scope:
        """The same as the worker is told."""
        if self.collection:
            return Scope(collections=(self.collection,))
        return Scope(tuple(document.key for document in self.documents))
