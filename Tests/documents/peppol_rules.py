# SPDX-License-Identifier: EUPL-1.2
"""Rules of Peppol BIS Billing 3.0 that no package brings along, read from their published list, in our own words.

R010, R020 and the like hold whatever profile a file names, since any of them may travel over the network; what NLCIUS
rules otherwise is asked of files that say Peppol alone.
"""

import decimal

from nlcius import BUYER, MEANS, NS, PROCESS, SELLER, country, has, has_address, has_dutch_identity, text

CUSTOMIZATION = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
SLACK = decimal.Decimal("0.02")


def _general(root):
    if text(root, "cbc:ProfileID") != PROCESS:
        yield "PEPPOL-EN16931-R001", "the process is missing or another one"
    if len(root.findall("cbc:Note", NS)) > 1:
        yield "PEPPOL-EN16931-R002", "there is more than one note"
    if not text(root, "cbc:BuyerReference") and not text(root, "cac:OrderReference/cbc:ID"):
        yield "PEPPOL-EN16931-R003", "there is neither a reference of the buyer nor an order"
    if has(root, "cbc:TaxCurrencyCode[. = ../cbc:DocumentCurrencyCode]"):
        yield "PEPPOL-EN16931-R005", "the currency for VAT is that of the document"
    if any(not (element.text or "").strip() and not len(element) for element in root.iter()):
        yield "PEPPOL-EN16931-R008", "an element is empty"
    for rule, party in (("R010", BUYER), ("R020", SELLER)):
        if not root.xpath(f"{party}/cbc:EndpointID[@schemeID]", namespaces=NS):
            yield f"PEPPOL-EN16931-{rule}", "an electronic address is missing"
    currency = text(root, "cbc:DocumentCurrencyCode")
    if any(amount.get("currencyID", currency) != currency for amount in root.iter()):
        yield "PEPPOL-EN16931-R051", "amounts are in two currencies"
    if len(root.findall("cac:TaxTotal[cac:TaxSubtotal]", NS)) != 1:
        yield "PEPPOL-EN16931-R053", "there is not exactly one VAT total with subtotals"


def _lines(root):
    first, last = (text(root, f"cac:InvoicePeriod/cbc:{name}Date") for name in ("Start", "End"))
    for line in root.findall("cac:InvoiceLine", NS) + root.findall("cac:CreditNoteLine", NS):
        name = f"line {text(line, 'cbc:ID')}"
        start, end = (text(line, f"cac:InvoicePeriod/cbc:{part}Date") for part in ("Start", "End"))
        if first and start and start < first:
            yield "PEPPOL-EN16931-R110", f"{name} begins before the period of the document"
        if last and end and end > last:
            yield "PEPPOL-EN16931-R111", f"{name} ends after the period of the document"
        quantity = text(line, "cbc:InvoicedQuantity") or text(line, "cbc:CreditedQuantity")
        product = decimal.Decimal(quantity) * decimal.Decimal(text(line, "cac:Price/cbc:PriceAmount"))
        if abs(product - decimal.Decimal(text(line, "cbc:LineExtensionAmount"))) > SLACK:
            yield "PEPPOL-EN16931-R120", f"the amount of {name} is not quantity times price"
        if len(line.findall("cac:DocumentReference", NS)) > 1:
            yield "PEPPOL-EN16931-R100", f"{name} names more than one object"
        if has(line, "cac:DocumentReference[not(cbc:DocumentTypeCode = '130')]"):
            yield "PEPPOL-EN16931-R101", f"{name} names a document that is no object"


def _dutch(root):
    if country(root, SELLER) != "NL":
        return
    original = "cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID"
    if root.tag.endswith("}CreditNote") and not text(root, original):
        yield "NL-R-001", "a credit note names no original"
    if not has_address(root, SELLER):
        yield "NL-R-002", "the seller's address lacks street, city or postal code"
    if not has_dutch_identity(root, SELLER):
        yield "NL-R-003", "the seller's legal identity is neither a KvK number nor an OIN"
    if country(root, BUYER) == "NL":
        if not has_address(root, BUYER):
            yield "NL-R-004", "the buyer's address lacks street, city or postal code"
        if not has_dutch_identity(root, BUYER):
            yield "NL-R-005", "the buyer's legal identity is neither a KvK number nor an OIN"
        if not has(root, "cac:PaymentMeans"):
            yield "NL-R-007", "there is no means of payment"
        codes = root.xpath("cac:PaymentMeans/cbc:PaymentMeansCode/text()", namespaces=NS)
        if set(codes) - MEANS:
            yield "NL-R-008", "a means of payment is not one of those that Dutch buyers take"
    if has(root, ".//cac:OrderLineReference/cbc:LineID") and not text(root, "cac:OrderReference/cbc:ID"):
        yield "NL-R-009", "a line of an order is named without the order"


def findings(root):
    """(rule, words) of every rule that the document breaks."""
    found = [*_general(root), *_lines(root)]
    if text(root, "cbc:CustomizationID") == CUSTOMIZATION:
        found += _dutch(root)
    return found
