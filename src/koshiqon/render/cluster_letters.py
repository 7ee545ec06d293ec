"""Letters about clusters: one that cannot be spoken to, and a register that it cannot judge."""

from __future__ import annotations

from koshiqon.render.phrases import N_

CLUSTER_FAULTS: dict[str, str] = {
    "cluster_client_missing": N_(
        "To speak to a cluster the program needs a library that is not installed. Say: pip install "
        "'koshiqon[cluster]'; not in an environment that holds pyspark, which would be overwritten."
    ),
    "cluster_unreachable": N_(
        "Nobody answers at {host} ({reason}). Look whether the cluster runs Spark Connect there, and whether this "
        "computer may reach it."
    ),
    "cluster_refused": N_(
        "The cluster at {host} refused the session ({reason}). Ask whoever runs it whether the address and the token "
        "are right, and whether it is Apache Spark 4 or later."
    ),
    "cluster_table_missing": N_(
        "The cluster finds no table «{table}» at {path}. The path must be one that the cluster itself sees, not only "
        "this computer."
    ),
    "cluster_table_columns": N_(
        "In the table «{table}» at {path} these columns are missing or of another type: {columns}. Take the register "
        "in again with this version of the program."
    ),
    "cluster_step_refused": N_(
        "The cluster refused the step «{table}»: {reason}. If a folder is there already, choose another; otherwise "
        "please tell the authors of this program."
    ),
    "cluster_step_failed": N_(
        "The cluster failed at the step «{table}» ({reason}). What exactly was the matter stands in the logs of the "
        "cluster, not here, since it may be about a person."
    ),
}
