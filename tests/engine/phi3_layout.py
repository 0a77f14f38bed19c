"""Lays the weights of a llama model out as a phi3 one, without loss: what makes sense in one must in the other.

What differs between the two in llama.cpp: phi3 has the rows of the queries, keys and values in one tensor, and those of
the gate and the upward projection in another; and its RoPE turns number i of a head together with number i + half
(NeoX), where llama's turns neighbours, for which the rows of a llama file were put in another order. Quantized rows are
moved whole, so every number stays what it was.
"""

from __future__ import annotations

import functools
from pathlib import Path

import gguf
import numpy as np
from numpy.typing import NDArray

ARCHITECTURE = "phi3"


def write_phi3_layout(source: Path, path: Path) -> Path:
    """Write the llama model at ``source`` as a phi3 model to ``path``, and give ``path`` back."""
    reader = _reader(source)
    writer = gguf.GGUFWriter(path, ARCHITECTURE)
    for name, field in reader.fields.items():
        if name.startswith("GGUF.") or name == gguf.Keys.General.ARCHITECTURE:
            continue
        renamed = name.replace("llama.", f"{ARCHITECTURE}.", 1) if name.startswith("llama.") else name
        inner = field.types[-1] if field.types[0] is gguf.GGUFValueType.ARRAY else None
        writer.add_key_value(renamed, field.contents(), field.types[0], inner)
    tensors = {tensor.name: tensor for tensor in reader.tensors}
    heads = reader.fields["llama.attention.head_count"].contents()
    key_heads = reader.fields["llama.attention.head_count_kv"].contents()
    for name, tensor in tensors.items():
        block, _, part = name.removesuffix(".weight").rpartition(".")
        if part in {"attn_k", "attn_v", "ffn_gate"}:
            continue  # they stand in the fused tensors
        rows = [tensor]
        if part == "attn_q":
            renamed = f"{block}.attn_qkv.weight"
            rows = [tensor, tensors[f"{block}.attn_k.weight"], tensors[f"{block}.attn_v.weight"]]
            moved = [neox_rows(rows[0].data, heads), neox_rows(rows[1].data, key_heads), rows[2].data]
        elif part == "ffn_up":
            rows = [tensors[f"{block}.ffn_gate.weight"], tensor]
            renamed, moved = name, [each.data for each in rows]
        else:
            renamed, moved = name, [tensor.data]
        assert {each.tensor_type for each in rows} == {tensor.tensor_type}, "one tensor has one type"
        writer.add_tensor(renamed, np.concatenate(moved), raw_dtype=tensor.tensor_type)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


@functools.cache
def _reader(path: Path) -> gguf.GGUFReader:
    return gguf.GGUFReader(path)  # takes a second for a vocabulary of 49,000 words


def neox_rows(rows: NDArray[np.uint8], heads: int) -> NDArray[np.uint8]:
    """Rows of a llama file's queries or keys, shape (heads × length, bytes), in the order that NeoX's RoPE wants."""
    half = len(rows) // heads // 2
    return rows.reshape(heads, half, 2, -1).swapaxes(1, 2).reshape(rows.shape)
