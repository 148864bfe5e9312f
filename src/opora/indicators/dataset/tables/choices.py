"""Values of the choices that several tables share: code and Russian label."""

ORGANISATION_KIND = {
    "school": "общеобразовательная",
    "preschool": "дошкольная",
    "supplementary": "дополнительного образования",
    "methodical_service": "методическая служба",
    "authority": "орган управления образованием",
    "other": "иная",
}
LEVEL = {
    "organisation": "организации",
    "municipal": "муниципальный",
    "intermunicipal": "межмуниципальный",
    "regional": "региональный",
    "federal": "федеральный",
    "international": "международный",
}
STAFF_GROUP = {
    "educator": "педагогические работники",
    "manager": "управленческие кадры",
    "support": "иные работники",
}
POST = {
    "teacher": "учитель",
    "preschool_teacher": "воспитатель",
    "supplementary_teacher": "педагог дополнительного образования",
    "senior_preschool_teacher": "старший воспитатель",
    "methodist": "методист",
    "tutor": "тьютор",
    "psychologist": "педагог-психолог",
    "speech_therapist": "учитель-логопед",
    "defectologist": "учитель-дефектолог",
    "social_educator": "социальный педагог",
    "organiser": "педагог-организатор",
    "music_director": "музыкальный руководитель",
    "physical_instructor": "инструктор по физической культуре",
    "coach": "тренер-преподаватель",
    "other_educator": "иной педагогический работник",
    "director": "руководитель",
    "deputy": "заместитель руководителя",
    "department_head": "руководитель подразделения",
    "specialist": "специалист",
    "other": "иная должность",
}
EMPLOYMENT_KIND = {
    "main": "основная работа",
    "internal": "внутреннее совместительство",
    "external": "внешнее совместительство",
}
AREA = {
    "subject": "предметные",
    "methodical": "методические",
    "psychological": "психолого-педагогические",
    "communicative": "коммуникативные",
    "digital": "цифровые",
    "managerial": "управленческие",
    "motivation": "мотивация к профессиональной деятельности",
    "innovation": "готовность к инновационной деятельности",
    "burnout": "профессиональное выгорание",
}
COMPETITION_RESULT = {
    "participant": "участник",
    "laureate": "лауреат",
    "prize": "призёр",
    "winner": "победитель",
}

TOPIC = {
    "methods": "методика и содержание образования",
    "quality": "качество образования",
    "at_risk_pupils": "работа с риском учебной неуспешности",
    "methodical_work": "методическая работа",
    "methodical_theme": "единая методическая тема",
    "innovation": "инновационная деятельность",
    "mentoring": "наставничество",
    "young_educators": "поддержка молодых педагогов",
    "deficits": "профессиональные дефициты",
    "burnout": "психологическое сопровождение, профилактика выгорания",
    "contests": "подготовка к профессиональным конкурсам",
    "attestation": "аттестация",
    "functional_literacy": "функциональная грамотность",
    "updated_standards": "обновлённые ФГОС",
    "digital": "цифровая образовательная среда",
    "management": "управление",
    "staff_development": "развитие педагогических работников",
    "other": "иное",
}
