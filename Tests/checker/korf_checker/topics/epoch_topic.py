# SPDX-License-Identifier: EUPL-1.2
"""epoch.json"""

from .. import cbor, epoch, fixture, identity, note
from ..case import Section
from ..crypto import sha256
from ..refusal import Refusal

SOURCE = "Protocol/genesis.md sections 3 and 4"
NETWORK = sha256(b"korf vector network")


def check_vector(case):
    heads = [(bytes.fromhex(log), size, bytes.fromhex(root)) for log, size, root in case["heads"]]
    return {"root": epoch.vector_root(heads).hex()}


def check_header(case):
    header = epoch.read_header(bytes.fromhex(case["hex"]))
    return {
        "number": header[2],
        "date": header[5],
        "ruleVersion": header[6],
        "hash": epoch.epoch_hash(bytes.fromhex(case["hex"])).hex(),
    }


def check_vote(case):
    step, number, round_number, value = epoch.read_vote(
        case["note"].encode("utf-8"),
        case["origin"],
        bytes.fromhex(case["publicKey"]),
        bytes.fromhex(case["network"]),
    )
    text = epoch.vote_text(step, bytes.fromhex(case["network"]), number, round_number, value)
    if not case["note"].startswith(text + "\n"):
        raise Refusal("vote-shape")
    return {"step": step, "number": number, "round": round_number, "hash": value.hex(), "text": text}


SECTIONS = {"vector": check_vector, "header": check_header, "vote": check_vote}


def _vectors():
    section = Section(check_vector)
    logs = sorted(sha256(bytes([number])) for number in range(5))
    empty = sha256(b"").hex()
    heads = [[log.hex(), size, sha256(log).hex() if size else empty] for size, log in enumerate(logs)]
    for count in (1, 2, 3, 5):
        section.good(f"{count} logs", heads=heads[:count])
    section.bad("unsorted", "epoch-vector-order", heads=heads[::-1])
    section.bad("one log twice", "epoch-vector-order", heads=[heads[1], heads[1]])
    return section


def _headers():
    section = Section(check_header)
    header = {1: NETWORK, 2: 1, 3: NETWORK, 4: sha256(b"vector"), 5: 20500, 6: 1, 7: sha256(b"state")}
    section.good("the first", hex=cbor.encode(header).hex())
    section.good("a later one", hex=cbor.encode({**header, 2: 2**40, 3: sha256(b"previous"), 6: 2}).hex())
    for name, change in [
        ("number 0", {2: 0}),
        ("hash of 31", {3: bytes(31)}),
        ("day after 2199", {5: 84006}),
        ("rule version 0", {6: 0}),
        ("key 8", {8: 0}),
        ("state as text", {7: "a"}),
    ]:
        section.bad(name, "epoch-header-shape", hex=cbor.encode({**header, **change}).hex())
    section.bad(
        "without state digest",
        "epoch-header-shape",
        hex=cbor.encode({k: header[k] for k in range(1, 7)}).hex(),
    )
    section.bad("an array", "epoch-header-shape", hex=cbor.encode(list(header.values())).hex())
    section.bad("byte after it", "epoch-header-shape", hex=cbor.encode(header).hex() + "00")
    return section


def _votes():
    section = Section(check_vote)
    card, signer = fixture.card(1), fixture.signer("member 1")
    origin = identity.origin(NETWORK, card[1], identity.log_id(identity.founder_entry0(NETWORK, card)))
    value = sha256(b"epoch")

    def fields(text, by=signer):
        body = text + "\n" + note.signature_line(origin, by.public_key, by.sign(text.encode("utf-8")))
        return {
            "network": NETWORK.hex(),
            "origin": origin,
            "publicKey": signer.public_key.hex(),
            "note": body,
        }

    for step in ("prevote", "precommit"):
        for number, round_number in ((1, 0), (12, 3), (2**63 - 1, 2**31)):
            section.good(
                f"{step} {number} {round_number}",
                **fields(epoch.vote_text(step, NETWORK, number, round_number, value)),
            )
    plain = epoch.vote_text("precommit", NETWORK, 12, 3, value)
    for name, text in [
        ("leading zero", plain.replace("\n12\n", "\n012\n")),
        ("negative round", plain.replace("\n3\n", "\n-3\n")),
        ("another first line", plain.replace("precommit", "commit")),
        ("version 2", plain.replace("/v1", "/v2")),
        ("a line more", plain + "x\n"),
        ("hash of 31", epoch.vote_text("precommit", NETWORK, 12, 3, value[1:])),
        ("hash in hexadecimal", plain.replace(plain.split("\n")[4], value.hex())),
        ("a checkpoint", f"{origin}\n1\n{plain.split()[4]}\n"),
    ]:
        section.bad(name, "vote-shape", **fields(text))
    section.bad(
        "another network", "vote-network", **fields(epoch.vote_text("precommit", bytes(32), 12, 3, value))
    )
    section.bad("another key", "note-unsigned", **fields(plain, fixture.signer("other")))
    changed = fields(plain)
    section.bad(
        "round changed after signing",
        "note-signature",
        **{**changed, "note": changed["note"].replace("\n3\n", "\n4\n")},
    )
    return section


def make():
    return {"vector": _vectors(), "header": _headers(), "vote": _votes()}
