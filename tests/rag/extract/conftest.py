from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.rag.extract.making import kept_parsers


@pytest.fixture(scope="module")
def one_parser() -> Iterator[None]:
    """What the tests of a file read, one parser reads after the other."""
    with kept_parsers():
        yield
