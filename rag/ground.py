"""Grounding: each sentence of an answer is matched to the quote that supports it, or is found to have none.

No second model is asked. A sentence is supported by a quote (one sentence of a passage, or two neighbours) that shares
enough of its content words, weighted by how rare they are among the passages, and that holds every number and every
name that the sentence holds. The rest is for the person to see as unsupported.
"""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Iterator, Sequence

from rag.overlap import WORD, Weights, content_stems, is_content, nearness, stem
from rag.protocol import Citation, Passage, Sentence, Span
from rag.sentences import sentence_spans

ENOUGH = 0.6
"""The share of a sentence's weighted content words that its quote must hold."""

_SPACES_IN_NUMBERS = " \u00a0\u202f"
_GROUPS = rf"\d{{1,3}}(?:[.,'’{_SPACES_IN_NUMBERS}]\d{{3}})+(?!\d)"
_NUMBER = re.compile(rf"(?:{_GROUPS}|\d+)(?:[.,]\d+)?")
_MARKER = re.compile(r"\s*\[\d+(?:\s*,\s*\d+)*\]")
_NEGATIONS = frozenset(
    [
        "not",
        "no",
        "never",
        "none",
        "neither",
        "nor",
        "without",
        "cannot",
        "ne",
        "pas",
        "jamais",
        "aucun",
        "aucune",
        "sans",
        "non",
        "nessun",
        "nessuna",
        "senza",
        "nicht",
        "kein",
        "keine",
        "keinen",
        "nie",
        "ohne",
        "sin",
        "nunca",
        "ningún",
        "ninguna",
    ]
)


@dataclasses.dataclass(frozen=True)
class _Content:
    """What a text says, as far as it is compared."""

    stems: frozenset[str]
    numbers: frozenset[str]
    names: frozenset[str]
    is_negated: bool
    is_question: bool


@dataclasses.dataclass(frozen=True)
class _Quote:
    """A place of a passage that may support a sentence: ``span`` lies in the passage's text."""

    passage: Passage
    span: Span
    content: _Content
    parts: tuple[_Content, ...]

    @property
    def is_single(self) -> bool:
        """Whether it is one sentence, not two neighbours."""
        return len(self.parts) == 1

    @property
    def text(self) -> str:
        return self.passage.text[self.span[0] : self.span[1]]


@dataclasses.dataclass(frozen=True)
class Grounding:
    """The sentences of an answer with the numbers of their citations, and the citations."""

    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]


def ground(answer: str, passages: Sequence[Passage]) -> Grounding:
    """Match each sentence of ``answer`` to the quote among ``passages`` that supports it best."""
    quotes = list(_quotes(passages))
    weights = Weights([quote.content.stems for quote in quotes if quote.is_single])
    sentences: list[Sentence] = []
    citations: list[Citation] = []
    text = _MARKER.sub("", answer)
    for start, end in sentence_spans(text):
        sentence = text[start:end]
        quote = _best_quote(_content(sentence), quotes, weights)
        numbers = () if quote is None else (_cite(citations, quote),)
        sentences.append(Sentence(sentence, quote is not None, numbers))
    return Grounding(tuple(sentences), tuple(citations))


def quote_nearest(question: str, passages: Sequence[Passage]) -> Grounding:
    """The sentence of ``passages`` that says most of what ``question`` asks for, as an answer that cites itself.

    What is shown where a model's own words found no support: the document's. Empty where there are no passages.
    """
    quotes = [quote for quote in _quotes(passages) if quote.is_single]
    if not quotes:
        return Grounding((), ())
    wanted = content_stems(question)
    weights = Weights([content_stems(quote.text) for quote in quotes])
    best = max(quotes, key=lambda quote: nearness(wanted, quote.text, _name(quote.passage), weights))
    citations: list[Citation] = []
    number = _cite(citations, best)
    sentence = Sentence(" ".join(citations[0].quote.split()), supported=True, citations=(number,))
    return Grounding((sentence,), tuple(citations))


def answers(question: str, grounding: Grounding, passages: Sequence[Passage]) -> bool:
    """Whether a supported sentence, or its quote, holds a word of ``question`` that more than names its document.

    A small model likes to say what a passage is called; that is true of it, and no answer.
    """
    by_number = {passage.number: passage for passage in passages}
    cited = {citation.number: citation for citation in grounding.citations}
    wanted = content_stems(question)
    for sentence in grounding.sentences:
        for citation in (cited[number] for number in sentence.citations):
            particular = wanted - _name(by_number[citation.passage])
            if not particular or particular & content_stems(f"{sentence.text} {citation.quote}"):
                return True
    return False


def _name(passage: Passage) -> frozenset[str]:
    return content_stems(passage.document)


def _around(passage: Passage) -> frozenset[str]:
    return content_stems(f"{passage.document} {passage.section}")


def _best_quote(sentence: _Content, quotes: Sequence[_Quote], weights: Weights) -> _Quote | None:
    whole = weights.of(sentence.stems)
    if not sentence.stems and not sentence.numbers:
        return None
    best: tuple[float, _Quote] | None = None
    for quote in quotes:
        if not sentence.numbers <= quote.content.numbers or not _holds_names(sentence, quote):
            continue
        # Of two neighbours, the one that speaks of the same must say yes or no as the sentence does.
        nearest = max(quote.parts, key=lambda part: weights.of(sentence.stems & part.stems))
        # And a question is no statement: a small model likes to give back the one it was asked.
        if sentence.is_negated != nearest.is_negated or (sentence.is_question and not nearest.is_question):
            continue
        share = weights.of(sentence.stems & quote.content.stems) / whole if whole else 1.0
        # Of two quotes that hold as much, the shorter says it more exactly.
        share -= 0.0 if quote.is_single else 0.05
        if share >= ENOUGH and (best is None or share > best[0] + 1e-9):
            best = (share, quote)
    return None if best is None else best[1]


def _holds_names(sentence: _Content, quote: _Quote) -> bool:
    around = _around(quote.passage)
    return sentence.names <= quote.content.stems | around


def _quotes(passages: Sequence[Passage]) -> Iterator[_Quote]:
    for passage in passages:
        spans = sentence_spans(passage.text)
        contents = [_content(passage.text[start:end]) for start, end in spans]
        for span, content in zip(spans, contents, strict=True):
            yield _Quote(passage, span, content, (content,))
        for index, ((start, _), (_, end)) in enumerate(itertools.pairwise(spans)):
            parts = (contents[index], contents[index + 1])
            yield _Quote(passage, (start, end), _content(passage.text[start:end]), parts)


def _cite(citations: list[Citation], quote: _Quote) -> int:
    passage = quote.passage
    start, end = (passage.start + offset for offset in quote.span)
    for known in citations:
        if (known.sha256, known.page, known.start, known.end) == (passage.sha256, passage.page, start, end):
            return known.number
    citations.append(
        Citation(
            number=len(citations) + 1, passage=passage.number, sha256=passage.sha256, document=passage.document,
            path=passage.path, page=passage.page, label=passage.label, quote=quote.text, start=start, end=end,
            unit=passage.unit, confidence=passage.confidence,
        )
    )  # fmt: skip
    return len(citations)


def _content(text: str) -> _Content:
    words = [(match.group(), match.start()) for match in WORD.finditer(text)]
    stems = {stem(word) for word, _ in words if is_content(word)}
    names = {stem(word) for word, start in words if _is_name(word, text, start)}
    return _Content(
        stems=frozenset(stems),
        numbers=frozenset(normal_number(match.group()) for match in _NUMBER.finditer(text)),
        names=frozenset(names),
        is_negated=any(word.casefold() in _NEGATIONS or word.endswith(("n't", "n’t")) for word, _ in words),
        is_question=text.rstrip("\"'”’») ").endswith(("?", "？")),
    )


def _is_name(word: str, text: str, start: int) -> bool:
    """A capital in the middle of a sentence; at its beginning it says nothing."""
    before = text[:start].rstrip(" \"'“«(")
    begins = not before or before[-1] in ".!?:\n•-–"
    return word[0].isupper() and not begins and is_content(word) and len(word) > 1


def normal_number(number: str) -> str:
    """A number as digits with a point before its decimals: ``1,577.00``, ``1 577`` and ``1577`` are the same."""
    digits = re.sub(rf"['’{_SPACES_IN_NUMBERS}]", "", number)
    separators = [mark for mark in digits if mark in ".,"]
    if len(set(separators)) == 2:
        decimal = separators[-1]
        digits = digits.replace("," if decimal == "." else ".", "").replace(decimal, ".")
    elif len(separators) > 1 or re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", digits):
        digits = re.sub(r"[.,]", "", digits)
    else:
        digits = digits.replace(",", ".")
    whole, _, decimals = digits.partition(".")
    decimals = decimals.rstrip("0")
    return (whole.lstrip("0") or "0") + (f".{decimals}" if decimals else "")
