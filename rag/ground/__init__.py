"""Grounding: each sentence of an answer is matched to the quote that supports it, or is found to have none.

No second model is asked. A sentence is supported by a quote (one sentence of a passage, a row of a table, or two
neighbours) that shares enough of its content words, weighted by how rare they are among the passages, that holds every
number with its unit and every name that the sentence holds, and that does not say with the same words something else:
another year's value, another row's, a denial, the opposite, another one's doing. The rest is for the person to see as
unsupported. Pure; what it finds and what it misses is measured by benchmarks/grounding.py.
"""

from rag.ground.answering import Grounding, answers, ground, quote_nearest, without_headings
from rag.ground.figures import normal_number

__all__ = ["Grounding", "answers", "ground", "normal_number", "quote_nearest", "without_headings"]
