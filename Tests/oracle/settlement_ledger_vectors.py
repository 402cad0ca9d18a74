# SPDX-License-Identifier: EUPL-1.2
"""Vectors worked by hand of keys that change, documents, corrections and periods; settlement_vectors.py writes them."""
import settlement_draws as draws

MAXIMUM = 2**63 - 1
FOUR = [["Eindhoven", 226_868], ["MijnGemeenteDichtbij", 59_077], ["Woerden", 51_460], ["Helmond", 90_515]]
FIRST = [["Eindhoven", 8_068_689], ["MijnGemeenteDichtbij", 2_101_107], ["Woerden", 1_830_204]]
RESETTLED = [["Eindhoven", -1_706_715], ["Helmond", 2_538_278], ["MijnGemeenteDichtbij", -444_433],
             ["Woerden", -387_130]]
SHARES = [["Eindhoven", 6_361_974], ["Helmond", 2_538_278], ["MijnGemeenteDichtbij", 1_656_674],
          ["Woerden", 1_443_074]]
FLAT = [[None, 35_000]]


def late(cost, weights, *joins, **more):
    return {"kind": "late_join", "cost": cost, "weights": weights, "joins": list(joins)} | more


AB = [["a", 1], ["b", 1], ["c", 2]]
WOERDEN = {"kind": "contribution", "rate": 350_000, "inhabitants": [52_000], "months": 12, "instalments": 12,
           "inhabitants_before": [51_460], "final_from": 4}


def leaving(asked, inhabitants=(51_460,)):
    return {"kind": "exit", "asked": asked, "rate": 350_000, "inhabitants": list(inhabitants)}


SHARING = [
    ("a leaver stays in the key and later resettlements still pay it",
     late(12_000_000, FOUR, [n for n, _ in FOUR[:3]], {"leave": "Woerden"}, ["Helmond"]),
     {"charges": [FIRST, [], RESETTLED], "shares": SHARES}),
    ("a successor takes the place under the first id", late(100, AB, ["a", "b"], {"succeed": ["a", "n"]}, ["c"]),
     {"charges": [[["a", 50], ["b", 50]], [], [["a", -25], ["b", -25], ["c", 50]]],
      "shares": [["a", 25], ["b", 25], ["c", 50]], "paid": [["a", 50], ["b", 25], ["c", 50], ["n", -25]]}),
    ("a merged member holds both places",
     late(100, AB, ["a", "b"], {"succeed": ["a", "n"]}, {"succeed": ["b", "n"]}, ["c"]),
     {"charges": [[["a", 50], ["b", 50]], [], [], [["a", -25], ["b", -25], ["c", 50]]],
      "shares": [["a", 25], ["b", 25], ["c", 50]], "paid": [["a", 50], ["b", 50], ["c", 50], ["n", -50]]}),
    ("a split divides what was charged by largest remainder",
     late(100, AB, ["a", "b"], {"split": ["a", [["a1", 2], ["a2", 1]]]}),
     {"charges": [[["a", 50], ["b", 50]], []], "shares": [["a1", 33], ["a2", 17], ["b", 50]],
      "paid": [["a", 50], ["b", 50]]}),
    ("indexation is in the join's decision", late(10_000, AB, ["a"], {"join": ["b"], "index": [110, 100]}),
     {"charges": [[["a", 10_000]], [["a", -4_500], ["b", 5_500]]], "shares": [["a", 5_500], ["b", 5_500]]}),
    ("depreciation too: half the life is gone", late(12_000, AB, ["a"], {"join": ["b"], "depreciation": [30, 60]}),
     {"charges": [[["a", 12_000]], [["a", -9_000], ["b", 3_000]]], "shares": [["a", 3_000], ["b", 3_000]]}),
    ("nothing is left after its life", late(12_000, AB, ["a"], {"join": ["b"], "depreciation": [61, 60]}),
     {"charges": [[["a", 12_000]], [["a", -12_000], ["b", 0]]], "shares": [["a", 0], ["b", 0]]}),
    ("another key date brings its weights", late(4_000, AB, ["a"], {"join": ["b"], "weights": [["b", 3], ["a", 1]]}),
     {"charges": [[["a", 4_000]], [["a", -3_000], ["b", 3_000]]], "shares": [["a", 1_000], ["b", 3_000]]}),
    ("what was charged before the network is taken off", late(100, AB, ["a", "b"], opening=[["a", 70], ["z", 5]]),
     {"charges": [[["a", -20], ["b", 50], ["z", -5]]], "shares": [["a", 50], ["b", 50], ["z", 0]]}),
    ("last year's inhabitants, corrected once by one line", WOERDEN,
     {"amount": 1_820_000, "exit_cap": 1_820_000, "correction": 4_725,
      "instalments": [150_092, 150_091, 150_092] + [151_667, 151_666, 151_667] * 3}),
    ("leaving costs at most a year's contribution", leaving(5_000_000), {"charge": 1_801_100, "cap": 1_801_100}),
    ("leaving may cost less", leaving(100), {"charge": 100, "cap": 1_801_100}),
    ("a successor of nobody", late(100, AB, ["a"], {"succeed": ["b", "n"]}), "not-in-key"),
    ("who leaves was never in it", late(100, AB, ["a"], {"leave": "b"}), "not-in-key"),
    ("a split of nobody", late(100, AB, ["a"], {"split": ["b", [["b1", 1]]]}), "not-in-key"),
    ("a part that is another place", late(100, AB, ["a", "b"], {"split": ["a", [["b", 1]]]}), "duplicate-party"),
    ("parts without weight", late(100, AB, ["a"], {"split": ["a", [["a1", 0], ["a2", 0]]]}), "all-weights-zero"),
    ("weights for only some places", late(100, AB, ["a"], {"join": ["b"], "weights": [["a", 1]]}), "key-incomplete"),
    ("weights of a stranger", late(100, AB, ["a"], {"join": ["b"], "weights": [["a", 1], ["c", 1]]}), "not-in-key"),
    ("an index of zero", late(100, AB, ["a"], {"join": ["b"], "index": [1, 0]}), "index-malformed"),
    ("a life of no months", late(100, AB, ["a"], {"join": ["b"], "depreciation": [0, 0]}), "depreciation-malformed"),
    ("an indexed cost beyond 64 bits", late(MAXIMUM, AB, ["a"], {"join": ["b"], "index": [2, 1]}),
     "amount-out-of-range"),
    ("final before the first instalment is no correction", WOERDEN | {"final_from": 1}, "instalment-out-of-range"),
    ("exit with fewer than no inhabitants", leaving(1, [-1]), "negative-quantity"),
]


def paper(number, leg, amount, due="2026-12-13", kind="380", member="Woerden", **more):
    return {"number": number, "member": member, "leg": leg, "kind": kind, "due": due, "open": amount} | more


def offset(*documents, on="2026-12-15", **more):
    return {"kind": "offset", "on": on, "documents": list(documents)} | more


def settled(member, owed, owing, direction, amount, *documents):
    return {"payments": [{"member": member, "to_cooperative": owed, "to_member": owing, "direction": direction,
                          "amount": amount, "documents": list(documents)}]}


OWED, OWING = paper("BWR1-000001", "member-pays", 47_317), paper("WRD1-000007", "cooperative-pays", 12_100)


def payment(*payments, documents=(OWED,), on="2027-01-20"):
    return {"kind": "payment", "documents": list(documents), "on": on, "payments": [
        {"reference": reference, "on": "2026-12-20", "amount": amount} for reference, amount in payments]}


def ageing(leg, age, amount):
    return {name: [[a, amount if (name, a) == (leg, age) else 0] for a in (
        "not-due", "1-30", "31-60", "61-90", "over-90")] for name in ("member-pays", "cooperative-pays")}


def series(prefix, last, *record):
    return {"kind": "series", "prefix": prefix, "last": last, "record": list(record)}


def order(amount, *used):
    return {"kind": "order", "amount": amount, "used": list(used)}


LEDGER = [
    ("both directions become one payment", offset(OWED, OWING),
     settled("Woerden", 47_317, 12_100, "member-pays", 35_217, "BWR1-000001", "WRD1-000007")),
    ("a credit note is reversed", offset(OWED, paper("BWR1-000002", "member-pays", 50_000, kind="381")),
     settled("Woerden", -2_683, 0, "cooperative-pays", 2_683, "BWR1-000001", "BWR1-000002")),
    ("the due day itself counts", offset(OWED, on="2026-12-13"),
     settled("Woerden", 47_317, 0, "member-pays", 47_317, "BWR1-000001")),
    ("what is not due or contested stays out", offset(OWED, OWING | {"contested": True}, on="2026-12-12"),
     {"payments": []}),
    ("equal amounts: nothing is paid", offset(OWED, OWING | {"open": 47_317}),
     settled("Woerden", 47_317, 47_317, None, 0, "BWR1-000001", "WRD1-000007")),
    ("a part payment, 38 days late", payment(("BWR1-000001", 7_317)),
     {"open": [["BWR1-000001", 40_000, "31-60"]], "ageing": ageing("member-pays", "31-60", 40_000)}),
    ("paid in two parts", payment(("BWR1-000001", 7_317), ("BWR1-000001", 40_000)),
     {"open": [], "ageing": ageing("", "", 0)}),
    ("thirty days late is the first age", payment(on="2027-01-12"),
     {"open": [["BWR1-000001", 47_317, "1-30"]], "ageing": ageing("member-pays", "1-30", 47_317)}),
    ("on the due day it is not late", payment(on="2026-12-13"),
     {"open": [["BWR1-000001", 47_317, "not-due"]], "ageing": ageing("member-pays", "not-due", 47_317)}),
    ("the next number", series("EHV1", 41), {"next": "EHV1-000042", "last": 41}),
    ("numbers in their order", series("EHV1", 0, "EHV1-000001", "EHV1-000002"), {"next": "EHV1-000003", "last": 2}),
    ("a number of more than six digits", series("A", 999_999, "A-1000000"), {"next": "A-1000001", "last": 1_000_000}),
    ("eighty per cent warns", order(500_000, 300_000, 100_000),
     {"used": 400_000, "left": 100_000, "warns": True, "exceeded": False}),
    ("one cent less does not", order(500_000, 399_999),
     {"used": 399_999, "left": 100_001, "warns": False, "exceeded": False}),
    ("an order can be exceeded", order(500_000, 500_001),
     {"used": 500_001, "left": -1, "warns": True, "exceeded": True}),
    ("nobody decided offset", offset(OWED, decided=False), "offset-not-decided"),
    ("a document twice", offset(OWED, OWED), "number-used"),
    ("a negative amount on paper", offset(OWED | {"open": -1}), "negative-on-paper"),
    ("a sum beyond 64 bits", offset(OWED, OWED | {"number": "x", "open": MAXIMUM}), "amount-out-of-range"),
    ("a payment that fits no document", payment(("BWR1-000009", 1)), "payment-fits-nothing"),
    ("more than is open", payment(("BWR1-000001", 47_318)), "payment-exceeds-open"),
    ("a payment of nothing", payment(("BWR1-000001", 0)), "payment-wrong-way"),
    ("a payment back of an invoice", payment(("BWR1-000001", -1)), "payment-wrong-way"),
    ("a number already used", series("EHV1", 2, "EHV1-000002"), "number-used"),
    ("a gap", series("EHV1", 2, "EHV1-000004"), "number-gap"),
    ("another series", series("EHV1", 0, "EHV2-000001"), "foreign-number"),
    ("digits that are missing", series("EHV1", 0, "EHV1-1"), "malformed-number"),
    ("a prefix with a blank", series("EHV 1", 0), "malformed-series"),
    ("an order without an amount", order(0), "order-without-amount"),
]


def cell(before, quantity, month="2026-10", **more):
    return {"application": "corv", "provider": "Eindhoven", "consumer": "Woerden", "class": "basis", "month": month,
            "leg": "member-pays", "issuer": "Beware", "receiver": "Woerden", "category": "S", "rate": 2100,
            "reason": None, "before": before, "quantity": quantity, "tiers": FLAT} | more


def billed(number, *lines, issued="2026-11-13"):
    return {"document": f"BWR1-{number:06}", "issued": issued, "lines": [list(line) for line in lines]}


def correction(*cells, month="2027-01", **more):
    return {"kind": "correction", "month": month, "cells": list(cells)} | more


def corrected(documents=(), carried=(), too_old=()):
    return {"documents": list(documents), "carried": list(carried), "too_old": list(too_old)}


def note(kind, net, lines, originals, reason=None):
    return {"issuer": "Beware", "receiver": "Woerden", "kind": kind, "reason": reason, "net": net, "lines": lines,
            "originals": originals}


NAME, OLD = "corv/Eindhoven/Woerden/basis/2026-10", "corv/Eindhoven/Woerden/basis/2021-12"
ONE = billed(1, (1, 100, 35_000, 350))
TWO = billed(2, (1, -100, 35_000, -350), (1, 300, 35_000, 1_050), issued="2026-12-14")
BACK = [f"{NAME}/1/back", -100, 35_000, -350, "BWR1-000001"]
FROM_ONE = [["2026-10", "BWR1-000001", "2026-11-13"]]

CORRECTIONS = [
    ("late usage: the whole cell again, minus its document", correction(cell([ONE], 300)), corrected([
        note("380", 700, [BACK, [f"{NAME}/1", 300, 35_000, 1_050, "BWR1-000001"]], FROM_ONE)])),
    ("less than EUR 5 is carried forward", correction(cell([ONE], 150)), corrected(carried=[NAME])),
    ("exactly EUR 5 is issued",
     correction(cell([billed(1, (1, 100, 50_000, 500))], 200, tiers=[[None, 50_000]])), corrected([
         note("380", 500, [[f"{NAME}/1/back", -100, 50_000, -500, "BWR1-000001"],
                           [f"{NAME}/1", 200, 50_000, 1_000, "BWR1-000001"]], FROM_ONE)])),
    ("net negative is a credit note", correction(cell([billed(1, (1, 300, 35_000, 1_050))], None)), corrected([
        note("381", -1_050, [[f"{NAME}/1/back", -300, 35_000, -1_050, "BWR1-000001"]], FROM_ONE)])),
    ("sixty months back is corrected, sixty-one is not",
     correction(cell([], 1_000, "2022-01"), cell([], 1_000, "2021-12")), corrected([
         note("380", 3_500, [["corv/Eindhoven/Woerden/basis/2022-01/1", 1_000, 35_000, 3_500, None]], [])],
         too_old=[OLD])),
    ("a final statement pays any amount, and a second correction names both documents",
     correction(cell([TWO, ONE], 200), final=True), corrected([
         note("381", -350, [[f"{NAME}/1/back", -300, 35_000, -1_050, "BWR1-000002"],
                            [f"{NAME}/1", 200, 35_000, 700, "BWR1-000002"]],
              FROM_ONE + [["2026-10", "BWR1-000002", "2026-12-14"]])])),
    ("what did not change is no correction", correction(cell([TWO, ONE], 300)), corrected()),
    ("EUR 5 is measured before splitting by reason",
     correction(cell([], 200), cell([billed(1, (1, 200, 35_000, 700))], None, **{"class": "e"}, category="E", rate=0,
                                    reason="VATEX-EU-132")),
     corrected(carried=[NAME, "corv/Eindhoven/Woerden/e/2026-10"])),
    ("a negative quantity", correction(cell([], -1)), "negative-quantity"),
    ("tiers that fall", correction(cell([], 1, tiers=[[1, 1], [1, 1], [None, 1]])), "tiers-malformed"),
    ("exempt without a reason", correction(cell([], 1, category="E", rate=0)), "vat-malformed"),
    ("a negative price", correction(cell([], 1, tiers=[[None, -1]])), "negative-price"),
    ("an amount beyond 64 bits", correction(cell([], MAXIMUM, tiers=[[None, MAXIMUM]])), "amount-out-of-range"),
]

ZAAK = {"application": "zaak", "provider": "Eindhoven", "consumer": "Woerden", "class": "basis"}
PRICED = ZAAK | {"tiers": [[None, 100_000]]}
CUT = {"epoch": 7, "digest": "07" * 32}


def act(name, by, on, **more):
    return ZAAK | {"event": name, "by": by, "on": on} | more


def both(provider, consumer, on="2026-11-03"):
    return [act("state", "Eindhoven", on, count=provider), act("state", "Woerden", on, count=consumer)]


def sign(by, on="2026-11-10", **more):
    return {"event": "sign", "by": by, "on": on} | CUT | more


LAPSE = {"event": "lapse", "on": "2026-12-02"} | CUT
DISPUTE = act("dispute", "Woerden", "2026-11-20", reason="dubbele aanlevering", evidence="ab" * 32)


def period(*events, cells=(PRICED,), **more):
    return {"kind": "period", "month": "2026-10", "pair": ["Woerden", "Eindhoven"], "cells": list(cells),
            "events": list(events)} | more


def lived(stage, cell_stage, state, billed_now, amount, contested=False, escalated=False, cut=None, day="2026-12-01"):
    return {"stage": stage, "last_day": day, "cut": cut, "cells": [{
        "cell": "zaak/Eindhoven/Woerden/basis", "stage": cell_stage, "state": state, "billed": billed_now,
        "billed_amount": amount, "contested": contested, "escalated": escalated, "last_day": day}]}


def yearly(count, again=()):
    """So many months with EUR 5.00 between the two counts."""
    return {"kind": "tolerance", "tiers": [[None, 100_000]], "terms": {},
            "cells": [{"month": f"2026-{number % 12 + 1:02}", "class": f"k{number // 12}", "provider_count": 1_050,
                       "consumer_count": 1_000} for number in range(count)], "again": list(again)}


def compared(count):
    """In order of month, then class: EUR 100 is reached by the twentieth."""
    order = sorted((f"2026-{number % 12 + 1:02}", f"k{number // 12}") for number in range(count))
    return [[month, name, "within-tolerance" if place < 20 else "differs", 500]
            for place, (month, name) in enumerate(order)]


def low(*months, through="2026-12"):
    return {"kind": "repeatedly_low", "tiers": [[None, 100_000]], "through": through, "cells": [
        {"month": month, "provider_count": 1_400, "consumer_count": 900} for month in months]}


PERIODS = [
    ("nobody stated anything", period(), lived("open", "open", None, None, None, day=None)),
    ("one side stated", period(both(900, 900)[0]), lived("open", "stated", "provider-only", None, None)),
    ("equal counts are agreed", period(*both(900, 900)), lived("stated", "agreed", "matched", 900, 9_000)),
    ("a tolerated difference", period(*both(1_005, 1_000)),
     lived("stated", "within-tolerance", "within-tolerance", 1_000, 10_000)),
    ("a difference is disputed at once", period(*both(1_400, 900)),
     lived("stated", "disputed", "differs", 900, 9_000, contested=True)),
    ("both sign one cut", period(*both(900, 900), sign("Woerden"), sign("Eindhoven")),
     lived("signed", "signed", "matched", 900, 9_000, cut=7)),
    ("two cuts are not yet one", period(*both(900, 900), sign("Woerden"), sign("Eindhoven", epoch=8)),
     lived("stated", "agreed", "matched", 900, 9_000)),
    ("signed and closed", period(*both(900, 900), sign("Woerden"), sign("Eindhoven"),
                                 {"event": "close", "on": "2026-11-11"}),
     lived("closed", "closed", "matched", 900, 9_000, cut=7)),
    ("a lapse releases what matched and hands over the rest", period(*both(1_400, 900), LAPSE),
     lived("lapsed", "signed", "differs", 900, 9_000, contested=True, escalated=True, cut=7)),
    ("a lapse of a silent side bills nothing", period(both(900, 900)[0], LAPSE),
     lived("lapsed", "signed", "provider-only", None, None, escalated=True, cut=7)),
    ("a dispute of equal counts on the last day", period(*both(900, 900), DISPUTE | {"on": "2026-12-01"}),
     lived("stated", "disputed", "matched", 900, 9_000, contested=True)),
    ("the other count is accepted", period(*both(1_400, 900), DISPUTE, act("accept", "Woerden", "2026-11-21")),
     lived("stated", "agreed", "differs", 1_400, 14_000)),
    ("a dispute withdrawn leaves the difference", period(
        *both(1_400, 900), DISPUTE, act("withdraw", "Woerden", "2026-11-21")),
     lived("stated", "disputed", "differs", 900, 9_000, contested=True)),
    ("the deciding organ decides", period(
        *both(1_400, 900), act("escalate", "Eindhoven", "2026-11-21"),
        act("decide", "Eindhoven", "2026-12-15", quantity=1_200, decision="B-031")),
     lived("stated", "agreed", "differs", 1_200, 12_000)),
    ("a new statement starts the window anew", period(
        *both(1_400, 900), act("state", "Woerden", "2026-11-10", count=1_400)),
     lived("stated", "agreed", "matched", 1_400, 14_000, day="2026-12-08")),
    ("sixty working days after the first statement the window is over", period(
        *both(1_400, 900), act("state", "Woerden", "2027-01-25", count=1_400)),
     lived("stated", "agreed", "matched", 1_400, 14_000, day="2027-01-28")),
    ("confirmed by signing", period(both(900, 0)[0], act("confirm", "Woerden", "2026-11-05"),
                                    cells=(PRICED | {"mode": "confirmed"},)),
     lived("stated", "agreed", "matched", 900, 9_000)),
    ("EUR 100 in a year is tolerated, the next difference is not", yearly(21),
     {"states": compared(21), "again": []}),
    ("comparing again first takes the cell's own amount out",
     yearly(20, [{"month": "2026-01", "class": "k0", "provider_count": 1_050, "consumer_count": 1_001}]),
     {"states": compared(20),
      "again": [["2026-01", "k0", "within-tolerance", 490]]}),
    ("three of twelve months", low("2026-01", "2026-06", "2026-12"),
     {"sides": [["corv", "a", "b", "consumer", ["2026-01", "2026-06", "2026-12"]]]}),
    ("the thirteenth month is too long ago", low("2025-12", "2026-06", "2026-12"), {"sides": []}),
    ("a dispute after the window", period(*both(900, 900), DISPUTE | {"on": "2026-12-02"}), "dispute-too-late"),
    ("a lapse on the last day", period(*both(900, 900), LAPSE | {"on": "2026-12-01"}), "window-open"),
    ("a lapse before anybody stated", period(LAPSE), "not-signed"),
    ("signing while a side is silent", period(both(900, 900)[0], sign("Eindhoven")), "cell-not-stated"),
    ("usage after the close", period(*both(900, 900), sign("Woerden"), sign("Eindhoven"),
                                     act("state", "Woerden", "2026-11-12", count=901)), "period-settled"),
    ("closing what nobody signed", period(*both(900, 900), {"event": "close", "on": "2026-11-11"}), "not-signed"),
    ("one's own dispute answered", period(*both(900, 900), DISPUTE, act(
        "respond", "Woerden", "2026-11-21", reason="toch niet", evidence=None)), "not-the-other"),
    ("the other withdraws it", period(*both(900, 900), DISPUTE, act("withdraw", "Eindhoven", "2026-11-21")),
     "not-the-disputer"),
    ("a second dispute", period(*both(900, 900), DISPUTE, DISPUTE), "dispute-open"),
    ("accepting an agreed cell", period(*both(900, 900), act("accept", "Woerden", "2026-11-21")), "no-dispute"),
    ("deciding what nobody escalated", period(*both(1_400, 900), act(
        "decide", "Eindhoven", "2026-12-15", quantity=1_200, decision="B-031")), "not-escalated"),
    ("a stranger", period(*both(900, 900), DISPUTE | {"by": "Helmond"}), "not-of-pair"),
    ("a negative net count", period(both(-1, 900)[0]), "negative-net-count"),
    ("back in time", period(*both(900, 900), DISPUTE | {"on": "2026-11-02"}), "date-reversed"),
    ("a reason of 1,001 bytes", period(*both(900, 900), DISPUTE | {"reason": "x" * 1_001}), "malformed-reason"),
    ("no reason", period(*both(900, 900), DISPUTE | {"reason": ""}), "malformed-reason"),
]

STANDING = PRICED | {"kind": "stance", "month": "2026-10", "provider_stated": [1_400, "2026-11-03"],
                     "consumer_stated": [900, "2026-11-03"]}


def says(by, word, quantity=None, on="2026-11-20", since=None):
    return {"by": by, "word": word, "quantity": quantity, "on": on, "since": since}


def stands(*args, **more):
    return lived("", *args, **more)["cells"][0]


PERIODS += [
    ("a stance accepts what the other stated", STANDING | {"stances": [says("consumer", "accepted", 1_400)]},
     stands("agreed", "differs", 1_400, 14_000)),
    ("two stances meet between the counts", STANDING | {"stances": [
        says("consumer", "accepted", 1_200), says("provider", "disputed", 1_200)]},
     stands("agreed", "differs", 1_200, 12_000)),
    ("a quantity that only one accepts has no effect", STANDING | {"stances": [says("consumer", "accepted", 1_200)]},
     stands("disputed", "differs", 900, 9_000, contested=True)),
    ("a dispute renewed after the window keeps the right of the first", STANDING | {
        "provider_stated": [900, "2026-11-03"], "stances": [
            says("consumer", "disputed", on="2026-12-20", since="2026-12-01")]},
     stands("disputed", "matched", 900, 9_000, contested=True)),
    ("a first dispute after the window has no effect", STANDING | {
        "provider_stated": [900, "2026-11-03"], "stances": [says("consumer", "disputed", on="2026-12-02")]},
     stands("agreed", "matched", 900, 9_000)),
    ("confirmed is the provider's count alone", STANDING | {
        "mode": "confirmed", "consumer_stated": None, "stances": [says("consumer", "confirmed", 1_400)]},
     stands("agreed", "matched", 1_400, 14_000)),
    ("another quantity confirms nothing", STANDING | {
        "mode": "confirmed", "consumer_stated": None, "stances": [says("consumer", "confirmed", 1_399)]},
     stands("stated", "provider-only", None, None)),
    ("a stance on more retracted than counted", STANDING | {"provider_stated": [-1, "2026-11-03"]},
     "negative-net-count"),
]

HAND = {"sharing": SHARING, "ledger": LEDGER, "corrections": CORRECTIONS, "periods": PERIODS}
DRAWN = {"sharing": ([draws.sharing, draws.contribution, draws.leaving], 16, 4),
         "ledger": ([draws.offset, draws.payment, draws.series, draws.order], 20, 4),
         "corrections": ([draws.correction], 10, 3),
         "periods": ([draws.period, draws.tolerance, draws.repeatedly_low], 24, 8)}
