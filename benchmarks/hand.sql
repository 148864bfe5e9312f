-- Twenty indicators by municipality on 31.12.2022, as one who knows the tables would write them: one scan of each source
-- table, 0 / 1 / 2 for no / not known / yes, every table taken as complete.
WITH training_codes AS (
  SELECT t.person,
    max(least(w3, kind_pk)) AS c0, max(least(w21, register)) AS c1, max(least(wp, centre)) AS c2,
    max(least(wp, priority)) AS c3, max(wp) AS c4
  FROM (
    SELECT t.person,
      CASE WHEN completed IS NULL THEN 1 WHEN completed >= DATE '2020-01-01' AND completed < DATE '2023-01-01' THEN 2 ELSE 0 END AS w3,
      CASE WHEN completed IS NULL THEN 1 WHEN completed >= DATE '2021-01-01' AND completed < DATE '2023-01-01' THEN 2 ELSE 0 END AS w21,
      CASE WHEN completed IS NULL THEN 1 WHEN completed >= DATE '2022-01-01' AND completed < DATE '2023-01-01' THEN 2 ELSE 0 END AS wp,
      coalesce((p.kind = 'pk')::TINYINT * 2, 1) AS kind_pk,
      coalesce((p.register = 'federal' AND p.register_since <= t.started
        AND (p.register_until IS NULL OR p.register_until > t.started))::TINYINT * 2, 1) AS register,
      coalesce((p.provider_kind = 'professional_centre')::TINYINT * 2, 1) AS centre,
      coalesce(p.federal_priority::TINYINT * 2, 1) AS priority
    FROM training t LEFT JOIN training_programme p ON t.programme = p.id) t
  GROUP BY t.person),
diagnostic_codes AS (
  SELECT person, max(w) AS c5, max(least(w, subject)) AS c6, max(least(w, methodical)) AS c7
  FROM (SELECT person,
      CASE WHEN date IS NULL THEN 1 WHEN date >= DATE '2022-01-01' AND date < DATE '2023-01-01' THEN 2 ELSE 0 END AS w,
      coalesce((measures = 'subject')::TINYINT * 2, 1) AS subject, coalesce((measures = 'methodical')::TINYINT * 2, 1) AS methodical
    FROM diagnostic_result)
  GROUP BY person),
membership_codes AS (
  SELECT person, max(least(w, municipal)) AS c8, max(least(w, online)) AS c9, max(least(w, regional)) AS c10, max(least(w, network)) AS c11
  FROM (SELECT m.person, CASE WHEN m.until <= DATE '2022-12-31' OR m.until <= m.since THEN 0 WHEN m.since < DATE '2023-01-01' THEN 2 WHEN m.since IS NOT NULL THEN 0 WHEN m.observed_on < DATE '2023-01-01' THEN 2 ELSE 1 END AS w,
      coalesce((a.level = 'municipal')::TINYINT * 2, 1) AS municipal, coalesce(a.online::TINYINT * 2, 1) AS online,
      coalesce((a.level = 'regional')::TINYINT * 2, 1) AS regional, coalesce(a.network::TINYINT * 2, 1) AS network
    FROM membership m LEFT JOIN association a ON m.association = a.id)
  GROUP BY person),
contest_codes AS (
  SELECT person, max(w) AS c12, max(least(w, won)) AS c13
  FROM (SELECT person,
      CASE WHEN date IS NULL THEN 1 WHEN date >= DATE '2022-01-01' AND date < DATE '2023-01-01' THEN 2 ELSE 0 END AS w,
      coalesce((result IN ('winner', 'prize'))::TINYINT * 2, 1) AS won
    FROM contest_entry WHERE person IS NOT NULL)
  GROUP BY person),
attestation_codes AS (
  SELECT person, max(least(CASE WHEN a.until <= DATE '2022-12-31' OR a.until <= a.since THEN 0 WHEN a.since < DATE '2023-01-01' THEN 2 WHEN a.since IS NOT NULL THEN 0 WHEN a.observed_on < DATE '2023-01-01' THEN 2 ELSE 1 END, coalesce((category IN ('first', 'highest'))::TINYINT * 2, 1))) AS c14
  FROM attestation a GROUP BY person),
mentorship_rows AS (SELECT mentor, mentee, CASE WHEN m.until <= DATE '2022-12-31' OR m.until <= m.since THEN 0 WHEN m.since < DATE '2023-01-01' THEN 2 WHEN m.since IS NOT NULL THEN 0 WHEN m.observed_on < DATE '2023-01-01' THEN 2 ELSE 1 END AS w FROM mentorship m),
mentor_codes AS (SELECT mentor AS person, max(w) AS mentor FROM mentorship_rows GROUP BY mentor),
mentee_codes AS (SELECT mentee AS person, max(w) AS mentee FROM mentorship_rows GROUP BY mentee),
route_codes AS (SELECT person, max(CASE WHEN r.until <= DATE '2022-12-31' OR r.until <= r.since THEN 0 WHEN r.since < DATE '2023-01-01' THEN 2 WHEN r.since IS NOT NULL THEN 0 WHEN r.observed_on < DATE '2023-01-01' THEN 2 ELSE 1 END) AS c17 FROM route r GROUP BY person),
support_codes AS (
  SELECT person, max(CASE WHEN kind <> 'personal' THEN 0 WHEN date IS NULL OR kind IS NULL THEN 1
    WHEN date >= DATE '2022-01-01' AND date < DATE '2023-01-01' THEN 2 ELSE 0 END) AS c18
  FROM support GROUP BY person),
presentation_codes AS (
  SELECT person, max(CASE WHEN date IS NULL THEN 1 WHEN date >= DATE '2022-01-01' AND date < DATE '2023-01-01' THEN 2 ELSE 0 END) AS c19
  FROM presentation GROUP BY person),
jobs AS (
  SELECT e.person, o.municipality, max(least(CASE WHEN e.until <= DATE '2022-12-31' OR e.until <= e.since THEN 0 WHEN e.since < DATE '2023-01-01' THEN 2 WHEN e.since IS NOT NULL THEN 0 WHEN e.observed_on < DATE '2023-01-01' THEN 2 ELSE 1 END, coalesce((staff_group = 'educator')::TINYINT * 2, 1))) AS educator
  FROM employment e LEFT JOIN organisation o ON e.organisation = o.id
  GROUP BY e.person, o.municipality),
people AS (
  SELECT id AS person,
    CASE WHEN born IS NULL THEN 1 WHEN born > DATE '1987-12-31' THEN 2 ELSE 0 END AS under_35
  FROM person),
codes AS (
  SELECT j.municipality, j.educator, least(j.educator, p.under_35) AS young,
    coalesce(c0, 0) AS k0,
    coalesce(c1, 0) AS k1,
    coalesce(c2, 0) AS k2,
    coalesce(c3, 0) AS k3,
    coalesce(c4, 0) AS k4,
    coalesce(c5, 0) AS k5,
    coalesce(c6, 0) AS k6,
    coalesce(c7, 0) AS k7,
    coalesce(c8, 0) AS k8,
    coalesce(c9, 0) AS k9,
    coalesce(c10, 0) AS k10,
    coalesce(c11, 0) AS k11,
    coalesce(c12, 0) AS k12,
    coalesce(c13, 0) AS k13,
    coalesce(c14, 0) AS k14,
    greatest(coalesce(mentor, 0), coalesce(mentee, 0)) AS k15,
    coalesce(mentee, 0) AS k16,
    coalesce(c17, 0) AS k17,
    coalesce(c18, 0) AS k18,
    coalesce(c19, 0) AS k19
  FROM jobs j JOIN people p USING (person) LEFT JOIN training_codes USING (person) LEFT JOIN diagnostic_codes USING (person)
    LEFT JOIN membership_codes USING (person) LEFT JOIN contest_codes USING (person) LEFT JOIN attestation_codes USING (person)
    LEFT JOIN mentor_codes USING (person) LEFT JOIN mentee_codes USING (person) LEFT JOIN route_codes USING (person)
    LEFT JOIN support_codes USING (person) LEFT JOIN presentation_codes USING (person)
  WHERE j.educator > 0)
SELECT municipality,
  count(*) FILTER (WHERE educator = 2 AND k0 = 2) AS n0, count(*) FILTER (WHERE educator = 2 AND k0 <> 1) AS all0, count(*) FILTER (WHERE educator = 1 OR (educator = 2 AND k0 = 1)) AS unknown0,
  count(*) FILTER (WHERE educator = 2 AND k1 = 2) AS n1, count(*) FILTER (WHERE educator = 2 AND k1 <> 1) AS all1, count(*) FILTER (WHERE educator = 1 OR (educator = 2 AND k1 = 1)) AS unknown1,
  count(*) FILTER (WHERE educator = 2 AND k2 = 2) AS n2, count(*) FILTER (WHERE educator = 2 AND k2 <> 1) AS all2, count(*) FILTER (WHERE educator = 1 OR (educator = 2 AND k2 = 1)) AS unknown2,
  count(*) FILTER (WHERE educator = 2 AND k3 = 2) AS n3, count(*) FILTER (WHERE educator = 2 AND k3 <> 1) AS all3, count(*) FILTER (WHERE educator = 1 OR (educator = 2 AND k3 = 1)) AS unknown3,
  count(*) FILTER (WHERE young = 2 AND k4 = 2) AS n4, count(*) FILTER (WHERE young = 2 AND k4 <> 1) AS all4, count(*) FILTER (WHERE young = 1 OR (young = 2 AND k4 = 1)) AS unknown4,
  count(*) FILTER (WHERE educator = 2 AND k5 = 2) AS n5, count(*) FILTER (WHERE educator = 2 AND k5 <> 1) AS all5, count(*) FILTER (WHERE educator = 1 OR (educator = 2 AND k5 = 1)) AS unknown5,
  count(*) FILTER (WHERE educator = 2 AND k6 = 2) AS n6, count(*) FILTER (WHERE educator = 2 AND k6 <> 1) AS all6, count(*) FILTER (WHERE educator = 1 OR (educator = 2 AND k6 = 1)) AS unknown6,
  count(*) FILTER (WHERE educator = 2 AND k7 = 2) AS n7, count(*) FILTER (WHERE educator = 2 AND k7 <> 1) AS all7, count(*) FILTER (WHERE educator = 1 OR (educator = 2 AND k7 = 1)) AS unknown7,
  count(*) FILTER (WHERE educator = 2 AND k8 = 2) AS n8, count(*) FILTER (WHERE educator = 2 AND k8 <> 1) AS all8, count(*) FILTER (WHERE educator = 1 OR (educator = 2 AND k8 = 1)) AS unknown8,
  count(*) FILTER (WHERE educator = 2 AND k9 = 2) AS n9, count(*) FILTER (WHERE educator = 2 AND k9 <> 1) AS all9, count(*) FILTER (WHERE educator = 1 OR (educator = 2 AND k9 = 1)) AS unknown9,
  count(*) FILTER (WHERE educator = 2 AND k10 = 2) AS n10, count(*) FILTER (WHERE educator = 2 AND k10 <> 1) AS all10, count(*) FILTER (WHERE educator = 1 OR (educator = 2 AND k10 = 1)) AS unknown10,
  count(*) FILTER (WHERE educator = 2 AND k11 = 2) AS n11, count(*) FILTER (WHERE educator = 2 AND k11 <> 1) AS all11, count(*) FILTER (WHERE educator = 1 OR (educator = 2 AND k11 = 1)) AS unknown11,
  count(*) FILTER (WHERE educator = 2 AND k12 = 2) AS n12, count(*) FILTER (WHERE educator = 2 AND k12 <> 1) AS all12, count(*) FILTER (WHERE educator = 1 OR (educator = 2 AND k12 = 1)) AS unknown12,
  count(*) FILTER (WHERE educator = 2 AND k13 = 2) AS n13, count(*) FILTER (WHERE educator = 2 AND k13 <> 1) AS all13, count(*) FILTER (WHERE educator = 1 OR (educator = 2 AND k13 = 1)) AS unknown13,
  count(*) FILTER (WHERE educator = 2 AND k14 = 2) AS n14, count(*) FILTER (WHERE educator = 2 AND k14 <> 1) AS all14, count(*) FILTER (WHERE educator = 1 OR (educator = 2 AND k14 = 1)) AS unknown14,
  count(*) FILTER (WHERE educator = 2 AND k15 = 2) AS n15, count(*) FILTER (WHERE educator = 2 AND k15 <> 1) AS all15, count(*) FILTER (WHERE educator = 1 OR (educator = 2 AND k15 = 1)) AS unknown15,
  count(*) FILTER (WHERE young = 2 AND k16 = 2) AS n16, count(*) FILTER (WHERE young = 2 AND k16 <> 1) AS all16, count(*) FILTER (WHERE young = 1 OR (young = 2 AND k16 = 1)) AS unknown16,
  count(*) FILTER (WHERE educator = 2 AND k17 = 2) AS n17, count(*) FILTER (WHERE educator = 2 AND k17 <> 1) AS all17, count(*) FILTER (WHERE educator = 1 OR (educator = 2 AND k17 = 1)) AS unknown17,
  count(*) FILTER (WHERE educator = 2 AND k18 = 2) AS n18, count(*) FILTER (WHERE educator = 2 AND k18 <> 1) AS all18, count(*) FILTER (WHERE educator = 1 OR (educator = 2 AND k18 = 1)) AS unknown18,
  count(*) FILTER (WHERE educator = 2 AND k19 = 2) AS n19, count(*) FILTER (WHERE educator = 2 AND k19 <> 1) AS all19, count(*) FILTER (WHERE educator = 1 OR (educator = 2 AND k19 = 1)) AS unknown19
FROM codes GROUP BY municipality
