"""The manual: Sphinx with MyST and Furo, built without any connection. `make docs` treats a warning as an error."""

from koshiqon import __version__
from koshiqon.render.tokens import DARK, LIGHT

project = "Koshiqon"
author = "The Koshiqon developers"
project_copyright = "2026, The Koshiqon developers"
release = __version__
language = "en"

extensions = ["myst_parser"]
myst_heading_anchors = 3
exclude_patterns = ["tutorial/generated"]
nitpicky = True

html_theme = "furo"
html_title = f"Koshiqon {release}"
html_copy_source = False
html_static_path = ["_static"]
html_css_files = ["manual.css"]
html_show_sourcelink = False
html_show_sphinx = False


def furo_colours(tokens: dict[str, str]) -> dict[str, str]:
    """The tokens of the review as the colours of the manual."""
    return {
        "color-brand-primary": tokens["accent"],
        "color-brand-content": tokens["accent"],
        "color-brand-visited": tokens["accent"],
        "color-background-primary": tokens["paper"],
        "color-foreground-primary": tokens["ink"],
        "color-foreground-secondary": tokens["quiet"],
        "color-background-border": tokens["line"],
    }


html_theme_options = {"light_css_variables": furo_colours(LIGHT), "dark_css_variables": furo_colours(DARK)}
