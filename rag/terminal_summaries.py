"""A summary in the terminal: how far it is, its sentences with their citations, which pages it covers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console, RenderableType
from rich.live import Live
from rich.table import Table
from rich.text import Text

from rag.errors import about_the_file, describe, text
from rag.protocol import (
    ComparisonRow,
    PageState,
    Reply,
    Span,
    Stage,
    Summarised,
    SummarisedDocument,
    Summary,
    SummaryLength,
    SummaryProgress,
    SummarySentence,
    Token,
)  # fmt: skip
from rag.terminal_places import place_of
from rag.terminal_progress import IndexingBars
from rag.terminal_rows import UNWATCHED_WIDTH, one_line
from rag.terminal_words import decimal, roughly
from rag.view import printable

NARROWEST_COLUMN = 24
"""Cells of a column of a comparison; where there is less room, what documents say stands below each other."""
_PARTED = frozenset({"page", "slide", "sheet", "chapter"})
"""Units of which a person thinks as pages."""
TRANSLATED = "≈ "


def show_reading(console: Console, replies: Iterable[Reply], language: str) -> None:
    """Show what is read before the summary can begin, where somebody watches; what fails is said by the summary."""
    with IndexingBars(console, language) as bars:
        for reply in map(printable, replies):
            bars.take(reply)


def show_summary(console: Console, replies: Iterator[Reply], language: str) -> bool:
    """Show how far the summary is and the words as they come, where somebody watches; then the summary."""
    draft = Text(style="dim")
    with Live(Text(), console=console, transient=True, refresh_per_second=12) as live:
        for reply in map(printable, replies):
            if isinstance(reply, SummaryProgress):
                live.update(Text(_progress(reply, language), style="dim italic"))
            elif isinstance(reply, Stage):
                draft = Text(style="dim")  # another text begins
                live.update(Text(_stage(reply, language), style="dim italic"))
            elif isinstance(reply, Token):
                live.update(draft.append(reply.text))
            elif isinstance(reply, Summarised):
                live.update(Text())
                for line in summary_lines(reply.summary, console.width, language):
                    console.print(line)
    return True


def summary_lines(summary: Summary, width: int, language: str) -> Iterator[RenderableType]:
    """The summary as what a console prints; what is in it is printable already (see ``rag.view.printable``)."""
    yield Text(text("summary_title", language), style="bold")
    for section in summary.sections:
        if section.heading:
            yield Text(one_line(section.heading), style="bold")
        yield from _paragraphs(section.sentences, is_list=summary.length is SummaryLength.BULLETS)
    if summary.rows:
        names = [document.document for document in summary.documents if document.problem is None]
        yield from _comparison(summary.rows, names, width, language)
    elif not summary.sections:
        yield Text(text("summary_not_compared", language))
    if summary.citations:
        yield Text(text("ask_citations", language), style="bold")
    for citation in summary.citations:
        quote = " ".join(citation.quote.split())
        said = f"{place_of(citation, language)}: “{quote}”"
        yield Text(f"[{citation.number}] ", style="yellow").append(said, "default")
    for document in summary.documents:
        yield Text(coverage(document, language), style="dim")
    for note in _notes(summary, language):
        yield Text(note, style="dim")


def coverage(document: SummarisedDocument, language: str) -> str:
    """“report.pdf: pages 1-260 of 260”, and what could not be read of it, or why nothing could."""
    name = one_line(document.document)
    if document.problem is not None:
        return f"{name}: {describe(about_the_file(document.problem), language).title}"
    if not document.covered:
        said = text("summary_covers_none", language, document=name, all=document.pages)
    elif document.pages == 1 and document.unit not in _PARTED:
        said = name
    else:
        key = "summary_covers" if document.unit == "page" else "summary_covers_units"
        said = text(key, language, document=name, pages=_runs(document.covered), all=document.pages)
    for state, key in (
        (PageState.WAITING, "summary_waiting"),
        (PageState.LEFT_UNREAD, "summary_left_unread"),
        (PageState.FAILED, "summary_failed"),
    ):
        runs = [(run.first, run.last) for run in document.not_read if run.state is state]
        if runs:
            said += f" ({text(key, language, pages=_runs(runs))})"
    return said


def _runs(runs: Sequence[Span]) -> str:
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)


def _paragraphs(sentences: Sequence[SummarySentence], *, is_list: bool) -> Iterator[Text]:
    if is_list:
        yield from (Text("• ").append_text(_sentence(sentence)) for sentence in sentences)
        return
    yield Text(" ").join(map(_sentence, sentences))


def _sentence(sentence: SummarySentence) -> Text:
    said = f"“{sentence.text}”" if sentence.is_quoted else sentence.text
    marks = "".join(f"[{number}]" for number in sentence.citations)
    written = Text(TRANSLATED if sentence.original else "")
    written.append(said, style="" if sentence.supported or sentence.original else "dim underline")
    return written.append(f" {marks}" if marks else "", style="yellow")


def _comparison(
    rows: Sequence[ComparisonRow], names: Sequence[str], width: int, language: str
) -> Iterator[RenderableType]:
    nothing = Text(text("summary_nothing_found", language), style="dim")
    if width < UNWATCHED_WIDTH and width >= NARROWEST_COLUMN * (len(names) + 1):
        table = Table("", show_lines=True)
        for name in names:
            table.add_column(Text(one_line(name)))
        for row in rows:
            cells = [
                Text(" ").join(map(_sentence, cell.sentences)) if cell.sentences else nothing for cell in row.cells
            ]
            table.add_row(Text(one_line(row.aspect), style="bold"), *cells)
        yield table
        return
    for row in rows:
        yield Text(one_line(row.aspect), style="bold")
        for name, cell in zip(names, row.cells, strict=False):
            said = Text(" ").join(map(_sentence, cell.sentences)) if cell.sentences else nothing
            yield Text(f"   {one_line(name)}: ").append_text(said)


def _notes(summary: Summary, language: str) -> Iterator[str]:
    sentences = [sentence for section in summary.sections for sentence in section.sentences]
    sentences += [sentence for row in summary.rows for cell in row.cells for sentence in cell.sentences]
    if not summary.model:
        yield text("summary_extractive", language)
    elif any(sentence.is_quoted for sentence in sentences):
        yield text("summary_quoted", language)
    if summary.sentences_left_out:
        number = "one" if summary.sentences_left_out == 1 else "many"
        yield text(f"summary_left_out_{number}", language, count=summary.sentences_left_out)
    if any(sentence.original for sentence in sentences):
        yield text("summary_translated", language)
    if summary.output_language and summary.language != summary.output_language:
        yield text("summary_not_translated", language)
    if summary.was_stopped:
        yield text("summary_stopped", language)
    times = summary.timings
    yield text(
        "summary_compression", language, percent=decimal(100 * summary.compression, 1, language),
        words=sum(document.words for document in summary.documents), seconds=decimal(times.total_s, 1, language),
        tokens=times.prompt_tokens, written=times.answer_tokens,
    )  # fmt: skip
    if summary.is_stand_in:
        yield text("ask_stand_in", language, model=summary.model)


def _progress(progress: SummaryProgress, language: str) -> str:
    key = f"summary_{progress.stage}{'_cached' if progress.is_cached else ''}"
    said = text(key, language, document=one_line(progress.document), done=min(progress.done + 1, progress.parts),
                parts=progress.parts)  # fmt: skip
    if progress.seconds_left <= 0:
        return said
    return f"{said} · {text('index_time_left', language, time=roughly(progress.seconds_left))}"


def _stage(stage: Stage, language: str) -> str:
    keys = {"embedder": "ask_loading_embedder", "model": "ask_loading_model", "prompt": "summary_reading_prompt"}
    return text(keys[stage.stage], language, model=stage.model, tokens=stage.tokens) if stage.stage in keys else ""
