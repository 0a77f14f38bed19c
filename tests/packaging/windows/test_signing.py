"""Signing: skipped where there is no certificate, else of everything that has no signature of its maker."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from windows import signing
from windows.executables import AMD64, Executable


def test_without_a_certificate_nothing_is_signed() -> None:
    assert signing.sign_command({}) is None


def test_the_certificate_is_named_by_its_thumbprint_and_the_time_is_attested() -> None:
    command = signing.sign_command({signing.THUMBPRINT_VARIABLE: "AB12", signing.TIMESTAMP_VARIABLE: ""})
    assert command is not None
    assert command[1:] == [
        "sign",
        "/sha1",
        "AB12",
        "/fd",
        "SHA256",
        "/tr",
        signing.TIMESTAMP,
        "/td",
        "SHA256",
        "/d",
        "Phial",
    ]
    named = {signing.THUMBPRINT_VARIABLE: "AB12", signing.TIMESTAMP_VARIABLE: "http://time.test"}
    assert "http://time.test" in (signing.sign_command(named) or [])


def test_a_makers_own_signature_is_left() -> None:
    signed, unsigned = (
        Executable(Path(name), AMD64, (6, 0), frozenset(), frozenset(), is_signed)
        for name, is_signed in (("python311.dll", True), ("phial.exe", False))
    )
    assert signing.to_sign([signed, unsigned]) == [unsigned.path]


def test_many_files_are_signed_a_few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[list[str]] = []
    monkeypatch.setattr(subprocess, "run", lambda command, check: ran.append(command))
    signing.run(["sign"], [Path(f"{number}.dll") for number in range(120)])
    assert [len(command) - 1 for command in ran] == [50, 50, 20]
    assert [path for command in ran for path in command[1:]] == [f"{number}.dll" for number in range(120)]
