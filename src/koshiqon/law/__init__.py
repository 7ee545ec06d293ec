"""Law as dated data: acts, provisions, parameters, regimes of stay, changes of policy."""
