"""Markdown and plain text: the characters from any encoding, the sections by headings. In a parser process only.

A note's text is its source, without front matter and with the links of Obsidian as a person reads them: spans refer to
it, and the reader pane renders it. A long one comes in parts.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from rag.days import stated_day
from rag.errors import LibraryProblem, PhialError
from rag.extract.blocks import spans
from rag.extract.characters import clean_note
from rag.extract.formats import BYTE_ORDER_MARKS, MARKDOWN, SAMPLE_BYTES, path_problem, unmarked_wide_encoding
from rag.extract.limits import PART_CHARACTERS
from rag.page_forms import PageForm
from rag.pages import DocumentInfo, Heading, PageText

_FRONT_MATTER = re.compile(
    r"\A\s*(?:---[ \t]*\n(.*?)\n(?:---|\.\.\.)|\+\+\+[ \t]*\n(.*?)\n\+\+\+)[ \t]*(?:\n|\Z)", re.DOTALL
)
_TITLE = re.compile(r"^title[ \t]*[:=][ \t]*(.+?)[ \t]*$", re.MULTILINE | re.IGNORECASE)
_DATE = re.compile(r"^date[ \t]*[:=][ \t]*[\"']?([^\s\"']+)", re.MULTILINE | re.IGNORECASE)
_KEY = re.compile(r"^[\w-]+[ \t]*[:=]", re.MULTILINE)
_TAGS = re.compile(r"^tags?[ \t]*[:=][ \t]*(?:([^\s].*)|((?:\n[ \t]*-[^\n]*)+))", re.MULTILINE | re.IGNORECASE)
_TAG = re.compile(r"[^\s,\[\]\"'#]+(?<!-)")
MOST_TAGS = 50
_WIKI_LINK = re.compile(
    r"(?P<code>^(?P<fence>```+|~~~+)[^\n]*\n(?:.*?^(?P=fence)[`~]*[ \t]*$|.*\Z)|(?P<tick>`+)[^`\n]+(?P=tick))"
    r"|(?P<embed>!?)\[\[(?P<target>[^\[\]|\n]{1,300})(?:\|(?P<name>[^\[\]\n]{1,300}))?\]\]",
    re.MULTILINE | re.DOTALL,
)
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|webp|svg|bmp|pdf|mp[34]|mov|canvas)$", re.IGNORECASE)
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


def read_note(path: Path, format_name: str) -> tuple[DocumentInfo, list[PageText]]:
    """The note at ``path``, in one part or more. Raises PhialError: TEXT_NOT_TEXT, PATH_MISSING, PATH_UNREADABLE."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise path_problem(path, error) from error
    text = clean_note(decode(content, path))
    if format_name != MARKDOWN:
        parts = [(text[start:end], ()) for start, end in spans(text, PART_CHARACTERS)]
        pages = [_page(number, part, headings, PageForm.TEXT) for number, (part, headings) in enumerate(parts, start=1)]
        return DocumentInfo(format_name, path.stem, len(pages)), pages
    dated = front_matter_day(text)
    title, tags, text = split_front_matter(text)
    text = plain_links(text)
    if tags:
        text = f"{' '.join(f'#{tag}' for tag in tags)}\n\n{text}"
    headings = tuple(markdown_headings(text))
    title = title or next((heading.text for heading in headings if heading.level == 1), "") or path.stem
    pages = [
        _page(number, part, inside, PageForm.MARKDOWN)
        for number, (part, inside) in enumerate(_parts(text, headings), start=1)
    ]
    return DocumentInfo(format_name, title, len(pages), dated), pages


def _page(number: int, text: str, headings: tuple[Heading, ...], form: PageForm) -> PageText:
    return PageText(number, "", text, (), 0.0, 0.0, headings, None, has_pictures=False, form=form)


def _parts(text: str, headings: Sequence[Heading]) -> Iterator[tuple[str, tuple[Heading, ...]]]:
    """The parts of a long text, each begun with a heading where one stands in the last half of the part before it."""
    start = 0
    while start < len(text) or not start:
        _, end = next(spans(text[start : start + PART_CHARACTERS + 1], PART_CHARACTERS))
        end += start
        if end < len(text):
            starts = [heading.start for heading in headings if start + PART_CHARACTERS // 2 < heading.start <= end]
            end = max(starts, default=end)
        inside = tuple(
            Heading(heading.start - start, heading.level, heading.text)
            for heading in headings
            if start <= heading.start < max(end, 1)
        )
        yield text[start:end], inside
        start = max(end, 1)


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


def split_front_matter(text: str) -> tuple[str, tuple[str, ...], str]:
    """The title and the tags that a note's front matter (YAML or TOML) names, and the text without it.

    Its lines are looked at one by one, because much that stands at the top of notes is no valid YAML (``title: a: b``).
    """
    found = _FRONT_MATTER.match(text[:LONGEST_FRONT_MATTER])
    if found is None:
        return "", (), text
    block = found[1] or found[2] or ""
    if not _KEY.search(block):
        return "", (), text  # two rules with prose between them
    title = _TITLE.search(block)
    listed = _TAGS.search(block)
    tags = (_TAG.findall(listed[1] or listed[2] or "") if listed else [])[:MOST_TAGS]
    return (title[1].strip("\"'") if title else ""), tuple(dict.fromkeys(tags)), text[found.end() :].lstrip("\n")


def front_matter_day(text: str) -> str:
    """The day that a note's front matter names, as ISO 8601; "" where it names none."""
    found = _FRONT_MATTER.match(text[:LONGEST_FRONT_MATTER])
    named = _DATE.search(found[1] or found[2] or "") if found is not None else None
    return stated_day(named[1]) if named is not None else ""


def plain_links(text: str) -> str:
    """``text`` with Obsidian's links and embeds as a person reads them: ``[[note#part|name]]`` is ``name``.

    What stands in code is left alone.
    """

    def plain(found: re.Match[str]) -> str:
        if found["code"] is not None:
            return found[0]
        if found["name"] is not None:
            return str(found["name"])
        target = str(found["target"]).strip()
        if found["embed"] and _PICTURE.search(target):
            return ""
        return target.strip("#^").replace("#^", " ").replace("#", " › ")

    return _WIKI_LINK.sub(plain, text)


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
