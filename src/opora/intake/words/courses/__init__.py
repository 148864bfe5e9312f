"""Courses and retraining in free text: marks (what stands where), items (which marks are one course), trainings."""

from opora.intake.words.courses.trainings import Course, read_courses

__all__ = ["Course", "read_courses"]
