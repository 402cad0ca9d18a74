# SPDX-License-Identifier: EUPL-1.2
"""COSE_Sign1 with Ed25519, Protocol/formats.md section 2; the public library cwt reads each message too."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from . import cbor
from .cbor import is_bytes
from .crypto import verifies
from .refusal import Refusal

ALGORITHM, PREFIX = -19, b"\xd2"


def to_be_signed(protected, payload):
    return cbor.encode(["Signature1", protected, b"", payload])


def write(signer, protected_map, payload):
    protected = cbor.encode(protected_map)
    return PREFIX + cbor.encode([protected, {}, payload, signer.sign(to_be_signed(protected, payload))])


def read(data, public_key):
    """(protected map, payload) of a message that the key signed."""
    try:
        if data[:1] != PREFIX:
            raise Refusal("cose-shape")
        item = cbor.decode(data[1:])
        good = (
            isinstance(item, list)
            and len(item) == 4
            and isinstance(item[0], bytes)
            and item[1] == {}
            and isinstance(item[1], dict)
            and isinstance(item[2], bytes)
            and is_bytes(item[3], 64)
        )
        protected = cbor.decode(item[0]) if good else None
    except Refusal:
        raise Refusal("cose-shape") from None
    if not isinstance(protected, dict) or 1 not in protected or not isinstance(protected.get(4), bytes):
        raise Refusal("cose-shape")
    if protected[1] != ALGORITHM:
        raise Refusal("cose-algorithm")
    if not verifies(public_key, item[3], to_be_signed(item[0], item[2])):
        raise Refusal("cose-signature")
    return protected, item[2]


def verified_by_cwt(data, public_key):
    """The payload, as the library cwt verifies it."""
    import cwt
    from cryptography.hazmat.primitives import serialization

    pem = Ed25519PublicKey.from_public_bytes(public_key).public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    protected = cbor.decode(cbor.decode(data[1:])[0])
    key = cwt.COSEKey.from_pem(pem, kid=protected[4], alg=ALGORITHM)
    return cwt.COSE.new().decode(data, key)
