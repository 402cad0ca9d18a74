# SPDX-License-Identifier: EUPL-1.2
"""One module a vector file: how its cases are checked and how the checker makes its own."""
