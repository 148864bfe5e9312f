"""The verbs of what people do together: associations, events, contests, projects, sites; the turn of the year."""
