"""What one document of a format other than PDF may hold: beyond it, a reason or a page that says what was left out.

Sizes are bytes, lengths are characters. What every format is held to (time, memory, pages) stands in process_limits.
"""

from __future__ import annotations

PART_CHARACTERS = 60_000
"""A text longer than this is divided into parts, at a heading or a paragraph: as much as a window shows at once."""

MOST_BYTES = {
    "pdf": 2 * 2**30,
    "image": 512 * 2**20,
    "markdown": 16 * 2**20,
    "text": 64 * 2**20,
    "rst": 4 * 2**20,
    "org": 8 * 2**20,
    "html": 64 * 2**20,
    "csv": 64 * 2**20,
    "rtf": 64 * 2**20,
    "docx": 512 * 2**20,
    "odt": 512 * 2**20,
    "epub": 512 * 2**20,
    "pptx": 512 * 2**20,
    "xlsx": 512 * 2**20,
    "eml": 128 * 2**20,
    "mbox": 8 * 2**30,
}
"""The file itself. Of an office file most are pictures; a mailbox is read message by message."""

# Zip containers (DOCX, ODT, EPUB, PPTX, XLSX): checked by what the container's directory says before anything is read.
# That is enough: zipfile never gives more of an entry than its directory entry declares.
MOST_ENTRIES = 20_000
MOST_EXPANDED_BYTES = 1536 * 2**20
"""All entries together."""
MOST_ENTRY_BYTES = 512 * 2**20
MOST_MARKUP_BYTES = 192 * 2**20
"""XML and HTML of a container together: a tree of it takes ten times as much memory."""
MOST_RATIO = 250
"""Expanded to packed size of an entry; Word's own XML stays under 60. Deflate can reach 1,032."""
SMALLEST_SUSPECT = 8 * 2**20
"""An entry that expands to less than this is no bomb, whatever its ratio."""

MOST_ROWS = 100_000
"""Rows of one table or sheet."""
MOST_COLUMNS = 1_000
MOST_CELLS = 1_000_000
"""Cells of one workbook or CSV file; beyond them it says so and ends."""
MOST_CELL_CHARACTERS = 32_767
"""What a cell of a spreadsheet can hold."""
MOST_SPAN = 100
"""How far a cell of a table is taken to reach over columns or rows."""

MOST_GROUPS = 200
"""Groups within groups of an RTF file."""
MOST_SLIDE_DEPTH = 30
"""Groups of shapes within groups."""

MOST_MESSAGE_CHARACTERS = 1_000_000
"""A mailbox's message with its attachments."""
MOST_HEADER_CHARACTERS = 2_000
MOST_ATTACHMENTS = 100
"""Of one message or document."""
MOST_ATTACHMENT_DEPTH = 2
MOST_ATTACHMENT_BYTES = 64 * 2**20
MOST_ATTACHMENT_PAGES = 1_000
