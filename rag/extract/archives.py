"""Zip containers (DOCX, ODT, EPUB, PPTX, XLSX) looked at before a library may open them, and their parts.

Nothing is unpacked to disk, so names of entries lead nowhere. What a bomb would do is refused by the container's own
directory: zipfile, which our libraries read through, never gives more of an entry than the directory declares. Entity
declarations, the way of billion laughs and XXE, stand in a document type; no XML of an office file has one.
"""

from __future__ import annotations

import contextlib
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from xml.parsers import expat

from rag.errors import LibraryProblem, PhialError
from rag.extract.formats import path_problem
from rag.extract.limits import (
    MOST_ENTRIES,
    MOST_ENTRY_BYTES,
    MOST_EXPANDED_BYTES,
    MOST_MARKUP_BYTES,
    MOST_RATIO,
    SMALLEST_SUSPECT,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

_MARKUP = (".xml", ".rels", ".xhtml", ".html", ".htm", ".opf", ".ncx")
_BLOCK = 64 * 2**10
_LOCKED = 0x1
"""The flag of an entry that is encrypted (APPNOTE.TXT, 4.4.4)."""

DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, KeyError, RuntimeError)
"""What zipfile raises where a container is broken."""


class Archive:
    """A container that is open, within its limits; a context that closes it."""

    def __init__(self, path: Path) -> None:
        """Open and check it. Raises PhialError: FILE_BROKEN, FILE_UNPACKS_TOO_LARGE, OFFICE_ENCRYPTED, PATH_…."""
        self.path = path
        try:
            self._zip = zipfile.ZipFile(path)
        except OSError as error:
            raise path_problem(path, error) from error
        except (*DAMAGE, ValueError) as error:
            raise broken(path, error) from error
        try:
            self._check_sizes()
        except PhialError:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *ended: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._zip.close()

    @property
    def names(self) -> list[str]:
        """The names of all entries."""
        return self._zip.namelist()

    def has(self, name: str) -> bool:
        """Whether there is an entry of that name."""
        return name in self._zip.NameToInfo

    def read(self, name: str) -> bytes:
        """The bytes of an entry. Raises PhialError FILE_BROKEN where there is none, or it is damaged."""
        try:
            return self._zip.read(name)
        except (*DAMAGE, ValueError, OSError) as error:
            raise broken(self.path, error) from error

    def xml(self, name: str) -> _Element:
        """The root of an XML entry. Raises PhialError: FILE_BROKEN, XML_REFUSED."""
        return parse_xml(self.read(name), self.path)

    def refuse_declarations(self) -> None:
        """Raise PhialError XML_REFUSED where an entry is XML with a document type, whatever it is called."""
        for entry in self._zip.infolist():
            try:
                with self._zip.open(entry) as stream:
                    if _declares(stream):
                        raise PhialError(LibraryProblem.XML_REFUSED, path=str(self.path))
            except (*DAMAGE, OSError) as error:
                raise broken(self.path, error) from error

    def _check_sizes(self) -> None:
        entries = self._zip.infolist()
        total = sum(entry.file_size for entry in entries)
        markup = sum(entry.file_size for entry in entries if entry.filename.lower().endswith(_MARKUP))
        is_suspect = any(
            entry.file_size > max(SMALLEST_SUSPECT, MOST_RATIO * entry.compress_size)
            or entry.file_size > MOST_ENTRY_BYTES
            for entry in entries
        )
        if len(entries) > MOST_ENTRIES or total > MOST_EXPANDED_BYTES or markup > MOST_MARKUP_BYTES or is_suspect:
            raise PhialError(LibraryProblem.FILE_UNPACKS_TOO_LARGE, path=str(self.path), bytes=total)
        if any(entry.flag_bits & _LOCKED for entry in entries):
            raise PhialError(LibraryProblem.OFFICE_ENCRYPTED, path=str(self.path))


def parse_xml(content: bytes, path: Path, *, is_lenient: bool = False) -> _Element:
    """The root of an XML text, of which no entity is expanded and nothing outside it is read.

    ``is_lenient``: mistakes in it are put up with, and so is a document type (which is then not followed). Raises
    PhialError: FILE_BROKEN, XML_REFUSED (it has a document type). lxml refuses more than 256 levels by itself.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=is_lenient,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise broken(path, error) from error
    if root is None:
        raise broken(path)
    if not is_lenient and root.getroottree().docinfo.internalDTD is not None:
        raise PhialError(LibraryProblem.XML_REFUSED, path=str(path))
    return root


def broken(path: Path, error: BaseException | None = None) -> PhialError:
    """The failure of a file that is damaged; ``error`` is named by its class alone."""
    return PhialError(LibraryProblem.FILE_BROKEN, details=type(error).__name__ if error else "", path=str(path))


@contextlib.contextmanager
def damage_is_said(path: Path) -> Iterator[None]:
    """Whatever a library raises of a file that is damaged, as PhialError FILE_BROKEN."""
    try:
        yield
    except (PhialError, MemoryError):
        raise
    except OSError as error:
        raise path_problem(path, error) from error
    except Exception as error:
        raise broken(path, error) from error


class _Declared(Exception):
    """A document type was met."""


class _Begun(Exception):
    """The root was met: no document type can follow."""


def _declares(stream: Any) -> bool:
    """Whether what ``stream`` gives is XML with a document type. Only what stands before the root is read."""

    def refuse(*_: object) -> None:
        raise _Declared

    def end(*_: object) -> None:
        raise _Begun

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = end
    try:
        while block := stream.read(_BLOCK):
            parser.Parse(block, False)
    except _Declared:
        return True
    except (_Begun, expat.ExpatError):
        pass  # no XML, or none that declares anything
    return False
