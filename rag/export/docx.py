"""A conversation as DOCX, with real footnotes: WordprocessingML after ECMA-376, part 1, sections 17.11 and 17.3."""

from __future__ import annotations

import io
import zipfile
from html import escape

from rag.export.docx_parts import (
    CONTENT_TYPES,
    DOCUMENT_RELATIONS,
    HEAD,
    MAIN,
    PACKAGE_RELATIONS,
    SETTINGS,
    core,
    styles,
)
from rag.export.paper import Note, Paper, Part, Said

_FIRST = (1980, 1, 1, 0, 0, 0)
"""The time of every entry: the same conversation gives the same bytes."""


def docx(paper: Paper) -> bytes:
    """The paper as a DOCX file."""
    entries = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": PACKAGE_RELATIONS,
        "docProps/core.xml": core(escape(paper.title)),
        "word/document.xml": _document(paper),
        "word/_rels/document.xml.rels": DOCUMENT_RELATIONS,
        "word/footnotes.xml": _footnotes(paper.notes),
        "word/settings.xml": SETTINGS,
        "word/styles.xml": styles(escape(paper.language)),
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in entries.items():
            archive.writestr(zipfile.ZipInfo(name, _FIRST), content.encode(), zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _document(paper: Paper) -> str:
    named: set[int] = set()
    body = [_paragraph("Title", _run(paper.title))]
    for part in paper.parts:
        body += _paragraphs(part, named)
    return f'{HEAD}<w:document xmlns:w="{MAIN}"><w:body>{"".join(body)}<w:sectPr/></w:body></w:document>'


def _paragraphs(part: Part, named: set[int]) -> list[str]:
    said = _run(" ").join(_said(sentence, named) for sentence in part.sentences)
    return [
        *(
            _paragraph(style, _run(text))
            for style, text in (("Heading1", part.question), ("Origin", part.origin))
            if text
        ),
        _paragraph("Normal", said),
        *(_paragraph("Remark", _run(remark)) for remark in part.remarks),
    ]


def _said(sentence: Said, named: set[int]) -> str:
    notes = "".join(_reference(number, named) for number in sentence.notes)
    mark = _run(f" [{sentence.mark}]", "Unsupported") if sentence.mark else ""
    return _run(sentence.text, "Unsupported" if sentence.mark else "") + notes + mark


def _reference(number: int, named: set[int]) -> str:
    """The mark of a note. A note can be referred to once; wherever it is named again, its number leads there."""
    if number in named:
        return f'<w:hyperlink w:anchor="note{number}">{_run(str(number), "FootnoteReference")}</w:hyperlink>'
    named.add(number)
    mark = f'<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="{number}"/></w:r>'
    return f'<w:bookmarkStart w:id="{number}" w:name="note{number}"/>{mark}<w:bookmarkEnd w:id="{number}"/>'


def _footnotes(notes: tuple[Note, ...]) -> str:
    lines = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{mark}/></w:r></w:p></w:footnote>'
        for number, kind, mark in (
            (-1, "separator", "separator"),
            (0, "continuationSeparator", "continuationSeparator"),
        )
    )
    own_number = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
    written = "".join(
        f'<w:footnote w:id="{note.number}">'
        f"{_paragraph('FootnoteText', own_number + _run(f' {note.place}: “{note.quote}”'))}</w:footnote>"
        for note in notes
    )
    return f'{HEAD}<w:footnotes xmlns:w="{MAIN}">{lines}{written}</w:footnotes>'


def _paragraph(style: str, runs: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>'


def _run(text: str, style: str = "") -> str:
    if not text:
        return ""
    properties = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
