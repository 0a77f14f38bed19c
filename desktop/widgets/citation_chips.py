"""The chip of a citation in the text of an answer: how it is dressed, what it says to those who point at it."""

from __future__ import annotations

from PySide6.QtGui import QFont, QTextCharFormat, QTextFormat

from desktop.theme import Theme
from desktop.widgets.places import BETWEEN, address_of, recognition_of
from desktop.widgets.sources import section_of
from desktop.widgets.tips import plain_tip
from desktop.widgets.unmarked import plain_line
from rag.protocol import Answer, Citation

IS_CHIP = QTextFormat.Property.UserProperty.value + 1
"""The property that marks the characters of a chip."""

_SIZE = 0.82
"""Of the text's."""

_LONGEST_QUOTE = 200
"""Characters of a quote that a tooltip shows."""


def chip_format(citation: Citation, answer: Answer, theme: Theme, font: QFont) -> QTextCharFormat:
    """How the chip of ``citation`` is written into text of ``font``."""
    chip = QTextCharFormat()
    chip.setProperty(IS_CHIP, True)
    chip.setAnchor(True)
    chip.setAnchorHref(f"#{citation.number}")
    chip.setForeground(theme.colour("amber_text"))
    chip.setFontWeight(QFont.Weight.Bold)
    chip.setFontPointSize(font.pointSizeF() * _SIZE)
    chip.setToolTip(plain_tip(_about(citation, answer)))
    return chip


def _about(citation: Citation, answer: Answer) -> str:
    address = address_of(citation, section_of(citation, answer))
    where = (citation.document, address, recognition_of(citation.confidence))
    quote = plain_line(citation.quote)[:_LONGEST_QUOTE]
    return "\n".join((BETWEEN.join(part for part in where if part), f"“{quote}”"))
