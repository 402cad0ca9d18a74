# SPDX-License-Identifier: EUPL-1.2
"""C2SP signed-note with Ed25519 signatures (type 0x01). Stands alone: it knows nothing of Korf."""

import base64
import hashlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

MAX_BYTES, MAX_SIGNATURES = 1 << 20, 100
ED25519 = b"\x01"


class NoteError(Exception):
    """reason: note-shape, note-signature or note-unsigned."""

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


def strict_base64(text):
    """Padded standard base64; anything that does not print back identically is None."""
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (ValueError, UnicodeError):
        return None
    return data if base64.b64encode(data).decode("ascii") == text else None


def key_id(name, public_key):
    return hashlib.sha256(name.encode("utf-8") + b"\n" + ED25519 + public_key).digest()[:4]


def verifier_key(name, public_key):
    encoded = base64.b64encode(ED25519 + public_key).decode("ascii")
    return f"{name}+{key_id(name, public_key).hex()}+{encoded}"


def parse_verifier_key(text):
    """(name, public key) of name+hex+base64, or ValueError."""
    name, hexadecimal, encoded = (text.split("+", 2) + ["", ""])[:3]
    data = strict_base64(encoded)
    if not valid_name(name) or data is None or len(data) != 33 or data[:1] != ED25519:
        raise ValueError("not an Ed25519 verifier key")
    if key_id(name, data[1:]).hex() != hexadecimal:
        raise ValueError("key id does not fit name and key")
    return name, data[1:]


def valid_name(name):
    return (
        bool(name)
        and "+" not in name
        and len(name.encode("utf-8")) <= 255
        and not any(character.isspace() for character in name)
    )


def signature_line(name, public_key, signature):
    encoded = base64.b64encode(key_id(name, public_key) + signature).decode("ascii")
    return f"\u2014 {name} {encoded}\n"


def parse(data):
    """(text, [(name, key id, signature)]) of a note's bytes."""
    if len(data) > MAX_BYTES:
        raise NoteError("note-shape")
    try:
        whole = data.decode("utf-8")
    except UnicodeDecodeError:
        raise NoteError("note-shape") from None
    if any(ord(c) < 0x20 and c != "\n" for c in whole):
        raise NoteError("note-shape")
    cut = whole.rfind("\n\n")
    if cut < 0 or not whole.endswith("\n") or cut + 2 >= len(whole):
        raise NoteError("note-shape")
    text, lines = whole[: cut + 1], whole[cut + 2 : -1].split("\n")
    if len(lines) > MAX_SIGNATURES:
        raise NoteError("note-shape")
    return text, [_signature(line) for line in lines]


def _signature(line):
    parts = line.split(" ")
    if len(parts) != 3 or parts[0] != "\u2014" or not valid_name(parts[1]):
        raise NoteError("note-shape")
    data = strict_base64(parts[2])
    if data is None or len(data) < 5:
        raise NoteError("note-shape")
    return parts[1], data[:4], data[4:]


def open_note(data, name, public_key):
    """The text of a note that the named key signed."""
    text, signatures = parse(data)
    known = [s for n, i, s in signatures if n == name and i == key_id(name, public_key)]
    for signature in known:
        try:
            Ed25519PublicKey.from_public_bytes(public_key).verify(signature, text.encode("utf-8"))
        except (InvalidSignature, ValueError):
            raise NoteError("note-signature") from None
    if not known:
        raise NoteError("note-unsigned")
    return text
