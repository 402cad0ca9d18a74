#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Writes Protocol/vectors/civil-day.json (Protocol/time.md, section 3).

Up to the year 2037 the expected days come from the time zone database through zoneinfo; beyond it, where
databases differ in how far they reach, from the rule as written in the text, computed here on its own.
"""
import json
import pathlib
import random
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
FIRST = datetime(2000, 1, 1, tzinfo=timezone.utc)


def last_sunday(year, month):
    day = date(year, month, 31)
    return day - timedelta(days=(day.weekday() + 1) % 7)


def by_rule(instant):
    year = instant.year
    start = datetime.combine(last_sunday(year, 3), datetime.min.time(), timezone.utc) + timedelta(hours=1)
    end = datetime.combine(last_sunday(year, 10), datetime.min.time(), timezone.utc) + timedelta(hours=1)
    return (instant + timedelta(hours=2 if start <= instant < end else 1)).date()


def milliseconds(instant):
    return (instant - EPOCH) // timedelta(milliseconds=1)


def case(instant):
    """One vector: valid with its day and where that comes from, or refused with a name."""
    vector = {"milliseconds": milliseconds(instant), "instant": instant.isoformat().replace("+00:00", "Z")}
    if instant < FIRST:
        return vector | {"refused": "too-old"}
    day = by_rule(instant)
    if day.year > 2199:
        return vector | {"refused": "too-late"}
    if instant.year <= 2037:
        zone = instant.astimezone(AMSTERDAM).date()
        assert zone == day, (instant, zone, day)
        return vector | {"day": day.isoformat(), "from": "zoneinfo"}
    return vector | {"day": day.isoformat(), "from": "rule"}


def instants():
    around = [timedelta(0), timedelta(milliseconds=-1)]
    for year in (2000, 2001, 2016, 2024, 2025, 2026, 2027, 2036, 2037, 2038, 2099, 2100, 2199):
        for month, day in ((1, 1), (last_sunday(year, 3).month, last_sunday(year, 3).day), (7, 1),
                           (10, last_sunday(year, 10).day), (12, 31)):
            start = datetime(year, month, day, tzinfo=timezone.utc)
            for hour in (-2, -1, 0, 1, 22, 23):
                for step in around:
                    yield start + timedelta(hours=hour) + step
    seeded = random.Random(20261025)
    for _ in range(60):
        yield EPOCH + timedelta(milliseconds=seeded.randrange(milliseconds(FIRST), 4102444800000))
    # At least three in ten are refused: before the first instant, and from 2200 on.
    for _ in range(180):
        yield EPOCH + timedelta(milliseconds=seeded.randrange(0, milliseconds(FIRST)))
        yield datetime(2200, 1, 1, tzinfo=timezone.utc) + timedelta(milliseconds=seeded.randrange(0, 10**13))


def main():
    vectors = [case(instant) for instant in dict.fromkeys(instants())]
    refused = sum("refused" in vector for vector in vectors)
    assert refused * 10 >= 3 * len(vectors), (refused, len(vectors))
    lines = ",\n".join("    " + json.dumps(vector, ensure_ascii=False) for vector in vectors)
    target = pathlib.Path(__file__).parents[2] / "Protocol/vectors/civil-day.json"
    target.write_text('{\n  "topic": "civil-day",\n  "vectors": [\n' + lines + "\n  ]\n}\n")


if __name__ == "__main__":
    main()
