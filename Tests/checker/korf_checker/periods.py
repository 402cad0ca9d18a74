# SPDX-License-Identifier: EUPL-1.2
"""How months are closed between two parties, Protocol/settling.md."""

from . import cbor, civil, kinds
from .crypto import sha256
from .refusal import Refusal

SIGNED, LAPSED, WINDOWS_MOST, ESCALATES = 1, 2, 3, 3


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


def sides(fold, key):
    """{(application, class, side of the lower): [provider's net count, consumer's]} of a month between two."""
    month, lower, higher = key
    found = {}
    for (_, application, provider, consumer, class_name, at, side), counters in fold.usage.items():
        if at == month and provider != consumer and sorted([provider, consumer]) == [lower, higher]:
            cell = found.setdefault((application, class_name, int(provider != lower)), [None, None])
            cell[side] = min((cell[side] or 0) + counters[2] - counters[3], kinds.COUNTER_MOST)
    return found


def since(quantity, then, now):
    """A quantity and what a count grew by since."""
    return min(max(quantity + (now or 0) - (then or 0), 0), kinds.COUNTER_MOST)


def decided(fold, key, cell, now):
    """What counts of a cell on which the organ spoke, else None."""
    month, lower, higher = key
    parties = (lower, higher) if cell[2] == 0 else (higher, lower)
    row = fold.decided_counts.get((cell[0], *parties, cell[1], month))
    return row and [since(row[2], then, count) for then, count in zip(row[3:], now)]


def body(key, number, epoch_hash, cells):
    """The body of a cut of {cell: [provider's count, consumer's, settled]} as of an epoch."""
    taken = sorted(cells, key=lambda cell: (cell[0].encode(), cell[1].encode(), cell[2]))[: kinds.CELLS_MOST]
    dictionaries = [sorted({cell[at] for cell in taken}, key=str.encode) for at in (0, 1)]
    columns = [[names.index(cell[at]) for cell in taken] for at, names in enumerate(dictionaries)]
    columns.append([cell[2] for cell in taken])
    columns += [[0 if cells[cell][at] is None else cells[cell][at] + 1 for cell in taken] for at in range(3)]
    return [*key, number, epoch_hash, *dictionaries, columns]


def cells_of(cut):
    """{(application, class, side): [provider's count, consumer's, settled]} of a body."""
    applications, classes, columns = cut[5:]
    return {
        (applications[a], classes[c], side): [number - 1 if number else None for number in numbers]
        for a, c, side, *numbers in zip(*columns)
    }


def _cut(fold, key, number, epoch_hash):
    cells = {}
    for cell, counts_now in sides(fold, key).items():
        spoken = decided(fold, key, cell, counts_now)
        settled = spoken[0] if spoken and spoken[0] == spoken[1] else None
        if settled is not None or None not in counts_now:
            cells[cell] = [*counts_now, settled]
    return body(key, number, epoch_hash, cells)


def decide(fold, payload, place):
    """A carried decision on the count of a cell, voting.md section 5, kind 15."""
    month, application, provider, consumer, class_name, quantity = payload
    key = (month, *sorted([provider, consumer]))
    cell = (application, class_name, int(provider != key[1]))
    now = sides(fold, key).get(cell)
    if now is None:
        raise Refusal("effect-cell-unknown")
    closed = fold.closed.get(key)
    if closed is None:
        handed = any(
            row[1] == ESCALATES and fold.network.logs[name].oin in (provider, consumer)
            for (name, *rest), row in fold.stances.items()
            if rest == [application, provider, consumer, class_name, month]
        )
    else:
        released = cells_of(fold.bodies[closed[2]]).get(cell)
        open_still = released is None or released[2] is None and released[0] != released[1]
        handed = closed[0] == LAPSED and open_still and (None in now or now[0] != now[1])
    if not handed:
        raise Refusal("effect-not-escalated")
    fold.decided_counts[application, provider, consumer, class_name, month] = [*place, quantity, *now]


def counts(fold):
    """{(application, provider, consumer, class, month): [provider's count, consumer's]} of closed months."""
    found = {}
    for (month, lower, higher), row in fold.closed.items():
        for (application, class_name, side), counted in cells_of(fold.bodies[row[2]]).items():
            parties = (lower, higher) if side == 0 else (higher, lower)
            found[(application, *parties, class_name, month)] = counting(counted)
    return found


def counting(cell):
    """What a cell of a cut says that counts: the settled quantity for both, else the counts."""
    return cell[:2] if cell[2] is None else [cell[2]] * 2
