-- Утверждённые программы наставничества, по которым на дату работает пара.
WITH cases AS (
    SELECT
        holds(d.since, d.until, d.observed_on) AND d.kind = 'programme' AND d.organisation IS NOT NULL AND d.dated IS NOT NULL
        AND has(
            (SELECT most(holds(m.since, m.until, m.observed_on)) FROM mentorship AS m WHERE m.programme = d.id),
            complete_now('mentorship', d.municipality)
        ) AS base
    FROM document AS d
)
SELECT count(*) FILTER (WHERE base) AS n, count(*) FILTER (WHERE base IS NULL) AS unknown FROM cases;
