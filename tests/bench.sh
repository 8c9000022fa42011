#!/bin/bash
# Measures speed and memory of the conversion beside uconv and cmark on the same
# bytes, and prints where the time goes. Nothing here passes or fails.
set -u

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit

# measure COMMAND...: sets seconds and peak (KiB).
measure() {
    python3 - "$@" >measured <<'EOF'
import os, resource, subprocess, sys, time
begin = time.perf_counter()
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL,
               stderr=subprocess.DEVNULL, check=True)
print(time.perf_counter() - begin,
      resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
EOF
    read -r seconds peak <measured
}

# row NAME BYTES: what was measured last.
row() {
    awk -v n="$1" -v b="$2" -v s="$seconds" -v p="$peak" 'BEGIN {
        printf "  %-26s %8.2f MB/s %8.3f s %9.1f MB peak %7.2f peak/byte\n",
               n, b / 1e6 / s, s, p / 1024, p * 1024 / b }'
}

ratio() {
    awk -v n="$1" -v a="$2" -v b="$3" \
        'BEGIN { printf "  %-40s %6.2f\n", n, a / b }'
}

# A folder of about 4 MB: the corpus, again and again.
make_folder() {
    mkdir folder
    size=0 round=0
    while [ "$size" -lt 4000000 ]; do
        round=$((round + 1))
        for text in "$SOURCE"/corpus/*/*.txt; do
            name=$(basename "$(dirname "$text")")-$(basename "$text" .txt)
            cp "$text" "folder/$name-$round.txt"
            size=$((size + $(stat -c %s "$text")))
        done
    done
    bytes=$size
}

# make_large BYTES LANGUAGE [ROUNDS]: the body of a circular with rising clause
# numbers, again and again.
make_large() {
    python3 - "$SOURCE/corpus/circular-annexes/$2.txt" "$1" "${3:-0}" <<'EOF'
import re, sys
lines = open(sys.argv[1], encoding='utf8').read().split('\n')
begin = next(i for i, line in enumerate(lines) if re.match('1\t', line))
end = next(i for i, line in enumerate(lines) if re.match('Yours|Veuillez', line))
print('\n'.join(lines[:begin]))
size = base = rounds = 0
top = max(int(m[1]) for m in (re.match(r'(\d+)\t', l)
                              for l in lines[begin:end]) if m)
while size < int(sys.argv[2]) or rounds < int(sys.argv[3]):
    for line in lines[begin:end]:
        line = re.sub(r'^(\d+)((?:\.\d+)*\t)',
                      lambda m: str(int(m[1]) + base) + m[2], line)
        print(line)
        size += len(line.encode()) + 1
    base += top
    rounds += 1
EOF
}

# align ROUNDS [exhaustive]: two versions of so many rounds.
align() {
    make_large 0 en "$1" >version-en.txt
    make_large 0 fr "$1" >version-fr.txt
    "$BUILD/tests/bench_align" version-en.txt version-fr.txt ${2:+"$2"}
}

# beside NAME BYTES FILE...: clausier's time stands in seconds.
beside() {
    name=$1 bytes=$2
    shift 2
    own=$seconds
    for tool in 'uconv -x nfc' cmark; do
        command -v "${tool%% *}" >/dev/null || continue
        measure $tool "$@"
        row "$tool" "$bytes"
        ratio "time of clausier / $tool" "$own" "$seconds"
    done
}

command -v python3 >/dev/null || {
    echo "bench needs python3"
    exit 77
}

echo "folder of circulars"
make_folder
measure "$CLAUSIER" convert -q --output-dir out folder/*.txt
row "clausier --output-dir" "$bytes"
folder_peak=$peak
beside folder "$bytes" folder/*.txt
measure "$CLAUSIER" convert -q --output-dir out folder/*-1.txt
ratio "peak of the folder / of its first round" "$folder_peak" "$peak"

: >empty.txt
measure "$CLAUSIER" convert -q --lang en empty.txt -o large.xml
empty_peak=$peak
awk -v p="$peak" 'BEGIN { printf "an empty document: %.1f MB peak\n", p / 1024 }'

for size in 1 4 16; do
    echo "one document of $size MB"
    make_large "${size}000000" en >large-$size.txt
    bytes=$(stat -c %s large-$size.txt)
    measure "$CLAUSIER" convert -q large-$size.txt -o large.xml
    row clausier "$bytes"
    eval "time_$size=$seconds"
    ratio 'peak above that of an empty one / bytes' \
        $(((peak - empty_peak) * 1024)) "$bytes"
    beside large "$bytes" large-$size.txt
done
ratio 'time of 16 MB / time of 4 MB' "$time_16" "$time_4"

echo "stages, one document of 4 MB"
"$BUILD/tests/bench_stages" large-4.txt en

echo "two versions aligned and compared"
circular=$SOURCE/corpus/circular-annexes
"$BUILD/tests/bench_align" "$circular/en.txt" "$circular/fr.txt"
align 100
align 100 exhaustive
align 400
align 1660
