"""Who teaches: «ГАУ ДПО «ИРО»», «Московский институт психологии», «РАНХиГС»."""

from __future__ import annotations

import re

_STATE = r"(?:Ф|О|К|М|Р|Л|СП)?(?:К|О)?Г(?:Б|А|К)?(?:ПОУ|ОУ|НУ|У|НИУ)"
_MUNICIPAL = r"М(?:Б|А|К)?(?:ДОУ|ОУ|У)"
_PRIVATE = r"АНО|ЧОУ|НОЧУ|НОУ|ОЧУ|ЧУ|АНПОО|ЦДО|АНОО|АНОДПО|ЧУДПО|ЧПОУ|ФГБНУ"
_COMPANY = r"(?<!ФГОС )(?<!ФОП )(?<!ООП )(?<!НОО )(?<!НОО и )(?:ООО|ЗАО|ОАО|ПАО|АО|ИП|НП)(?=\s*\0|\s+[А-ЯЁ][а-яё])"
"""«ФГОС ООО» is a stage of education."""
_FORM = rf"(?:{_STATE}|{_MUNICIPAL}|{_PRIVATE}|{_COMPANY})"
_BARE_FORM = rf"(?:{_STATE}|{_MUNICIPAL}|{_PRIVATE}|ООО|ЗАО|ОАО|ПАО|АО|ИП|НП)"
_LEVEL = r"(?:ДПО|ВО|ВПО|СПО|УДПО|ОДПО|НО|ПО|\([А-ЯЁа-яё]{2,4}\)|С|РО|КО|МО|РТ|РФ)"
_NOUN = (
    r"(?:институт|университет|академия|центр|колледж|техникум|училище|консерватория|фонд|компания|портал|платформа"
    r"|пединститут|педуниверситет|педколледж)"
)
_ACRONYM = (
    r"(?:[А-ЯЁ][а-яёА-ЯЁ]{0,6})?(?:ИРО|ИПКРО|ИПКиПРО|ПКиПРО|ИПК|ИУУ|ЦНППМ(?:ПР)?|ЦОПП|ЦОКО|ИМЦ|ММЦ|ЦРО|ИРОСТ|ИОО|ИРР|ИПКИППРО)"
    r"|РАНХиГС|АСОУ|ФИОКО|МЦКО|АПКиППРО|ФИПИ|НИУ|ВШЭ|ГУП|МПГУ|РГПУ|УрФУ|КФУ|ДВФУ|САФУ|СВФУ|ЮФУ|ТГУ|СГУ|МГУ|[А-ЯЁ][А-ЯЁа-яё]{0,4}Г(?:ПУ|ПИ|АУ)"
)
_WELL_KNOWN = r"Учи\.ру|Инфоурок|Фоксфорд|Единый урок|Мультиурок|Знанио|Педкампус|Яндекс|Сириус|Просвещение"
_KINDS = r"(?!(?:Повыш|Проф|Переп|Курс|Обуч|Удост|Диплом|Прошл|Прошё|Програм|Тема|Организац|Методи|Работ|Соврем))"

PROVIDER = re.compile(
    rf"(?<![А-ЯЁа-яё])(?:"
    rf"{_FORM}(?:\s+{_LEVEL}(?![а-яё]))*(?![А-ЯЁа-яё])[^,;\n\0()–—]*"
    rf"|(?:{_KINDS}[А-ЯЁ][а-яё]+(?:-[а-яё]+)*\s+(?:[а-яё]+(?:-[а-яё]+)*\s+){{0,3}})?(?i:{_NOUN})(?![а-яё])[^,;\n\0()–—]*"
    rf"|(?:{_ACRONYM})(?![А-ЯЁа-яё])(?:\s+(?:{_ACRONYM})(?![А-ЯЁа-яё]))*(?:\s+(?:г\.|им\.|имени|РО|КО|НСО)[^,;\n\0()–—]*)?"
    rf"|(?:{_WELL_KNOWN})(?![А-ЯЁа-яё])"
    r")"
)
"""In a text whose quotations, dates and hours are masked with zeros."""
_SENTENCE_END = re.compile(r"(?<=[а-яёА-ЯЁ]{3})\.\s+(?=[А-ЯЁ])")
_LACKS_NAME = re.compile(rf"(?:\b{_BARE_FORM}|\s{_LEVEL}|(?i:{_NOUN}))\s*$")
_NAMES_ONE = re.compile(
    rf"(?i:^(?:[а-яё-]+\s){{0,4}}{_NOUN}|\b(?:университет|институт|академия|колледж|техникум)\b"
    rf"|^школа (?:делов|управл|бизнес|наставник))"
    rf"|^(?:{_ACRONYM}|{_WELL_KNOWN})(?![а-яё])|^{_BARE_FORM}\s"
)


def sentence_of(provider: str) -> str:
    """The provider up to the end of its sentence."""
    return _SENTENCE_END.split(provider)[0].rstrip(" .,:-")


def lacks_name(provider: str) -> bool:
    """Whether the quotation that follows is the provider's name: «ООО», «Учебный центр»."""
    return bool(_LACKS_NAME.search(provider))


def names_provider(quoted: str) -> bool:
    """Whether what is quoted looks like an organisation and not like a title."""
    return bool(_NAMES_ONE.search(quoted)) and len(quoted) < 120
