"""What the terminal shows to people: readable text, with bars where somebody watches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console, Group
from rich.live import Live
from rich.table import Table
from rich.text import Text

from rag.errors import PhialError, Problem, about_the_file, describe, problem_of, text
from rag.protocol import (
    Answer,
    Answered,
    Check,
    Conversation,
    ConversationRow,
    Document,
    DocumentHealth,
    DocumentState,
    Evidence,
    Exported,
    Found,
    Indexed,
    LibraryStatus,
    Model,
    Offers,
    Passage,
    Removed,
    Reply,
    Stage,
    Token,
    WatchedFolder,
)  # fmt: skip
from rag.terminal_answers import answer_lines
from rag.terminal_checks import show_checks
from rag.terminal_conversations import show_conversation
from rag.terminal_health import health_row, state_in_words
from rag.terminal_models import show_models, show_offers
from rag.terminal_places import place_of
from rag.terminal_progress import IndexingBars
from rag.terminal_rows import Row, indented, lay_out, make_console, one_line
from rag.terminal_words import counted, day_and_time, decimal, duration
from rag.view import complain, is_anything_done, printable

SNIPPET = 300
"""Characters of a passage that are shown under an answer's evidence."""


class PlainView:
    """Readable text, with bars where somebody watches. What comes from a document or a model is never markup."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._console = make_console()

    def index(self, replies: Iterator[Reply]) -> bool:
        """Show what is being read, then every file that is not ready with its reason, then the sum."""
        done = False
        with IndexingBars(self._console, self._language) as bars:
            for reply in map(printable, replies):
                bars.take(reply)
                if isinstance(reply, Indexed):
                    done = is_anything_done(reply)
                    bars.stop()
                    self._summarise(reply, self._console if done else make_console(stderr=True))
        return done

    def _summarise(self, indexed: Indexed, console: Console) -> None:
        for file in indexed.files:
            if file.reason is not None:
                console.print(Text(one_line(file.path), style="bold"))
                said = str(describe(about_the_file(file.reason), self._language))
                console.print(Group(*indented(console, Text(said))))
        ready = [file for file in indexed.files if file.state is DocumentState.READY]
        console.print(
            self._say(
                "index_done",
                ready=len(ready),
                documents=self._count("documents", len(indexed.files)),
                pages=self._count("pages", sum(file.pages for file in ready)),
                passages=self._count("passages", sum(file.passages for file in ready)),
                time=duration(indexed.seconds, self._language),
            )
        )

    def search(self, replies: Iterator[Reply]) -> bool:
        """Show the passages with their places."""
        for reply in map(printable, replies):
            if isinstance(reply, Found):
                self._console.print(Group(*self._passages(reply.passages, whole=True)))
                count, seconds = self._count("passages", len(reply.passages)), self._seconds(reply.seconds)
                self._console.print(Text(self._say("search_done", passages=count, seconds=seconds), style="dim"))
        return True

    def ask(self, replies: Iterator[Reply]) -> bool:
        """Show the evidence, the words as they come, then the answer with its citations in their place.

        What is not final (evidence by words alone, the model's draft) gives way on a screen to what is; where nobody
        watches, only the draft is written before the answer.
        """
        draft = Text(style="dim")
        with Live(Text(), console=self._console, transient=True, refresh_per_second=12) as live:
            for reply in map(printable, replies):
                if isinstance(reply, Evidence):
                    found = Group(
                        Text(self._say("ask_passages"), style="bold"), *self._passages(reply.passages, whole=False)
                    )
                    if reply.is_complete:
                        live.update(Text())
                        self._console.print(found)
                    else:
                        live.update(found)
                elif isinstance(reply, Stage):
                    live.update(Group(live.renderable, Text(self._stage(reply), style="dim italic")))
                elif isinstance(reply, Token):
                    if not draft and not self._console.is_terminal:
                        self._console.print(Text(self._say("ask_draft"), style="bold"))
                    draft.append(reply.text)
                    if self._console.is_terminal:
                        live.update(draft)
                    else:
                        self._console.out(reply.text, end="")
                elif isinstance(reply, Answered):
                    live.update(Text())
                    if draft and not self._console.is_terminal:
                        self._console.print()
                    self._answer(reply.answer)
        return True

    def _stage(self, stage: Stage) -> str:
        keys = {"embedder": "ask_loading_embedder", "model": "ask_loading_model", "prompt": "ask_reading_prompt"}
        return self._say(keys[stage.stage], model=stage.model, tokens=stage.tokens) if stage.stage in keys else ""

    def _answer(self, answer: Answer) -> None:
        for line in answer_lines(answer, self._language):
            self._console.print(line)

    def status(self, status: LibraryStatus) -> bool:
        """Show how the library stands."""
        status = printable(status)
        table = Table(box=None, show_header=False)
        states = ", ".join(f"{self._say('state_' + state)} ({count})" for state, count in status.documents.items())
        left = status.passages - status.passages_embedded
        embedded = f"{status.passages}" + (f" ({self._say('status_embedding', passages=left)})" if left else "")
        nothing = self._say("status_none")
        why = {"idle": "status_model_idle", "pressure": "status_model_pressure"}.get(status.model_sleeps_for)
        model = self._say(why, model=status.model) if why else status.model
        for key, value in (
            ("home", status.home), ("documents", states or nothing), ("pages", str(status.pages)),
            ("passages", embedded), ("embedder", status.embedder or nothing), ("model", model or nothing),
            ("connections", "\n".join(status.connections) or nothing),
        ):  # fmt: skip
            table.add_row(Text(self._say(f"status_{key}"), style="dim"), Text(value))
        self._console.print(table)
        for notice in status.notices:
            self._console.print(Text(str(describe(notice, self._language))))
        return True

    def documents(self, documents: Sequence[Document]) -> bool:
        """Show every document with its state, and why where something is wrong."""
        if not documents:
            self._console.print(self._say("documents_none"))
            return True
        rows = []
        for document in map(printable, documents):
            why = (describe(about_the_file(document.reason), self._language).title,) if document.reason else ()
            counts = (str(document.pages), str(document.passages))
            rows.append(Row((document.name, state_in_words(document, self._language), *counts), why))
        self._rows(("document", "state", "pages", "passages"), rows, numbers=frozenset({2, 3}))
        return True

    def folders(self, folders: Sequence[WatchedFolder]) -> bool:
        """Show the folders that are followed."""
        if not folders:
            self._console.print(self._say("folders_none"))
            return True
        rows = [
            Row((folder.path, self._say(f"folder_{folder.state}"), str(folder.documents)))
            for folder in map(printable, folders)
        ]
        self._rows(("folder", "state", "documents"), rows, numbers=frozenset({2}))
        return True

    def health(self, documents: Sequence[DocumentHealth]) -> bool:
        """Show every document with its pages, under it why something is wrong and what helps; then the sum."""
        if not documents:
            self._console.print(self._say("documents_none"))
            return True
        rows = [health_row(document, self._language) for document in map(printable, documents)]
        self._rows(("document", "state", "pages"), rows)
        amiss = sum(1 for document in documents if document.mends)
        if amiss:
            said = self._say("health_amiss", amiss=amiss, documents=self._count("documents", len(documents)))
            self._console.print(Text(said, style="dim"))
        elif all(document.document.state.is_settled for document in documents):
            self._console.print(Text(self._say("health_well"), style="dim"))
        return True

    def unlocked(self, notice: Problem | None) -> None:
        """Say where the password is kept."""
        complain(self._say("unlock_kept") if notice is None else str(describe(notice, self._language)))

    def removed(self, removed: Removed) -> bool:
        """Show what was forgotten, and which conversations still quote it."""
        removed = printable(removed)
        for document in removed.documents:
            self._console.print(Text(self._say("removed", document=document.name)))
        if removed.conversations:
            titles = ", ".join(removed.conversations)
            self._console.print(Text(self._say("removed_quoted", conversations=titles)))
        return True

    def examined(self, checks: Sequence[Check]) -> bool:
        """Show the doctor's findings."""
        show_checks(self._console, checks, self._language)
        return True

    def models(self, models: Sequence[Model]) -> bool:
        """Show the models, the one that answers marked; where there are none, what that means and what helps."""
        return show_models(self._console, models, self._language)

    def offers(self, offers: Offers) -> bool:
        """Show the models that can be had, the one that is recommended marked."""
        return show_offers(self._console, offers, self._language)

    def conversations(self, conversations: Sequence[ConversationRow]) -> bool:
        """Show the history, the last one asked first."""
        if not conversations:
            self._console.print(self._say("conversations_none"))
            return True
        rows = [
            Row((str(row.conversation), row.title, str(row.turns), day_and_time(row.changed)))
            for row in map(printable, conversations)
        ]
        self._rows(("id", "title", "answers", "changed"), rows, frozenset({0, 2}))
        return True

    def conversation(self, conversation: Conversation) -> bool:
        """Show all of a conversation."""
        show_conversation(self._console, printable(conversation), self._language)
        return True

    def exported(self, _exported: Exported, path: str) -> bool:
        """Say where the file is."""
        self._console.print(Text(printable(self._say("exported", path=path))))
        return True

    def restarted(self) -> None:
        """Say that another worker goes on."""
        complain(text("worker_restarted", self._language))

    def interrupted(self) -> None:
        """Say what an interrupt leaves behind."""
        complain(text("interrupted", self._language))

    def fail(self, error: PhialError) -> None:
        """Say on standard error what happened, what it means and what to do."""
        complain(str(describe(problem_of(error), self._language)))

    def _passages(self, passages: Sequence[Passage], *, whole: bool) -> Iterator[Text]:
        if not passages:
            yield Text(self._say("search_nothing"))
        for passage in passages:
            place = place_of(passage, self._language, passage.section)
            yield Text(f"{passage.number}. ", style="yellow").append(place, "bold")
            shown = Text(passage.text)
            for start, end in passage.marks:
                shown.stylize("reverse", start, end)
            shown = shown if whole or len(shown) <= SNIPPET else shown[:SNIPPET].append(" …")
            yield from indented(self._console, shown)

    def _rows(self, columns: Sequence[str], rows: Sequence[Row], numbers: frozenset[int] = frozenset()) -> None:
        header = [self._say(f"column_{column}") for column in columns]
        for line in lay_out(self._console, header, rows, numbers):
            self._console.print(line)

    def _count(self, noun: str, count: int) -> str:
        return counted(noun, count, self._language)

    def _seconds(self, seconds: float) -> str:
        return decimal(seconds, 2, self._language)

    def _say(self, key: str, **values: str | float) -> str:
        return text(key, self._language, **values)
