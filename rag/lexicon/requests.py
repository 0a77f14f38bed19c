"""The words of a question that only ask for its answer: "Please describe …", "Dites-moi tout sur …". Pure.

No document says them of what it holds: as words to be found they would make a question look unanswered.
"""

from __future__ import annotations

import re

from rag.lexicon.folding import folded

# Without accents. A verb that may begin a question as something else ("list prices", "Dame Judi") counts only before a
# word after which it can't.
_REQUESTS = (
    r"""
    (?:please|kindly)\s+ | (?:can|could|would|will)\s+you\s+ | i\s+(?:want|would\s+like|need)\s+(?:you\s+)?to\s+
    | (?:describe|explain|summari[sz]e|outline|discuss|tell|write)(?:\s+(?:to|for))?(?:\s+(?:me|us))?\s+
    | (?:name|list|show|give|find|mention|say)(?:\s+(?:me|us)\s+
      |\s+(?=(?:all|the|every|everything|an?|any|some|which|what|who|how)\b))
    | (?:everything|all|something|anything|more)\s+(?:that\s+)?(?:there\s+is\s+|you\s+know\s+)?about\s+ | about\s+
    """,
    r"""
    s\W?il\s+(?:te|vous)\s+plait\W+ | (?:peux\W?tu|pouvez\W?vous|pourrais\W?tu|pourriez\W?vous|veuillez|merci\s+de)\s+
    | (?:me|nous)\s+(?=(?:decrire|expliquer|resumer|raconter|dire|donner|montrer|parler)\b)
    | (?:decri(?:s|vez|re)|explique[rz]?|raconte[rz]?|enumere[rz]?|dites|dire|ecri(?:s|vez|re)|parle[rz]?)
      (?:\W(?:moi|nous))?\s+
    | (?:dis|donne[rz]?|montre[rz]?|resume[rz]?|liste[rz]?|cite[rz]?|nomme[rz]?)(?:\W(?:moi|nous)\s+
      |\s+(?=(?:l[ae]?|les|ce|cette|tous|toutes|tout|une?|des)\b))
    | tout\s+(?:ce\s+qui\s+concerne\s+|sur\s+)
    """,
    r"""
    per\s+favore\W+ | (?:puoi|potresti|puo|potrebbe)\s+
    | (?:descriv(?:i|a|ere|imi)|spiega(?:mi|re|rmi)?|riassum(?:i|a|ere)|racconta(?:mi|re)?|dimmi|dammi
      |scriv(?:i|ere|imi)|parlami)\s+
    | (?:elenca|elencami|mostra|mostrami|cita|nomina)\s+(?=(?:il|lo|la|i|gli|le|l|tutti|tutte|tutto|una?)\b)
    | tutto\s+(?:su|sul|sulla|sui|sulle|sullo|sugli|sull)\b\W*
    """,
    r"""
    bitte\W+ | (?:kannst\s+du|konnen\s+sie|konntest\s+du)\s+(?:mir\s+|uns\s+)?
    | (?:beschreib|erklar|erzahl|schreib)(?:e|en)?(?:\s+sie)?(?:\s+(?:mir|uns))?(?:\s+bitte)?\s+
    | (?:sage?|nenne?|zeige?|gib|liste|nennen|zeigen|geben|sagen)(?:\s+sie)?(?:\s+(?:mir|uns)\s+(?:bitte\s+)?
      |\s+(?=(?:bitte|alles?|die|der|den|das|eine?n?)\b))
    | alles\s+uber\s+
    """,
    r"""
    por\s+favor\W+ | (?:puedes|podrias|puede|podria)\s+
    | (?:describ[aei](?:me|r)?|explica(?:me|r|rme)?|explique(?:me)?|resumir|cuenta(?:me)?|digame|escrib[ae](?:me)?
      |hablame)\s+
    | (?:resum[ea]|enumera|muestra|muestrame|nombra|lista|dime|dame)
      \s+(?=(?:el|la|los|las|todos|todas|todo|una?|que|cual|quien)\b)
    | todo\s+(?:lo\s+que\s+)?(?:sobre|acerca\s+de)\s+ | sobre\s+
    """,
)
_REQUEST = re.compile(rf"\s*(?:{'|'.join(_REQUESTS)})", re.VERBOSE)


def without_request(question: str) -> str:
    """``question`` from its first word that says what it is about; whole, where it has no such word.

    "Please tell me about the gaming market." is "the gaming market."
    """
    plain = "".join(folded(letter)[:1] or letter for letter in question)
    at = 0
    while found := _REQUEST.match(plain, at):
        at = found.end()
    return question[at:] if any(map(str.isalnum, question[at:])) else question
