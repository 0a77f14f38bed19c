"""A small model's way of not finding an end: it says a sentence again, or the same few words for ever. Pure."""

from __future__ import annotations

import re

from rag.sentences import sentence_spans

SENTENCE_ENDS = (".", "!", "?", "…", "。")

TIMES = 4
"""A piece of text that stands so often behind itself is a loop; three times can be meant."""
LONGEST_PIECE = 80
"""Characters."""

_TAIL = (TIMES + 1) * LONGEST_PIECE
_LOOP = re.compile(rf"(?P<piece>(?=.{{0,10}}[^\W\d_]).{{4,{LONGEST_PIECE}}}?)(?P=piece){{{TIMES - 1},}}", re.DOTALL)


def repeats(written: str) -> bool:
    """Whether what a model has written so far goes in circles: there is nothing more to wait for."""
    sentences = [written[start:end].strip() for start, end in sentence_spans(written)]
    whole = [sentence for sentence in sentences if sentence.endswith(SENTENCE_ENDS)]
    return (len(whole) > 1 and whole[-1] in whole[:-1]) or _LOOP.search(written[-_TAIL:]) is not None


def said_once(written: str) -> str:
    """``written`` without the sentences that it repeats, and without a last one that ends in a loop."""
    loop = _LOOP.search(written, max(0, len(written) - 2 * _TAIL))
    if loop is not None:
        before = written[: loop.start()]
        ends = [end for start, end in sentence_spans(before) if before[start:end].rstrip().endswith(SENTENCE_ENDS)]
        # Where nothing was finished before it, one round of the loop is what there is.
        written = before[: ends[-1]] if ends else before + loop["piece"]
    sentences = (written[start:end].strip() for start, end in sentence_spans(written))
    return "\n".join(dict.fromkeys(sentence for sentence in sentences if sentence))
