"""What the tests of status share: a small country in which a person may ask for shelter, work, or stay too long."""

from __future__ import annotations

from pathlib import Path

import pytest

from koshiqon.country import Country
from koshiqon.sources.country_folder import load_country

HARBOUR = Path(__file__).parent / "harbour"


@pytest.fixture(scope="session")
def harbour() -> Country:
    """The Harbour as it is read. Raises UnreadableCountry where it has a fault."""
    return load_country(str(HARBOUR))
