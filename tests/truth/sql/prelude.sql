-- Words that the hand-written counts share. Truth is SQL's own: true, false, and NULL for «not known».
-- Before this file the days are given as macros: on_date(), day_after(), period_start(), period_end() (never after
-- day_after()) and programme_start(). Nothing here knows how Opora compiles a formula.

CREATE OR REPLACE MACRO ever() AS DATE '0001-01-01';

-- A fact of the day in [a, b). Where the window itself is not known, nothing is.
CREATE OR REPLACE MACRO happened(day, a, b) AS CASE
    WHEN a IS NULL THEN NULL
    WHEN a >= b THEN false
    ELSE day >= a AND day < b
END;

-- A state that held on some day of [a, b).
CREATE OR REPLACE MACRO held(since, until, seen, a, b) AS CASE
    WHEN a IS NULL THEN NULL
    WHEN a >= b OR until <= a OR until <= since THEN false
    WHEN since IS NOT NULL THEN since < b
    WHEN seen < b THEN true
    ELSE NULL
END;

CREATE OR REPLACE MACRO holds(since, until, seen) AS held(since, until, seen, on_date(), day_after());

CREATE OR REPLACE MACRO began(since, until, seen, a, b) AS CASE
    WHEN a IS NULL THEN NULL
    WHEN a >= b OR until <= a OR until <= since THEN false
    WHEN since IS NOT NULL THEN since >= a AND since < b
    WHEN seen < a THEN false
    ELSE NULL
END;

CREATE OR REPLACE MACRO full_years(a, b) AS
    year(b) - year(a) - CASE WHEN month(b) * 100 + day(b) < month(a) * 100 + day(a) THEN 1 ELSE 0 END;

-- When a table is complete in a municipality: touching intervals joined.
CREATE OR REPLACE TEMP TABLE covers AS
WITH given AS (
    SELECT
        "table" AS name, municipality AS town,
        coalesce(since, ever()) AS since, coalesce(until, DATE '9999-12-31') AS until
    FROM coverage
    WHERE status = 'complete' AND (since < until OR since IS NULL OR until IS NULL)
),
marked AS (
    SELECT *, since > max(until) OVER earlier IS NOT FALSE AS fresh
    FROM given
    WINDOW earlier AS (
        PARTITION BY name, town ORDER BY since, until ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    )
),
numbered AS (
    SELECT *, count(*) FILTER (WHERE fresh) OVER (PARTITION BY name, town ORDER BY since, until ROWS UNBOUNDED PRECEDING) AS island
    FROM marked
)
SELECT name, town, min(since) AS since, max(until) AS until FROM numbered GROUP BY name, town, island;

CREATE OR REPLACE MACRO complete(of_table, in_town, a, b) AS a IS NOT NULL AND (a >= b OR EXISTS (
    SELECT 1 FROM covers AS c WHERE c.name = of_table AND c.town = in_town AND c.since <= a AND c.until >= b
));

CREATE OR REPLACE MACRO complete_in_period(of_table, in_town) AS
    complete(of_table, in_town, period_start(), period_end());

CREATE OR REPLACE MACRO complete_now(of_table, in_town) AS complete(of_table, in_town, on_date(), day_after());

-- «Has»: most() of the rows, judged with what no row means.
CREATE OR REPLACE MACRO rank(truth) AS CASE WHEN truth THEN 2 WHEN truth IS NULL THEN 1 ELSE 0 END;

CREATE OR REPLACE MACRO most(truth) AS max(CASE WHEN truth THEN 2 WHEN truth IS NULL THEN 1 ELSE 0 END);

CREATE OR REPLACE MACRO has(best, whole) AS CASE
    WHEN best = 2 THEN true
    WHEN best = 1 OR NOT whole THEN NULL
    ELSE false
END;

CREATE OR REPLACE MACRO truth_of(code) AS CASE code WHEN 2 THEN true WHEN 0 THEN false END;

-- «At least so many»: sure ones, possible ones, and whether there may be others.
CREATE OR REPLACE MACRO at_least(needed, sure, possible, whole) AS CASE
    WHEN sure >= needed THEN true
    WHEN possible < needed AND whole THEN false
    ELSE NULL
END;

-- n, N and the unknown of a share whose cases are (in the base, in the numerator).
CREATE OR REPLACE MACRO n_of(base, truth) AS count(*) FILTER (WHERE base AND truth);

CREATE OR REPLACE MACRO total_of(base, truth) AS count(*) FILTER (WHERE base AND truth IS NOT NULL);

CREATE OR REPLACE MACRO unknown_of(base, truth) AS
    count(*) FILTER (WHERE base IS NULL OR (base AND truth IS NULL));

-- Her main job: the newest row that surely holds, unless another may be newer.
CREATE OR REPLACE TEMP VIEW job AS
SELECT
    e.*,
    holds(e.since, e.until, e.observed_on) AS now,
    o.kind AS place,
    o.kind IN ('school', 'preschool', 'supplementary') AS educational,
    (coalesce(e.since, e.observed_on), e.id) AS age_of_row,
    coalesce(e.since, e.observed_on) AS known_from
FROM employment AS e
LEFT JOIN organisation AS o ON o.id = e.organisation;

CREATE OR REPLACE TEMP VIEW newest_job AS
WITH sure AS (
    SELECT person, kind, max(age_of_row) AS newest
    FROM job WHERE now GROUP BY person, kind
),
doubted AS (
    SELECT s.person, s.kind, bool_or(j.known_from IS NULL OR j.age_of_row > s.newest) AS doubt
    FROM sure AS s
    JOIN job AS j ON j.person = s.person AND (j.now AND j.kind = s.kind) IS NULL
    GROUP BY s.person, s.kind
)
SELECT j.person, j.kind, j.organisation
FROM sure AS s
JOIN job AS j ON j.person = s.person AND j.age_of_row = s.newest
LEFT JOIN doubted AS d ON d.person = s.person AND d.kind = s.kind
WHERE d.doubt IS NOT TRUE AND s.kind IS NOT NULL;

-- People on the date. «_here»: in an educational organisation.
CREATE OR REPLACE TEMP VIEW people AS
WITH jobs AS (
    SELECT
        person,
        most(now AND staff_group = 'educator') AS educator,
        most(now AND staff_group = 'educator' AND educational) AS educator_here,
        most(now AND staff_group IN ('educator', 'manager') AND educational) AS educator_or_manager_here,
        most(now AND staff_group = 'educator' AND place = 'school') AS school_educator,
        most(now AND post = 'teacher') AS teacher,
        most(now AND kind IN ('main', 'internal')) AS own
    FROM job GROUP BY person
),
leaves AS (
    SELECT
        person,
        most(holds(since, until, observed_on)) AS any_leave,
        bool_and(holds(since, until, observed_on) IS NOT NULL) AS all_known
    FROM leave GROUP BY person
)
SELECT
    p.*,
    full_years(p.born, on_date()) AS age,
    full_years(p.career_start, on_date()) AS tenure,
    has(j.educator, complete_now('employment', p.municipality)) AS educator,
    has(j.educator_here, complete_now('employment', p.municipality)) AS educator_here,
    has(j.educator_or_manager_here, complete_now('employment', p.municipality)) AS educator_or_manager_here,
    has(j.school_educator, complete_now('employment', p.municipality)) AS school_educator,
    has(j.teacher, complete_now('employment', p.municipality)) AS teacher,
    has(l.any_leave, complete_now('leave', p.municipality)) AS on_leave,
    coalesce(l.any_leave = 2 AND l.all_known, false) AS away,
    v.person IS NOT NULL AND NOT has(j.own, complete_now('employment', p.municipality)) AS visiting
FROM person AS p
LEFT JOIN jobs AS j ON j.person = p.id
LEFT JOIN leaves AS l ON l.person = p.id
LEFT JOIN newest_job AS v ON v.person = p.id AND v.kind = 'external';
