"""Which of our languages a text is in, by its function words: a question, a passage, a document by its passages."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

_WORD = re.compile(r"[^\W\d_]+")

FUNCTION_WORDS = {
    "en": (
        "a about after all am an and any are as at be because been before being both but by can did do does each every "
        "for from had has have having he her here him his how i if in into is it its just many me more most much my no "
        "not of on only or other our over same she should so some such than that the their them then there these they "
        "this those to too under up us very was we were what when where whether which who whom whose why will with "
        "would you your"
    ),
    "fr": (
        "au aux avaient avait avec car ce celle celui ces cet cette ceux chaque combien comme comment dans de des donc "
        "dont du elle elles en entre est et eu furent il ils je la laquelle le lequel les lesquelles lesquels leur "
        "leurs lui mais me mes moi mon même ne nos notre nous on ont ou où par pas plus pour pourquoi quand que quel "
        "quelle quelles quelqu quels qui quoi sa sans se ses si son sont sur ta te tes toi ton tous tout toute toutes "
        "tu un une vos votre vous y à étaient était été être"
    ),
    "it": (
        "a ad agli ai al alla alle allo anche aveva che chi ci come con cos cosa cui da dagli dai dal dalla dalle "
        "dallo degli dei del della delle dello di dove e ed era erano fu furono gli ha hanno ho i il in io la le lei "
        "li lo loro lui ma mi ne nei nel nella nelle noi non o ogni per perché più qual quale quali quando quanta "
        "quante quanti quanto quella quelle quelli quello questa queste questi questo se si sia sono stata stati stato "
        "su sua sue sugli sui sul sulla sulle suo suoi tra tu tutte tutti tutto un una uno vi voi è"
    ),
    "de": (
        "aber alle als am an auch auf aus bei bin bis da das dass dem den der des die diese diesem diesen dieser "
        "dieses doch durch ein eine einem einen einer eines er es für habe haben hat hatte hatten ich ihr ihre ihrem "
        "ihren ihrer im in ins ist ja jede jedem jeden jeder jedes jedoch kein keine man mit nach nicht noch nur ob "
        "oder sein seine seinem seinen seiner sich sie sind so sondern sowie um und uns unter viele vom von vor wann "
        "war waren warum was weil welche welchem welchen welcher welches wem wen wenn wer werden weshalb wessen wie "
        "wieso wieviel wir wird wo wobei wodurch wofür wogegen woher wohin womit woran worauf worden worin worüber "
        "wovon wozu wurde wurden zu zum zur zwar über"
    ),
    "es": (
        "a adónde al aunque cada como con cual cuando cuanta cuantas cuál cuáles cuándo cuánta cuántas cuánto cuántos "
        "cómo de del desde donde durante dónde el ella ellas ellos en entre era es esa ese esos esta estas este esto "
        "estos están fue fueron ha había han hay la las le lo los me mi muy más ni no nos o para pero por que quien "
        "quién quiénes qué se sean ser si sido sin sino sobre son su sus también tan te tiene toda todas todo todos tu "
        "un una unas uno unos y ya yo él"
    ),
}

_BY_LANGUAGE = {language: frozenset(words.split()) for language, words in FUNCTION_WORDS.items()}

ALL_FUNCTION_WORDS = frozenset().union(*_BY_LANGUAGE.values())

_LANGUAGES_OF_WORD = {
    word: tuple(language for language, known in _BY_LANGUAGE.items() if word in known) for word in ALL_FUNCTION_WORDS
}

OWN_WORDS, OWN_LEAD = 6, 2.0
"""Function words that a passage holds of another language than its document's, and how many times those of any other,
to be taken for one in that language: a name ("El Paso", "Die Hard") is less."""


def function_words(language: str) -> frozenset[str]:
    """The function words of ``language``; of all our languages where it is none of them."""
    return _BY_LANGUAGE.get(language, ALL_FUNCTION_WORDS)


def words_of(text: str) -> list[str]:
    """The words of ``text`` in lower case, without digits and punctuation."""
    return _WORD.findall(text.casefold())


def language_of(text: str) -> str:
    """``en``, ``fr``, ``it``, ``de`` or ``es``: the language whose function words make up most of ``text``; else ""."""
    return _leading(_counts(text))


def languages_of(passages: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The language of a document, which is that of most of its ``passages``, and the language of each of them.

    A passage is in its document's language unless it clearly is in another of ours.
    """
    counts = [_counts(passage) for passage in passages]
    document = _leading(Counter(language for language in map(_leading, counts) if language))
    return document, tuple(_own(count) or document for count in counts)


def _counts(text: str) -> Counter[str]:
    """How many function words of each language ``text`` has. Each counts once: "Los Angeles" makes nothing Spanish."""
    known = _LANGUAGES_OF_WORD.keys() & words_of(text)
    return Counter(language for word in known for language in _LANGUAGES_OF_WORD[word])


def _leading(counts: Counter[str]) -> str:
    """What is counted most; "" where that is not one alone."""
    first, second = ([*counts.most_common(2), ("", 0), ("", 0)])[:2]
    return first[0] if first[1] > second[1] else ""


def _own(counts: Counter[str]) -> str:
    """The language that a passage is clearly in by itself, else ""."""
    first, second = ([*counts.most_common(2), ("", 0), ("", 0)])[:2]
    return first[0] if first[1] >= OWN_WORDS and first[1] >= OWN_LEAD * second[1] else ""


def without_accents(text: str) -> str:
    """``text`` in lower case without its diacritics, character for character where that can be."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFC", _diacritics().sub("", unicodedata.normalize("NFD", text.casefold())))


@functools.cache
def _diacritics() -> re.Pattern[str]:
    """Every combining mark of Unicode, the last of which is of Adlam; looked up when a text first needs them."""
    marks = (chr(code) for code in range(0x300, 0x1E94B) if unicodedata.combining(chr(code)))
    return re.compile(f"[{''.join(marks)}]+")
