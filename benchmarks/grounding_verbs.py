"""What is done, said by another word: a synonym, which is as true, an opposite or any other verb, which is not.

And what is said of something else in another document, without a name or a number that would betray it. Synonyms and
opposites are lists of this benchmark's own, for grounding to know nothing of; the other verbs are those of the passage
in the same inflection.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence

from grounding_cases import ARTICLES, SUBJECT, Sentence, sentences_of
from grounding_texts import Text

_SYNONYMS = {
    "en": (
        "began/started built/constructed became/turned received/obtained led/headed ended/finished killed/slain "
        "helped/assisted started/began created/established established/created gave/provided provided/supplied "
        "required/needed showed/demonstrated stated/declared called/termed used/employed constructed/built "
        "destroyed/demolished won/gained appointed/named reduced/lowered located/situated obtained/received "
        "large/big important/significant famous/well-known main/principal rapid/fast difficult/hard wealthy/rich"
    ),
    "es": (
        "comenzó/empezó construyó/edificó terminó/acabó recibió/obtuvo obtuvo/consiguió utilizó/empleó murió/falleció "
        "creó/estableció dirigió/encabezó mostró/demostró ganó/logró utilizado/empleado construido/edificado "
        "situado/ubicado llamado/denominado grande/enorme importante/significativo famoso/célebre rápido/veloz"
    ),
    "de": (
        "begann/startete baute/errichtete gebaut/errichtet erhielt/bekam starb/verstarb endete/schloss führte/leitete "
        "zeigte/bewies benutzt/verwendet verwendet/benutzt gegründet/errichtet zerstört/vernichtet genannt/bezeichnet "
        "bekannt/berühmt wichtig/bedeutend schnell/rasch groß/riesig schwierig/kompliziert wichtigsten/bedeutendsten"
    ),
}
_OPPOSITES = {
    "en": (
        "began/ended ended/began built/destroyed destroyed/built created/abolished established/dissolved "
        "received/refused accepted/rejected rejected/accepted approved/rejected supported/opposed opposed/supported "
        "won/lost lost/won opened/closed closed/opened joined/left entered/left increased/decreased reduced/increased "
        "attacked/defended defended/attacked bought/sold sold/bought gave/took granted/denied denied/admitted "
        "required/forbidden allowed/forbidden appointed/dismissed born/buried survived/perished large/small "
        "small/large strong/weak rich/poor high/low old/new public/private major/minor rapid/slow early/late"
    ),
    "es": (
        "comenzó/terminó terminó/comenzó construyó/destruyó destruyó/construyó creó/abolió recibió/rechazó "
        "aceptó/rechazó ganó/perdió perdió/ganó abrió/cerró atacó/defendió compró/vendió aumentó/redujo "
        "redujo/aumentó construido/destruido nació/murió murió/nació grande/pequeño grandes/pequeños fuerte/débil "
        "pública/privada públicas/privadas alta/baja nueva/antigua mayoría/minoría permitió/prohibió"
    ),
    "de": (
        "begann/endete endete/begann baute/zerstörte zerstört/gebaut gegründet/aufgelöst erhielt/verlor "
        "gewann/verlor gewonnen/verloren verlor/gewann eröffnet/geschlossen angegriffen/verteidigt verkauft/gekauft "
        "geboren/gestorben starb/lebte große/kleine großen/kleinen starke/schwache öffentliche/private hohe/niedrige "
        "neue/alte neuen/alten erlaubt/verboten angenommen/abgelehnt unterstützt/bekämpft Mehrheit/Minderheit"
    ),
}
_VERB_ENDINGS = {
    "en": re.compile(r"\b[a-z]{3,}(?P<ending>ed)\b"),
    "es": re.compile(r"\b[a-záéíóúñ]{3,}(?P<ending>ó|aron|ieron|aba|aban)\b"),
    "de": re.compile(r"\b(?P<ending>ge)[a-zäöüß]{3,}t\b|\b[a-zäöüß]{3,}(?P<other>ierte|ierten)\b"),
}
_NAMED_OR_COUNTED = re.compile(r"[,;]|\s(?=\S*\d|[A-ZÄÖÜÁÉÍÓÚÑ])")
_NO_VERB = re.compile(r"(?:hundred|need|speed|indeed|exceed|succeed|gesamt|gerecht|geehrt|gesicht)")


def same_with_synonyms(text: Text, language: str) -> Iterator[Sentence]:
    """Its sentences with one word said by a synonym, for each that has one."""
    for one in sentences_of(text):
        yield from (Sentence("a synonym", other) for other in _replaced(one, _SYNONYMS[language]))


def verb_errors(text: Text, language: str, draw: random.Random) -> Iterator[Sentence]:
    """Its sentences with a word said by its opposite, and with a verb that another sentence of the passage has."""
    sentences = sentences_of(text)
    for one in sentences:
        yield from (Sentence("an opposite", other) for other in _replaced(one, _OPPOSITES[language]))
        verbs = list(_verbs(one, language))
        if not verbs:
            continue
        start, end, ending = draw.choice(verbs)
        others = sorted(
            {
                sentence[first:last]
                for sentence in sentences
                for first, last, their_ending in _verbs(sentence, language)
                if their_ending == ending and sentence[first:last][:4] != one[start:end][:4]
            }
        )
        if others:
            yield Sentence("another verb of the passage", one[:start] + draw.choice(others) + one[end:])


_WHAT_IT_IS = {
    "en": re.compile(r"[A-Z][^,;:.()]{2,60}? (?P<rest>(?:is|was) [^,;:.()]{12,80})"),
    "es": re.compile(r"[A-ZÁÉÍÓÚ][^,;:.()]{2,60}? (?P<rest>(?:es|era|fue) [^,;:.()]{12,80})"),
    "de": re.compile(r"[A-ZÄÖÜ][^,;:.()]{2,60}? (?P<rest>(?:ist|war) [^,;:.()]{12,80})"),
}
_BEGUN = {
    "en": re.compile(
        r"(?P<subject>The (?P<noun>[a-z]{3,}[^\Ws])) "
        r"(?:is|was|has|had|can|could|will|would|may|must|[a-z]+(?:ed|[^s]s))\b"
    ),
    "es": re.compile(
        r"(?P<subject>(?:El|La) (?P<noun>[a-zñáéíóú]{3,}[^\Ws])) (?:es|era|fue|ha|había|tiene|tenía|puede|[a-z]+ó|se)\b"
    ),
    "de": re.compile(
        r"(?P<subject>(?:Der|Die|Das) (?P<noun>[A-ZÄÖÜ]\w{3,})) "
        r"(?:ist|war|hat|hatte|wird|wurde|kann|konnte|[a-zäöü]+te?)\b"
    ),
}


def subject_errors(text: Text, language: str, draw: random.Random) -> Iterator[Sentence]:
    """What the passage says that something is, said of something else that another of its sentences begins with."""
    begun = [(one, match) for one in sentences_of(text) if (match := _BEGUN[language].match(one))]
    for one in sentences_of(text):
        if (said := _WHAT_IT_IS[language].match(one)) is None:
            continue
        others = sorted({other["subject"] for _, other in begun if other["noun"].casefold() not in one.casefold()})
        if others:
            yield Sentence("what something else is", f"{draw.choice(others)} {said['rest'].rstrip()}.")


def foreign_predicates(text: Text, others: Sequence[Text], draw: random.Random) -> Iterator[Sentence]:
    """The subjects of its sentences with what a sentence of another document says of its own."""
    for one in sentences_of(text):
        subject = SUBJECT.match(one)
        if subject is None or subject[0].split()[0] in ARTICLES:
            continue
        said = [
            _NAMED_OR_COUNTED.split(sentence[theirs.end() :])[0].rstrip(" .,;")
            for sentence in sentences_of(draw.choice(others))
            if (theirs := SUBJECT.match(sentence))
        ]
        plain = [f"{predicate}." for predicate in said if len(predicate.split()) > 3]
        if plain:
            yield Sentence("what is said of another", subject[0] + draw.choice(plain))


def _replaced(sentence: str, pairs: str) -> Iterator[str]:
    for word, other in (pair.split("/") for pair in pairs.split()):
        if found := re.search(rf"(?<=\s){word}(?=[\s,.])", sentence):
            yield sentence[: found.start()] + other + sentence[found.end() :]


def _verbs(sentence: str, language: str) -> Iterator[tuple[int, int, str]]:
    """Where what looks like a verb stands, and its inflection."""
    for found in _VERB_ENDINGS[language].finditer(sentence):
        if not _NO_VERB.fullmatch(found[0]):
            yield found.start(), found.end(), next(part for part in found.groups() if part)
