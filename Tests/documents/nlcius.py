# SPDX-License-Identifier: EUPL-1.2
"""The Dutch rules for electronic invoices (NLCIUS 1.0, in UBL), read from their published text, in our own words.

They hold for a seller in the Netherlands who says that he keeps NLCIUS. Rules of which the norm says "not recommended"
are findings too.
"""

NS = {
    "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
}
CUSTOMIZATION = "urn:cen.eu:en16931:2017#compliant#urn:fdc:nen.nl:nlcius:v1.0"
PROCESS = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
SELLER, BUYER = "cac:AccountingSupplierParty/cac:Party", "cac:AccountingCustomerParty/cac:Party"
REPRESENTATIVE = "cac:TaxRepresentativeParty"
ADDRESS = ("cbc:StreetName", "cbc:CityName", "cbc:PostalZone")
MEANS = {"30", "48", "49", "57", "58", "59"}

# What the norm advises against: rule, path, words.
UNWANTED = (
    ("BR-NL-19", "cbc:TaxCurrencyCode", "a currency for VAT is not wanted"),
    ("BR-NL-20", "cbc:TaxPointDate", "a date of VAT is not wanted"),
    ("BR-NL-21", ".//cac:InvoicePeriod/cbc:DescriptionCode", "a code for the date of VAT is not wanted"),
    ("BR-NL-24", "cac:BillingReference/cac:InvoiceDocumentReference/cbc:IssueDate", "no date of the original"),
    ("BR-NL-26", f"{SELLER}/cac:PartyLegalEntity/cbc:CompanyLegalForm", "no further legal words of the seller"),
    ("BR-NL-27", ".//cac:AddressLine/cbc:Line", "no third line of an address"),
    ("BR-NL-28", ".//cbc:CountrySubentity", "no part of a country"),
    ("BR-NL-29", "cac:PaymentMeans/cbc:PaymentMeansCode/@name", "no words beside the code of payment"),
    ("BR-NL-30", "cac:PaymentMeans/cac:PayeeFinancialAccount/cbc:Name", "no name of the account"),
    ("BR-NL-32", ".//cac:AllowanceCharge/cbc:AllowanceChargeReasonCode", "no code for an allowance or charge"),
    ("BR-NL-35", ".//cbc:TaxExemptionReasonCode", "the reason of exemption is words, no code"),
)


def text(root, path):
    found = root.find(path, NS)
    return (found.text or "").strip() if found is not None else ""


def has(root, path):
    return bool(root.xpath(path, namespaces=NS))


def country(root, party):
    return text(root, f"{party}/cac:PostalAddress/cac:Country/cbc:IdentificationCode")


def has_dutch_identity(root, party):
    schemes = root.xpath(f"{party}/cac:PartyLegalEntity/cbc:CompanyID/@schemeID", namespaces=NS)
    return bool({"0106", "0190"} & set(schemes))


def has_address(root, party):
    return all(text(root, f"{party}/cac:PostalAddress/{part}") for part in ADDRESS)


def _parties(root):
    if not has_dutch_identity(root, SELLER):
        yield "BR-NL-1", "the seller's legal identity is neither a KvK number nor an OIN"
    if not text(root, "cbc:BuyerReference") and not text(root, "cac:OrderReference/cbc:ID"):
        yield "BR-NL-2", "there is neither a reference of the buyer nor an order"
    if not has_address(root, SELLER):
        yield "BR-NL-3", "the seller's address lacks street, city or postal code"
    if country(root, BUYER) == "NL" and not has_address(root, BUYER):
        yield "BR-NL-4", "the buyer's address lacks street, city or postal code"
    if text(root, f"{REPRESENTATIVE}/cac:PostalAddress/cac:Country/cbc:IdentificationCode") == "NL":
        if not has_address(root, REPRESENTATIVE):
            yield "BR-NL-5", "the address of the fiscal representative lacks street, city or postal code"
    if country(root, BUYER) == "NL" and not has_dutch_identity(root, BUYER):
        yield "BR-NL-10", "the buyer's legal identity is neither a KvK number nor an OIN"


def _document(root):
    is_credit = root.tag.endswith("}CreditNote")
    code = text(root, "cbc:CreditNoteTypeCode" if is_credit else "cbc:InvoiceTypeCode")
    if code not in {"380", "381", "384", "389"}:
        yield "BR-NL-7", f"the type {code} is none of 380, 381, 384, 389"
    if (code == "381") != is_credit:
        yield "BR-NL-8", f"the type {code} does not go with this root"
    if code == "384" and not text(root, "cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID"):
        yield "BR-NL-9", "a corrective invoice names no original"
    if text(root, "cbc:ProfileID") != PROCESS:
        yield "BR-NL-23", "the process is not that of billing on the network"
    for scheme in root.findall(f"{SELLER}/cac:PartyTaxScheme", NS):
        if text(scheme, "cbc:CompanyID") and text(scheme, "cac:TaxScheme/cbc:ID") != "VAT":
            yield "BR-NL-25", "a tax registration of the seller other than for VAT is not wanted"
    currency = text(root, "cbc:DocumentCurrencyCode")
    for amount in root.findall(".//cac:TaxTotal/cbc:TaxAmount", NS):
        if amount.get("currencyID") != currency:
            yield "BR-NL-33", "a VAT total in another currency is not wanted"


def _payment(root):
    payable = text(root, "cac:LegalMonetaryTotal/cbc:PayableAmount")
    if not payable.startswith("-") and float(payable) > 0 and not has(root, "cac:PaymentMeans"):
        yield "BR-NL-11", "there is no means of payment"
    for means in root.findall("cac:PaymentMeans", NS):
        code = text(means, "cbc:PaymentMeansCode")
        if code not in MEANS:
            yield "BR-NL-12", f"the means of payment {code} is none of {', '.join(sorted(MEANS))}"
        if code in {"58", "59"} and has(means, "cac:PayeeFinancialAccount/cac:FinancialInstitutionBranch/cbc:ID"):
            yield "BR-NL-31", "a SEPA payment does without a bank identifier"


def findings(root):
    """(rule, words) of every rule that the document breaks; none where it is not for these rules."""
    if text(root, "cbc:CustomizationID") != CUSTOMIZATION or country(root, SELLER).upper() != "NL":
        return []
    found = [*_parties(root), *_document(root), *_payment(root)]
    return found + [(rule, words) for rule, path, words in UNWANTED if has(root, path)]
