"""A register of millions: what crossings and stays of a whole country become, written as SQL that engines run."""
