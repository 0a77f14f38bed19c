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
    Folders,
    Found,
    HealthReport,
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
    Health,
    Hello,
    Index,
    ListConversations,
    ListDocuments,
    ListFolders,
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
    Unlock,
    UnwatchFolder,
    Watch,
    WatchFolder,
)
from rag.protocol.values import (
    ATTACHMENT,
    LONGEST_QUESTION,
    PAGE_UNITS,
    Answer,
    Box,
    Check,
    Citation,
    ConversationRow,
    Document,
    DocumentHealth,
    DocumentState,
    IndexedFile,
    Model,
    PageForm,
    PageRun,
    PageState,
    Passage,
    Sentence,
    Span,
    Timings,
    Turn,
    WatchedFolder,
    unit_of,
)

__all__ = [
    "ATTACHMENT",
    "CODEC",
    "LONGEST_QUESTION",
    "PAGE_UNITS",
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
    "DocumentHealth",
    "DocumentState",
    "Documents",
    "Done",
    "Evidence",
    "Examine",
    "Examined",
    "Failed",
    "Folders",
    "Found",
    "Health",
    "HealthReport",
    "Hello",
    "Index",
    "Indexed",
    "IndexedFile",
    "LibraryStatus",
    "ListConversations",
    "ListDocuments",
    "ListFolders",
    "ListModels",
    "Model",
    "ModelState",
    "Models",
    "OpenConversation",
    "Page",
    "PageForm",
    "PageRun",
    "PageState",
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
    "Unlock",
    "UnwatchFolder",
    "Watch",
    "WatchFolder",
    "WatchedFolder",
    "Welcome",
    "ends",
    "unit_of",
]

VERSION = 2

REQUESTS: tuple[type[Request], ...] = (
    Hello, Index, Search, Ask, ListDocuments, Watch, Remove, Retry, Unlock, WatchFolder, UnwatchFolder,
    ListFolders, Health, Pause, ShowPage, ListConversations,
    OpenConversation, RenameConversation, DeleteConversation, ListModels, ChooseModel, AddModel, Status, Examine,
    Cancel,
)  # fmt: skip
REPLIES: tuple[type[Reply], ...] = (
    Welcome, Evidence, Stage, Token, Progress, DocumentChanged, DocumentGone, ModelState, Found, Answered, Indexed,
    Documents, Removed, Folders, HealthReport, Page, Conversations, Conversation, Models, LibraryStatus, Examined,
    Done, Failed, Cancelled,
)  # fmt: skip


def ends(request: Request, reply: Reply) -> bool:
    """Whether ``reply`` is the last one to ``request``.

    A watch only ends with ``error`` or ``cancelled``: the list of documents that ends another request begins it.
    """
    return reply.is_final and (not isinstance(request, Watch) or isinstance(reply, Failed | Cancelled))


CODEC = Codec(VERSION, (*REQUESTS, *REPLIES))
