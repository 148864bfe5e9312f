-- Преподают по специальности: какая специальность к какому предмету подходит, решено в таблице profile_match.
WITH lessons AS (
    SELECT
        t.person,
        holds(t.since, t.until, t.observed_on) AND p.educator AND NOT p.away AS base,
        has(
            (
                SELECT most(
                    holds(e.date, NULL, e.observed_on)
                    AND has(
                        (
                            SELECT most(trim(m.subject) = trim(t.subject) AND m.fits)
                            FROM profile_match AS m
                            WHERE trim(m.speciality) = trim(e.speciality)
                        ),
                        complete_now('profile_match', p.municipality)
                    )
                )
                FROM education AS e
                WHERE e.person = t.person
            ),
            complete_now('education', p.municipality)
        ) AS truth
    FROM teaching AS t
    LEFT JOIN people AS p ON p.id = t.person
),
cases AS (
    SELECT
        truth_of(max(rank(base))) AS base,
        truth_of(max(least(rank(base), rank(truth)))) AS truth
    FROM lessons
    WHERE person IS NOT NULL
    GROUP BY person
)
SELECT n_of(base, truth) AS n, total_of(base, truth) AS total, unknown_of(base, truth) AS unknown FROM cases;
