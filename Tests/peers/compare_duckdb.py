# SPDX-License-Identifier: EUPL-1.2
"""P10 beside DuckDB: the same two months, joined in one process that holds both sides, two threads.

usage: compare_duckdb.py KORF_BENCH [RUNS]    runs `korf-bench p10` for its figures and its files, then DuckDB on these
"""

import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

import duckdb

COLUMNS = "{'application':'VARCHAR','class':'VARCHAR','day':'UTINYINT','id':'VARCHAR','quantity':'BIGINT'}"
SIDE = """(select application, id, count(*) as n, max(class) as class, max(day) as day, sum(quantity) as quantity
          from {} group by all)"""
DIFFERENCES = f"""
create or replace table differences as
select id, case when c.n is null then 'missingAtConsumer' when p.n is null then 'missingAtProvider'
                when p.n > c.n then 'doubledAtProvider' when c.n > p.n then 'doubledAtConsumer'
                when p.quantity <> c.quantity then 'otherQuantity' when p.class <> c.class then 'otherClass'
                else 'otherDay' end as kind
from {SIDE.format("provider")} p full join {SIDE.format("consumer")} c using (application, id)
where p.n is null or c.n is null or p.n <> c.n or p.class <> c.class or p.day <> c.day or p.quantity <> c.quantity
"""


def cpu():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def main(bench, runs=3):
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(int(runs)):
            subprocess.run([bench, "p10"], env={**os.environ, "KORF_BENCH_KEEP": folder}, check=True)
        connection = duckdb.connect()
        connection.execute("set threads = 2")
        for side in ("provider", "consumer"):
            connection.execute(
                f"create table {side} as select * from"
                f" read_csv('{folder}/{side}.csv', header = false, columns = {COLUMNS})"
            )
        lines = (pathlib.Path(folder) / "defects.csv").read_text("utf-8").splitlines()
        planted = dict(line.split(",") for line in lines)
        for _ in range(int(runs)):
            wall, used = time.perf_counter(), cpu()
            connection.execute(DIFFERENCES)
            wall, used = time.perf_counter() - wall, cpu() - used
            found = dict(connection.execute("select id, kind from differences").fetchall())
            assert found == planted, "DuckDB finds what was planted"
            print(json.dumps({"goal": "P10", "peer": "duckdb", "wall_s": round(wall, 3), "cpu_s": round(used, 3)}))


main(*sys.argv[1:])
