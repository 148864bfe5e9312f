-- Меры программы со сроком в периоде: по скольким к дате подсчёта отмечено «выполнена».
WITH cases AS (
    SELECT
        happened(m.due, period_start(), period_end())
        AND trim(m.programme) = 'balakhta' AND m.kind IN ('road_map', 'plan') AS base,
        has(
            (
                SELECT most(happened(x.date, ever(), day_after()) AND x.result = 'done')
                FROM execution AS x
                WHERE x.measure = m.id
            ),
            complete('execution', m.municipality, ever(), day_after())
        ) AS truth
    FROM measure AS m
)
SELECT n_of(base, truth) AS n, total_of(base, truth) AS total, unknown_of(base, truth) AS unknown FROM cases;
