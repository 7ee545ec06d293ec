"""The edge that reads files: the only parser of YAML, CSV and JSON in the house."""
