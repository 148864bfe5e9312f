-- Школы, где директор и заместители — не меньше двух человек — прошли обучение командой.
WITH leaders AS (
    SELECT
        j.organisation, j.person,
        j.now
        AND j.post IN ('director', 'deputy')
        AND has(
            (
                SELECT most(
                    happened(t.completed, programme_start(), day_after())
                    AND g.topic = 'team' AND coalesce(t.passed, true)
                )
                FROM training AS t
                LEFT JOIN training_programme AS g ON g.id = t.programme
                WHERE t.person = j.person
            ),
            complete('training', p.municipality, programme_start(), day_after())
        ) AS trained
    FROM job AS j
    LEFT JOIN person AS p ON p.id = j.person
),
counted AS (
    SELECT
        organisation,
        count(DISTINCT person) FILTER (WHERE trained) AS sure,
        count(DISTINCT person) FILTER (WHERE trained IS NOT FALSE) AS possible
    FROM leaders
    GROUP BY organisation
),
cases AS (
    SELECT
        holds(o.since, o.until, o.observed_on) AND o.kind = 'school' AS base,
        at_least(2, coalesce(c.sure, 0), coalesce(c.possible, 0), complete_now('employment', o.municipality)) AS truth
    FROM organisation AS o
    LEFT JOIN counted AS c ON c.organisation = o.id
)
SELECT n_of(base, truth) AS n, total_of(base, truth) AS total, unknown_of(base, truth) AS unknown FROM cases;
