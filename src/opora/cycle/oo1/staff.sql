-- Who works in the organisations on the form's day, and of each trait of hers: its value, or why it is not known.
-- A value without a fault that is NULL is known and has no box in the form.
WITH held AS (
    SELECT e.organisation_id, e.person_id, e.kind, e.post, e.staff_group, e.rate, e.id,
        coalesce(coalesce(e.since, e.observed_on) <= %(on)s, false) AS sure
    FROM employment e
    WHERE e.archived_at IS NULL AND e.organisation_id = ANY (%(organisations)s::bigint[])
        AND (e.since IS NULL OR e.since <= %(on)s) AND (e.until IS NULL OR e.until > %(on)s)
), staff AS (
    -- One line for a person: her main job, else that of an unknown kind, else the internal second one.
    SELECT DISTINCT ON (organisation_id, person_id) organisation_id, person_id, post, staff_group,
        CASE WHEN NOT sure THEN 'since' WHEN kind IS NULL THEN 'kind' WHEN kind = 'internal' THEN 'no_main' END AS fault
    FROM held WHERE kind IS DISTINCT FROM 'external'
    ORDER BY organisation_id, person_id,
        CASE kind WHEN 'main' THEN 0 WHEN 'internal' THEN 2 ELSE 1 END, sure DESC, rate DESC NULLS LAST, id
), diploma AS (
    SELECT person_id,
        coalesce(bool_or(sure AND high), false) AS higher,
        coalesce(bool_or(sure AND high AND pedagogical), false) AS higher_pedagogical,
        coalesce(bool_or(sure AND high AND pedagogical IS NULL), false) AS higher_unclear,
        coalesce(bool_or(sure AND middle), false) AS vocational,
        coalesce(bool_or(sure AND middle AND pedagogical), false) AS vocational_pedagogical,
        coalesce(bool_or(sure AND middle AND pedagogical IS NULL), false) AS vocational_unclear,
        bool_or(NOT sure OR level IS NULL) AS unsure
    FROM (
        SELECT person_id, level, pedagogical, level IN ('higher', 'degree') AS high, level = 'vocational' AS middle,
            coalesce(coalesce(date, observed_on) <= %(on)s, false) AS sure
        FROM education
        WHERE archived_at IS NULL AND (date IS NULL OR date <= %(on)s)
            AND person_id IN (SELECT person_id FROM staff)
    ) known GROUP BY person_id
), attested AS (
    SELECT s.organisation_id, s.person_id,
        coalesce(bool_or(a.category = 'highest' AND fits AND holds), false) AS highest,
        coalesce(bool_or(a.category = 'first' AND fits AND holds), false) AS first,
        coalesce(bool_or(a.category IN ('first', 'highest') AND fits AND holds IS NULL), false) AS unsure,
        coalesce(bool_or(a.category IN ('first', 'highest') AND NOT fits AND holds), false) AS elsewhere
    FROM staff s JOIN attestation a ON a.person_id = s.person_id AND a.archived_at IS NULL
    CROSS JOIN LATERAL (SELECT
        coalesce(a.post = s.post, true) AS fits,
        CASE WHEN a.until <= %(on)s THEN false WHEN coalesce(a.since, a.observed_on) <= %(on)s THEN true
            WHEN a.since IS NULL THEN NULL ELSE false END AS holds
    ) judged
    WHERE a.since IS NULL OR a.since <= %(on)s
    GROUP BY s.organisation_id, s.person_id
), stated AS (
    SELECT DISTINCT ON (person_id, kind) person_id, kind, years + extract(year FROM age(%(on)s, date))::int AS years
    FROM experience
    WHERE archived_at IS NULL AND date <= %(on)s AND kind IN ('total', 'pedagogical') AND years IS NOT NULL
        AND person_id IN (SELECT person_id FROM staff)
    ORDER BY person_id, kind, date DESC, id DESC
), told AS (
    SELECT s.organisation_id, s.person_id, s.post, s.staff_group, s.fault, p.born, p.sex, p.career_start,
        d.person_id IS NOT NULL AS has_diploma, d.higher, d.higher_pedagogical, d.higher_unclear,
        d.vocational, d.vocational_pedagogical, d.vocational_unclear, d.unsure AS diploma_unsure,
        a.person_id IS NOT NULL AS is_attested, a.highest, a.first, a.unsure AS category_unsure, a.elsewhere,
        total.years AS years, ours.years AS stated_years,
        extract(year FROM age(%(on)s, p.career_start))::int AS career_years
    FROM staff s
    JOIN person p ON p.id = s.person_id
    LEFT JOIN diploma d ON d.person_id = s.person_id
    LEFT JOIN attested a ON a.person_id = s.person_id AND a.organisation_id = s.organisation_id
    LEFT JOIN stated total ON total.person_id = s.person_id AND total.kind = 'total'
    LEFT JOIN stated ours ON ours.person_id = s.person_id AND ours.kind = 'pedagogical'
), facts AS (
    SELECT t.organisation_id, t.person_id, t.post, t.staff_group, trait.name AS trait,
        CASE WHEN coalesce(t.fault, trait.fault) IS NULL THEN trait.value END AS value,
        coalesce(t.fault, trait.fault) AS fault
    FROM told t CROSS JOIN LATERAL (VALUES
        ('total', 'yes', NULL),
        ('education',
            CASE WHEN higher THEN 'higher' WHEN vocational THEN 'vocational' END,
            CASE WHEN NOT has_diploma THEN 'no_diploma' WHEN diploma_unsure AND NOT higher THEN 'diploma' END),
        ('higher_pedagogical',
            CASE WHEN higher_pedagogical THEN 'yes' END,
            CASE WHEN NOT has_diploma THEN 'no_diploma' WHEN higher_pedagogical THEN NULL
                WHEN higher_unclear THEN 'pedagogical' WHEN diploma_unsure THEN 'diploma' END),
        ('vocational_pedagogical',
            CASE WHEN vocational_pedagogical AND NOT higher THEN 'yes' END,
            CASE WHEN NOT has_diploma THEN 'no_diploma' WHEN higher THEN NULL WHEN diploma_unsure THEN 'diploma'
                WHEN vocational_unclear AND NOT vocational_pedagogical THEN 'pedagogical' END),
        ('sex', sex, CASE WHEN sex IS NULL THEN 'sex' END),
        ('category',
            CASE WHEN highest THEN 'highest' WHEN first THEN 'first' END,
            CASE WHEN highest THEN NULL WHEN category_unsure THEN 'category_since' WHEN first THEN NULL
                WHEN elsewhere THEN 'category_post' WHEN staff_group = 'educator' AND NOT is_attested
                THEN 'no_category' END),
        ('experience', width_bucket(years, %(years)s::int[])::text, CASE WHEN years IS NULL THEN 'no_experience' END),
        ('pedagogical_experience',
            width_bucket(coalesce(career_years, stated_years), %(years)s::int[])::text,
            CASE WHEN career_start > %(on)s THEN 'career_later' WHEN abs(career_years - stated_years) > 1 THEN 'differs'
                WHEN career_years IS NULL AND stated_years IS NULL THEN 'no_career' END),
        ('age', width_bucket(extract(year FROM age(%(ages_on)s, born))::int, %(ages)s::int[])::text,
            CASE WHEN born IS NULL THEN 'born' WHEN born > %(on)s THEN 'born_later' END)
    ) AS trait (name, value, fault)
)
