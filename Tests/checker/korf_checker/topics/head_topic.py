# SPDX-License-Identifier: EUPL-1.2
"""head.json"""

import base64

from .. import fixture, head, identity, note, tree
from ..case import Section
from ..crypto import Signer, sha256

SOURCE = "Protocol/log.md section 3"


def check(case):
    key = bytes.fromhex(case["publicKey"])
    size, root = head.read(case["note"].encode("utf-8"), case["origin"], key)
    signature = next(
        s
        for n, i, s in note.parse(case["note"].encode("utf-8"))[1]
        if n == case["origin"] and i == note.key_id(case["origin"], key)
    )
    return {
        "size": size,
        "root": root.hex(),
        "text": head.text(case["origin"], size, root),
        "signature": signature.hex(),
        "keyId": note.key_id(case["origin"], key).hex(),
        "verifierKey": note.verifier_key(case["origin"], key),
    }


SECTIONS = {"": check}
PUBLIC_NOTE = (
    "korf.example/n/m/1\n3\nNmQuc8JUCrEh46a/lUWwokmCzYMOsT080Z3jzmwCHsE=\n\n\u2014 korf.example/n/m/1 "
    "6zz3PI5hrTgKYoK2CdCNRynRgiU+dKT/chSwYEoJH71xiVcuJJKf1XKIQLLtfWon2XfbCyfBRnHlQ5R0gRGdU02Drgs=\n"
)


def make():
    section = Section(check)
    first = Signer(fixture.FIRST_SEED)
    section.good(
        "three entries a, b, c",
        by="Go sumdb/note",
        origin="korf.example/n/m/1",
        publicKey=first.public_key.hex(),
        note=PUBLIC_NOTE,
    )
    network, card, signer = sha256(b"korf vector network"), fixture.card(1), fixture.signer("member 1")
    origin = identity.origin(network, card[1], identity.log_id(identity.founder_entry0(network, card)))
    assert len(origin) == 150
    key = signer.public_key
    root = tree.root([tree.leaf_hash(b"a"), tree.leaf_hash(b"b")])

    def signed(text, by=signer, name=origin):
        return text + "\n" + note.signature_line(name, by.public_key, by.sign(text.encode("utf-8")))

    def good(name, text):
        section.good(name, origin=origin, publicKey=key.hex(), note=text)

    def bad(name, reason, text):
        section.bad(name, reason, origin=origin, publicKey=key.hex(), note=text)

    plain = head.text(origin, 2, root)
    for size in (0, 1, 2, 10, 2**32, 2**63 - 1):
        good(f"size {size}", signed(head.text(origin, size, tree.EMPTY if size == 0 else root)))
    other = fixture.signer("other")
    line = note.signature_line(origin, key, signer.sign(plain.encode()))
    strange = note.signature_line("witness.example/w", other.public_key, other.sign(plain.encode()))
    good("an unknown signature before", plain + "\n" + strange + line)
    good(
        "an unknown key of the same name after",
        plain + "\n" + line + note.signature_line(origin, other.public_key, other.sign(plain.encode())),
    )
    good(
        "an unknown signature that fails",
        plain + "\n" + note.signature_line("witness.example/w", other.public_key, bytes(64)) + line,
    )
    good("100 signature lines", plain + "\n" + strange * 99 + line)
    bad("101 signature lines", "note-shape", plain + "\n" + strange * 100 + line)
    bad("only unknown signatures", "note-unsigned", plain + "\n" + strange)
    bad("another key under the name", "note-unsigned", signed(plain, by=other))
    bad("signature over another size", "note-signature", head.text(origin, 3, root) + "\n" + line)
    bad("signature over another root", "note-signature", head.text(origin, 2, bytes(32)) + "\n" + line)
    bad("signature zero", "note-signature", plain + "\n" + note.signature_line(origin, key, bytes(64)))
    bad("signature of 63", "note-signature", plain + "\n" + note.signature_line(origin, key, bytes(63)))
    bad(
        "signed with the blank line",
        "note-signature",
        plain + "\n" + note.signature_line(origin, key, signer.sign((plain + "\n").encode())),
    )
    for name, text in [
        ("empty", ""),
        ("no signature line", plain + "\n"),
        ("no blank line", plain + line),
        ("no LF at the end", (plain + "\n" + line)[:-1]),
        ("CR LF", (plain + "\n" + line).replace("\n", "\r\n")),
        ("hyphen for em dash", (plain + "\n" + line).replace("\u2014", "-")),
        ("tab", plain + "\n" + line.replace(" ", "\t")),
        ("a word too many", plain + "\n" + line[:-1] + " x\n"),
        ("base64 without padding", plain + "\n" + line.rstrip("=\n") + "\n"),
        ("no base64", plain + "\n" + f"\u2014 {origin} ?\n"),
        ("short base64", plain + "\n" + f"\u2014 {origin} AAAAAA==\n"),
        ("plus in a name", plain + "\n" + strange.replace("witness.", "witness+") + line),
    ]:
        bad(name, "note-shape", text)
    encoded = base64.b64encode(root).decode()
    for name, text in [
        ("leading zero", f"{origin}\n02\n{encoded}\n"),
        ("size 2^63", f"{origin}\n{2**63}\n{encoded}\n"),
        ("negative size", f"{origin}\n-2\n{encoded}\n"),
        ("size empty", f"{origin}\n\n{encoded}\n"),
        ("root of 31", f"{origin}\n2\n{base64.b64encode(root[1:]).decode()}\n"),
        ("root with padding bits", f"{origin}\n2\n{_set_padding_bit(encoded)}\n"),
        ("extension line", plain + "extension\n"),
        ("no root", f"{origin}\n2\n"),
        ("size with a space", f"{origin}\n 2\n{encoded}\n"),
    ]:
        bad(name, "checkpoint-shape", signed(text))
    bad("another origin", "checkpoint-origin", signed(head.text(origin[:-1] + "x", 2, root)))
    return {"": section}


def _set_padding_bit(encoded):
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    return encoded[:-2] + alphabet[alphabet.index(encoded[-2]) | 1] + "="
