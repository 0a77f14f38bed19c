"""The messages between the worker and its clients: requests down, everything else up. See docs/protocol.md.

Standard library only: the window imports this module. A request carries an ``id`` that its client chose (unique on its
connection); every message that answers it carries the same. One request ends with exactly one *final* message (one
whose class says ``is_final``), an ``error`` or a ``cancelled``.

Spans are pairs of character offsets, end exclusive. Boxes are in points from the top left of the page as it is shown.
Pages are counted from 1. Times are seconds.
"""

# What this imports is what it gives: a list of it all over again could only differ.
# mypy: implicit-reexport
# ruff: noqa: F401

from __future__ import annotations

from engine.frames import Codec
from rag.page_forms import PageForm, PageState
from rag.protocol.as_answers import MOST_QUOTED, findings_as_answer, shortened, summary_as_answer
from rag.protocol.backups import BackedUp, BackUp, BackupProgress, PathMap, Restore, Restored
from rag.protocol.collections import (
    ChangeCollection,
    Collection,
    CollectionRow,
    Collections,
    DeleteCollection,
    ListCollections,
    OpenCollection,
    RenameCollection,
)
from rag.protocol.connections import FOR_AN_UPDATE, Connection, Connections, ListConnections
from rag.protocol.conversations import (
    Conversation,
    ConversationRow,
    Conversations,
    DeleteConversation,
    ExportAnswer,
    ExportConversation,
    Exported,
    KeepTurn,
    Kept,
    ListConversations,
    OpenConversation,
    RenameConversation,
    Turn,
)
from rag.protocol.embedders import (
    AddEmbedder,
    ChooseEmbedder,
    EmbedderProgress,
    Embedders,
    InstalledEmbedder,
    ListEmbedders,
    OfferedEmbedder,
)
from rag.protocol.estimating import Errand, Estimate, Estimated
from rag.protocol.finding import (
    CheckedDocument,
    DocumentFinding,
    FindAll,
    FindProgress,
    FoundAll,
    FoundIn,
    UnreadDocument,
)
from rag.protocol.leaving import ForgetUnread, LeaveScans, ReadScans, Withhold
from rag.protocol.models import (
    BundleModels,
    Download,
    DownloadChanged,
    DownloadState,
    DropDownload,
    GetModel,
    ListOffers,
    Machine,
    Offer,
    Offers,
    PauseDownload,
)
from rag.protocol.reading import (
    DocumentSearched,
    HitsFound,
    ListedPage,
    ListPages,
    Outline,
    OutlineEntry,
    PageHits,
    PageList,
    PageWords,
    ReadOutline,
    ReadWords,
    SearchDocument,
)
from rag.protocol.replies import (
    Answered,
    Cancelled,
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
    Anticipate,
    Ask,
    Cancel,
    ChooseModel,
    Examine,
    Health,
    Hello,
    Index,
    ListDocuments,
    ListFolders,
    ListModels,
    Pause,
    Remove,
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
from rag.protocol.settings import ChangeSetting, ListSettings, Setting, Settings, SettingUnit
from rag.protocol.summaries import (
    LONGEST_FOCUS,
    SUMMARY_LANGUAGES,
    ComparisonCell,
    ComparisonRow,
    OutlineSection,
    Summarise,
    Summarised,
    SummarisedDocument,
    Summary,
    SummaryLength,
    SummaryMode,
    SummaryProgress,
    SummarySection,
    SummarySentence,
)
from rag.protocol.updates import GetUpdate, LookForUpdate, UpdateArrived, UpdateFound, UpdateProgress
from rag.protocol.upkeep import IndexRebuilding
from rag.protocol.values import (
    ATTACHMENT,
    EVERYWHERE,
    LONGEST_QUESTION,
    PAGE_UNITS,
    Answer,
    Check,
    Citation,
    Document,
    DocumentHealth,
    DocumentState,
    ExportFormat,
    IndexedFile,
    Model,
    PageRun,
    Passage,
    Scope,
    Sentence,
    Span,
    Speed,
    Timings,
    WatchedFolder,
    unit_of,
)
from rag.words import Box, Word, document_boxes, goes_on, pack_words, unpack_words

VERSION = 7

REQUESTS: tuple[type[Request], ...] = (
    Hello, Index, Search, Ask, Anticipate, ListDocuments, Watch, Remove, Retry, Unlock, WatchFolder, UnwatchFolder,
    ListFolders, Health, Pause, ShowPage, ListConversations,
    OpenConversation, KeepTurn, RenameConversation, DeleteConversation, ExportConversation, ExportAnswer,
    ListModels, ChooseModel, AddModel, Status, Examine, Cancel,
    Summarise, ListCollections, OpenCollection, ChangeCollection, RenameCollection, DeleteCollection, FindAll,
    ListEmbedders, ChooseEmbedder, AddEmbedder, Estimate,
    ListOffers, GetModel, PauseDownload, DropDownload, BundleModels, ListSettings, ChangeSetting, ListConnections,
    ListPages, ReadWords, ReadOutline, SearchDocument,
    BackUp, Restore, LookForUpdate, GetUpdate, Withhold, ForgetUnread, LeaveScans, ReadScans,
)  # fmt: skip
REPLIES: tuple[type[Reply], ...] = (
    Welcome, Evidence, Stage, Token, Progress, DocumentChanged, DocumentGone, ModelState, Found, Answered, Indexed,
    Documents, Removed, Folders, HealthReport, Page, Conversations, Conversation, Kept, Exported, Models, LibraryStatus,
    Examined, Done, Failed, Cancelled,
    SummaryProgress, Summarised, Collections, Collection, FindProgress, FoundIn, FoundAll,
    EmbedderProgress, Embedders, Estimated, IndexRebuilding, DownloadChanged, Offers, Settings, Connections,
    PageList, PageWords, Outline, HitsFound, DocumentSearched,
    BackupProgress, BackedUp, Restored, UpdateProgress, UpdateFound, UpdateArrived,
)  # fmt: skip


def ends(request: Request, reply: Reply) -> bool:
    """Whether ``reply`` is the last one to ``request``.

    A watch only ends with ``error`` or ``cancelled``: the list of documents that ends another request begins it.
    """
    return reply.is_final and (not isinstance(request, Watch) or isinstance(reply, Failed | Cancelled))


CODEC = Codec(VERSION, (*REQUESTS, *REPLIES))
