"""Errors planted in true sentences: of the passage's own words ("native"), or of words from elsewhere ("foreign")."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence

from grounding_cases import (
    ARTICLES,
    AUXILIARY,
    DENIAL,
    NAME,
    NOT,
    NUMBER,
    SCALES,
    SUBJECT,
    YEAR,
    Sentence,
    gold_statements,
    rows_of,
    sentences_of,
)
from grounding_texts import Text


def native_errors(text: Text, language: str, draw: random.Random) -> Iterator[Sentence]:
    """What the passage's own words say wrongly."""
    for one in sentences_of(text):
        for kind, wrong in _native(one, text, language, draw):
            if wrong != one and wrong not in text.text:
                yield Sentence(kind, wrong)
    yield from _wrong_rows(text, draw)
    answers = [answer for _, answer in text.questions]
    for right, answer in gold_statements(text, language):
        others = [
            other
            for other in answers
            if _differs(other, answer) and bool(NUMBER.search(other)) == bool(NUMBER.search(answer))
        ]
        if others:
            other = draw.choice(others)
            wrong = f"{other[0].upper()}{other[1:]}{right[len(answer) :]}"
            if not _differs(wrong, other + right[len(answer) :]):
                yield Sentence("another question's answer", wrong)


def _native(one: str, text: Text, language: str, draw: random.Random) -> Iterator[tuple[str, str]]:
    yield from _other_numbers(one, text, draw)
    if language in AUXILIARY:
        if found := DENIAL[language].search(one):
            yield "a denial taken out", one[: found.start()] + one[found.end() :]
        if AUXILIARY[language].search(one):
            yield "a denial put in", AUXILIARY[language].sub(NOT[language], one, count=1)
    for scale, other in SCALES:
        pattern = rf"(?<=\d )(?<!mil ){scale}\b"
        if re.search(pattern, one):
            yield "another scale", re.sub(pattern, other, one, count=1)
    names = _names(one)
    known = [name for other in sentences_of(text) for name in _names(other)]
    if (subject := SUBJECT.match(one)) and subject[0].split()[0] not in ARTICLES:
        strangers = [name for name in known if _differs(name, subject[0])]
        if strangers:
            yield "another subject", draw.choice(strangers) + one[subject.end() :]
    if len(names) > 1:
        first, last = names[0], names[-1]
        if _differs(first, last):
            swapped = one.replace(first, "\0").replace(last, first).replace("\0", last)
            yield "two names exchanged", swapped
    strangers = [name for name in known if names and _differs(name, names[-1]) and name not in one]
    if strangers:
        yield "another name of the passage", one.replace(names[-1], draw.choice(strangers), 1)


def _other_numbers(one: str, text: Text, draw: random.Random) -> Iterator[tuple[str, str]]:
    found = list(NUMBER.finditer(one))
    if not found:
        return
    number = draw.choice(found)
    is_year = YEAR.fullmatch(number[0]) is not None
    others = [
        other for sentence in sentences_of(text) for other in NUMBER.findall(sentence)
        if (YEAR.fullmatch(other) is not None) == is_year and _value(other) != _value(number[0])
    ]  # fmt: skip
    if others:
        kind = "another year of the passage" if is_year else "another number of the passage"
        yield kind, one[: number.start()] + draw.choice(others) + one[number.end() :]


def _value(number: str) -> str:
    return number.replace(",", "").replace("$", "")


def _wrong_rows(text: Text, draw: random.Random) -> Iterator[Sentence]:
    rows = rows_of(text)
    for row in rows:
        own = {_value(value) for value in row.values}
        strangers = [
            value for other in rows if other.label != row.label and other.headers == row.headers
            for value in other.values if _value(value) not in own
        ]  # fmt: skip
        if strangers:
            yield Sentence("another row's number", row.said(draw.choice(strangers)))
        columns = [value for value in row.values if _value(value) != _value(row.values[row.column])]
        if columns:
            yield Sentence("another column's number", row.said(draw.choice(columns)))


def foreign_errors(text: Text, others: Sequence[Text], given: str, draw: random.Random) -> Iterator[Sentence]:
    """What words from elsewhere say: ``given`` is all that the passages hold, ``others`` are other documents."""
    for one in sentences_of(text):
        found = list(NUMBER.finditer(one))
        if found:
            number = draw.choice(found)
            digits = [place for place, letter in enumerate(number[0]) if letter.isdigit()]
            place = draw.choice(digits)
            figure = draw.choice([digit for digit in "123456789" if digit != number[0][place]])
            false = number[0][:place] + figure + number[0][place + 1 :]
            if not re.search(rf"(?<![\d.,]){re.escape(false.strip('$'))}(?!\d)", given):
                yield Sentence("a false number", one[: number.start()] + false + one[number.end() :])
        other = draw.choice(others)
        strangers = [
            name for sentence in sentences_of(other) for name in _names(sentence) if name.split()[0] not in given
        ]
        names = _names(one)
        if names and strangers:
            yield Sentence("a foreign name", one.replace(names[-1], draw.choice(strangers), 1))
        if (subject := SUBJECT.match(one)) and subject[0].split()[0] not in ARTICLES and strangers:
            yield Sentence("a foreign subject", draw.choice(strangers) + one[subject.end() :])
        if sentences := [sentence for sentence in sentences_of(other) if sentence not in " ".join(given.split())]:
            yield Sentence("a sentence of another document", draw.choice(sentences))


def _names(sentence: str) -> list[str]:
    return [name for name in NAME.findall(sentence) if name.split()[0] not in ARTICLES and len(name) > 2]


def _differs(one: str, other: str) -> bool:
    """Whether neither holds a word of the other."""
    mine, theirs = (set(re.findall(r"\w+", words.casefold())) for words in (one, other))
    return bool(mine and theirs) and not any(
        word[:5] == their[:5] for word in mine for their in theirs if len(word) > 2 or word.isdigit()
    )
