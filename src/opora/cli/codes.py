"""Exit codes. They are a promise to scripts: README, «Коды завершения»."""

DONE = 0
FAULTS = 1
"""The user's data or programme has faults."""
WRONG_CALL = 2
"""An unknown command, option, code, or path."""
TROUBLE = 3
"""Something that is not the user's fault: no engine, no room on the disk, an error of Opora itself."""
INTERRUPTED = 130

MEANINGS = """\
\b
Коды завершения:
  0    сделано
  1    ошибки в данных или в программе
  2    неверный вызов
  3    помешало другое: нет связи с движком, нет места на диске, ошибка Опоры
  130  прервано"""
