# SPDX-License-Identifier: EUPL-1.2
"""The one exception of the checker: something is refused, for a reason that a Protocol page names."""


class Refusal(Exception):
    def __init__(self, reason, **detail):
        super().__init__(reason if not detail else f"{reason} {detail}")
        self.reason = reason
        self.detail = detail
