"""Words that turn a statement round, in English, French, German, Italian and Spanish."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NEGATIONS = _words(
    """
    not no never none neither nor without cannot nothing nobody hardly
    pas jamais aucun aucune sans non rien
    nessun nessuna nessuno senza mai niente nulla
    nicht kein keine keinen keinem keiner keines nie niemals ohne nichts niemand
    sin nunca ningún ninguna ninguno nada nadie jamás tampoco
    """
)

ANAPHORS = _words(
    """
    he she it they his her its their this these those him them who which
    il elle ils elles son sa ses leur leurs ce cette ces
    er sie es ihr ihre sein seine ihm diese dieser dieses
    egli ella essi esso essa lui lei loro suo sua suoi questo questa
    él ella ellos ellas su sus este esta éste ésta
    """
)
"""Words that stand for somebody or something that was named before."""

AGENTS = _words("by par von durch da dal dalla dall' por")
"""What makes the doer of a sentence stand behind what was done."""

CONJUNCTIONS = _words("and or nor et ou e ed o und oder y ni")
"""What stands between things that could stand in any order."""

MEASURES = _words(
    """
    year years month months quarter quarters week weeks day days hour hours minute minutes second seconds
    an ans année années mois trimestre semaine semaines jour jours heure heures
    anno anni mese mesi settimana settimane giorno giorni ora ore
    jahr jahre jahren monat monate monaten quartal woche wochen tag tage tagen stunde stunden
    año años mes meses semana semanas día días hora horas
    """
)
"""What a rate is told by: "$18 a week" is not $18 a month."""

GERMAN_DETERMINERS = _words(
    """
    der die das dem den des ein eine einem einen einer eines kein keine keinem keinen keiner im am zum zur beim vom ins
    dieser diese dieses diesem diesen jeder jede jedes sein seine seinem seinen seiner seines ihr ihre ihrem ihren ihrer
    viele alle einige mehrere welche beide
    """
)
"""What an ordinary noun has before it in German, where names and nouns are both written with a capital."""

OPENERS = _words(
    """
    additionally also accordingly according although among another based because besides both consequently currently
    despite due during even finally first firstly following furthermore generally hence here however indeed instead
    later like likewise meanwhile moreover nevertheless notably once only otherwise overall perhaps please recently
    secondly several similarly since specifically still sure therefore though throughout thus together typically
    unlike until usually various whereas while within yes yet answer according passage text document context
    ainsi alors aussi cependant certes d'abord depuis dès enfin ensuite malgré néanmoins outre oui parmi puis
    selon seulement toutefois voici
    allerdings außerdem bereits dabei dadurch daher danach dann darum deshalb dennoch etwa inzwischen insgesamt jedoch
    laut nachdem neben obwohl schließlich seit sogar somit später trotz während weil zudem zuerst zwischen
    allora anche così dunque ecco infatti infine inoltre invece mentre nonostante oltre però poi pertanto quindi
    secondo sebbene tuttavia
    además ahora así aunque bajo cuando después durante entonces finalmente hasta igualmente luego mientras mediante
    pues según sí siempre también tras todavía
    """
)
"""Ordinary words that often begin a sentence."""

NAMING = _words(
    """
    name names named term terms word words expression example examples type types kind kinds called call known referred
    refer refers
    nom noms nommé nommée appelé appelée terme termes mot mots exemple exemples sorte
    name namens genannt benannt bezeichnet begriff wort beispiel beispiele bezeichnung heißt hieß
    nome nomi chiamato chiamata detto termine parola esempio esempi tipo
    nombre nombres llamado llamada denominado término palabra ejemplo ejemplos tipo
    """
)
"""Words that tell that something is named, where a quote just names it."""

BEING = _words(
    """
    is are was were isn't aren't wasn't weren't
    est sont était étaient fut furent
    ist sind war waren
    è sono era erano fu furono
    es son eran fue fueron está están estaba
    """
)
"""What stands between something and what it is."""

MODALS = _words(
    """
    shall must may might could also just then however therefore thus moreover still yet been being became become
    compared versus respectively amounted totaled totalled approximately circa environ rund etwa unos alrededor
    """
)
"""Words that content could do without: a sentence says the same with another of them."""
