# SPDX-License-Identifier: EUPL-1.2
"""consensus.json"""

from .. import cbor, consensus, epoch, fixture, head, identity, log, tree
from ..case import Section
from ..crypto import sha256
from ..refusal import Refusal

SOURCE = "Protocol/consensus.md"
NETWORK = sha256(b"korf vector network")
PREVIOUS = sha256(b"epoch 4")
MEMBERS = 7


def _voters(case):
    pairs = [(bytes.fromhex(log), bytes.fromhex(key)) for log, key in case["voters"]]
    cards = {
        bytes.fromhex(name): (oin, bytes.fromhex(next_hash), bytes.fromhex(recovery))
        for name, oin, next_hash, recovery in case.get("cards", [])
    }
    return consensus.Voters(
        bytes.fromhex(case["network"]), case["number"], bytes.fromhex(case["epochHash"]), pairs, cards
    )


def check_voters(case):
    logs = [bytes.fromhex(log) for log in case["logs"]]
    voters = consensus.Voters(NETWORK, 0, bytes.fromhex(case["epochHash"]), [(log, b"") for log in logs])
    order = [log.hex() for log in voters.proposers()]
    if "claimed" in case and case["claimed"] != order:
        raise Refusal("proposer-order")
    return {"quorum": voters.quorum, "faults": consensus.faults(len(logs)), "proposers": order}


def check_message(case):
    number, round_number, value, other = consensus.read_message(case["kind"], bytes.fromhex(case["body"]))
    if case["kind"] == 16:
        return {
            "number": number,
            "round": round_number,
            "hash": epoch.epoch_hash(value).hex(),
            "validRound": other,
        }
    return {"number": number, "round": round_number, "hash": value.hex() if value else None}


def check_proof(case):
    proof = consensus.Proof(case["step"], bytes.fromhex(case["hex"]), _voters(case))
    return {"round": proof.round, "hash": proof.hash.hex(), "signers": proof.signers}


def check_conflict(case):
    voters = _voters(case)
    first, second = (consensus.Proof("precommit", bytes.fromhex(case[key]), voters) for key in ("first", "second"))
    polkas = [consensus.Proof("prevote", bytes.fromhex(polka), voters) for polka in case["polkas"]]
    reason, numbers = consensus.liars(first, second, polkas)
    return {"lie": reason, "liars": [voters.logs[number].hex() for number in numbers]}


SECTIONS = {
    "voters": check_voters,
    "message": check_message,
    "proof": check_proof,
    "conflict": check_conflict,
}


class Council:
    """Seven members that sign what a case asks for."""

    def __init__(self):
        signers = {}
        for number in range(1, MEMBERS + 1):
            card = fixture.card(number)
            signers[consensus.founder_log(NETWORK, card)] = fixture.signer(f"member {number}")
        self.logs = sorted(signers)
        self.signers = [signers[log] for log in self.logs]
        pairs = [[log.hex(), signer.public_key.hex()] for log, signer in zip(self.logs, self.signers)]
        self.fields = {
            "network": NETWORK.hex(),
            "number": 4,
            "epochHash": PREVIOUS.hex(),
            "voters": pairs,
        }

    @staticmethod
    def header(value, **changes):
        fields = {1: NETWORK, 2: 5, 3: PREVIOUS, 4: sha256(b"vector"), 5: 20500, 6: 1, 7: sha256(value)}
        fields.update({int(key[1:]): new for key, new in changes.items()})
        return cbor.encode(fields)

    def sign(self, step, header, round_number, member):
        text = epoch.vote_text(step, NETWORK, cbor.decode(header)[2], round_number, sha256(header))
        return self.signers[member].sign(text.encode("utf-8"))

    def proof(self, step, value, round_number, members, header=None):
        header = header or self.header(value)
        signed = [(member, self.sign(step, header, round_number, member)) for member in members]
        return consensus.write_proof(header, round_number, signed, MEMBERS)


def _voters_section():
    section = Section(check_voters)
    logs = [sha256(b"log" + bytes([number, number])).hex() for number in range(12)]
    for count in (1, 2, 3, 4, 5, 6, 7, 10, 12):
        section.good(f"{count} voters", epochHash=PREVIOUS.hex(), logs=logs[:count])
    section.good("another epoch draws anew", epochHash=NETWORK.hex(), logs=logs[:7])
    by_id = sorted(logs[:7])
    section.bad("by log id", "proposer-order", epochHash=PREVIOUS.hex(), logs=logs[:7], claimed=by_id)
    swapped = sorted(logs[:7], key=lambda log: sha256(bytes.fromhex(log) + PREVIOUS))
    section.bad(
        "log id before epoch hash", "proposer-order", epochHash=PREVIOUS.hex(), logs=logs[:7], claimed=swapped
    )
    for count in (2, 3, 5):
        good = sorted(logs[:count], key=lambda log: sha256(PREVIOUS + bytes.fromhex(log)))
        section.bad(
            f"{count} backwards",
            "proposer-order",
            epochHash=PREVIOUS.hex(),
            logs=logs[:count],
            claimed=good[::-1],
        )
    return section


def _messages(council):
    section = Section(check_message)
    header, signature = council.header(b"a"), council.sign("prevote", council.header(b"a"), 2, 0)
    hash_value = sha256(header)
    head = [sha256(b"1"), 3, sha256(b"root")]
    later = [sha256(b"2"), 2**40, sha256(b"root")]
    heads = sorted([head, later])
    for name, kind, body in [
        ("fresh proposal", 16, [0, header, None, None]),
        ("proposal with valid round and delta", 16, [3, header, 2, heads]),
        ("proposal with empty delta", 16, [2**31 - 1, header, 0, []]),
        ("prevote", 17, [5, 2, hash_value, signature]),
        ("prevote nil", 17, [5, 2, None]),
        ("precommit", 18, [2**63 - 1, 2**31 - 1, hash_value, signature]),
        ("precommit nil", 18, [1, 0, None]),
    ]:
        section.good(name, kind=kind, body=cbor.encode(body).hex())
    for name, kind, body in [
        ("proposal of three", 16, [0, header, None]),
        ("valid round not earlier", 16, [2, header, 2, None]),
        ("valid round -1", 16, [2, header, -1, None]),
        ("header as a map", 16, [2, cbor.decode(header), None, None]),
        ("header cut", 16, [2, header[:-1], None, None]),
        ("delta unsorted", 16, [2, header, None, heads[::-1]]),
        ("delta with a log twice", 16, [2, header, None, [head, head]]),
        ("delta with a root of 31", 16, [2, header, None, [[head[0], 3, bytes(31)]]]),
        ("delta of a negative size", 16, [2, header, None, [[head[0], -1, head[2]]]]),
        ("number 0", 17, [0, 2, None]),
        ("round after the last", 17, [5, 2**31, None]),
        ("negative round", 18, [5, -1, None]),
        ("hash without signature", 17, [5, 2, hash_value]),
        ("nil with signature", 17, [5, 2, None, signature]),
        ("signature of 63", 18, [5, 2, hash_value, signature[1:]]),
        ("five items", 18, [5, 2, hash_value, signature, 0]),
        ("a map", 18, {1: 5, 2: 2}),
    ]:
        section.bad(name, "consensus-shape", kind=kind, body=cbor.encode(body).hex())
    section.bad("a byte after it", "consensus-shape", kind=17, body=cbor.encode([5, 2, None]).hex() + "00")
    return section


def _proofs(council):
    section = Section(check_proof)

    def good(name, step, data):
        section.good(name, **council.fields, step=step, hex=data.hex())

    def bad(name, reason, step, data):
        section.bad(name, reason, **council.fields, step=step, hex=data.hex())

    for step in ("prevote", "precommit"):
        good(f"{step}s of a quorum", step, council.proof(step, b"a", 0, range(5)))
        good(f"{step}s of all in a late round", step, council.proof(step, b"b", 2**31 - 1, range(7)))
    good("another quorum", "precommit", council.proof("precommit", b"a", 2, (0, 2, 3, 5, 6)))
    header = council.header(b"a")
    signed = [(member, council.sign("precommit", header, 2, member)) for member in range(7)]

    def write(rows, at_round=2, of=header):
        return consensus.write_proof(of, at_round, rows, MEMBERS)

    plain = write(signed[:5])
    bad("an array of two", "certificate-shape", "precommit", cbor.encode([header, 2]))
    bad("half a signer", "certificate-shape", "precommit", cbor.encode([header, 2, cbor.decode(plain)[2][:-1]]))
    bad("round after the last", "certificate-shape", "precommit", cbor.encode([header, 2**31, b""]))
    bad("a header that is none", "certificate-shape", "precommit", cbor.encode([header[:-1], 2, b""]))
    bad("a byte after it", "certificate-shape", "precommit", plain + b"\0")
    for name, change in [
        ("another network", {"k1": bytes(32)}),
        ("the number of E_k", {"k2": 4}),
        ("another previous header", {"k3": bytes(32)}),
    ]:
        other = council.header(b"a", **change)
        bad(name, "certificate-does-not-follow", "precommit", council.proof("precommit", b"", 2, range(5), other))
    bad("number n", "certificate-signer-foreign", "precommit", write(signed[:5] + [(7, signed[0][1])]))
    bad("number 255", "certificate-signer-foreign", "precommit", write([(255, signed[0][1])]))
    bad("one signer twice", "certificate-signer-twice", "precommit", write(signed[:4] + signed[3:4]))
    bad("unsorted", "certificate-order", "precommit", write(signed[4::-1]))
    bad("q - 1 signers", "certificate-too-few", "precommit", write(signed[:4]))
    bad("nobody", "certificate-too-few", "precommit", write([]))
    bad("another round", "certificate-signature", "precommit", write(signed[:5], 3))
    bad("another header", "certificate-signature", "precommit", write(signed[:5], 2, council.header(b"b")))
    bad("precommits as a polka", "certificate-signature", "prevote", plain)
    bad("a neighbour's signature", "certificate-signature", "precommit", write(signed[:4] + [(5, signed[4][1])]))
    two_rounds = signed[:4] + [(4, council.sign("precommit", header, 1, 4))]
    bad("signatures of two rounds", "certificate-signature", "precommit", write(two_rounds))
    _continuations(section)
    seven = cbor.decode(plain) + [Pair().continuation()]
    bad("a continuation among seven", "certificate-continuation", "precommit", cbor.encode(seven))
    return section


class Pair:
    """Two voters, of which one lost its disk: its successor, and the other's acknowledge."""

    END = [12, sha256(b"root of twelve")]

    def __init__(self):
        self.cards = {}
        for number in (1, 2):
            card = fixture.card(number)
            self.cards[consensus.founder_log(NETWORK, card)] = number, card
        self.logs = sorted(self.cards)
        self.log_signers = [fixture.signer(f"member {self.cards[name][0]}") for name in self.logs]
        self.fields = {
            "network": NETWORK.hex(),
            "number": 4,
            "epochHash": PREVIOUS.hex(),
            "voters": [[name.hex(), one.public_key.hex()] for name, one in zip(self.logs, self.log_signers)],
            "cards": [
                [name.hex(), card[1], card[5].hex(), card[6].hex()]
                for name, (_, card) in ((name, self.cards[name]) for name in self.logs)
            ],
        }

    def signer(self, ended):
        return fixture.signer(f"successor of voter {ended}")

    def entry0(self, ended, authority=0, by=None, of=None):
        number, card = self.cards[self.logs[ended]]
        by = by or fixture.signer(f"member {number} " + ("next", "recovery")[authority])
        body = [NETWORK, card[1], self.signer(ended).public_key, sha256(b"its next key"), of or self.logs[ended]]
        body += [*self.END, authority, by.public_key]
        return cbor.encode([1, 0, body + [by.sign(identity.successor_message(body))]])

    def continuation(self, ended=0, entry0=None, said=None, by=None, kind=5, index=5, item=None):
        entry0 = entry0 or self.entry0(ended)
        entry = log.write_entry(kind, said or [identity.log_id(entry0), *self.END])
        leaves = [tree.leaf_hash(bytes([place])) for place in range(9)]
        leaves[5] = tree.leaf_hash(entry)
        root, hashes = tree.root(leaves), tree.inclusion(leaves, 5)
        other = self.logs[1 - ended]
        origin = identity.origin(NETWORK, self.cards[other][1][1], other)
        by = by or self.log_signers[1 - ended]
        signature = by.sign(head.text(origin, 9, root).encode("utf-8"))
        return [ended if item is None else item, entry0, entry, index, 9, root, signature, hashes]

    def proof(self, step, round_number, signers, *continuation):
        header = Council.header(b"a")
        text = epoch.vote_text(step, NETWORK, 5, round_number, sha256(header)).encode("utf-8")
        packed = b"".join(bytes([place]) + one.sign(text) for place, one in enumerate(signers))
        return cbor.encode([header, round_number, packed, *continuation])


def _continuations(section):
    pair = Pair()

    def add(name, reason, step, data):
        fields = {**pair.fields, "step": step, "hex": data.hex()}
        section.bad(name, reason, **fields) if reason else section.good(name, **fields)

    def signers(ended):
        return [pair.signer(ended) if place == ended else pair.log_signers[place] for place in (0, 1)]

    for ended in (0, 1):
        for step in ("prevote", "precommit"):
            data = pair.proof(step, 3, signers(ended), pair.continuation(ended))
            add(f"{step}s with a successor of voter {ended}", None, step, data)
    recovery = pair.continuation(0, pair.entry0(0, 1))
    add("a successor by the recovery key", None, "precommit", pair.proof("precommit", 0, signers(0), recovery))
    old = pair.proof("precommit", 0, pair.log_signers, pair.continuation())
    add("the old log's own signature beside a continuation", None, "precommit", old)

    def bad(name, reason, continuation):
        add(name, reason, "precommit", pair.proof("precommit", 1, signers(0), *continuation))

    bad("a successor without continuation", "certificate-signature", [])
    add(
        "the successor for the other voter",
        "certificate-signature",
        "precommit",
        pair.proof("precommit", 1, signers(0)[::-1], pair.continuation()),
    )
    bad("five items", "certificate-shape", [pair.continuation(), 0])
    bad("seven fields", "certificate-shape", [pair.continuation()[:7]])
    bad("a hash of 31", "certificate-shape", [[*pair.continuation()[:7], [bytes(31)]]])
    bad("64 hashes", "certificate-shape", [[*pair.continuation()[:7], [bytes(32)] * 64]])
    bad("voter 2", "certificate-continuation", [pair.continuation(item=2)])
    founder = identity.founder_entry0(NETWORK, pair.cards[pair.logs[0]][1])
    bad("an entry 0 without predecessor", "certificate-successor", [pair.continuation(entry0=founder)])
    live = pair.entry0(0, 0, pair.log_signers[0])
    bad("by the live key", "certificate-successor", [pair.continuation(entry0=live)])
    crossed = pair.entry0(0, 0, fixture.signer(f"member {pair.cards[pair.logs[0]][0]} recovery"))
    bad("recovery key says next", "certificate-successor", [pair.continuation(entry0=crossed)])
    bad("of another log", "certificate-successor", [pair.continuation(entry0=pair.entry0(0, of=pair.logs[1]))])
    bad("the other voter's number", "certificate-successor", [pair.continuation(item=1)])
    successor = identity.log_id(pair.entry0(0))
    bad("another end", "certificate-acknowledge", [pair.continuation(said=[successor, 11, pair.END[1]])])
    bad("another successor", "certificate-acknowledge", [pair.continuation(said=[sha256(b"x"), *pair.END])])
    bad("an entry of another kind", "certificate-acknowledge", [pair.continuation(kind=6)])
    bad("acknowledge of two items", "certificate-acknowledge", [pair.continuation(said=[successor, 12])])
    bad("another index", "certificate-acknowledge", [pair.continuation(index=4)])
    bad("an index beyond the head", "certificate-acknowledge", [pair.continuation(index=9)])
    bad("a head of its own", "certificate-acknowledge", [pair.continuation(by=pair.log_signers[0])])
    bad("a head of the successor's", "certificate-acknowledge", [pair.continuation(by=pair.signer(0))])


def _conflicts(council):
    section = Section(check_conflict)

    def fields(first, second, *polkas):
        made = {"first": council.proof("precommit", *first), "second": council.proof("precommit", *second)}
        return {
            **council.fields,
            **{name: data.hex() for name, data in made.items()},
            "polkas": [council.proof("prevote", *polka).hex() for polka in polkas],
        }

    low, high = range(5), range(2, 7)
    section.good("one round", **fields((b"a", 2, low), (b"b", 2, high)))
    section.good("no polka of the first", **fields((b"a", 0, low), (b"b", 2, high), (b"b", 2, high)))
    section.good("no polka of the second", **fields((b"b", 2, high), (b"a", 0, low), (b"a", 0, low)))
    both = ((b"a", 0, low), (b"b", 3, low))
    section.good("two polkas of the first round", **fields((b"a", 0, low), (b"b", 3, high), *both, (b"b", 0, high)))
    section.good("a broken lock", **fields((b"a", 0, low), (b"b", 3, high), *both, (b"b", 1, high)))
    section.good("a broken lock for a third", **fields((b"b", 3, high), (b"a", 0, low), *both, (b"c", 1, high)))
    section.good(
        "a polka for the same hash breaks no lock",
        **fields((b"a", 0, low), (b"b", 3, high), *both, (b"a", 1, high), (b"b", 2, high)),
    )
    section.bad("one hash in two rounds", "no-conflict", **fields((b"a", 0, low), (b"a", 2, high)))
    section.bad("one certificate twice", "no-conflict", **fields((b"a", 0, low), (b"a", 0, low)))
    section.bad("one of them of too few", "certificate-too-few", **fields((b"a", 0, low), (b"b", 2, range(4))))
    section.bad(
        "a polka that is none",
        "certificate-too-few",
        **fields((b"a", 0, low), (b"b", 2, high), (b"b", 2, range(3))),
    )
    return section


def make():
    council = Council()
    return {
        "voters": _voters_section(),
        "message": _messages(council),
        "proof": _proofs(council),
        "conflict": _conflicts(council),
    }
