# SPDX-License-Identifier: EUPL-1.2
"""Vector files of the oracles in Tests/oracle, read here too; settlement by the oracle itself."""

import pathlib
import sys

from .. import civil, metering
from ..refusal import Refusal


def civil_day(case):
    try:
        return {"day": civil.text(civil.civil_day(case["milliseconds"]))}
    except Refusal as refusal:
        return {"refused": refusal.reason}


def metering_events(case):
    try:
        return {"events": metering.read(case["text"], case["form"])}
    except Refusal as refusal:
        return {"violations": refusal.detail["list"]}


def settlement(case):
    folder = str(pathlib.Path(__file__).resolve().parents[3] / "oracle")
    if folder not in sys.path:
        sys.path.append(folder)
    import settlement_oracle

    return settlement_oracle.answer(case["case"])


RESULTS = ("day", "refused", "events", "violations", "result", "reason")
REFUSALS = ("refused", "violations", "reason")
READERS = {"civil-day": civil_day, "metering-events": metering_events}


def reader(stem):
    return settlement if stem.startswith("settlement-") else READERS.get(stem)


def split(document):
    """(valid, invalid) of either form of a file."""
    if "valid" in document:
        return document["valid"], document["invalid"]
    cases = document["vectors"]
    return (
        [case for case in cases if not any(word in case for word in REFUSALS)],
        [case for case in cases if any(word in case for word in REFUSALS)],
    )


def faults(read, document):
    for group in split(document):
        for case in group:
            expected = {word: case[word] for word in RESULTS if word in case}
            found = read(case)
            if found != expected:
                yield f"{case.get('name', case.get('instant'))}: found {found}, should be {expected}"
