-- Конкурс мастерства города, «Педагогика успеха» или «Методическая копилка»: хотя бы одно из трёх.
WITH cases AS (
    SELECT
        p.educator_or_manager_here AND NOT p.away AS base,
        has(
            (
                SELECT most(
                    happened(e.date, period_start(), period_end())
                    AND ((c.level = 'municipal' AND c.kind = 'skill') OR trim(c.title) = 'Педагогика успеха')
                )
                FROM contest_entry AS e
                LEFT JOIN contest AS c ON c.id = e.contest
                WHERE e.person = p.id
            ),
            complete_in_period('contest_entry', p.municipality)
        )
        OR has(
            (
                SELECT most(
                    happened(x.date, period_start(), period_end()) AND trim(v.title) = 'Педагогика успеха'
                )
                FROM participation AS x
                LEFT JOIN event AS v ON v.id = x.event
                WHERE x.person = p.id
            ),
            complete_in_period('participation', p.municipality)
        )
        OR has(
            (
                SELECT most(
                    happened(m.date, period_start(), period_end()) AND trim(m.outlet) = 'Методическая копилка'
                )
                FROM material AS m
                WHERE m.person = p.id
            ),
            complete_in_period('material', p.municipality)
        ) AS truth
    FROM people AS p
)
SELECT n_of(base, truth) AS n, total_of(base, truth) AS total, unknown_of(base, truth) AS unknown FROM cases;
