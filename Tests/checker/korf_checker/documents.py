# SPDX-License-Identifier: EUPL-1.2
"""Electronic invoices, from Protocol/documents.md alone: a case in, the text of the file out."""

import calendar
import datetime
import re
from xml.sax.saxutils import escape

from .refusal import Refusal

MONTHS = (
    "januari februari maart april mei juni juli augustus september oktober november december".split()
)
UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
CUSTOMIZATION = {
    "nlcius": "urn:cen.eu:en16931:2017#compliant#urn:fdc:nen.nl:nlcius:v1.0",
    "peppol": "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0",
}
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
LOWEST = -(2**63)


def escaped(text):
    text = escape(CONTROL.sub("\ufffd", text), {'"': "&quot;"})
    return text.replace("\t", "&#9;").replace("\n", "&#10;").replace("\r", "&#13;")


def element(name, content, level=0, **attributes):
    """Lines of one element; the content is a text or a list of (name, content[, attributes]); None is left out."""
    pad = "  " * level
    opening = name + "".join(f' {key}="{escaped(value)}"' for key, value in attributes.items())
    if not content:
        return [f"{pad}<{opening}/>"]
    if isinstance(content, str):
        return [f"{pad}<{opening}>{escaped(content)}</{name}>"]
    lines = [f"{pad}<{opening}>"]
    for child in content:
        if child is not None:
            child_name, inner, *rest = child
            lines += element(child_name, inner, level + 1, **(rest[0] if rest else {}))
    return lines + [f"{pad}</{name}>"]


def half_away(numerator, denominator):
    quotient, remainder = divmod(abs(numerator), denominator)
    quotient += 2 * remainder >= denominator
    return -quotient if numerator < 0 else quotient


def decimal(value, digits, minimum):
    whole, fraction = divmod(abs(value), 10**digits)
    text = f"{fraction:0{digits}d}"
    while len(text) > minimum and text.endswith("0"):
        text = text[:-1]
    return ("-" if value < 0 else "") + str(whole) + ("." + text if text else "")


def month_words(month):
    return f"{MONTHS[int(month[5:]) - 1]} {month[:4]}"


def day_words(day):
    return f"{day.day} {month_words(day.isoformat()[:7])}"


def fits_iban(text):
    text = text.replace(" ", "")
    if not re.fullmatch("[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}", text):
        return None
    digits = "".join(str(int(letter, 36)) for letter in text[4:] + text[:4])
    return text if int(digits) % 97 == 1 else None


def schemed(text):
    """(scheme, id) of `scheme:id`, or a refusal."""
    found = re.fullmatch(r"([0-9]{4}):([A-Za-z0-9.:-]{1,50})", text)
    digits = {"0190": 20, "0106": 8}.get(found[1]) if found else None
    if not found or (digits and not re.fullmatch(f"[0-9]{{{digits}}}", found[2])):
        raise Refusal("identifier-invalid")
    return found[1], found[2]


def party(facts, is_cooperative):
    oin = facts["oin"] and ("0190", facts["oin"])
    kvk = facts["kvk"] and ("0106", facts["kvk"])
    ids = [one for one in ((kvk, oin) if is_cooperative else (oin, kvk)) if one]
    if not ids or not facts["address"] or not facts["postalCode"] or not facts["city"]:
        raise Refusal("party-incomplete")
    if facts["vatId"] and not re.fullmatch("[A-Z]{2}[A-Z0-9]{2,18}", facts["vatId"]):
        raise Refusal("vat-id-invalid")
    endpoint = schemed(facts["endpoint"]) if facts["endpoint"] else ids[0]
    if facts["iban"] and not fits_iban(facts["iban"]):
        raise Refusal("iban-invalid")
    return {**facts, "ids": ids, "endpoint": endpoint, "iban": facts["iban"] and fits_iban(facts["iban"])}


SCHEME = ("cac:TaxScheme", [("cbc:ID", "VAT")])


def party_element(one, outside):
    more = ", ".join(one["address"][1:])
    return [
        (
            "cac:Party",
            [
                ("cbc:EndpointID", one["endpoint"][1], {"schemeID": one["endpoint"][0]}),
                ("cac:PartyIdentification", [("cbc:ID", one["ids"][1][1], {"schemeID": one["ids"][1][0]})])
                if len(one["ids"]) > 1
                else None,
                ("cac:PartyName", [("cbc:Name", one["name"])]),
                (
                    "cac:PostalAddress",
                    [
                        ("cbc:StreetName", one["address"][0]),
                        ("cbc:AdditionalStreetName", more) if more else None,
                        ("cbc:CityName", one["city"]),
                        ("cbc:PostalZone", one["postalCode"]),
                        ("cac:Country", [("cbc:IdentificationCode", "NL")]),
                    ],
                ),
                None
                if outside or not one["vatId"]
                else ("cac:PartyTaxScheme", [("cbc:CompanyID", one["vatId"]), SCHEME]),
                (
                    "cac:PartyLegalEntity",
                    [
                        ("cbc:RegistrationName", one["name"]),
                        ("cbc:CompanyID", one["ids"][0][1], {"schemeID": one["ids"][0][0]}),
                    ],
                ),
            ],
        )
    ]


def line_name(line):
    subject = f" {line['application']}" if line["application"] else ""
    usage = f", klasse {line['class']}, trede {line['tier']}" if line["class"] else ""
    name = {
        "transaction-fee": f"Transacties{subject}{usage}",
        "funding": f"Bekostiging van transacties{subject}{usage}",
        "contribution": "Contributie",
        "contribution-correction": "Correctie contributie",
        "development-share": f"Aandeel ontwikkelkosten{subject}",
        "entrance-fee": "Entreegeld",
        "exit-charge": "Uittreedsom",
        "fixed-split": line["text"] or f"Aandeel in vaste verdeling{subject}",
        "by-decision": line["text"] or f"Post volgens besluit{subject}",
        "advance": line["text"] or f"Voorschot{subject}",
        "advance-settlement": line["text"] or f"Verrekend voorschot{subject}",
    }[line["kind"]]
    part = " (deel waarover geen verschil bestaat)" if line["part"] else ""
    return f"{name}, {month_words(line['month'])}{part}"


def period(first, last):
    last_day = calendar.monthrange(int(last[:4]), int(last[5:]))[1]
    return ("cac:InvoicePeriod", [("cbc:StartDate", f"{first}-01"), ("cbc:EndDate", f"{last}-{last_day:02d}")])


def tax(category, rate):
    return [("cbc:ID", category), None if category == "O" else ("cbc:Percent", decimal(rate, 2, 0))]


def reason_elements(reason, category, profile):
    if reason is None or category in "SZ":
        return []
    code, sentence = None, reason
    if reason.startswith("VATEX-"):
        code, _, sentence = reason.partition(" ")
    sentence = sentence.lstrip(" ") or {"AE": "Btw verlegd", "O": "Niet onderworpen aan btw"}.get(
        category, "Vrijgesteld van btw"
    )
    if profile == "nlcius":
        return [("cbc:TaxExemptionReason", f"{sentence} ({code})" if code else sentence)]
    return [("cbc:TaxExemptionReasonCode", code) if code else None, ("cbc:TaxExemptionReason", sentence)]


class Invoice:
    """A document with its sums, checked by the rules of documents.md §3."""

    def __init__(self, case):
        self.case, self.profile, lines = case, case["profile"], case["lines"]
        groups = {}
        for line in lines:
            key = (line["category"], line["rate"])
            groups[key] = groups.get(key, 0) + line["amount"]
        self.vat = [(c, r, total, half_away(total * r, 10_000)) for (c, r), total in sorted(groups.items())]
        self.net = sum(row[2] for row in self.vat)
        self.tax = sum(row[3] for row in self.vat)
        self.gross = self.net + self.tax
        self.credit = self.net < 0
        self.sign = -1 if self.credit else 1
        self.outside = all(row[0] == "O" for row in self.vat)
        self.reason = next((line["reason"] for line in lines if line["reason"]), None)
        self.due = datetime.date.fromisoformat(case["issued"]) + datetime.timedelta(days=case["term"])
        self._check()

    def _check(self):
        case = self.case
        if not re.fullmatch("[A-Za-z0-9][A-Za-z0-9-]{0,19}-[0-9]{6,}", case["number"]):
            raise Refusal("unnumbered")
        if not case["order"] and not case["reference"]:
            raise Refusal("reference-missing")
        member_pays = case["leg"] == "member-pays"
        self.seller = party(case["issuer"], member_pays)
        self.buyer = party(case["receiver"], not member_pays)
        amounts = [line["amount"] for line in case["lines"]] + [self.net, self.tax, self.gross]
        if LOWEST in amounts or any(LOWEST in row[2:] for row in self.vat):
            raise Refusal("amount-out-of-range")
        no_account = not self.credit and self.gross > 0 and not self.seller["iban"]
        no_seller_vat = not self.outside and not self.seller["vatId"]
        no_buyer_vat = any(row[0] == "AE" for row in self.vat) and not self.buyer["vatId"]
        if no_account or no_seller_vat or no_buyer_vat:
            raise Refusal("party-incomplete")
        if self.profile == "peppol" and self.credit and not case["originals"]:
            raise Refusal("original-missing")

    def money(self, name, amount):
        return (f"cbc:{name}", decimal(self.sign * amount, 2, 2), {"currencyID": "EUR"})

    def note(self):
        sentences = []
        if any(line["part"] for line in self.case["lines"]):
            sentences.append("Deelfactuur: waarover verschil bestaat, is niet gefactureerd.")
        if self.case["originals"]:
            sentences.append("Correctie van eerdere documenten.")
        return [("cbc:Note", " ".join(sentences))] if sentences else []

    def references(self):
        named, elements = set(), []
        # In the order of documents: by service month, then number (as prefix and count), then date.
        for number, issued, _ in sorted(self.case["originals"], key=original_order):
            if number not in named:
                named.add(number)
                date = [] if self.profile == "nlcius" else [("cbc:IssueDate", issued)]
                inner = [("cac:InvoiceDocumentReference", [("cbc:ID", number), *date])]
                elements.append(("cac:BillingReference", inner))
        digest = [
            ("cbc:ID", self.case["inputs"]),
            ("cbc:DocumentDescription", "SHA-256 van de gegevens waaruit dit is berekend"),
        ]
        return elements + [("cac:AdditionalDocumentReference", digest)]

    def payment(self):
        number, due = self.case["number"], day_words(self.due)
        means = [("cbc:PaymentMeansCode", "57"), ("cbc:PaymentID", number)]
        if self.seller["iban"] and not self.credit:
            account = ("cac:PayeeFinancialAccount", [("cbc:ID", self.seller["iban"])])
            means = [("cbc:PaymentMeansCode", "58"), ("cbc:PaymentID", number), account]
        terms = f"Te betalen uiterlijk op {due} onder vermelding van {number}."
        if self.credit or self.gross <= 0:
            terms = f"Wordt verrekend of terugbetaald, uiterlijk op {due}."
        return [("cac:PaymentMeans", means), ("cac:PaymentTerms", [("cbc:Note", terms)])]

    def line(self, number, line):
        kind = "Credited" if self.credit else "Invoiced"
        units, price, amount = line["units"], line["price"], line["amount"]
        if units is not None and price is not None and half_away(units * price, 10_000) == amount:
            quantity, priced = self.sign * units, decimal(price, 6, 2)
        else:
            quantity, priced = self.sign * (-1 if amount < 0 else 1), decimal(abs(amount), 2, 2)
        origin = [f"Volgens {line['decision']}"] if line["decision"] else []
        origin += [f"Correctie op {line['corrects']}"] if line["corrects"] else []
        return (
            "cac:CreditNoteLine" if self.credit else "cac:InvoiceLine",
            [
                ("cbc:ID", str(number)),
                (f"cbc:{kind}Quantity", str(quantity), {"unitCode": "C62"}),
                self.money("LineExtensionAmount", amount),
                period(line["month"], line["month"]),
                ("cac:DocumentReference", [("cbc:ID", line["id"]), ("cbc:DocumentTypeCode", "130")]),
                (
                    "cac:Item",
                    [
                        ("cbc:Description", "; ".join(origin)) if origin else None,
                        ("cbc:Name", line_name(line)),
                        ("cac:ClassifiedTaxCategory", [*tax(line["category"], line["rate"]), SCHEME]),
                    ],
                ),
                ("cac:Price", [("cbc:PriceAmount", priced, {"currencyID": "EUR"})]),
            ],
        )

    def tax_total(self):
        subtotals = []
        for category, rate, taxable, amount in self.vat:
            reason = reason_elements(self.reason, category, self.profile)
            inner = [*tax(category, rate), *reason, SCHEME]
            subtotals.append(
                (
                    "cac:TaxSubtotal",
                    [self.money("TaxableAmount", taxable), self.money("TaxAmount", amount), ("cac:TaxCategory", inner)],
                )
            )
        return ("cac:TaxTotal", [self.money("TaxAmount", self.tax), *subtotals])

    def text(self):
        case, name = self.case, "CreditNote" if self.credit else "Invoice"
        months = sorted(line["month"] for line in case["lines"])
        totals = (("LineExtension", self.net), ("TaxExclusive", self.net))
        totals += (("TaxInclusive", self.gross), ("Payable", self.gross))
        content = [
            ("cbc:CustomizationID", CUSTOMIZATION[self.profile]),
            ("cbc:ProfileID", "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"),
            ("cbc:ID", case["number"]),
            ("cbc:IssueDate", case["issued"]),
            None if self.credit else ("cbc:DueDate", self.due.isoformat()),
            (f"cbc:{name}TypeCode", "381" if self.credit else "380"),
            *self.note(),
            ("cbc:DocumentCurrencyCode", "EUR"),
            ("cbc:BuyerReference", case["reference"]) if case["reference"] else None,
            period(months[0], months[-1]),
            ("cac:OrderReference", [("cbc:ID", case["order"])]) if case["order"] else None,
            *self.references(),
            ("cac:AccountingSupplierParty", party_element(self.seller, self.outside)),
            ("cac:AccountingCustomerParty", party_element(self.buyer, self.outside)),
            *self.payment(),
            self.tax_total(),
            ("cac:LegalMonetaryTotal", [self.money(f"{word}Amount", amount) for word, amount in totals]),
            *(self.line(number, line) for number, line in enumerate(case["lines"], 1)),
        ]
        spaces = {
            "xmlns": f"{UBL}{name}-2",
            "xmlns:cac": f"{UBL}CommonAggregateComponents-2",
            "xmlns:cbc": f"{UBL}CommonBasicComponents-2",
        }
        return '<?xml version="1.0" encoding="UTF-8"?>\n' + "\n".join(element(name, content, **spaces)) + "\n"


def original_order(original):
    number, issued, month = original
    prefix, _, count = number.rpartition("-")
    return month, prefix.encode(), int(count), issued


def ubl(case):
    """The check of one vector."""
    return {"xml": Invoice(case).text()}
