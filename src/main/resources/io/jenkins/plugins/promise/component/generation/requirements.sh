# Sourced by the workers of components that require something, after component.sh.
#   require NAME VERSION   has it on the PATH in exactly that version (or in one that begins with it: 17 is met by 17.0.9),
#                          or ends, and says what was tried
# Taken is the first of: what the machine has; what was brought before; lib/requirements/NAME.sh of the suite; mise; nvm; rvm;
# npm (node, yarn, pnpm); a package of the system, unpacked and not installed. What is brought lies in a folder of its own in
# ~/.cache/promise-jobs/tools (or below $XDG_CACHE_HOME), is seen by others when it is whole, and is there for the next worker.
# shellcheck shell=bash
requirements=''
tools=${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/promise-jobs/tools

plain() {
    printf %s "$1" | tr '\n\t"\\' "  '/"
}

sha256() {
    if command -v sha256sum > /dev/null; then sha256sum < "$1" | cut -d' ' -f1; else shasum -a 256 < "$1" | cut -d' ' -f1; fi
}

# What has the name's version: the program of a requirement.
program() {
    case $1 in
        python) echo python3 ;;
        rust) echo rustc ;;
        jdk) echo java ;;
        *) echo "$1" ;;
    esac
}

# The version that a program tells, or nothing.
told() {
    local how=--version
    case $1 in
        java | jdk) how=-version ;;
        go) how=version ;;
    esac
    { "$2" "$how" 2>&1 < /dev/null || true; } | grep -oE '[0-9]+(\.[0-9]+)+[0-9A-Za-z.+-]*|[0-9]+' | sed -n 1p || true
}

fits() {
    [[ $1 == "$2" || $1 == "$2".* ]]
}

# NAME VERSION PROVIDER FROM PROGRAM: it is in the report.
taken() {
    local sum
    sum=$(sha256 "$5")
    requirements+="${requirements:+, }{\"name\": \"$1\", \"version\": \"$(plain "$2")\", \"provider\": \"$3\","
    requirements+=" \"from\": \"$(plain "$4")\", \"path\": \"$(plain "$5")\", \"sha256\": \"$sum\"}"
    echo "$1 $2 from $3: $4 (SHA-256 of $5: $sum)" >&2
}

from_suite() {
    local script=$PROMISE_JOB_DIR/lib/requirements/$1.sh
    [ -f "$script" ] || return 1
    from=lib/requirements/$1.sh
    bash -euo pipefail "$script" "$1" "$2" "$3" < /dev/null || {
        why="$from ended with exit code $?"
        return 1
    }
}

from_mise() {
    command -v mise > /dev/null || return 1
    mise install -y "$1@$2" < /dev/null && from=$(mise where "$1@$2" < /dev/null) || {
        why="has no $1 $2"
        return 1
    }
    ln -s "$from/bin" "$3/bin"
}

from_nvm() {
    local nvm=${NVM_DIR:-${HOME:-}/.nvm}/nvm.sh
    [[ $1 == node && -s $nvm ]] || return 1
    # shellcheck disable=SC2016
    from=$(bash -c '. "$1" --no-use && nvm install "$2" >&2 && nvm which "$2"' nvm "$nvm" "$2" < /dev/null) || {
        why="has no node $2"
        return 1
    }
    ln -s "$(dirname "$from")" "$3/bin"
}

from_rvm() {
    local rvm=${HOME:-}/.rvm/scripts/rvm
    [[ $1 == ruby && -s $rvm ]] || return 1
    # shellcheck disable=SC2016
    from=$(bash -c '. "$1" && rvm install "ruby-$2" >&2 && rvm "ruby-$2" do which ruby' rvm "$rvm" "$2" < /dev/null) || {
        why="has no ruby $2"
        return 1
    }
    ln -s "$(dirname "$from")" "$3/bin"
}

# PACKAGE VERSION FOLDER: a package as it was published; none of its scripts is run.
packed() {
    local told
    mkdir -p "$3"
    if ! told=$(cd "$3" && npm pack --loglevel=error "$1@$2" 2>&1 < /dev/null); then
        why="$1@$2: $(printf %s "$told" | sed -nE 's/^npm (ERR!|error) code //p' | sed -n 1p)"
        return 1
    fi
    # Besides the file's name npm may print that there is a newer npm.
    tar -xzf "$3/"*.tgz -C "$3" --strip-components=1 || {
        why="$1@$2 cannot be unpacked"
        return 1
    }
}

from_npm() {
    command -v npm > /dev/null || return 1
    local system cpu
    case $1 in
        node)
            # The package node@VERSION is a script that fetches this one.
            system=$(uname -s | tr '[:upper:]' '[:lower:]')
            cpu=$(uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/')
            from=node-$system-$cpu@$2
            packed "node-$system-$cpu" "$2" "$3" || return 1
            npm_beside "$2" "$3"
            ;;
        yarn | pnpm)
            from=$1@$2
            packed "$1" "$2" "$3" || return 1
            [ -e "$3/bin/$1" ] || ln -s "$1.cjs" "$3/bin/$1"
            chmod +x "$3/bin/$1"*
            ;;
        *) return 1 ;;
    esac
}

# That package is node alone. The npm of the machine may be too new for it: one of its time comes with it.
npm_beside() {
    local major=${1%%.*} npm=10 tool
    if [ "$major" -lt 14 ]; then npm=6; elif [ "$major" -lt 18 ]; then npm=8; fi
    packed npm "$npm" "$2/npm" || return 1
    for tool in npm npx; do
        # shellcheck disable=SC2016
        printf '#!/bin/sh\nhere=$(dirname "$(readlink -f "$0")")\nexec "$here/node" "$here/../npm/bin/%s-cli.js" "$@"\n' "$tool" > "$2/bin/$tool"
        chmod +x "$2/bin/$tool"
    done
    from+=" with npm@$npm"
}

from_system() {
    command -v apt-get > /dev/null && command -v dpkg-deb > /dev/null || return 1
    local package=$1 exact
    [ "$1" = node ] && package=nodejs
    exact=$(apt-cache madison "$package" 2> /dev/null | cut -d'|' -f2 | tr -d ' ' |
        grep -E "^([0-9]+:)?$(printf %s "$2" | sed 's/[.+]/\\&/g')([.+~-]|\$)" | sed -n 1p) || true
    [ -n "$exact" ] || {
        why="has no $package $2"
        return 1
    }
    from=$package=$exact
    (cd "$3" && apt-get download -q "$package=$exact" && dpkg-deb -x ./*.deb .) || {
        why="$from cannot be brought"
        return 1
    }
    ln -s usr/bin "$3/bin"
}

# Sets why if NAME in FOLDER is not VERSION.
works() {
    local version
    [ -x "$3/bin/$(program "$1")" ] || {
        why="brought no $(program "$1")"
        return 1
    }
    version=$(told "$1" "$3/bin/$(program "$1")")
    fits "$version" "$2" || {
        why="brought ${version:-what tells no version}"
        return 1
    }
}

require() {
    local name=$1 version=$2 place=$tools/$1/$2 tried machine has
    if [ "$name" = os ]; then
        has=$(uname -s | tr '[:upper:]' '[:lower:]' | sed 's/darwin/macos/')
        [ "$has" = "$version" ] || fail "requires os $version, and this machine is $has"
        return 0
    fi
    if machine=$(command -v "$(program "$name")"); then
        has=$(told "$name" "$machine")
        if fits "$has" "$version"; then
            taken "$name" "$has" machine "what the machine has" "$machine"
            return 0
        fi
        tried="the machine has ${has:-one that tells no version}"
    else
        tried="the machine has none"
    fi
    mkdir -p "$tools/$name" || fail "requires $name $version, and $tools/$name cannot be made"
    # Two that want the same wait for each other where the machine can; where it cannot, the first that is whole counts.
    exec 8>> "$tools/$name/$version.lock"
    if command -v flock > /dev/null; then flock 8; fi
    works "$name" "$version" "$place" 2> /dev/null || bring
    exec 8>&-
    export PATH="$place/bin:$PATH"
    taken "$name" "$(told "$name" "$place/bin/$(program "$name")")" "$(sed -n 1p "$place/.provider")" \
        "$(sed -n 2p "$place/.provider")" "$(readlink -f "$place/bin/$(program "$name")")"
}

bring() {
    local provider folder from why
    for provider in suite mise nvm rvm npm system; do
        folder=$(mktemp -d "$place.XXXXXX")
        from=''
        why=''
        if "from_$provider" "$name" "$version" "$folder" >&2 8>&- && works "$name" "$version" "$folder"; then
            printf '%s\n%s\n' "$provider" "$from" > "$folder/.provider"
            chmod 755 "$folder"
            # What is there already and does not work any more makes room.
            works "$name" "$version" "$place" || rm -f "$place"
            ln -sn "$(basename "$folder")" "$place" 2> /dev/null || rm -rf "$folder"
            return 0
        fi
        rm -rf "$folder"
        tried+="; $provider ${why:-is not here for it}"
    done
    fail "requires $name $version: $tried"
}
