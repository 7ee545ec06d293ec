"""Letters about tables that cannot be published as they are: the counts do not fit, or nothing would protect them."""

from __future__ import annotations

from koshiqon.render.phrases import N_

PUBLICATION_FAULTS: dict[str, str] = {
    "disclosure_limits": N_(
        "The smallest number shown is {threshold} and hidden numbers are to be uncertain by {width}; both must be 1 or "
        "more, else nothing would be protected. Write whole numbers from 1."
    ),
    "disclosure_dimensions": N_(
        "A table counts by «{dimensions}». It can count by one to {most} different things. Leave some out, or make two "
        "tables of it."
    ),
    "disclosure_categories": N_(
        "{dimension} names a group twice, or names one «_T», which stands for totals. Give each group its own name."
    ),
    "disclosure_cells_differ": N_(
        "{cells} cells of a table are missing or belong to none of its groups, the first is {cell}. Each combination "
        "needs its count, zeros too."
    ),
    "disclosure_no_count": N_(
        "{cell} holds «{count}», which is no count. Only whole numbers from 0 can be protected; sums and shares cannot."
    ),
    "disclosure_categories_differ": N_(
        "Two tables published together have different groups of {dimension}. Give both the same groups in the same "
        "order."
    ),
    "disclosure_margins_differ": N_(
        "Two tables published together give different totals for {cell}: {first} and {second}. One of them could be "
        "used to find what the other hides. Count the same stays in both."
    ),
    "disclosure_linked_in_a_circle": N_(
        "The tables by {dimensions} hang together in a circle, so that hidden numbers could be found from all of them. "
        "Publish one table with three of these, or leave one table out."
    ),
    "disclosure_cannot_be_hidden": N_(
        "{cell} is a small number and no other number can be hidden to protect it. Join this group with another one."
    ),
}
