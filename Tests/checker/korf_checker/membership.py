# SPDX-License-Identifier: EUPL-1.2
"""Entries about members and their logs, Protocol/membership.md."""

from .cbor import is_bytes, is_uint
from .refusal import Refusal

READY, FINAL, ACKNOWLEDGE, SUPPORTS = 3, 4, 5, 6
CANDIDATE, MEMBER, LEAVING, ENDED = range(4)
CANDIDATE_ENTRIES_MOST = 16


def _is_hash(value):
    return is_bytes(value, 32)


SHAPES = {
    READY: ("ready-shape", (is_uint, _is_hash, _is_hash)),
    FINAL: ("final-shape", ()),
    ACKNOWLEDGE: ("acknowledge-shape", (_is_hash, is_uint, _is_hash)),
    SUPPORTS: ("supports-shape", (lambda version: is_uint(version, least=1),)),
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
