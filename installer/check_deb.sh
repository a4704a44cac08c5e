#!/bin/sh
# Tries a built package on this machine, as root: install, start, colorize, open the window, remove.
# usage: installer/check_deb.sh dist/colordesk_VERSION_ARCH.deb
set -eu

package=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export HOME="$work/home" XDG_RUNTIME_DIR="$work/run" QT_QPA_PLATFORM=offscreen
mkdir -m 700 "$HOME" "$XDG_RUNTIME_DIR"
cd "$work"

step() {
    echo "== $*"
}

step install
apt-get -qq update
DEBIAN_FRONTEND=noninteractive apt-get -qq install -y -o Dpkg::Use-Pty=0 "$package" >/dev/null
dpkg -L colordesk >files

step version
colordesk --version

step doctor
colordesk doctor

step colorize
cp /usr/lib/colordesk/_internal/colordesk/resources/samples/astronaut.jpg photo.jpg
colordesk colorize photo.jpg
test -s photo-color.jpg

step film
colordesk colorize photo.jpg -o frames/0001.png --recolor
cp frames/0001.png frames/0002.png
colordesk video frames --fps 2 -o film.mkv
test -s film.mkv

step compare
colordesk compare frames/0001.png -o report
test -s report/report.html

step window
code=0
timeout 8 colordesk photo.jpg || code=$?
if [ $code != 124 ]; then
    echo "the window did not stay open: exit code $code" >&2
    exit 1
fi

step remove
DEBIAN_FRONTEND=noninteractive apt-get -qq purge -y -o Dpkg::Use-Pty=0 colordesk >/dev/null
while read -r file; do # folders that others use, such as /usr/bin, stay
    case $file in
    *colordesk*) if [ -e "$file" ] || [ -L "$file" ]; then
        echo "left behind: $file" >&2
        exit 1
    fi ;;
    esac
done <files

echo "== the package is sound"
