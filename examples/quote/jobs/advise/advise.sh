#!/usr/bin/env bash
set -euo pipefail
problems=() steps=()

if ((OPEN_EDGES > 0)); then
    problems+=("it has holes ($OPEN_EDGES open edges)")
    steps+=('"close the holes: each edge must belong to two triangles"')
fi
if ((BAD_EDGES > 0)); then
    problems+=("walls touch ($BAD_EDGES edges of more than two triangles)")
    steps+=('"part the walls, or unite the bodies"')
fi
if ((FLIPPED_EDGES > 0)); then
    problems+=("triangles are turned inside out ($FLIPPED_EDGES edges)")
    steps+=('"orient all triangles outwards"')
fi

summary=$(printf '; %s' "${problems[@]}")
list=$(printf ', %s' "${steps[@]}")
printf '{"status": "SUCCESS", "data": {"summary": "the mesh cannot be made: %s", "steps": [%s]}}\n' \
    "${summary:2}" "${list:2}" | tee report.json
