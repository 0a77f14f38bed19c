"""Plausible documents, passages and answers for the fake worker: all of them consistent with each other."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

from desktop.widgets.kinds import ENDINGS
from rag.errors import Problem
from rag.protocol import (
    PAGE_UNITS,
    Answer,
    Citation,
    Connection,
    Document,
    DocumentHealth,
    DocumentState,
    Download,
    DownloadState,
    Machine,
    Model,
    Offer,
    PageRun,
    PageState,
    Passage,
    Sentence,
    Speed,
    Timings,
)

LINES = (
    "The crane on the north quay shall withstand a gust speed of 42 m/s at jib",
    "height, out of service, with the jib parked and the storm pins in.",
    "In operation, work stops at a ten-minute mean of 20 m/s.",
)


NOTE = """# Turbine inspection notes

## 9 May

At the north quay the anemometer read 38 m/s at 04:10; the crane was parked, pins in.

- Left bearing: warm, greased.
- Right bearing: no finding.

| Structure | Reading |
| --- | --- |
| Crane | 38 m/s |
| Bridge | 31 m/s |
"""


def document(
    name: str,
    state: DocumentState = DocumentState.READY,
    *,
    pages: int = 12,
    read: int | None = None,
    embedded: int | None = None,
    reason: Problem | None = None,
    waiting: int = 0,
    by_ocr: int = 0,
    is_away: bool = False,
) -> Document:
    """A document whose sum is made of its name; ``read`` and ``embedded`` default to all of it."""
    key = name.encode().hex().ljust(64, "0")[:64]
    kind = ENDINGS.get("." + name.rsplit(".", 1)[-1].lower(), "text")
    return Document(
        key=key,
        sha256=key,
        name=name,
        paths=(f"/home/ada/Documents/{name}",),
        format=kind,
        state=state,
        pages=pages,
        pages_read=pages if read is None else read,
        passages=pages * 3,
        passages_embedded=pages * 3 if embedded is None else embedded,
        bytes=pages * 40_000,
        added=1_750_000_000.0,
        reason=reason,
        pages_waiting=waiting,
        pages_by_ocr=by_ocr,
        is_away=is_away,
        is_unread=state in {DocumentState.QUEUED, DocumentState.READING} and not by_ocr,
    )


READ = {DocumentState.READY, DocumentState.ANSWERABLE}

STUDY = document("Harbour wind study 2025.pdf", pages=148)
NOTES = document("Turbine inspection notes.md", pages=1)


def _passage(number: int, held: Document, page: int, label: str, section: str, text: str, *words: str) -> Passage:
    marks = tuple((text.index(word), text.index(word) + len(word)) for word in words)
    return Passage(number, held.sha256, held.name, held.paths[0], page, label, section, text, 40, 40 + len(text),
                   1 / number, marks, PAGE_UNITS[held.format])  # fmt: skip


def _citation(number: int, passage: Passage, quote: str) -> Citation:
    start = passage.start + passage.text.index(quote)
    return Citation(number, passage.number, passage.sha256, passage.document, passage.path, passage.page,
                    passage.label, quote, start, start + len(quote), passage.unit)  # fmt: skip


PASSAGES = (
    _passage(
        1, STUDY, 57, "57", "4.2 Design values",
        "Because the quay wall turns the flow upward, the uncorrected values are not conservative. The crane on the "
        "north quay shall withstand a gust speed of 42 m/s at jib height, out of service, with the jib parked.",
        "crane", "north quay", "gust speed",
    ),
    _passage(
        2, STUDY, 3, "iii", "Approval",
        "The design values of section 4 were approved by the port authority on 12 March 2025 under reference 25-117.",
        "approved",
    ),
    _passage(
        3, NOTES, 1, "", "9 May",
        "At the north quay the anemometer read 38 m/s at 04:10; the crane was parked, pins in.",
        "north quay", "crane",
    ),
)  # fmt: skip

CITATIONS = (
    _citation(1, PASSAGES[0], "The crane on the north quay shall withstand a gust speed of 42 m/s"),
    _citation(2, PASSAGES[1], "approved by the port authority on 12 March 2025"),
    _citation(3, PASSAGES[2], "the anemometer read 38 m/s"),
)

SENTENCES = (
    Sentence(
        "The crane on the north quay must withstand a gust speed of 42 m/s when it is out of service.", True, (1,)
    ),
    Sentence("These design values were approved by the port authority on 12 March 2025.", True, (2,)),
    Sentence("The highest reading in your notes is 38 m/s, on 9 May.", True, (3,)),
    Sentence("This leaves a comfortable margin for most storms.", False),
)

ANSWER = Answer(
    question="Which gust speed must the north quay crane withstand, and who approved it?",
    text=" ".join(sentence.text for sentence in SENTENCES),
    refused=False,
    support=0.86,
    sentences=SENTENCES,
    citations=CITATIONS,
    passages=PASSAGES,
    model="SmolLM2 135M",
    is_stand_in=True,
    timings=Timings(0.04, 1.8, 6.2, 612, 74),
)

STARTER = Model(
    "smollm2-135m", "SmolLM2 135M", "/models/smollm2.gguf", "llama", "Q4_1", 98_000_000, 320_000_000, 2048, "fits",
    is_stand_in=True, is_chosen=True,
)  # fmt: skip

LEDGER = (
    Connection(1_750_000_000.0, "huggingface.co:443", "phi-4-mini", 0, "302"),
    Connection(1_750_000_001.0, "cdn.example.org:443", "phi-4-mini", 2_491_874_688, "206"),
    Connection(1_750_600_000.0, "mirror.example.org:443", "phi-4", 512_000_000, "206, broken off"),
    Connection(1_750_600_100.0, "mirror.example.org:443", "phi-4", 0, "unreachable"),
    Connection(1_750_600_200.0, "mirror.example.org:8443", "phi-4", 0, "403"),
    Connection(1_750_600_300.0, "mirror.example.org:443", "phi-4", 0, ""),
)

MACHINE = Machine(16_000_000_000, 9_000_000_000, 120_000_000_000, 8, ("AVX2",), "", on_battery=False)

OFFERS = (
    Offer(
        "phi-4-mini", "Phi-4-mini", "3.8 B", "A good one for most laptops.", "MIT", 2_491_874_688, 4096, 3_400_000_000,
        "fits", is_recommended=True, installed="", speed=Speed(60.0, 9.0, is_measured=False),
    ),
    Offer(
        "phi-4", "Phi-4", "14 B", "The largest: it writes best, and slowly.", "MIT", 9_053_114_816, 8192,
        11_300_000_000, "tight", is_recommended=False, installed="", speed=Speed(15.0, 2.0, is_measured=False),
    ),
    Offer(
        "phi-3-small", "Phi-3-small", "7 B", "", "MIT", 0, 0, 0, "", is_recommended=False, installed="", speed=None,
        reason="It can't be run here.", instead=("phi-4-mini",),
    ),
)  # fmt: skip


def half_of(model: str) -> Download:
    """A download of ``model`` that is half done, and goes on."""
    return Download(model, model.title(), DownloadState.RUNNING, 10**9, 2 * 10**9, 10**7, "example.org")


def health(of: Document, *runs: PageRun) -> DocumentHealth:
    """The health of a document whose pages came out as ``runs`` say; by default all of them are text."""
    text = (PageRun(1, of.pages, PageState.TEXT),) if of.pages and of.state in READ else ()
    mends = {
        DocumentState.NEEDS_PASSWORD: ("enter_password", "show_in_folder", "forget"),
        DocumentState.FAILED: ("try_again", "show_in_folder", "forget"),
        DocumentState.EMPTY: ("show_in_folder", "forget"),
    }.get(of.state, ())
    failed = any(run.state is PageState.FAILED for run in runs)
    return DocumentHealth(of, runs or text, mends or (("try_again", "show_in_folder") if failed else ()))


def picture(page: int, scale: float) -> bytes:
    """A page of A4 as a PNG at ``scale`` pixels a point."""
    image = Image.new("RGB", (round(595 * scale), round(842 * scale)), "white")
    draw = ImageDraw.Draw(image)
    draw.text((72 * scale, 80 * scale), f"4.2  Design values ({page})", fill="black", font_size=16 * scale)
    for number in range(36):
        place = (72 * scale, (150 + 16 * number) * scale)
        draw.text(place, LINES[number % len(LINES)], fill="black", font_size=12 * scale)
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()
