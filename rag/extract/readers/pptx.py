"""PPTX, by python-pptx: a slide is a page, with its title, text, tables, figures of charts and speaker's notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from rag.extract.archives import Archive, damage_is_said, parse_xml
from rag.extract.blocks import LONGEST_HEADING, Block, document, heading, item, one_line, paragraph, text_page
from rag.extract.limits import MOST_SLIDE_DEPTH
from rag.extract.number_formats import shown
from rag.extract.readers.docx import office_day, office_title
from rag.extract.rows import table_blocks
from rag.pages import DocumentInfo, PageText

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DIAGRAM = "/diagramData"


def read(path: Path, first_page: int, password: str) -> Iterator[DocumentInfo | PageText]:  # noqa: ARG001
    """The slides of a PPTX. Raises PhialError: FILE_BROKEN, FILE_UNPACKS_TOO_LARGE, XML_REFUSED, PATH_…."""
    # Not pptx.Presentation: that refuses slide shows and templates, which are read the same way.
    from pptx.package import Package

    with Archive(path) as archive, damage_is_said(path):
        archive.refuse_declarations()
        title, dated = office_title(archive), office_day(archive)
        slides = Package.open(str(path)).main_document_part.presentation.slides
        pages = [_page(number, slide, path) for number, slide in enumerate(slides, start=1)]
    yield from document("pptx", title or path.stem, pages, first_page, dated)


def _page(number: int, slide: Any, path: Path) -> PageText:
    title = slide.shapes.title
    name = one_line(title.text_frame.text) if title is not None and title.has_text_frame else ""
    blocks = [block for shape in slide.shapes if title is None or shape.shape_id != title.shape_id
              for block in _shape(shape)]  # fmt: skip
    blocks += _diagrams(slide, path)
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        blocks += _paragraphs(slide.notes_slide.notes_text_frame.paragraphs)
    if not name and blocks and not blocks[0].level:
        # A slide without a title is called by its first words, so that it doesn't stand under the slide before it.
        name = blocks.pop(0).text.lstrip("- ").split("\n")[0][:LONGEST_HEADING]
    return text_page(number, [*heading(1, name), *blocks])


def _shape(shape: Any, depth: int = 0) -> Iterator[Block]:
    if hasattr(shape, "shapes"):
        if depth < MOST_SLIDE_DEPTH:
            for inner in shape.shapes:
                yield from _shape(inner, depth + 1)
    elif getattr(shape, "has_table", False):
        table = shape.table
        rows = [[cell.text_frame.text for cell in row.cells] for row in table.rows]
        yield from table_blocks(rows, 1 if table.first_row else -1)
    elif getattr(shape, "has_chart", False):
        yield from _chart(shape.chart)
    elif shape.has_text_frame:
        yield from _paragraphs(shape.text_frame.paragraphs)


def _paragraphs(paragraphs: Iterable[Any]) -> Iterator[Block]:
    """Several short paragraphs of one shape are the points of a list; PowerPoint keeps the bullets in its layouts."""
    found = [(line.level, line.text.replace("\v", "\n")) for line in paragraphs]
    is_list = sum(bool(text.strip()) for _, text in found) > 1
    for level, text in found:
        yield from item(level, text) if is_list else paragraph(text)


def _chart(chart: Any) -> Iterator[Block]:
    if chart.has_title and chart.chart_title.has_text_frame:
        yield from paragraph(chart.chart_title.text_frame.text)
    for plot in chart.plots:
        series = list(plot.series)
        names = [str(name) for name in plot.categories]
        columns = [[shown(value, "General") for value in one.values] for one in series]
        rows = [["", *(one.name or "" for one in series)]]
        rows += [[name, *(column[index] if index < len(column) else "" for column in columns)]
                 for index, name in enumerate(names)]  # fmt: skip
        yield from table_blocks(rows, 1)


def _diagrams(slide: Any, path: Path) -> Iterator[Block]:
    """The text of SmartArt, which python-pptx leaves alone."""
    for relation in slide.part.rels.values():
        if not relation.is_external and relation.reltype.endswith(_DIAGRAM):
            for line in parse_xml(relation.target_part.blob, path).iter(f"{_DRAWING}p"):
                yield from item(0, "".join(text.text or "" for text in line.iter(f"{_DRAWING}t")))
