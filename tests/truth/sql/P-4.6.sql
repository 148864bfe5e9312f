-- Участвовали в конкурсе сами или в составе команды.
WITH members AS (
    SELECT
        m.person,
        holds(m.since, m.until, m.observed_on)
        AND has(
            (
                SELECT most(happened(e.date, period_start(), period_end()))
                FROM contest_entry AS e
                WHERE e.team = m.team
            ),
            complete_in_period('contest_entry', p.municipality)
        ) AS took_part
    FROM team_member AS m
    LEFT JOIN person AS p ON p.id = m.person
),
cases AS (
    SELECT
        p.educator_here AND NOT p.away AS base,
        has(
            (SELECT most(happened(e.date, period_start(), period_end())) FROM contest_entry AS e WHERE e.person = p.id),
            complete_in_period('contest_entry', p.municipality)
        )
        OR has(
            (SELECT most(m.took_part) FROM members AS m WHERE m.person = p.id),
            complete_now('team_member', p.municipality)
        ) AS truth
    FROM people AS p
)
SELECT n_of(base, truth) AS n, total_of(base, truth) AS total, unknown_of(base, truth) AS unknown FROM cases;
