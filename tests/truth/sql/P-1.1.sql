-- Организации, которые сопровождала служба: выезд, рекомендация или участие работников в событиях города.
WITH jobs AS (
    SELECT
        e.organisation,
        holds(e.since, e.until, e.observed_on)
        AND has(
            (
                SELECT most(happened(x.date, period_start(), period_end()) AND v.level = 'municipal')
                FROM participation AS x
                LEFT JOIN event AS v ON v.id = x.event
                WHERE x.person = e.person
            ),
            complete_in_period('participation', p.municipality)
        ) AS took_part
    FROM employment AS e
    LEFT JOIN person AS p ON p.id = e.person
),
cases AS (
    SELECT
        holds(o.since, o.until, o.observed_on) AND o.kind IN ('school', 'preschool', 'supplementary') AS base,
        has(
            (SELECT most(happened(v.date, period_start(), period_end())) FROM visit AS v WHERE v.organisation = o.id),
            complete_in_period('visit', o.municipality)
        )
        OR has(
            (
                SELECT most(happened(r.date, period_start(), period_end()))
                FROM recommendation AS r
                WHERE r.organisation = o.id
            ),
            complete_in_period('recommendation', o.municipality)
        )
        OR has(
            (SELECT most(j.took_part) FROM jobs AS j WHERE j.organisation = o.id),
            complete_now('employment', o.municipality)
        ) AS truth
    FROM organisation AS o
)
SELECT n_of(base, truth) AS n, total_of(base, truth) AS total, unknown_of(base, truth) AS unknown FROM cases;
