-- Наставники, у которых есть пара с человеком другой организации (или пара отмечена сетевой).
WITH pairs AS (
    SELECT
        m.mentor,
        holds(m.since, m.until, m.observed_on) AND (coalesce(m.network, false) OR ours.organisation != theirs.organisation) AS outside
    FROM mentorship AS m
    LEFT JOIN newest_job AS ours ON ours.person = m.mentor AND ours.kind = 'main'
    LEFT JOIN newest_job AS theirs ON theirs.person = m.mentee AND theirs.kind = 'main'
),
cases AS (
    SELECT
        p.educator
        AND has(
            (SELECT most(x.outside) FROM pairs AS x WHERE x.mentor = p.id),
            complete_now('mentorship', p.municipality)
        )
        AND NOT (p.away OR p.visiting) AS base
    FROM people AS p
)
SELECT count(*) FILTER (WHERE base) AS n, count(*) FILTER (WHERE base IS NULL) AS unknown FROM cases;
