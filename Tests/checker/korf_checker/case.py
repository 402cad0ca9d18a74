# SPDX-License-Identifier: EUPL-1.2
"""Vector cases: building, checking, writing. A check takes a case and returns its results or refuses."""

import json

from .refusal import Refusal

FOREIGN = (
    "checker",
    "oracle",
    "hand",
    "RFC 8949",
    "RFC 6962",
    "cwt",
    "Go sumdb/note",
    "C2SP",
    "cryptography",
)


class Disagreement(Exception):
    pass


class Section:
    """The valid and invalid cases of one thing, made with the check that will read them."""

    def __init__(self, check):
        self.check, self.valid, self.invalid = check, [], []

    def good(self, name, by="checker", **fields):
        case = {"name": name, "by": by, **fields}
        case.update(self.check(case))
        self.valid.append(case)
        return case

    def bad(self, name, reason, by="checker", **fields):
        case = {"name": name, "by": by, "reason": reason, **fields}
        verify_invalid(self.check, case)
        self.invalid.append(case)


def verify_valid(check, case):
    try:
        results = check(case)
    except Refusal as refusal:
        raise Disagreement(f"{case['name']}: refused as {refusal}, should be accepted") from None
    for key, value in results.items():
        if key not in case:
            raise Disagreement(f"{case['name']}: has no field {key}, computed {value}")
        if case[key] != value:
            raise Disagreement(f"{case['name']}: {key} is {case[key]}, computed {value}")


def verify_invalid(check, case):
    try:
        check(case)
    except Refusal as refusal:
        if refusal.reason != case["reason"]:
            raise Disagreement(
                f"{case['name']}: refused as {refusal}, should be {case['reason']}"
            ) from None
        for key in ("key", "cbor", "path"):
            if key in case and key in refusal.detail and case[key] != refusal.detail[key]:
                raise Disagreement(f"{case['name']}: {key} is {case[key]}, refused {refusal}") from None
        return
    raise Disagreement(f"{case['name']}: accepted, should be refused as {case['reason']}")


def _lines(cases, indent):
    pad = " " * indent
    return ",\n".join(pad + json.dumps(case, ensure_ascii=False) for case in cases)


def _body(section, indent):
    pad = " " * indent
    parts = []
    for word in ("valid", "invalid"):
        cases = getattr(section, word)
        inner = f"[\n{_lines(cases, indent + 2)}\n{pad}]" if cases else "[]"
        parts.append(f'{pad}"{word}": {inner}')
    return ",\n".join(parts)


def render(topic, source, sections):
    """JSON with one case a line. A single section named "" stands at the top level."""
    top = f'{{\n  "topic": {json.dumps(topic)},\n  "source": {json.dumps(source)},\n'
    if list(sections) == [""]:
        return top + _body(sections[""], 2) + "\n}\n"
    inner = [f"  {json.dumps(name)}: {{\n{_body(section, 4)}\n  }}" for name, section in sections.items()]
    return top + ",\n".join(inner) + "\n}\n"


def sections_of(document):
    """{section name: (valid, invalid)} of a vector file."""
    if "valid" in document:
        return {"": (document["valid"], document["invalid"])}
    return {
        name: (part["valid"], part["invalid"]) for name, part in document.items() if isinstance(part, dict)
    }
