-- Педагоги в наставничестве, с любой стороны.
WITH cases AS (
    SELECT
        p.educator AND NOT p.on_leave AS base,
        has(
            (SELECT most(holds(m.since, m.until, m.observed_on)) FROM mentorship AS m WHERE m.mentor = p.id),
            complete_now('mentorship', p.municipality)
        )
        OR has(
            (SELECT most(holds(m.since, m.until, m.observed_on)) FROM mentorship AS m WHERE m.mentee = p.id),
            complete_now('mentorship', p.municipality)
        ) AS truth
    FROM people AS p
)
SELECT n_of(base, truth) AS n, total_of(base, truth) AS total, unknown_of(base, truth) AS unknown FROM cases;
