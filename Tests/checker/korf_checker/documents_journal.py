# SPDX-License-Identifier: EUPL-1.2
"""Documents in the books of a member, as CSV and as hledger reads it, by Protocol/documents.md §8."""

import datetime
import re

from .documents import decimal, half_away, line_name
from .documents_statement import comma, csv_row, guarded
from .refusal import Refusal

ACCOUNTS = ("creditors", "debtors", "vatDue", "vatDeductible", "vatCompensable")


def is_account(text):
    plain = re.fullmatch(r'[^\x00-\x1f\x7f()\[\];]+', text)
    ends = text[:1] in tuple(' !*=~"') or text.endswith(" ") or "  " in text
    return bool(plain) and not ends and len(text.encode()) <= 100


def split(total, key):
    """Largest remainder (settlement.md §4), as [(id, cents)] by id."""
    whole, sign = sum(weight for _, weight in key), -1 if total < 0 else 1
    rows = [[name, *divmod(abs(total) * weight, whole), weight] for name, weight in key]
    left = abs(total) - sum(row[1] for row in rows)
    for row in sorted(rows, key=lambda row: (-row[2], -row[3], row[0].encode()))[:left]:
        row[1] += 1
    return [(row[0], sign * row[1]) for row in sorted(rows, key=lambda row: row[0].encode())]


def vat_of_lines(lines):
    sums = {}
    for line in lines:
        group = (line["category"], line["rate"])
        before = sums.get(group, 0)
        sums[group] = before + line["amount"]
        yield half_away(sums[group] * line["rate"], 10_000) - half_away(before * line["rate"], 10_000)


class Books:
    """The rules of one member, and what they make of documents."""

    def __init__(self, rules):
        self.rules = rules
        named = [rules["accounts"][name] for name in ACCOUNTS] + [match["ledger"] for match in rules["matches"]]
        if not all(map(is_account, named)):
            raise Refusal("malformed-account")
        if not rules["key"] and any(match["shared"] for match in rules["matches"]):
            raise Refusal("key-missing")

    def _match(self, line, is_purchase):
        for match in self.rules["matches"]:
            side = {None: is_purchase, "purchase": True, "sale": False}[match["side"]]
            fits_application = match["application"] in (None, line["application"])
            if match["lineKind"] in (None, line["kind"]) and fits_application and side == is_purchase:
                return match
        raise Refusal("unmapped")

    def postings(self, document):
        """[(account, cents, match or None, share, line or None)]"""
        member, accounts, lines = self.rules["member"], self.rules["accounts"], document["lines"]
        is_purchase = document["receiver"]["id"] == member
        if not is_purchase and document["issuer"]["id"] != member:
            raise Refusal("not-party")
        sign, found, gross = 1 if is_purchase else -1, [], 0
        for line, tax in zip(lines, vat_of_lines(lines), strict=True):
            match = self._match(line, is_purchase)
            gross += line["amount"] + tax
            whole = is_purchase and match["vat"] == "cost"
            parts = [(match["ledger"], line["amount"] + (tax if whole else 0))]
            if not whole:
                name = {"compensable": "vatCompensable"}.get(match["vat"], "vatDeductible")
                parts.append((accounts[name] if is_purchase else accounts["vatDue"], tax))
            for account, cents in parts:
                shares = split(sign * cents, self.rules["key"]) if match["shared"] else [(None, sign * cents)]
                found += [(account, share, match, name, line) for name, share in shares]
        found.append((accounts["creditors" if is_purchase else "debtors"], -sign * gross, None, None, None))
        found = [posting for posting in found if posting[1]]
        assert sum(posting[1] for posting in found) == 0
        other = document["issuer" if is_purchase else "receiver"]["name"]
        due = datetime.date.fromisoformat(document["issued"]) + datetime.timedelta(days=document["term"])
        return other, due.isoformat(), found

    def csv(self, documents):
        layout = self.rules["layout"]
        separator = ";" if layout["semicolons"] else ","
        text = csv_row([guarded(title) for title, _ in layout["columns"]], separator)
        for document in documents:
            other, due, postings = self.postings(document)
            for posting in postings:
                fields = self._fields(document, other, due, posting, layout["decimalComma"])
                text += csv_row([fields[name] for _, name in layout["columns"]], separator)
        return text

    @staticmethod
    def _fields(document, other, due, posting, has_comma):
        account, cents, match, share, line = posting
        match, line = match or {}, line or {}

        def money(value):
            text = decimal(value, 2, 2)
            return comma(text) if has_comma else text

        month = line.get("month")
        plain = {
            "document": document["number"],
            "counterparty": other,
            "order": document["order"],
            "account": account,
            "costCentre": match.get("costCentre"),
            "taskField": match.get("taskField"),
            "category": match.get("category"),
            "share": share,
            "application": line.get("application"),
            "text": line_name(line) if line else document["number"],
        }
        return {
            **{name: guarded(text or "") for name, text in plain.items()},
            "date": document["issued"],
            "due": due,
            "month": month or "",
            "year": (month or document["issued"])[:4],
            "nature": "investering" if match.get("investment") else "exploitatie",
            "debit": money(cents) if cents > 0 else "",
            "credit": money(-cents) if cents < 0 else "",
            "amount": money(cents),
        }

    def hledger(self, documents):
        def clean(text):
            return re.sub(r'[()\[\];|"\n\r\t]', " ", text)

        text = "commodity EUR 1000.00\n"
        for document in documents:
            other, due, postings = self.postings(document)
            text += f"\n{document['issued']} ({clean(document['number'])}) {clean(other)}\n"
            text += f"    ; vervaldatum: {due}\n"
            if document["order"]:
                text += f"    ; inkooporder: {clean(document['order'])}\n"
            for account, cents, _, _, line in postings:
                words = clean(line_name(line) if line else document["number"])
                text += f"    {account}  EUR {decimal(cents, 2, 2)}  ; {words}\n"
        return text


def journal(case):
    """The check of one vector."""
    books = Books(case["rules"])
    return {"csv": books.csv(case["documents"]), "hledger": books.hledger(case["documents"])}
