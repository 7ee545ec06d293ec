"""Where the page lies that shows what a run of words names: an act, a provision, a conflict, an office."""

from __future__ import annotations

from dataclasses import dataclass

from koshiqon.country import Country
from koshiqon.render.words import Run, slug


@dataclass(frozen=True, slots=True)
class Places:
    """The pages of a country in one language, all below `home`."""

    country: Country
    home: str

    def of(self, run: Run) -> str | None:
        """The page of the act, conflict or office that a run shows, where a document has it further down or, of a
        provision and an office, names it only; None for any other run.
        """
        kind, _, name = (run.of or "").partition(":")
        if not run.link:
            return self._named(kind, name)
        if run.link.startswith("#act-"):
            place = f"#{slug(name)}" if kind == "provision" else ""
            return f"{self.home}/law/acts/{run.link.removeprefix('#act-')}{place}"
        return f"{self.home}/law/conflicts{run.link}" if run.link.startswith("#conflict-") else None

    def _named(self, kind: str, name: str) -> str | None:
        match kind:
            case "office" if name in self.country.offices:
                return f"{self.home}/offices#office-{slug(name)}"
            case "act" if name in self.country.acts:
                return f"{self.home}/law/acts/{slug(name)}"
            case "provision" if (act := "/".join(name.split("/")[:2])) in self.country.acts:
                return f"{self.home}/law/acts/{slug(act)}#{slug(name)}"
        return None
