-- Есть ли план у каждого методического объединения района: да, нет или неизвестно.
WITH cases AS (
    SELECT
        rank(
            holds(a.since, a.until, a.observed_on)
            AND a.level = 'municipal' AND a.kind IN ('subject', 'intersubject', 'metasubject')
        ) AS base,
        rank(has(
            (
                SELECT most(
                    held(d.since, d.until, d.observed_on, period_start(), period_end()) AND d.kind = 'plan'
                )
                FROM document AS d
                WHERE d.association = a.id
            ),
            complete_in_period('document', a.municipality)
        )) AS truth
    FROM association AS a
),
counted AS (
    SELECT
        count(*) FILTER (WHERE base = 2 AND truth = 2) AS yes,
        count(*) FILTER (WHERE base = 2 AND truth = 0) AS no,
        count(*) FILTER (WHERE base = 2 AND truth = 1) AS maybe,
        count(*) FILTER (WHERE base = 1 AND truth = 0) AS perhaps_no,
        count(*) FILTER (WHERE base = 1 AND truth = 1) AS perhaps_maybe,
        count(*) FILTER (WHERE base = 1 AND truth = 2) AS perhaps_yes,
        (
            SELECT bool_and(complete_now('association', t.id))
            FROM territory AS t
            WHERE t.kind = 'municipality'
        ) AS whole
    FROM cases
)
SELECT
    CASE
        WHEN yes + no = 0 OR NOT whole THEN NULL
        WHEN no > 0 THEN 0
        WHEN maybe + perhaps_no + perhaps_maybe = 0 THEN 1
    END AS value,
    maybe + perhaps_no + perhaps_maybe + perhaps_yes AS unknown
FROM counted;
