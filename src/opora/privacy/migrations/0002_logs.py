"""Who may see and write what of these tables; the reading log; the chain over both logs.

The logs are hashed in SQL, so that millions of rows need not travel. A row is told as JSON, whose text is the same on
every version and machine; times are told in microseconds, because their text depends on settings.
"""

from django.db import migrations

from opora.registry.protection import (
    OF_OWNERS_LOG,
    OWN,
    WITH_MOMENTS,
    of_municipality,
    of_municipality_told_as,
    trail_function,
)

SNILS = "to_jsonb({row}) - 'ciphertext' - 'digest' || jsonb_build_object('mark', left(encode({row}.digest, 'hex'), 8))"
"""That the number was changed, and not what it is."""

READING = f"""
ALTER TABLE card_reading ENABLE ROW LEVEL SECURITY;
ALTER TABLE card_reading FORCE ROW LEVEL SECURITY;
CREATE POLICY added ON card_reading FOR INSERT TO CURRENT_USER WITH CHECK (true);
CREATE POLICY own ON card_reading FOR SELECT USING ({OWN});
CREATE POLICY seen ON card_reading FOR SELECT USING (person_id IN (SELECT id FROM person));

CREATE FUNCTION opora_log_reading(people bigint[], reader jsonb, purpose text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO card_reading (person_id, municipality_id, actor, what)
    SELECT id, municipality_id, reader, purpose FROM person WHERE id = ANY (people) ORDER BY id
$$;
"""

CHAIN = """
-- That the owner may verify: what was erased must have its destruction.
CREATE POLICY whole ON destruction FOR SELECT TO CURRENT_USER USING (true);

CREATE TABLE seal_era (
    number smallint PRIMARY KEY,
    system text NOT NULL,
    began_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE seal_era IS 'The clusters in which this database has lived: each counts its transactions anew';

CREATE TABLE sealed_payload (
    log text NOT NULL CHECK (log IN ('trail', 'card_reading')),
    row_id bigint NOT NULL,
    digest bytea NOT NULL,
    salt uuid,
    destruction_id bigint REFERENCES destruction,
    PRIMARY KEY (log, row_id),
    CHECK ((salt IS NULL) = (destruction_id IS NOT NULL))
);
COMMENT ON TABLE sealed_payload IS 'What a sealed row tells of a person: a salted digest stays, the salt goes with her';

CREATE FUNCTION opora_microseconds(at timestamptz) RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT (extract(epoch FROM at) * 1000000)::bigint
$$;

CREATE FUNCTION opora_hex(digest bytea) RETURNS text LANGUAGE sql STABLE AS $$ SELECT encode(digest, 'hex') $$;

CREATE FUNCTION opora_payload_digest(salt uuid, payload text) RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT sha256(uuid_send(salt) || convert_to(payload, 'UTF8'))
$$;

-- Rows of both logs whose moments lie in [since, until): what is told of each for ever, and what may be erased.
CREATE FUNCTION opora_logged(since bigint, until bigint)
RETURNS TABLE (log text, id bigint, told jsonb, payload text) LANGUAGE sql STABLE AS $$
    SELECT 'trail', t.id, jsonb_build_array(t.id, t.moment, opora_microseconds(t.at), t.table_name, t.row_id,
        t.municipality_id, t.action, t.actor, t.database_role), t.changes::text
    FROM trail t WHERE t.moment >= since AND t.moment < until
    UNION ALL
    SELECT 'card_reading', r.id, jsonb_build_array(r.id, r.moment, opora_microseconds(r.at), r.person_id,
        r.municipality_id, r.actor), r.what
    FROM card_reading r WHERE r.moment >= since AND r.moment < until
$$;

-- In two steps, so that no value grows beyond what PostgreSQL can hold, however big the load was.
CREATE FUNCTION opora_digests(since bigint, until bigint)
RETURNS TABLE (log text, number bigint, digest bytea) LANGUAGE sql STABLE AS $$
    SELECT names.log, coalesce(sum(parts.number), 0)::bigint,
        sha256(coalesce(string_agg(parts.digest, ''::bytea ORDER BY parts.part), ''))
    FROM (VALUES ('trail'), ('card_reading')) names (log) LEFT JOIN (
        SELECT l.log, l.id / 65536 AS part, count(*) AS number, sha256(string_agg(
            sha256(convert_to(l.told::text || coalesce(opora_hex(p.digest), ''), 'UTF8')), ''::bytea ORDER BY l.id
        )) AS digest
        FROM opora_logged(since, until) l LEFT JOIN sealed_payload p ON p.log = l.log AND p.row_id = l.id
        GROUP BY 1, 2
    ) parts USING (log) GROUP BY 1
$$;

CREATE FUNCTION opora_link(s seal) RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT sha256(convert_to(jsonb_build_array(s.number, s.since, s.until, s.trail_rows, opora_hex(s.trail_digest),
        s.reading_rows, opora_hex(s.reading_digest), opora_microseconds(s.sealed_at), opora_hex(s.previous))::text,
        'UTF8'))
$$;

-- Adds a link over all rows whose transactions are certainly over. Writers of the logs wait for nothing here.
CREATE FUNCTION opora_seal() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    era seal_era;
    last seal;
    made seal;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('opora seal', 0));
    SELECT * INTO era FROM seal_era ORDER BY number DESC LIMIT 1;
    IF era.system IS DISTINCT FROM (SELECT system_identifier::text FROM pg_control_system()) THEN
        RAISE EXCEPTION 'opora: a database that was moved' USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    SELECT * INTO last FROM seal ORDER BY number DESC LIMIT 1;
    made.number := coalesce(last.number, 0) + 1;
    made.since := coalesce(last.until, 0);
    made.until := (era.number::bigint << 48) + pg_snapshot_xmin(pg_current_snapshot())::text::bigint;
    made.sealed_at := clock_timestamp();
    made.previous := coalesce(last.chain, '');
    IF NOT EXISTS (SELECT FROM opora_logged(made.since, made.until)) THEN
        RETURN NULL;
    END IF;
    INSERT INTO sealed_payload (log, row_id, digest, salt)
    SELECT log, id, opora_payload_digest(salt, payload), salt
    FROM (SELECT log, id, payload, gen_random_uuid() AS salt FROM opora_logged(made.since, made.until)) salted
    WHERE payload IS NOT NULL;
    SELECT number, digest INTO made.trail_rows, made.trail_digest
    FROM opora_digests(made.since, made.until) WHERE log = 'trail';
    SELECT number, digest INTO made.reading_rows, made.reading_digest
    FROM opora_digests(made.since, made.until) WHERE log = 'card_reading';
    made.chain := opora_link(made);
    INSERT INTO seal SELECT made.*;
    RETURN made.number;
END $$;

-- Everything that is not as it was sealed: the link, what is wrong, in which log, what was and is there.
CREATE FUNCTION opora_verify() RETURNS TABLE (link integer, fault text, log text, was bigint, found bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    s seal;
    last seal;
BEGIN
    FOR s IN SELECT * FROM seal ORDER BY number LOOP
        IF s.number <> coalesce(last.number, 0) + 1 THEN
            RETURN QUERY SELECT n, 'missing', '', NULL::bigint, NULL::bigint
            FROM generate_series(coalesce(last.number, 0) + 1, s.number - 1) n;
        ELSIF s.previous <> coalesce(last.chain, '') OR s.since <> coalesce(last.until, 0) THEN
            RETURN QUERY SELECT s.number, 'unlinked', '', NULL::bigint, NULL::bigint;
        END IF;
        IF s.chain <> opora_link(s) THEN
            RETURN QUERY SELECT s.number, 'link', '', NULL::bigint, NULL::bigint;
        END IF;
        RETURN QUERY
        SELECT s.number, CASE WHEN d.number < w.number THEN 'cut' WHEN d.number > w.number THEN 'added' ELSE 'changed' END,
            w.log, w.number, d.number
        FROM opora_digests(s.since, s.until) d
        JOIN (VALUES ('trail', s.trail_rows, s.trail_digest), ('card_reading', s.reading_rows, s.reading_digest))
            w (log, number, digest) USING (log)
        WHERE d.number <> w.number OR d.digest <> w.digest;
        RETURN QUERY
        SELECT s.number, 'payload', l.log, l.id, NULL::bigint
        FROM opora_logged(s.since, s.until) l LEFT JOIN sealed_payload p ON p.log = l.log AND p.row_id = l.id
        WHERE CASE
            WHEN p.row_id IS NULL THEN l.payload IS NOT NULL
            WHEN p.salt IS NULL THEN l.payload IS NOT NULL OR NOT EXISTS (
                SELECT FROM destruction WHERE id = p.destruction_id
            )
            ELSE p.digest IS DISTINCT FROM opora_payload_digest(p.salt, l.payload)
        END
        ORDER BY l.log, l.id;
        last := s;
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("privacy", "0001_initial"), ("registry", "0003_moments")]
    operations = [
        *of_municipality(["consent", "destruction"]),
        migrations.RunSQL(trail_function("opora_trail_of_snils", "r.municipality_id", SNILS)),
        *of_municipality_told_as(["snils"], "opora_trail_of_snils"),
        migrations.RunSQL(WITH_MOMENTS.format(table="card_reading")),
        migrations.RunSQL(READING),
        migrations.RunSQL(OF_OWNERS_LOG.format(table="card_reading", payload="what")),
        migrations.RunSQL(CHAIN),
    ]
