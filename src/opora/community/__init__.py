"""What people do together: associations, events, contests, shared experience, projects."""
