# SPDX-License-Identifier: EUPL-1.2
"""Fork evidence, Protocol/log.md section 6."""

from . import cbor, head, tree
from .cbor import is_bytes, is_uint
from .refusal import Refusal

BYTES_MOST, HASHES_MOST = 5120, 63


def are_hashes(value):
    return isinstance(value, list) and len(value) <= HASHES_MOST and all(is_bytes(h, 32) for h in value)


def read(data):
    """(log id, first head, second head, hashes, leaves); shape and order only. `leaves` is None or (index, first leaf,
    second leaf, hashes of the second)."""
    if len(data) > BYTES_MOST:
        raise Refusal("evidence-shape")
    try:
        item = cbor.decode(data)
    except Refusal:
        raise Refusal("evidence-shape") from None
    if not isinstance(item, dict) or list(item) not in ([1, 2, 3, 4], [1, 2, 3, 4, 5, 6, 7, 8]):
        raise Refusal("evidence-shape")
    if not is_bytes(item[1], 32):
        raise Refusal("evidence-shape")
    for part in (item[2], item[3]):
        if not (
            isinstance(part, list)
            and len(part) == 3
            and is_uint(part[0], least=1)
            and is_bytes(part[1], 32)
            and is_bytes(part[2], 64)
        ):
            raise Refusal("evidence-shape")
    first, second, hashes, leaves = item[2], item[3], item[4], None
    if not are_hashes(hashes):
        raise Refusal("evidence-shape")
    if 5 in item:
        leaves = (item[5], item[6], item[7], item[8])
        if not (
            is_uint(item[5])
            and item[5] < min(first[0], second[0])
            and is_bytes(item[6], 32)
            and is_bytes(item[7], 32)
            and are_hashes(item[8])
        ):
            raise Refusal("evidence-shape")
    if first[0] == second[0] and (hashes or leaves):
        raise Refusal("evidence-shape")
    if first[0] > second[0] or first[0] == second[0] and first[1] > second[1]:
        raise Refusal("evidence-order")
    return item[1], first, second, hashes, leaves


def check(data, log, origin, public_key):
    """The id of the log that is convicted."""
    named, first, second, hashes, leaves = read(data)
    if named != log:
        raise Refusal("log-unknown")
    for size, root, signature in (first, second):
        if not head.is_signed(public_key, origin, size, root, signature):
            raise Refusal("evidence-signature")
    if first[0] == second[0]:
        if first[1] == second[1]:
            raise Refusal("evidence-consistent")
        return named
    if leaves is not None:
        index, mine, other, other_hashes = leaves
        if (
            tree.root_from_inclusion(mine, index, first[0], hashes) != first[1]
            or tree.root_from_inclusion(other, index, second[0], other_hashes) != second[1]
        ):
            raise Refusal("evidence-proves-nothing")
        if mine == other:
            raise Refusal("evidence-consistent")
        return named
    rebuilt = tree.roots_from_consistency(first[0], second[0], hashes)
    if rebuilt is None or rebuilt[1] != second[1]:
        raise Refusal("evidence-proves-nothing")
    if rebuilt[0] == first[1]:
        raise Refusal("evidence-consistent")
    return named
