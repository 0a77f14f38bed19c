"""OCR by RapidOCR: the lines of a picture, and where each of their characters stands. In a parser process only.

The only file that imports rapidocr. Its models (PP-OCRv6 small by PaddlePaddle, Apache 2.0) lie inside the package and
are named by their paths, so that nothing is ever looked for elsewhere: RapidOCR's own search for models downloads.

Du et al., "PP-OCR: A Practical Ultra Lightweight OCR System" (2020); detection: Liao et al., "Real-time Scene Text
Detection with Differentiable Binarization" (2020).
"""

from __future__ import annotations

import importlib.util
import math
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.extract.ocr_lines import Corners, OcrLine, confidence_of, is_surely_upright, is_turned

DETECTION_SIDE = 1280
"""Pixels of the longer side of the picture in which lines are looked for; they are read from the picture itself."""
LINES_TO_ORIENT = 12
"""Of the longest lines so many are looked at to tell whether the page stands on its head ..."""
LINES_TO_COMPARE = 4
"""... and so many are read both ways where that isn't sure, or the page was read with less than this confidence."""
DOUBTFUL = 0.8

Pixels = NDArray[np.uint8]
"""Shape (height, width, 3), red, green, blue."""


class TextReader:
    """The models of RapidOCR, loaded: half a second and 150 MB."""

    def __init__(self, threads: int) -> None:
        """Load the models, which will compute on so many ``threads``."""
        from rapidocr import RapidOCR

        package = importlib.util.find_spec("rapidocr")
        assert package is not None  # noqa: S101 - it was just imported
        models = Path(next(iter(package.submodule_search_locations or ()))) / "models"
        self._engine: Any = RapidOCR(
            params={
                "Global.log_level": "critical",
                "Global.return_word_box": True,
                "Det.model_path": str(models / "PP-OCRv6_det_small.onnx"),
                "Det.limit_type": "max",
                "Det.limit_side_len": DETECTION_SIDE,
                "Cls.model_path": str(models / "ch_ppocr_mobile_v2.0_cls_mobile.onnx"),
                "Rec.model_path": str(models / "PP-OCRv6_rec_small.onnx"),
                "EngineConfig.onnxruntime.intra_op_num_threads": threads,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            }
        )

    def read(self, pixels: Pixels) -> tuple[int, list[OcrLine]]:
        """How the picture is turned, and its lines, in no order, where they stand once it is turned upright.

        The first is the number of quarter turns counter-clockwise (0 to 3) that bring it upright.
        """
        crops, quads = self._detect(pixels)
        turns = 0
        if is_turned(quads):
            turns, pixels = 1, np.ascontiguousarray(np.rot90(pixels))
            crops, quads = self._detect(pixels)
        by_length = sorted(range(len(crops)), key=lambda index: -_length(quads[index]))
        longest = [crops[index] for index in by_length[:LINES_TO_ORIENT]]
        lines = self._recognize(crops, quads) if self._looks_upright(longest) else []
        if longest and confidence_of(lines) < DOUBTFUL and self._reads_better_turned(longest[:LINES_TO_COMPARE]):
            turns, pixels = turns + 2, np.ascontiguousarray(np.rot90(pixels, 2))
            crops, quads = self._detect(pixels)
            lines = []
        return turns, lines or self._recognize(crops, quads)

    def _detect(self, pixels: Pixels) -> tuple[list[Pixels], list[Corners]]:
        """The lines of a picture: each cut out and brought level, and its corners in the picture."""
        from rapidocr.main import RapidOCRError

        done: dict[str, Any] = {}
        try:
            crops, found = self._engine.detect_and_crop(pixels, done)
        except RapidOCRError:  # its word for: there is no text
            return [], []
        # A very flat picture was given a margin above and below.
        found.boxes[:, :, 1] -= done["padding_1"]["top"]
        return crops, [_corners(quad) for quad in found.boxes]

    def _looks_upright(self, crops: list[Pixels]) -> bool:
        """What the small model says that knows up from down, and is sometimes wrong."""
        if not crops:
            return True
        _, judged = self._engine.cls_and_rotate(crops)
        return is_surely_upright([str(label) for label, _ in judged.cls_res])

    def _reads_better_turned(self, crops: list[Pixels]) -> bool:
        return self._certainty([np.ascontiguousarray(np.rot90(crop, 2)) for crop in crops]) > self._certainty(crops)

    def _certainty(self, crops: list[Pixels]) -> float:
        return float(np.mean(self._engine.recognize_txt(crops).scores))

    def _recognize(self, crops: list[Pixels], quads: list[Corners]) -> list[OcrLine]:
        if not crops:
            return []
        read = self._engine.recognize_txt(crops)
        lines = []
        for text, score, words, quad in zip(read.txts, read.scores, read.word_results, quads, strict=True):
            if text.strip():
                # The recogniser goes along the line in columns, and says a character half a column behind its middle.
                columns = [column for word in words.word_cols for column in word]
                places = tuple(min(column / words.line_txt_len, 1.0) for column in columns)
                lines.append(OcrLine(text, float(score), quad, places))
        return lines


def _corners(quad: Any) -> Corners:
    one, two, three, four = ((float(x), float(y)) for x, y in quad)
    return (one, two, three, four)


def _length(quad: Corners) -> float:
    return max(math.dist(quad[0], quad[1]), math.dist(quad[0], quad[3]))
