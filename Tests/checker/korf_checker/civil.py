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


def date_parts(number):
    """(year, month, day) of a day."""
    date = EPOCH + datetime.timedelta(days=number)
    return date.year, date.month, date.day


def first_day(month):
    """The first day of a month of time.md."""
    return days(month // 12, month % 12 + 1, 1)


def month_of(day):
    """The month of time.md that a day is in."""
    date = EPOCH + datetime.timedelta(days=day)
    return date.year * 12 + date.month - 1


def _easter(year):
    golden = year % 19
    century, rest = divmod(year, 100)
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    count = epact + weekday - 7 * ((golden + 11 * epact + 22 * weekday) // 451) + 114
    return days(year, count // 31, count % 31 + 1)


def _is_holiday(number):
    date = EPOCH + datetime.timedelta(days=number)
    king = days(date.year, 4, 27 if date.year >= 2014 else 30)
    if (EPOCH + datetime.timedelta(days=king)).weekday() == calendar.SUNDAY:
        king -= 1
    fixed = [days(date.year, month, day) for month, day in ((1, 1), (5, 5), (12, 25), (12, 26))]
    return number in fixed or number == king or number - _easter(date.year) in (-2, 0, 1, 39, 49, 50)


def working_day(start, count):
    """Working day `count` after a day; None for one that the calendar cannot name. settlement.md section 10."""
    while count:
        start += 1
        if start > DAY_MOST:
            return None
        weekday = (EPOCH + datetime.timedelta(days=start)).weekday()
        count -= weekday < calendar.SATURDAY and not _is_holiday(start)
    return start


def text(number):
    return (EPOCH + datetime.timedelta(days=number)).isoformat()


def date(number):
    return EPOCH + datetime.timedelta(days=number)


def is_month(number):
    return 1970 * 12 <= number <= 2199 * 12 + 11


def days_in(month):
    return calendar.monthrange(month // 12, month % 12 + 1)[1]
