"""Mutations for the fuzzer: of bytes, of the numbers and elements in them, of the entries of containers."""

from __future__ import annotations

import io
import random
import re
import struct
import warnings
import zipfile
from collections.abc import Callable, Sequence

LARGEST = 4_000_000
"""Bytes of a mutated file, or of an entry of a container: what is slow by size alone is no finding."""

_NUMBER = re.compile(rb"\d+")
_ELEMENT = re.compile(rb"<([A-Za-z][\w:.-]*)[^<>]*>")
_TEXT = re.compile(rb">([^<>]+)<")
_ATTRIBUTE = re.compile(rb'"([^"<>]*)"')
_NUMBERS = (
    b"0",
    b"-1",
    b"1",
    b"255",
    b"65536",
    b"2147483647",
    b"-2147483648",
    b"4294967296",
    b"9" * 30,
    b"1e309",
    b".",
)
_TEXTS = (
    b"", b" ", b"\x00", b"\xff\xfe", b"\xed\xa0\x80", "\u202e\u2028\ufeff\U0010ffff".encode(), b"&#0;", b"&#xD800;",
    b"x" * 5_000, b"../../x", b"file:///etc/passwd", b"%s%n{0}", b"\x1b[2J", b"\r", b"\n" * 300, b"=?utf-8?b?////?=",
)  # fmt: skip
_TOKENS: dict[str, tuple[bytes, ...]] = {
    "pdf": (
        b"/Kids", b"/Parent", b"/Length", b"/Filter", b"/FlateDecode", b"/Count", b"<<", b">>", b"[", b"]", b"R",
        b"stream", b"endstream", b"endobj", b"BT", b"ET", b"Tj", b"Do", b"/Font", b"/ToUnicode", b"null",
    ),
    "rtf": (
        rb"{", rb"}", rb"\par ", rb"\u-1?", rb"\'", rb"\bin", rb"\trowd", rb"\cell", rb"\row", rb"\intbl", rb"\s1 ",
        rb"{\*\x", rb"\uc9 ", rb"\ansicpg0", rb"\field", rb"{\fldinst", rb"\pict",
    ),
    "html": (
        b"<table>", b"<tr>", b"<td colspan=999>", b"</td>", b"<ul><li>", b"<!--", b"<![CDATA[", b"<pre>", b"<h1>",
        b"<svg>", b"<template>", b"<script>", b"</body>", b"<p", b"<base href=x>", b"<br>" * 50,
    ),
    "eml": (
        b"\r\n\r\n", b"Content-Type: multipart/mixed; boundary=b\r\n", b"--b\r\n", b"charset=", b"Subject: ",
        b"Content-Type: message/rfc822\r\n", b"Content-Transfer-Encoding: base64\r\n", b"=?utf-8?q?",
        b"; filename*0*=", b'"', b"<", b"(",
    ),
    "org": (
        b"* ", b"#+TITLE:", b":PROPERTIES:\n", b":END:\n", b"| a |\n", b"|-+-|\n", b"#+BEGIN_SRC\n", b"[[", b"]]",
        b"- ",
    ),
    "rst": (
        b"\n====\n", b".. ", b".. |a| replace:: |a|\n", b"`a`_", b"::\n", b"+--+\n", b"=== ===\n", b"[1]_",
        b".. _a:\n", b"* ",
    ),
    "markdown": (
        b"# ", b"[[", b"]]", b"![[", b"---\n", b"```\n", b"> ", b"- ", b"|a|b|\n|-|-|\n", b"<div>", b"\n====\n",
        b"[a]: b\n",
    ),
    "csv": (b'"', b'""', b",", b";", b"\t", b"\r\n", b"\r", b'"\n'),
}  # fmt: skip
_TOKENS["mbox"] = (*_TOKENS["eml"], b"\nFrom a@b Fri May  3 10:00:00 2019\n")

Mutation = Callable[[bytes, random.Random], bytes]


def mutated(content: bytes, others: Sequence[bytes], format_name: str, source: random.Random) -> bytes:
    """``content`` with one to six changes; ``others`` are files of the same format, to splice with."""
    if zipfile.is_zipfile(io.BytesIO(content)) and source.random() < 0.9:
        return _container(content, source)
    for _ in range(source.choice((1, 1, 2, 3, 6))):
        if source.random() < 0.1 and others:
            content = _spliced(content, source.choice(others), source)
        else:
            content = _changed(content, _TOKENS.get(format_name, ()), source)
    return content[:LARGEST]


def _changed(content: bytes, tokens: Sequence[bytes], source: random.Random) -> bytes:
    """``content`` with one change."""
    mutations: list[Mutation] = [_flipped, _overwritten, _cut, _doubled, _repeated, _inserted, _ended]
    if _ELEMENT.search(content[:2_000]):
        mutations += [_renumbered, _retexted, _nested, _element_doubled, _element_dropped] * 2
    elif _NUMBER.search(content):
        mutations += [_renumbered] * 3
    if tokens:
        mutations += [lambda content, source: _with_token(content, tokens, source)] * 4
    return source.choice(mutations)(content, source)


def _container(content: bytes, source: random.Random) -> bytes:
    """A zip container with one to three of its entries changed, dropped, doubled or renamed."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [(entry.filename, archive.read(entry)) for entry in archive.infolist()]
    except Exception:  # what was mutated before can be anything
        return _flipped(content, source)
    if not entries:
        return content
    for _ in range(source.randint(1, 3)):
        index = source.randrange(len(entries))
        name, inner = entries[index]
        what = source.random()
        if what < 0.85:
            for _ in range(source.choice((1, 1, 2, 4))):
                inner = _changed(inner, (), source)[:LARGEST]
            entries[index] = name, inner
        elif what < 0.9 and len(entries) > 1:
            del entries[index]
        elif what < 0.95:
            entries.append((name, source.choice(entries)[1]))
        else:
            entries[index] = source.choice(entries)[0], inner
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # two entries of one name are what is wanted
        for name, inner in entries:
            archive.writestr(zipfile.ZipInfo(name), inner, zipfile.ZIP_DEFLATED)
    changed = output.getvalue()
    return _flipped(changed, source) if source.random() < 0.1 else changed


def _spliced(content: bytes, other: bytes, source: random.Random) -> bytes:
    return content[: source.randint(0, len(content))] + other[source.randint(0, len(other)) :]


def _slice(content: bytes, source: random.Random, longest: int = 400) -> tuple[int, int]:
    start = source.randint(0, len(content))
    return start, min(len(content), start + source.randint(1, longest))


def _flipped(content: bytes, source: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(source.randint(1, 8) if changed else 0):
        changed[source.randrange(len(changed))] ^= 1 << source.randrange(8)
    return bytes(changed)


def _overwritten(content: bytes, source: random.Random) -> bytes:
    start, end = _slice(content, source, 8)
    number = source.choice((0, 1, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF))
    return content[:start] + struct.pack(source.choice("<>") + "Q", number)[: end - start] + content[end:]


def _cut(content: bytes, source: random.Random) -> bytes:
    start, end = _slice(content, source)
    return content[:start] + content[end:]


def _doubled(content: bytes, source: random.Random) -> bytes:
    start, end = _slice(content, source)
    return content[:end] + content[start:end] + content[end:]


def _repeated(content: bytes, source: random.Random) -> bytes:
    start, end = _slice(content, source, 40)
    return content[:start] + content[start:end] * source.choice((10, 300, 3_000)) + content[end:]


def _inserted(content: bytes, source: random.Random) -> bytes:
    start = source.randint(0, len(content))
    return content[:start] + source.choice(_TEXTS) + content[start:]


def _ended(content: bytes, source: random.Random) -> bytes:
    return content[: source.randint(0, len(content))]


def _with_token(content: bytes, tokens: Sequence[bytes], source: random.Random) -> bytes:
    start = source.randint(0, len(content))
    end = source.choice((start, start, min(len(content), start + 20)))
    return content[:start] + source.choice(tokens) * source.choice((1, 1, 2, 100)) + content[end:]


def _replaced(pattern: re.Pattern[bytes], content: bytes, new: bytes, source: random.Random, group: int = 0) -> bytes:
    found = list(pattern.finditer(content))
    if not found:
        return content
    start, end = source.choice(found).span(group)
    return content[:start] + new + content[end:]


def _renumbered(content: bytes, source: random.Random) -> bytes:
    return _replaced(_NUMBER, content, source.choice(_NUMBERS), source)


def _retexted(content: bytes, source: random.Random) -> bytes:
    return _replaced(source.choice((_TEXT, _ATTRIBUTE)), content, source.choice(_TEXTS), source, 1)


def _element(content: bytes, source: random.Random) -> tuple[int, int, bytes]:
    """Where an element begins and ends that closes somewhere, and its name; (0, 0, "") where there is none."""
    found = list(_ELEMENT.finditer(content))
    for opening in source.sample(found, min(len(found), 5)):
        closing = content.find(b"</" + opening[1] + b">", opening.end())
        if closing >= 0:
            return opening.start(), closing + len(opening[1]) + 3, opening[1]
    return 0, 0, b""


def _nested(content: bytes, source: random.Random) -> bytes:
    start, end, name = _element(content, source)
    depth = source.choice((2, 20, 300))
    return (
        content[:start]
        + (b"<" + name + b">") * depth
        + content[start:end]
        + (b"</" + name + b">") * depth
        + content[end:]
    )


def _element_doubled(content: bytes, source: random.Random) -> bytes:
    start, end, _ = _element(content, source)
    return content[:end] + content[start:end] * source.choice((1, 1, 50)) + content[end:]


def _element_dropped(content: bytes, source: random.Random) -> bytes:
    start, end, _ = _element(content, source)
    return content[:start] + content[end:]
