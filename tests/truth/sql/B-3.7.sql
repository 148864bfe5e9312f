-- Педагоги с ИОМ, получившие адресную поддержку по нему; человек с двумя ИОМ считается один раз.
WITH routes AS (
    SELECT
        r.person,
        holds(r.since, r.until, r.observed_on) AND p.educator AND NOT p.on_leave AS base,
        has(
            (
                SELECT most(happened(s.date, period_start(), period_end()) AND s.kind = 'addressed')
                FROM support AS s
                WHERE s.route = r.id
            ),
            complete_in_period('support', p.municipality)
        ) AS truth
    FROM route AS r
    LEFT JOIN people AS p ON p.id = r.person
),
cases AS (
    SELECT
        truth_of(max(rank(base))) AS base,
        truth_of(max(least(rank(base), rank(truth)))) AS truth
    FROM routes
    WHERE person IS NOT NULL
    GROUP BY person
)
SELECT n_of(base, truth) AS n, total_of(base, truth) AS total, unknown_of(base, truth) AS unknown FROM cases;
