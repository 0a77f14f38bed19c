from pathlib import Path
from typing import Any

from rag.extract.limits import MOST_SLIDE_DEPTH
from tests.rag.extract.making_formats import SENTENCE, make_pptx
from tests.rag.extract.readers.reading import pages_of


def deck_of(path: Path, layout: int = 6) -> tuple[Any, Any]:
    from pptx import Presentation

    deck: Any = Presentation()
    return deck, deck.slides.add_slide(deck.slide_layouts[layout])


def test_a_slide_with_points_a_table_and_notes(tmp_path: Path) -> None:
    make_pptx(tmp_path / "a.pptx")
    first, second = pages_of(tmp_path / "a.pptx")
    assert first.text == "# Alder Quay"
    assert second.text == (
        f"# Wind limits\n\n- {SENTENCE}\n- The mast is inspected yearly.\n\n"
        "- Structure: Mast north; Reading: 41 m/s; Date: 3 May 2019\n\nSay that the limit was lower before 2019."
    )


def test_a_slide_without_a_title_is_called_by_its_first_words(tmp_path: Path) -> None:
    deck, slide = deck_of(tmp_path)
    slide.shapes.add_textbox(0, 0, 100, 100).text_frame.text = "Only a box"
    deck.slides.add_slide(deck.slide_layouts[6])
    deck.save(str(tmp_path / "a.pptx"))
    assert [page.text for page in pages_of(tmp_path / "a.pptx")] == ["# Only a box", ""]


def test_groups_and_the_figures_of_charts(tmp_path: Path) -> None:
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE

    deck, slide = deck_of(tmp_path, 5)
    slide.shapes.title.text = "Winds"
    shapes = slide.shapes
    for _ in range(MOST_SLIDE_DEPTH):
        shapes = shapes.add_group_shape().shapes
    shapes.add_textbox(0, 0, 100, 100).text_frame.text = "deep inside"
    shapes.add_group_shape().shapes.add_textbox(0, 0, 1, 1).text_frame.text = "too deep"
    data = CategoryChartData()
    data.categories = ["2018", "2019"]
    data.add_series("Gust", (30.5, 38))
    data.add_series("Mean", (20, None))
    slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, 0, 0, 10, 10, data)
    deck.save(str(tmp_path / "a.pptx"))
    (page,) = pages_of(tmp_path / "a.pptx")
    assert page.text == "# Winds\n\ndeep inside\n\n- 2018; Gust: 30.5; Mean: 20\n- 2019; Gust: 38"
