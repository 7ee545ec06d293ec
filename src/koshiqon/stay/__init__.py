"""How long a person may stay: days of presence, counted by a reading of the law and held against its limits."""
