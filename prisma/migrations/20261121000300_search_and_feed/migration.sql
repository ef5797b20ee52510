-- Search rows (architecture.md 8), partitioned by half-year from the first mail on, and the global feed (domain.md 5.7).

CREATE EXTENSION IF NOT EXISTS btree_gin;

CREATE TABLE search_row (
  tenant_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('message', 'comment')),
  ref_id uuid NOT NULL,
  conversation_id uuid NOT NULL,
  mailbox_id uuid NOT NULL,
  at timestamptz(3) NOT NULL,
  text text NOT NULL,
  grams text[] NOT NULL,
  PRIMARY KEY (tenant_id, kind, ref_id, at),
  FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversation (tenant_id, id) ON DELETE RESTRICT
) PARTITION BY RANGE (at);

DO $$
DECLARE
  lower_bound timestamptz := '2010-01-01 00:00:00+00';
  upper_bound timestamptz;
BEGIN
  WHILE lower_bound < '2040-01-01 00:00:00+00' LOOP
    upper_bound := lower_bound + interval '6 months';
    EXECUTE format('CREATE TABLE %I PARTITION OF search_row FOR VALUES FROM (%L) TO (%L)',
      'search_row_' || to_char(lower_bound AT TIME ZONE 'UTC', 'YYYY_MM'), lower_bound, upper_bound);
    lower_bound := upper_bound;
  END LOOP;
  CREATE TABLE search_row_other PARTITION OF search_row DEFAULT;
END
$$;

CREATE INDEX search_row_grams ON search_row USING gin (tenant_id, grams);
CREATE INDEX search_row_conversation ON search_row (tenant_id, conversation_id);

-- Readers take xid < pg_snapshot_xmin(pg_current_snapshot()) in the order (xid, n): late commits are never skipped.
CREATE TABLE feed (
  tenant_id uuid NOT NULL,
  n bigint GENERATED ALWAYS AS IDENTITY,
  xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  event_id uuid NOT NULL,
  PRIMARY KEY (tenant_id, n)
);
CREATE INDEX feed_order ON feed (tenant_id, xid, n);
