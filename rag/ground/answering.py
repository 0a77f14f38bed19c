"""An answer with its citations: what supports each of its sentences, and what to quote where nothing does."""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence

from rag.emphasis import without_emphasis
from rag.forgeries import without_forgeries
from rag.ground.matching import Evidence, Support
from rag.ground.quotes import Quote, Source, source
from rag.ground.statements import Kind, Statement, statement
from rag.overlap import Weights, content_stems, nearness
from rag.protocol import Citation, Passage, Sentence
from rag.sentences import sentence_spans

_JOINT = re.compile(
    r"[;:]\s|,?\s+(?:and|but|while|whereas|et|mais|tandis|e|ed|ma|mentre|und|aber|während|y|pero|mientras)\s",
    re.IGNORECASE,
)
_LEAD = re.compile(r"\W*(?:\w+\W+){0,2}\w+\W*[:：]\W*")
"""Up to three words and a colon: what a model puts above what it writes."""
_OF_PASSAGES = re.compile(
    r"(?:the|this|these|le|la|les|ce|ces|il|lo|i|gli|questo|questi|der|die|das|dieser|diese|el|los|este|estos)\s+"
    r"(?:(?:above|given|provided|quoted|following)\s+)?"
    r"(?:passages?|texts?|documents?|excerpts?|sources?|textes?|extraits?|brani|brano|testi|testo|documenti|documento|"
    r"texte?|abschnitte?|dokumente?|pasajes?|textos?|documentos?)\s+"
    r"(?:also\s+)?(?:(?:provides?|contains?|gives?|offers?|includes?|fournit|contient|fornisce|contiene|enthält|ofrece)"
    r"\s+(?:(?:some|more|des|delle|alcune|una|de|einige)\s+)?(?:information|informations|informazioni|informationen|"
    r"información|details?)\s+(?:about|on|regarding|concerning|sur|su|sui|sulle|über|sobre)"
    r"|(?:is|are|talks?|speaks?|parle|parla|spricht|habla)\s+(?:about|of|de|di|von|über)"
    r"|(?:describes?|discusses?|mentions?|décrit|descrive|beschreibt|describe))\b",
    re.IGNORECASE,
)
"""How a sentence begins that tells of the passages rather than of what they say."""
ENOUGH = 0.34
"""Of the weight of what the nearest sentence holds of a question: a sentence with less speaks of something else."""
_PART = 2
"""Terms of content that a part of a sentence has at least, to be supported by a quote of its own."""


@dataclasses.dataclass(frozen=True)
class Grounding:
    """The sentences of an answer with the numbers of their citations, and the citations."""

    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]


def ground(answer: str, passages: Sequence[Passage]) -> Grounding:
    """Match each sentence of ``answer`` to the quote among ``passages`` that supports it best."""
    evidence = Evidence(passages)
    sentences: list[Sentence] = []
    citations: list[Citation] = []
    text = without_forgeries(answer)
    for start, end in sentence_spans(text):
        sentence = text[start:end]
        quotes = _support(statement(sentence), evidence)
        numbers = tuple(dict.fromkeys(_cite(citations, quote) for quote in quotes))
        sentences.append(Sentence(sentence, bool(quotes), numbers))
    return Grounding(tuple(sentences), tuple(citations))


def without_headings(grounding: Grounding, passages: Sequence[Passage]) -> Grounding:
    """``grounding`` without the sentences that are headings: a passage's, or the model's own ("Summary:").

    They stand in the passages and say nothing.
    """
    headings = _headings(passages)
    cited = {citation.number: citation for citation in grounding.citations}
    kept = [
        sentence
        for sentence in grounding.sentences
        if not (_only_names(sentence, cited, headings) if sentence.supported else _LEAD.fullmatch(sentence.text))
    ]
    if len(kept) == len(grounding.sentences):
        return grounding
    numbers = {old: new for new, old in enumerate(dict.fromkeys(n for one in kept for n in one.citations), start=1)}
    return Grounding(
        tuple(dataclasses.replace(one, citations=tuple(numbers[n] for n in one.citations)) for one in kept),
        tuple(dataclasses.replace(cited[old], number=new) for old, new in numbers.items()),
    )


def _headings(passages: Sequence[Passage]) -> frozenset[tuple[int, int, int]]:
    """Where in the pages headings stand: the passage's number, the start and the end."""
    return frozenset(
        (held.number, held.start + quote.span[0], held.start + quote.span[1])
        for held in passages
        for quote in source(held).quotes
        if quote.is_heading
    )


def _only_names(sentence: Sentence, cited: Mapping[int, Citation], headings: frozenset[tuple[int, int, int]]) -> bool:
    """Whether all that supports a sentence is a heading that says the same."""
    places = (cited[number] for number in sentence.citations)
    return all((place.passage, place.start, place.end) in headings for place in places)


def quote_nearest(question: str, passages: Sequence[Passage]) -> Grounding:
    """The sentence of ``passages`` that says most of what ``question`` asks for, as an answer that cites itself.

    What is shown where a model's own words found no support: the document's. A heading answers nothing: it is quoted
    only where there is nothing else. Empty where there are no passages.
    """
    every = [quote for held in Evidence(passages).sources for quote in held.quotes]
    quotes = [quote for quote in every if not quote.is_heading] or every
    if not quotes:
        return Grounding((), ())
    wanted = content_stems(question)
    weights = Weights([content_stems(quote.text) for quote in quotes])
    best = max(quotes, key=lambda quote: nearness(wanted, quote.text, _name(quote.passage), weights))
    citations: list[Citation] = []
    number = _cite(citations, (best,))
    said = without_emphasis(" ".join(citations[0].quote.split()))
    sentence = Sentence(said, supported=True, citations=(number,))
    return Grounding((sentence,), tuple(citations))


def answers(question: str, grounding: Grounding, passages: Sequence[Passage]) -> bool:
    """Whether a supported sentence, with its quote, holds words of ``question`` that more than name its document.

    Those together weigh something beside what the nearest sentence of the passages holds. A small model likes to say
    what a passage is called, or that there is one about it, or what stands in another; all true, and no answer. Nor is
    a heading.
    """
    headings = _headings(passages)
    by_number = {passage.number: passage for passage in passages}
    cited = {citation.number: citation for citation in grounding.citations}
    wanted = content_stems(question)
    texts = {(held.number, quote.text): content_stems(quote.text) for held in passages for quote in source(held).quotes}
    weights = Weights([*texts.values()])

    def weight(number: int, stems: frozenset[str]) -> float:
        return weights.of((wanted - _name(by_number[number])) & stems)

    enough = ENOUGH * max((weight(number, stems) for (number, _), stems in texts.items()), default=0.0)
    for sentence in grounding.sentences:
        if (
            not sentence.supported
            or _only_names(sentence, cited, headings)
            or _talks_of_passages(sentence.text, wanted)
        ):
            continue
        for citation in (cited[number] for number in sentence.citations):
            if wanted <= _name(by_number[citation.passage]):
                return True
            held = weight(citation.passage, content_stems(f"{sentence.text} {citation.quote}"))
            if held and held >= enough:
                return True
    return False


def _talks_of_passages(sentence: str, wanted: frozenset[str]) -> bool:
    """Whether a sentence says only that the passages speak of what is ``wanted`` ("The passage is about net sales")."""
    begun = _OF_PASSAGES.match(sentence)
    return begun is not None and content_stems(sentence[begun.end() :]) <= wanted


def _name(passage: Passage) -> frozenset[str]:
    return content_stems(passage.document)


def _support(said: Statement, evidence: Evidence) -> tuple[tuple[Quote, ...], ...]:
    """The quotes that support a sentence together, those of one place at a time; empty where there are none."""
    alone = _best(said, evidence, evidence.sources)
    if alone is not None:
        return (alone.quotes,)
    if evidence.has_version_of(said):
        return ()
    for held in evidence.sources:
        for one, other in itertools.pairwise(held.quotes):
            if one.row is None and other.row is None and _is_said_by_both(said, evidence, held, one, other):
                return ((one, other),)
    for held in evidence.sources:
        for first, last in _clauses(said):
            parts = [_best(part, evidence, (held,)) for part in (first, last)]
            if all(part is not None for part in parts):
                return tuple(part.quotes for part in parts if part is not None)
    return ()


def _best(said: Statement, evidence: Evidence, sources: Sequence[Source]) -> Support | None:
    best: Support | None = None
    for held in sources:
        for quote in held.quotes:
            found = evidence.supports(said, held, quote)
            if found is not None and (best is None or found.share > best.share + 1e-9):
                best = found
    return best


def _is_said_by_both(said: Statement, evidence: Evidence, held: Source, one: Quote, other: Quote) -> bool:
    """Whether one part of a sentence is said by one neighbour, and the rest by the other."""
    both = one.statement.stems | other.statement.stems | held.around
    if not said.names <= both or len(said.content) < 2 * _PART or len(said.stems & both) * 2 < len(said.stems):
        return False
    for place in range(1, len(said.terms)):
        first, last = said.between(0, place), said.between(place, len(said.terms))
        if not _can_stand_alone(first) or not _can_stand_alone(last):
            continue
        for before, after in ((one, other), (other, one)):
            if evidence.supports(first, held, before) and evidence.supports(last, held, after):
                return True
    return False


def _can_stand_alone(part: Statement) -> bool:
    """Whether a part says something of something, not just a name: the word it begins with may be the first of one."""
    words = (term for term in part.content if term.kind is Kind.WORD)
    return len(part.content) >= _PART and any(term is not part.first_word for term in words)


def _clauses(said: Statement) -> Iterator[tuple[Statement, Statement]]:
    """The ways to part a sentence where a clause may begin."""
    for found in _JOINT.finditer(said.text):
        place = next((index for index, term in enumerate(said.terms) if term.start >= found.end() - 1), 0)
        first, last = said.between(0, place), said.between(place, len(said.terms))
        if _can_stand_alone(first) and _can_stand_alone(last):
            yield first, last


def _cite(citations: list[Citation], quotes: Sequence[Quote]) -> int:
    passage = quotes[0].passage
    first, last = quotes[0].span[0], quotes[-1].span[1]
    start, end = passage.start + first, passage.start + last
    for known in citations:
        if (known.sha256, known.page, known.start, known.end) == (passage.sha256, passage.page, start, end):
            return known.number
    citations.append(
        Citation(
            number=len(citations) + 1, passage=passage.number, sha256=passage.sha256, document=passage.document,
            path=passage.path, page=passage.page, label=passage.label, quote=passage.text[first:last], start=start,
            end=end, unit=passage.unit, confidence=passage.confidence,
        )
    )  # fmt: skip
    return len(citations)
