"""The design system: what every page is made of. ``/design`` shows it, docs/architecture.md tells how to use it."""
