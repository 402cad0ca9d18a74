# SPDX-License-Identifier: EUPL-1.2
"""What of a month is billed between two parties, Protocol/settling.md section 6."""

from . import cbor, civil, periods
from .crypto import sha256
from .genesis import BILLING_DAY, MONTH_LEAST, term

CORRECTION_MONTHS = 60


def billing_month(date, terms):
    """The month whose documents are made from a date on."""
    year, month, day = civil.date_parts(date)
    own = year * 12 + month - 1
    back = own - (1 if day >= max(term(terms, BILLING_DAY), 1) else 2)
    return back if back >= MONTH_LEAST else own


def bill(fold, number, date, epoch_hash):
    """At the closing of the epoch of this number, date and hash, after months are closed."""
    day = term(fold.rules.document[13], BILLING_DAY)
    month = fold.billing_months[number] = billing_month(date, fold.rules.document[13])
    before = fold.billing_months.get(number - 1)
    if before is None:
        before = billing_month(fold.epochs[number - 1].date, fold.genesis.document[13])
    is_first = before < month
    due = [key for key in sorted(_candidates(fold)) if _is_due(fold, key, day, month)]
    corrected = list(_changeable(fold, due, month if is_first else None))
    for key in due:
        _add(fold, (*key, 0), key[0], number, epoch_hash, _first(fold, key))
    for key, at in corrected:
        changed, count = _changed(fold, key)
        if changed:
            _add(fold, (*key, count), at, number, epoch_hash, changed)


def _candidates(fold):
    """Months between two that are closed, or that both stated after their end."""
    authors = {}
    for author, month, counterparty in fold.stated:
        authors.setdefault((month, *sorted([author, counterparty])), set()).add(author)
    return set(fold.closed) | {key for key, both in authors.items() if len(both) == 2}


def _is_due(fold, key, day, month):
    if (*key, 0) in fold.billed:
        return False
    return key in fold.closed if day == 0 else key[0] <= month


def _changeable(fold, due, month):
    latest = {}
    for at, *pair in due:
        latest[tuple(pair)] = max(latest.get(tuple(pair), 0), at)
    for key in sorted(fold.closed):
        if (*key, 0) not in fold.billed:
            continue
        beside = latest.get(key[1:], 0)
        at = beside if beside > key[0] else month
        if at is not None and 0 < at - key[0] <= CORRECTION_MONTHS:
            yield key, at


def _first(fold, key):
    """{cell: [provider's count, consumer's, None]} of what is billed first."""
    if key in fold.closed:
        cut = periods.cells_of(fold.bodies[fold.closed[key][2]])
        return {cell: [*periods.counting(counted), None] for cell, counted in cut.items()}
    now = periods.sides(fold, key)
    return {cell: [*(periods.decided(fold, key, cell, both) or both), None] for cell, both in now.items()}


def _changed(fold, key):
    """The cells of which another count counts than was billed last, and how often it was billed."""
    billed, count = {}, 0
    while (*key, count) in fold.billed:
        body = fold.bodies[fold.billed[(*key, count)][2]]
        billed.update({cell: counted[:2] for cell, counted in periods.cells_of(body).items()})
        count += 1
    now = periods.sides(fold, key)
    cut = periods.cells_of(fold.bodies[fold.closed[key][2]])
    changed = {}
    for cell in set(now) | set(cut):
        both = now.get(cell, [None, None])
        counts = periods.decided(fold, key, cell, both)
        if counts is None and cell in cut and cut[cell][2] is not None:
            *then, settled = cut[cell]
            counts = [periods.since(settled, before, count) for before, count in zip(then, both)]
        if (counts or both) != billed.get(cell, [None, None]):
            changed[cell] = [*(counts or both), None]
    return changed, count


def _add(fold, key, month, number, epoch_hash, cells):
    body = periods.body(key[:3], number, epoch_hash, cells)
    value = sha256(cbor.encode(body))
    fold.bodies[value] = body
    fold.billed[key] = [month, number, value]


def first_counts(fold):
    """{(application, provider, consumer, class, month): [provider's count, consumer's]} of what was billed first."""
    found = {}
    for (month, lower, higher, count), row in fold.billed.items():
        if count == 0:
            for (application, class_name, side), cell in periods.cells_of(fold.bodies[row[2]]).items():
                parties = (lower, higher) if side == 0 else (higher, lower)
                found[(application, *parties, class_name, month)] = cell[:2]
    return found
