"""A conversation as Markdown: CommonMark, with the footnotes that GitHub, pandoc and most editors know."""

from __future__ import annotations

import re

from rag.export.paper import Paper, Part, Said

_ALWAYS = re.compile(r"[\\`*_\[\]<>&~$|^#@{}]|!$|:(?=//)|(?<=[wW]{3})\.")
"""What marks text wherever it stands; addresses too, which some programs make links of."""

_AT_THE_START = re.compile(r"^(?:(?=[-+=:%])|(\(?\w{1,9})(?=[.)]))")
"""What begins a list, a line or a heading where it begins a paragraph."""


def markdown(paper: Paper) -> bytes:
    """The paper as UTF-8."""
    blocks = [f"# {escaped(paper.title)}"]
    for part in paper.parts:
        blocks += _blocks(part)
    notes = [f"[^{note.number}]: {escaped(note.place)}: “{escaped(note.quote)}”" for note in paper.notes]
    return ("\n\n".join([*blocks, *notes]) + "\n").encode()


def escaped(line: str) -> str:
    """``line`` so that Markdown shows it as it is: as no mark, no link, no HTML."""
    return _AT_THE_START.sub(r"\1\\", _ALWAYS.sub(r"\\\g<0>", line), count=1)


def _blocks(part: Part) -> list[str]:
    said = " ".join(written for written in map(_said, part.sentences) if written)
    remarks = [f"> {escaped(remark)}" for remark in part.remarks]
    return [block for block in (f"## {escaped(part.question)}", escaped(part.origin), said, *remarks) if block]


def _said(sentence: Said) -> str:
    notes = "".join(f"[^{number}]" for number in sentence.notes)
    mark = f" \\[{escaped(sentence.mark)}\\]" if sentence.mark else ""
    return f"{escaped(sentence.text)}{notes}{mark}"
