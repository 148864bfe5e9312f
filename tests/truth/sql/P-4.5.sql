-- Коллективы, в которых не меньше двух человек освоили адресные программы.
WITH members AS (
    SELECT
        m.team, m.person,
        holds(m.since, m.until, m.observed_on)
        AND has(
            (
                SELECT most(
                    happened(t.completed, programme_start(), day_after())
                    AND coalesce(t.passed, true) AND g.addressed
                )
                FROM training AS t
                LEFT JOIN training_programme AS g ON g.id = t.programme
                WHERE t.person = m.person
            ),
            complete('training', p.municipality, programme_start(), day_after())
        ) AS trained
    FROM team_member AS m
    LEFT JOIN person AS p ON p.id = m.person
),
counted AS (
    SELECT
        team,
        count(DISTINCT person) FILTER (WHERE trained) AS sure,
        count(DISTINCT person) FILTER (WHERE trained IS NOT FALSE) AS possible
    FROM members
    GROUP BY team
),
cases AS (
    SELECT
        holds(t.since, t.until, t.observed_on) AND t.kind = 'collective' AS base,
        at_least(2, coalesce(c.sure, 0), coalesce(c.possible, 0), complete_now('team_member', o.municipality)) AS truth
    FROM team AS t
    LEFT JOIN organisation AS o ON o.id = t.organisation
    LEFT JOIN counted AS c ON c.team = t.id
)
SELECT n_of(base, truth) AS n, total_of(base, truth) AS total, unknown_of(base, truth) AS unknown FROM cases;
