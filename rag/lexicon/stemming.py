"""Words without their inflections, by the stemmers of the Snowball project.

Porter, "Snowball: A language for stemming algorithms" (2001), https://snowballstem.org
"""

from __future__ import annotations

import threading

_ALGORITHMS = {"en": "english", "fr": "french", "it": "italian", "de": "german", "es": "spanish"}

_local = threading.local()


def stem(word: str, language: str) -> str:
    """The stem of a ``word`` in lower case, accents in place; as in English where the ``language`` is not one of ours.

    What has no function words to tell its language by (tables, slides, names) is rather English than anything else, and
    a text is analysed like the questions about it.
    """
    import Stemmer

    stemmers: dict[str, Stemmer.Stemmer] = _local.__dict__.setdefault("stemmers", {})
    algorithm = _ALGORITHMS.get(language, "english")
    if algorithm not in stemmers:
        # Not safe in two threads at once. Its own cache is left out: ours holds what comes of a whole word.
        stemmers[algorithm] = Stemmer.Stemmer(algorithm, 0)
    stemmed: str = stemmers[algorithm].stemWord(word)
    return stemmed
