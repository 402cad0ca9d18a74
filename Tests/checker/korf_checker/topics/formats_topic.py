# SPDX-License-Identifier: EUPL-1.2
"""formats.json"""

from .. import cbor, cose, fixture, head, note, proof, tiles, tree
from ..case import Section
from ..crypto import Signer, sha256
from ..refusal import Refusal
from .head_topic import PUBLIC_NOTE
from .page_topic import Log

SOURCE = "Protocol/formats.md and Protocol/log.md section 5"


def check_verifier_key(case):
    try:
        name, key = note.parse_verifier_key(case["text"])
    except ValueError:
        raise Refusal("verifier-key") from None
    return {"origin": name, "publicKey": key.hex(), "keyId": note.key_id(name, key).hex()}


def check_note(case):
    name, key = note.parse_verifier_key(case["verifierKey"])
    try:
        return {"text": note.open_note(case["note"].encode("utf-8"), name, key)}
    except note.NoteError as error:
        raise Refusal(error.reason) from None


def check_cose(case):
    data, key = bytes.fromhex(case["hex"]), bytes.fromhex(case["publicKey"])
    protected, payload = cose.read(data, key)
    if cose.verified_by_cwt(data, key) != payload:
        raise Refusal("cwt-disagrees")
    item = cbor.decode(data[1:])
    return {
        "keyId": protected[4].hex(),
        "payload": payload.hex(),
        "signed": cose.to_be_signed(item[0], payload).hex(),
        "signature": item[3].hex(),
    }


def check_proof(case):
    index, size, extra = proof.read(
        case["text"], bytes.fromhex(case["entry"]), case["origin"], bytes.fromhex(case["publicKey"])
    )
    return {"index": index, "size": size, "extra": extra.hex() if extra is not None else None}


def check_tiles(case):
    if not all(tiles.is_path(item) for item in case.get("paths", [])):
        raise Refusal("tile-path")
    return {"paths": [tiles.path(*part) for part in tiles.paths(case["size"])]}


def check_bundle(case):
    return {
        "entries": [entry.hex() for entry in tiles.read_bundle(bytes.fromhex(case["hex"]), case["width"])]
    }


SECTIONS = {
    "verifierKey": check_verifier_key,
    "note": check_note,
    "cose": check_cose,
    "proof": check_proof,
    "tilePaths": check_tiles,
    "bundle": check_bundle,
}
PUBLIC_KEY = "korf.example/n/m/1+eb3cf73c+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"
PUBLIC_COSE = (
    "d2844da2013204480101010101010101a04662616c6c6f7458402e6ab0cd48e16a90d024a9f30161aafb1a9e173fc2e36b92f3"
    "00940265b467544eafe53a479a60f5166761881901821005c42c3ffbcd36830bd7d5c3e954370d"
)


def _verifier_keys():
    section, mine = Section(check_verifier_key), Log()
    section.good("korf.example", by="Go sumdb/note", text=PUBLIC_KEY)
    section.good("a log", text=note.verifier_key(mine.origin, mine.signer.public_key))
    for name, text in [
        ("key id", PUBLIC_KEY.replace("eb3c", "eb3d")),
        ("name changed", PUBLIC_KEY.replace("/m/1", "/m/2")),
        ("no key", PUBLIC_KEY[:30]),
        ("type 4", PUBLIC_KEY.replace("AQOh", "BAOh")),
        ("upper-case key id", PUBLIC_KEY.replace("eb3cf73c", "EB3CF73C")),
    ]:
        section.bad(name, "verifier-key", text=text)
    return section


def _notes():
    section = Section(check_note)
    section.good("three entries", by="Go sumdb/note", verifierKey=PUBLIC_KEY, note=PUBLIC_NOTE)
    signer = Signer(fixture.FIRST_SEED)
    text = "Any text\n\nwith an empty line\n"
    section.good(
        "a text with an empty line",
        verifierKey=PUBLIC_KEY,
        note=text
        + "\n"
        + note.signature_line("korf.example/n/m/1", signer.public_key, signer.sign(text.encode())),
    )
    section.bad(
        "text changed", "note-signature", verifierKey=PUBLIC_KEY, note=PUBLIC_NOTE.replace("\n3\n", "\n4\n")
    )
    section.bad(
        "name changed",
        "note-unsigned",
        verifierKey=PUBLIC_KEY,
        note=PUBLIC_NOTE.replace("\u2014 korf", "\u2014 karf"),
    )
    section.bad("cut", "note-shape", verifierKey=PUBLIC_KEY, note=PUBLIC_NOTE[:-1])
    return section


def _coses():
    section, signer = Section(check_cose), Signer(fixture.FIRST_SEED)
    key = signer.public_key.hex()
    made = section.good("ballot", by="cwt", publicKey=key, hex=PUBLIC_COSE)
    assert made["signed"] == "846a5369676e6174757265314da2013204480101010101010101404662616c6c6f74"
    protected = {1: -19, 4: sha256(signer.public_key)[:8], 16: "application/korf-ballot+cbor"}
    whole = cose.write(signer, protected, cbor.encode([sha256(b"network"), sha256(b"decision"), 1]))
    section.good("with content type", publicKey=key, hex=whole.hex())
    section.good("empty payload", publicKey=key, hex=cose.write(signer, protected, b"").hex())
    data = bytes.fromhex(PUBLIC_COSE)

    def bad(name, reason, value):
        section.bad(name, reason, publicKey=key, hex=value.hex())

    bad("payload changed", "cose-signature", data.replace(b"ballot", b"Ballot"))
    bad("signature changed", "cose-signature", data[:-1] + bytes([data[-1] ^ 1]))
    bad("signed by another", "cose-signature", cose.write(fixture.signer("other"), protected, b"ballot"))
    bad("EdDSA, deprecated", "cose-algorithm", cose.write(signer, {1: -8, 4: bytes(8)}, b"ballot"))
    bad("without tag", "cose-shape", data[1:])
    bad("without key id", "cose-shape", cose.write(signer, {1: -19}, b"ballot"))
    bad("an unprotected header", "cose-shape", data.replace(b"\xa0\x46", b"\xa1\x04\x40\x46"))
    bad("byte after it", "cose-shape", data + b"\0")
    return section


def _proofs():
    section, mine = Section(check_proof), Log()
    checkpoint, _ = head.write(mine.signer, mine.origin, 13, mine.root(13))

    def fields(index, text=None, entry=None):
        text = text or proof.write(index, tree.inclusion(mine.leaves[:13], index), checkpoint)
        return {
            "origin": mine.origin,
            "publicKey": mine.signer.public_key.hex(),
            "entry": (entry or mine.entries[index]).hex(),
            "text": text,
        }

    for index in (0, 7, 12):
        section.good(f"entry {index} of 13", **fields(index))
    hashes = tree.inclusion(mine.leaves[:13], 7)
    section.good("with extra", **fields(7, proof.write(7, hashes, checkpoint, b"salt and text")))
    plain = proof.write(7, hashes, checkpoint)
    section.bad("another entry", "proof-mismatch", **fields(7, plain, mine.entries[6]))
    section.bad("another index", "proof-mismatch", **fields(7, plain.replace("index 7", "index 6")))
    section.bad("a hash short", "proof-mismatch", **fields(7, proof.write(7, hashes[:-1], checkpoint)))
    section.bad("signature", "note-signature", **fields(7, plain.replace("\n13\n", "\n14\n")))
    for name, text in [
        ("first line", plain.replace("@v1", "@v2")),
        ("index with zero", plain.replace("index 7", "index 07")),
        ("no index", plain.replace("index 7\n", "")),
        ("hash of 31", proof.write(7, [hashes[0][1:], *hashes[1:]], checkpoint)),
        ("no empty line", plain.replace("\n\n", "\n")),
        ("extra not base64", plain.replace("index", "extra ?\nindex")),
    ]:
        section.bad(name, "proof-shape", **fields(7, text))
    return section


def _tile_paths():
    section = Section(check_tiles)
    for size in (0, 1, 255, 256, 257, 1000, 65536):
        if size < 2000:
            section.good(f"size {size}", size=size)
    assert tiles.number_path(1234067) == "x001/x234/067"
    for name, item in [
        ("no zeros", "tile/0/1"),
        ("no x", "tile/0/001/234"),
        ("x on the last", "tile/0/x001"),
        ("width 256", "tile/0/001.p/256"),
        ("width 0", "tile/0/001.p/0"),
        ("leading group of zeros", "tile/0/x000/001"),
        ("level 64", "tile/64/000"),
    ]:
        section.bad(name, "tile-path", paths=[item])
    return section


def _bundles():
    section = Section(check_bundle)
    entries = [b"a", b"", b"x" * 300]
    section.good("three", hex=tiles.write_bundle(entries).hex(), width=3)
    section.good("none", hex="", width=0)
    section.bad("cut", "tile-shape", hex=tiles.write_bundle(entries).hex()[:-2], width=3)
    section.bad("half a length", "tile-shape", hex="00", width=1)
    section.bad("one more than the width", "tile-shape", hex=tiles.write_bundle(entries).hex(), width=2)
    return section


def make():
    return {
        "verifierKey": _verifier_keys(),
        "note": _notes(),
        "cose": _coses(),
        "proof": _proofs(),
        "tilePaths": _tile_paths(),
        "bundle": _bundles(),
    }
