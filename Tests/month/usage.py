# SPDX-License-Identifier: EUPL-1.2
"""What the applications of both sides write down in the month, with its planted faults. Same seed, same files."""
import dataclasses
import datetime
import json
import pathlib
import random
import sys
import zoneinfo

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent.parent / "Docker" / "demo"))

from events import EINDHOVEN, MGD, WOERDEN, _instant, _uuid7  # noqa: E402

MONTH = "2026-11"
AMSTERDAM = zoneinfo.ZoneInfo("Europe/Amsterdam")


def at(text: str) -> int:
    return int(datetime.datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM).timestamp() * 1000)


@dataclasses.dataclass(frozen=True)
class Flow:
    application: str
    provider: str
    consumer: str
    count: int


CORV_WOERDEN = Flow("corv", EINDHOVEN, WOERDEN, 240)
CORV_MGD = Flow("corv", EINDHOVEN, MGD, 210)
SUBSIDY = Flow("subsidiesysteem", EINDHOVEN, WOERDEN, 600)
CASES = Flow("zaaksysteem", MGD, WOERDEN, 900)
CLOUD = Flow("inwonercloud", WOERDEN, EINDHOVEN, 600)
TOTALS = Flow("burgerzaken", EINDHOVEN, WOERDEN, 420)
FLOWS = [CORV_WOERDEN, CORV_MGD, SUBSIDY, CASES, CLOUD, TOTALS]

# Of these hours nothing was metered: the provider of the case system, and the consumer of the cloud.
PROVIDER_OUTAGE = (at("2026-11-12T08:00"), at("2026-11-12T20:00"))
CONSUMER_OUTAGE = (at("2026-11-17T09:00"), at("2026-11-20T18:00"))
TOLERATED = 5  # the subsidy desk of the consumer missed so many


@dataclasses.dataclass
class Month:
    """The events of each member, by what becomes of them."""

    prompt: dict[str, list[dict]]
    late: dict[str, list[dict]]
    after: dict[str, list[dict]]
    counts: dict[tuple[str, str], tuple[int, int]]


def event(flow: Flow, side: str, number: int, moment: int, transaction: str) -> dict:
    member = flow.provider if side == "aanbieder" else flow.consumer
    return {
        "specversion": "1.0", "type": "nl.beware.korf.verbruik.v1",
        "source": f"urn:nld:oin:{member}:systeem:{flow.application}",
        "id": f"{side}-{flow.consumer[-6:]}-{number:06d}", "time": _instant(moment),
        "datacontenttype": "application/json",
        "data": {
            "applicatie": flow.application, "aanbieder": flow.provider, "afnemer": flow.consumer,
            "klasse": "standaard", "aantal": 1, "transactie": transaction,
        },
    }


def make(seed: int = 20261101) -> Month:
    chance = random.Random(seed)
    first, last = at("2026-11-01T00:00"), at("2026-12-01T00:00")
    empty = lambda: {EINDHOVEN: [], MGD: [], WOERDEN: []}  # noqa: E731
    month = Month(empty(), empty(), empty(), {})
    for flow in FLOWS:
        counts = [0, 0]
        for number in range(flow.count):
            moment = first + chance.randrange(last - first)
            transaction = _uuid7(moment, chance)
            for place, (side, member) in enumerate((("aanbieder", flow.provider), ("afnemer", flow.consumer))):
                if flow is TOTALS and side == "afnemer":
                    continue
                if flow is CASES and side == "aanbieder" and PROVIDER_OUTAGE[0] <= moment < PROVIDER_OUTAGE[1]:
                    continue
                if flow is CLOUD and side == "afnemer" and CONSUMER_OUTAGE[0] <= moment < CONSUMER_OUTAGE[1]:
                    continue
                if flow is SUBSIDY and side == "afnemer" and number < TOLERATED:
                    continue
                made = event(flow, side, number, moment, transaction)
                # One in twelve reaches the node only after the month, as from a queue that was stuck.
                (month.late if chance.randrange(12) == 0 else month.prompt)[member].append(made)
                counts[place] += 1
        month.counts[flow.application, flow.consumer] = tuple(counts)
    for number in range(SUBSIDY.count, SUBSIDY.count + 100):  # found when the month was closed
        moment = at("2026-11-30T12:00") + number
        transaction = _uuid7(moment, chance)
        for side, member in (("aanbieder", EINDHOVEN), ("afnemer", WOERDEN)):
            month.after[member].append(event(SUBSIDY, side, number, moment, transaction))
    return month


def write(path: pathlib.Path, events: list[dict], chance: random.Random | None = None) -> pathlib.Path:
    """NDJSON; with `chance` one in twenty is sent twice and the order is shuffled."""
    lines = [json.dumps(event, separators=(",", ":")) for event in events]
    if chance:
        lines += chance.sample(lines, len(lines) // 20)
        chance.shuffle(lines)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
