# SPDX-License-Identifier: EUPL-1.2
"""Writes Protocol/vectors/settlement-*.json: worked by hand (with their literal answers) and by the oracle.

    settlement_vectors.py DIR
"""
import json
import pathlib
import random
import sys

import settlement_cases as draws
import settlement_ledger_vectors as ledger
from settlement_oracle import answer

MAXIMUM = 2**63 - 1
FOUR = [["Eindhoven", 226_868], ["MijnGemeenteDichtbij", 59_077], ["Woerden", 51_460], ["Helmond", 90_515]]


def shares(method, total, weights):
    return {"kind": method, "total": total, "weights": weights}


def paid(weights, amounts):
    return {"shares": [[name, amount] for (name, _), amount in zip(weights, amounts)]}


def key(*weights):
    return [[chr(97 + index), weight] for index, weight in enumerate(weights)]


FLAT = [[None, 35_000]]
GRADUATED = [[100, 50_000], [1_000, 40_000], [None, 30_000]]


def cell(provider, consumer, tiers=FLAT, **more):
    return {"kind": "compare", "provider_count": provider, "consumer_count": consumer, "tiers": tiers} | more


def outcome(state, billed=None, amount=None, units=None, apart=None, dispute=None, content=False):
    return {"state": state, "billed": billed, "billed_amount": amount, "difference": units,
            "difference_amount": apart, "dispute": dispute, "content_differs": content}


def tariff(decision, first, through=None, tiers=FLAT, **more):
    return {"decision": decision, "application": "corv", "class": "basis", "from": first, "through": through,
            "tiers": tiers} | more


def lookup(month, *tariffs):
    return {"kind": "tariff", "application": "corv", "class": "basis", "month": month, "tariffs": list(tariffs)}


def contribution(inhabitants, months=12, instalments=12, rate=350_000):
    return {"kind": "contribution", "rate": rate, "inhabitants": inhabitants, "months": months,
            "instalments": instalments}


def rate(quantity, tiers):
    return {"kind": "rate", "quantity": quantity, "tiers": tiers}


def decimal(text, form="data", digits=2):
    return {"kind": "decimal", "form": form, "digits": digits, "text": text}


def vat(*lines):
    names = ("amount", "category", "rate", "reason")
    return {"kind": "vat", "lines": [dict(zip(names, line + (None,) * (4 - len(line)))) for line in lines]}


def paper(reason, lines, *subtotals):
    net, tax = sum(s[2] for s in subtotals), sum(s[3] for s in subtotals)
    return {"reason": reason, "lines": lines, "subtotals": [list(s) for s in subtotals], "net": net, "vat": tax,
            "gross": net + tax}


def deadline(after, days, *decreed):
    return {"kind": "deadline", "after": after, "days": days, "decreed": list(decreed)}


def named(what, **more):
    return {"kind": "deadline", "what": what} | more


LATE = {"kind": "late_join", "cost": 12_000_000, "weights": FOUR, "joins": [[n for n, _ in FOUR[:3]], ["Helmond"]]}

HAND = {
    "apportionment": [
        ("a late joiner: charges and resettlement", LATE, {
            "charges": [
                [["Eindhoven", 8_068_689], ["MijnGemeenteDichtbij", 2_101_107], ["Woerden", 1_830_204]],
                [["Eindhoven", -1_706_715], ["Helmond", 2_538_278], ["MijnGemeenteDichtbij", -444_433],
                 ["Woerden", -387_130]]],
            "shares": [["Eindhoven", 6_361_974], ["Helmond", 2_538_278], ["MijnGemeenteDichtbij", 1_656_674],
                       ["Woerden", 1_443_074]]}),
        ("largest remainder where the methods part", shares("largest_remainder", 8_466_150, FOUR),
         paid(FOUR, [4_488_452, 1_168_804, 1_018_107, 1_790_787])),
        ("Sainte-Lague where the methods part", shares("sainte_lague", 8_466_150, FOUR),
         paid(FOUR, [4_488_453, 1_168_804, 1_018_106, 1_790_787])),
        ("a negative total mirrors", shares("sainte_lague", -8_466_150, FOUR),
         paid(FOUR, [-4_488_453, -1_168_804, -1_018_106, -1_790_787])),
        ("start-up costs 50/25/25", shares("largest_remainder", 9_250_000, key(50, 25, 25)),
         paid(key(50, 25, 25), [4_625_000, 2_312_500, 2_312_500])),
        ("a tie goes to the lower id", shares("largest_remainder", 1, [["b", 1], ["a", 1]]),
         paid([["b", 1], ["a", 1]], [0, 1])),
        ("a tie of remainders goes to the heavier weight", shares("largest_remainder", 2, key(1, 3)),
         paid(key(1, 3), [0, 2])),
        ("a tie of quotients goes to the heavier weight", shares("sainte_lague", 2, key(1, 3)),
         paid(key(1, 3), [0, 2])),
        ("weight zero bears nothing", shares("sainte_lague", 3, key(0, 1, 0)), paid(key(0, 1, 0), [0, 3, 0])),
        ("the lowest amount of 64 bits", shares("sainte_lague", -MAXIMUM - 1, key(1)),
         paid(key(1), [-MAXIMUM - 1])),
        ("all weights zero", shares("largest_remainder", 100, key(0, 0)), "all-weights-zero"),
        ("nobody at all", shares("sainte_lague", 100, []), "all-weights-zero"),
        ("all weights zero for a total of zero", shares("sainte_lague", 0, key(0)), "all-weights-zero"),
        ("a negative weight", shares("sainte_lague", 100, key(5, -1)), "negative-weight"),
        ("a party twice", shares("largest_remainder", 100, [["a", 1], ["a", 2]]), "duplicate-party"),
        ("a party joins twice", LATE | {"joins": [["Woerden"], ["Woerden"]]}, "duplicate-party"),
        ("nobody with a weight joined", LATE | {"weights": [["Woerden", 0]], "joins": [["Woerden"]]},
         "all-weights-zero"),
    ],
    "rating": [
        ("half a cent is rounded up", rate(1, [[None, 5_000]]), {"lines": [[1, 1, 5_000, 1]], "amount": 1}),
        ("less than half a cent is nothing", rate(1, [[None, 4_999]]),
         {"lines": [[1, 1, 4_999, 0]], "amount": 0}),
        ("CORV in October", rate(2_310, FLAT), {"lines": [[1, 2_310, 35_000, 8_085]], "amount": 8_085}),
        ("an end is inclusive", rate(100, GRADUATED), {"lines": [[1, 100, 50_000, 500]], "amount": 500}),
        ("one above the end", rate(101, GRADUATED),
         {"lines": [[1, 100, 50_000, 500], [2, 1, 40_000, 4]], "amount": 504}),
        ("each tier is rounded by itself", rate(3, [[1, 5_000], [2, 5_000], [None, 5_000]]),
         {"lines": [[1, 1, 5_000, 1], [2, 1, 5_000, 1], [3, 1, 5_000, 1]], "amount": 3}),
        ("zero units have a line", rate(0, GRADUATED), {"lines": [[1, 0, 50_000, 0]], "amount": 0}),
        ("Woerden's contribution", contribution([51_460]), {
            "amount": 1_801_100, "exit_cap": 1_801_100,
            "instalments": [150_092, 150_091, 150_092, 150_092, 150_091, 150_092] * 2}),
        ("municipalities are added before rounding", contribution([1, 1, 1], 1, 1, 40_000),
         {"amount": 1, "exit_cap": 12, "instalments": [1]}),
        ("the next tariff ends one without an end", lookup("2026-07", tariff("B-1", "2026-01"),
                                                           tariff("B-2", "2026-07")), {"decision": "B-2"}),
        ("the month before the next tariff", lookup("2026-06", tariff("B-2", "2026-07"), tariff("B-1", "2026-01")),
         {"decision": "B-1"}),
        ("a gap between tariffs", lookup("2026-04", tariff("B-1", "2026-01", "2026-03"), tariff("B-2", "2026-07")),
         {"decision": None}),
        ("data with a point", decimal("-1234.56"), {"value": -123_456}),
        ("what people write", decimal("€ 1.234,5", "dutch"), {"value": 123_450}),
        ("a price", decimal("0.035", digits=6), {"value": 35_000}),
        ("an amount beyond 64 bits", rate(MAXIMUM, [[None, 10_001]]), "amount-out-of-range"),
        ("a sum of tiers beyond 64 bits", rate(MAXIMUM, [[2**62, 20_000], [None, 20_000]]), "amount-out-of-range"),
        ("a negative quantity", rate(-1, FLAT), "negative-quantity"),
        ("a negative price", rate(1, [[None, -1]]), "negative-price"),
        ("no tiers", rate(1, []), "tiers-malformed"),
        ("tiers that fall", rate(1, [[10, 1], [10, 1], [None, 1]]), "tiers-malformed"),
        ("a last tier with an end", rate(1, [[10, 1]]), "tiers-malformed"),
        ("an end reaches the next tariff", lookup("2026-07", tariff("B-1", "2026-01", "2026-07"),
                                                  tariff("B-2", "2026-07")), "tariffs-overlap"),
        ("two tariffs start together", lookup("2026-07", tariff("B-1", "2026-01"), tariff("B-2", "2026-01")),
         "tariffs-overlap"),
        ("a tariff ends before it starts", lookup("2026-07", tariff("B-1", "2026-02", "2026-01")),
         "validity-reversed"),
        ("a funder beside a price", lookup("2026-07", tariff("B-1", "2026-01", funder="Ede", funding_tiers=FLAT)),
         "funded-tariff-not-zero"),
        ("thirteen months", contribution([1], 13), "month-count-out-of-range"),
        ("no instalments", contribution([1], 12, 0), "instalment-out-of-range"),
        ("a fraction of a cent", decimal("0.001"), "malformed-decimal"),
        ("a comma in data", decimal("1,00"), "malformed-decimal"),
        ("groups of two digits", decimal("1.23,00", "dutch"), "malformed-decimal"),
        ("beyond 64 bits in data", decimal("92233720368547758.08"), "amount-out-of-range"),
    ],
    "comparison": [
        ("equal counts", cell(2_310, 2_310), outcome("matched", 2_310, 8_085, 0, 0)),
        ("equal totals of unequal content", cell(5, 5, same_content=False),
         outcome("matched", 5, 18, 0, 0, content=True)),
        ("within tolerance", cell(1_842, 1_835, [[None, 120_000]]),
         outcome("within-tolerance", 1_835, 22_020, 7, 84)),
        ("disputed", cell(1_400, 900, [[None, 100_000]]),
         outcome("differs", 900, 9_000, 500, 5_000, "above-quantity-part")),
        ("exactly EUR 5 is tolerated", cell(1_050, 1_000, [[None, 100_000]]),
         outcome("within-tolerance", 1_000, 10_000, 50, 500)),
        ("a cent above EUR 5 is not", cell(1_501, 1_000, [[None, 10_000]], terms={}),
         outcome("differs", 1_000, 1_000, 501, 501, "above-quantity-part")),
        ("EUR 5.01 within ten per cent", cell(10_501, 10_000, [[None, 10_000]]),
         outcome("differs", 10_000, 10_000, 501, 501, "above-tolerance")),
        ("half a per cent of a large amount", cell(1_005_000, 1_000_000, [[None, 10_000]]),
         outcome("within-tolerance", 1_000_000, 1_000_000, 5_000, 5_000)),
        ("one cent above half a per cent", cell(1_005_001, 1_000_000, [[None, 10_000]]),
         outcome("differs", 1_000_000, 1_000_000, 5_001, 5_001, "above-tolerance")),
        ("ten per cent does not matter below EUR 1", cell(9, 5), outcome("within-tolerance", 5, 18, 4, 14)),
        ("a stated zero is never tolerated", cell(1, 0), outcome("differs", 0, 0, 1, 4, "stated-zero")),
        ("both stated zero", cell(0, 0), outcome("matched", 0, 0, 0, 0)),
        ("price zero: half a per cent of the quantity", cell(1_005, 1_000, [[None, 0]]),
         outcome("within-tolerance", 1_000, 0, 5, 0)),
        ("price zero: one more", cell(1_006, 1_000, [[None, 0]]),
         outcome("differs", 1_000, 0, 6, 0, "above-tolerance")),
        ("exactly EUR 100 in the year", cell(1_050, 1_000, [[None, 100_000]], tolerated=9_500),
         outcome("within-tolerance", 1_000, 10_000, 50, 500)),
        ("above EUR 100 in the year", cell(1_050, 1_000, [[None, 100_000]], tolerated=9_501),
         outcome("differs", 1_000, 10_000, 50, 500, "above-year-amount")),
        ("own use before everything", cell(5, None, None, own_use=True, provider_is_party=False),
         outcome("own-use")),
        ("not a party before no tariff", cell(5, None, None, consumer_is_party=False), outcome("not-a-party")),
        ("no tariff before provider only", cell(5, None, None), outcome("no-tariff")),
        ("a customer is billed on the provider's count",
         cell(200, None, consumer_is_party=False, consumer_is_customer=True), outcome("single-sided", 200, 700)),
        ("provider only", cell(7, None), outcome("provider-only")),
        ("consumer only", cell(None, 7), outcome("consumer-only")),
        ("confirmed and signed", cell(7, None, mode="confirmed", signed=True), outcome("matched", 7, 25, 0, 0)),
        ("confirmed, not signed", cell(7, None, mode="confirmed"), outcome("provider-only")),
        ("confirmed with an own number", cell(40, 39, mode="confirmed", signed=True),
         outcome("within-tolerance", 39, 137, 1, 3)),
        ("nobody stated anything", cell(None, None), "nothing-stated"),
        ("nothing stated about own use", cell(None, None, own_use=True), "nothing-stated"),
        ("more retracted than counted", cell(-1, 5), "negative-net-count"),
        ("the consumer retracted too much", cell(5, -1), "negative-net-count"),
        ("a negative count without a tariff", cell(-1, None, None), "negative-net-count"),
        ("a count that cannot be priced", cell(MAXIMUM, MAXIMUM, [[None, MAXIMUM]]), "amount-out-of-range"),
        ("a tariff with a negative price", cell(1, 1, [[None, -5]]), "negative-price"),
    ],
    "vat": [
        ("the statement of October", vat((22_020, "S", 2100), (8_085, "S", 2100), (9_000, "S", 2100)),
         {"documents": [paper(None, [0, 1, 2], ("S", 2100, 39_105, 8_212))]}),
        ("seven and seven cents together", vat((7, "S", 2100), (7, "S", 2100)),
         {"documents": [paper(None, [0, 1], ("S", 2100, 14, 3))]}),
        ("seven cents alone", vat((7, "S", 2100)), {"documents": [paper(None, [0], ("S", 2100, 7, 1))]}),
        ("half a cent of credit goes away from zero", vat((-50, "S", 900)),
         {"documents": [paper(None, [0], ("S", 900, -50, -5))]}),
        ("categories and rates apart", vat((100, "Z", 0), (100, "S", 2100), (100, "S", 900)),
         {"documents": [paper(None, [0, 1, 2], ("S", 900, 100, 9), ("S", 2100, 100, 21), ("Z", 0, 100, 0))]}),
        ("two reasons are two documents",
         vat((100, "S", 2100), (10, "E", 0, "x"), (20, "E", 0, "y")),
         {"documents": [paper("x", [0, 1], ("E", 0, 10, 0), ("S", 2100, 100, 21)),
                        paper("y", [2], ("E", 0, 20, 0))]}),
        ("outside the scope stands alone", vat((10, "O", 0, "x"), (100, "S", 2100)),
         {"documents": [paper("x", [0], ("O", 0, 10, 0)), paper(None, [1], ("S", 2100, 100, 21))]}),
        ("no lines, no document", vat(), {"documents": []}),
        ("standard rate without a rate", vat((1, "S", 0)), "vat-malformed"),
        ("zero rate with a rate", vat((1, "Z", 100)), "vat-malformed"),
        ("exempt without a reason", vat((1, "E", 0)), "vat-malformed"),
        ("a reason that nobody asked for", vat((1, "S", 2100, "x")), "vat-malformed"),
        ("more than all of it", vat((1, "S", 10_001)), "malformed-percentage"),
        ("a negative rate", vat((1, "S", -1)), "malformed-percentage"),
        ("a sum beyond 64 bits", vat((MAXIMUM, "S", 2100), (1, "S", 2100)), "amount-out-of-range"),
        ("a gross amount beyond 64 bits", vat((MAXIMUM, "S", 2100)), "amount-out-of-range"),
    ],
    "calendar": [
        ("the dispute window of 3 November", deadline("2026-11-03", 20), {"date": "2026-12-01"}),
        ("New Year's Day is no working day", deadline("2025-12-31", 1), {"date": "2026-01-02"}),
        ("Good Friday and Easter Monday", deadline("2026-04-02", 1), {"date": "2026-04-07"}),
        ("King's Day on a Sunday moves to Saturday", deadline("2025-04-25", 1), {"date": "2025-04-28"}),
        ("5 May in every year", deadline("2027-05-04", 1), {"date": "2027-05-07"}),
        ("a decreed day", deadline("2026-11-03", 1, "2026-11-04"), {"date": "2026-11-05"}),
        ("beyond the calendar", deadline("2199-12-30", 20), "date-out-of-range"),
        ("the last day has no next", deadline("2199-12-31", 1), "date-out-of-range"),
        ("the last week", deadline("2199-12-24", 20), "date-out-of-range"),
        ("a decreed last day", deadline("2199-12-30", 1, "2199-12-31"), "date-out-of-range"),
        ("a window of months", deadline("2199-11-01", 60), "date-out-of-range"),
        ("two days left", deadline("2199-12-29", 3), "date-out-of-range"),
        ("the window of a dispute", named("dispute", after="2026-11-03"), {"date": "2026-12-01"}),
        ("stated by the third working day", named("statement", month="2026-10"), {"date": "2026-11-04"}),
        ("invoiced by the 15th", named("invoice", month="2026-12"), {"date": "2027-01-15"}),
        ("due after thirty days", named("payment", after="2026-11-13"), {"date": "2026-12-13"}),
        ("a term of more than 3,650 days", named("payment", after="2026-11-13", days=3_651), "date-out-of-range"),
        ("a month without a next one", named("invoice", month="2199-12"), "date-out-of-range"),
        ("a due day beyond the calendar", named("payment", after="2199-12-13"), "date-out-of-range"),
    ],
}

S21 = {"category": "S", "rate": 2100, "reason": None}


def october(party="Woerden", **more):
    """The statement of DOMAIN's example: three applications, one tolerated and one disputed difference."""
    three = ["Eindhoven", "MijnGemeenteDichtbij", "Woerden"]

    def application(name, lead):
        return {"id": name, "lead": lead, "customers": ["Veilig-Thuis"] if name == "corv" else [],
                "providers": [lead], "modes": [],
                "participants": [{"party": p, "joined": "2025-01-01", "left": None} for p in three]}

    def counted(name, provider, counts, consumer="Woerden"):
        return {"application": name, "provider": provider, "consumer": consumer, "class": "basis",
                "month": "2026-10", "provider_count": counts[0], "consumer_count": counts[1], "signed": False,
                "same_content": None}

    return {
        "kind": "statement", "party": party, "month": "2026-10",
        "members": [{"id": p, "joined": "2025-01-01", "left": None} for p in three]
        + [{"id": "Helmond", "joined": "2026-10-12", "left": None}],
        "applications": [application("corv", "Eindhoven"), application("subsidie", "Eindhoven"),
                         application("zaak", "MijnGemeenteDichtbij")],
        "tariffs": [tariff("B-014", "2026-01"), tariff("B-017", "2026-01", tiers=[[None, 120_000]],
                                                       application="subsidie"),
                    tariff("B-021", "2026-01", tiers=[[None, 100_000]], application="zaak")],
        "vat": [{"kind": kind, "leg": leg} | S21 for kind in ("transaction-fee", "funding", "contribution")
                for leg in ("member-pays", "cooperative-pays")]
        + [{"kind": "development-share", "leg": "member-pays", "category": "E", "rate": 0,
            "reason": "VATEX-EU-132"}],
        "contributions": [{"decision": "B-001", "first_year": 2026, "rate": 350_000}],
        "inhabitants": [{"party": p, "municipality": code, "year": 2026, "count": count} for p, code, count in (
            ("Eindhoven", "GM0772", 226_868), ("MijnGemeenteDichtbij", "GM0757", 31_000),
            ("MijnGemeenteDichtbij", "GM0845", 28_077), ("Woerden", "GM0632", 51_460),
            ("Helmond", "GM0794", 90_515))],
        "cost_sharings": [{"decision": "B-009", "application": "corv", "cost": 12_000_000,
                           "first_month": "2026-01", "opening": [],
                           "participants": [{"party": p, "joined": "2026-10-12" if p == "Helmond" else "2025-01-01",
                                             "weight": w} for p, w in FOUR]}],
        "cells": [counted("subsidie", "Eindhoven", (1_842, 1_835)), counted("corv", "Eindhoven", (2_310, 2_310)),
                  counted("zaak", "MijnGemeenteDichtbij", (1_400, 900)),
                  counted("corv", "Eindhoven", (77, None), "Veilig-Thuis"),
                  counted("corv", "Eindhoven", (500, 500), "Eindhoven")],
        "terms": {}} | more


def charge(decision, kind, total, key, **more):
    return {"decision": decision, "kind": kind, "leg": "member-pays", "month": "2026-10", "settled_in": None,
            "total": total, "key": key, "application": None, "text": None} | more


CHARGES = [charge("B-030", "entrance-fee", 500_000, [["Woerden", 1]]),
           charge("B-031", "fixed-split", 9_250_000, [["Eindhoven", 50], ["MijnGemeenteDichtbij", 25], ["Woerden", 25]]),
           charge("B-032", "exit-charge", 99_999_999, [["Woerden", 1]]),
           charge("B-033", "advance", 10_000, [["Woerden", 1]], month="2026-03", settled_in="2026-10"),
           charge("B-034", "advance", 20_000, [["Woerden", 1]]),
           charge("B-035", "by-decision", -2_500, [["Woerden", 1]], application="corv", text="werk in natura"),
           charge("B-036", "by-decision", 2_500, [["Woerden", 1]], leg="cooperative-pays", text="vergoeding")]


def statements():
    base = october()
    twice = base["cells"] + base["cells"][:1]
    yield "Woerden in October, with a late joiner", base, None
    for party in ("Eindhoven", "MijnGemeenteDichtbij", "Helmond", "Veilig-Thuis"):
        yield f"{party} in the same month", october(party), None
    yield "a funder", october("Eindhoven", tariffs=[tariff(
        "B-014", "2026-01", tiers=[[None, 0]], funder="Eindhoven", funding_tiers=GRADUATED)]), None
    yield "lines by decision, an advance and an advance carried back", october(
        charges=CHARGES, vat=base["vat"] + [{"kind": kind, "leg": leg} | S21 for leg in ("member-pays", "cooperative-pays")
                                            for kind in ("entrance-fee", "exit-charge", "fixed-split", "by-decision",
                                                         "advance")]), None
    yield "the final inhabitants, corrected once", october(inhabitants=[
        {"party": "Woerden", "municipality": "GM0632", "year": 2025, "count": 51_460},
        {"party": "Woerden", "municipality": "GM0632", "year": 2026, "count": 52_000, "known_from": "2026-10"}]), None
    yield "a successor holds the place", october("Helmond", cost_sharings=[base["cost_sharings"][0] | {
        "changes": [{"month": "2026-05", "succeed": ["Woerden", "Helmond"]}]}]), None
    yield "a join under its own terms", october(cost_sharings=[base["cost_sharings"][0] | {
        "changes": [{"month": "2026-10", "index": [110, 100], "depreciation": [12, 60]}]}]), None
    yield "an advance carried back before it is asked", october(charges=[
        CHARGES[3] | {"month": "2026-11", "settled_in": "2026-10"}]), "charge-malformed"
    yield "an entrance fee of two", october(charges=[
        CHARGES[0] | {"key": [["Woerden", 1], ["Helmond", 1]]}]), "charge-malformed"
    yield "nobody known", october("Zwolle"), "unknown-party"
    yield "a cell twice", october(cells=twice), "duplicate-cell"
    yield "an application that nobody knows", october(applications=base["applications"][1:]), "unknown-application"
    yield "an application twice", october(applications=base["applications"] * 2), "duplicate-application"
    yield "a member twice", october(members=base["members"] * 2), "duplicate-party"
    yield "no inhabitants", october(inhabitants=[]), "inhabitants-missing"
    yield "a VAT category that nobody decided", october(vat=base["vat"][1:]), "vat-undecided"
    yield "two rates for one year", october(contributions=base["contributions"] * 2), "contributions-overlap"
    yield "one cost shared twice", october(cost_sharings=base["cost_sharings"] * 2), "duplicate-line"


def drawn(kinds, count, seed, refused, file):
    """Cases by the oracle, with at least `refused` refusals among them. What was drawn once is kept for ever."""
    content = json.loads(file.read_text()) if file.exists() else {"valid": [], "invalid": []}
    found = [v for v in content["invalid"] + content["valid"] if v["name"].startswith("drawn ")]
    found.sort(key=lambda vector: int(vector["name"][6:]))
    draw = random.Random(seed + len(found))
    while len(found) < count:
        case = draw.choice(kinds)(draw)
        solved = answer(case)
        if ("reason" in solved) == (sum("reason" in v for v in found) < refused):
            found.append({"name": f"drawn {len(found) + 1}", "by": "oracle", "case": case} | solved)
    return found


DRAWN = {"apportionment": ([draws.shares, draws.late_join], 16, 8),
         "rating": ([draws.rate, draws.contribution, draws.decimal], 24, 12),
         "comparison": ([draws.compare], 30, 15), "vat": ([draws.vat], 14, 7),
         "calendar": ([draws.deadline, ledger.draws.deadline], 12, 1), "statement": ([draws.statement], 18, 8)}


def main(folder):
    hand = HAND | ledger.HAND
    for seed, (topic, plan) in enumerate((DRAWN | ledger.DRAWN).items()):
        vectors = []
        for name, case, expected in hand.get(topic, []):
            solved = {"reason": expected} if isinstance(expected, str) else {"result": expected}
            vectors.append({"name": name, "by": "hand", "case": case} | solved)
        if topic == "statement":
            for name, case, expected in statements():
                solved = {"reason": expected} if expected else answer(case)
                source = "hand" if expected else "oracle"
                vectors.append({"name": name, "by": source, "case": case} | solved)
        file = pathlib.Path(folder) / f"settlement-{topic}.json"
        vectors += drawn(plan[0], plan[1], 100 + seed, plan[2], file)
        valid, invalid = (",\n".join(
            json.dumps(vector, ensure_ascii=False, separators=(",", ":")) for vector in vectors
            if ("reason" in vector) == refused) for refused in (False, True))
        text = (f'{{"topic":"settlement-{topic}","source":"Protocol/settlement.md","valid":[\n{valid}\n],\n'
                f'"invalid":[\n{invalid}\n]}}\n')
        file.write_text(text)


if __name__ == "__main__":
    main(sys.argv[1])
