"""What can go wrong, as a kind and parameters: the sentences stand in one catalogue of translations (rag.errors)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

Parameter = str | int | float


class EngineProblem(StrEnum):
    """Kinds of failure that the engine raises. Each has its sentences in assets/translations/messages.*.json."""

    NO_MODEL = "no_model"  # nothing is installed
    MODEL_UNKNOWN = "model_unknown"  # parameters: model
    MODEL_MISSING = "model_missing"  # parameters: path
    MODEL_UNREADABLE = "model_unreadable"  # parameters: path
    MODEL_NOT_GGUF = "model_not_gguf"  # parameters: path
    MODEL_TRUNCATED = "model_truncated"  # parameters: path
    MODEL_PART_MISSING = "model_part_missing"  # parameters: path, part, parts
    MODEL_ARCHITECTURE = "model_architecture"  # parameters: path, architecture
    MODEL_WRITES_NOTHING = "model_writes_nothing"  # parameters: path
    MODEL_DAMAGED = "model_damaged"  # parameters: path
    MODEL_UNUSABLE = "model_unusable"  # parameters: path
    MEMORY_TOO_SMALL = "memory_too_small"  # parameters: model, needed (bytes), free (bytes)
    MODEL_MEMORY_RAN_OUT = "model_memory_ran_out"  # parameters: model
    MODEL_PROCESS_DIED = "model_process_died"  # parameters: model, exit_status
    MODEL_PROCESS_SILENT = "model_process_silent"  # parameters: model, seconds
    PROMPT_TOO_LONG = "prompt_too_long"  # parameters: tokens, context (tokens)


class PhialError(Exception):
    """A failure a person can meet: what kind, and the values its sentence names. ``details`` are for the log alone."""

    def __init__(self, kind: StrEnum, details: str = "", **parameters: Parameter) -> None:
        super().__init__(f"{kind.value} {parameters}" + (f": {details}" if details else ""))
        self.kind = kind
        self.details = details
        self.parameters: Mapping[str, Parameter] = parameters
