# SPDX-License-Identifier: EUPL-1.2
"""Inclusion proofs for people: C2SP tlog-proof, Protocol/log.md section 5."""

import base64
import re

from . import head, tree
from .cbor import MAX_INT
from .note import strict_base64
from .refusal import Refusal

FIRST = "c2sp.org/tlog-proof@v1"


def write(index, hashes, checkpoint, extra=None):
    lines = (
        [FIRST]
        + ([f"extra {base64.b64encode(extra).decode()}"] if extra is not None else [])
        + [f"index {index}"]
    )
    lines += [base64.b64encode(value).decode() for value in hashes]
    return "\n".join(lines) + "\n\n" + checkpoint


def read(data, entry, origin, public_key):
    """(index, size, extra or None) of a proof that the entry is in the log."""
    front, separator, checkpoint = data.partition("\n\n")
    lines = front.split("\n")
    if not separator or lines[0] != FIRST:
        raise Refusal("proof-shape")
    extra, rest = None, lines[1:]
    if rest and rest[0].startswith("extra "):
        extra, rest = strict_base64(rest[0][6:]), rest[1:]
        if extra is None:
            raise Refusal("proof-shape")
    if not rest or not re.fullmatch(r"index (0|[1-9][0-9]{0,18})", rest[0], re.ASCII):
        raise Refusal("proof-shape")
    index, hashes = int(rest[0][6:]), [strict_base64(line) for line in rest[1:]]
    if index > MAX_INT or len(hashes) > 63 or any(value is None or len(value) != 32 for value in hashes):
        raise Refusal("proof-shape")
    size, root = head.read(checkpoint.encode("utf-8"), origin, public_key)
    if tree.root_from_inclusion(tree.leaf_hash(entry), index, size, hashes) != root:
        raise Refusal("proof-mismatch")
    return index, size, extra
