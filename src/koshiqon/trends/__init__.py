"""Series of figures: what is counted, by whom, and how far it may be trusted."""
