#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Writes Protocol/vectors/metering-events.json from Protocol/metering-events.md alone.

What a valid event means (its defaults, civil day, match id and content) is computed here; which rule an invalid
one breaks is stated by hand beside it.
"""
import json
import pathlib
import re
from datetime import date, datetime, timedelta, timezone

from civil_day_oracle import by_rule

UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
PROVIDER, CONSUMER = "00000099000000001000", "00000099000000002000"


def head(major, value):
    for limit, more, size in ((24, None, 0), (1 << 8, 24, 1), (1 << 16, 25, 2), (1 << 32, 26, 4), (1 << 64, 27, 8)):
        if value < limit:
            if more is None:
                return bytes([major << 5 | value])
            return bytes([major << 5 | more]) + value.to_bytes(size, "big")
    raise ValueError(value)


def cbor(item):
    if item is None:
        return b"\xf6"
    if isinstance(item, int):
        return head(0, item)
    if isinstance(item, str):
        return head(3, len(item.encode())) + item.encode()
    return head(4, len(item)) + b"".join(map(cbor, item))


def instant(text):
    match = re.fullmatch(r"(.{10})[Tt](.{8})(\.\d+)?([Zz]|[+-]\d\d:\d\d)", text)
    base = datetime.fromisoformat(match[1] + "T" + match[2])
    zone = match[4].upper()
    minutes = 0 if zone == "Z" else int(zone[0] + "1") * (int(zone[1:3]) * 60 + int(zone[4:6]))
    cut = int(((match[3] or ".0")[1:] + "000")[:3])
    return base.replace(tzinfo=timezone.utc) + timedelta(milliseconds=cut) - timedelta(minutes=minutes)


def meaning(event):
    data = event["data"]
    shared = data.get("transactie")
    when = instant(event["time"])
    moment = when
    if shared is not None and UUID.fullmatch(shared):
        shared = shared.lower()
        if shared[14] == "7" and shared[19] in "89ab":
            moment = EPOCH + timedelta(milliseconds=int(shared[:8] + shared[9:13], 16))
    day = by_rule(moment)
    content = [data["applicatie"], data["aanbieder"], data["afnemer"], data.get("klasse") or "standaard",
               data.get("aantal", 1), shared, (day - date(1970, 1, 1)).days]
    return {
        "source": event["source"], "id": event["id"], "applicatie": content[0], "aanbieder": content[1],
        "afnemer": content[2], "klasse": content[3], "aantal": content[4], "transactie": shared,
        "timeMilliseconds": (when - EPOCH) // timedelta(milliseconds=1), "day": day.isoformat(),
        "matchId": shared if shared is not None else event["id"], "content": cbor(content).hex(),
    }


def event(data=None, drop=(), **changes):
    base = {
        "specversion": "1.0", "id": "a-1", "source": "urn:nld:oin:00000099000000001000:systeem:corv",
        "type": "nl.beware.korf.verbruik.v1", "time": "2026-10-05T10:00:00Z",
        "data": {"applicatie": "corv", "aanbieder": PROVIDER, "afnemer": CONSUMER} | (data or {}),
    }
    base |= changes
    for path in drop:
        place = base["data"] if path.startswith("data.") else base
        del place[path.removeprefix("data.")]
    return base


def valid():
    yield "smallest", event()
    yield "all fields", event({"klasse": "groot", "aantal": 7, "transactie": "order 12"}, datacontenttype="application/json")
    yield "nulls are absent", event({"klasse": None, "transactie": None}, datacontenttype=None, subject=None)
    yield "extension attributes are ignored", event(sequence="12", dataschema="https://example.org/s", vreemd={"a": [1, True]})
    yield "largest quantity", event({"aantal": 10**12})
    yield "id of 128 bytes", event(id="i" * 128)
    yield "id beyond ASCII", event(id="één–\U0001f41d")
    yield "source is a relative reference", event(source="/meter/1?x=%20#a")
    yield "source of 256 bytes", event(source="s" * 256)
    yield "application founded later", event({"applicatie": "zaaksysteem-0a1b2c3d"})
    yield "application of 73 bytes", event({"applicatie": "a" * 64 + "-01234567"})
    yield "class of 32 bytes", event({"klasse": "k" * 32})
    yield "offset moves the day", event(time="2026-10-05T23:30:00-01:00")
    yield "offset keeps the day", event(time="2026-10-06T00:30:00+02:00")
    yield "small letters in time", event(time="2026-10-05t10:00:00.5z")
    yield "finer than milliseconds", event(time="2026-10-05T21:59:59.9999999Z")
    yield "last hour of summer time", event(time="2026-10-25T00:59:59Z")
    yield "night of the winter change", event(time="2026-10-24T22:30:00Z")
    yield "winter evening", event(time="2026-10-25T22:59:59Z")
    yield "winter midnight", event(time="2026-10-25T23:00:00Z")
    yield "first instant", event(time="2000-01-01T00:00:00Z")
    yield "last instant", event(time="2199-12-31T22:59:59.999Z")
    yield "leap day", event(time="2028-02-29T12:00:00Z")
    yield "UUIDv7 gives the day", event({"transactie": "0199b06e-4c00-7abc-8def-0123456789ab"}, time="2026-10-05T10:00:00Z")
    yield "UUIDv7 in capitals", event({"transactie": "019A1B2C-3D4E-7F60-A1B2-C3D4E5F60718"})
    yield "UUIDv4 in capitals gives no day", event({"transactie": "019A1B2C-3D4E-4F60-A1B2-C3D4E5F60718"})
    yield "version 7 of a foreign variant gives no day", event({"transactie": "00000000-0000-7000-c000-000000000000"})
    yield "text in capitals stays", event({"transactie": "ORDER-12"})
    yield "transaction of 128 bytes", event({"transactie": "t" * 128})


def invalid():
    yield "no specversion", event(drop=["specversion"]), [["specversion", "missing"]]
    yield "other specversion", event(specversion="1.1"), [["specversion", "specversion"]]
    yield "specversion as number", event(specversion=1.0), [["specversion", "specversion"]]
    yield "other type", event(type="nl.beware.korf.verbruik.v2"), [["type", "type"]]
    yield "no type", event(drop=["type"]), [["type", "missing"]]
    yield "no id", event(drop=["id"]), [["id", "missing"]]
    yield "null id", event(id=None), [["id", "missing"]]
    yield "empty id", event(id=""), [["id", "id"]]
    yield "id of 129 bytes", event(id="i" * 129), [["id", "id"]]
    yield "id with a control character", event(id="a\u0000b"), [["id", "id"]]
    yield "id as number", event(id=12), [["id", "not-text"]]
    yield "source with a space", event(source="een bron"), [["source", "source"]]
    yield "source with a broken escape", event(source="a%2"), [["source", "source"]]
    yield "source of 257 bytes", event(source="s" * 257), [["source", "source"]]
    yield "no time", event(drop=["time"]), [["time", "missing"]]
    for name, text in (("time without offset", "2026-10-05T10:00:00"), ("time with a space", "2026-10-05 10:00:00Z"),
                       ("date only", "2026-10-05"), ("day that does not exist", "2026-02-29T10:00:00Z"),
                       ("second 60", "2016-12-31T23:59:60Z"), ("hour 24", "2026-10-05T24:00:00Z"),
                       ("fraction without digits", "2026-10-05T10:00:00.Z"), ("offset without colon", "2026-10-05T10:00:00+0200")):
        yield name, event(time=text), [["time", "time"]]
    yield "time in 1999", event(time="1999-12-31T23:59:59Z"), [["time", "time-too-old"]]
    yield "time in 1850", event(time="1850-01-01T00:00:00Z"), [["time", "time-too-old"]]
    yield "day in 2200", event(time="2199-12-31T23:00:00Z"), [["time", "time-too-late"]]
    yield "year 9999", event(time="9999-01-01T00:00:00Z"), [["time", "time-too-late"]]
    yield "content type", event(datacontenttype="text/plain"), [["datacontenttype", "datacontenttype"]]
    yield "no data", event(drop=["data"]), [["data", "missing"]]
    yield "data as text", event() | {"data": "x"}, [["data", "not-an-object"]]
    yield "empty data", event() | {"data": {}}, [[f"data.{n}", "missing"] for n in ("applicatie", "aanbieder", "afnemer")]
    yield "unknown field in data", event({"aantallen": 3}), [["data.aantallen", "unknown-field"]]
    yield "application in capitals", event({"applicatie": "CORV"}), [["data.applicatie", "applicatie"]]
    yield "application ending in a dash", event({"applicatie": "corv-"}), [["data.applicatie", "applicatie"]]
    yield "OIN of 19 digits", event({"aanbieder": PROVIDER[1:]}), [["data.aanbieder", "oin"]]
    yield "OIN with a letter", event({"afnemer": "O" + CONSUMER[1:]}), [["data.afnemer", "oin"]]
    yield "OIN as number", event({"afnemer": 99000000002000}), [["data.afnemer", "not-text"]]
    yield "class with a space", event({"klasse": "heel groot"}), [["data.klasse", "klasse"]]
    yield "class of 33 bytes", event({"klasse": "k" * 33}), [["data.klasse", "klasse"]]
    for name, value in (("zero", 0), ("negative", -1), ("a fraction", 1.5), ("1.0", 1.0), ("too large", 10**12 + 1),
                        ("beyond 64 bits", 10**20), ("text", "3"), ("null", None)):
        yield f"quantity is {name}", event({"aantal": value}), [["data.aantal", "aantal"]]
    yield "empty transaction", event({"transactie": ""}), [["data.transactie", "transactie"]]
    yield "transaction of 129 bytes", event({"transactie": "t" * 129}), [["data.transactie", "transactie"]]
    yield "UUIDv7 of 1970", event({"transactie": "00000000-0001-7000-8000-000000000000"}), [["data.transactie", "transactie-too-old"]]
    yield "UUIDv7 of a far year", event({"transactie": "ffffffff-ffff-7000-8000-000000000000"}), [["data.transactie", "transactie-too-late"]]
    yield "several at once", event({"aantal": 0, "afnemer": "x"}, id="", drop=["time"]), \
        [["id", "id"], ["data.afnemer", "oin"], ["data.aantal", "aantal"], ["time", "missing"]]
    yield "a list where one event is due", [event()], [["", "not-an-object"]]


def texts():
    """Texts that are no JSON, or none that is read."""
    whole = json.dumps(event())
    yield "empty", "", [["", "not-json"]]
    yield "cut off", whole[:-1], [["", "not-json"]]
    yield "name twice", whole.replace('{"spec', '{"id": "b", "spec', 1), [["", "not-json"]]
    yield "name twice, once escaped", whole.replace('{"spec', '{"i\\u0064": "b", "spec', 1), [["", "not-json"]]
    yield "half a surrogate pair", whole.replace("a-1", "\\ud83d"), [["", "not-json"]]
    yield "text after the end", whole + "{}", [["", "not-json"]]
    yield "nested too deep", whole.replace('"a-1"', "[" * 40 + "]" * 40), [["", "not-json"]]


def main():
    vectors = [{"name": name, "form": "single", "text": json.dumps(e, ensure_ascii=False), "events": [meaning(e)]}
               for name, e in valid()]
    escaped = json.dumps(event()).replace('"corv"', '"\\u0063orv"').replace('"source"', '"\\u0073ource"')
    vectors.append({"name": "escaped names and values", "form": "single", "text": escaped, "events": [meaning(event())]})
    pair = [event(id="b-1"), event({"aantal": 2}, id="b-2")]
    vectors.append({"name": "batch of two", "form": "batch", "text": json.dumps(pair), "events": list(map(meaning, pair))})
    vectors.append({"name": "empty batch", "form": "batch", "text": " [ ] ", "events": []})
    vectors += [{"name": name, "form": "single", "text": json.dumps(e, ensure_ascii=False), "violations": broken}
                for name, e, broken in invalid()]
    vectors += [{"name": name, "form": "single", "text": text, "violations": broken} for name, text, broken in texts()]
    vectors.append({"name": "batch with two wrong events", "form": "batch",
                    "text": json.dumps([event(), event({"aantal": 0}), 3]),
                    "violations": [["[1].data.aantal", "aantal"], ["[2]", "not-an-object"]]})
    vectors.append({"name": "one event where a batch is due", "form": "batch", "text": json.dumps(event()),
                    "violations": [["", "not-a-list"]]})
    lines = ",\n".join("    " + json.dumps(vector) for vector in vectors)
    target = pathlib.Path(__file__).parents[2] / "Protocol/vectors/metering-events.json"
    target.write_text('{\n  "topic": "metering-events",\n  "vectors": [\n' + lines + "\n  ]\n}\n")


if __name__ == "__main__":
    main()
