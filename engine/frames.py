"""The codec of every link between our processes: frozen dataclasses to JSON and back, strictly, never pickle.

A message is one JSON object in UTF-8: ``{"v": 1, "type": "ask", ...}``, where ``type`` names the dataclass and the
other members are its fields. Nested dataclasses are objects, tuples are arrays, bytes are base64.
"""

from __future__ import annotations

import base64
import binascii
import dataclasses
import functools
import json
import math
import types
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, ClassVar, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")

LARGEST_FRAME = 64 * 2**20
"""Bytes; a longer frame is refused before it is read."""


class FrameError(ValueError):
    """Bytes that are no message of this codec: the sentence says what is wrong, and quotes none of the content."""


class Message:
    """A dataclass that can travel: its ``type`` on the wire."""

    type: ClassVar[str]


class Codec:
    """Turns the messages of one protocol into bytes and back."""

    def __init__(self, version: int, kinds: Iterable[type[Message]]) -> None:
        self.version = version
        self._kinds: dict[str, type[Message]] = {}
        for kind in kinds:
            if kind.type in self._kinds:
                raise ValueError(f"two messages are called {kind.type}")
            self._kinds[kind.type] = kind

    @property
    def kinds(self) -> Mapping[str, type[Message]]:
        """The messages of this protocol by their name on the wire."""
        return self._kinds

    def encode(self, message: Message) -> bytes:
        """The frame of ``message``. Raises FrameError for a message of another protocol."""
        if self._kinds.get(message.type) is not type(message):
            raise FrameError(f"{message.type} is no message of this protocol")
        body = {"v": self.version, "type": message.type, **plain(message)}
        return json.dumps(body, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode(
            "utf-8", "surrogatepass"
        )

    def decode(self, frame: bytes) -> Message:
        """The message in ``frame``. Raises FrameError for whatever is not exactly one."""
        try:
            body = json.loads(frame.decode("utf-8", "surrogatepass"), parse_constant=_refuse_constant)
        except (ValueError, RecursionError) as error:
            raise FrameError("not JSON") from error
        if not isinstance(body, dict):
            raise FrameError("not an object")
        version = body.pop("v", None)
        if version != self.version or isinstance(version, bool):
            raise FrameError(f"version {version!r:.20}, not {self.version}")
        name = body.pop("type", None)
        kind = self._kinds.get(name) if isinstance(name, str) else None
        if kind is None:
            raise FrameError("unknown type of message")
        message = _value(kind, body, kind.type)
        assert isinstance(message, Message)  # noqa: S101 - the registry holds messages alone
        return message


def plain(value: object) -> Any:
    """``value`` (a dataclass, at whatever depth) as what JSON knows."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, StrEnum):
        return value.value
    return value


def from_plain(kind: type[T], value: object) -> T:
    """The dataclass ``kind`` that ``plain`` made ``value`` from. Raises FrameError for anything else."""
    record = _record(kind, value, kind.__name__)
    assert isinstance(record, kind)  # noqa: S101 - for the type checker
    return record


def _refuse_constant(name: str) -> None:
    raise FrameError(f"{name} is no JSON number")


@functools.cache
def _hints(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)


def _value(hint: Any, value: Any, where: str) -> Any:  # noqa: C901 - one line a kind of value
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return _one_of(get_args(hint), value, where)
    if origin is tuple:
        return _items(get_args(hint), value, where)
    if origin in (dict, Mapping):
        _, item_hint = get_args(hint)
        if not isinstance(value, dict):
            raise FrameError(f"{where}: not an object")
        return {key: _value(item_hint, item, where) for key, item in value.items()}
    if hint is type(None):
        if value is not None:
            raise FrameError(f"{where}: not null")
        return None
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return _record(hint, value, where)
    if hint is float:
        return _number(value, where)
    if hint is bytes:
        return _bytes(value, where)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        try:
            return hint(value)
        except ValueError as error:
            raise FrameError(f"{where}: unknown word") from error
    if isinstance(hint, type) and type(value) is hint:
        return value
    raise FrameError(f"{where}: not of its kind")


def _one_of(hints: tuple[Any, ...], value: Any, where: str) -> Any:
    for hint in hints:
        try:
            return _value(hint, value, where)
        except FrameError:
            continue
    raise FrameError(f"{where}: none of its kinds")


def _items(hints: tuple[Any, ...], value: Any, where: str) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise FrameError(f"{where}: not an array")
    if len(hints) == 2 and hints[1] is Ellipsis:
        return tuple(_value(hints[0], item, where) for item in value)
    if len(hints) != len(value):
        raise FrameError(f"{where}: not {len(hints)} items")
    return tuple(_value(hint, item, where) for hint, item in zip(hints, value, strict=True))


def _record(kind: type, value: Any, where: str) -> Any:
    if not isinstance(value, dict):
        raise FrameError(f"{where}: not an object")
    hints = _hints(kind)
    known = {field.name: field for field in dataclasses.fields(kind)}
    if value.keys() - known.keys():
        raise FrameError(f"{where}: a field too many")
    fields: dict[str, Any] = {}
    for name, field in known.items():
        if name in value:
            fields[name] = _value(hints[name], value[name], f"{where}.{name}")
        elif field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
            raise FrameError(f"{where}: {name} is missing")
    try:
        return kind(**fields)
    except ValueError as error:
        raise FrameError(f"{where}: {error}") from error


def _number(value: Any, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise FrameError(f"{where}: not a number")
    try:
        number = float(value)
    except OverflowError as error:
        raise FrameError(f"{where}: too large a number") from error
    if not math.isfinite(number):
        raise FrameError(f"{where}: not a finite number")
    return number


def _bytes(value: Any, where: str) -> bytes:
    if not isinstance(value, str):
        raise FrameError(f"{where}: not base64")
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError) as error:
        raise FrameError(f"{where}: not base64") from error
