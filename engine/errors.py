"""What can go wrong, as a kind and parameters: the sentences stand in one catalogue of translations (rag.errors)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

Parameter = str | int | float


class EngineProblem(StrEnum):
    """Kinds of failure that the engine raises. Each has its sentences in assets/translations/messages.*.json."""

    NO_MODEL = "no_model"  # nothing is installed
    MODEL_UNKNOWN = "model_unknown"  # parameters: model
    MODEL_NOT_RUN = "model_not_run"  # parameters: model, instead (names)
    MODEL_MISSING = "model_missing"  # parameters: path
    MODEL_AWAY = "model_away"  # parameters: model, path, instead (a name)
    MODEL_UNREADABLE = "model_unreadable"  # parameters: path
    MODEL_NOT_GGUF = "model_not_gguf"  # parameters: path
    MODEL_TRUNCATED = "model_truncated"  # parameters: path
    MODEL_PART_MISSING = "model_part_missing"  # parameters: path, part, parts
    MODEL_ARCHITECTURE = "model_architecture"  # parameters: path, architecture
    MODEL_WRITES_NOTHING = "model_writes_nothing"  # parameters: path
    MODEL_DAMAGED = "model_damaged"  # parameters: path
    MODEL_UNUSABLE = "model_unusable"  # parameters: path
    MODEL_NOT_OFFERED = "model_not_offered"  # parameters: model
    MODEL_NOT_THERE = "model_not_there"  # parameters: model, path
    DOWNLOAD_NO_ADDRESS = "download_no_address"  # parameters: address, variable
    DOWNLOAD_UNREACHABLE = "download_unreachable"  # parameters: model, host
    DOWNLOAD_UNTRUSTED = "download_untrusted"  # parameters: model, host
    DOWNLOAD_INTERRUPTED = "download_interrupted"  # parameters: model, host
    DOWNLOAD_WAITING = "download_waiting"  # parameters: model, host, seconds
    DOWNLOAD_OUT_OF_REACH = "download_out_of_reach"  # parameters: model, host, seconds
    DOWNLOAD_GATED = "download_gated"  # parameters: model, host
    DOWNLOAD_NOT_FOUND = "download_not_found"  # parameters: model, host
    DOWNLOAD_REFUSED = "download_refused"  # parameters: model, host, status
    DOWNLOAD_MISLED = "download_misled"  # parameters: model, host
    DOWNLOAD_OTHER_LENGTH = "download_other_length"  # parameters: model, host, bytes, needed (bytes)
    DOWNLOAD_DAMAGED = "download_damaged"  # parameters: model, host
    DOWNLOAD_DISK_FULL = "download_disk_full"  # parameters: path, needed (bytes), free (bytes)
    DOWNLOAD_UNWRITABLE = "download_unwritable"  # parameters: path
    DOWNLOAD_IN_THE_WAY = "download_in_the_way"  # parameters: path
    DOWNLOAD_HELD = "download_held"  # parameters: model
    DOWNLOAD_SOURCE_UNREADABLE = "download_source_unreadable"  # parameters: path
    MEMORY_TOO_SMALL = "memory_too_small"  # parameters: model, needed (bytes), free (bytes)
    MODEL_MEMORY_RAN_OUT = "model_memory_ran_out"  # parameters: model
    MODEL_PROCESS_DIED = "model_process_died"  # parameters: model, exit_status
    MODEL_PROCESS_SILENT = "model_process_silent"  # parameters: model, seconds
    KERNEL_FORBIDDEN = "kernel_forbidden"  # parameters: model, kernel
    PROMPT_TOO_LONG = "prompt_too_long"  # parameters: tokens, context (tokens)


PROCESS_LOST = frozenset(
    {
        EngineProblem.MODEL_MEMORY_RAN_OUT,
        EngineProblem.MODEL_PROCESS_DIED,
        EngineProblem.MODEL_PROCESS_SILENT,
        EngineProblem.MODEL_UNUSABLE,
        EngineProblem.KERNEL_FORBIDDEN,
    }
)
"""What ends a model's process in the middle of what it is asked."""


class PhialError(Exception):
    """A failure a person can meet: what kind, and the values its sentence names. ``details`` are for the log alone."""

    def __init__(self, kind: StrEnum, details: str = "", **parameters: Parameter) -> None:
        super().__init__(f"{kind.value} {parameters}" + (f": {details}" if details else ""))
        self.kind = kind
        self.details = details
        self.parameters: Mapping[str, Parameter] = parameters
