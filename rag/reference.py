"""Words that stand for somebody or something that was named before, in English, French, Italian, German, Spanish."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ANAPHORS = _words(
    """
    he she it they him them his hers its their theirs this these those
    il elle ils elles lui leur leurs celui celle ceux celles cela ceci
    egli ella esso essa essi esse lui lei loro suo sua suoi sue questo questa questi queste quello quella
    er sie es ihm ihn ihr ihnen sein seine seiner seinem seinen ihre ihrer ihrem ihren dieser diese dieses
    él ella ellos ellas ello su sus suyo suya este esta esto estos estas éste ésta eso
    """
)
