/**
 * The schema's history: entry n brings a file from version n to n + 1. Entries are never edited
 * once released, only added.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE exchanges (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    time_ms INTEGER NOT NULL,
    endpoint TEXT,
    -- 1 when a decision was made about it: such exchanges are kept longer.
    decided INTEGER NOT NULL,
    json TEXT NOT NULL
  ) STRICT;
  CREATE INDEX exchanges_by_time ON exchanges (decided, time_ms);
  CREATE INDEX exchanges_by_endpoint ON exchanges (endpoint, time_ms) WHERE endpoint IS NOT NULL;

  CREATE TABLE decisions (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    time_ms INTEGER NOT NULL,
    client TEXT NOT NULL,
    endpoint TEXT,
    action TEXT NOT NULL,
    -- JSON array of what decision_detectors holds for it.
    detectors TEXT NOT NULL,
    json TEXT NOT NULL
  ) STRICT;
  CREATE INDEX decisions_by_time ON decisions (time_ms);
  CREATE INDEX decisions_by_client ON decisions (client, time_ms);
  CREATE INDEX decisions_by_action ON decisions (action, time_ms);
  CREATE INDEX decisions_by_endpoint ON decisions (endpoint, time_ms) WHERE endpoint IS NOT NULL;

  CREATE TABLE decision_detectors (
    detector TEXT NOT NULL,
    time_ms INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (detector, time_ms, seq)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE decision_minutes (
    minute_ms INTEGER PRIMARY KEY,
    allowed INTEGER NOT NULL,
    blocked INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE incidents (
    id TEXT NOT NULL PRIMARY KEY,
    last_seen_ms INTEGER NOT NULL,
    json TEXT NOT NULL
  ) STRICT;
  CREATE INDEX incidents_by_time ON incidents (last_seen_ms);

  CREATE TABLE inventory_parts (key TEXT NOT NULL PRIMARY KEY, json TEXT NOT NULL) STRICT;
  CREATE TABLE policy_overlay (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    json TEXT NOT NULL
  ) STRICT;

  CREATE TABLE accounts (
    name TEXT NOT NULL PRIMARY KEY,
    password_hash TEXT NOT NULL,
    one_time INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE sessions (
    id_hash TEXT NOT NULL PRIMARY KEY,
    account TEXT NOT NULL,
    csrf_token TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    expires_ms INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX sessions_by_account ON sessions (account);
  CREATE INDEX sessions_by_expiry ON sessions (expires_ms);
  CREATE TABLE secrets (name TEXT NOT NULL PRIMARY KEY, value BLOB NOT NULL) STRICT;
  `,
  `
  ALTER TABLE decisions ADD COLUMN would_be TEXT NOT NULL DEFAULT 'allow';
  UPDATE decisions SET would_be = json ->> '$.wouldBe';
  CREATE INDEX decisions_by_would_be ON decisions (would_be, time_ms);
  `,
  `
  CREATE TABLE findings (id TEXT NOT NULL PRIMARY KEY, json TEXT NOT NULL) STRICT;
  CREATE TABLE scores (
    -- Endpoint id, or * for the sum over all of them.
    subject TEXT NOT NULL,
    time_ms INTEGER NOT NULL,
    score INTEGER NOT NULL,
    PRIMARY KEY (subject, time_ms)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX scores_by_time ON scores (time_ms);
  `,
  `
  CREATE TABLE inventory_events (
    id TEXT NOT NULL PRIMARY KEY,
    time_ms INTEGER NOT NULL,
    endpoint TEXT NOT NULL,
    kind TEXT NOT NULL,
    -- 1 while the API was not known yet.
    is_initial INTEGER NOT NULL,
    json TEXT NOT NULL
  ) STRICT;
  CREATE INDEX inventory_events_by_time ON inventory_events (time_ms, id);
  CREATE INDEX inventory_events_by_endpoint ON inventory_events (endpoint, time_ms);
  `,
];
