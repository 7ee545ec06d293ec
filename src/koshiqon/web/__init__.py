"""The second door: pages and an API. Nothing that somebody tells it is kept; docs/explanation/security.md says how."""
