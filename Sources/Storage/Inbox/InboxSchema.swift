// SPDX-License-Identifier: EUPL-1.2

extension DatabaseFile {
    /// The metering inbox. Spec: Protocol/storage.md §5.
    static let inbox = DatabaseFile(
        name: "inbox.db", applicationID: 0x4B72_6649, pageBytes: 4_096,
        schema: """
        CREATE TABLE secret(id INTEGER PRIMARY KEY CHECK (id = 1), identity_key BLOB NOT NULL) STRICT;
        CREATE TABLE progress(
          id INTEGER PRIMARY KEY CHECK (id = 1),
          sealed_from INTEGER NOT NULL,     -- day counters hold every record up to here
          sealed_through INTEGER NOT NULL,  -- and those up to here whose key is not above the cursor;
          sealed_cursor BLOB,               -- runs hold every event up to sealed_through
          expired_before INTEGER NOT NULL   -- raw events of days before this one are gone
        ) STRICT;
        INSERT INTO progress VALUES (1, 0, 0, NULL, 0);
        CREATE TABLE word(number INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
        CREATE TABLE event_row(
          first INTEGER PRIMARY KEY, count INTEGER NOT NULL, low_day INTEGER NOT NULL,
          high_day INTEGER NOT NULL, records BLOB NOT NULL) STRICT;
        CREATE TABLE retraction(event INTEGER PRIMARY KEY, position INTEGER NOT NULL) STRICT;
        CREATE TABLE day_count(
          application INTEGER, provider INTEGER, consumer INTEGER, class INTEGER, side INTEGER, day INTEGER,
          events_counted INTEGER NOT NULL, events_retracted INTEGER NOT NULL,
          quantity_counted INTEGER NOT NULL, quantity_retracted INTEGER NOT NULL, position INTEGER NOT NULL,
          PRIMARY KEY (day, application, provider, consumer, class, side)) STRICT, WITHOUT ROWID;
        CREATE TABLE flushed(
          application INTEGER, provider INTEGER, consumer INTEGER, class INTEGER, side INTEGER, month INTEGER,
          events_counted INTEGER NOT NULL, events_retracted INTEGER NOT NULL,
          quantity_counted INTEGER NOT NULL, quantity_retracted INTEGER NOT NULL, position INTEGER NOT NULL,
          PRIMARY KEY (application, provider, consumer, class, side, month)) STRICT, WITHOUT ROWID;
        CREATE TABLE run(
          number INTEGER PRIMARY KEY, tier INTEGER NOT NULL, state INTEGER NOT NULL,
          count INTEGER NOT NULL, pages INTEGER NOT NULL, blocks INTEGER NOT NULL, fences BLOB NOT NULL
        ) STRICT;
        CREATE TABLE run_page(key INTEGER PRIMARY KEY, records BLOB NOT NULL) STRICT;
        CREATE TABLE run_filter(key INTEGER PRIMARY KEY, words BLOB NOT NULL) STRICT
        """,
        steps: [
            """
            CREATE TABLE forgotten(
              position INTEGER PRIMARY KEY,   -- the newest receipt that was left
              low_day INTEGER, high_day INTEGER NOT NULL,
              successor BLOB                  -- the own log that counts from here
            ) STRICT;
            CREATE TABLE released_day(
              position INTEGER, day INTEGER, reason TEXT NOT NULL, at INTEGER NOT NULL,
              PRIMARY KEY (position, day)) STRICT, WITHOUT ROWID;
            CREATE TABLE baseline_log(log BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;
            CREATE TABLE baseline(
              log BLOB, application INTEGER, provider INTEGER, consumer INTEGER, class INTEGER, side INTEGER,
              month INTEGER, events_counted INTEGER NOT NULL, events_retracted INTEGER NOT NULL,
              quantity_counted INTEGER NOT NULL, quantity_retracted INTEGER NOT NULL, position INTEGER NOT NULL,
              PRIMARY KEY (log, application, provider, consumer, class, side, month)) STRICT, WITHOUT ROWID
            """,
            """
            CREATE TABLE stated_total(           -- the newest of a cell stands
              number INTEGER PRIMARY KEY, application TEXT NOT NULL, provider TEXT NOT NULL, consumer TEXT NOT NULL,
              class TEXT NOT NULL, month INTEGER NOT NULL, quantity INTEGER NOT NULL, reason TEXT,
              at INTEGER NOT NULL
            ) STRICT
            """,
        ])
}
