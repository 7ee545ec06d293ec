"""The parts of the site, in the order of the menu. A new capability adds its line here, its pages in `pages/`, its
routes in `application.py`.
"""

from __future__ import annotations

from koshiqon.render.phrases import N_

SECTIONS: tuple[tuple[str, str], ...] = (
    ("stay", N_("My stay")),
    ("status", N_("Who am I in law")),
    ("law", N_("Law on a day")),
    ("figures", N_("Figures")),
    ("register", N_("Registers")),
    ("review", N_("Review")),
    ("offices", N_("Where to go")),
)
