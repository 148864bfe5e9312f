-- Повышение квалификации за период в центрах непрерывного повышения мастерства.
WITH cases AS (
    SELECT
        p.educator AND NOT p.on_leave AS base,
        has(
            (
                SELECT most(
                    happened(t.completed, period_start(), period_end())
                    AND g.kind = 'pk' AND g.provider_kind = 'professional_centre'
                )
                FROM training AS t
                LEFT JOIN training_programme AS g ON g.id = t.programme
                WHERE t.person = p.id
            ),
            complete_in_period('training', p.municipality)
        ) AS truth
    FROM people AS p
)
SELECT n_of(base, truth) AS n, total_of(base, truth) AS total, unknown_of(base, truth) AS unknown FROM cases;
