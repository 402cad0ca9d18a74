# SPDX-License-Identifier: EUPL-1.2
"""A genesis for vectors: three founders, four cards with the fourth, all that a genesis can hold."""

from . import cbor, fixture

JANUARY_2026 = 2026 * 12


def document(founders=3, **changes):
    """A good genesis as a map; changes: key number prefixed with k, None takes a key away."""
    one, two, three = (fixture.oin(number) for number in (1, 2, 3))
    fields = {
        1: 1,
        2: "Korf proef",
        3: 20454,
        4: [fixture.card_bytes(number) for number in range(1, founders + 1)],
        5: {1: "Co\u00f6peratie Proef U.A.", 4: one},
        6: [
            ["algemene-vergadering", "Algemene ledenvergadering", 0, [1, 2, 0, 1, 2]],
            ["gemeenschap", "Gemeenschap", 1, [1, 2, 0, 0, 1]],
        ],
        7: [
            {
                1: "corv",
                2: "CORV",
                3: one,
                4: [[one, 17178], [two, 17178]],
                5: True,
                6: ["bericht", "zorg"],
                7: [[two, 1]],
                8: [["veilig-thuis-01", "Veilig Thuis 1"]],
                9: [one],
            },
            {
                1: "subsidie",
                2: "Subsidieportaal",
                3: two,
                4: [[two, 19000]],
                5: False,
                6: ["aanvraag"],
                9: [two],
            },
        ],
        8: [
            ["corv", "bericht", JANUARY_2026, JANUARY_2026 + 5, [[None, 250000]], "S", 2100, None],
            [
                "corv",
                "bericht",
                JANUARY_2026 + 6,
                None,
                [[1000, 250000], [5000, 200000], [None, 150000]],
                "S",
                2100,
                None,
            ],
            ["subsidie", "aanvraag", JANUARY_2026, None, [[None, 0]], "O", 0, two],
        ],
        9: [[2026, 350000, "O", 0]],
        10: [
            {
                1: "subsidie",
                2: 12000000,
                3: 2025,
                4: [[one, JANUARY_2026], [two, JANUARY_2026]],
                5: "S",
                6: 2100,
            }
        ],
        11: [
            [one, "GM0772", 2025, 246443, True],
            [one, "GM0772", 2026, 249000, False],
            [two, "", 2025, 62000, True],
        ],
        12: [[one, -1250], [two, 1250]],
        13: {1: 10, 2: 500, 3: 50, 4: 1000, 5: 10000, 6: 20, 7: 3, 8: 30},
        14: [60000, 30000, 30000, 30000, 60000],
        15: 1,
    }
    for key, value in changes.items():
        fields[int(key[1:])] = value
    return {key: value for key, value in fields.items() if value is not None}


def data(founders=3, **changes):
    return cbor.encode(document(founders, **changes))
