"""Letters of the server: why it cannot begin, and what it says when it has."""

from __future__ import annotations

from koshiqon.render.phrases import N_

SERVE_FAULTS: dict[str, str] = {
    "serve_port_taken": N_(
        "Port {port} of {host} is taken: another program listens there, perhaps another Koshiqon. Name another one "
        "with --port, or 0 for any that is free."
    ),
    "serve_port_forbidden": N_(
        "Port {port} of {host} may not be used: ports below 1024 belong to the system. Name a higher one with --port, "
        "and let a proxy pass on what comes to the lower one."
    ),
    "serve_host_unknown": N_(
        "«{host}» is no address of this machine ({reason}). Give --host an address or a name that it has: 127.0.0.1 "
        "for itself alone, 0.0.0.0 for everybody who can reach it."
    ),
    "serve_cannot_listen": N_("Nothing can listen at {host}, port {port}: {reason}. Choose another --host or --port."),
    "serve_no_address": N_(
        "--proxy-headers-from: «{value}» is no address. Write the address of the proxy, such as 127.0.0.1 or "
        "10.0.0.0/8. Whoever sends from there is believed."
    ),
    "serve_no_folder": N_(
        "--registers-from: there is no folder {path} that can be read. Name one where registers lie, or leave it out."
    ),
    "serve_workers_fell": N_("The server's processes fell as they began, so it has stopped. Its log says where."),
    "setting_no_base_path": N_(
        "The base path is «{value}», but should be a path such as /koshiqon, of letters, digits and hyphens, that does "
        "not begin as the site's own paths do (/en, /api, /static). Mend --base-path or {name}, or leave it out."
    ),
    "setting_no_switch": N_("{name} is «{value}», but should be yes or no. Mend the variable, or leave it out."),
    "setting_no_number": N_(
        "{name} is «{value}», but should be a whole number from 1 on. Mend the variable, or leave it out."
    ),
}

SERVE_SAYS: dict[str, str] = {
    "serve_listens": N_("Koshiqon answers at {url} – Ctrl+C stops it."),
    "serve_keeps_nothing": N_(
        "What somebody types into a page is answered and forgotten. Nothing of it is written down."
    ),
    "serve_registers": N_(
        "Registers may be given to it. They and their results lie in {folder} and are deleted when they are {hours} h "
        "old. --public does without."
    ),
    "serve_registers_for_all": N_(
        "Mind: {host} is not this machine alone. Whoever reaches it may give registers and have them judged."
    ),
    "serve_no_registers": N_("Registers cannot be given to it: it is public. --local allows them."),
}
