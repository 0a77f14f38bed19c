"""What the terminal shows: a view for people (rich) and one for programs (a JSON object a line)."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol

from rich.console import Console
from rich.live import Live
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
from rich.progress import Progress as Bar
from rich.table import Table
from rich.text import Text

from rag.errors import PhialError, describe, problem_of, text
from rag.json_output import (
    answer_object,
    check_object,
    document_object,
    file_object,
    model_object,
    passage_object,
    reason_fields,
    status_object,
)  # fmt: skip
from rag.protocol import (
    Answer,
    Answered,
    Check,
    Document,
    DocumentChanged,
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
)  # fmt: skip

SNIPPET = 300
"""Characters of a passage that are shown under an answer's evidence."""


class View(Protocol):
    """Shows what came of a command; each call says whether anything could be done."""

    def index(self, replies: Iterator[Reply]) -> bool: ...
    def search(self, replies: Iterator[Reply]) -> bool: ...
    def ask(self, replies: Iterator[Reply]) -> bool: ...
    def status(self, status: LibraryStatus) -> bool: ...
    def documents(self, documents: Sequence[Document]) -> bool: ...
    def removed(self, removed: Removed) -> bool: ...
    def examined(self, checks: Sequence[Check]) -> bool: ...
    def models(self, models: Sequence[Model]) -> bool: ...
    def restarted(self) -> None: ...
    def interrupted(self) -> None: ...
    def fail(self, error: PhialError) -> None: ...


def is_anything_done(indexed: Indexed) -> bool:
    """Whether at least one file was read, or there was none to read in what was given and none failed."""
    return any(file.state is not DocumentState.FAILED for file in indexed.files)


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
                        "passages_embedded": reply.passages_done, "passages": reply.passages,
                        "seconds_left": reply.seconds_left if reply.seconds_left >= 0 else None,
                    }
                )  # fmt: skip
            elif isinstance(reply, Indexed):
                files = [file_object(file, self._language) for file in reply.files]
                self._print({"event": "summary", "documents": files, "seconds": reply.seconds})
                done = is_anything_done(reply)
                if not done:
                    _complain(_first_reason(reply, self._language))
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

    def restarted(self) -> None:
        """Say on standard error that another worker goes on."""
        _complain(text("worker_restarted", self._language))

    def interrupted(self) -> None:
        """Say nothing: the exit status does."""

    def fail(self, error: PhialError) -> None:
        """Print the failure, for programs here and for people on standard error."""
        problem = problem_of(error)
        self._print({"event": "error", **reason_fields(problem, self._language)})
        _complain(str(describe(problem, self._language)))

    def _print(self, fields: dict[str, Any]) -> bool:
        sys.stdout.write(json.dumps(fields, ensure_ascii=False).encode("utf-8", "replace").decode() + "\n")
        sys.stdout.flush()
        return True


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
            for reply in replies:
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
        for reply in replies:
            if isinstance(reply, Found):
                self._passages(reply.passages, whole=True)
                count, seconds = len(reply.passages), round(reply.seconds, 2)
                self._console.print(Text(self._say("search_done", passages=count, seconds=seconds), style="dim"))
        return True

    def ask(self, replies: Iterator[Reply]) -> bool:
        """Show the evidence, the words as they come, then the answer with its citations in their place."""
        draft = Text(style="dim")
        stage = Text(style="dim italic")
        shown: tuple[Passage, ...] = ()
        with Live(Text(), console=self._console, transient=True, refresh_per_second=12) as live:
            for reply in replies:
                if isinstance(reply, Evidence):
                    if _places(reply.passages) != _places(shown):
                        shown = reply.passages
                        live.console.print(Text(self._say("ask_passages"), style="bold"))
                        self._passages(shown, whole=False)
                elif isinstance(reply, Stage):
                    stage.plain = self._stage(reply)
                    live.update(stage)
                elif isinstance(reply, Token):
                    draft.append(reply.text)
                    live.update(draft)
                elif isinstance(reply, Answered):
                    live.update(Text())
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
            place = self._place(citation.document, citation.page, citation.label, "")
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
        for document in documents:
            state = self._say(f"state_{document.state}")
            if document.reason is not None:
                state += f": {describe(document.reason, self._language).title}"
            table.add_row(Text(document.name), Text(state), str(document.pages), str(document.passages))
        self._console.print(table)
        return True

    def removed(self, removed: Removed) -> bool:
        """Show what was forgotten, and which conversations still quote it."""
        for document in removed.documents:
            self._console.print(Text(self._say("removed", document=document.name)))
        if removed.conversations:
            titles = ", ".join(removed.conversations)
            self._console.print(Text(self._say("removed_quoted", conversations=titles)))
        return True

    def examined(self, checks: Sequence[Check]) -> bool:
        """Show the doctor's findings."""
        table = Table(box=None, show_header=False)
        for check in checks:
            verdict = self._say("doctor_well" if check.is_well else "doctor_not_well")
            table.add_row(
                Text(check.name, style="dim"), Text(check.value), Text(verdict, "" if check.is_well else "bold")
            )
        self._console.print(table)
        return True

    def models(self, models: Sequence[Model]) -> bool:
        """Show the models, the one that answers marked."""
        table = self._table("model", "size", "memory", "fit")
        for model in models:
            fit = str(describe(model.problem, self._language)) if model.problem else self._say(f"fit_{model.fit}")
            name = Text(("● " if model.is_chosen else "  ") + f"{model.name} ({model.model})")
            table.add_row(name, _gigabytes(model.bytes), _gigabytes(model.memory_needed), Text(fit))
        self._console.print(table)
        return True

    def restarted(self) -> None:
        """Say that another worker goes on."""
        _complain(text("worker_restarted", self._language))

    def interrupted(self) -> None:
        """Say what an interrupt leaves behind."""
        _complain(text("interrupted", self._language))

    def fail(self, error: PhialError) -> None:
        """Say on standard error what happened, what it means and what to do."""
        _complain(str(describe(problem_of(error), self._language)))

    def _passages(self, passages: Iterable[Passage], *, whole: bool) -> None:
        passages = tuple(passages)
        if not passages:
            self._console.print(self._say("search_nothing"))
        for passage in passages:
            place = self._place(passage.document, passage.page, passage.label, passage.section)
            self._console.print(Text(f"{passage.number}. ", style="yellow").append(place, "bold"))
            shown = Text(passage.text)
            for start, end in passage.marks:
                shown.stylize("reverse", start, end)
            shown = shown if whole or len(shown) <= SNIPPET else shown[:SNIPPET].append(" …")
            for line in shown.split(allow_blank=False):
                self._console.print(Text("   ").append_text(line))

    def _place(self, document: str, page: int, label: str, section: str) -> str:
        printed = self._say("page_labelled", page=page, label=label) if label not in {"", str(page)} else ""
        return " · ".join(part for part in (document, printed or self._say("page", page=page), section) if part)

    def _table(self, *columns: str) -> Table:
        table = Table(box=None, pad_edge=False)
        for column in columns:
            table.add_column(self._say(f"column_{column}"), header_style="dim", overflow="fold")
        return table

    def _say(self, key: str, **values: str | float) -> str:
        return text(key, self._language, **values)


def _places(passages: Sequence[Passage]) -> list[tuple[str, int, int]]:
    return [(passage.sha256, passage.page, passage.start) for passage in passages]


def _first_reason(indexed: Indexed, language: str) -> str:
    reason = next((file.reason for file in indexed.files if file.reason is not None), None)
    return str(describe(reason, language)) if reason else ""


def _gigabytes(size: int) -> str:
    return f"{size / 1e9:.2f} GB" if size else ""


def _complain(sentence: str) -> None:
    sys.stderr.write(sentence.encode("utf-8", "replace").decode() + "\n")
