# SPDX-License-Identifier: EUPL-1.2
"""Runs and makes vector files."""

import json
import pathlib

from .case import FOREIGN, Disagreement, render, sections_of, verify_invalid, verify_valid
from .registry import TOPICS
from .topics import foreign_topic


def run(directory):
    """Prints one line a file; True when nothing disagrees."""
    fine = True
    for path in sorted(pathlib.Path(directory).glob("*.json")):
        topic, read = TOPICS.get(path.stem), foreign_topic.reader(path.stem)
        document = json.loads(path.read_text("utf-8"))
        sections = sections_of(document) if topic else {"": foreign_topic.split(document)}
        faults = list(_shares(sections))
        if topic or read:
            faults += _faults(topic, sections) if topic else foreign_topic.faults(read, document)
        valid, invalid = (sum(len(pair[side]) for pair in sections.values()) for side in (0, 1))
        remark = f", {len(faults)} DISAGREE" if faults else "" if topic or read else ", only counted"
        print(f"{path.name}: {valid} valid, {invalid} invalid{remark}")
        for fault in faults:
            print(f"  {fault}")
        fine = fine and not faults
    missing = [name for name in TOPICS if not (pathlib.Path(directory) / f"{name}.json").exists()]
    for name in missing:
        print(f"{name}.json: missing")
    return fine and not missing


def _shares(sections):
    cases = [case for valid, invalid in sections.values() for case in valid + invalid]
    invalid_count = sum(len(invalid) for _, invalid in sections.values())
    if invalid_count * 10 < len(cases) * 3:
        yield f"only {invalid_count} of {len(cases)} cases are invalid, less than 30 %"
    foreign = sum(1 for case in cases if case.get("by", "oracle") in FOREIGN)
    if foreign * 3 < len(cases):
        yield f"only {foreign} of {len(cases)} cases come from the checker, an oracle or a public tool"


def _faults(topic, sections):
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
