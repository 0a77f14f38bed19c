"""The messages between the worker and its clients: requests down, everything else up. See docs/protocol.md.

Standard library only: the window imports this module. A request carries an ``id`` that its client chose (unique on its
connection); every message that answers it carries the same. One request ends with exactly one *final* message (one
whose class says ``is_final``), an ``error`` or a ``cancelled``.

Spans are pairs of character offsets, end exclusive. Boxes are in points from the top left of the page as it is shown.
Pages are counted from 1. Times are seconds.
"""

from __future__ import annotations

from engine.frames import Codec
from rag.protocol.replies import (
    Answered,
    Cancelled,
    Conversation,
    Conversations,
    DocumentChanged,
    DocumentGone,
    Documents,
    Done,
    Evidence,
    Examined,
    Failed,
    Found,
    Indexed,
    LibraryStatus,
    Models,
    ModelState,
    Page,
    Progress,
    Removed,
    Reply,
    Stage,
    Token,
    Welcome,
)
from rag.protocol.requests import (
    AddModel,
    Ask,
    Cancel,
    ChooseModel,
    DeleteConversation,
    Examine,
    Hello,
    Index,
    ListConversations,
    ListDocuments,
    ListModels,
    OpenConversation,
    Pause,
    Remove,
    RenameConversation,
    Request,
    Retry,
    Search,
    ShowPage,
    Status,
    Watch,
)
from rag.protocol.values import (
    LONGEST_QUESTION,
    Answer,
    Box,
    Check,
    Citation,
    ConversationRow,
    Document,
    DocumentState,
    IndexedFile,
    Model,
    Passage,
    Sentence,
    Span,
    Timings,
    Turn,
)

__all__ = [
    "CODEC",
    "LONGEST_QUESTION",
    "REPLIES",
    "REQUESTS",
    "VERSION",
    "AddModel",
    "Answer",
    "Answered",
    "Ask",
    "Box",
    "Cancel",
    "Cancelled",
    "Check",
    "ChooseModel",
    "Citation",
    "Conversation",
    "ConversationRow",
    "Conversations",
    "DeleteConversation",
    "Document",
    "DocumentChanged",
    "DocumentGone",
    "DocumentState",
    "Documents",
    "Done",
    "Evidence",
    "Examine",
    "Examined",
    "Failed",
    "Found",
    "Hello",
    "Index",
    "Indexed",
    "IndexedFile",
    "LibraryStatus",
    "ListConversations",
    "ListDocuments",
    "ListModels",
    "Model",
    "ModelState",
    "Models",
    "OpenConversation",
    "Page",
    "Passage",
    "Pause",
    "Progress",
    "Remove",
    "Removed",
    "RenameConversation",
    "Reply",
    "Request",
    "Retry",
    "Search",
    "Sentence",
    "ShowPage",
    "Span",
    "Stage",
    "Status",
    "Timings",
    "Token",
    "Turn",
    "Watch",
    "Welcome",
    "ends",
]

VERSION = 1

REQUESTS: tuple[type[Request], ...] = (
    Hello, Index, Search, Ask, ListDocuments, Watch, Remove, Retry, Pause, ShowPage, ListConversations,
    OpenConversation, RenameConversation, DeleteConversation, ListModels, ChooseModel, AddModel, Status, Examine,
    Cancel,
)  # fmt: skip
REPLIES: tuple[type[Reply], ...] = (
    Welcome, Evidence, Stage, Token, Progress, DocumentChanged, DocumentGone, ModelState, Found, Answered, Indexed,
    Documents, Removed, Page, Conversations, Conversation, Models, LibraryStatus, Examined, Done, Failed, Cancelled,
)  # fmt: skip


def ends(request: Request, reply: Reply) -> bool:
    """Whether ``reply`` is the last one to ``request``.

    A watch only ends with ``error`` or ``cancelled``: the list of documents that ends another request begins it.
    """
    return reply.is_final and (not isinstance(request, Watch) or isinstance(reply, Failed | Cancelled))


CODEC = Codec(VERSION, (*REQUESTS, *REPLIES))
