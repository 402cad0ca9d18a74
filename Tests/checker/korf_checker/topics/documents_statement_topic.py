# SPDX-License-Identifier: EUPL-1.2
"""documents-statement.json: of each statement vector that is not refused."""

import json
import pathlib

from ..case import Section
from ..documents_statement import Statement, statement_files

SOURCE = "Protocol/documents.md"
SECTIONS = {"": statement_files}
STATEMENTS = pathlib.Path(__file__).parents[4] / "Protocol" / "vectors" / "settlement-statement.json"


def make():
    section = Section(statement_files)
    for case in json.loads(STATEMENTS.read_text("utf-8"))["valid"]:
        text = case["result"]["text"]
        section.good(case["name"], text=text)
        for name, written in (("csv", Statement(text).csv()), ("json", Statement(text).json())):
            wrong = written.replace("\r\n", "\n") if name == "csv" else written.replace("null", "0", 1)
            if wrong != written:
                section.bad(f"{case['name']}, misread", f"statement-{name}", text=text, claimed={name: wrong})
    return {"": section}
