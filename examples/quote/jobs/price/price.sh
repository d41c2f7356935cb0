#!/usr/bin/env bash
# A setup fee, then material by volume, finishing by surface, support to be taken away, and a discount for many.
set -euo pipefail
export LC_ALL=C

case $MATERIAL in
    pla) per_cm3=0.40 largest_mm=300 ;;
    nylon) per_cm3=0.95 largest_mm=250 ;;
    steel) per_cm3=6.20 largest_mm=200 ;;
esac

awk -v volume="$VOLUME_MM3" -v surface="$SURFACE_MM2" -v support="$SUPPORT_MM2" -v longest="$LONGEST_MM" \
    -v quantity="$QUANTITY" -v per_cm3="$per_cm3" -v largest="$largest_mm" -v material="$MATERIAL" '
    BEGIN {
        if (longest > largest) {
            printf "{\"status\": \"FAILURE\", \"reason\": \"the part is %.1f mm long; %s is made up to %d mm\"}\n", longest, material, largest
            exit
        }
        one = volume / 1000 * per_cm3 + surface / 100 * 0.05 + support / 100 * 0.12
        share = quantity >= 100 ? 0.8 : quantity >= 10 ? 0.9 : 1
        total = 12 + one * quantity * share
        printf "{\"status\": \"SUCCESS\", \"reason\": \"%d of %s\", \"data\": {\"amount\": \"%.2f\", \"currency\": \"USD\", \"material\": \"%s\", \"quantity\": %d}}\n", quantity, material, total, material, quantity
    }' > report.json
cat report.json
