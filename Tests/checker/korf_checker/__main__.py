# SPDX-License-Identifier: EUPL-1.2
from .cli import main

if __name__ == "__main__":
    raise SystemExit(main())
