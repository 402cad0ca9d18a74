# SPDX-License-Identifier: EUPL-1.2
"""How months are closed between two parties, Protocol/settling.md."""

from . import cbor, civil, kinds
from .crypto import sha256

SIGNED, LAPSED, WINDOWS_MOST = 1, 2, 3


def close(fold, number, date, epoch_hash):
    """At the closing of the epoch of this number, date and hash."""
    signed = _signed(fold)
    judged = {}
    for (author, month, counterparty), epochs in fold.stated.items():
        judged.setdefault((month, *sorted([author, counterparty])), []).extend(epochs)
    for key in sorted(set(signed) | set(judged)):
        if key in fold.closed:
            continue
        if key in signed:
            epoch, body = signed[key]
            fold.closed[key] = [SIGNED, epoch, body, number]
            continue
        last = _last_day(fold, judged[key], date)
        if last is not None and date > last:
            cut = _cut(fold, key, number, epoch_hash)
            body = sha256(cbor.encode(cut))
            fold.bodies[body] = cut
            fold.closed[key] = [LAPSED, number, body, number]


def _signed(fold):
    """{(month, lower, higher): (epoch, hash of the body)} of the cuts that both have."""
    authors, found = {}, {}
    for (name, *key, epoch), (_, body, _) in fold.cuts.items():
        authors.setdefault((*key, epoch, body), set()).add(fold.network.logs[name].oin)
    for (*key, epoch, body), both in sorted(authors.items()):
        if len(both) == 2:
            found.setdefault(tuple(key), (epoch, body))
    return found


def _last_day(fold, judges, date):
    window = fold.rules.document[13][6]
    if not window:
        return None
    dates = [fold.epochs[judge + 1].date if judge + 1 < len(fold.epochs) else date for judge in judges]
    ends = [civil.working_day(max(dates), window), civil.working_day(min(dates), window * WINDOWS_MOST)]
    return None if None in ends else min(ends)


def _cut(fold, key, number, epoch_hash):
    month, lower, higher = key
    counts = {}
    for (_, application, provider, consumer, class_name, at, side), counters in fold.usage.items():
        if at == month and sorted([provider, consumer]) == [lower, higher]:
            cell = (application.encode(), class_name.encode(), int(provider != lower))
            sides = counts.setdefault(cell, {})
            sides[side] = min(sides.get(side, 0) + counters[2] - counters[3], kinds.COUNTER_MOST)
    both = sorted(cell for cell, sides in counts.items() if len(sides) == 2)[: kinds.CELLS_MOST]
    applications, classes = (sorted({cell[at] for cell in both}) for at in (0, 1))
    columns = [[applications.index(cell[0]) for cell in both], [classes.index(cell[1]) for cell in both]]
    columns += [[cell[2] for cell in both]]
    columns += [[counts[cell][side] + 1 for cell in both] for side in (0, 1)] + [[0] * len(both)]
    names = [[name.decode() for name in dictionary] for dictionary in (applications, classes)]
    return [month, lower, higher, number, epoch_hash, *names, columns]


def counts(fold):
    """{(application, provider, consumer, class, month): [provider's count, consumer's]} of closed months."""
    found = {}
    for (month, lower, higher), row in fold.closed.items():
        applications, classes, columns = fold.bodies[row[2]][5:]
        for a, c, side, *numbers in zip(*columns):
            parties = (lower, higher) if side == 0 else (higher, lower)
            provided, used, settled = (number - 1 if number else None for number in numbers)
            sides = [provided, used] if settled is None else [settled] * 2
            found[(applications[a], *parties, classes[c], month)] = sides
    return found
