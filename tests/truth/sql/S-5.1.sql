-- Занятые ставки педагогов ко всем ставкам по штату.
WITH rows_of_staff AS (
    SELECT
        filled_rate, planned_rate,
        holds(since, until, observed_on)
        AND NOT post IN ('director', 'deputy', 'department_head', 'specialist', 'other') AS base
    FROM staffing
)
SELECT
    coalesce(sum(filled_rate) FILTER (WHERE base), 0)
    / nullif(coalesce(sum(planned_rate) FILTER (WHERE base), 0), 0) AS value,
    count(*) FILTER (WHERE base IS NULL OR (base AND filled_rate IS NULL))
    + count(*) FILTER (WHERE base IS NULL OR (base AND planned_rate IS NULL)) AS unknown
FROM rows_of_staff;
