"""Lines of a page made by hand: characters are all of one width."""

import re

from rag.extract.lines import Line, Token, line_of

WIDTH = 6.0


def placed_line(left: float, top: float, height: float, text: str, *, is_bold: bool = False) -> Line:
    """A line whose characters are ``WIDTH`` wide; more spaces than one part what stands far apart."""
    tokens: list[Token] = []
    for found in re.finditer(r"\S+", text):
        box = (left + WIDTH * found.start(), top, left + WIDTH * found.end(), top + height)
        tokens.append(Token(found[0], box))
    return line_of(tokens, is_bold=is_bold)


def page_of(text: str, *, left: float = 50, top: float = 60, pitch: float = 14, height: float = 11) -> list[Line]:
    """The lines of a drawn page: each line of ``text`` is one, bold where it begins with ``*``; blank ones are gaps."""
    lines: list[Line] = []
    for index, line in enumerate(text.strip("\n").split("\n")):
        is_bold = line.startswith("*")
        shown = line.removeprefix("*")
        if shown.strip():
            lines.append(placed_line(left, top + pitch * index, height, shown, is_bold=is_bold))
    return lines
