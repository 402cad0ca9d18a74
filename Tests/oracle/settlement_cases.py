# SPDX-License-Identifier: EUPL-1.2
"""Random cases for settlement_oracle.py: the same seed gives the same cases. Some are refused on purpose."""
import datetime
import random

NAMES = ["Eindhoven", "Woerden", "Boxtel", "Helmond", "Heusden", "West-Betuwe", "Sint-Michielsgestel", "Zwolle",
         "Ede", "Almere", "'s-Hertogenbosch", "Sudwest-Fryslân"]
MAXIMUM = 2**63 - 1


def weights(draw, count=None):
    names = draw.sample(NAMES, count or draw.randint(1, len(NAMES)))
    top = draw.choice([1, 3, 10, 1_000, 250_000, 10**12, MAXIMUM])
    return [[name, draw.choice([0, draw.randint(0, top), draw.randint(1, top), draw.randint(1, top)])]
            for name in names]


def spoiled(draw, key):
    if draw.random() < 0.06:
        choice = draw.randrange(3)
        if choice == 0:
            key = [[name, 0] for name, _ in key]
        elif choice == 1:
            key[draw.randrange(len(key))][1] = -draw.randint(1, 9)
        else:
            key = key + [key[0]]
    return key


def total(draw):
    size = draw.choice([0, 1, 7, 100, 9_250_000, 12_000_000, 10**12, MAXIMUM])
    return draw.choice([1, 1, 1, -1]) * draw.randint(0, size)


def shares(draw):
    return {"kind": draw.choice(["largest_remainder", "sainte_lague"]), "total": total(draw),
            "weights": spoiled(draw, weights(draw))}


def late_join(draw):
    key = weights(draw, draw.randint(1, 7))
    key[0][1] = key[0][1] or 1
    names = [name for name, _ in key]
    first = draw.randint(1, len(names))
    return {"kind": "late_join", "cost": abs(total(draw)) // 4, "weights": key,
            "joins": [names[:first]] + [[name] for name in names[first:]]}


def contribution(draw):
    case = {"kind": "contribution", "rate": draw.choice([350_000, draw.randint(0, 10**7)]),
            "inhabitants": [draw.randint(0, 900_000) for _ in range(draw.randint(1, 4))],
            "months": draw.choice([12, draw.randint(0, 12)]), "instalments": draw.choice([12, draw.randint(1, 12)])}
    if draw.random() < 0.2:
        case |= draw.choice([{"rate": MAXIMUM, "inhabitants": [10**6], "months": 12}, {"months": 13}, {"months": -1},
                             {"inhabitants": [5, -1]}, {"instalments": 0}, {"instalments": 13},
                             {"inhabitants": [MAXIMUM, 1]}])
    return case


def tiers(draw, broken=False):
    ends = sorted(draw.sample(range(1, 5_000), draw.choice([0, 0, 1, 3])))
    if broken and ends:
        ends[-1] = ends[0] if len(ends) > 1 else 0
    prices = [draw.choice([0, 35_000, 120_000, 5_000, draw.randint(0, 10**7)]) for _ in ends]
    last = draw.choice([0, 35_000, 100_000, 4_999, draw.randint(0, 10**6), MAXIMUM if broken else 1])
    return [[end, price] for end, price in zip(ends, prices)] + [[None, -1 if broken and last == 0 else last]]


def rate(draw):
    return {"kind": "rate", "tiers": tiers(draw, draw.random() < 0.1),
            "quantity": draw.choice([0, draw.randint(0, 20), draw.randint(0, 10**6), draw.randint(-5, 10**12)])}


def counts(draw):
    base = draw.choice([0, draw.randint(0, 30), draw.randint(0, 3_000), draw.randint(0, 10**6)])
    near = base + draw.choice([0, 0, 1, draw.randint(0, 40), base // 200, base // 10, base // 10 + 1])
    both = [base, near]
    draw.shuffle(both)
    return [None if draw.random() < 0.08 else -1 if draw.random() < 0.02 else count for count in both]


def compare(draw):
    provider, consumer = counts(draw)
    return {"kind": "compare", "provider_count": provider, "consumer_count": consumer,
            "tiers": None if draw.random() < 0.05 else tiers(draw), "own_use": draw.random() < 0.03,
            "mode": draw.choice(["two-sided", "two-sided", "monthly-total", "confirmed"]),
            "provider_is_party": draw.random() > 0.03, "consumer_is_party": draw.random() > 0.06,
            "consumer_is_customer": draw.random() < 0.5, "signed": draw.random() < 0.5,
            "same_content": draw.choice([None, True, False]),
            "tolerated": draw.choice([0, 0, draw.randint(0, 10_000), 9_999])}


TREATMENTS = [("S", 2100, None), ("S", 900, None), ("Z", 0, None), ("E", 0, "VATEX-EU-132"),
              ("E", 0, "Koepelvrijstelling artikel 11"), ("AE", 0, "VATEX-EU-AE"), ("O", 0, "VATEX-EU-O")]
BROKEN = [("S", 0, None), ("Z", 100, None), ("E", 0, None), ("S", 2100, "reden"), ("S", 10_001, None), ("O", 0, "")]


def vat(draw):
    lines = []
    for _ in range(draw.randint(1, 9)):
        category, percentage, reason = draw.choice(BROKEN if draw.random() < 0.02 else TREATMENTS)
        amount = draw.choice([draw.randint(-50, 50), draw.randint(-10**6, 10**6)])
        lines.append({"amount": MAXIMUM - 1 if draw.random() < 0.01 else amount, "category": category,
                      "rate": percentage, "reason": reason})
    return {"kind": "vat", "lines": lines}


def day(draw, years=(2014, 2060)):
    return (datetime.date(years[0], 1, 1)
            + datetime.timedelta(days=draw.randrange((years[1] - years[0]) * 365))).isoformat()


def deadline(draw):
    after = draw.choice([day(draw), day(draw), day(draw, (1980, 2190))])
    near = datetime.date.fromisoformat(after) + datetime.timedelta(days=draw.randint(1, 30))
    return {"kind": "deadline", "after": after, "days": draw.choice([1, 3, 20, draw.randint(1, 60)]),
            "decreed": draw.choice([[], [near.isoformat()]])}


def decimal(draw):
    form = draw.choice(["data", "dutch"])
    digits = draw.choice([2, 6])
    value = f"{draw.randint(0, draw.choice([9, 10**4, 10**14]))}"
    if form == "dutch" and draw.random() < 0.5:
        value = f"{int(value):,}".replace(",", ".")
    point = "," if form == "dutch" else "."
    tail = draw.choice(["", point + "5", point + "05", point + "125", point, point + "0000001"])
    start = draw.choice(["", "-", "0", "€ ", "+", "."]) if draw.random() < 0.3 else ""
    return {"kind": "decimal", "form": form, "digits": digits, "text": start + value + tail}


def changes(draw, parties, month):
    """Terms of the month's join, a successor, a split."""
    found = []
    if draw.random() < 0.3:
        found.append({"month": month, "index": [draw.randint(90, 130), 100]} | draw.choice(
            [{}, {"depreciation": [draw.randint(0, 60), 60]}, {"cost": draw.randint(0, 10**7)}]))
    if draw.random() < 0.2:
        found.append({"month": draw.choice([month, "2026-02"]), "succeed": [parties[0], draw.choice(parties[1:4])]})
    if draw.random() < 0.2:
        found.append({"month": month, "split": [parties[1], [["Nieuw-A", draw.randint(0, 9)], [parties[1], 4]]]})
    return found


def charges(draw, parties, month):
    """Lines by decision of the month, and advances that are carried back in it."""
    found = []
    for index in range(draw.choice([0, 0, 0, 1, 2, 3])):
        kind = draw.choice(["entrance-fee", "exit-charge", "fixed-split", "by-decision", "advance"])
        single = kind in ("entrance-fee", "exit-charge") or draw.random() < 0.3
        key = [[p, draw.randint(0, 100)] for p in parties[: 1 if single else 4]]
        if draw.random() < 0.9:
            key[0][1] += 1
        if draw.random() < 0.04:
            key.append([parties[0], 2])
        back = kind == "advance" and draw.random() < 0.7
        found.append({"decision": f"B-7{index}", "kind": kind, "leg": draw.choice(["member-pays", "cooperative-pays"]),
                      "month": "2026-01" if back else month, "settled_in": month if back else None,
                      "total": draw.choice([1, -1, 1]) * draw.randint(0, 10**7), "key": key,
                      "application": draw.choice([None, "corv"]), "text": draw.choice([None, "werk in natura"])})
    return found


def statement(draw):
    parties = draw.sample(NAMES, 5)
    month = f"2026-{draw.randint(2, 12):02}"
    months = [f"2026-{number:02}" for number in range(1, int(month[5:]) + 1)]
    applications = [{"id": name, "lead": draw.choice(parties[:4]), "customers": parties[4:],
                     "providers": draw.sample(parties[:2], draw.choice([1, 2, 2])),
                     "modes": [[p, draw.choice(["two-sided", "monthly-total", "confirmed"])]
                               for p in draw.sample(parties, 2)],
                     "participants": [{"party": p, "joined": day(draw, (2024, 2026)),
                                       "left": draw.choice([None, None, None, f"{month}-01", "2026-01-31"])}
                                      for p in draw.sample(parties[:4], draw.randint(2, 4))]}
                    for name in draw.sample(["corv", "subsidie", "zaak"], draw.randint(1, 3))]
    tariffs = []
    for application in applications:
        free = draw.random() < 0.25
        tariffs.append({"decision": f"B-{len(tariffs):03}", "application": application["id"], "class": "basis",
                        "from": draw.choice(["2025-01", "2026-01"]), "through": draw.choice([None, None, "2026-06"]),
                        "tiers": [[None, 0]] if free else tiers(draw),
                        "funder": draw.choice(parties[:4]) if free else None,
                        "funding_tiers": tiers(draw) if free else None})
        if draw.random() < 0.4:
            tariffs.append(tariffs[-1] | {"decision": f"B-{len(tariffs):03}", "from": "2026-07", "through": None})
    cells, seen = [], set()
    for _ in range(draw.randint(0, 25)):
        cell = {"application": draw.choice(applications)["id"], "provider": draw.choice(parties[:2]),
                "consumer": draw.choice(parties), "class": draw.choice(["basis", "basis", "basis", "extra"]),
                "month": draw.choice([month, month, draw.choice(months)])}
        if (key := tuple(cell.values())) in seen and draw.random() < 0.98:
            continue
        seen.add(key)
        provider, consumer = counts(draw)
        cells.append(cell | {"provider_count": provider, "consumer_count": consumer,
                             "signed": draw.random() < 0.5, "same_content": draw.choice([None, True, False])})
    return {"kind": "statement", "party": draw.choice(parties), "month": month,
            "members": [{"id": p, "joined": day(draw, (2024, 2027)), "left": draw.choice([None, None, "2026-09-15"])}
                        for p in parties[:4]],
            "applications": applications, "tariffs": tariffs, "cells": cells,
            "vat": [{"kind": kind, "leg": leg, "category": c, "rate": r, "reason": reason}
                    for kind in ("transaction-fee", "funding", "contribution", "development-share", "entrance-fee",
                                 "exit-charge", "fixed-split", "by-decision", "advance")
                    for leg in ("member-pays", "cooperative-pays")
                    for c, r, reason in [draw.choice(TREATMENTS)] if draw.random() < 0.99]
            + [{"kind": "transaction-fee", "leg": "member-pays", "category": "S", "rate": 900, "reason": None,
                "origin": "B-000"}] * draw.randrange(2),
            "contributions": [{"decision": "B-900", "first_year": draw.choice([2025, 2026, 2027]), "rate": 350_000}],
            "inhabitants": [{"party": p, "municipality": f"GM{index:04}", "year": draw.choice([2025, 2026]),
                             "count": draw.randint(0, 250_000)}
                            for p in parties[:4] for index in range(draw.choice([1, 1, 1, 2]))]
            + [{"party": p, "municipality": f"GM{index:04}", "year": 2027 - draw.choice([0, 1]), "count": 5_000 + index,
                "known_from": draw.choice([month, month, "2026-04"])}
               for index, p in enumerate(parties[:3]) if draw.random() < 0.3],
            "charges": charges(draw, parties, month),
            "cost_sharings": [{"decision": "B-800", "application": applications[0]["id"], "cost": total(draw) // 4,
                               "first_month": draw.choice(["2026-01", month]),
                               "participants": [{"party": p, "joined": draw.choice(["2025-05-01", f"{month}-05"]),
                                                 "weight": draw.randint(1, 250_000)} for p in parties[:4]],
                               "opening": draw.choice([[], [[parties[0], 100]]]),
                               "changes": changes(draw, parties, month)}
                              for _ in range(draw.choice([0, 1]))],
            "terms": draw.choice([{}, {}, {"tolerated_year_amount": 300, "tolerated_amount": 200}])}


KINDS = [shares, shares, shares, late_join, contribution, rate, rate, compare, compare, compare, vat, vat, deadline,
         decimal, statement]


def cases(count, seed):
    import settlement_draws
    draw, kinds = random.Random(seed), KINDS + settlement_draws.KINDS
    for _ in range(count):
        yield draw.choice(kinds)(draw)
