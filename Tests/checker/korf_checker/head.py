# SPDX-License-Identifier: EUPL-1.2
"""Heads as C2SP checkpoints, Protocol/log.md section 3."""

import base64
import re

from . import note
from .cbor import MAX_INT
from .crypto import verifies
from .refusal import Refusal


def text(origin, size, root):
    return f"{origin}\n{size}\n{base64.b64encode(root).decode('ascii')}\n"


def is_signed(public_key, origin, size, root, signature):
    return verifies(public_key, signature, text(origin, size, root).encode("utf-8"))


def write(signer, origin, size, root):
    """The note and its bare signature."""
    body = text(origin, size, root)
    signature = signer.sign(body.encode("utf-8"))
    return body + "\n" + note.signature_line(origin, signer.public_key, signature), signature


def read(data, origin, public_key):
    """(size, root) of a checkpoint of that origin, signed by that key."""
    try:
        body = note.open_note(data, origin, public_key)
    except note.NoteError as error:
        raise Refusal(error.reason) from None
    lines = body.split("\n")
    if len(lines) != 4 or lines[3] != "":
        raise Refusal("checkpoint-shape")
    root = note.strict_base64(lines[2])
    if not re.fullmatch(r"0|[1-9][0-9]{0,18}", lines[1], re.ASCII) or int(lines[1]) > MAX_INT:
        raise Refusal("checkpoint-shape")
    if root is None or len(root) != 32:
        raise Refusal("checkpoint-shape")
    if lines[0] != origin:
        raise Refusal("checkpoint-origin")
    return int(lines[1]), root
