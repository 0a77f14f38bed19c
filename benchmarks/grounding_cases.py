"""Sentences that are true of a passage, and sentences with an error planted by rule.

True ones are the passage's own: as they are, with a clause moved, with other function words, shortened, two joined,
numbers written otherwise, rows of tables as sentences, questions with their gold answer as statements. Errors are made
of these: of the passage's own words ("native") or of words from elsewhere ("foreign").
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

from grounding_texts import Text

from rag.sentences import sentence_spans

NUMBER = re.compile(r"(?<![\w.,])\$?\d+(?:,\d{3})*(?:\.\d+)?(?!\w|[.,]\d)")
YEAR = re.compile(r"(?:1\d|20)\d\d")
NAME = re.compile(r"(?<![.!?:]\s)(?<!^)(?<=\s)(?:[A-ZÄÖÜÁÉÍÓÚÑ][\w'’-]+)(?:\s(?:[A-ZÄÖÜÁÉÍÓÚÑ][\w'’-]+))*")
SUBJECT = re.compile(
    r"(?:(?:[A-ZÄÖÜÁÉÍÓÚÑ][\w'’-]+)(?:\s[A-ZÄÖÜÁÉÍÓÚÑ][\w'’-]+)*)(?=\s(?:is|was|are|were|has|have|had|will|can|could|"
    r"es|era|fue|son|fueron|ha|han|había|tiene|tenía|puede|ist|war|sind|waren|hat|hatte|wird|wurde|wurden|kann|"
    r"[a-z]+ed|[a-zé]+ó)\b)"
)
ARTICLES = frozenset(
    re.findall(
        r"\w+",
        "The A An This That These Those It He She They There In On At By For As El La Los Las Un Una En Der Die Das "
        "Ein Eine Es Er Sie Dies Diese Dieser Im Am We Our His Her Its Some Many Both Which What Who "
        "Se Su Sus Este Esta",
    )
)
AUXILIARY = {
    "en": re.compile(r"\b(is|was|are|were|can|could|would|will|should|may|must)\b(?! not|n't)"),
    "de": re.compile(r"\b(ist|war|sind|waren|wird|wurde|wurden|werden kann|kann|können|konnte)\b(?! nicht)"),
    "es": re.compile(r"(?<!no )(?<!No )(?<!se )\b(es|era|fue|fueron|son|está|están|tiene|tenía|puede|pueden|había)\b"),
}
NOT = {"en": r"\1 not", "de": r"\1 nicht", "es": r"no \1"}
DENIAL = {
    "en": re.compile(r" not\b(?! only)"),
    "de": re.compile(r" nicht\b(?! nur)"),
    "es": re.compile(r" no\b(?! s[oó]lo)"),
}
SCALES = (("million", "billion"), ("billion", "million"), ("Millionen", "Milliarden"), ("Milliarden", "Millionen"),
          ("mil millones", "millones"), ("millones", "mil millones"))  # fmt: skip
SYNONYMS = {
    "en": (("because", "since"), ("although", "though"), ("but", "yet"), ("such as", "like"), ("must", "has to"),
           ("which", "that"), ("while", "whereas"), ("however", "nevertheless"), ("within", "inside of"),
           ("also", "too"), ("This", "That"), ("upon", "on"), ("the", "this"), ("of the", "of this")),
    "de": (("weil", "da"), ("aber", "jedoch"), ("auch", "ebenfalls"), ("sowie", "und"), ("beim", "bei dem"),
           ("der", "dieser"), ("die", "diese"), ("das", "dieses")),
    "es": (("porque", "ya que"), ("pero", "sin embargo"), ("aunque", "si bien"), ("también", "además"),
           ("como", "tal como"), ("el", "este"), ("la", "esta"), ("los", "estos")),
}  # fmt: skip
ADVERBIAL = re.compile(
    r"(?P<lead>(?:In|On|At|During|After|Since|By|Under|For|From|With|As of|Durante|En|Desde|Tras|Con|Por|Nach|Im|Seit|"
    r"Während|Bei|Mit)\s[^,.;]{3,60}),\s(?P<rest>[^\W\d][^;]{25,}?)(?P<end>[.])$"
)
RELATIVE = re.compile(
    r",\s(?:which|who|whose|where|while|although|including|such as|lo que|que|der|die|das|was|wobei|wo)\s[^,;]+\.$"
)
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WORDS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


@dataclasses.dataclass(frozen=True)
class Sentence:
    """A sentence of a kind, made from ``origin`` (a sentence of a passage or a gold answer)."""

    kind: str
    text: str


def sentences_of(text: Text) -> list[str]:
    """Its whole sentences: no headings, no rows."""
    pieces = [" ".join(text.text[start:end].split()) for start, end in sentence_spans(text.text)]
    return [piece for piece in pieces if piece.endswith(".") and " | " not in piece and 6 <= len(piece.split()) <= 60]


def true_sentences(text: Text, language: str) -> Iterator[Sentence]:
    """What is true by the passage."""
    sentences = sentences_of(text)
    for index, one in enumerate(sentences):
        yield Sentence("copied", one)
        if found := ADVERBIAL.match(one):
            rest = found["rest"]
            yield Sentence("clause moved", f"{rest[0].upper()}{rest[1:]} {_lowered(found['lead'])}.")
            yield Sentence("shortened", f"{rest[0].upper()}{rest[1:]}.")
        if (shorter := RELATIVE.sub(".", re.sub(r"\s\([^()]*\)", "", one))) != one and len(shorter.split()) > 5:
            yield Sentence("shortened", shorter)
        if (other := _other_words(one, language)) != one:
            yield Sentence("other function words", other)
        if index + 1 < len(sentences) and f"{one}" in " ".join(text.text.split()):
            yield Sentence("two joined", f"{one[:-1]} {_AND[language]} {_lowered(sentences[index + 1])}")
        yield from (Sentence("digits otherwise", other) for other in _digits_otherwise(one, language) if other != one)
    yield from (Sentence("gold answer", statement) for statement, _ in gold_statements(text, language))
    yield from (Sentence("row of a table", row.said()) for row in rows_of(text))


_AND = {"en": "and", "de": "und", "es": "y"}


def _lowered(words: str) -> str:
    first = words.split(" ", maxsplit=1)[0]
    return words[0].lower() + words[1:] if first in ARTICLES or re.match(ADVERBIAL_WORD, words) else words


ADVERBIAL_WORD = re.compile(
    r"(?:In|On|At|During|After|Since|By|Under|For|From|With|As|Durante|En|Desde|Tras|Con|Por|Nach|Im|Seit|Während|Bei|Mit)\s"
)


def _other_words(sentence: str, language: str) -> str:
    for word, other in SYNONYMS[language]:
        sentence = re.sub(rf"(?<=\s){word}(?=\s)", other, sentence, count=1)
    return sentence


def _digits_otherwise(sentence: str, language: str) -> Iterator[str]:
    comma = "," if language == "en" else "."
    grouped = re.compile(rf"(?<![\w.,])\d{{1,3}}(?:\{comma}\d{{3}})+(?![\w.,]\d)")
    if grouped.search(sentence):
        yield grouped.sub(lambda found: found[0].replace(comma, ""), sentence)
        yield grouped.sub(lambda found: found[0].replace(comma, "\u202f"), sentence)
    if re.search(r"\d%", sentence):
        yield re.sub(r"(?<=\d)%", {"en": " percent", "de": " Prozent", "es": " por ciento"}[language], sentence)
    scaled = re.compile(r"(?<![\w.,])(\d+(?:\.\d+)?) (million|billion)\b")
    if language == "en" and (found := scaled.search(sentence)):
        value = round(float(found[1]) * (10**6 if found[2] == "million" else 10**9))
        yield sentence.replace(found[0], f"{value:,}", 1)
        if found[2] == "billion":
            yield sentence.replace(found[0], f"{float(found[1]) * 1000:,.6g} million".replace("e+", "e"), 1)
    dated = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})")
    if language == "en" and dated.search(sentence):
        yield dated.sub(r"\2 \1, \3", sentence)
    other = re.compile(rf"\b({'|'.join(MONTHS)}) (\d{{1,2}}), (\d{{4}})")
    if language == "en" and other.search(sentence):
        yield other.sub(r"\2 \1 \3", sentence)
    counted = re.compile(rf"\b({'|'.join(WORDS)})\b(?= [a-z])")
    if language == "en" and counted.search(sentence):
        yield counted.sub(lambda found: str(WORDS.index(found[1]) + 2), sentence)


def gold_statements(text: Text, language: str) -> Iterator[tuple[str, str]]:
    """Questions that ask for their subject, said with their gold answer; and that answer.

    Who asked knew more than the passage says, now and then: with a number that it hasn't, nothing is true by it.
    """
    for question, given_answer in text.questions:
        asked = re.fullmatch(_SUBJECT_QUESTION[language], question)
        answer = given_answer.rstrip(".")
        if asked and not _ASKS_NO_SUBJECT.search(asked["rest"]):
            statement = f"{answer[0].upper()}{answer[1:]} {asked['rest']}."
            if not any(number not in text.text for number in _LONG_NUMBER.findall(statement)):
                yield statement, answer


_SUBJECT_QUESTION = {
    "en": r"(?:Who|What|Which (?:\w+ ){1,3}?)\s?"
    r"(?P<rest>(?:is|are|was|were|has|had|can|led|won|made|[a-z]+ed|[a-z]+s)\s[^?]{8,})\?",
    "de": r"Wer\s(?P<rest>\w+\s[^?]{8,})\?",
    "es": r"¿Quién\s(?P<rest>\w+\s[^?]{8,})\?",
}

_LONG_NUMBER = re.compile(r"\d{2,}(?!\d|\.?[ªº]|th)")
"""What may not be missing in the passage, for a statement to be true by it: "50" where it has no "Super Bowl 50"."""
_ASKS_NO_SUBJECT = re.compile(r"^(?:does|do|did|types?|kinds?)\b|\b(?:of|to|as|in|by|for|from|with|called|do|on|at)$")
"""What makes no sentence with its answer in front: "Soft power is cultural imperialism referred to as"."""


@dataclasses.dataclass(frozen=True)
class Row:
    """A row of numbers with its label, under headers that are dates."""

    label: str
    values: tuple[str, ...]
    headers: tuple[str, ...]
    column: int = 0

    def said(self, value: str = "") -> str:
        """It as a sentence; with another ``value``: as an error."""
        return f"{self.label} was {value or self.values[self.column]} in the {self.headers[self.column]}."


def rows_of(text: Text) -> list[Row]:
    """The rows of its tables whose columns are periods, each with one column chosen in turn."""
    rows: list[Row] = []
    headers: tuple[str, ...] = ()
    for line in text.text.splitlines():
        if line.startswith("|"):
            headers = _periods(line)
        elif " | " in line and headers:
            label, *values = (cell.strip() for cell in line.split(" | "))
            numeric = [bool(re.fullmatch(r"\$?\s?\d[\d,.]*", value)) for value in values]
            if len(values) == len(headers) and all(numeric) and re.match(r"[A-Z][a-z]+", label):
                rows.append(
                    Row(label, tuple(value.replace("$ ", "$") for value in values), headers, len(rows) % len(values))
                )
        elif line.strip() and not line.rstrip().endswith(":"):
            headers = ()
    return rows


def _periods(line: str) -> tuple[str, ...]:
    span = ""
    periods = []
    for cell in (cell.strip() for cell in line.strip("| ").split(" | ")):
        found = re.fullmatch(
            r"(?:\([^)]*\)\s)?(?P<span>(?:\w+ Months|Quarter) Ended )?(?P<date>\w+ \d{1,2}, \d{4})", cell
        )
        if not found:
            return ()
        span = found["span"] or span
        if not span:
            return ()
        periods.append(f"{span.lower()}{found['date']}")
    return tuple(periods)
