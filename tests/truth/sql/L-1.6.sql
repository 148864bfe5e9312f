-- Педагоги в сетевых сообществах.
WITH cases AS (
    SELECT
        p.educator AND NOT p.on_leave AS base,
        has(
            (
                SELECT most(holds(m.since, m.until, m.observed_on) AND (a.network OR a.online))
                FROM membership AS m
                LEFT JOIN association AS a ON a.id = m.association
                WHERE m.person = p.id
            ),
            complete_now('membership', p.municipality)
        ) AS truth
    FROM people AS p
)
SELECT n_of(base, truth) AS n, total_of(base, truth) AS total, unknown_of(base, truth) AS unknown FROM cases;
