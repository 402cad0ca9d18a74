# SPDX-License-Identifier: EUPL-1.2
"""The CSV and JSON of a statement, from its canonical text, by Protocol/documents.md §7."""

import json

from .documents import decimal
from .refusal import Refusal

CELL = (
    "applicatie aanbieder afnemer klasse stand aantalAanbieder aantalAfnemer aantalBerekend bedragCent verschil "
    "verschilCent reden inhoudVerschilt tarief"
).split()
COUNTS = CELL[5:11]
COLUMNS = (
    "maand lid richting document regel soort applicatie aanbieder afnemer klasse aantal tarief bedrag btw-categorie "
    "btw-tarief"
).split()


def guarded(text):
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t", "\r") and text else text


def csv_row(fields, separator):
    def quoted(field):
        special = any(mark in field for mark in ('"', "\r", "\n", separator))
        return '"' + field.replace('"', '""') + '"' if special else field

    return separator.join(map(quoted, fields)) + "\r\n"


def comma(text):
    return text.replace(".", ",")


class Statement:
    """The canonical text of settlement.md §13, row by row."""

    def __init__(self, text):
        self.rows = [row.split(" ") for row in text.splitlines()]
        if self.rows[0] != ["korf-statement/v1"] or self.rows[1][0] != "party":
            raise Refusal("statement-text")
        self.party, self.month = self.rows[1][1:]

    def of(self, word):
        return [row[1:] for row in self.rows if row[0] == word]

    def csv(self):
        places = {row[2]: row[1] for row in self.of("holds")}
        text = csv_row(COLUMNS, ";")
        for name, leg, kind, quantity, price, cents, category, rate in self.of("line"):
            usage = name.split("/")[1:5] if name[:2] in ("V-", "U-") else [""] * 4
            fields = [self.month, guarded(self.party), leg, places.get(name, ""), guarded(name), kind]
            fields += [guarded(part) for part in usage]
            fields += ["" if quantity == "-" else quantity]
            fields += ["" if price == "-" else comma(decimal(int(price), 6, 2)), comma(decimal(int(cents), 2, 2))]
            text += csv_row(fields + [category, comma(decimal(int(rate), 2, 0))], ";")
        return text

    def json(self):
        document = {
            "maand": self.month,
            "lid": self.party,
            "cellen": [self._cell(row) for row in self.of("cell")],
            "regels": [self._line(row) for row in self.of("line")],
            "documenten": [self._document(row) for row in self.of("document")],
            "totalen": [
                dict(zip(("richting", "nettoCent", "btwCent", "brutoCent"), [row[0], *map(int, row[1:])], strict=True))
                for row in self.of("total")
            ],
        }
        payable, receivable = map(int, self.of("disputed")[0])
        document |= {"betwistTeBetalenCent": payable, "betwistTeOntvangenCent": receivable}
        return json.dumps(document, ensure_ascii=False, indent=2) + "\n"

    @staticmethod
    def _cell(row):
        cell = {name: None if value == "-" else value for name, value in zip(CELL, row, strict=True)}
        cell["inhoudVerschilt"] = cell["inhoudVerschilt"] is not None
        return cell | {name: None if cell[name] is None else int(cell[name]) for name in COUNTS}

    @staticmethod
    def _line(row):
        name, leg, kind, quantity, price, cents, category, rate = row
        return {
            "id": name,
            "richting": leg,
            "soort": kind,
            "aantal": None if quantity == "-" else int(quantity),
            "prijsMicroEuro": None if price == "-" else int(price),
            "bedragCent": int(cents),
            "btwCategorie": category,
            "btwBasispunten": int(rate),
        }

    def _document(self, row):
        leg, number, issued, part, net, vat, gross, *reason = row
        words = " ".join(reason)
        names = ("categorie", "basispunten", "grondslagCent", "btwCent")
        return {
            "richting": leg,
            "nummer": int(number),
            "wordtUitgegeven": issued == "issued",
            "deelfactuur": part == "part",
            "nettoCent": int(net),
            "btwCent": int(vat),
            "brutoCent": int(gross),
            "vrijstelling": None if words == "-" else words,
            "regels": [held[2] for held in self.of("holds") if held[:2] == [leg, number]],
            "btw": [
                dict(zip(names, [one[2], *map(int, one[3:])], strict=True))
                for one in self.of("vat")
                if one[:2] == [leg, number]
            ],
        }


def statement_files(case):
    """The check of one vector."""
    made = Statement(case["text"])
    found = {"csv": made.csv(), "json": made.json()}
    for name, text in found.items():
        if case.get("claimed", {}).get(name, text) != text:
            raise Refusal(f"statement-{name}")
    return found
