"""The review: what the country's law, series and practice say by theme, with a finding behind every statement."""
