"""The kinds of failure, and the one catalogue of sentences that the window and the terminal both read.

Standard library only: the window imports this module.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import locale
import os
from enum import StrEnum
from pathlib import PurePath
from typing import TypedDict

from engine.errors import EngineProblem, Parameter, PhialError
from engine.paths import assets

__all__ = [
    "LANGUAGES",
    "PRIVACY_SETTINGS",
    "EngineProblem",
    "LibraryProblem",
    "Parameter",
    "PhialError",
    "Problem",
    "Sentences",
    "WindowProblem",
    "about_the_file",
    "describe",
    "error_of",
    "problem_of",
    "size_words",
    "system_language",
    "text",
]

LANGUAGES = ("en", "fr", "it")

PRIVACY_SETTINGS = "x-apple.systempreferences:com.apple.preference.security?Privacy_FilesAndFolders"
"""The page of macOS's settings that says which folders a program may read: the address by which it opens."""


class LibraryProblem(StrEnum):
    """Kinds of failure that the library and its worker raise."""

    # a path that was given
    PATH_MISSING = "path_missing"  # path
    NO_DOCUMENTS = "no_documents"  # path
    PATH_UNREADABLE = "path_unreadable"  # path
    PATH_PROTECTED = "path_protected"  # path, settings (an address)
    PATH_NOT_ANSWERING = "path_not_answering"  # path, seconds
    PATH_NOT_A_FILE = "path_not_a_file"  # path
    PATH_NOT_IN_LIBRARY = "path_not_in_library"  # path
    PATH_NOT_A_FOLDER = "path_not_a_folder"  # path
    FOLDER_NOT_WATCHED = "folder_not_watched"  # path
    FOLDER_POLLED = "folder_polled"  # path
    PASSWORD_FILE_OPEN = "password_file_open"  # noqa: S105 - path
    # a document
    FORMAT_UNKNOWN = "format_unknown"  # path
    FILE_EMPTY = "file_empty"  # path
    FILE_CHANGED = "file_changed"  # path
    DOCUMENT_CHANGED = "document_changed"  # path
    FILE_IN_CLOUD = "file_in_cloud"  # path
    FILE_TOO_LARGE = "file_too_large"  # path, bytes, limit (bytes)
    PDF_BROKEN = "pdf_broken"  # path
    PDF_NOT_A_PDF = "pdf_not_a_pdf"  # path
    PDF_ENCRYPTED = "pdf_encrypted"  # path
    PASSWORD_WRONG = "password_wrong"  # noqa: S105 - path
    PASSWORD_NOT_KEPT = "password_not_kept"  # noqa: S105 - of no path
    PDF_FORM_BY_PROGRAM = "pdf_form_by_program"  # path
    PDF_WITHOUT_PAGES = "pdf_without_pages"  # path
    ONLY_PICTURES = "only_pictures"  # path, pages
    NO_TEXT = "no_text"  # path
    TEXT_NOT_TEXT = "text_not_text"  # path
    OFFICE_ENCRYPTED = "office_encrypted"  # path
    OFFICE_OLD = "office_old"  # path
    EPUB_PROTECTED = "epub_protected"  # path
    FILE_BROKEN = "file_broken"  # path
    FILE_NOT_AS_NAMED = "file_not_as_named"  # path
    FILE_UNPACKS_TOO_LARGE = "file_unpacks_too_large"  # path, bytes
    XML_REFUSED = "xml_refused"  # path
    TABLE_TOO_LARGE = "table_too_large"  # path, rows, columns
    ATTACHMENT_PICTURE = "attachment_picture"  # path
    ATTACHMENT_TOO_DEEP = "attachment_too_deep"  # path
    ATTACHMENTS_LEFT_OUT = "attachments_left_out"  # limit
    PAGE_FAILED = "page_failed"  # path, page
    IMAGE_BROKEN = "image_broken"  # path
    IMAGE_TOO_LARGE = "image_too_large"  # path, megapixels
    OCR_FAILED = "ocr_failed"  # path, page
    SCAN_LEFT_UNREAD = "scan_left_unread"  # path
    PARSER_DIED = "parser_died"  # path, page
    PARSER_TIMED_OUT = "parser_timed_out"  # path, page, seconds
    PARSER_OUT_OF_MEMORY = "parser_out_of_memory"  # path, page
    PAGE_TOO_LONG = "page_too_long"  # path, page, characters
    DOCUMENT_TOO_LONG = "document_too_long"  # path, pages
    # the library
    LIBRARY_NEWER = "library_newer"  # path
    LIBRARY_NOT_MIGRATED = "library_not_migrated"  # path, copy (a path)
    LIBRARY_HELD = "library_held"  # path, pid
    LIBRARY_DAMAGED = "library_damaged"  # path
    LIBRARY_UNWRITABLE = "library_unwritable"  # path
    DISK_FULL = "disk_full"  # path
    HOME_SYNCED = "home_synced"  # path
    HOME_ON_NETWORK = "home_on_network"  # path
    NO_EMBEDDER = "no_embedder"
    EMBEDDER_FAILED = "embedder_failed"
    EMBEDDER_UNSUITABLE = "embedder_unsuitable"  # path
    EMBEDDER_UNKNOWN = "embedder_unknown"  # embedder
    EMBEDDER_AWAY = "embedder_away"  # embedder, path
    EMBEDDER_CHANGING = "embedder_changing"  # embedder, former, done, passages
    SETTING_UNKNOWN = "setting_unknown"  # setting, settings
    SETTING_WRONG = "setting_wrong"  # setting, value, expected
    # a question
    QUESTION_EMPTY = "question_empty"
    LINE_NO_QUESTION = "line_no_question"  # line (its number)
    QUESTION_TOO_LONG = "question_too_long"  # characters, limit (characters)
    LIBRARY_EMPTY = "library_empty"
    SCOPE_EMPTY = "scope_empty"  # path
    COLLECTION_EMPTY = "collection_empty"  # name
    COLLECTION_UNKNOWN = "collection_unknown"  # name
    COLLECTION_EXISTS = "collection_exists"  # name
    COLLECTION_UNNAMED = "collection_unnamed"  # limit (characters)
    DATES_EMPTY = "dates_empty"  # since, until
    DATE_WRONG = "date_wrong"  # day
    DOCUMENT_GONE = "document_gone"
    PAGE_MISSING = "page_missing"  # page, pages
    CONVERSATION_GONE = "conversation_gone"
    # a summary
    DOCUMENT_NOT_READ_YET = "document_not_read_yet"  # path
    FOCUS_TOO_LONG = "focus_too_long"  # characters, limit (characters)
    COMPARES_ONE = "compares_one"
    # a file that is to be written
    FILE_THERE_ALREADY = "file_there_already"  # path
    FILE_UNWRITABLE = "file_unwritable"  # path
    PDF_LACKS_LETTERS = "pdf_lacks_letters"  # letters
    # a backup of the library
    NO_ROOM = "no_room"  # path, needed (bytes), free (bytes)
    BACKUP_UNDER_WAY = "backup_under_way"  # path
    BACKUP_UNREADABLE = "backup_unreadable"  # path
    BACKUP_NOT_ONE = "backup_not_one"  # path
    BACKUP_DAMAGED = "backup_damaged"  # path
    BACKUP_NEWER = "backup_newer"  # path, version
    RESTORE_NOT_EMPTY = "restore_not_empty"  # path
    # a newer version of the program
    UPDATE_NO_ADDRESS = "update_no_address"
    UPDATE_UNREACHABLE = "update_unreachable"  # host
    UPDATE_REFUSED = "update_refused"  # host
    UPDATE_WRONG = "update_wrong"  # host
    UPDATE_UNSIGNED = "update_unsigned"  # host
    UPDATE_REPLAYED = "update_replayed"  # host, version
    UPDATE_NONE = "update_none"  # ours
    UPDATE_NOT_FOR_THIS = "update_not_for_this"  # version, system
    # the worker and its clients
    WORKER_DIED = "worker_died"
    WORKER_START_FAILED = "worker_start_failed"
    WORKER_OTHER_VERSION = "worker_other_version"  # ours, theirs
    BAD_REQUEST = "bad_request"
    UNEXPECTED = "unexpected"


class WindowProblem(StrEnum):
    """Kinds of failure that only the window meets."""

    SHORTCUT_TAKEN = "shortcut_taken"  # shortcut
    SHORTCUT_MOVED = "shortcut_moved"  # shortcut, other


@dataclasses.dataclass(frozen=True)
class Problem:
    """A failure as a value: it is stored, and it travels. ``details`` hold no document text and no question."""

    kind: str
    parameters: dict[str, str | int | float] = dataclasses.field(default_factory=dict)
    details: str = ""


@dataclasses.dataclass(frozen=True)
class Sentences:
    """What a person reads of a failure: ``title`` (what happened), ``meaning``, ``mend`` (what to do)."""

    title: str
    meaning: str
    mend: str

    def __str__(self) -> str:
        return " ".join(part for part in (self.title, self.meaning, self.mend) if part)


def problem_of(error: BaseException) -> Problem:
    """The failure that ``error`` is; anything but a PhialError is UNEXPECTED, named by its class alone."""
    if isinstance(error, PhialError):
        return Problem(error.kind.value, dict(error.parameters), error.details)
    return Problem(LibraryProblem.UNEXPECTED.value, {}, type(error).__name__)


def error_of(problem: Problem) -> PhialError:
    """``problem``, to be raised. A kind that this version doesn't know becomes UNEXPECTED."""
    kinds: dict[str, StrEnum] = {kind.value: kind for kind in (*LibraryProblem, *EngineProblem)}
    if problem.kind not in kinds:
        return PhialError(LibraryProblem.UNEXPECTED, problem.details or problem.kind)
    error = PhialError(kinds[problem.kind], problem.details)
    error.parameters = problem.parameters
    return error


def describe(problem: Problem, language: str = "en") -> Sentences:
    """The sentences for ``problem`` in ``language`` (English where it has none). Never raises."""
    entry = _catalogue(language)["problems"].get(problem.kind)
    if entry is None:
        entry = _catalogue(language)["problems"][LibraryProblem.UNEXPECTED.value]
    values = _Values({name: _readable(name, value, language) for name, value in problem.parameters.items()})
    return Sentences(*(entry[part].format_map(values) for part in ("title", "meaning", "mend")))


def about_the_file(problem: Problem) -> Problem:
    """``problem`` with no more of its path than the name of the file: for where that file stands beside it."""
    path = problem.parameters.get("path")
    if not isinstance(path, str):
        return problem
    return dataclasses.replace(problem, parameters={**problem.parameters, "path": PurePath(path).name or path})


def text(key: str, language: str = "en", **values: Parameter) -> str:
    """A sentence of the terminal, by its key in the catalogue, with ``values`` filled in."""
    return _catalogue(language)["terminal"][key].format_map(_Values(values))


def size_words(size: float, language: str = "en") -> str:
    """A number of bytes, as a person writes it: “2 GB”, “64.5 MB”, “0 B”; “64,5 Mo” in French."""
    units = ((1e12, "terabytes"), (1e9, "gigabytes"), (1e6, "megabytes"), (1e3, "kilobytes"), (1.0, "bytes"))
    factor, unit = next((each for each in units if size >= each[0]), units[-1])
    number = f"{round(size / factor, 1):g}"
    return text(unit, language, size=number if language == "en" else number.replace(".", ","))


def system_language() -> str:
    """The language of this system, if it is one of ours, else English. ``PHIAL_LANGUAGE`` overrules it."""
    names = [os.environ.get(name, "") for name in ("PHIAL_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")]
    named = next((name for name in names if name), "") or (locale.getlocale()[0] or "")
    code = named[:2].lower()
    return code if code in LANGUAGES else "en"


class _Catalogue(TypedDict):
    problems: dict[str, dict[str, str]]
    terminal: dict[str, str]


class _Values(dict[str, Parameter]):
    def __missing__(self, key: str) -> str:
        return "?"


def _readable(name: str, value: Parameter, language: str) -> Parameter:
    # A limit may be one of characters or of parts; one of bytes is never as small.
    is_size = name in {"bytes", "needed", "free"} or (name == "limit" and isinstance(value, int) and value >= 10**5)
    return size_words(value, language) if is_size and isinstance(value, int) else value


@functools.cache
def _catalogue(language: str) -> _Catalogue:
    name = language if language in LANGUAGES else "en"
    path = assets() / "translations" / f"messages.{name}.json"
    catalogue: _Catalogue = json.loads(path.read_text(encoding="utf-8"))
    return catalogue
