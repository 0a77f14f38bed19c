"""An answer as it is copied: plain text for a note, HTML for a word processor, with or without its sources.

A citation carries the number of its passage, as the cards and the chips on the screen do.
"""

from __future__ import annotations

import dataclasses
import html
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from desktop.widgets.markup import Markup
from desktop.widgets.places import address_of
from desktop.widgets.unmarked import plain_line
from rag.protocol import Answer, Citation, Sentence

_Escape = Callable[[str], str]


def numbers_of(sentence: Sentence, answer: Answer) -> tuple[int, ...]:
    """The numbers of the passages that ``sentence`` cites, each once, in the order of its citations."""
    passages = {citation.number: citation.passage for citation in answer.citations}
    return tuple(dict.fromkeys(passages[number] for number in sentence.citations if number in passages))


def section_of(citation: Citation, answer: Answer) -> str:
    """The path of the headings that the quote stands under; "" where there is none."""
    return next((passage.section for passage in answer.passages if passage.number == citation.passage), "")


def gaps(answer: Answer) -> list[str]:
    """The white space before each sentence in the whole text: it holds the paragraphs that the sentences alone lost."""
    found: list[str] = []
    position = 0
    for sentence in answer.sentences:
        start = answer.text.find(sentence.text, position)
        if start == -1:
            found.append(" " if found else "")
            continue
        between = answer.text[position:start]
        found.append("\n" * min(between.count("\n"), 2) or (" " if found else ""))
        position = start + len(sentence.text)
    return found


def nearest_of(answer: Answer) -> Answer:
    """What a refused ``answer`` shows instead: the sentences nearest to the question, each quoted, with its place."""
    sentences = tuple(
        Sentence(f"“{plain_line(one.quote)}”", supported=True, citations=(one.number,)) for one in answer.nearest
    )
    text = "\n".join(sentence.text for sentence in sentences)
    return dataclasses.replace(answer, text=text, sentences=sentences, citations=answer.nearest)


def as_plain_text(answer: Answer, *, with_sources: bool) -> str:
    """The answer as text; with sources: ``[1]`` after its sentences and a list of the quotes below."""
    lines = [_body(answer, with_sources=with_sources, escape=str, bold=("", ""))]
    if with_sources and answer.citations:
        lines += ["", _heading()]
        lines += [
            f"[{one.passage}] {one.document}{_place(one, answer)}: “{plain_line(one.quote)}”" for one in _cited(answer)
        ]
    return "\n".join(lines)


def as_html(answer: Answer, *, with_sources: bool) -> str:
    """The same as HTML, with every character of the answer and the documents escaped."""
    body = _body(answer, with_sources=with_sources, escape=html.escape, bold=("<b>", "</b>"))
    parts = [f"<p>{paragraph.replace(chr(10), '<br>')}</p>" for paragraph in body.split("\n\n")]
    if with_sources and answer.citations:
        items = "".join(
            f"<li>[{one.passage}] <b>{html.escape(one.document)}</b>{html.escape(_place(one, answer))}: "
            f"“{html.escape(plain_line(one.quote))}”</li>"
            for one in _cited(answer)
        )
        parts.append(f"<p>{html.escape(_heading())}</p><ul>{items}</ul>")
    return "".join(parts)


def _place(citation: Citation, answer: Answer) -> str:
    """Where in its document the quote stands: “, p. 57 · 4.2 Design values”."""
    address = address_of(citation, section_of(citation, answer))
    return f", {address}" if address else ""


def _heading() -> str:
    return QCoreApplication.translate("Place", "Sources")


def _body(answer: Answer, *, with_sources: bool, escape: _Escape, bold: tuple[str, str]) -> str:
    if not answer.sentences:
        return _dressed(Markup(), answer.text, escape, bold)
    markup = Markup()
    written: list[str] = []
    for gap, sentence in zip(gaps(answer), answer.sentences, strict=True):
        written.append(_dressed(markup, gap + sentence.text, escape, bold))
        if with_sources:
            written += [f" [{number}]" for number in numbers_of(sentence, answer)]
    return "".join(written)


def _dressed(markup: Markup, text: str, escape: _Escape, bold: tuple[str, str]) -> str:
    runs = markup.feed(text) + markup.flush()
    return "".join(bold[0] + escape(run.text) + bold[1] if run.is_bold else escape(run.text) for run in runs)


def _cited(answer: Answer) -> list[Citation]:
    return sorted(answer.citations, key=lambda citation: (citation.passage, citation.number))
