# SPDX-License-Identifier: EUPL-1.2
"""documents-journal.json"""

from ..case import Section
from ..documents_journal import journal
from . import documents_topic as made

SOURCE = "Protocol/documents.md"
SECTIONS = {"": journal}

ACCOUNTS = {
    "creditors": "Crediteuren",
    "debtors": "Debiteuren",
    "vatDue": "Btw:af te dragen",
    "vatDeductible": "Btw:voorbelasting",
    "vatCompensable": "Btw:compensatiefonds",
}
DUTCH = {
    "columns": [["datum", "date"], ["stuk", "document"], ["grootboek", "account"], ["taakveld", "taskField"]]
    + [["deel", "share"], ["aard", "nature"], ["jaar", "year"], ["omschrijving", "text"], ["=debet", "debit"]]
    + [["credit", "credit"]],
    "semicolons": True,
    "decimalComma": True,
}
PLAIN = {
    "columns": [[name, name] for name in ("date", "due", "document", "counterparty", "order", "account", "costCentre")]
    + [[name, name] for name in ("category", "application", "month", "amount")],
    "semicolons": False,
    "decimalComma": False,
}


def match(ledger, vat="compensable", kind=None, application=None, side=None, **more):
    empty = {"costCentre": None, "taskField": None, "category": None, "investment": False, "shared": False}
    here = {"lineKind": kind, "application": application, "side": side, "ledger": ledger, "vat": vat}
    return {**here, **empty, **more}


def rules(member, matches, layout=DUTCH, key=(), **accounts):
    books = {"member": member["id"], "matches": matches, "accounts": {**ACCOUNTS, **accounts}}
    return {**books, "key": list(key), "layout": layout}


MATCHES = [
    match("Kosten:CORV", application="corv", taskField="0.4", costCentre="K1", category="3.8"),
    match("Kosten:subsidies, \"nieuw\"", "cost", application="subsidies", shared=True),
    match("Bijdragen", "deductible", kind="contribution", investment=True),
    match("Kosten:overig"),
]
KEY = [["GM0757", 31000], ["GM0845", 28077]]


def make():
    section = Section(journal)
    october, credit = made.case(made.OCTOBER), made.case(made.CREDIT, originals=made.CORRECTED)
    outside = made.case([made.line(150092, kind="contribution", category="O", rate=0, reason="VATEX-EU-O")])
    sevens = made.case([made.line(7), made.line(7), made.line(-3, application="subsidies"), made.line(8, rate=900)])
    documents = [october, credit, outside, sevens]
    section.good("a member's purchases", documents=documents, rules=rules(made.WOERDEN, MATCHES, key=KEY))
    section.good("the same for another system", documents=documents, rules=rules(made.WOERDEN, MATCHES, PLAIN, KEY))
    own = {"leg": "cooperative-pays", "issuer": made.EINDHOVEN, "receiver": made.BEWARE, "order": None}
    provided = made.case(made.OCTOBER[:2], **own, reference="x", number="EHV1-000007")
    sales = [match("Opbrengsten:hosting", "cost", side="sale"), match("Inkoop", side="purchase")]
    section.good("a provider's sale", documents=[provided], rules=rules(made.EINDHOVEN, sales))
    section.good("both sides of the cooperative", documents=[*documents, provided], rules=rules(made.BEWARE, sales))
    section.good("no document", documents=[], rules=rules(made.WOERDEN, []))
    section.bad("a line that no rule fits", "unmapped", documents=documents, rules=rules(made.WOERDEN, MATCHES[:1]))
    section.bad("a document of two others", "not-party", documents=documents, rules=rules(made.EINDHOVEN, MATCHES, key=KEY))
    section.bad("shared over nobody", "key-missing", documents=documents, rules=rules(made.WOERDEN, MATCHES))
    for name in ("", "a  b", "a;b", "(a)", "* a", "a ", "x" * 101):
        broken = rules(made.WOERDEN, MATCHES, key=KEY, debtors=name)
        section.bad(f"the account '{name[:8]}'", "malformed-account", documents=[], rules=broken)
    return {"": section}
