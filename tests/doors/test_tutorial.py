"""The tutorial shows what the commands print: run again, they print the same."""

from __future__ import annotations

import subprocess


def test_the_outputs_of_the_tutorial_are_what_its_commands_print(repository, tmp_path):
    kept = repository / "docs" / "tutorial" / "generated"
    script = ["bash", "docs/tutorial/generate.sh", str(tmp_path)]
    run = subprocess.run(script, cwd=repository, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    names = {path.name for path in kept.iterdir()}
    assert names == {path.name for path in tmp_path.iterdir()}
    stale = [name for name in sorted(names) if (kept / name).read_text() != (tmp_path / name).read_text()]
    assert stale == [], "run: bash docs/tutorial/generate.sh"
