"""What a PDF holds besides the text of its pages: outline, attached files, forms, comments. In a parser process only.

All by PDFium (why not pypdf: docs/decisions/0020-pdfium-alone.md).
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pypdfium2.raw as pdfium

from rag.extract.characters import readable
from rag.extract.headings import OutlineEntry
from rag.extract.layout import Annotation
from rag.extract.limits import MOST_ATTACHMENT_BYTES
from rag.extract.pdf_text import Frame
from rag.words import Box

MOST_OUTLINE_ENTRIES = 20_000
MOST_ANNOTATIONS = 2_000
"""On one page."""
LONGEST_ANNOTATION = 20_000
"""Characters."""
_PASSWORD_FIELD = 1 << 13
"""A text field's flag (ISO 32000-1, table 228)."""
_VALUED = {
    pdfium.FPDF_FORMFIELD_TEXTFIELD, pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX,
    pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON,
}  # fmt: skip
_SAYS_NOTHING = {
    pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP, pdfium.FPDF_ANNOT_REDACT, pdfium.FPDF_ANNOT_WIDGET,
}  # fmt: skip
_NOT_SHOWN = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW
_TOP = {
    pdfium.PDFDEST_VIEW_XYZ: 1,
    pdfium.PDFDEST_VIEW_FITH: 0,
    pdfium.PDFDEST_VIEW_FITBH: 0,
    pdfium.PDFDEST_VIEW_FITR: 3,
}
"""Which of the numbers of a destination is its height (ISO 32000-1, table 151)."""


def clean(text: str) -> str:
    """A title, a label or a name without signs that stand for nothing."""
    return "".join(readable(ord(character)) or " " for character in text).strip()


def outline_of(document: Any) -> dict[int, list[OutlineEntry]]:
    """The outline of a PdfDocument by page index; ``top`` is still a height in user space."""
    outline: dict[int, list[OutlineEntry]] = {}
    for index, entry in outline_entries(document):
        outline.setdefault(index, []).append(entry)
    return outline


def outline_entries(document: Any) -> Iterator[tuple[int, OutlineEntry]]:
    """The entries of the outline of a PdfDocument that lead to a page, with its index, in their order.

    PDFium's bindings end at an entry that they have met before, and go no deeper than 15 levels.
    """
    for count, bookmark in enumerate(document.get_toc()):
        if count >= MOST_OUTLINE_ENTRIES:
            break
        destination = bookmark.get_dest()
        index = destination.get_index() if destination else None
        if index is None:
            continue
        mode, place = destination.get_view()
        at = _TOP.get(mode, len(place))
        top = place[at] if at < len(place) else None
        yield index, OutlineEntry(bookmark.level + 1, clean(bookmark.get_title()), top)


def attachments_of(document: Any) -> Iterator[tuple[str, bytes]]:
    """Name and content of each file that is attached to the document, a portfolio's parts among them.

    One that is too large, or that can't be unpacked, is given without content.
    """
    for index in range(max(document.count_attachments(), 0)):
        raw = pdfium.FPDFDoc_GetAttachment(document.raw, index)
        if raw:
            name = clean(_string(partial(pdfium.FPDFAttachment_GetName, raw)))
            yield name or str(index + 1), _content(raw)


def _content(raw: Any) -> bytes:
    size = ctypes.c_ulong()
    if not pdfium.FPDFAttachment_GetFile(raw, None, 0, size) or size.value > MOST_ATTACHMENT_BYTES:
        return b""
    buffer = ctypes.create_string_buffer(size.value)
    if not pdfium.FPDFAttachment_GetFile(raw, buffer, size.value, size):
        return b""
    return buffer.raw


def annotations_of(page: Any, frame: Frame, form: Any | None) -> list[Annotation]:
    """The filled fields and the comments of a page, from the top left down.

    ``form`` is the document's form environment, None where it has no form. Fields for passwords are left out.
    """
    found: dict[tuple[str, str], Annotation] = {}
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page.raw), MOST_ANNOTATIONS)):
        raw = pdfium.FPDFPage_GetAnnot(page.raw, index)
        if not raw:
            continue
        try:
            kind = pdfium.FPDFAnnot_GetSubtype(raw)
            if pdfium.FPDFAnnot_GetFlags(raw) & _NOT_SHOWN:
                continue
            if kind == pdfium.FPDF_ANNOT_WIDGET and form is not None:
                name, text = _field(form, raw)
            elif kind not in _SAYS_NOTHING:
                name, text = "", _value(raw, b"Contents")
            else:
                continue
            if text:
                # A choice of several buttons has its value at each of them.
                found.setdefault((name, text), Annotation(name, text[:LONGEST_ANNOTATION], _place(raw, frame)))
        finally:
            pdfium.FPDFPage_CloseAnnot(raw)
    return sorted(found.values(), key=lambda one: (one.box[1], one.box[0]) if one.box is not None else (0.0, 0.0))


def _field(form: Any, raw: Any) -> tuple[str, str]:
    """What a field is called (rather for people than for programs), and its value; ticks that are not set have none."""
    kind = pdfium.FPDFAnnot_GetFormFieldType(form, raw)
    if kind not in _VALUED or pdfium.FPDFAnnot_GetFormFieldFlags(form, raw) & _PASSWORD_FIELD:
        return "", ""
    if kind in {pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON} and not pdfium.FPDFAnnot_IsChecked(
        form, raw
    ):
        return "", ""
    name, own_name, value = (
        clean(_string(partial(get, form, raw)))
        for get in (
            pdfium.FPDFAnnot_GetFormFieldAlternateName,
            pdfium.FPDFAnnot_GetFormFieldName,
            pdfium.FPDFAnnot_GetFormFieldValue,
        )
    )
    return name or own_name, value


def _value(raw: Any, key: bytes) -> str:
    return clean(_string(partial(pdfium.FPDFAnnot_GetStringValue, raw, key)))


def _string(get: Callable[[Any, int], int]) -> str:
    """A string that PDFium gives in UTF-16 with its end, when asked for its size and then for itself."""
    size = get(None, 0)
    if size <= 2:
        return ""
    units = (ctypes.c_ushort * ((size + 1) // 2))()
    get(units, size)
    return bytes(units)[: size - 2].decode("utf-16-le", "replace")


def _place(raw: Any, frame: Frame) -> Box | None:
    rectangle = pdfium.FS_RECTF()
    if not pdfium.FPDFAnnot_GetRect(raw, rectangle):
        return None
    left, right = sorted((rectangle.left, rectangle.right))
    bottom, top = sorted((rectangle.bottom, rectangle.top))
    return frame.shown(left, bottom, right, top)


def form_of(document: Any) -> Any | None:
    """The form environment of a document that has a form, so that its fields can be read and are painted; else None.

    Scripts in the form are not run: PDFium is built without them, and none of its events is raised.
    """
    if document.get_formtype() == pdfium.FORMTYPE_NONE:
        return None
    document.init_forms()
    return document.formenv.raw if document.formenv is not None else None


def is_made_by_program(document: Any) -> bool:
    """Whether the document's pages are made by a program at the time they are shown (XFA), which PDFium can't."""
    return bool(document.get_formtype() == pdfium.FORMTYPE_XFA_FULL)
