-- Муниципальные предметные объединения, у которых за период не меньше четырёх заседаний.
WITH held_meetings AS (
    SELECT
        association,
        count(*) FILTER (WHERE happened(date, period_start(), period_end())) AS sure,
        count(*) FILTER (WHERE happened(date, period_start(), period_end()) IS NOT FALSE) AS possible
    FROM meeting
    GROUP BY association
),
cases AS (
    SELECT
        holds(a.since, a.until, a.observed_on) AND a.level = 'municipal' AND a.kind = 'subject' AS base,
        at_least(4, coalesce(h.sure, 0), coalesce(h.possible, 0), complete_in_period('meeting', a.municipality)) AS truth
    FROM association AS a
    LEFT JOIN held_meetings AS h ON h.association = a.id
)
SELECT n_of(base, truth) AS n, total_of(base, truth) AS total, unknown_of(base, truth) AS unknown FROM cases;
