# SPDX-License-Identifier: EUPL-1.2
"""Runs and makes vector files."""
import json
import pathlib

from .case import FOREIGN, Disagreement, render, sections_of, verify_invalid, verify_valid
from .registry import TOPICS


def run(directory):
    """Prints one line a file; True when nothing disagrees."""
    fine = True
    for path in sorted(pathlib.Path(directory).glob("*.json")):
        topic = TOPICS.get(path.stem)
        if topic is None:
            print(f"{path.name}: not of this checker")
            continue
        document = json.loads(path.read_text("utf-8"))
        faults = list(_faults(topic, document))
        valid = sum(len(v) for v, _ in sections_of(document).values())
        invalid = sum(len(i) for _, i in sections_of(document).values())
        print(f"{path.name}: {valid} valid, {invalid} invalid" + (f", {len(faults)} DISAGREE" if faults else ""))
        for fault in faults:
            print(f"  {fault}")
        fine = fine and not faults
    missing = [name for name in TOPICS if not (pathlib.Path(directory) / f"{name}.json").exists()]
    for name in missing:
        print(f"{name}.json: missing")
    return fine and not missing


def _faults(topic, document):
    sections = sections_of(document)
    cases = [case for valid, invalid in sections.values() for case in valid + invalid]
    invalid_count = sum(len(invalid) for _, invalid in sections.values())
    if invalid_count * 10 < len(cases) * 3:
        yield f"only {invalid_count} of {len(cases)} cases are invalid, less than 30 %"
    foreign = sum(1 for case in cases if case.get("by") in FOREIGN)
    if foreign * 3 < len(cases):
        yield f"only {foreign} of {len(cases)} cases come from the checker or a public tool"
    for name in sections.keys() ^ topic.SECTIONS.keys():
        yield f"section {name!r} stands on one side only"
    for name, check in topic.SECTIONS.items():
        valid, invalid = sections.get(name, ((), ()))
        for verify, group in ((verify_valid, valid), (verify_invalid, invalid)):
            for case in group:
                try:
                    verify(check, case)
                except Disagreement as disagreement:
                    yield f"{name} {disagreement}".strip()


def make(directory):
    for name, topic in TOPICS.items():
        if not hasattr(topic, "make"):
            continue
        path = pathlib.Path(directory) / f"{name}.json"
        path.write_text(render(name, topic.SOURCE, topic.make()), "utf-8")
        print(f"{path.name}: {path.stat().st_size} bytes")
