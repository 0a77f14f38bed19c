"""reStructuredText and Org."""

from pathlib import Path

import pytest

from tests.rag.extract.readers.reading import info_of, text_of


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("A\n=\n\nB\n-\n\n*one* ``two`` `three <http://x>`_\n", "# A\n\n## B\n\none two three"),
        ("- a\n\n  - b\n\n- c\n\n#. d\n#. e\n", "- a\n  - b\n- c\n1. d\n2. e"),
        ("Term\n   What it is.\n\n:Field: value\n", "- Term: What it is.\n- Field: value"),
        ("::\n\n   code\n     kept\n", "```\ncode\n  kept\n```"),
        (".. note:: Hear this.\n\n.. comment\n\nend", "Hear this.\n\nend"),
        (".. toctree::\n   :maxdepth: 2\n\n   intro\n\n:func:`x` and :doc:`the guide <g>`", "intro\n\nx and the guide"),
        ("=====  =====\nPlace  Wind\n=====  =====\nQuay   38\n=====  =====\n", "- Place: Quay; Wind: 38"),
        ("words |name|\n\n.. |name| replace:: replaced", "words replaced"),
        ("broken `link_ and *emphasis", "broken `link_ and *emphasis"),
    ],
)  # fmt: skip
def test_restructured_text(tmp_path: Path, source: str, expected: str) -> None:
    (tmp_path / "a.rst").write_text(source, encoding="utf-8")
    assert text_of(tmp_path / "a.rst") == expected


def test_restructured_text_reads_no_other_file(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("SECRET")
    source = (
        ".. include:: secret.txt\n\n.. raw:: html\n   :file: secret.txt\n\n.. csv-table::\n   :file: secret.txt\n\n"
    )
    source += ".. literalinclude:: secret.txt\n\nend\n"
    (tmp_path / "a.rst").write_text(source)
    text = text_of(tmp_path / "a.rst")
    assert "SECRET" not in text
    assert text.endswith("end")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            "intro\n* TODO Head :work:\nSCHEDULED: <2019-05-03 Fri>\n:PROPERTIES:\n:ID: x\n:END:\nwords",
            "intro\n\n# Head #work\n\nwords",
        ),
        ("* A\n** B\n[[https://x][the link]] and *bold*", "# A\n\n## B\n\nthe link and *bold*"),
        ("- a\n  - [X] b\n1. c", "- a\n  - b\n1. c"),
        ("| Place | Wind |\n|---+---|\n| Quay | 38 |\nend", "- Place: Quay; Wind: 38\n\nend"),
        ("#+BEGIN_SRC sh\n  * no head\n#+END_SRC\n# a comment\n#+OPTIONS: x\nend", "```\n  * no head\n```\n\nend"),
        ("#+begin_quote\nquoted\n#+end_quote\n", "quoted"),
        ("#+begin_src\nnever closed", "```\nnever closed\n```"),
    ],
)  # fmt: skip
def test_org(tmp_path: Path, source: str, expected: str) -> None:
    (tmp_path / "a.org").write_text(source, encoding="utf-8")
    assert text_of(tmp_path / "a.org") == expected


def test_the_title_of_an_org_file(tmp_path: Path) -> None:
    (tmp_path / "a.org").write_text("#+title: The crane\n* Head")
    assert info_of(tmp_path / "a.org").title == "The crane"
