-- Педагоги, чьи полномочия эксперта, члена жюри или преподавателя действовали в периоде хотя бы день.
WITH cases AS (
    SELECT
        p.educator AND NOT p.on_leave AS base,
        has(
            (
                SELECT most(
                    held(x.since, x.until, x.observed_on, period_start(), period_end())
                    AND x.role IN ('expert', 'jury', 'lecturer')
                )
                FROM expert_role AS x
                WHERE x.person = p.id
            ),
            complete_in_period('expert_role', p.municipality)
        ) AS truth
    FROM people AS p
)
SELECT n_of(base, truth) AS n, total_of(base, truth) AS total, unknown_of(base, truth) AS unknown FROM cases;
