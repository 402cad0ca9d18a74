# SPDX-License-Identifier: EUPL-1.2
"""Tests of the check itself: a good file with one fault each must draw the rule that forbids it."""

import json
import pathlib
import unittest

import check

VECTORS = pathlib.Path(__file__).parents[2] / "Protocol" / "vectors" / "documents-ubl.json"
CASES = {case["name"]: case["xml"] for case in json.loads(VECTORS.read_text("utf-8"))["valid"]}
INVOICE = CASES["nlcius: a part invoice of a month"]
CREDIT = CASES["peppol: a credit note over two months"]

# What the finding must hold, the text to be replaced, and its replacement.
FAULTS = (
    ("XML", "</Invoice>", ""),
    ("UBL 2.1", "<cbc:ID>BWR1-000042</cbc:ID>", ""),
    ("UBL 2.1", "<cbc:IssueDate>2026-11-13</cbc:IssueDate>", "<cbc:IssueDate>13-11-2026</cbc:IssueDate>"),
    ("BR-CO-15", '<cbc:TaxInclusiveAmount currencyID="EUR">473.17', '<cbc:TaxInclusiveAmount currencyID="EUR">473.18'),
    ("BR-CO-10", '<cbc:LineExtensionAmount currencyID="EUR">220.20', '<cbc:LineExtensionAmount currencyID="EUR">220.21'),
    ("BR-S-09", '<cbc:TaxAmount currencyID="EUR">82.12', '<cbc:TaxAmount currencyID="EUR">83.20'),
    ("BR-27", '<cbc:PriceAmount currencyID="EUR">0.12', '<cbc:PriceAmount currencyID="EUR">-0.12'),
    ("R120", '<cbc:PriceAmount currencyID="EUR">0.12', '<cbc:PriceAmount currencyID="EUR">0.13'),
    ("R010", 'schemeID="0190">00000099000000000300</cbc:EndpointID>', ">00000099000000000300</cbc:EndpointID>"),
    ("BR-NL-1:", 'schemeID="0106">67703194</cbc:CompanyID>', 'schemeID="0088">67703194</cbc:CompanyID>'),
    ("BR-NL-2:", "<cac:OrderReference>\n    <cbc:ID>45001234</cbc:ID>\n  </cac:OrderReference>", ""),
    ("BR-NL-3", "<cbc:StreetName>Stadhuisplein 1</cbc:StreetName>", ""),
    ("BR-NL-4", "<cbc:StreetName>Blekerijlaan 14</cbc:StreetName>", ""),
    ("BR-NL-7", "InvoiceTypeCode>380", "InvoiceTypeCode>326"),
    ("BR-NL-9", "InvoiceTypeCode>380", "InvoiceTypeCode>384"),
    ("BR-NL-10", 'schemeID="0190">00000099000000000300</cbc:CompanyID>', 'schemeID="0088">1</cbc:CompanyID>'),
    ("BR-NL-12", "<cbc:PaymentMeansCode>58", "<cbc:PaymentMeansCode>10"),
    ("BR-NL-29", "<cbc:PaymentMeansCode>", '<cbc:PaymentMeansCode name="SEPA">'),
)
CREDIT_FAULTS = (
    ("NL-R-002", "<cbc:StreetName>Stadhuisplein 1</cbc:StreetName>", ""),
    ("NL-R-008", "<cbc:PaymentMeansCode>57", "<cbc:PaymentMeansCode>10"),
    ("NL-R-001", "BillingReference", "DespatchDocumentReference"),
)


class CheckTests(unittest.TestCase):
    rules = check.Rules()

    def test_good_files_are_fine(self):
        for name, xml in CASES.items():
            self.assertEqual(self.rules.findings(xml.encode()), [], name)

    def test_each_fault_is_found(self):
        for text, faults in ((INVOICE, FAULTS), (CREDIT, CREDIT_FAULTS)):
            for rule, old, new in faults:
                self.assertIn(old, text, rule)
                broken = text.replace(old, new)
                if old == "BillingReference":
                    start, end = text.index("  <cac:BillingReference"), text.index("  <cac:AdditionalDocument")
                    broken = text[:start] + text[end:]
                found = self.rules.findings(broken.encode())
                self.assertTrue(any(rule in sentence for sentence in found), f"{rule}: {found}")


if __name__ == "__main__":
    unittest.main()
