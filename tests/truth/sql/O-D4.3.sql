-- Молодые учителя в «Школе молодого учителя», бывшие хотя бы на половине её занятий за период.
WITH marks AS (
    SELECT
        m.id,
        happened(w.date, period_start(), period_end()) AS in_period,
        has(
            (
                SELECT most(happened(x.date, period_start(), period_end()) AND x.present AND x.person = m.person)
                FROM attendance AS x
                WHERE x.meeting = w.id
            ),
            complete_in_period('attendance', a.municipality)
        ) AS was_there
    FROM membership AS m
    JOIN association AS a ON a.id = m.association
    JOIN meeting AS w ON w.association = m.association
),
counted AS (
    SELECT
        id,
        count(*) FILTER (WHERE in_period AND was_there) AS yes,
        count(*) FILTER (WHERE in_period AND NOT was_there) AS no,
        count(*) FILTER (WHERE in_period IS NOT FALSE) AS possible
    FROM marks
    GROUP BY id
),
members AS (
    SELECT
        m.person,
        holds(m.since, m.until, m.observed_on)
        AND trim(a.title) = 'Школа молодого учителя'
        AND CASE
            WHEN coalesce(c.possible, 0) = 0 OR NOT complete_in_period('meeting', p.municipality) THEN NULL
            WHEN c.yes * 2 >= c.possible THEN true
            WHEN (c.possible - c.no) * 2 < c.possible THEN false
        END AS fits
    FROM membership AS m
    LEFT JOIN person AS p ON p.id = m.person
    LEFT JOIN association AS a ON a.id = m.association
    LEFT JOIN counted AS c ON c.id = m.id
),
cases AS (
    SELECT
        p.teacher AND p.age < 35 AND NOT p.away AS base,
        has(
            (SELECT most(m.fits) FROM members AS m WHERE m.person = p.id),
            complete_now('membership', p.municipality)
        ) AS truth
    FROM people AS p
)
SELECT n_of(base, truth) AS n, total_of(base, truth) AS total, unknown_of(base, truth) AS unknown FROM cases;
