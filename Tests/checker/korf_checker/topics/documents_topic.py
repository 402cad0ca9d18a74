# SPDX-License-Identifier: EUPL-1.2
"""documents-ubl.json"""

from ..case import Section
from ..documents import ubl

SOURCE = "Protocol/documents.md"
SECTIONS = {"": ubl}

BEWARE = {
    "id": "00000099000000000900",
    "name": "Coöperatie Beware U.A.",
    "oin": "00000099000000000900",
    "address": ["Stadhuisplein 1"],
    "postalCode": "5611 EM",
    "city": "Eindhoven",
    "kvk": "67703194",
    "vatId": "NL857139123B01",
    "iban": "NL91 ABNA 0417 1643 00",
    "endpoint": "0106:67703194",
}
WOERDEN = {
    "id": "00000099000000000300",
    "name": "Gemeente Woerden <facturen> & zo",
    "oin": "00000099000000000300",
    "address": ["Blekerijlaan 14", "Afdeling Financiën", "t.a.v. crediteuren"],
    "postalCode": "3447 GR",
    "city": "Woerden",
    "kvk": None,
    "vatId": "NL001234567B01",
    "iban": None,
    "endpoint": None,
}
EINDHOVEN = {
    "id": "00000099000000000100",
    "name": "Gemeente Eindhoven",
    "oin": "00000099000000000100",
    "address": ["Stadhuisplein 1"],
    "postalCode": "5611 EM",
    "city": "Eindhoven",
    "kvk": "17272738",
    "vatId": "NL001902763B01",
    "iban": "NL20INGB0001234567",
    "endpoint": "0190:00000099000000000100",
}
CUSTOMER = {
    "id": "veilig-thuis-01",
    "name": "Veilig Thuis Noord",
    "oin": None,
    "address": ["Postbus 10"],
    "postalCode": "9700 AA",
    "city": "Groningen",
    "kvk": "12345678",
    "vatId": None,
    "iban": None,
    "endpoint": None,
}


def line(amount, units=None, price=None, kind="transaction-fee", application="corv", month="2026-10", **more):
    """A line with everything that is not said left out."""
    usage = kind in ("transaction-fee", "funding")
    name = f"V-{month}/{application}/{EINDHOVEN['id']}/{WOERDEN['id']}/bericht/1" if usage else f"C-{month}/{kind}"
    empty = {"text": None, "decision": "genesis:8.0", "corrects": None, "part": False, "reason": None}
    return {
        "id": name,
        "kind": kind,
        "application": application if kind != "contribution" else None,
        "class": "bericht" if usage else None,
        "tier": 1 if usage else None,
        "units": units,
        "price": price,
        "amount": amount,
        "category": "S",
        "rate": 2100,
        "month": month,
        **empty,
        **more,
    }


def case(lines, profile="nlcius", **more):
    return {
        "profile": profile,
        "number": "BWR1-000042",
        "leg": "member-pays",
        "issuer": BEWARE,
        "receiver": WOERDEN,
        "issued": "2026-11-13",
        "term": 30,
        "order": "45001234",
        "reference": None,
        "inputs": "07" * 32,
        "lines": lines,
        "originals": [],
        **more,
    }


OCTOBER = [
    line(22020, 1835, 120000, application="subsidies"),
    line(8085, 2310, 35000),
    line(9000, 900, 100000, application="zaken", part=True),
]
EXEMPT = {"category": "E", "rate": 0, "reason": "VATEX-EU-132"}
CORRECTED = [["BWR1-000040", "2026-09-14", "2026-08"], ["BWR1-000041", "2026-10-14", "2026-09"]]
CREDIT = [
    line(-2500, -100, 25000, month="2026-08", corrects="BWR1-000040"),
    line(3, None, None, month="2026-09", corrects="BWR1-000041"),
]


def _good(section):
    for profile in ("nlcius", "peppol"):
        section.good(f"{profile}: a part invoice of a month", **case(OCTOBER, profile))
        section.good(f"{profile}: a credit note over two months", **case(CREDIT, profile, originals=CORRECTED))
        exempt = [line(2500, 1, 25000000, **EXEMPT), line(100, kind="entrance-fee")]
        section.good(f"{profile}: exempt beside the common rate", **case(exempt, profile))
        outside = [line(150092, kind="contribution", category="O", rate=0, reason="VATEX-EU-O Geen prestatie")]
        section.good(f"{profile}: a contribution outside the scope", **case(outside, profile))
        shifted = [line(7, 7, 10000, category="AE", rate=0, reason="Btw verlegd, artikel 12 Wet OB")]
        section.good(f"{profile}: VAT shifted to the buyer", **case(shifted, profile))
    advance = [line(120000, kind="advance", text="Voorschot 2027 \"hosting\"")]
    advance.append(line(-20000, kind="advance-settlement", application="corv", month="2026-12"))
    section.good("an advance and the settlement of another", **case(advance, term=0))
    rates = [line(7, 1, 70000, rate=900), line(7, 7, 10000), line(10, category="Z", rate=0, kind="funding")]
    section.good("three rates", **case(rates, order=None, reference="kenmerk 12"))
    own = {"leg": "cooperative-pays", "issuer": EINDHOVEN, "receiver": BEWARE, "number": "EHV1-000007"}
    section.good("the provider's invoice", **case(OCTOBER[:2], **own))
    section.good("a customer that is no member", **case(OCTOBER[:1], receiver=CUSTOMER, reference="VT 01"))
    zero = [line(100, kind="exit-charge"), line(-100, kind="fixed-split")]
    no_account = {**BEWARE, "iban": None, "oin": None}
    section.good("lines that come to nothing", **case(zero, issuer=no_account))
    big = [line(9_007_199_254_740_993, kind="by-decision", text="Tab\there\u0001", category="Z", rate=0)]
    section.good("an amount beyond a double", **case(big, issued="2026-12-31"))


def _bad(section):
    def bad(name, reason, lines=OCTOBER, profile="nlcius", **more):
        section.bad(name, reason, **case(lines, profile, **more))

    bad("a proposal", "unnumbered", number="P-2026-10/x/member-pays/1")
    bad("no reference at all", "reference-missing", order=None)
    bad("peppol: a credit note of nothing", "original-missing", [line(-1)], "peppol")
    bad("an amount without an opposite", "amount-out-of-range", [line(-(2**63), category="Z", rate=0)])
    for field in ("address", "postalCode", "city"):
        bad(f"no {field}", "party-incomplete", receiver={**WOERDEN, field: [] if field == "address" else None})
    bad("nobody in law", "party-incomplete", receiver={**CUSTOMER, "kvk": None})
    bad("no account", "party-incomplete", issuer={**BEWARE, "iban": None})
    bad("no VAT id", "party-incomplete", issuer={**BEWARE, "vatId": None})
    shifted = [line(100, category="AE", rate=0, reason="VATEX-EU-AE")]
    bad("VAT shifted to nobody", "party-incomplete", shifted, receiver=CUSTOMER)
    bad("a VAT id in small letters", "vat-id-invalid", issuer={**BEWARE, "vatId": "nl001234567B01"})
    bad("a digit too many", "iban-invalid", issuer={**BEWARE, "iban": "NL92ABNA0417164300"})
    for text in ("0106:1234", "106:67703194", "0190:67703194", "9944:NL 1"):
        bad(f"the address {text}", "identifier-invalid", receiver={**WOERDEN, "endpoint": text})


def make():
    section = Section(ubl)
    _good(section)
    _bad(section)
    return {"": section}
