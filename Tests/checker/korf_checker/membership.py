# SPDX-License-Identifier: EUPL-1.2
"""Entries about members and their logs, and the JOIN file; Protocol/membership.md."""

import base64

from . import cbor, identity
from .cbor import is_bytes, is_uint
from .genesis import Genesis
from .note import strict_base64
from .refusal import Refusal

READY, FINAL, ACKNOWLEDGE, SUPPORTS = 3, 4, 5, 6
CANDIDATE, MEMBER, LEAVING, ENDED = range(4)
CANDIDATE_ENTRIES_MOST = 16
JOIN_BYTES_MOST, JOIN_MEMBERS_MOST = 3 << 19, 3
JOIN_BEGIN, JOIN_END = "-----BEGIN KORF JOIN-----", "-----END KORF JOIN-----"


def _is_hash(value):
    return is_bytes(value, 32)


SHAPES = {
    READY: ("ready-shape", (is_uint, _is_hash, _is_hash)),
    FINAL: ("final-shape", ()),
    ACKNOWLEDGE: ("acknowledge-shape", (_is_hash, is_uint, _is_hash)),
    SUPPORTS: ("supports-shape", (is_uint,)),
}


def check(kind, body, references, commitment):
    reason, checks = SHAPES[kind]
    good = (
        isinstance(body, list)
        and len(body) == len(checks)
        and all(one(item) for one, item in zip(checks, body))
        and references == 0
        and commitment is None
    )
    if not good:
        raise Refusal(reason)


def write_join_file(genesis, addresses):
    encoded = base64.b64encode(cbor.encode({1: genesis, 2: addresses})).decode("ascii")
    lines = [encoded[at : at + 64] for at in range(0, len(encoded), 64)]
    return "\n".join([JOIN_BEGIN, *lines, JOIN_END]) + "\n"


def read_join_file(data):
    """(genesis, addresses)"""
    if len(data) > JOIN_BYTES_MOST:
        raise Refusal("join-oversize")
    try:
        document = cbor.decode(_armoured(data))
    except Refusal as refusal:
        if refusal.reason == "join-shape":
            raise
        raise Refusal("join-not-canonical") from None
    good = (
        isinstance(document, dict)
        and set(document) == {1, 2}
        and isinstance(document[1], bytes)
        and isinstance(document[2], list)
        and 1 <= len(document[2]) <= JOIN_MEMBERS_MOST
        and all(_is_address(row) for row in document[2])
        and len({row[0] for row in document[2]}) == len(document[2])
    )
    if not good:
        raise Refusal("join-field")
    return Genesis(document[1]), document[2]


def _armoured(data):
    try:
        lines = data.decode("ascii").split("\n")
    except UnicodeDecodeError:
        raise Refusal("join-shape") from None
    if len(lines) < 4 or lines[0] != JOIN_BEGIN or lines[-2] != JOIN_END or lines[-1]:
        raise Refusal("join-shape")
    body = lines[1:-2]
    if any(len(line) != 64 for line in body[:-1]) or not 1 <= len(body[-1]) <= 64:
        raise Refusal("join-shape")
    inner = strict_base64("".join(body))
    if inner is None:
        raise Refusal("join-shape")
    return inner


def _is_address(row):
    return (
        isinstance(row, list)
        and len(row) == 3
        and identity.is_oin(row[0])
        and identity.are_endpoints(row[1])
        and len(row[1]) > 0
        and identity.are_pins(row[2])
    )
