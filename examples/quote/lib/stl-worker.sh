#!/usr/bin/env bash
# Brings the part here, and runs the worker's class with the STL reader.
set -euo pipefail
class=$1

fail() {
    # shellcheck disable=SC2016
    printf '{"status": "FAILURE", "reason": "%s"}' "$(printf '%s' "$1" | tr '\n\t"\\' '  ''/')" > report.json
    exit 0
}

part=$SOURCE
case $SOURCE in
    s3://*)
        command -v aws > /dev/null || fail "the aws command is needed to read $SOURCE"
        aws s3 cp --only-show-errors "$SOURCE" part.stl || fail "$SOURCE cannot be read"
        part=part.stl
        ;;
    http://* | https://*)
        curl --fail --silent --show-error --location --max-time 600 --output part.stl "$SOURCE" || fail "$SOURCE cannot be read"
        part=part.stl
        ;;
esac

# Compiled once on a machine, and kept under the digest of what it was compiled of. What is there is whole.
sources=("$PROMISE_JOB_DIR/lib/Stl.java" "$PROMISE_JOB_DIR/$class.java")
all=${XDG_CACHE_HOME:-${HOME:-$PWD}/.cache}/promise-jobs/classes
digest=$(cat "${sources[@]}" | { sha256sum 2> /dev/null || shasum -a 256; } | cut -d' ' -f1)
classes=$all/$digest
if [ ! -d "$classes" ]; then
    mkdir -p "$all"
    new=$(mktemp -d "$all/.new.XXXXXX")
    # Two small files: a second compiler and a parallel collector would take longer to start than they save.
    if ! javac -J-XX:TieredStopAtLevel=1 -J-XX:+UseSerialGC --release 17 -d "$new" "${sources[@]}"; then
        rm -r "$new"
        fail "$class cannot be compiled"
    fi
    if [ -d "$classes" ]; then
        # Another one was quicker, and has brought the same.
        rm -r "$new"
    else
        mv "$new" "$classes"
    fi
fi
exec java -XX:+UseSerialGC -Xmx1g -cp "$classes" "$class" "$part"
