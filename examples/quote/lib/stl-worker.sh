#!/usr/bin/env bash
# Brings the part here, compiles the worker's class with the STL reader, and runs it.
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

# Two small files: a second compiler and a parallel collector would take longer to start than they save.
javac -J-XX:TieredStopAtLevel=1 -J-XX:+UseSerialGC -d classes "$PROMISE_JOB_DIR/lib/Stl.java" "$PROMISE_JOB_DIR/$class.java"
exec java -XX:+UseSerialGC -Xmx1g -cp classes "$class" "$part"
