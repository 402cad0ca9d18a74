# SPDX-License-Identifier: EUPL-1.2
"""An export of a whole network (formats.md section 4), verified, recounted and folded from scratch."""

import pathlib

from . import cbor, consensus, epoch, evidence, identity, tiles, tree
from .consensus import Proof, Voters
from .genesis import Genesis
from .refusal import Refusal
from .state import State


class Export:
    """Logs by their own keys, certificates by the voters of the epoch before, states counted again."""

    def __init__(self, directory, genesis_file=None):
        self.directory = pathlib.Path(directory)
        genesis_file = genesis_file or self.directory / "genesis.cbor"
        self.genesis = Genesis(pathlib.Path(genesis_file).read_bytes())
        self.logs, self.origins, self.oins = {}, {}, {}
        for place in sorted(self.directory.iterdir()):
            if place.is_dir() and len(place.name) == 64:
                self._read_log(place)
        self.evidence = [path.read_bytes() for path in sorted((self.directory / "evidence").glob("*.cbor"))]
        self.state = State(self.genesis, self.logs, self.evidence)
        self.certificates, self._vector = [], {name: 0 for name in self.genesis.logs()}
        while self._certificate_file().exists():
            self._epoch()
        for data in self.evidence:
            self._check_evidence(data)
        self._check_owners()

    def _read_log(self, place):
        """Whose it is stands in its checkpoint; the log id and the key are those of its own entry 0."""
        origin = (place / "checkpoint").read_bytes().split(b"\n", 1)[0].decode("ascii", "replace")
        if tiles.log_directory(self.directory, origin).name != place.name:
            raise Refusal("log-not-authorised", path=place.name)
        first = tiles.first_entry(place)
        body = identity.read_entry0(first)
        name = identity.log_id(first)
        if origin != identity.origin(self.genesis.network, body[1], name):
            raise Refusal("entry0-mismatch", path=place.name)
        _, self.logs[name] = tiles.read_log(place, origin, body[2])
        self.origins[name], self.oins[name] = origin, body[1]

    # epochs

    def _certificate_file(self):
        return self.directory / "epochs" / f"{len(self.certificates) + 1:03d}.certificate"

    def _epoch(self):
        file, before = self._certificate_file(), self.state.settled[-1]
        voters = Voters(
            self.genesis.network,
            before.epoch.number,
            before.epoch.hash,
            before.network.voting_logs(),
            before.network.voting_cards(),
        )
        proof = Proof("precommit", file.read_bytes(), voters)
        header = epoch.read_header(proof.header)
        if header[7] != before.epoch.digest:
            raise Refusal("recount-state-digest", number=before.epoch.number)
        delta = cbor.decode(file.with_suffix(".delta").read_bytes())
        self._vector = self._extended(delta)
        if self.state.header(header[5], header[6], self._vector) != proof.header:
            raise Refusal("recount-header", number=header[2])
        if header[5] < before.epoch.date:
            raise Refusal("proposal-date-before-epoch", number=header[2])
        self.state.settle(header[5], header[6], self._vector)
        self.certificates.append(proof)

    def _extended(self, delta):
        if not isinstance(delta, list) or not all(consensus.is_head(head) for head in delta):
            raise Refusal("consensus-shape")
        vector = dict(self._vector)
        for name, size, root in delta:
            held = self.logs.get(name, [])[:size]
            if size < vector.get(name, 0) or tree.root([tree.leaf_hash(entry) for entry in held]) != root:
                raise Refusal("proposal-head-contradicts")
            vector[name] = size
        return vector

    # what stands beside the logs

    def _check_evidence(self, data):
        name, network = evidence.read(data)[0], self.state.overlay.network
        if name not in network.logs:
            raise Refusal("log-unknown")
        one = network.logs[name]
        evidence.check(data, name, network.origin(one), one.key)

    def _check_owners(self):
        """A log of somebody whom no genesis and no proposal names is a stranger's."""
        known = set(self.state.overlay.network.members)
        for decision in self.state.overlay.network.decisions.values():
            if decision.proposal.kind == 1:
                known.add(identity.read_card(decision.proposal.payload)[1])
        strange = sorted(self.origins[name] for name, oin in self.oins.items() if oin not in known)
        if strange:
            raise Refusal("log-not-authorised", path=strange[0])
        for oin in self.genesis.cards:
            first = self.genesis.entry0(oin)
            if any(own == oin and self.logs[name][0] == first for name, own in self.oins.items()):
                continue
            if oin in self.oins.values():
                raise Refusal("entry0-mismatch", path=oin)
