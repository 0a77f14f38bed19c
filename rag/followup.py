"""Follow-ups: a question that only its conversation makes whole, completed from the turns before. Pure; no model.

"And Nvidia?" is the last question of another name, "and the year before?" of another year; "who wrote it?" asks about
what the last question named. A question that stands by itself is left alone. Decision 0073.
"""

from __future__ import annotations

import re

from rag.language import language_of
from rag.naming import QUARTER, TOKEN, YEAR, Name, content_words, names
from rag.periods import Shift, period_of, shift_in, shifted
from rag.protocol import Answer
from rag.reference import (
    AUXILIARIES,
    AUXILIARIES_BY_LANGUAGE,
    BARE,
    CONNECTIVE,
    DETERMINERS,
    INTERROGATIVES,
    KIND_NOUNS,
    LEADING_PREPOSITION,
    NOBODY,
    NULL_SUBJECT,
    OPENER,
    PREPOSITIONS,
    PRONOUN,
    TRAILING_PREPOSITION,
)

LONGEST_FRAGMENT = 6
"""Words of a piece of a question that takes a place in the one before; a longer one is a question of its own."""
LONGEST_CONTEXT = 300
"""Characters of an earlier question that are said once more."""
_BRACKETS = str.maketrans("()", "  ")
_END = " \t\n?¿!¡.,;:…"
_SUBJECTS = {"it", "he", "she", "they", "him", "her", "them"}
_POSSESSIVES = {"its", "his", "their"}
_PEOPLE = {"he", "she", "him", "his", "her", "il", "elle", "lui", "lei", "er", "sie", "ihn", "ihm", "él", "ella"}
_WHO = re.compile(
    r"^[¿¡\s]*(?:who|qui|chi|wer|quién)(?:\s+(?:is|was|are|were|est|était|è|era|ist|war|es|fue))?\s+", re.IGNORECASE
)
_ASKING_DETERMINERS = {"which", "what", "whose", "welche", "welcher", "welches", "welchen", "quale", "quali", "qué"}
_PLURALS = {"they", "them", "their", "theirs", "ils", "elles", "leur", "leurs", "loro", "ellos", "ellas"}


def understood(question: str, last: Answer) -> str:
    """``question`` as one that stands by itself, completed from the ``last`` answer of its conversation.

    "" where it stands by itself already, or where nothing was said before that could complete it.
    """
    before = (last.understood or last.question).strip()
    spoken = language_of(question) or language_of(before) or "en"
    fragment = _fragment(question)
    if fragment:
        return _asked_of(fragment, question, before, last, spoken)
    shift = shift_in(question)
    if shift is not None and not YEAR.search(question):
        whole = _with_period(question, shift, before, last, spoken)
        if whole:
            return _with_topic(whole, before, last, spoken) or whole
    return _with_topic(question, before, last, spoken) or _tied(question, before, spoken)


def _fragment(question: str) -> str:
    """The piece of a question that ``question`` consists of ("and Nvidia?": "Nvidia"); "" where it is a whole one."""
    bare = question.strip(_END)
    rest = CONNECTIVE.sub("", bare)
    is_tied = rest != bare
    opened = OPENER.sub("", rest)
    is_opened = opened != rest
    piece = opened.strip(_END).removesuffix(" aus").strip()
    words = [word.casefold() for word in TOKEN.findall(piece)]
    if not words or len(words) > LONGEST_FRAGMENT:
        return ""
    if not is_opened and (INTERROGATIVES & set(words[:2]) or AUXILIARIES & set(words)):
        return ""
    if is_opened or is_tied:
        return piece
    is_bare = BARE.match(piece) is not None and len(words) <= 3 and bool(names(piece, "en") or YEAR.search(piece))
    is_period = not YEAR.sub("", QUARTER.sub("", piece)).strip(_END)
    shift = shift_in(piece)
    is_shift = shift is not None and shift.span == (0, len(piece))
    return piece if is_bare or is_period or is_shift else ""


def _asked_of(fragment: str, question: str, before: str, last: Answer, spoken: str) -> str:
    """The question ``before``, asked of what ``fragment`` names."""
    shift = shift_in(fragment)
    if shift is not None and not YEAR.search(fragment):
        period = period_of(before) or period_of(last.text)
        if not period:
            return _beside(question, before, spoken)
        return _in_period(before, shifted(period, shift), spoken)
    whole = before
    years, quarters = YEAR.findall(fragment), QUARTER.findall(fragment)
    named = names(f"x {fragment}", spoken)
    if years or quarters:
        whole = _in_period(whole, (*quarters[:1], *years[:1]), spoken)
    if named:
        return _of_name(whole, fragment, Name(named[0].text, named[0].start - 2, named[0].end - 2), spoken)
    rest = QUARTER.sub("", YEAR.sub("", fragment))
    if content_words(rest):
        return _beside(question, before, spoken)
    return whole if whole != before else ""


def _in_period(question: str, period: tuple[str, ...], spoken: str) -> str:
    """``question`` asked of another period: a year, a quarter, or both."""
    whole = question
    for said in period:
        pattern = YEAR if YEAR.fullmatch(said) else QUARTER
        found = list(pattern.finditer(whole))
        if len({match.group() for match in found}) > 1:
            return f"{question.rstrip(_END)}? ({' '.join(period)})"
        if found:
            whole = pattern.sub(said, whole)
        else:
            whole = f"{whole.rstrip(_END)} {_IN.get(spoken, '')} {said}?".replace("  ", " ")
    return whole


_IN = {"en": "in", "fr": "en", "it": "nel", "de": "", "es": "en"}


def _of_name(before: str, fragment: str, named: Name, spoken: str) -> str:
    """``before`` with ``named`` in the place of the name behind the same preposition, or else of the first one."""
    known = [name for name in names(before, spoken) if name.text.casefold() != named.text.casefold()]
    leading = LEADING_PREPOSITION.match(fragment)
    if leading:
        said = fragment[: named.end]
        for name in known:
            trailing = TRAILING_PREPOSITION.search(before[: name.start])
            if trailing and _is_same(leading[1], trailing[1]):
                return before[: trailing.start()] + said + before[name.end :]
        return f"{before.rstrip(_END)} {said}?"
    if not known:
        return f"{before.rstrip(_END)}? ({named.text})"
    return before[: known[0].start] + named.text + before[known[0].end :]


def _is_same(one: str, other: str) -> bool:
    """Whether two forms are of one preposition."""
    return any({one.casefold(), other.casefold()} <= set(forms.split()) for forms in PREPOSITIONS.values())


def _with_period(question: str, shift: Shift, before: str, last: Answer, spoken: str) -> str:
    """``question`` with the year that "the year before" stands for; "" where nothing tells which."""
    period = period_of(before) or period_of(last.text)
    if not period:
        return ""
    said = " ".join(filter(None, (_IN.get(spoken, ""), *shifted(period, shift))))
    return question[: shift.span[0]] + said + question[shift.span[1] :]


def _with_topic(question: str, before: str, last: Answer, spoken: str) -> str:
    """``question`` with what ``before`` was about, where it speaks of that without naming it; else ""."""
    pronoun = _pronoun(question, spoken)
    if pronoun is None and not _is_empty(question, spoken):
        return ""
    word = pronoun.group().casefold() if pronoun else ""
    known = [name.text for name in names(before, spoken)]
    if word in _PEOPLE and _asks_who(before, spoken):
        known = _first_named(before, last, spoken)
    if pronoun is not None and spoken == "en" and len(known) == 1 and (word in _SUBJECTS or word in _POSSESSIVES):
        is_owner = word in _POSSESSIVES or (word == "her" and question[pronoun.end() :].strip(_END) != "")
        said = known[0] + ("’s" if is_owner else "")
        return question[: pronoun.start()] + said + question[pronoun.end() :]
    return f"{question} ({', '.join(dict.fromkeys(known)) or _flat(before)})"


def _tied(question: str, before: str, spoken: str) -> str:
    """``question``, whole but tied to ``before`` ("And how wide is the deck?"), with the names of that beside it.

    "" where it has names of its own, or neither has any.
    """
    own = CONNECTIVE.sub("", question)
    if own == question or names(own, spoken):
        return ""
    known = dict.fromkeys(name.text for name in names(before, spoken))
    return f"{question} ({', '.join(known)})" if known else ""


def _asks_who(before: str, spoken: str) -> bool:
    """Whether ``before`` asked for somebody whom it didn't name itself, as "Who is Ada Lovelace?" does."""
    asked = _WHO.match(before)
    known = names(before, spoken)
    return asked is not None and not (known and known[0].start == asked.end())


def _first_named(before: str, last: Answer, spoken: str) -> list[str]:
    """The first name in the last answer that ``before`` didn't hold; none where there was no answer."""
    if last.refused or not last.sentences:
        return []
    said = names(f"x {last.sentences[0].text}", spoken)
    return [name.text for name in said if name.text not in before][:1]


def _pronoun(question: str, spoken: str) -> re.Match[str] | None:
    """The first word that stands for something which ``question`` itself doesn't name before it."""
    hidden = NOBODY.sub(lambda found: "·" * len(found.group()), question)
    for found in PRONOUN[spoken].finditer(hidden):
        if not _names_something(question[: found.start()], found.group().casefold(), spoken):
            return found
    return None


def _names_something(text: str, pronoun: str, spoken: str) -> bool:
    """Whether ``text`` names something that ``pronoun``, which follows it, may stand for."""
    if names(text, spoken):
        return True
    words = [word.casefold() for word in TOKEN.findall(text)]
    for previous, word in zip(["", *words], words, strict=False):
        if word in KIND_NOUNS or not content_words(word):
            continue
        if previous in {"many", "much", "viele", "combien", "quanti", "quante", "cuántos", "cuántas"}:
            if pronoun in _PLURALS:
                return True
            continue
        if previous in DETERMINERS | AUXILIARIES_BY_LANGUAGE[spoken] | _ASKING_DETERMINERS:
            return True
    return False


def _is_empty(question: str, spoken: str) -> bool:
    """Whether ``question`` says nothing of what it is about: it only asks, or leaves its subject out."""
    bare = CONNECTIVE.sub("", question.strip(_END)).strip(_END)
    words = [word.casefold() for word in TOKEN.findall(bare)]
    if not words or not INTERROGATIVES & set(words):
        return False
    if not content_words(bare):
        return True
    is_tied = CONNECTIVE.match(question) is not None
    if is_tied and len(content_words(bare)) == 1 and len(words) <= 2 and not names(f"x {bare}", spoken):
        return True
    leaves_out = NULL_SUBJECT.get(spoken)
    return leaves_out is not None and leaves_out.match(bare) is not None and not names(bare, spoken)


def _beside(question: str, before: str, spoken: str) -> str:
    """``question`` with the names and the years of ``before`` beside it; with all of that where it names none."""
    known = [name.text for name in names(before, spoken)]
    said = ", ".join(dict.fromkeys([*known, *QUARTER.findall(before), *YEAR.findall(before)]))
    return f"{question} ({said if known else _flat(before)})"


def _flat(before: str) -> str:
    """``before`` to stand in brackets: without its own, and no longer than a question should be."""
    return " ".join(before.translate(_BRACKETS).split())[:LONGEST_CONTEXT]
