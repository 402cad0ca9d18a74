# SPDX-License-Identifier: EUPL-1.2
"""An export of all logs (mirror layout) beside a genesis, verified and folded from scratch."""

import pathlib

from . import evidence, tiles
from .genesis import Genesis
from .refusal import Refusal
from .state import State


class Export:
    def __init__(self, directory, genesis_file):
        self.directory = pathlib.Path(directory)
        self.genesis = Genesis(pathlib.Path(genesis_file).read_bytes())
        self.logs, self.origins = {}, {}
        known = set()
        for name, oin in self.genesis.logs().items():
            origin = self.genesis.origin(oin)
            place = tiles.log_directory(self.directory, origin)
            known.add(place.name)
            self.origins[name] = origin
            self.logs[name] = self._entries(place, oin, origin) if place.exists() else []
        strange = sorted(
            path.name
            for path in self.directory.iterdir()
            if path.is_dir() and path.name not in known and len(path.name) == 64
        )
        if strange:
            raise Refusal("log-not-authorised", path=strange[0])
        self.evidence = [path.read_bytes() for path in sorted((self.directory / "evidence").glob("*.cbor"))]
        self.state = State(self.genesis, self.logs, self.evidence)
        for data in self.evidence:
            self._check_evidence(data)

    def _check_evidence(self, data):
        name = evidence.read(data)[0]
        if name not in self.origins:
            raise Refusal("log-unknown")
        card = self.genesis.cards[self.genesis.logs()[name]]
        evidence.check(data, name, self.origins[name], card[4])

    def _entries(self, place, oin, origin):
        size, entries = tiles.read_log(place, origin, self.genesis.cards[oin][4])
        if size and entries[0] != self.genesis.entry0(oin):
            raise Refusal("entry0-mismatch", path=place.name)
        return entries
