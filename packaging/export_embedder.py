"""Write the embedder's ONNX export, once: onnxruntime, which Chroma brings, then runs it without torch.

    python packaging/export_embedder.py [--from FOLDER] [--to FOLDER]

The export is a folder that is whole by itself (graph, tokenizer, what it was made from). It is kept only where its
vectors are those of sentence-transformers, to a cosine of 0.9999, on the program's own sentences in three languages,
short and long. Where it lies already and belongs to these weights, nothing is done.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from rag.embed import Embedder, environment_export, find_weights  # noqa: E402
from rag.embed_folder import EXPORT, EXPORT_FACTS, TOKENIZER  # noqa: E402

SAME = 0.9999
"""The cosine below which two vectors of one text are not the same vector."""
SETTINGS = ("config.json", "sentence_bert_config.json", TOKENIZER)
OPSET = 17
BITS = 16
"""Of a weight, as it is kept."""
SMALLEST_HALVED = 1024
"""Values of a weight that is kept in 16 bits."""
SENTENCES = 80
"""Sentences of each language that are embedded both ways."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the export; 1 where its vectors are not the model's, and then nothing is left of it."""
    parser = argparse.ArgumentParser(description="Write the embedder's ONNX export.")
    parser.add_argument("--from", dest="weights", type=Path, help="a sentence-transformers folder")
    parser.add_argument("--to", dest="target", type=Path, default=environment_export())
    options = parser.parse_args(arguments)
    weights: Path = options.weights or find_weights()
    target: Path = options.target
    reference = Embedder(weights)
    if is_export_of(target, reference):
        return 0
    print("Exporting the embedder, so that it runs without torch …", flush=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as place:
        made = Path(place) / "export"
        write(weights, made, reference)
        worst = worst_cosine(reference, Embedder(made), sample_texts())
        if worst < SAME:
            print(
                f"The export's vectors differ from the model's (cosine {worst:.6f}): it is not kept.", file=sys.stderr
            )
            return 1
        shutil.rmtree(target, ignore_errors=True)
        made.rename(target)
    print(f"{target}: cosine to sentence-transformers {worst:.6f} at worst")
    return 0


def is_export_of(target: Path, reference: Embedder) -> bool:
    """Whether an export of the reference's weights lies in ``target``."""
    try:
        facts = json.loads((target / EXPORT_FACTS).read_text(encoding="utf-8"))
        return bool((facts["weights"], facts["bits"]) == (reference.version, BITS)) and (target / EXPORT).is_file()
    except (OSError, ValueError, KeyError, TypeError):
        return False


def write(weights: Path, target: Path, reference: Embedder) -> None:
    """Export the model in ``weights``, with its pooling, to the folder ``target``; vectors come out at length 1."""
    import torch
    from sentence_transformers import SentenceTransformer

    # The attention that the exporter can trace; its values are those of the fused one.
    model = SentenceTransformer(
        str(weights), device="cpu", local_files_only=True, model_kwargs={"attn_implementation": "eager"}
    )

    class Whole(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
            found: Any = self.model({"input_ids": ids, "attention_mask": mask})["sentence_embedding"]
            return torch.nn.functional.normalize(found, dim=1)

    target.mkdir()
    ids = torch.arange(5, 23).reshape(2, 9)
    axes = {"ids": {0: "texts", 1: "tokens"}, "mask": {0: "texts", 1: "tokens"}, "vectors": {0: "texts"}}
    with torch.no_grad(), warnings.catch_warnings():
        # What it says of its own coming end, and of values that are constants here.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            Whole().eval(), (ids, torch.ones_like(ids)), str(target / EXPORT), dynamo=False, opset_version=OPSET,
            input_names=["ids", "mask"], output_names=["vectors"], dynamic_axes=axes,
        )  # fmt: skip
    halve(target / EXPORT)
    for name in SETTINGS:
        if (weights / name).is_file():
            shutil.copyfile(weights / name, target / name)
    facts = {"weights": reference.version, "name": reference.name, "bits": BITS}
    (target / EXPORT_FACTS).write_text(json.dumps(facts), encoding="utf-8")


def halve(export: Path) -> None:
    """Keep the larger weights of an export in 16 bits, which are made 32 again as it is loaded: half as much to ship.

    It computes as before (onnxruntime folds what is constant); what is lost is under what ``SAME`` allows.
    """
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    model = onnx.load(export)
    widened = []
    for weight in model.graph.initializer:
        values = numpy_helper.to_array(weight)
        if values.dtype != np.float32 or values.size < SMALLEST_HALVED:
            continue
        name = weight.name
        weight.CopyFrom(numpy_helper.from_array(values.astype(np.float16), f"{name}.half"))
        widened.append(helper.make_node("Cast", [weight.name], [name], to=TensorProto.FLOAT))
    nodes = [*widened, *model.graph.node]
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    onnx.checker.check_model(model)
    onnx.save(model, export)


def sample_texts() -> list[str]:
    """The program's own sentences in three languages; some of them joined, up to beyond any window."""
    texts = [""]
    for catalogue in sorted((ROOT / "assets" / "translations").glob("messages.*.json")):
        texts += [*_strings(json.loads(catalogue.read_text(encoding="utf-8")))][:SENTENCES]
    return [*texts, *(" ".join(texts[begin : begin + 20]) for begin in range(0, len(texts), 20))]


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _strings(part)


def worst_cosine(one: Embedder, other: Embedder, texts: Sequence[str]) -> float:
    """The least cosine between the two vectors of a text."""
    return float(np.min(np.sum(one.embed(texts) * other.embed(texts), axis=1)))


if __name__ == "__main__":
    sys.exit(main())
