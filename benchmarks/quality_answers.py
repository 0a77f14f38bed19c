"""Are the answers right, and do their citations show it? XQuAD's questions, answered by the starter model.

Beside the stock pipeline: the same questions, the first chunks pasted whole into the prompt that a tutorial gives, the
same model. An answer is right where its text contains the gold answer, letter for letter but for case, punctuation
and space; an answer that was refused is not. A citation is right where its quote contains it.
"""

from __future__ import annotations

import statistics
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

from intervals import Estimate, difference, mean, share
from quality_figures import Figure, figure
from quality_sides import Stock
from quality_texts import LANGUAGES, Asked, Paragraphs, folder_of, library_of, paragraphs
from report import fresh_folder

from engine.catalogue import chosen_model
from engine.host import Finished, Generation, ModelHost, Piece
from engine.messages import ChatMessage
from rag.library import Library
from rag.prompt import PromptOptions
from rag.protocol import Answer, Answered

EACH = 20
"""Questions in each language: a model on a processor takes its time."""
CHUNKS = 3
"""The stock pipeline's, pasted into its prompt: of 1,000 characters each."""


def measure(data: Path, seed: int, times: int) -> list[Figure]:
    """The figures of answers, to ``times`` as many questions."""
    figures: list[Figure] = []
    for language in LANGUAGES:
        held = paragraphs(data, language)
        asked = held.sample(EACH * times, seed)
        answers = answered(held, asked)
        stock, stock_tokens = stock_answered(held, asked)
        figures += told(language, asked, answers, stock, stock_tokens, seed)
    return figures


def answered(held: Paragraphs, questions: Sequence[Asked]) -> list[Answer]:
    """Phial's answers."""
    with library_of(f"answers-{held.language}", [folder_of(held)]) as library:
        library.search(questions[0].question)  # what a first search loads is startup.py's
        return [_answer(library, asked.question) for asked in questions]


def stock_answered(held: Paragraphs, questions: Sequence[Asked]) -> tuple[list[str], list[int]]:
    """The stock pipeline's answers, and the tokens of their prompts."""
    stock = Stock(f"answers-{held.language}", held.texts)
    home = fresh_folder(f"quality/stock-model-{held.language}")
    host = ModelHost(log_folder=home, on_state=lambda *_: None)
    texts: list[str] = []
    tokens: list[int] = []
    try:
        host.load(chosen_model(home))
        for asked, chunks in zip(questions, stock.chunks([one.question for one in questions], CHUNKS), strict=True):
            context = "\n\n".join(chunks)
            prompt = (
                "Use the following pieces of context to answer the question at the end. If you don't know the answer, "
                f"just say that you don't know.\n\n{context}\n\nQuestion: {asked.question}\nHelpful Answer:"
            )
            generation = Generation((ChatMessage("user", prompt),), max_tokens=PromptOptions().answer)
            text = ""
            for event in host.generate(generation, lambda: False):
                if isinstance(event, Piece):
                    text += event.text
                elif isinstance(event, Finished):
                    tokens.append(event.prompt_tokens)
            texts.append(text)
    finally:
        host.close()
    return texts, tokens


def told(
    language: str,
    questions: Sequence[Asked],
    answers: Sequence[Answer],
    stock: Sequence[str],
    stock_tokens: Sequence[int],
    seed: int,
) -> list[Figure]:
    """The figures of one language."""
    right = [
        not answer.refused and contains(answer.text, asked.answer)
        for asked, answer in zip(questions, answers, strict=True)
    ]
    stock_right = [contains(text, asked.answer) for asked, text in zip(questions, stock, strict=True)]
    quotes = [*cited(questions, answers)]
    tried = [answer for answer in answers if answer.timings.prompt_tokens]
    tokens = {
        "phial": mean([float(answer.timings.prompt_tokens) for answer in tried], seed),
        "stock": mean([float(count) for count in stock_tokens], seed),
    }
    name = f"XQuAD {language}"
    shares: dict[str, Estimate | None] = {"phial": share(right), "stock": share(stock_right)}
    lead = difference([float(one) for one in right], [float(one) for one in stock_right], seed)
    if tried:
        seconds = statistics.median(answer.timings.total_s for answer in tried)
        print(f"{name}: an answer in {seconds:.1f} s (median); {len(answers) - len(tried)} refused before the model")
    return [
        *figure("answers", f"{name}, text contains the answer", seed, shares, lead=lead),
        *figure("answers", f"{name}, citations whose quote contains it", seed, {"phial": share(quotes)}),
        *figure("answers", f"{name}, tokens of the prompt", seed, tokens, unit=""),
    ]


def cited(questions: Sequence[Asked], answers: Sequence[Answer]) -> Iterator[bool]:
    """Of every citation of an answer that was not refused, whether its quote contains the gold answer."""
    for asked, answer in zip(questions, answers, strict=True):
        if not answer.refused:
            yield from (contains(citation.quote, asked.answer) for citation in answer.citations)


def contains(text: str, gold: str) -> bool:
    """Whether ``text`` contains ``gold`` as whole words, whatever their case, punctuation and space."""
    return f" {plain_words(gold)} " in f" {plain_words(text)} "


def plain_words(text: str) -> str:
    """The words of ``text``, without case and punctuation, a space between each two."""
    composed = unicodedata.normalize("NFKC", text).casefold()
    return " ".join("".join(character if character.isalnum() else " " for character in composed).split())


def _answer(library: Library, question: str) -> Answer:
    for event in library.ask(question):
        if isinstance(event, Answered):
            return event.answer
    raise AssertionError("asking ends with an answer")
