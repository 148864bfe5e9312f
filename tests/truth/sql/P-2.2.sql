-- Ознакомления в срок к тому, сколько их должно быть: каждое письмо — в каждую образовательную организацию.
WITH acknowledgements AS (
    SELECT
        happened(k.date, CAST(day_after() - INTERVAL 14 MONTH AS DATE), day_after())
        AND happened(c.respond_by, period_start(), period_end())
        AND k.date <= c.respond_by
        AND o.kind IN ('school', 'preschool', 'supplementary') AS base
    FROM acknowledgement AS k
    LEFT JOIN circular AS c ON c.id = k.circular
    LEFT JOIN organisation AS o ON o.id = k.organisation
),
circulars AS (
    SELECT
        happened(date, CAST(day_after() - INTERVAL 14 MONTH AS DATE), day_after())
        AND happened(respond_by, period_start(), period_end()) AS base
    FROM circular
),
organisations AS (
    SELECT
        holds(since, until, observed_on) AND kind IN ('school', 'preschool', 'supplementary') AS base
    FROM organisation
),
counted AS (
    SELECT
        (SELECT count(*) FILTER (WHERE base) FROM acknowledgements) AS given,
        (SELECT count(*) FILTER (WHERE base) FROM circulars) AS sent,
        (SELECT count(*) FILTER (WHERE base) FROM organisations) AS receivers,
        (SELECT count(*) FILTER (WHERE base IS NULL) FROM acknowledgements)
        + (SELECT count(*) FILTER (WHERE base IS NULL) FROM circulars)
        + (SELECT count(*) FILTER (WHERE base IS NULL) FROM organisations) AS unknown
)
SELECT given / nullif(sent * receivers, 0) AS value, unknown FROM counted;
