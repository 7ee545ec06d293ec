"""decision.yaml: the order of questions that names the category governing a stay, with what lies over it."""

from __future__ import annotations

from koshiqon.rules.categories import Decision, DecisionOverlay, Flag, Step
from koshiqon.rules.expression import Condition
from koshiqon.rules.vocabulary import Vocabulary
from koshiqon.sources import shapes
from koshiqon.sources.files import Located, Path_
from koshiqon.sources.reader import Reader
from koshiqon.sources.rule_files import condition_of

FILE = "decision.yaml"


def read_decision(reader: Reader, vocabulary: Vocabulary) -> Decision:
    """The decision with its conditions read; one that cannot be read is a fault, and left out."""
    located = reader.yaml(FILE)
    if located.value is None:
        return Decision()
    shape = reader.shape(shapes.DecisionShape, located.value, FILE, located.line_of)
    if shape is None:
        return Decision()
    for part, entries in (("steps", shape.steps), ("overlays", shape.overlays), ("flags", shape.flags)):
        for number, entry in enumerate(entries):
            name = entry.step if isinstance(entry, shapes.StepShape) else number + 1
            reader.place("decision", f"{part}/{name}", FILE, located.line_of((part, number)))

    def condition(text: str | None, path: Path_) -> Condition | None:
        return condition_of(reader, text, FILE, _line(located, path, text), vocabulary)

    return Decision(
        tuple(_step(step, condition(step.when, ("steps", at, "when"))) for at, step in enumerate(shape.steps)),
        tuple(
            DecisionOverlay(entry.text, tuple(entry.categories), condition(entry.if_, ("overlays", at, "if")))
            for at, entry in enumerate(shape.overlays)
        ),
        tuple(_flag(flag, condition(flag.if_, ("flags", at, "if"))) for at, flag in enumerate(shape.flags)),
    )


def _line(located: Located, path: Path_, text: str | None) -> int:
    """A text with line breaks is a block, which begins on the line below its key."""
    return located.line_of(path) + ("\n" in (text or ""))


def _step(shape: shapes.StepShape, condition: Condition | None) -> Step:
    no = shape.no if isinstance(shape.no, int) else tuple(shape.no)
    return Step(shape.step, shape.ask, tuple(shape.yes), no, condition)


def _flag(shape: shapes.FlagShape, condition: Condition | None) -> Flag:
    return Flag(shape.flag, shape.when, shape.meaning, tuple(shape.sources), condition)
