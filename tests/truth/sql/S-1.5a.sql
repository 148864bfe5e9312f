-- Педагоги школ с дефицитом, который с тех пор не закрыт освоенным обучением.
WITH deficits AS (
    SELECT
        d.person,
        holds(d.found_on, d.closed_on, NULL)
        AND NOT has(
            (
                SELECT most(happened(t.completed, d.found_on, day_after()) AND coalesce(t.passed, true))
                FROM training AS t
                WHERE t.deficit = d.id
            ),
            complete('training', p.municipality, d.found_on, day_after())
        ) AS still_open
    FROM deficit AS d
    LEFT JOIN person AS p ON p.id = d.person
),
cases AS (
    SELECT
        p.school_educator
        AND has(
            (SELECT most(d.still_open) FROM deficits AS d WHERE d.person = p.id),
            complete_now('deficit', p.municipality)
        )
        AND NOT (p.away OR p.visiting) AS base
    FROM people AS p
)
SELECT count(*) FILTER (WHERE base) AS n, count(*) FILTER (WHERE base IS NULL) AS unknown FROM cases;
