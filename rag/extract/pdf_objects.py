"""What is drawn on a page of a PDF besides its text: pictures and lines. In a parser process only."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from rag.extract.legible import OUTLINED_TEXT

FORM_DEPTH = 4
"""How deep forms within forms are searched."""
MOST_OBJECTS = 20_000
"""A page that draws more is a plan or a map, and what its first objects are tells enough."""

_Matrix = tuple[float, float, float, float, float, float]
_UNMOVED: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Drawn(NamedTuple):
    """What a page draws: how many pictures, the share of the page they cover in [0, 1], segments of lines."""

    pictures: int
    picture_share: float
    segments: int


def drawn_on(page: Any) -> Drawn:
    """What ``page`` (a PdfPage) draws. Overlapping pictures count twice, so a share of 1 may cover less."""
    left, bottom, right, top = page.get_bbox()
    area = max((right - left) * (top - bottom), 1.0)
    pictures, covered, segments = 0, 0.0, 0
    for raw, kind, matrix in _objects(page.raw):
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            pictures += 1
            edges = _bounds(raw, matrix)
            width = min(edges[2], right) - max(edges[0], left)
            height = min(edges[3], top) - max(edges[1], bottom)
            covered += max(width, 0.0) * max(height, 0.0)
        elif kind == pdfium.FPDF_PAGEOBJ_PATH and segments < OUTLINED_TEXT:
            segments += max(pdfium.FPDFPath_CountSegments(raw), 0)
    return Drawn(pictures, min(covered / area, 1.0), segments)


def _objects(page: Any) -> Iterator[tuple[Any, int, _Matrix]]:
    """The objects of a page with their kind, and the matrix of the forms they stand in."""
    children = [
        (pdfium.FPDFPage_GetObject(page, index), _UNMOVED, 0)
        for index in range(min(pdfium.FPDFPage_CountObjects(page), MOST_OBJECTS))
    ]
    seen = 0
    while children and seen < MOST_OBJECTS:
        raw, matrix, depth = children.pop()
        seen += 1
        kind = pdfium.FPDFPageObj_GetType(raw)
        yield raw, kind, matrix
        if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < FORM_DEPTH:
            inner = _product(_matrix_of(raw), matrix)
            count = min(pdfium.FPDFFormObj_CountObjects(raw), MOST_OBJECTS)
            children += [(pdfium.FPDFFormObj_GetObject(raw, index), inner, depth + 1) for index in range(count)]


def _matrix_of(form: Any) -> _Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(form, matrix):
        return _UNMOVED
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _product(one: _Matrix, other: _Matrix) -> _Matrix:
    """First ``one``, then ``other`` (ISO 32000-1, 8.3.4)."""
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _bounds(raw: Any, matrix: _Matrix) -> tuple[float, float, float, float]:
    """Left, bottom, right, top in the page's user space."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(raw, left, bottom, right, top):
        return (0.0, 0.0, 0.0, 0.0)
    a, b, c, d, e, f = matrix
    corners = [(x.value, y.value) for x in (left, right) for y in (bottom, top)]
    shown = [(a * x + c * y + e, b * x + d * y + f) for x, y in corners]
    across, up = [x for x, _ in shown], [y for _, y in shown]
    return (min(across), min(up), max(across), max(up))
