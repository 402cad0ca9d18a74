# SPDX-License-Identifier: EUPL-1.2
"""JOIN files. Spec: Protocol/membership.md section 1."""

import base64

from . import cbor, identity
from .genesis import Genesis
from .refusal import Refusal

BEGIN = "-----BEGIN KORF JOIN-----"
END = "-----END KORF JOIN-----"
MOST_BYTES = 3 << 19


def armour(data, label="KORF JOIN", width=64):
    encoded = base64.b64encode(data).decode("ascii")
    lines = [encoded[at : at + width] for at in range(0, len(encoded), width)]
    return "\n".join([f"-----BEGIN {label}-----", *lines, f"-----END {label}-----"]) + "\n"


def _inner(text):
    lines = text.split("\n")
    if len(lines) < 4 or lines[0] != BEGIN or lines[-2] != END or lines[-1] != "":
        raise Refusal("join-shape")
    body = lines[1:-2]
    if any(len(line) != 64 for line in body[:-1]) or not 1 <= len(body[-1]) <= 64:
        raise Refusal("join-shape")
    inner = identity.strict_base64("".join(body))
    if inner is None:
        raise Refusal("join-shape")
    return inner


def _is_address(value):
    if not isinstance(value, list) or len(value) != 3 or not identity.is_oin(value[0]):
        return False
    endpoints = value[1]
    return (
        isinstance(endpoints, list)
        and 1 <= len(endpoints) <= 3
        and all(identity.is_endpoint(item) for item in endpoints)
        and identity.are_pins(value[2])
    )


def read(text):
    """The genesis and the addresses of a JOIN file."""
    if len(text.encode("utf-8")) > MOST_BYTES:
        raise Refusal("join-oversize")
    inner = _inner(text)
    try:
        document = cbor.decode(inner)
    except Refusal:
        raise Refusal("join-not-canonical") from None
    if not isinstance(document, dict) or set(document) != {1, 2} or not isinstance(document[1], bytes):
        raise Refusal("join-field")
    addresses = document[2]
    if not isinstance(addresses, list) or not all(_is_address(item) for item in addresses):
        raise Refusal("join-field")
    if not 1 <= len(addresses) <= 3 or len({item[0] for item in addresses}) != len(addresses):
        raise Refusal("join-field")
    return Genesis(document[1]), addresses
