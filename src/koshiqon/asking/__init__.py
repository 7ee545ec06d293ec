"""What every door asks in the same way: a case assessed, a status found, an answer of an interview read."""
