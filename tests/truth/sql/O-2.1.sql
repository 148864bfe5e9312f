-- Педагоги и управленцы, у которых в периоде был ИОМ.
WITH cases AS (
    SELECT
        p.educator_or_manager_here
        AND has(
            (
                SELECT most(held(r.since, r.until, r.observed_on, period_start(), period_end()))
                FROM route AS r
                WHERE r.person = p.id
            ),
            complete_in_period('route', p.municipality)
        )
        AND NOT p.away AS base
    FROM people AS p
)
SELECT count(*) FILTER (WHERE base) AS n, count(*) FILTER (WHERE base IS NULL) AS unknown FROM cases;
