"""What library.db keeps beside the documents: conversations and settings."""

from __future__ import annotations

import dataclasses
import json
import time

from engine.frames import FrameError, from_plain, plain
from rag.errors import LibraryProblem, PhialError
from rag.language import without_accents
from rag.protocol import Answer, ConversationRow, FoundAll, Summary, Turn
from rag.stores.database import Database

TITLE_LENGTH = 80
"""Characters of the first question that name a conversation."""


@dataclasses.dataclass(frozen=True)
class _MadeOf:
    """What the answer of a turn shows; nothing where it is an answer to a question."""

    summary: Summary | None = None
    found: FoundAll | None = None
    words: str = ""


class History:
    """Conversations with their answers, settings of the library."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add_turn(
        self,
        conversation: int,
        answer: Answer,
        summary: Summary | None = None,
        found: FoundAll | None = None,
        words: str = "",
    ) -> tuple[int, int]:
        """Keep an answer with what it was made of; conversation 0 begins one. Gives the conversation and the turn.

        Raises PhialError CONVERSATION_GONE.
        """
        made_of = _MadeOf(summary, found, words)
        now = time.time()
        with self._database.transaction() as connection:
            if conversation == 0:
                title = _title_of(answer.question)
                row = connection.execute(
                    "INSERT INTO conversations (title, changed) VALUES (?, ?) RETURNING id", (title, now)
                ).fetchone()
                conversation = int(row[0])
            elif not connection.execute(
                "UPDATE conversations SET changed = ? WHERE id = ? RETURNING id", (now, conversation)
            ).fetchall():
                raise PhialError(LibraryProblem.CONVERSATION_GONE)
            row = connection.execute(
                "INSERT INTO turns (conversation, asked, answer, made_of) VALUES (?, ?, ?, ?) RETURNING id",
                (conversation, now, json.dumps(plain(answer)), _stored(made_of)),
            ).fetchone()
        return conversation, int(row[0])

    def conversations(self, words: str = "") -> tuple[ConversationRow, ...]:
        """The history, newest first; with ``words``, the conversations whose title, questions or answers hold them.

        Case and accents make no difference.
        """
        rows = self._database.reader.execute(
            "SELECT c.id, c.title, count(t.id), c.changed FROM conversations c JOIN turns t ON t.conversation = c.id"
            " GROUP BY c.id ORDER BY c.changed DESC, c.id DESC"
        )
        found = [ConversationRow(*row) for row in rows]
        wanted = without_accents(words.strip())
        if wanted:
            said = self._saying(wanted)
            found = [row for row in found if row.conversation in said or wanted in without_accents(row.title)]
        return tuple(found)

    def _saying(self, wanted: str) -> set[int]:
        """The conversations with a question or an answer that holds ``wanted``."""
        rows = self._database.reader.execute(
            "SELECT conversation, coalesce(json_extract(answer, '$.question'), '') || char(10) ||"
            " coalesce(json_extract(answer, '$.text'), '') FROM turns"
        )
        return {conversation for conversation, said in rows if wanted in without_accents(said)}

    def conversation(self, conversation: int) -> tuple[str, tuple[Turn, ...]]:
        """The title and the turns, oldest first. Raises PhialError CONVERSATION_GONE."""
        row = self._database.reader.execute("SELECT title FROM conversations WHERE id = ?", (conversation,)).fetchone()
        if row is None:
            raise PhialError(LibraryProblem.CONVERSATION_GONE)
        rows = self._database.reader.execute(
            "SELECT id, asked, answer, made_of FROM turns WHERE conversation = ? ORDER BY id", (conversation,)
        )
        turns = [(identity, asked, _answer(answer), _made_of(made_of)) for identity, asked, answer, made_of in rows]
        return row[0], tuple(
            Turn(identity, asked, answer, made_of.summary, made_of.found, made_of.words)
            for identity, asked, answer, made_of in turns
            if answer is not None
        )

    def last_answer(self, conversation: int) -> Answer | None:
        """The newest answer to a question of a conversation; None where there is none that this version can read.

        Raises PhialError CONVERSATION_GONE.
        """
        rows = self._database.reader.execute(
            "SELECT answer, made_of FROM turns WHERE conversation = ? ORDER BY made_of = '' DESC, id DESC LIMIT 1",
            (conversation,),
        ).fetchall()
        if not rows:
            raise PhialError(LibraryProblem.CONVERSATION_GONE)
        ((answer, made_of),) = rows
        return None if made_of else _answer(answer)

    def rename(self, conversation: int, title: str) -> None:
        """Give a conversation another title; without one, that of its first question. Raises CONVERSATION_GONE."""
        title = _storable(" ".join(title.split()))
        with self._database.transaction() as connection:
            if not title:
                first = connection.execute(
                    "SELECT answer FROM turns WHERE conversation = ? ORDER BY id LIMIT 1", (conversation,)
                ).fetchone()
                answer = _answer(first[0]) if first else None
                # What has no name could be found by nobody.
                title = _title_of(answer.question) if answer is not None else str(conversation)
            if not connection.execute(
                "UPDATE conversations SET title = ? WHERE id = ? RETURNING id", (title, conversation)
            ).fetchall():
                raise PhialError(LibraryProblem.CONVERSATION_GONE)

    def delete(self, conversation: int) -> None:
        """Erase a conversation; one that is gone already is no error."""
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM turns WHERE conversation = ?", (conversation,))
            connection.execute("DELETE FROM conversations WHERE id = ?", (conversation,))

    def quoting(self, sha256: str) -> tuple[str, ...]:
        """The titles of the conversations that quote a document."""
        rows = self._database.reader.execute(
            "SELECT DISTINCT c.title FROM conversations c JOIN turns t ON t.conversation = c.id"
            " WHERE instr(t.answer, ?) ORDER BY c.id",
            (sha256,),
        )
        return tuple(row[0] for row in rows)

    def setting(self, key: str, default: str = "") -> str:
        """A setting of the library."""
        row = self._database.reader.execute("SELECT value FROM settings WHERE key = ?", (key,)).fetchone()
        return default if row is None else str(row[0])

    def set_setting(self, key: str, value: str) -> None:
        """Keep a setting of the library."""
        with self._database.transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (key, value))


def _stored(made_of: _MadeOf) -> str:
    return "" if made_of == _MadeOf() else json.dumps(plain(made_of))


def _made_of(stored: str) -> _MadeOf:
    try:
        return from_plain(_MadeOf, json.loads(stored)) if stored else _MadeOf()
    except FrameError:  # written by another version; the answer shows it all the same
        return _MadeOf()


def _title_of(question: str) -> str:
    return _storable(" ".join(question.split()))[:TITLE_LENGTH]


def _storable(text: str) -> str:
    """What a terminal took from bytes that are no text can't be stored as text."""
    return text.encode("utf-8", "replace").decode()


def _answer(stored: str) -> Answer | None:
    try:
        return from_plain(Answer, json.loads(stored))
    except FrameError:  # written by another version
        return None
