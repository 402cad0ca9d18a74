# SPDX-License-Identifier: EUPL-1.2
"""Usage of a month per cell with both sides' net counts: the input of a statement."""

import json


def cells(state, month):
    """One object a cell, sorted: application, provider, consumer, class, providerSide, consumerSide.

    A side is null where nothing was counted, else net events and quantity, and whether its statement for
    the month and the other party stands.
    """
    found = {}
    for (name, application, provider, consumer, class_name, at, side), counters in state.usage.items():
        if at != month:
            continue
        cell = found.setdefault((application, provider, consumer, class_name), {})
        author = provider if side == 0 else consumer
        other = consumer if side == 0 else provider
        part = cell.setdefault(
            "provider" if side == 0 else "consumer", {"events": 0, "quantity": 0, "stated": False}
        )
        part["events"] += counters[0] - counters[1]
        part["quantity"] += counters[2] - counters[3]
        part["stated"] = part["stated"] or _stated(state, author, month, other)
    for key in sorted(found):
        application, provider, consumer, class_name = key
        yield {
            "application": application,
            "provider": provider,
            "consumer": consumer,
            "class": class_name,
            "providerSide": found[key].get("provider"),
            "consumerSide": found[key].get("consumer"),
        }


def _stated(state, author, month, other):
    return any(
        state.authors[name] == author and at == month and counterparty == other
        for name, at, counterparty in state.statements
    )


def line(cell):
    return json.dumps(cell, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def month_number(text):
    year, month = text.split("-")
    return int(year) * 12 + int(month) - 1
