"""The back office: users, programmes, reference tables, the trail, the installation."""
