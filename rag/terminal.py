"""What the terminal shows to people: readable text, with bars where somebody watches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console, Group
from rich.live import Live
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
from rich.progress import Progress as Bar
from rich.table import Table
from rich.text import Text

from rag.errors import PhialError, Problem, describe, problem_of, text
from rag.protocol import (
    Answer,
    Answered,
    Check,
    Document,
    DocumentHealth,
    DocumentState,
    Evidence,
    Found,
    Indexed,
    LibraryStatus,
    Model,
    Passage,
    Progress,
    Removed,
    Reply,
    Stage,
    Token,
    WatchedFolder,
)  # fmt: skip
from rag.terminal_health import health_row
from rag.terminal_places import place_of
from rag.view import complain, is_anything_done, printable

SNIPPET = 300
"""Characters of a passage that are shown under an answer's evidence."""


class PlainView:
    """Readable text, with bars where somebody watches. What comes from a document or a model is never markup."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._console = Console(highlight=False, soft_wrap=True)

    def index(self, replies: Iterator[Reply]) -> bool:
        """Show what is being read, then every file that is not ready with its reason, then the sum."""
        done = False
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[left]}"),
        )
        with Bar(*columns, console=self._console, transient=True, disable=not self._console.is_terminal) as bar:
            reading = bar.add_task(self._say("index_reading"), total=None, left="")
            embedding = bar.add_task(self._say("index_embedding"), total=None, left="")
            for reply in map(printable, replies):
                if isinstance(reply, Progress):
                    left = self._left(reply)
                    bar.update(reading, total=reply.documents, completed=reply.documents_done)
                    bar.update(embedding, total=reply.passages, completed=reply.passages_done, left=left)
                elif isinstance(reply, Indexed):
                    done = is_anything_done(reply)
                    self._summarise(reply, Console(stderr=not done, highlight=False, soft_wrap=True))
        return done

    def _left(self, progress: Progress) -> str:
        if progress.is_paused:
            return self._say("index_paused")
        return (
            self._say("index_seconds_left", seconds=round(progress.seconds_left)) if progress.seconds_left > 0 else ""
        )

    def _summarise(self, indexed: Indexed, console: Console) -> None:
        for file in indexed.files:
            if file.reason is not None:
                console.print(
                    Text(f"{file.path}: ", style="bold").append(str(describe(file.reason, self._language)), "not bold")
                )
        ready = [file for file in indexed.files if file.state is DocumentState.READY]
        console.print(
            self._say(
                "index_done",
                ready=len(ready),
                documents=len(indexed.files),
                pages=sum(file.pages for file in ready),
                passages=sum(file.passages for file in ready),
                seconds=round(indexed.seconds, 1),
            )
        )

    def search(self, replies: Iterator[Reply]) -> bool:
        """Show the passages with their places."""
        for reply in map(printable, replies):
            if isinstance(reply, Found):
                self._console.print(Group(*self._passages(reply.passages, whole=True)))
                count, seconds = len(reply.passages), round(reply.seconds, 2)
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
        self._console.print(Text(self._say("ask_answer"), style="bold"))
        written = Text()
        for sentence in answer.sentences:
            marks = "".join(f"[{number}]" for number in sentence.citations)
            written.append(sentence.text, style="" if sentence.supported or answer.refused else "dim underline")
            written.append(f" {marks} " if marks else " ", style="yellow")
        self._console.print(written)
        if any(not sentence.supported for sentence in answer.sentences) and not answer.refused:
            self._console.print(Text(self._say("ask_unsupported"), style="dim"))
        if answer.is_quoted:
            self._console.print(Text(self._say("ask_quoted"), style="dim"))
        if answer.citations:
            self._console.print(Text(self._say("ask_citations"), style="bold"))
        for citation in answer.citations:
            place = place_of(citation, self._language)
            quote = " ".join(citation.quote.split())
            self._console.print(Text(f"[{citation.number}] ", style="yellow").append(f"{place}: “{quote}”", "default"))
        if answer.was_stopped:
            self._console.print(Text(self._say("ask_stopped"), style="dim"))
        times = answer.timings
        timings = self._say(
            "ask_timings", evidence_s=round(times.evidence_s, 2), first_token_s=round(times.first_token_s, 2),
            total_s=round(times.total_s, 2), prompt_tokens=times.prompt_tokens, answer_tokens=times.answer_tokens,
        )  # fmt: skip
        self._console.print(Text(timings, style="dim"))
        if answer.is_stand_in:
            self._console.print(Text(self._say("ask_stand_in", model=answer.model), style="dim"))

    def status(self, status: LibraryStatus) -> bool:
        """Show how the library stands."""
        status = printable(status)
        table = Table(box=None, show_header=False)
        states = ", ".join(f"{count} {self._say('state_' + state)}" for state, count in status.documents.items())
        embedded = f"{status.passages} ({status.passages_embedded})"
        nothing = self._say("status_none")
        for key, value in (
            ("home", status.home), ("documents", states or nothing), ("pages", str(status.pages)),
            ("passages", embedded), ("embedder", status.embedder or nothing), ("model", status.model or nothing),
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
        table = self._table("document", "state", "pages", "passages")
        for document in map(printable, documents):
            state = self._say(f"state_{document.state}")
            if document.reason is not None:
                state += f": {describe(document.reason, self._language).title}"
            table.add_row(Text(document.name), Text(state), str(document.pages), str(document.passages))
        self._console.print(table)
        return True

    def folders(self, folders: Sequence[WatchedFolder]) -> bool:
        """Show the folders that are followed."""
        if not folders:
            self._console.print(self._say("folders_none"))
            return True
        table = self._table("folder", "state", "documents")
        for folder in map(printable, folders):
            table.add_row(Text(folder.path), Text(self._say(f"folder_{folder.state}")), str(folder.documents))
        self._console.print(table)
        return True

    def health(self, documents: Sequence[DocumentHealth]) -> bool:
        """Show every document with its pages, why something is wrong with it, and what helps."""
        if not documents:
            self._console.print(self._say("documents_none"))
            return True
        table = self._table("document", "state", "pages", "why")
        for document in map(printable, documents):
            table.add_row(*map(Text, health_row(document, self._language)))
        self._console.print(table)
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
        table = Table(box=None, show_header=False)
        for check in map(printable, checks):
            verdict = self._say("doctor_well" if check.is_well else "doctor_not_well")
            table.add_row(
                Text(check.name, style="dim"), Text(check.value), Text(verdict, "" if check.is_well else "bold")
            )
        self._console.print(table)
        return True

    def models(self, models: Sequence[Model]) -> bool:
        """Show the models, the one that answers marked."""
        table = self._table("model", "size", "memory", "fit")
        for model in map(printable, models):
            fit = str(describe(model.problem, self._language)) if model.problem else self._say(f"fit_{model.fit}")
            name = Text(("● " if model.is_chosen else "  ") + f"{model.name} ({model.model})")
            table.add_row(name, _gigabytes(model.bytes), _gigabytes(model.memory_needed), Text(fit))
        self._console.print(table)
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
            for line in shown.split(allow_blank=False):
                yield Text("   ").append_text(line)

    def _table(self, *columns: str) -> Table:
        table = Table(box=None, pad_edge=False)
        for column in columns:
            table.add_column(self._say(f"column_{column}"), header_style="dim", overflow="fold")
        return table

    def _say(self, key: str, **values: str | float) -> str:
        return text(key, self._language, **values)


def _gigabytes(size: int) -> str:
    return f"{size / 1e9:.2f} GB" if size else ""
