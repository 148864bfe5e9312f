-- Молодые педагоги на мероприятиях проектов по их поддержке или среди участников таких проектов.
WITH cases AS (
    SELECT
        p.educator AND p.age < 35 AND NOT p.on_leave AS base,
        has(
            (
                SELECT most(happened(x.date, period_start(), period_end()) AND v.project IS NOT NULL AND j.topic = 'young_educators')
                FROM participation AS x
                LEFT JOIN event AS v ON v.id = x.event
                LEFT JOIN project AS j ON j.id = v.project
                WHERE x.person = p.id
            ),
            complete_in_period('participation', p.municipality)
        )
        OR has(
            (
                SELECT most(
                    held(x.since, x.until, x.observed_on, period_start(), period_end())
                    AND j.topic = 'young_educators'
                )
                FROM project_participant AS x
                LEFT JOIN project AS j ON j.id = x.project
                WHERE x.person = p.id
            ),
            complete_in_period('project_participant', p.municipality)
        ) AS truth
    FROM people AS p
)
SELECT n_of(base, truth) AS n, total_of(base, truth) AS total, unknown_of(base, truth) AS unknown FROM cases;
