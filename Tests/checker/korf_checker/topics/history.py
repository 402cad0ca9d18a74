# SPDX-License-Identifier: EUPL-1.2
"""Histories: genesis, logs, evidence and epochs of a case, and how they are written."""

from .. import cbor, fixture, founding, head, log, rows, tree
from ..crypto import sha256
from ..genesis import Genesis
from ..refusal import Refusal
from ..state import State


def read_history(case):
    logs = {
        bytes.fromhex(part["logId"]): [bytes.fromhex(entry) for entry in part["entries"]]
        for part in case["logs"]
    }
    epochs = [
        (one["date"], one["ruleVersion"], {bytes.fromhex(name): size for name, size in one["vector"]})
        for one in case.get("epochs", ())
    ]
    evidence = [bytes.fromhex(item) for item in case["evidence"]]
    return State(Genesis(bytes.fromhex(case["genesis"])), logs, evidence, epochs)


def check_history(case):
    made = read_history(case)
    found = made.digest().hex()
    if "claimed" in case and case["claimed"] != found:
        raise Refusal("state-digest")
    results = {"rows": [row.hex() for row in made.rows()], "digest": found}
    if "epochs" in case:
        results = {"settled": [_settled(fold) for fold in made.settled[1:]], **results}
    return results


def _settled(fold):
    return {
        "hash": fold.epoch.hash.hex(),
        "rows": [row.hex() for row in rows.rows(fold)],
        "digest": fold.epoch.digest.hex(),
    }


class History:
    """Founders' logs, written entry by entry; members count from 1.

    Participants of corv are 1 and 2, of subsidie 2 alone.
    """

    def __init__(self, founders=3, genesis=None):
        self.genesis_bytes = genesis or founding.data(founders, k6=[], k8=[], k9=[], k10=[], k11=[], k12=[])
        self.genesis = Genesis(self.genesis_bytes)
        self.ids, self.entries, self.evidence = {}, {}, []
        for number in range(1, founders + 1):
            first = self.genesis.entry0(fixture.oin(number))
            self.ids[number] = sha256(first)
            self.entries[number] = [first]

    def reference(self, member, index, leaf=None):
        known = leaf or tree.leaf_hash(self.entries[member][index])
        return (self.ids[member], index, known)

    def add(self, member, kind, body, references=(), commitment=None):
        self.entries[member].append(log.write_entry(kind, body, sorted(references), commitment))
        return len(self.entries[member]) - 1

    def edit(self, member, application, references=(), **parts):
        keys = {"registers": 2, "additions": 3, "removals": 4}
        return self.add(
            member, 64, {1: application, **{keys[name]: value for name, value in parts.items()}}, references
        )

    def convict(self, member):
        """Two signed heads of one size: the log as held, and one with another last entry."""
        leaves = [tree.leaf_hash(entry) for entry in self.entries[member]]
        origin, signer = self.genesis.origin(fixture.oin(member)), fixture.signer(f"member {member}")
        roots = sorted([tree.root(leaves), tree.root(leaves[:-1] + [tree.leaf_hash(b"other")])])
        heads = [
            [len(leaves), root, signer.sign(head.text(origin, len(leaves), root).encode())]
            for root in roots
        ]
        self.evidence.append(cbor.encode({1: self.ids[member], 2: heads[0], 3: heads[1], 4: []}))

    def fields(self, held=None, **more):
        """held: {member: size}, where not all is held."""
        logs = [
            {
                "logId": self.ids[member].hex(),
                "entries": [e.hex() for e in entries[: (held or {}).get(member, len(entries))]],
            }
            for member, entries in sorted(self.entries.items(), key=lambda item: self.ids[item[0]])
        ]
        return {
            "genesis": self.genesis_bytes.hex(),
            "logs": logs,
            "evidence": [e.hex() for e in self.evidence],
            **more,
        }
