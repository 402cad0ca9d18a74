# SPDX-License-Identifier: EUPL-1.2
"""Epoch headers, head vectors and vote texts, Protocol/genesis.md sections 3 and 4."""

import base64

from . import cbor, genesis, note, tree
from .cbor import MAX_INT, is_bytes, is_uint
from .crypto import sha256
from .refusal import Refusal


def vector_root(heads):
    """heads: [(log id, size, root)], in order of log id, each log once."""
    if any(a[0] >= b[0] for a, b in zip(heads, heads[1:])):
        raise Refusal("epoch-vector-order")
    return tree.root([tree.leaf_hash(cbor.encode(list(head))) for head in heads])


def read_header(data):
    try:
        header = cbor.decode(data)
    except Refusal:
        raise Refusal("epoch-header-shape") from None
    if not isinstance(header, dict) or list(header) != [1, 2, 3, 4, 5, 6, 7]:
        raise Refusal("epoch-header-shape")
    good = (
        all(is_bytes(header[key], 32) for key in (1, 3, 4, 7))
        and is_uint(header[2], least=1)
        and genesis.is_day(header[5])
        and is_uint(header[6], least=1)
    )
    if not good:
        raise Refusal("epoch-header-shape")
    return header


def epoch_hash(data):
    return sha256(data)


def vote_text(step, network, number, round_number, hash_value):
    return (
        f"korf-{step}/v1\n{network.hex()}\n{number}\n{round_number}\n"
        f"{base64.b64encode(hash_value).decode('ascii')}\n"
    )


def read_vote(data, origin, public_key, network):
    """(step, number, round, hash) of a signed vote."""
    try:
        body = note.open_note(data, origin, public_key)
    except note.NoteError as error:
        raise Refusal(error.reason) from None
    lines = body.split("\n")
    if len(lines) != 6 or lines[5] or lines[0] not in ("korf-prevote/v1", "korf-precommit/v1"):
        raise Refusal("vote-shape")
    numbers = [int(line) if line.isascii() and line.isdigit() else -1 for line in lines[2:4]]
    if any(str(number) != line or number > MAX_INT for number, line in zip(numbers, lines[2:4])):
        raise Refusal("vote-shape")
    hash_value = note.strict_base64(lines[4])
    if hash_value is None or len(hash_value) != 32:
        raise Refusal("vote-shape")
    if lines[1] != network.hex():
        raise Refusal("vote-network")
    return lines[0][5:-3], numbers[0], numbers[1], hash_value
