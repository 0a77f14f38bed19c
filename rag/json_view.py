"""What the terminal prints for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rag.errors import PhialError, Problem, describe, problem_of, text
from rag.json_conversations import conversation_object
from rag.json_models import model_object, offers_object
from rag.json_output import (
    answer_object,
    check_object,
    conversation_row_object,
    document_object,
    file_object,
    folder_object,
    health_object,
    passage_object,
    print_object,
    reason_fields,
    status_object,
)
from rag.protocol import (
    Answered,
    Check,
    Conversation,
    ConversationRow,
    Document,
    DocumentChanged,
    DocumentHealth,
    Exported,
    Found,
    Indexed,
    LibraryStatus,
    Model,
    Offers,
    Progress,
    Removed,
    Reply,
    WatchedFolder,
)
from rag.view import complain, is_anything_done


class JsonView:
    """One JSON object a line on standard output, and nothing else there."""

    def __init__(self, language: str) -> None:
        self._language = language

    def index(self, replies: Iterator[Reply]) -> bool:
        """Print events, then the summary."""
        done = False
        for reply in replies:
            if isinstance(reply, DocumentChanged):
                self._print({"event": "document", **document_object(reply.document, self._language)})
            elif isinstance(reply, Progress):
                self._print(
                    {
                        "event": "progress", "documents_done": reply.documents_done, "documents": reply.documents,
                        "pages_read": reply.pages_done, "pages_waiting": reply.pages_waiting,
                        "passages_embedded": reply.passages_done, "passages": reply.passages,
                        "seconds_left": reply.seconds_left if reply.seconds_left >= 0 else None,
                        "is_paused": reply.is_paused,
                    }
                )  # fmt: skip
            elif isinstance(reply, Indexed):
                files = [file_object(file, self._language) for file in reply.files]
                self._print({"event": "summary", "documents": files, "seconds": reply.seconds})
                done = is_anything_done(reply)
                if not done:
                    complain(_first_reason(reply, self._language))
        return done

    def search(self, replies: Iterator[Reply]) -> bool:
        """Print the passages."""
        for reply in replies:
            if isinstance(reply, Found):
                passages = [passage_object(passage) for passage in reply.passages]
                self._print({"passages": passages, "seconds": round(reply.seconds, 3)})
        return True

    def ask(self, replies: Iterator[Reply]) -> bool:
        """Print the answer."""
        for reply in replies:
            if isinstance(reply, Answered):
                self._print({**answer_object(reply.answer), "conversation": reply.conversation})
        return True

    def status(self, status: LibraryStatus) -> bool:
        """Print how the library stands."""
        return self._print(status_object(status, self._language))

    def documents(self, documents: Sequence[Document]) -> bool:
        """Print every document, one a line."""
        for document in documents:
            self._print(document_object(document, self._language))
        return True

    def folders(self, folders: Sequence[WatchedFolder]) -> bool:
        """Print the folders that are followed."""
        return self._print({"folders": [folder_object(folder) for folder in folders]})

    def health(self, documents: Sequence[DocumentHealth]) -> bool:
        """Print every document with its pages, one a line."""
        for document in documents:
            self._print(health_object(document, self._language))
        return True

    def unlocked(self, notice: Problem | None) -> None:
        """Print that the password fits, and whether it is kept when the worker has ended."""
        self._print({"event": "unlocked", "is_kept": notice is None})

    def removed(self, removed: Removed) -> bool:
        """Print what was forgotten."""
        gone = [document_object(document, self._language) for document in removed.documents]
        return self._print({"removed": gone, "conversations": list(removed.conversations)})

    def examined(self, checks: Sequence[Check]) -> bool:
        """Print the doctor's findings."""
        return self._print({"checks": [check_object(check) for check in checks]})

    def models(self, models: Sequence[Model]) -> bool:
        """Print the models."""
        return self._print({"models": [model_object(model, self._language) for model in models]})

    def offers(self, offers: Offers) -> bool:
        """Print the models that can be had, and the machine."""
        return self._print(offers_object(offers, self._language))

    def conversations(self, conversations: Sequence[ConversationRow]) -> bool:
        """Print the history."""
        return self._print({"conversations": [conversation_row_object(row) for row in conversations]})

    def conversation(self, conversation: Conversation) -> bool:
        """Print all of a conversation."""
        return self._print(conversation_object(conversation, self._language))

    def exported(self, exported: Exported, path: str) -> bool:
        """Print where the file is; its size is in bytes."""
        return self._print(
            {
                "conversation": exported.conversation, "format": exported.format.value, "path": path,
                "bytes": len(exported.content),
            }
        )  # fmt: skip

    def restarted(self) -> None:
        """Say on standard error that another worker goes on."""
        complain(text("worker_restarted", self._language))

    def interrupted(self) -> None:
        """Say nothing: the exit status does."""

    def fail(self, error: PhialError) -> None:
        """Print the failure, for programs here and for people on standard error."""
        problem = problem_of(error)
        complain(str(describe(problem, self._language)))
        self._print({"event": "error", **reason_fields(problem, self._language)})

    def _print(self, fields: dict[str, Any]) -> bool:
        print_object(fields)
        return True


def _first_reason(indexed: Indexed, language: str) -> str:
    reason = next((file.reason for file in indexed.files if file.reason is not None), None)
    return str(describe(reason, language)) if reason else ""
