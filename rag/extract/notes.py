"""Markdown and plain text: the characters from any encoding, the sections by headings. In a parser process only.

A note is one page whose text is its source, without front matter: spans refer to it, and the reader renders it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path

from rag.errors import LibraryProblem, PhialError
from rag.extract.characters import clean_note
from rag.extract.formats import BYTE_ORDER_MARKS, MARKDOWN, SAMPLE_BYTES, path_problem, unmarked_wide_encoding
from rag.pages import DocumentInfo, Heading, PageText
from rag.protocol import PageForm

_FRONT_MATTER = re.compile(
    r"\A\s*(?:---[ \t]*\n(.*?)\n(?:---|\.\.\.)|\+\+\+[ \t]*\n(.*?)\n\+\+\+)[ \t]*(?:\n|\Z)", re.DOTALL
)
_TITLE = re.compile(r"^title[ \t]*[:=][ \t]*(.+?)[ \t]*$", re.MULTILINE | re.IGNORECASE)
_KEY = re.compile(r"^[\w-]+[ \t]*[:=]", re.MULTILINE)
LONGEST_FRONT_MATTER = 20_000
"""Characters."""
LONGEST_HEADING = 200
"""Characters."""
WESTERN = "cp1252"
"""What old text of western Europe is in. charset-normalizer often finds a rarer sister of it just as likely ..."""
AS_GOOD_AS_THE_BEST = 0.1
"""... or likelier by so little (of its coherence, in [0, 1]) that it is chance."""
DETECTION_BYTES = 256 * 2**10
"""So much of a file in an unnamed encoding decides which encoding that is."""


def read_note(path: Path, format_name: str) -> tuple[DocumentInfo, PageText]:
    """The note at ``path`` as one page. Raises PhialError: TEXT_NOT_TEXT, PATH_MISSING, PATH_UNREADABLE."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise path_problem(path, error) from error
    text = clean_note(decode(content, path))
    title, text = split_front_matter(text) if format_name == MARKDOWN else ("", text)
    headings = tuple(markdown_headings(text)) if format_name == MARKDOWN else ()
    title = title or next((heading.text for heading in headings if heading.level == 1), "") or path.stem
    form = PageForm.MARKDOWN if format_name == MARKDOWN else PageForm.TEXT
    page = PageText(1, "", text, (), 0.0, 0.0, headings, None, has_pictures=False, form=form)
    return DocumentInfo(format_name, title, 1), page


def decode(content: bytes, path: Path) -> str:
    """The characters of a file's bytes: by its byte order mark, as UTF-8, or as charset-normalizer finds most likely.

    Raises PhialError TEXT_NOT_TEXT where they are none. ``path`` is for the message.
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    wide = unmarked_wide_encoding(content[:SAMPLE_BYTES])
    if wide:
        return content.decode(wide, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    from charset_normalizer import from_bytes

    matches = from_bytes(content[:DETECTION_BYTES])
    best = matches.best()
    if best is None:
        raise PhialError(LibraryProblem.TEXT_NOT_TEXT, path=str(path))
    is_western = any(
        WESTERN in match.could_be_from_charset
        and match.chaos <= best.chaos
        and match.coherence >= best.coherence - AS_GOOD_AS_THE_BEST
        for match in matches
    )
    return content.decode(WESTERN if is_western else best.encoding, "replace")


def split_front_matter(text: str) -> tuple[str, str]:
    """The title that a note's front matter (YAML or TOML) names, or "", and the text without the front matter."""
    found = _FRONT_MATTER.match(text[:LONGEST_FRONT_MATTER])
    if found is None:
        return "", text
    block = found[1] or found[2] or ""
    if not _KEY.search(block):
        return "", text  # two rules with prose between them
    title = _TITLE.search(block)
    return (title[1].strip("\"'") if title else ""), text[found.end() :].lstrip("\n")


def markdown_headings(text: str) -> Iterator[Heading]:
    """The headings of a Markdown text (CommonMark, ATX and setext), in order."""
    from markdown_it import MarkdownIt

    # Blocks are all that is needed of the whole text: its inline markup costs most of the time.
    parser = MarkdownIt("commonmark").disable("inline")
    starts = _line_starts(text)
    tokens = parser.parse(text)
    inline = MarkdownIt("commonmark")
    for token, content in itertools.pairwise(tokens):
        if token.type != "heading_open" or token.map is None:
            continue
        children = inline.parseInline(content.content[: 4 * LONGEST_HEADING])[0].children or []
        words = "".join(child.content or " " for child in children).split()
        title = " ".join(words)[:LONGEST_HEADING]
        if title:
            yield Heading(starts[token.map[0]], int(token.tag[1:]), title)


def _line_starts(text: str) -> list[int]:
    starts = [0]
    starts.extend(found.end() for found in re.finditer("\n", text))
    return starts
