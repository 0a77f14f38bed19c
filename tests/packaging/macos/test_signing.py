"""What is signed in which order, with which rights; what the notary says is read, not only that it spoke."""

from __future__ import annotations

import plistlib
from pathlib import PurePath

import pytest
from hypothesis import given
from hypothesis import strategies as st
from macos import entitlements, signing

FRAMEWORKS = "Contents/Frameworks"
PROGRAM = PurePath("Contents/MacOS/phial")
QT = f"{FRAMEWORKS}/PySide6/Qt/lib/QtCore.framework"
CODE = [
    PROGRAM,
    PurePath(f"{FRAMEWORKS}/libssl.3.dylib"),
    PurePath(f"{FRAMEWORKS}/PySide6/QtCore.abi3.so"),
    PurePath(f"{QT}/Versions/A/QtCore"),
    PurePath(f"{QT}/Versions/A/Helpers/qt-helper"),
]


def test_inner_code_is_signed_before_what_holds_it_and_each_thing_once() -> None:
    order = [path.as_posix() for path in signing.in_order(CODE, PROGRAM)]
    assert order == [
        f"{QT}/Versions/A/Helpers/qt-helper",
        QT,
        f"{FRAMEWORKS}/PySide6/QtCore.abi3.so",
        f"{FRAMEWORKS}/libssl.3.dylib",
    ]


PART = st.sampled_from(["a", "b.so", "c.framework", "Versions", "A", "c"])


@given(st.lists(st.lists(PART, min_size=1, max_size=6).map(lambda parts: PurePath(FRAMEWORKS, *parts, "x.so"))))
def test_nothing_is_signed_after_what_holds_it(code: list[PurePath]) -> None:
    order = signing.in_order(code, PROGRAM)
    assert len(order) == len(set(order))
    assert set(code) <= set(order)
    for index, path in enumerate(order):
        assert not any(earlier in path.parents for earlier in order[:index])


def test_somebody_signs_hardened_and_with_the_time_nobody_without() -> None:
    library, ada = PurePath("a.dylib"), "Developer ID Application: Ada"
    hardened = ["--options", "runtime", "--timestamp"]
    assert signing.sign(library, ada) == ["codesign", "--force", "--sign", ada, *hardened, "a.dylib"]
    for_nobody = ["codesign", "--force", "--sign", "-", "--timestamp=none", "a.dylib"]
    assert signing.sign(library, signing.AD_HOC) == for_nobody
    assert "--options" not in signing.sign(PurePath("Phial.dmg"), ada)


def test_nothing_is_asked_for_and_what_was_considered_has_its_reason() -> None:
    assert dict(entitlements.ENTITLEMENTS) == {}
    assert plistlib.loads(entitlements.written()) == {}
    assert all(key.startswith("com.apple.security.") and why for key, why in entitlements.NOT_NEEDED.items())


def test_a_program_that_was_signed_with_more_is_refused() -> None:
    assert entitlements.problems(b"") == []
    assert entitlements.problems(entitlements.written()) == []
    wider = plistlib.dumps({"com.apple.security.cs.allow-jit": True, "com.apple.security.app-sandbox": False})
    found = entitlements.problems(wider)
    assert [line.split(":")[0] for line in found] == [
        "com.apple.security.app-sandbox",
        "com.apple.security.cs.allow-jit",
    ]


@pytest.mark.parametrize(
    ("printed", "is_accepted"),
    [
        ('{"status":"Accepted","id":"x","message":"Processing complete"}', True),
        ('{"status":"Invalid","id":"x","message":"Processing complete"}', False),
        ("Accepted", False),
        ("[]", False),
        ("", False),
    ],
)
def test_the_notary_has_accepted_only_what_it_says_so_of(printed: str, is_accepted: bool) -> None:
    assert signing.is_accepted(printed) == is_accepted
