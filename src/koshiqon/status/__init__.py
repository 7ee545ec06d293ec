"""Who a person is in law: categories, the one that governs the stay, rights, duties, and what is still to be asked."""
