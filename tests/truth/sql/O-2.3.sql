-- Победители и призёры среди участников конкурсов мастерства.
WITH entries AS (
    SELECT
        e.person, e.result,
        happened(e.date, period_start(), period_end()) AND c.kind = 'skill' AS of_skill
    FROM contest_entry AS e
    LEFT JOIN contest AS c ON c.id = e.contest
),
cases AS (
    SELECT
        p.educator_or_manager_here AND NOT p.away
        AND has(
            (SELECT most(e.of_skill) FROM entries AS e WHERE e.person = p.id),
            complete_in_period('contest_entry', p.municipality)
        ) AS base,
        has(
            (SELECT most(e.of_skill AND e.result IN ('winner', 'prize')) FROM entries AS e WHERE e.person = p.id),
            complete_in_period('contest_entry', p.municipality)
        ) AS truth
    FROM people AS p
)
SELECT n_of(base, truth) AS n, total_of(base, truth) AS total, unknown_of(base, truth) AS unknown FROM cases;
