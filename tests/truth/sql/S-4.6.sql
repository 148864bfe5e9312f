-- Молодые педагоги первых трёх лет: наставник, помощь или школа молодого педагога в первые три года работы.
WITH early AS (
    SELECT
        *,
        career_start AS a,
        least(CAST(career_start + INTERVAL 3 YEAR AS DATE), day_after()) AS b
    FROM people
),
cases AS (
    SELECT
        e.educator AND e.age < 35 AND e.tenure < 3 AND NOT (e.away OR e.visiting) AS base,
        has(
            (SELECT most(held(m.since, m.until, m.observed_on, e.a, e.b)) FROM mentorship AS m WHERE m.mentee = e.id),
            complete('mentorship', e.municipality, e.a, e.b)
        )
        OR has(
            (
                SELECT most(
                    happened(s.date, e.a, e.b) AND s.kind IN ('addressed', 'personal', 'psychological')
                )
                FROM support AS s
                WHERE s.person = e.id
            ),
            complete('support', e.municipality, e.a, e.b)
        )
        OR has(
            (
                SELECT most(held(m.since, m.until, m.observed_on, e.a, e.b) AND x.kind = 'young_school')
                FROM membership AS m
                LEFT JOIN association AS x ON x.id = m.association
                WHERE m.person = e.id
            ),
            complete('membership', e.municipality, e.a, e.b)
        ) AS truth
    FROM early AS e
)
SELECT n_of(base, truth) AS n, total_of(base, truth) AS total, unknown_of(base, truth) AS unknown FROM cases;
