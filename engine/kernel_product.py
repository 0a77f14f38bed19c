"""The process in which a kernel proves itself: matrix products as a model computes them, held against numpy's.

They go the way that llama.cpp goes: through ggml's backend, with the weights in the kind of buffer that the kernel
prefers for them. That matters: the instructions that a machine forbids can be used in such a buffer's products alone.
"""

from __future__ import annotations

import ctypes
import dataclasses
import os
import sys
import time
from collections.abc import Sequence
from ctypes import c_bool, c_char_p, c_int, c_int64, c_size_t, c_void_p
from typing import Any

import numpy as np
from numpy.typing import NDArray

import engine.kernel_library  # noqa: F401 - before ggml's other libraries are loaded

# isort: split
from engine.kernel_proof import CODEC, Proven
from engine.kernels import DEVICE_VARIABLE, installed_libraries, library_file
from engine.links import parent_link

ROWS, WIDTH, TOKENS = 1_024, 2_048, 64
"""Of the weights, of both, and of the activations: a slice of a layer, and half a micro-batch of a prompt."""

REPEATS = 8
"""Products of which the fastest counts: the others were disturbed by whatever else the machine does."""

PROCESSOR, GPUS = (0,), (1, 2)  # ggml_backend_dev_type: of a GPU with memory of its own, and of one without
_F32 = 0  # ggml_type
_SCALE = 0.01  # of a block: weights of ordinary size

Floats = NDArray[np.float32]


@dataclasses.dataclass(frozen=True)
class Quantization:
    """A kind of weights: ggml's number for it, the elements of a block, its layout, and what gives the numbers back."""

    number: int
    elements: int
    layout: Any
    dequantizer: str
    is_timed: bool = False


# block_q4_K and its kin of ggml-common.h. The timed ones are what a Q4_K_M file mostly consists of.
QUANTIZATIONS = (
    Quantization(
        12, 256, [("d", "<f2"), ("dmin", "<f2"), ("scales", "u1", 12), ("qs", "u1", 128)], "dequantize_row_q4_K", True
    ),
    Quantization(
        14, 256, [("ql", "u1", 128), ("qh", "u1", 64), ("scales", "i1", 16), ("d", "<f2")], "dequantize_row_q6_K", True
    ),
    Quantization(8, 32, [("d", "<f2"), ("qs", "i1", 32)], "dequantize_row_q8_0"),
    Quantization(2, 32, [("d", "<f2"), ("qs", "u1", 16)], "dequantize_row_q4_0"),
    Quantization(1, 1, [("d", "<f2")], ""),
    Quantization(30, 1, [("d", "<u2")], ""),  # bfloat16: the upper half of a float32
)


class _Context(ctypes.Structure):
    """ggml_init_params."""

    _fields_ = (("mem_size", c_size_t), ("mem_buffer", c_void_p), ("no_alloc", c_bool))


class Unsupported(Exception):
    """A kind of weights that the device doesn't compute with."""


class Ggml:
    """The few functions of ggml's that a product takes, on the processor or on the GPU."""

    def __init__(self, kinds: Sequence[int]) -> None:
        """Open them for the first device that is of one of ``kinds``.

        Raises OSError where a library can't be loaded, RuntimeError where there is no such device.
        """
        folder = installed_libraries()
        registry = ctypes.CDLL(str(library_file(folder, "ggml")))
        # A wheel holds each library under three names. Asked through the one that needs it, ggml-base is the same one;
        # Windows knows one name, and asks no library for what another has.
        self._base = ctypes.CDLL(str(library_file(folder, "ggml-base"))) if sys.platform == "win32" else registry
        self._context = self._of("ggml_init", c_void_p, _Context)
        self._tensor = self._of("ggml_new_tensor_2d", c_void_p, c_void_p, c_int, c_int64, c_int64)
        self._multiply = self._of("ggml_mul_mat", c_void_p, c_void_p, c_void_p, c_void_p)
        self._graph = self._of("ggml_new_graph", c_void_p, c_void_p)
        self._expand = self._of("ggml_build_forward_expand", None, c_void_p, c_void_p)
        self._allocate = self._of("ggml_backend_alloc_ctx_tensors_from_buft", c_void_p, c_void_p, c_void_p)
        self._set = self._of("ggml_backend_tensor_set", None, c_void_p, c_void_p, c_size_t, c_size_t)
        self._get = self._of("ggml_backend_tensor_get", None, c_void_p, c_void_p, c_size_t, c_size_t)
        self._supports = self._of("ggml_backend_supports_op", c_bool, c_void_p, c_void_p)
        self._compute = self._of("ggml_backend_graph_compute", c_int, c_void_p, c_void_p)
        opened = registry.ggml_backend_init_by_type
        opened.restype, opened.argtypes = c_void_p, (c_int, c_char_p)
        self._backend = next(filter(None, (opened(kind, None) for kind in kinds)), None)
        if not self._backend:
            raise RuntimeError("no such device")
        default = self._of("ggml_backend_get_default_buffer_type", c_void_p, c_void_p)
        self._buffers = (*self._preferred_buffers(), default(self._backend))

    @property
    def version(self) -> str:
        """The version and commit that it says it is."""
        parts = (self._of(name, c_char_p)() for name in ("ggml_version", "ggml_commit"))
        return " ".join(part.decode("ascii", "replace") for part in parts)

    def dequantized(self, blocks: NDArray[Any], quantization: Quantization) -> Floats:
        """The numbers that ``blocks`` stand for, shape (ROWS, WIDTH), by the part of ggml that is in no kernel."""
        numbers = np.empty((ROWS, WIDTH), np.float32)
        if quantization.dequantizer:
            function = self._of(quantization.dequantizer, None, c_void_p, c_void_p, c_int64)
            function(blocks.ctypes.data, numbers.ctypes.data, numbers.size)
            return numbers
        values = blocks["d"].reshape(ROWS, WIDTH)
        if values.dtype == np.uint16:
            return (values.astype(np.uint32) << 16).view(np.float32)
        return values.astype(np.float32)

    def product(self, blocks: NDArray[Any], number: int, activations: Floats, times: int) -> tuple[Floats, float]:
        """``activations`` (tokens, WIDTH) by the weights of ``blocks``: (tokens, ROWS), and the least seconds of all.

        Raises Unsupported where the device leaves such products to the processor; RuntimeError where it fails.
        """
        weights, product, graph = self._placed(number, len(activations), activations)
        self._set(weights, blocks.ctypes.data, 0, blocks.nbytes)
        seconds = []
        for _ in range(times):
            begun = time.perf_counter()
            if self._compute(self._backend, graph) != 0:
                raise RuntimeError("the product was not computed")
            seconds.append(time.perf_counter() - begun)
        result = np.empty((len(activations), ROWS), np.float32)
        self._get(product, result.ctypes.data, 0, result.nbytes)
        return result, min(seconds)

    def _placed(self, number: int, tokens: int, activations: Floats) -> tuple[int, int, int]:
        """The weights (in the first kind of buffer that the product can be computed from), the product, its graph."""
        for kind in self._buffers:
            own, others = (self._context(_Context(2**20, None, True)) for _ in range(2))
            weights = self._tensor(own, number, WIDTH, ROWS)
            self._allocate(own, kind)
            given = self._tensor(others, _F32, WIDTH, tokens)
            product = self._multiply(others, weights, given)
            if self._supports(self._backend, product):
                self._allocate(others, self._buffers[-1])
                self._set(given, activations.ctypes.data, 0, activations.nbytes)
                graph = self._graph(others)
                self._expand(graph, product)
                return weights, product, graph
        raise Unsupported

    def _preferred_buffers(self) -> list[int]:
        """The kinds of buffer that the device asks weights to be put into first, and one thread for its products."""
        device = self._of("ggml_backend_get_device", c_void_p, c_void_p)(self._backend)
        registry = self._of("ggml_backend_dev_backend_reg", c_void_p, c_void_p)(device)
        address = self._of("ggml_backend_reg_get_proc_address", c_void_p, c_void_p, c_char_p)
        threads = address(registry, b"ggml_backend_set_n_threads")
        if threads:
            ctypes.CFUNCTYPE(None, c_void_p, c_int)(threads)(self._backend, 1)
        extra = address(registry, b"ggml_backend_dev_get_extra_bufts")
        if not extra:
            return []
        kinds = ctypes.CFUNCTYPE(ctypes.POINTER(c_void_p), c_void_p)(extra)(device)
        found: list[int] = []
        while kinds and (kind := kinds[len(found)]):
            found.append(kind)
        return found

    def _of(self, name: str, gives: Any, *takes: Any) -> Any:
        function = getattr(self._base, name)
        function.restype, function.argtypes = gives, takes
        return function


def random_blocks(quantization: Quantization, chance: np.random.Generator) -> NDArray[Any]:
    """Weights of shape (ROWS, WIDTH): random bytes, with scales that make numbers of ordinary size of them."""
    layout = np.dtype(quantization.layout)
    count = ROWS * WIDTH // quantization.elements
    if quantization.elements == 1:
        values = chance.standard_normal(count).astype(np.float32)
        is_half = layout["d"] == np.dtype("<f2")
        plain = values.astype("<f2") if is_half else (values.view(np.uint32) >> 16).astype("<u2")
        return plain.view(layout)
    blocks = np.frombuffer(chance.bytes(count * layout.itemsize), layout).copy()
    for name in ("d", "dmin"):
        if name in (layout.names or ()):
            blocks[name] = _SCALE
    return blocks


def prove(ggml: Ggml) -> Proven:
    """Compute each kind of product, of one token and of many.

    Raises Unsupported where the device doesn't compute with what models mostly consist of.
    """
    chance = np.random.default_rng(1)
    activations = chance.standard_normal((TOKENS, WIDTH)).astype(np.float32)
    worst = total = 0.0
    for quantization in QUANTIZATIONS:
        blocks = random_blocks(quantization, chance)
        right = activations @ ggml.dequantized(blocks, quantization).T
        for tokens in (1, TOKENS):
            counts = quantization.is_timed and tokens == TOKENS
            times = REPEATS if counts else 1
            try:
                found, seconds = ggml.product(blocks, quantization.number, activations[:tokens], times)
            except Unsupported:
                if quantization.is_timed:
                    raise
                continue  # a GPU without bfloat16, say: llama.cpp computes such weights elsewhere
            error = float(np.linalg.norm(found - right[:tokens]) / np.linalg.norm(right[:tokens]))
            worst = max(worst, error if np.isfinite(error) else 1.0)
            total += seconds if counts else 0.0
    return Proven(worst, total, ggml.version)


def main() -> None:
    """Prove the kernel that the environment names; the first argument is the link to who asked."""
    link = parent_link(sys.argv[1], CODEC)
    link.send(prove(Ggml(PROCESSOR if os.environ.get(DEVICE_VARIABLE) else GPUS)))


if __name__ == "__main__":
    main()
