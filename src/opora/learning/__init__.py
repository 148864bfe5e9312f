"""What a person learns: diagnostics, deficits, routes, courses, mentoring."""
