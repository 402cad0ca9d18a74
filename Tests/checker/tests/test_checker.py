# SPDX-License-Identifier: EUPL-1.2
"""The checker's own tests: python3 -m unittest discover -s tests"""

import contextlib
import io
import pathlib
import random
import shutil
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parents[1]))

from korf_checker import (  # noqa: E402
    cbor,
    cli,
    consensus,
    epoch,
    fixture,
    head,
    identity,
    log,
    note,
    run,
    state,
    tiles,
    tree,
)
from korf_checker.crypto import sha256  # noqa: E402
from korf_checker.refusal import Refusal  # noqa: E402
from korf_checker.topics.chain import Chain  # noqa: E402
from korf_checker.topics.history import History  # noqa: E402

VECTORS = pathlib.Path(__file__).parents[3] / "Protocol" / "vectors"


def export(history, directory):
    """Writes the logs of a history as tiles; returns the genesis file."""
    place = pathlib.Path(directory)
    for member, entries in history.entries.items():
        oin = fixture.oin(getattr(history, "members", {}).get(member, member))
        origin = identity.origin(history.genesis.network, oin, history.ids[member])
        signer = fixture.signer(getattr(history, "keys", {}).get(member, f"member {member}"))
        folder = tiles.log_directory(place / "logs", origin)
        leaves = [tree.leaf_hash(entry) for entry in entries]
        text, _ = head.write(signer, origin, len(entries), tree.root(leaves))
        folder.mkdir(parents=True)
        (folder / "checkpoint").write_text(text, "utf-8")
        hashes = {0: leaves}
        for level, number, width in tiles.paths(len(entries)):
            file = folder / tiles.path(level, number, width)
            file.parent.mkdir(parents=True, exist_ok=True)
            if level == "entries":
                file.write_bytes(tiles.write_bundle(entries[number * 256 : number * 256 + width]))
                continue
            if level not in hashes:
                below = hashes[level - 1]
                hashes[level] = [
                    tree.root(below[at : at + 256]) for at in range(0, len(below) // 256 * 256, 256)
                ]
            file.write_bytes(b"".join(hashes[level][number * 256 : number * 256 + width]))
    genesis = place / "genesis.cbor"
    genesis.write_bytes(history.genesis_bytes)
    return genesis


def small_history(entries=600):
    history, draw = History(), random.Random(7)
    for number in range(entries):
        member = draw.randrange(1, 4)
        references = []
        if draw.random() < 0.5 and member != 1:
            references = [history.reference(1, draw.randrange(len(history.entries[1])))]
        history.edit(
            member, "corv", references, registers=[[draw.randrange(5), number, [0] if references else []]]
        )
    return history


def call(*arguments):
    with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.redirect_stderr(io.StringIO()):
        return cli.main([str(argument) for argument in arguments]), out.getvalue()


class ExportTests(unittest.TestCase):
    def test_an_export_gives_the_digest_and_every_damage_is_seen(self):
        history = small_history()
        digest = (
            state.State(history.genesis, {history.ids[m]: e for m, e in history.entries.items()})
            .digest()
            .hex()
        )
        with tempfile.TemporaryDirectory() as directory:
            genesis = export(history, directory)
            logs = pathlib.Path(directory) / "logs"
            code, text = call("tiles", logs, "--genesis", genesis, "--state-digest", digest)
            self.assertEqual((code, text.splitlines()[-1]), (0, f"state {digest}"))
            self.assertEqual(call("tiles", logs, "--genesis", genesis, "--state-digest", "00" * 32)[0], 1)
            for file in sorted(path for path in logs.rglob("*") if path.is_file()):
                whole = file.read_bytes()
                file.write_bytes(whole[:-5] + bytes([whole[-5] ^ 1]) + whole[-4:])
                self.assertEqual(call("tiles", logs, "--genesis", genesis)[0], 1, file)
                file.write_bytes(whole)
            checkpoint = next(logs.rglob("checkpoint"))
            origin = checkpoint.read_text("utf-8").split("\n")[0]
            key = fixture.signer(f"member {int(origin.split('/')[1][8:])}").public_key
            self.assertEqual(call("note", checkpoint, "--key", note.verifier_key(origin, key))[0], 0)
            self.assertEqual(call("note", checkpoint, "--key", note.verifier_key(origin, bytes(32)))[0], 1)


def write_epochs(chain, directory):
    """Certificates of all epochs of a chain, each signed by the voters of the epoch before."""
    folder, vector = pathlib.Path(directory) / "logs" / "epochs", {}
    folder.mkdir()
    signers = {chain.ids[label]: chain.signer(label) for label in chain.ids}
    made = state.State(chain.genesis, {chain.ids[label]: e for label, e in chain.entries.items()})
    for number, (date, version, sizes) in enumerate(chain.epochs, 1):
        sizes = {chain.ids[label]: size for label, size in sizes.items()}
        header, before = made.header(date, version, sizes), made.settled[-1]
        text = epoch.vote_text("precommit", chain.genesis.network, number, 0, sha256(header)).encode()
        voters = before.network.voting_logs()
        signed = [(n, signers[name].sign(text)) for n, (name, _) in enumerate(voters)]
        proof = consensus.write_proof(header, 0, signed[: consensus.quorum(len(voters))], len(voters))
        (folder / f"{number:03d}.certificate").write_bytes(proof)
        leaves = {chain.ids[label]: list(map(tree.leaf_hash, held)) for label, held in chain.entries.items()}
        delta = [[name, size, tree.root(leaves[name][:size])] for name, size in sorted(sizes.items())]
        delta = [head for head in delta if vector.get(head[0]) != head[1]]
        (folder / f"{number:03d}.delta").write_bytes(cbor.encode(delta))
        made.settle(date, version, sizes)
        vector = sizes


def a_network():
    """A newcomer admitted, a tariff decided, a fork with evidence, a successor, an expulsion."""
    chain = Chain(4)
    tariff = chain.propose(1, 4, ["corv", "zorg", 24318, None, [[None, 1]], "S", 2100, None])
    chain.carry(tariff, 1, 2, 3)
    invited = chain.invite(1, 5)
    chain.carry(invited, 1, 2, 3)
    chain.ready(5)
    chain.epoch(1, names=[5])
    chain.carry(chain.propose(1, 14, None, day=90), 5)
    chain.add(2, 1, [20500])
    chain.convict(4)
    chain.succeed("2b", 2, len(chain.entries[2]))
    chain.epoch(2, names=["2b"], _4=1)
    chain.carry(chain.propose("2b", 3, [fixture.oin(4)]), 1, 3, 5, "2b")
    chain.epoch(3, _4=1)
    chain.add(4, 1, [20501])
    return chain


class RecountTests(unittest.TestCase):
    def test_every_outcome_is_counted_again_and_a_forged_certificate_is_seen(self):
        chain = a_network()
        with tempfile.TemporaryDirectory() as directory:
            genesis = export(chain, directory)
            write_epochs(chain, directory)
            logs = pathlib.Path(directory) / "logs"
            (logs / "genesis.cbor").write_bytes(genesis.read_bytes())
            (logs / "evidence").mkdir()
            (logs / "evidence" / "1.cbor").write_bytes(chain.evidence[0])
            code, text = call("recount", logs)
            self.assertEqual((code, text.splitlines()[-1]), (0, f"overlay {chain.digest()}"), text)
            for line in ("carried", "member " + fixture.oin(5) + " member", "as the header of epoch 3 says"):
                self.assertIn(line, text)
            self.assertIn(f"member {fixture.oin(4)} ended", text)
            for file in sorted((logs / "epochs").iterdir()):
                whole = file.read_bytes()
                for at in (3, len(whole) // 2, len(whole) - 3):
                    file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
                    self.assertEqual(call("recount", logs)[0], 1, f"{file} {at}")
                file.write_bytes(whole)
            shutil.copy(logs / "epochs" / "001.certificate", logs / "epochs" / "002.certificate")
            self.assertEqual(call("recount", logs)[0], 1)


class FoldTests(unittest.TestCase):
    def test_what_is_held_in_the_end_decides(self):
        history = small_history(60)
        logs = {history.ids[m]: e for m, e in history.entries.items()}
        one = state.State(history.genesis, logs).digest()
        self.assertEqual(one, state.State(history.genesis, dict(reversed(logs.items()))).digest())
        self.assertNotEqual(
            one, state.State(history.genesis, {**logs, history.ids[2]: history.entries[2][:-1]}).digest()
        )


class TreeTests(unittest.TestCase):
    def test_both_roots_follow_from_every_list(self):
        leaves = [tree.leaf_hash(bytes([number])) for number in range(40)]
        for new in range(2, 40):
            for old in range(1, new):
                proof = tree.explicit_consistency(leaves[:new], old)
                self.assertEqual(
                    tree.roots_from_consistency(old, new, proof),
                    (tree.root(leaves[:old]), tree.root(leaves[:new])),
                )
                parts = tree.levelled(0, old, tree.right_edge(leaves[:old]))
                parts += tree.levelled(old, new, tree.cover(leaves[:new], old, new))
                self.assertEqual(tree.root_from_parts(parts), tree.root(leaves[:new]))


class VectorTests(unittest.TestCase):
    def test_random_bytes_are_refused_or_print_back(self):
        draw = random.Random(1)
        for _ in range(20_000):
            data = bytes(
                draw.choice(b"\x00\x01\x18\x20\x40\x41\x60\x61\x80\x81\x82\xa0\xa1\xf4\xf6\xff")
                for _ in range(8)
            )
            try:
                self.assertEqual(cbor.encode(cbor.decode(data)), data)
            except Refusal:
                pass

    def test_a_wrong_vector_is_found(self):
        with tempfile.TemporaryDirectory() as directory, contextlib.redirect_stdout(io.StringIO()):
            run.make(directory)
            shutil.copy(VECTORS / "voting.json", directory)
            self.assertTrue(run.run(directory))
            for name in ("cbor", "page", "state", "exchange"):
                file = pathlib.Path(directory) / f"{name}.json"
                whole = file.read_text("utf-8")
                file.write_text(whole.replace('"reason": "', '"reason": "not-', 1), "utf-8")
                self.assertFalse(run.run(directory))
                file.write_text(whole.replace('"by": "checker"', '"by": "somebody"'), "utf-8")
                self.assertEqual(run.run(directory), name == "cbor")  # a third of cbor is of the RFC
                file.write_text(whole, "utf-8")

    def test_vectors_are_the_same_each_time(self):
        quiet = contextlib.redirect_stdout(io.StringIO())
        with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two, quiet:
            run.make(one)
            run.make(two)
            for file in pathlib.Path(one).iterdir():
                self.assertEqual(file.read_bytes(), (pathlib.Path(two) / file.name).read_bytes())


class EntryTests(unittest.TestCase):
    def test_what_is_written_is_read(self):
        entry = log.read_entry(
            log.write_entry(64, {1: "corv", 3: [[41, "x"]]}, [(bytes(32), 1, bytes(32))], bytes(32))
        )
        self.assertEqual((entry.kind, len(entry.references), entry.commitment), (64, 1, bytes(32)))


if __name__ == "__main__":
    unittest.main()
