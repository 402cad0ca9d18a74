# SPDX-License-Identifier: EUPL-1.2
"""The rows of a fold, Protocol/state.md section 2."""

from . import cbor, membership
from .closing import poll
from .crypto import sha256
from .fold import OPEN


def rows(fold, suspended=None):
    return sorted(cbor.encode(item) for item in _items(fold, suspended or {}))


def _items(fold, suspended):
    epoch = fold.epoch
    yield [1, 0, [fold.genesis.network, epoch.number, epoch.rule_version]]
    yield from _members(fold)
    for identifier, row in fold.founded.items():
        yield [3, identifier, row]
    for (table, key), cell in fold.cells.items():
        parts = [(name, mine if table == 4 else [mine[0], mine[2]]) for name, mine in sorted(cell.items())]
        yield [table, cbor.decode(key), [[name, *part] for name, part in parts]]
    for key, counters in fold.usage.items():
        yield [6, list(key), counters]
    for key, (index, value) in fold.statements.items():
        yield [7, list(key), [index, value]]
    for name, index in fold.waiting:
        yield [8, [name, index], fold.entries[name][index].leaf]
    for name, day in fold.heartbeats.items():
        yield [9, name, day]
    for name, bound in suspended.items():
        yield [10, name, bound]
    for key, commitment in fold.destroyed.items():
        yield [11, list(key), commitment]
    for decision in fold.network.decisions.values():
        yield from _decision(fold, decision)
    yield from _logs(fold.network)
    for key, value in fold.rules.hashes():
        yield [15, key, value]
    for name, version in fold.supports.items():
        yield [16, name, version]
    for key, value in fold.stances.items():
        yield [17, list(key), value]
    for key, value in fold.cuts.items():
        yield [18, list(key), value]
    for key, value in fold.closed.items():
        yield [19, list(key), value]
    for key, value in fold.billed.items():
        yield [20, list(key), value]
    for key, value in fold.decided_counts.items():
        yield [21, list(key), value]


def _members(fold):
    network = fold.network
    for oin, member in network.members.items():
        pins, endpoints, index = member.card[8], member.card[9], -1
        for name in _since_replacement(member):
            if name in fold.contacts:
                index, (pins, endpoints) = fold.contacts[name]
        yield [
            2,
            oin,
            [
                sha256(member.card_bytes),
                sorted(member.logs),
                pins,
                endpoints,
                index + 1,
                member.standing,
                member.since,
                member.votes,
            ],
        ]
    for oin, (decision, card) in network.candidate_rows().items():
        logs = [network.founder_log(card)]
        value = [sha256(decision.proposal.payload), logs, card[8], card[9], 0, membership.CANDIDATE]
        yield [2, oin, [*value, decision.judged, False]]


def _since_replacement(member):
    if member.replaced is None:
        return member.logs
    return member.logs[member.logs.index(member.replaced) + 1 :]


def _decision(fold, decision):
    proposal, network = decision.proposal, fold.network
    tally = poll(fold, decision).tally() if decision.standing == OPEN else decision.tally
    yield [
        12,
        list(decision.place),
        [
            decision.leaf,
            proposal.kind,
            proposal.organ,
            sha256(cbor.encode(proposal.payload)),
            decision.judged,
            proposal.deadline,
            decision.standing,
            decision.closing,
            *tally,
            len(decision.electorate),
        ],
    ]
    by_voter = {}
    for name in sorted(decision.ballots):
        index, ballot = decision.ballots[name][-1]
        row = [name, index, ballot.choice, ballot.final, decision.counts(name, index, ballot)]
        by_voter.setdefault(network.logs[name].oin, []).append(row)
    for voter, ballots in by_voter.items():
        yield [13, [*decision.place, voter], ballots]


def _logs(network):
    for name, log in network.logs.items():
        if name not in network.first:
            value = [log.oin, log.predecessor, log.end, log.named_by or 0, log.ready, log.final]
            yield [14, name, value]
