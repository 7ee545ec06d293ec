"""Rules as data: the language of conditions (its grammar, typed tree, reading and judging), and the categories and
facts of cases that it speaks of.
"""
