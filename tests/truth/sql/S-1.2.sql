-- Курсы из федерального реестра (на день начала), выбранные по дефициту, который выявлен до начала.
WITH courses AS (
    SELECT
        t.person,
        happened(t.completed, programme_start(), day_after())
        AND g.register = 'federal'
        AND g.register_since <= t.started
        AND (g.register_until IS NULL OR g.register_until > t.started)
        AND t.deficit IS NOT NULL
        AND d.found_on <= t.started
        AND coalesce(t.passed, true) AS fits
    FROM training AS t
    LEFT JOIN training_programme AS g ON g.id = t.programme
    LEFT JOIN deficit AS d ON d.id = t.deficit
),
cases AS (
    SELECT
        p.educator AND NOT (p.away OR p.visiting) AS base,
        has(
            (SELECT most(c.fits) FROM courses AS c WHERE c.person = p.id),
            complete('training', p.municipality, programme_start(), day_after())
        ) AS truth
    FROM people AS p
)
SELECT n_of(base, truth) AS n, total_of(base, truth) AS total, unknown_of(base, truth) AS unknown FROM cases;
