# SPDX-License-Identifier: EUPL-1.2
"""The month that the demo meters: what each side's applications would have written down. Same seed, same files."""
import dataclasses
import json
import pathlib
import random

EINDHOVEN = "00000099000000772000"
MGD = "00000099000000757000"
WOERDEN = "00000099000000632000"
PROEF = "00000099000000999000"

MONTH = "2026-10"
FIRST_MILLISECOND = 1_790_805_600_000  # 2026-10-01T00:00 in Amsterdam
DAYS = 31


@dataclasses.dataclass(frozen=True)
class Flow:
    """One application between two members: how often each side counts it."""

    application: str
    provider: str
    consumer: str
    provider_count: int
    consumer_count: int


FLOWS = [
    Flow("corv", EINDHOVEN, WOERDEN, 2_310, 2_310),
    Flow("corv", EINDHOVEN, MGD, 1_980, 1_980),
    Flow("subsidiesysteem", EINDHOVEN, WOERDEN, 1_842, 1_835),  # 7 missing: within tolerance
    Flow("subsidiesysteem", EINDHOVEN, MGD, 3_400, 3_400),
    Flow("zaaksysteem", MGD, WOERDEN, 1_400, 900),  # 500 missing: a difference to settle
]


def _uuid7(milliseconds: int, chance: random.Random) -> str:
    value = milliseconds << 80 | 0x7 << 76 | chance.getrandbits(12) << 64 | 0b10 << 62 | chance.getrandbits(62)
    digits = f"{value:032x}"
    return "-".join([digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]])


def _instant(milliseconds: int) -> str:
    import datetime

    moment = datetime.datetime.fromtimestamp(milliseconds / 1000, datetime.timezone.utc)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{milliseconds % 1000:03d}Z"


def _event(flow: Flow, side: str, number: int, milliseconds: int, transaction: str) -> dict:
    member = flow.provider if side == "aanbieder" else flow.consumer
    return {
        "specversion": "1.0",
        "type": "nl.beware.korf.verbruik.v1",
        "source": f"urn:nld:oin:{member}:systeem:{flow.application}",
        "id": f"{side}-{flow.consumer[-6:]}-{number:06d}",
        "time": _instant(milliseconds),
        "datacontenttype": "application/json",
        "data": {
            "applicatie": flow.application,
            "aanbieder": flow.provider,
            "afnemer": flow.consumer,
            "klasse": "standaard",
            "aantal": 1,
            "transactie": transaction,
        },
    }


def write(folder: pathlib.Path, seed: int = 20261001) -> dict:
    """Writes `<member>.ndjson` for each member; returns how many distinct and repeated events each file has."""
    chance = random.Random(seed)
    files: dict[str, list[dict]] = {EINDHOVEN: [], MGD: [], WOERDEN: []}
    for flow in FLOWS:
        for number in range(max(flow.provider_count, flow.consumer_count)):
            milliseconds = FIRST_MILLISECOND + chance.randrange(DAYS * 86_400_000)
            transaction = _uuid7(milliseconds, chance)
            if number < flow.provider_count:
                files[flow.provider].append(_event(flow, "aanbieder", number, milliseconds, transaction))
            if number < flow.consumer_count:
                files[flow.consumer].append(_event(flow, "afnemer", number, milliseconds, transaction))
    counts = {}
    for member, events in files.items():
        events.sort(key=lambda event: (event["time"], event["source"], event["id"]))
        repeated = chance.sample(events, len(events) // 100)
        lines = [json.dumps(event, separators=(",", ":")) for event in events]
        for event in repeated:  # an application that sends again after a time-out
            lines.insert(chance.randrange(len(lines)), json.dumps(event, separators=(",", ":")))
        (folder / f"{member}.ndjson").write_text("\n".join(lines) + "\n", encoding="utf-8")
        counts[member] = {"distinct": len(events), "repeated": len(repeated)}
    return counts


def double_feed(folder: pathlib.Path) -> dict:
    """One event that Woerden's subsidy desk counted by mistake, to be retracted."""
    flow = FLOWS[2]
    event = _event(flow, "afnemer", 999_999, FIRST_MILLISECOND + 12 * 86_400_000, "test-boeking-12-oktober")
    (folder / "double-feed.ndjson").write_text(json.dumps(event) + "\n", encoding="utf-8")
    return event
