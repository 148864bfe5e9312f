"""Who may see what: users, the roles that they hold somewhere and for a time, invitations, what each role sees."""
