-- Творческие лаборатории города к числу образовательных организаций.
WITH labs AS (
    SELECT holds(since, until, observed_on) AND kind = 'lab' AND level = 'municipal' AS base FROM innovation_site
),
organisations AS (
    SELECT holds(since, until, observed_on) AND kind IN ('school', 'preschool', 'supplementary') AS base
    FROM organisation
)
SELECT
    (SELECT count(*) FILTER (WHERE base) FROM labs)
    / nullif((SELECT count(*) FILTER (WHERE base) FROM organisations), 0) AS value,
    (SELECT count(*) FILTER (WHERE base IS NULL) FROM labs)
    + (SELECT count(*) FILTER (WHERE base IS NULL) FROM organisations) AS unknown;
