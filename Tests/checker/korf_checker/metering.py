# SPDX-License-Identifier: EUPL-1.2
"""Events of the metering inbox as JSON, Protocol/metering-events.md sections 1 to 3 and 6."""

import json
import re

from . import cbor, civil, identity
from .genesis import is_slug
from .refusal import Refusal

DEPTH_MOST, BATCH_MOST, RULES_MOST, QUANTITY_MOST = 32, 1000, 100, 10**12
UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
URI_REFERENCE = re.compile(r"([A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+")
TIME = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(\.\d+)?([Zz]|([+-])(\d\d):(\d\d))", re.ASCII
)
MANDATORY = ("specversion", "id", "source", "type", "time", "data")
DATA_MANDATORY = ("applicatie", "aanbieder", "afnemer")


class Number(str):
    """A JSON number as it is written."""


class _NotJSON(Exception):
    pass


def parse(text):
    try:
        value = json.loads(
            text, object_pairs_hook=_object, parse_int=Number, parse_float=Number, parse_constant=_constant
        )
        _walk(value, 0)
        return value
    except (ValueError, _NotJSON, RecursionError):
        raise Refusal("violations", list=[["", "not-json"]]) from None


class Object(list):
    """[(name, value)] in the order of the text."""


def _object(pairs):
    if len({name for name, _ in pairs}) != len(pairs):
        raise _NotJSON
    return Object(pairs)


def _constant(_):
    raise _NotJSON


def _walk(value, depth):
    if isinstance(value, str) and any(0xD800 <= ord(c) <= 0xDFFF for c in value):
        raise _NotJSON
    if isinstance(value, list):
        if depth >= DEPTH_MOST:
            raise _NotJSON
        for item in value:
            parts = item if isinstance(value, Object) else (item,)
            for part in parts:
                _walk(part, depth + 1)


def _is_text(value):
    return isinstance(value, str) and not isinstance(value, Number)


def _plain(value):
    return 1 <= len(value.encode("utf-8")) <= 128 and not identity.CONTROL.search(value)


def _milliseconds(value):
    """Of an RFC 3339 text, or None where it is none."""
    match = TIME.fullmatch(value)
    if not match:
        return None
    year, month, day, hour, minute, second = map(int, match.groups()[:6])
    try:
        number = civil.days(year, month, day)
    except ValueError:
        return None
    away = (int(match[10] or 0), int(match[11] or 0))
    if hour > 23 or minute > 59 or second > 59 or away[0] > 23 or away[1] > 59:
        return None
    offset = (away[0] * 60 + away[1]) * (-1 if match[9] == "-" else 1)
    part = int(((match[7] or ".")[1:] + "000")[:3])
    return ((number * 24 + hour) * 60 + minute - offset) * 60_000 + second * 1000 + part


class _Event:
    def __init__(self, value, path):
        self.path, self.broken, self.late, self.fields = path, [], [], {}
        if not isinstance(value, Object):
            self.broken.append([path.rstrip("."), "not-an-object"])
            return
        present = set()
        for name, item in value:
            if item is None and name != "data":
                continue
            present.add(name)
            if name in MANDATORY or name == "datacontenttype":
                self._attribute(name, item)
        self.broken += [[path + name, "missing"] for name in MANDATORY if name not in present]
        self._instants()
        self.broken += self.late

    def _break(self, name, rule):
        self.broken.append([self.path + name, rule])

    def _attribute(self, name, item):
        if name == "data":
            self._data(item)
        elif name in ("specversion", "type", "datacontenttype"):
            wanted = {
                "specversion": "1.0",
                "type": "nl.beware.korf.verbruik.v1",
                "datacontenttype": "application/json",
            }
            if not _is_text(item) or item != wanted[name]:
                self._break(name, name)
        elif not _is_text(item):
            self._break(name, "not-text")
        elif (
            name == "id"
            and not _plain(item)
            or name == "source"
            and not (len(item.encode("utf-8")) <= 256 and URI_REFERENCE.fullmatch(item))
        ):
            self._break(name, name)
        elif name == "time":
            self.fields["time"] = _milliseconds(item)
            if self.fields["time"] is None:
                self._break("time", "time")
        else:
            self.fields[name] = item

    def _data(self, item):
        if not isinstance(item, Object):
            return self._break("data", "not-an-object")
        present = set()
        for name, value in item:
            if value is None and name in ("klasse", "transactie"):
                continue
            present.add(name)
            rule = self._data_rule(name, value)
            if rule:
                self._break(f"data.{name}", rule)
            else:
                self.fields[f"data.{name}"] = value
        for name in DATA_MANDATORY:
            if name not in present:
                self._break(f"data.{name}", "missing")

    @staticmethod
    def _data_rule(name, value):
        if name == "aantal":
            good = (
                isinstance(value, Number)
                and re.fullmatch(r"[1-9][0-9]*", value, re.ASCII)
                and int(value) <= QUANTITY_MOST
            )
            return None if good else "aantal"
        checks = {
            "applicatie": ("applicatie", lambda v: is_slug(v, 73)),
            "aanbieder": ("oin", identity.is_oin),
            "afnemer": ("oin", identity.is_oin),
            "klasse": ("klasse", lambda v: is_slug(v, 32)),
            "transactie": ("transactie", _plain),
        }
        if name not in checks:
            return "unknown-field"
        if not _is_text(value):
            return "not-text"
        rule, check = checks[name]
        return None if check(value) else rule

    def _instants(self):
        shared = self.fields.get("data.transactie")
        if shared is not None and UUID.fullmatch(shared):
            shared = self.fields["data.transactie"] = shared.lower()
        if self.fields.get("time") is not None:
            self._day("time", "time", self.fields["time"])
        if shared is not None and UUID.fullmatch(shared) and shared[14] == "7" and shared[19] in "89ab":
            self._day("data.transactie", "transactie", int(shared[:8] + shared[9:13], 16))

    def _day(self, name, rule, milliseconds):
        try:
            self.fields["day"] = civil.civil_day(milliseconds)
        except Refusal as refusal:
            self.late.append([self.path + name, f"{rule}-{refusal.reason}"])

    def meaning(self):
        fields = self.fields
        shared = fields.get("data.transactie")
        content = [
            fields["data.applicatie"],
            fields["data.aanbieder"],
            fields["data.afnemer"],
            fields.get("data.klasse", "standaard"),
            int(fields.get("data.aantal", 1)),
            shared,
            fields["day"],
        ]
        return {
            "source": fields["source"],
            "id": fields["id"],
            "applicatie": content[0],
            "aanbieder": content[1],
            "afnemer": content[2],
            "klasse": content[3],
            "aantal": content[4],
            "transactie": shared,
            "timeMilliseconds": fields["time"],
            "day": civil.text(fields["day"]),
            "matchId": fields["id"] if shared is None else shared,
            "content": cbor.encode(content).hex(),
        }


def read(text, form):
    """The events of a request body, or Refusal("violations", list=[[path, rule]])."""
    value = parse(text)
    if form == "batch":
        if not isinstance(value, list) or isinstance(value, Object):
            raise Refusal("violations", list=[["", "not-a-list"]])
        if len(value) > BATCH_MOST:
            raise Refusal("violations", list=[["", "batch-size"]])
        events = [_Event(item, f"[{index}].") for index, item in enumerate(value)]
    else:
        events = [_Event(value, "")]
    broken = [rule for event in events for rule in event.broken]
    if broken:
        raise Refusal("violations", list=broken[:RULES_MOST])
    return [event.meaning() for event in events]
