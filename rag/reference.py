"""Words that refer to what was said before, in English, French, Italian, German and Spanish."""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _pattern(text: str) -> re.Pattern[str]:
    """Any of the alternatives, one a line, as whole words."""
    alternatives = "|".join(line.strip() for line in text.strip().splitlines())
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.IGNORECASE)


ANAPHORS = _words(
    """
    he she it they him them his hers its their theirs this these those
    il elle ils elles lui leur leurs celui celle ceux celles cela ceci
    egli ella esso essa essi esse lui lei loro suo sua suoi sue questo questa questi queste quello quella
    er sie es ihm ihn ihr ihnen sein seine seiner seinem seinen ihre ihrer ihrem ihren dieser diese dieses
    él ella ellos ellas ello su sus suyo suya este esta esto estos estas éste ésta eso
    """
)
"""Words at a sentence's beginning that stand for something in the sentence before it."""

CONNECTIVE = re.compile(
    r"^[¿¡\s]*(?:and|but|et|mais|e|ed|ma|und|aber|y(?! a[- ])|pero)(?:\s*,)?\s+(?=\S)",
    re.IGNORECASE,
)
"""What ties a question to the one before."""

OPENER = re.compile(
    r"^[¿¡\s]*(?:what|how) about\s+|^[¿¡\s]*what of\s+|^[¿¡\s]*(?:the )?same (?:question |thing )?(?:for|in|of)\s+"
    r"|^[¿¡\s]*(?:qu['’]en est-il|quid)\s+(?:de la |de l['’]|de |du |des |d['’]|pour |en )"
    r"|^[¿¡\s]*(?:la )?même (?:chose|question) pour\s+"
    r"|^[¿¡\s]*(?:che (?:mi dici|dire)|cosa (?:mi dici|dire))\s+(?:di |del |della |dei |degli |delle |dell['’])"
    r"|^[¿¡\s]*lo stesso per\s+"
    r"|^[¿¡\s]*(?:was ist|wie (?:ist|sieht) es|wie steht es)\s+(?:mit|bei|um|in)\s+(?=[^?]*(?:\?|aus|$))"
    r"|^[¿¡\s]*(?:dasselbe|das gleiche) für\s+"
    r"|^[¿¡\s]*(?:qué (?:hay|pasa|tal)|y qué (?:hay|pasa))\s+(?:de|del|con)\s+|^[¿¡\s]*lo mismo (?:para|en)\s+",
    re.IGNORECASE,
)
"""What asks the last question once more, of something else, which follows."""

BARE = re.compile(r"^[¿¡\s]*(?:(?:for|in|at|pour|en|à|au|per|nel|nella|für|im|bei|para)\s+)", re.IGNORECASE)
"""A preposition with which a question of a few words begins that has no verb."""

PREPOSITIONS = {
    "in": "in im nel nella nello nell nei nelle", "for": "for", "at": "at", "from": "from", "of": "of", "by": "by",
    "to": "to", "with": "with", "on": "on", "en": "en", "dans": "dans", "à": "à au aux", "de": "de du des d del",
    "di": "di del della dello dell dei degli delle d", "per": "per", "a": "a al alla allo all ai agli alle",
    "da": "da dal dalla dallo dall dai dagli dalle", "für": "für fürs", "von": "von vom", "bei": "bei beim",
    "mit": "mit", "nach": "nach", "zu": "zu zum zur", "para": "para", "por": "por", "pour": "pour",
}  # fmt: skip
"""The forms of a preposition, those with an article in them included."""

_ARTICLES = r"the|la|le|les|il|lo|i|gli|der|die|das|dem|den|el|los|las"
_FORMS = "|".join(sorted({form for forms in PREPOSITIONS.values() for form in forms.split()}, key=len, reverse=True))
LEADING_PREPOSITION = re.compile(rf"^({_FORMS})(?:['’]|\s+(?:(?:{_ARTICLES})\s+|l['’])?)", re.IGNORECASE)
TRAILING_PREPOSITION = re.compile(rf"(?<!\S)({_FORMS})(?:['’]|\s+(?:(?:{_ARTICLES})\s+|l['’])?)$", re.IGNORECASE)
"""A preposition before what a text begins with, or ends before, the article between them included."""

DETERMINERS = _words(
    """
    the a an my your our each every some any no one two three
    le la les un une des du de l mon ma mes ton ta votre notre chaque ce cet cette ces quel quelle quels quelles
    il lo i gli uno una del della dello dei degli delle dell al alla nel nella sul sulla
    der die das den dem ein eine einen einem einer eines kein keine im am zum zur beim vom
    el los las unos unas
    of de di von zu
    """
)
"""What a noun may stand behind. A word behind one of them is something that a pronoun may stand for."""

AUXILIARIES_BY_LANGUAGE = {
    "en": _words("do does did is are was were has have had can could will would should may might must be been being"),
    "fr": _words("est sont était étaient a ont avait fut peut doit été"),
    "it": _words("è sono era erano fu ha hanno aveva può deve"),
    "de": _words("ist sind war waren wird werden wurde wurden hat haben hatte kann können soll muss"),
    "es": _words("es son fue fueron era eran está están ha han había puede debe"),
}
AUXILIARIES = frozenset[str]().union(*AUXILIARIES_BY_LANGUAGE.values())

INTERROGATIVES = _words(
    """
    what which who whom whose when where why how much many long far old often since exactly come
    que quoi quel quelle quels quelles qui quand où pourquoi comment combien depuis
    che cosa cos chi quale quali quando dove perché come quanto quanta quanti quante
    was welche welcher welches welchen wer wen wem wessen wann wo warum wieso weshalb wie viel viele lange woher wohin
    seit
    qué cuál cuáles quién quiénes cuándo dónde cómo cuánto cuánta cuántos cuántas por
    """
)

KIND_NOUNS = _words(
    """
    year month day date time page chapter section country city place town language
    année an mois jour date heure page chapitre pays ville
    anno mese giorno data ora pagina capitolo paese città
    jahr monat tag datum uhr seite kapitel land stadt
    año mes día fecha hora página capítulo país ciudad
    """
)
"""What a question asks for with “in which …”: nothing that a pronoun of the same question stands for."""

NOBODY = _pattern(
    r"""
    it (?:is |was )?(?:takes?|took|rains?|raining|snows?|snowing|seems?|depends?|matters?)
    does it (?:take|matter|rain|snow|mean (?:to|when|if|that))
    (?:is|was) it (?:true|possible|legal|illegal|safe|allowed|necessary|better|worth|ok|okay|right|wrong|normal|dark)
    (?:is|was) it (?:hot|cold|raining|easy|hard|difficult|important|permitted|forbidden)
    (?:what time|what day|how late|how far) is it
    how (?:is|was|does) it (?:possible|feel|come)
    il (?:y a|faut|fallait|s['’]agit|pleut|neige|existe|suffit)
    il est (?:possible|vrai|interdit|permis|nécessaire|important|dangereux)
    y a-t-il|faut-il|fallait-il|fait-il|s['’]agit-il|pleut-il|existe-t-il|suffit-il
    est-il (?:possible|vrai|interdit|permis|nécessaire|important|dangereux|vraiment)
    es gibt|gibt es|gab es|geht es|ging es|handelt es sich|regnet es|schneit es|wie spät ist es
    ist es (?:wahr|möglich|erlaubt|verboten|sicher|nötig|wichtig|richtig|gefährlich|besser)
    """
)
"""Pronouns that stand for nothing."""

PRONOUN = {
    "en": _pattern(
        r"""
        he|she|it|they|him|them|his|hers|its|their|theirs
        (?:his|her|its|their)(?=\s+\w)
        her
        (?:this|that|these|those)(?=\s*[?.!]*$)
        (?<=does )(?:this|that)(?=\s+(?:mean|happen|matter|affect|work|change|include|apply|cost|compare))
        """
    ),
    "fr": _pattern(
        r"""
        (?<=-)(?:il|elle|ils|elles|t-il|t-elle)|il|elle|ils|elles|celui-ci|celle-ci|ceux-ci
        l['’](?:a|ont|avait|avaient)
        (?:cela|ça)(?=\s*[?.!]*$)
        (?:son|sa|ses|leur|leurs)(?=\s+\w)
        """
    ),
    "it": _pattern(
        r"""
        lui|lei|esso|essa|essi|esse|egli
        l['’](?:ha|hanno|aveva|avevano)|(?:lo|la|li|le)(?=\s+(?:ha|hanno|aveva|avevano)(?!\w))
        (?:questo|ciò)(?=\s*[?.!]*$)
        (?:suo|sua|suoi|sue|loro)(?!\w)
        """
    ),
    "de": _pattern(
        r"""
        er|ihn|ihm|es|(?-i:sie)
        (?:sein|seine|seiner|seinem|seinen|ihre|ihrer|ihrem|ihren|(?-i:ihr)|deren|dessen)(?=\s+\w)
        (?:das|dies)(?=\s*[?.!]*$)
        """
    ),
    "es": _pattern(
        r"""
        él|ella|ellos|ellas|(?:eso|esto)(?=\s*[?.!]*$)
        (?:lo|la|los|las)(?=\s+\w+(?:ó|aron|ieron|ía|aba|ío)(?!\w))
        (?:su|sus)(?=\s+\w)
        """
    ),
}
"""What stands for somebody or something that was named before, by language."""

NULL_SUBJECT = {
    "it": re.compile(
        r"^(?:e )?(?:quando|dove|come|quanto|quanti|da chi|con chi|in che anno|in quale anno|perché)\s+(?:si |gli )?"
        r"(?:(?:è|fu|era|sono|furono|venne|ha|hanno|viene)\s+(?:stat[oaie]\s+)?)?(?!piove|nevica)\w+[aeoiò]$",
        re.IGNORECASE,
    ),
    "es": re.compile(
        r"^(?:y )?(?:cuándo|dónde|cómo|cuánto|por qué|en qué año|quién|con quién)\s+(?:se |le )?"
        r"(?:(?:fue|es|está|era|fueron|ha|han|había|está)\s+)?(?!llueve|nieva)\w+$",
        re.IGNORECASE,
    ),
}
"""Questions in which no subject is named, in the languages that leave a pronoun out."""
