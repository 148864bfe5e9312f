-- Строки муниципального плана курсов за период, не снятые: по скольким есть обучение.
WITH cases AS (
    SELECT
        happened(r.due, period_start(), period_end()) AND l.organisation IS NULL AND NOT r.withdrawn AS base,
        has(
            (
                SELECT most(happened(t.completed, period_start(), period_end()))
                FROM training AS t
                WHERE t.request = r.id
            ),
            complete_in_period('training', l.municipality)
        ) AS truth
    FROM training_request AS r
    LEFT JOIN training_plan AS l ON l.id = r.plan
)
SELECT n_of(base, truth) AS n, total_of(base, truth) AS total, unknown_of(base, truth) AS unknown FROM cases;
