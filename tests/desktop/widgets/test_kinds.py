"""Every format that the worker reads has its icon, and its endings are offered when files are chosen."""

from __future__ import annotations

import pytest

from desktop.theme import Theme
from desktop.widgets.kinds import ENDINGS, ICONS, format_of, icon_of, patterns
from engine.paths import assets
from rag.extract.formats import SUFFIXES
from rag.protocol import PAGE_UNITS, DocumentState
from tests.fakes.plausible import document


def test_every_format_has_an_icon_that_is_there(theme: Theme) -> None:
    assert set(ICONS) == set(PAGE_UNITS)
    for icon in set(ICONS.values()):
        assert (assets() / "icons" / f"{icon}.svg").exists()
        assert not theme.icon(icon).isNull()


def test_the_endings_are_those_that_a_scan_takes() -> None:
    assert set(ENDINGS) == set(SUFFIXES)
    assert set(ENDINGS.values()) == set(PAGE_UNITS)
    assert "*.pptx" in patterns().split()


@pytest.mark.parametrize(("name", "icon"), [("A.PPTX", "slides"), ("b.jpeg", "picture"), ("c.pdf", "document")])
def test_until_it_is_read_the_name_tells_the_kind(name: str, icon: str) -> None:
    waiting = document(name, DocumentState.QUEUED)
    assert icon_of(waiting) == icon


def test_what_was_read_tells_better_than_the_name() -> None:
    assert format_of(document("a.pdf")) == "pdf"
    assert format_of(document("a")) == "text"
