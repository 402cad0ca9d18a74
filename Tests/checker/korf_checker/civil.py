# SPDX-License-Identifier: EUPL-1.2
"""Civil days from instants, Protocol/time.md, in whole milliseconds and days; no time zone database."""

import calendar
import datetime

from .refusal import Refusal

HOUR, DAY = 3_600_000, 86_400_000
FIRST_INSTANT = 946_684_800_000
EPOCH = datetime.date(1970, 1, 1)


def days(year, month, day):
    return (datetime.date(year, month, day) - EPOCH).days


def _last_sunday(year, month):
    for day in range(31, 24, -1):
        if calendar.weekday(year, month, day) == calendar.SUNDAY:
            return days(year, month, day) * DAY + HOUR
    raise AssertionError


DAY_MOST = days(2199, 12, 31)


def civil_day(milliseconds):
    """Days since 1970-01-01 of an instant in milliseconds since then."""
    if milliseconds < FIRST_INSTANT:
        raise Refusal("too-old")
    if milliseconds >= (DAY_MOST + 1) * DAY:
        raise Refusal("too-late")
    year = (EPOCH + datetime.timedelta(days=milliseconds // DAY)).year
    summer = _last_sunday(year, 3) <= milliseconds < _last_sunday(year, 10)
    number = (milliseconds + (2 if summer else 1) * HOUR) // DAY
    if number > DAY_MOST:
        raise Refusal("too-late")
    return number


def first_day(month):
    """The first day of a month of time.md."""
    return days(month // 12, month % 12 + 1, 1)


def text(number):
    return (EPOCH + datetime.timedelta(days=number)).isoformat()
