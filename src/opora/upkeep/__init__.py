"""An installation over the years: backups, restoring them, drills, and what is wrong with it."""
