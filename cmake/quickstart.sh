#!/bin/sh
# All set-up on a fresh Debian 12 with nothing but a shell and apt.
#   sh cmake/quickstart.sh        installs what is missing, builds, renders and lints the charts in every environment
#   sh cmake/quickstart.sh build  the same without the charts
#   sh cmake/quickstart.sh test   the same set-up, then the tests
set -eu
cd "$(dirname "$0")/.."

fail() {
    echo "quickstart: $*" >&2
    exit 1
}

# Installs the packages of the given rows of packages.txt that are not there yet.
install_packages() {
    missing=
    for row in "$@"; do
        for package in $(sed -n "s/^$row: //p" cmake/packages.txt); do
            dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
        done
    done
    [ -n "$missing" ] || return 0
    command -v apt-get >/dev/null || fail "these Debian packages are needed:$missing"
    run=
    [ "$(id -u)" = 0 ] || run=sudo
    echo "quickstart: installing$missing"
    export DEBIAN_FRONTEND=noninteractive
    $run apt-get update -qq
    # shellcheck disable=SC2086
    $run apt-get install -y -qq --no-install-recommends $missing >/dev/null
}

# The Python packages of the tests, into an environment of their own; again when the list has changed.
install_python() {
    cmp -s tests/requirements.txt build/python/requirements.txt && return 0
    echo "quickstart: installing the Python packages of tests/requirements.txt"
    python3 -m venv --clear build/python
    build/python/bin/pip install -q --disable-pip-version-check -r tests/requirements.txt
    cp tests/requirements.txt build/python/requirements.txt
}

configure_and_build() {
    launcher=
    command -v ccache >/dev/null && launcher=-DCMAKE_CXX_COMPILER_LAUNCHER=ccache
    # shellcheck disable=SC2086
    cmake --preset "$1" $launcher >/dev/null
    cmake --build --preset "$1"
}

case ${1-} in
'')
    install_packages build
    configure_and_build release
    build/release/rhumb render --all -o rendered
    build/release/rhumb lint --summary requirements
    ;;
build)
    install_packages build
    configure_and_build release
    ;;
test)
    install_packages build test
    install_python
    configure_and_build dev
    ctest --preset dev -j "$(nproc)"
    ;;
python)
    install_python
    ;;
packages)
    shift
    install_packages "$@"
    ;;
*)
    fail "unknown argument '$1'; usage: sh cmake/quickstart.sh [build|test]"
    ;;
esac
