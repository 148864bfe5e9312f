-- Принятые молодыми от пяти до трёх лет назад: сколько из них проработали в организации три года.
WITH spells AS (
    SELECT
        person, organisation,
        CASE WHEN bool_and(since IS NOT NULL) THEN min(since) END AS since,
        CASE WHEN bool_and(until IS NOT NULL) THEN max(until) END AS until,
        min(observed_on) AS observed_on
    FROM employment
    WHERE staff_group = 'educator'
    GROUP BY person, organisation
),
cases AS (
    SELECT
        began(
            s.since, s.until, s.observed_on, CAST(day_after() - INTERVAL 5 YEAR AS DATE), day_after()
        )
        AND s.since <= CAST(on_date() - INTERVAL 3 YEAR AS DATE)
        AND full_years(p.born, s.since) < 35 AS base,
        full_years(s.since, CASE WHEN s.until <= on_date() THEN s.until ELSE on_date() END) >= 3 AS truth
    FROM spells AS s
    LEFT JOIN person AS p ON p.id = s.person
)
SELECT n_of(base, truth) AS n, total_of(base, truth) AS total, unknown_of(base, truth) AS unknown FROM cases;
