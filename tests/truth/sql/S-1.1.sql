-- Диагностика по своему предмету за период; человек считается один раз.
WITH lessons AS (
    SELECT
        t.person,
        holds(t.since, t.until, t.observed_on) AND p.educator AND NOT p.away AS base,
        has(
            (
                SELECT most(
                    happened(d.date, period_start(), period_end())
                    AND (d.subject IS NOT NULL OR d.measures = 'subject')
                    AND trim(d.subject) = trim(t.subject)
                )
                FROM diagnostic_result AS d
                WHERE d.person = t.person
            ),
            complete_in_period('diagnostic_result', p.municipality)
        ) AS truth
    FROM teaching AS t
    LEFT JOIN people AS p ON p.id = t.person
),
cases AS (
    SELECT
        truth_of(max(rank(base))) AS base,
        truth_of(max(least(rank(base), rank(truth)))) AS truth
    FROM lessons
    WHERE person IS NOT NULL
    GROUP BY person
)
SELECT n_of(base, truth) AS n, total_of(base, truth) AS total, unknown_of(base, truth) AS unknown FROM cases;
