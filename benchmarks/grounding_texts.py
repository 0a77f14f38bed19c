"""The texts that grounding is measured on: paragraphs of XQuAD, and quarterly reports, cut into passages by Phial."""

from __future__ import annotations

import dataclasses
import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rag.chunk import cut
from rag.extract import PageText, read_document
from rag.protocol import Passage

LANGUAGES = ("en", "es", "de")
GIVEN = 6
"""Passages that an answer is given, as in a conversation."""


@dataclasses.dataclass(frozen=True)
class Text:
    """A passage of a document, and the questions about it with their answers."""

    document: str
    section: str
    text: str
    questions: tuple[tuple[str, str], ...] = ()


@dataclasses.dataclass(frozen=True)
class Collection:
    """Passages of one kind in one language, in the order of their documents."""

    name: str
    language: str
    texts: tuple[Text, ...]


def collections_of(data: Path, seed: int) -> tuple[list[Collection], list[Collection]]:
    """The collections in ``data``, parted by document: a half to develop on, and one that is held out.

    An article is in the same half in every language, and so are all reports of a company.
    """
    first: list[Collection] = []
    second: list[Collection] = []
    articles = sorted(article["title"] for article in _articles(data, LANGUAGES[0]))
    random.Random(seed).shuffle(articles)
    developed = set(articles[: len(articles) // 2])
    for language in LANGUAGES:
        texts = [
            Text(f"{article['title']}.txt", "", paragraph["context"], _questions(paragraph))
            for article in _articles(data, language)
            for paragraph in article["paragraphs"]
        ]
        for half, is_developed in ((first, True), (second, False)):
            mine = tuple(text for text in texts if (text.document.removesuffix(".txt") in developed) is is_developed)
            half.append(Collection(f"XQuAD {language}", language, mine))
    reports = sorted((data / "pdfs" / "sec-10-q").glob("*.pdf"))
    companies = sorted({path.stem.split()[-1] for path in reports})
    for path in reports:
        half = first if companies.index(path.stem.split()[-1]) < len(companies) // 2 else second
        half.append(Collection("reports", "en", tuple(_report(path))))
    return _joined(first), _joined(second)


def _articles(data: Path, language: str) -> list[Any]:
    read = json.loads((data / "xquad" / f"xquad.{language}.json").read_text(encoding="utf-8"))
    articles: list[Any] = read["data"]
    return articles


def _questions(paragraph: Any) -> tuple[tuple[str, str], ...]:
    return tuple((one["question"].strip(), one["answers"][0]["text"].strip()) for one in paragraph["qas"])


def _report(path: Path) -> list[Text]:
    pages = [page for page in read_document(path, lambda: False) if isinstance(page, PageText)]
    return [Text(path.name, draft.section, draft.text) for draft in cut(pages, _count_tokens)]


def _count_tokens(texts: Sequence[str]) -> list[int]:
    """About as many as the embedder counts; its own tokenizer would be one more thing to have."""
    return [len(text.split()) * 4 // 3 + 1 for text in texts]


def _joined(collections: Sequence[Collection]) -> list[Collection]:
    names = dict.fromkeys((collection.name, collection.language) for collection in collections)
    return [
        Collection(name, language, tuple(text for one in collections if one.name == name for text in one.texts))
        for name, language in names
    ]


def given(text: Text, texts: Sequence[Text], draw: random.Random) -> tuple[Passage, ...]:
    """``text`` among other passages, two of its document where there are so many, in any order."""
    near = [other for other in texts if other.document == text.document and other is not text]
    far = [other for other in texts if other.document != text.document]
    chosen = [text, *draw.sample(near, min(2, len(near)))]
    chosen += draw.sample(far, min(GIVEN - len(chosen), len(far)))
    draw.shuffle(chosen)
    return tuple(
        Passage(
            number=number, sha256=f"{number:064x}", document=one.document, path=f"/papers/{one.document}", page=number,
            label="", section=one.section, text=one.text, start=0, end=len(one.text), score=1 / number,
        )
        for number, one in enumerate(chosen, start=1)
    )  # fmt: skip
