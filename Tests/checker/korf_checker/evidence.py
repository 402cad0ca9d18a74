# SPDX-License-Identifier: EUPL-1.2
"""Fork evidence, Protocol/log.md section 6."""

from . import cbor, head, tree
from .cbor import is_bytes, is_uint
from .refusal import Refusal

BYTES_MOST, HASHES_MOST = 2560, 63


def read(data):
    """(log id, first head, second head, hashes); shape and order only."""
    if len(data) > BYTES_MOST:
        raise Refusal("evidence-shape")
    try:
        item = cbor.decode(data)
    except Refusal:
        raise Refusal("evidence-shape") from None
    if not isinstance(item, dict) or list(item) != [1, 2, 3, 4] or not is_bytes(item[1], 32):
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
    hashes = item[4]
    if (
        not isinstance(hashes, list)
        or len(hashes) > HASHES_MOST
        or not all(is_bytes(h, 32) for h in hashes)
    ):
        raise Refusal("evidence-shape")
    first, second = item[2], item[3]
    if first[0] > second[0] or first[0] == second[0] and first[1] > second[1]:
        raise Refusal("evidence-order")
    if first[0] == second[0] and hashes:
        raise Refusal("evidence-shape")
    return item[1], first, second, hashes


def check(data, log, origin, public_key):
    """The id of the log that is convicted."""
    named, first, second, hashes = read(data)
    if named != log:
        raise Refusal("log-unknown")
    for size, root, signature in (first, second):
        if not head.is_signed(public_key, origin, size, root, signature):
            raise Refusal("evidence-signature")
    if first[0] == second[0]:
        if first[1] == second[1]:
            raise Refusal("evidence-consistent")
        return named
    rebuilt = tree.roots_from_consistency(first[0], second[0], hashes)
    if rebuilt is None or rebuilt[1] != second[1]:
        raise Refusal("evidence-proves-nothing")
    if rebuilt[0] == first[1]:
        raise Refusal("evidence-consistent")
    return named
