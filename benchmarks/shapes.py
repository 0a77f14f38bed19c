"""Writes models with the shape of a Phi and random weights: they take the time and the memory of the real one.

The weights are quantized blocks whose numbers are random and whose scales are fixed, so that every layer gives out
numbers of an ordinary size. The vocabulary is the starter's, cut or filled up to the Phi's length, with the tags of
Phi: text has about as many tokens as it would have. Written once, to build/bench/shapes.
"""

from __future__ import annotations

import argparse
import dataclasses
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import gguf
import numpy as np
from numpy.typing import NDArray
from report import RESULTS, show

from engine.catalogue import starter_path

FOLDER = RESULTS / "shapes"
SEED = 20261122
SPREAD = 0.02  # the standard deviation of a weight, as models are initialized with
ORIGINAL_CONTEXT = 4_096  # tokens that the short RoPE factors are for
TEMPLATE = (
    "{%% for message in messages %%}{{ '<|' + message['role'] + '|>%(line)s' + message['content'] + "
    "'<|end|>%(line)s' }}{%% endfor %%}{%% if add_generation_prompt %%}{{ '<|assistant|>%(line)s' }}{%% endif %%}"
)
TAGS = ("<|endoftext|>", "<|system|>", "<|user|>", "<|assistant|>", "<|end|>")

Q4_K, Q6_K = gguf.GGMLQuantizationType.Q4_K, gguf.GGMLQuantizationType.Q6_K
Blocks = NDArray[np.uint8]


@dataclasses.dataclass(frozen=True)
class Shape:
    """What decides a model's speed and memory. ``rotary`` are the dimensions of a head that RoPE turns.

    ``is_tied``: the embeddings are the output's weights too, and the context was lengthened by LongRoPE.
    """

    name: str
    layers: int
    width: int
    feed_forward: int
    heads: int
    kv_heads: int
    head_length: int
    rotary: int
    words: int
    context: int
    is_tied: bool = False


SHAPES: Mapping[str, Shape] = {
    shape.name: shape
    for shape in (
        Shape("small", 16, 1_024, 4_096, 8, 8, 128, 128, 32_064, 4_096),
        Shape("phi-3-mini", 32, 3_072, 8_192, 32, 32, 96, 96, 32_064, 4_096),
        Shape("phi-4-mini", 32, 3_072, 8_192, 24, 8, 128, 96, 200_064, 131_072, is_tied=True),
    )
}


def shape_path(name: str) -> Path:
    """The model with the shape called ``name`` (of SHAPES), written where it isn't there yet."""
    shape = SHAPES[name]
    path = FOLDER / f"{shape.name}-shape.gguf"
    if not path.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(".part")
        write_shape(shape, beside)
        beside.replace(path)
    return path


def write_shape(shape: Shape, path: Path) -> None:
    """Write a whole model of ``shape`` to ``path``; a layer at a time, so it needs little memory."""
    writer = gguf.GGUFWriter(path, "phi3")
    # With "phi-3" in it llama.cpp would look for that vocabulary's tokens by name, and abort.
    writer.add_name("Random weights in the shape of " + shape.name.replace("-", " "))
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_Q4_K_S)
    writer.add_context_length(shape.context)
    writer.add_embedding_length(shape.width)
    writer.add_block_count(shape.layers)
    writer.add_feed_forward_length(shape.feed_forward)
    writer.add_head_count(shape.heads)
    writer.add_head_count_kv(shape.kv_heads)
    writer.add_key_length(shape.head_length)
    writer.add_value_length(shape.head_length)
    writer.add_rope_dimension_count(shape.rotary)
    writer.add_rope_scaling_orig_ctx_len(ORIGINAL_CONTEXT)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_chat_template(TEMPLATE % {"line": "" if shape.is_tied else "\\n"})  # Phi-4-mini's has no lines
    special = _add_vocabulary(writer, shape.words)
    tensors = list(_tensors(shape))
    for name, rows, columns, kind in tensors:
        size = rows * columns * 4 if kind is None else rows * columns // 256 * gguf.GGML_QUANT_SIZES[kind][1]
        writer.add_tensor_info(name, (rows, columns) if rows > 1 else (columns,), np.dtype(np.float32), size, kind)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_ti_data_to_file()
    numbers = np.random.Generator(np.random.SFC64(SEED))
    for name, rows, columns, kind in tensors:
        if kind is None:
            writer.write_tensor_data(np.ones(columns, np.float32))
            continue
        blocks = _random_blocks(numbers, rows, columns, kind)
        if name == ("token_embd.weight" if shape.is_tied else "output.weight"):
            blocks[special] = 0  # a word whose logit is 0 is never the likeliest: no answer ends before its limit
        writer.write_tensor_data(blocks)
    writer.close()


def _tensors(shape: Shape) -> Iterator[tuple[str, int, int, gguf.GGMLQuantizationType | None]]:
    """Name, rows, columns and type (None: float32) of each tensor, as a file of Q4_K_S has them."""
    yield "token_embd.weight", shape.words, shape.width, Q6_K if shape.is_tied else Q4_K
    if shape.is_tied:
        for factors in ("long", "short"):
            yield f"rope_factors_{factors}.weight", 1, shape.rotary // 2, None
    else:
        yield "output.weight", shape.words, shape.width, Q6_K
    yield "output_norm.weight", 1, shape.width, None
    queries = shape.heads * shape.head_length
    for layer in range(shape.layers):
        yield f"blk.{layer}.attn_norm.weight", 1, shape.width, None
        yield f"blk.{layer}.attn_qkv.weight", queries + 2 * shape.kv_heads * shape.head_length, shape.width, Q4_K
        yield f"blk.{layer}.attn_output.weight", shape.width, queries, Q4_K
        yield f"blk.{layer}.ffn_norm.weight", 1, shape.width, None
        yield f"blk.{layer}.ffn_up.weight", 2 * shape.feed_forward, shape.width, Q4_K
        yield f"blk.{layer}.ffn_down.weight", shape.width, shape.feed_forward, Q4_K


def _random_blocks(numbers: np.random.Generator, rows: int, columns: int, kind: gguf.GGMLQuantizationType) -> Blocks:
    """Quantized rows, shape (rows, bytes of a row): random numbers whose standard deviation is SPREAD.

    The blocks of 256 numbers are laid out as in ggml-common.h (block_q4_K, block_q6_K).
    """
    size = gguf.GGML_QUANT_SIZES[kind][1]
    count = rows * columns // 256
    drawn = numbers.integers(0, 2**64, (count * size + 7) // 8, dtype=np.uint64)
    blocks = drawn.view(np.uint8)[: count * size].reshape(count, size)
    if kind is Q4_K:
        # A number is 8 × (scale × q - least), with q from 0 to 15; each of the eight 6-bit scales and minima is an 8.
        scale = SPREAD / (8 * np.sqrt((16**2 - 1) / 12))
        blocks[:, 0:4] = np.array([scale, 7.5 * scale], "<f2").view(np.uint8)
        blocks[:, 4:16] = [8] * 8 + [0x88] * 4
    else:
        # A number is 8 × scale × (q - 32), with q from 0 to 63; each of the sixteen 8-bit scales is an 8.
        scale = SPREAD / (8 * np.sqrt((64**2 - 1) / 12))
        blocks[:, 192:208] = 8
        blocks[:, 208:210] = np.array([scale], "<f2").view(np.uint8)
    return blocks.reshape(rows, -1)


def _add_vocabulary(writer: gguf.GGUFWriter, words: int) -> list[int]:
    """Give the model ``words`` tokens, the starter's and the tags; which of them are no text is returned."""
    starter = starter_path()
    assert starter is not None, "the starter model belongs to the development set-up"
    fields = gguf.GGUFReader(starter).fields
    tokens: list[str] = fields["tokenizer.ggml.tokens"].contents()
    kinds: list[int] = fields["tokenizer.ggml.token_type"].contents()
    merges: list[str] = fields["tokenizer.ggml.merges"].contents()
    ordinary = [token for token, kind in zip(tokens, kinds, strict=True) if kind == gguf.TokenType.NORMAL]
    ordinary = ordinary[: words - len(TAGS)]
    filling = [f"<|unused{number}|>" for number in range(words - len(TAGS) - len(ordinary))]
    known = set(ordinary)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")  # of all that divide text into words the one that every llama.cpp knows
    writer.add_token_list([*ordinary, *filling, *TAGS])
    writer.add_token_types(
        [gguf.TokenType.NORMAL] * len(ordinary)
        + [gguf.TokenType.UNUSED] * len(filling)
        + [gguf.TokenType.CONTROL] * len(TAGS)
    )
    # A vocabulary that was cut off can't be merged into what it lacks.
    writer.add_token_merges([merge for merge in merges if merge.replace(" ", "") in known])
    writer.add_bos_token_id(words - len(TAGS))
    writer.add_eos_token_id(words - 1)
    writer.add_add_bos_token(False)
    return list(range(len(ordinary), words))


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the shapes that are named."""
    parser = argparse.ArgumentParser(description="Models with the shape of a Phi and random weights.")
    parser.add_argument("names", nargs="*", default=["small"], choices=sorted(SHAPES), metavar="SHAPE")
    rows = []
    for name in parser.parse_args(arguments).names:
        begun = time.perf_counter()
        path = shape_path(name)
        rows.append((name, f"{path.stat().st_size / 1e9:.2f} GB", f"{time.perf_counter() - begun:.1f} s", str(path)))
    show("Models with random weights", ("shape", "size", "written in", "file"), rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
