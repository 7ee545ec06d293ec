"""Rules as data. The language itself comes in step 3; here stand the categories and the vocabulary of cases it will
judge.
"""
