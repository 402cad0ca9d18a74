# SPDX-License-Identifier: EUPL-1.2
"""Fixed keys and members of the vectors. Test OINs carry the prefix 00000099."""

from . import cbor
from .crypto import Signer, sha256

FIRST_SEED = bytes(range(32))


def seed(label):
    return sha256(b"korf vector " + label.encode("ascii"))


def signer(label):
    return Signer(FIRST_SEED if label == "first" else seed(label))


def oin(number):
    return f"00000099{number:012d}"


def agreement_private(label):
    return seed(label + " agreement")


def agreement_public(label):
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    return X25519PrivateKey.from_private_bytes(agreement_private(label)).public_key().public_bytes_raw()


def card(number, label=None, name=None, **changes):
    """A good card as a map; changes: key number prefixed with k, None takes a key away."""
    label = label or f"member {number}"
    fields = {
        1: oin(number),
        2: name or f"Gemeente {number}",
        3: 1,
        4: signer(label).public_key,
        5: sha256(signer(label + " next").public_key),
        6: signer(label + " recovery").public_key,
        7: agreement_public(label),
        8: [seed(label + " tls")],
        9: [f"korf{number}.example:8443"],
        10: [],
    }
    for key, value in changes.items():
        fields[int(key[1:])] = value
    return {key: value for key, value in fields.items() if value is not None}


def card_bytes(number, label=None, name=None, **changes):
    return cbor.encode(card(number, label, name, **changes))
