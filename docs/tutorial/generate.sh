#!/usr/bin/env bash
# Run the commands of the tutorial and keep what they print, in docs/tutorial/generated. Run from the root of the project after `make`.
set -euo pipefail
to=${1:-docs/tutorial/generated}   # another folder, to compare with
work=build/tutorial
export LC_ALL=C.UTF-8 COLUMNS=100 NO_COLOR=1
koshiqon=.venv/bin/koshiqon
day=(--lang en --known 2026-11-22 --format json)
rm -rf "$work" build/tryout && mkdir -p "$to" "$work"

make --no-print-directory help > "$to/make-help.txt"
"$koshiqon" review --help > "$to/review-help.txt"
"$koshiqon" review --lang en --format html,pdf --out build 2> "$to/make.txt"
"$koshiqon" review "${day[@]}" --on 2026-11-22 --out "$work" 2> /dev/null
head -n 30 "$work/review.json" > "$to/finding.txt"
grep -n "external_arrivals,KAZ,_T,_T,_T,2025," src/koshiqon/countries/kaz/series/*.csv > "$to/row.txt"
.venv/bin/python - "$work/review.json" > "$to/brief.txt" << 'PY'
import json, sys, textwrap
brief = json.load(open(sys.argv[1], encoding="utf-8"))["chapters"][0]["blocks"][0]["points"]
print("\n\n".join(textwrap.fill(f"{number}. {point}", 100, subsequent_indent="   ") for number, point in enumerate(brief[:4], 1)))
PY
for on in 2023-01-26 2023-01-27; do
    "$koshiqon" review "${day[@]}" --on "$on" --out "$work/$on" 2> /dev/null
    .venv/bin/python - "$work/$on/review.json" > "$to/stay-$on.txt" << 'PY'
import json, sys
stay = next(chapter for chapter in json.load(open(sys.argv[1], encoding="utf-8"))["chapters"] if chapter["name"] == "stay")
tables = [block for block in [*stay["blocks"], *(block for section in stay["sections"] for block in section["blocks"])] if block["kind"] == "table"]
table, row = next((table, row) for table in tables for row in table["rows"] if row[0] == "everyone else without a visa")
width = max(map(len, table["heads"]))
print("\n".join(f"{head:{width}}  {cell}" for head, cell in zip(table["heads"], row, strict=True)))
PY
done
cp -r src/koshiqon/countries/kaz build/tryout
sed -i '0,/as_of: 2026-11/s//as_of: November 2026/' build/tryout/offices.yaml
"$koshiqon" check build/tryout --lang en > "$to/fault.txt" || true
"$koshiqon" review --country build/tryout --lang en --out "$work" 2> "$to/refused.txt" || true
"$koshiqon" check src/koshiqon/countries/kaz --lang en > "$to/check.txt"
rm -rf build/tryout "$work"
