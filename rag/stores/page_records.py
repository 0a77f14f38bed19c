"""What library.db knows of pages and passages, and the lexical index over them."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Iterator, Sequence

from rag.chunk import PassageDraft
from rag.errors import Problem
from rag.pages import PageText
from rag.protocol import DocumentState, PageForm, unit_of
from rag.stores.analysed_records import analyse_document
from rag.stores.database import Database
from rag.stores.layout import pack_layout, unpack_layout
from rag.stores.rows import is_waiting, marks, problem_of_row, stored_problem

_PAGE = "number, label, text, layout, width, height, has_pictures, problem, form, waits, confidence"


Outcome = tuple[DocumentState, Problem | None]
"""What a document has come to, and why."""


@dataclasses.dataclass(frozen=True)
class StoredPassage:
    """A passage as it lies in library.db; ``path`` is one of its document's paths."""

    id: int
    sha256: str
    document: str
    path: str
    page: int
    label: str
    section: str
    text: str
    start: int
    end: int
    confidence: float
    unit: str


class PageRecords:
    """Pages and passages of documents. Every change is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def pages_read(self, sha256: str) -> int:
        """How many pages of the document are kept: reading goes on after them."""
        row = self._database.reader.execute("SELECT count(*) FROM pages WHERE sha256 = ?", (sha256,)).fetchone()
        return int(row[0])

    def add_pages(self, sha256: str, pages: Iterable[PageText]) -> None:
        """Keep a batch of pages, in place of what was kept under their numbers."""
        rows = [
            (sha256, page.number, page.label, page.text, pack_layout(page.words, page.headings), page.width,
             page.height, int(page.has_pictures), None if page.problem is None else stored_problem(page.problem),
             page.form.value, int(page.waits), page.confidence)
            for page in pages
        ]  # fmt: skip
        with self._database.transaction() as connection:
            connection.executemany(f"INSERT OR REPLACE INTO pages (sha256, {_PAGE}) VALUES ({marks(rows[0])})", rows)

    def pages(self, sha256: str, *, with_words: bool = True) -> Iterable[PageText]:
        """The pages of a document in order, one at a time; without their words' boxes where nobody needs them."""
        rows = self._database.reader.execute(f"SELECT {_PAGE} FROM pages WHERE sha256 = ? ORDER BY number", (sha256,))
        return (_page(row, with_words=with_words) for row in rows)

    def page(self, sha256: str, number: int) -> PageText | None:
        """One page, or None where there is none."""
        row = self._database.reader.execute(
            f"SELECT {_PAGE} FROM pages WHERE sha256 = ? AND number = ?", (sha256, number)
        ).fetchone()
        return None if row is None else _page(row)

    def page_text(self, sha256: str, number: int) -> str:
        """The text of one page, "" where there is none."""
        row = self._database.reader.execute(
            "SELECT text FROM pages WHERE sha256 = ? AND number = ?", (sha256, number)
        ).fetchone()
        return "" if row is None else str(row[0])

    def page_frames(self, sha256: str) -> list[tuple[int, str, float, float, PageForm]]:
        """Number, label, width and height (points) and form of each page of a document, in order."""
        rows = self._database.reader.execute(
            "SELECT number, label, width, height, form FROM pages WHERE sha256 = ? ORDER BY number", (sha256,)
        )
        return [(number, label, width, height, PageForm(form)) for number, label, width, height, form in rows]

    def page_texts(self, sha256: str) -> Iterator[tuple[int, str, bool]]:
        """Number and text of each page of a document, in order; and whether it has been read, by OCR where that."""
        rows = self._database.reader.execute(
            "SELECT number, text, waits FROM pages WHERE sha256 = ? ORDER BY number", (sha256,)
        )
        return ((number, text, not waits) for number, text, waits in rows)

    def openings(self, sha256s: Iterable[str]) -> dict[str, tuple[int, str]]:
        """The first passage of each of these documents: its id and its text."""
        rows = self._database.reader.execute(
            "SELECT sha256, id, text FROM passages WHERE id IN (SELECT (SELECT id FROM passages WHERE sha256 = value"
            " ORDER BY page, start LIMIT 1) FROM json_each(?))",
            (json.dumps([*sha256s]),),
        )
        return {sha256: (identity, text) for sha256, identity, text in rows}

    def neighbours(self, passage: StoredPassage) -> tuple[StoredPassage, ...]:
        """What stands right before and right behind ``passage`` in its document."""
        place = (passage.sha256, passage.page, passage.start)
        rows = self._database.reader.execute(
            "SELECT * FROM (SELECT id FROM passages WHERE sha256 = ? AND (page, start) < (?, ?)"
            " ORDER BY page DESC, start DESC LIMIT 1) UNION ALL SELECT * FROM (SELECT id FROM passages"
            " WHERE sha256 = ? AND (page, start) > (?, ?) ORDER BY page, start LIMIT 1)",
            (*place, *place),
        )
        return tuple(self.passages([identity for (identity,) in rows]).values())

    def replace_passages(
        self,
        sha256: str,
        title: str,
        drafts: Sequence[PassageDraft],
        versions: tuple[int, int],
        otherwise: Outcome | None = None,
        *,
        unless_waiting: bool = False,
    ) -> bool:
        """Keep the passages of a document, in place of any it had; where there are some it is answerable now, or ready.

        A passage that says what one of the former ones said stays that one, with its id and its vector, wherever on the
        pages it stands now: cutting a document anew while OCR adds pages to it costs the vector index nothing.

        ``otherwise`` is the document's state where there are none. Says whether they are kept: not where a file of the
        document waits, if they are to be kept ``unless_waiting``. Its pages are about to be read anew then.
        """
        with self._database.transaction() as connection:
            if unless_waiting and is_waiting(connection, sha256):
                return False
            former = _Former(
                connection.execute(
                    "SELECT id, title, section, text, page, start, end FROM passages WHERE sha256 = ? ORDER BY id",
                    (sha256,),
                )
            )
            taken = [former.take(title, draft) for draft in drafts]
            connection.executemany("DELETE FROM passages WHERE id = ?", [(identity,) for identity in former.left()])
            connection.executemany(
                "UPDATE passages SET page = ?, start = ?, end = ? WHERE id = ?",
                [
                    (draft.page, draft.start, draft.end, identity)
                    for draft, identity in zip(drafts, taken, strict=True)
                    if identity and not former.stands(identity, draft)
                ],
            )
            connection.executemany(
                "INSERT INTO passages (sha256, page, start, end, title, section, text) VALUES (?, ?, ?, ?, ?, ?, ?)",
                [
                    (sha256, draft.page, draft.start, draft.end, title, draft.section, draft.text)
                    for draft, identity in zip(drafts, taken, strict=True)
                    if not identity
                ],
            )
            analyse_document(connection, sha256)
            connection.execute(
                "UPDATE documents SET reason = NULL, extractor = ?2, chunker = ?3, state = CASE WHEN NOT EXISTS"
                " (SELECT 1 FROM passages WHERE passages.sha256 = ?1) THEN state WHEN EXISTS"
                " (SELECT 1 FROM passages WHERE passages.sha256 = ?1 AND vector_key IS NULL) OR EXISTS"
                " (SELECT 1 FROM pages WHERE pages.sha256 = ?1 AND waits) THEN 'answerable' ELSE 'ready' END"
                " WHERE sha256 = ?1",
                (sha256, *versions),
            )
            if otherwise is not None and not drafts:
                state, reason = otherwise
                connection.execute(
                    "UPDATE documents SET state = ?, reason = ? WHERE sha256 = ?",
                    (state.value, None if reason is None else stored_problem(reason), sha256),
                )
        return True

    def passages(self, ids: Sequence[int]) -> dict[int, StoredPassage]:
        """The passages with these ids, those that are still there."""
        rows = self._database.reader.execute(
            "SELECT p.id, p.sha256, d.name,"
            " coalesce((SELECT min(path) FROM files WHERE files.sha256 = p.sha256), ''),"
            " p.page, coalesce(g.label, ''), p.section, p.text, p.start, p.end, coalesce(g.confidence, -1), d.format,"
            " coalesce(g.form, 'picture')"
            " FROM passages p JOIN documents d USING (sha256)"
            " LEFT JOIN pages g ON g.sha256 = p.sha256 AND g.number = p.page"
            f" WHERE p.id IN ({marks(ids)})",
            tuple(ids),
        )
        return {row[0]: StoredPassage(*(*row[:11], unit_of(row[11], PageForm(row[12])))) for row in rows}

    def passage_ids(self, sha256s: Sequence[str]) -> tuple[int, ...]:
        """The passages of these documents."""
        rows = self._database.reader.execute(
            f"SELECT id FROM passages WHERE sha256 IN ({marks(sha256s)}) ORDER BY id", tuple(sha256s)
        )
        return tuple(row[0] for row in rows)

    def totals(self) -> tuple[int, int, int, int]:
        """How many pages, passages and embedded passages there are, and the bytes of all documents."""
        row = self._database.reader.execute(
            "SELECT (SELECT count(*) FROM pages), (SELECT count(*) FROM passages),"
            " (SELECT count(*) FROM passages) - (SELECT count(*) FROM passages WHERE vector_key IS NULL),"
            " (SELECT coalesce(sum(bytes), 0) FROM documents)"
        ).fetchone()
        return int(row[0]), int(row[1]), int(row[2]), int(row[3])


class _Former:
    """The passages that a document had before it was cut anew."""

    def __init__(self, rows: Iterable[tuple[int, str, str, str, int, int, int]]) -> None:
        self._places: dict[int, tuple[int, int, int]] = {}
        self._alike: dict[tuple[str, str, str], list[int]] = {}
        for identity, title, section, text, *place in rows:
            self._places[identity] = (place[0], place[1], place[2])
            self._alike.setdefault((title, section, text), []).append(identity)

    def take(self, title: str, draft: PassageDraft) -> int:
        """The id of a former passage that says what ``draft`` says, rather one at its place; 0 where there is none."""
        alike = self._alike.get((title, draft.section, draft.text))
        if not alike:
            return 0
        return alike.pop(next((index for index, one in enumerate(alike) if self.stands(one, draft)), 0))

    def stands(self, identity: int, draft: PassageDraft) -> bool:
        """Whether the former passage stands where ``draft`` does."""
        return self._places[identity] == (draft.page, draft.start, draft.end)

    def left(self) -> list[int]:
        """The ids that were not taken."""
        return [identity for alike in self._alike.values() for identity in alike]


def _page(
    row: tuple[int, str, str, bytes, float, float, int, str | None, str, int, float], *, with_words: bool = True
) -> PageText:
    number, label, text, layout, width, height, has_pictures, problem, form, waits, confidence = row
    words, headings = unpack_layout(layout, with_words=with_words)
    return PageText(
        number=number, label=label, text=text, words=words, width=width, height=height, headings=headings,
        problem=problem_of_row(problem), has_pictures=bool(has_pictures), form=PageForm(form), waits=bool(waits),
        confidence=confidence,
    )  # fmt: skip
