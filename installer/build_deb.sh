#!/bin/sh
# Builds dist/colordesk_VERSION_ARCH.deb: the app in one folder, for the CPU, without the trainer.
set -eu
cd "$(dirname "$0")/.."

for tool in dpkg-deb objdump; do
    if ! command -v $tool >/dev/null; then
        echo "$tool is missing; please run: sudo apt install dpkg-dev binutils" >&2
        exit 1
    fi
done

# An environment of its own: what the tests need must not leak into the package, and the app needs
# the onnxruntime without CUDA, which may never be installed beside the one with CUDA.
export UV_CACHE_DIR=.cache/uv
python=build/venv/bin/python
.venv/bin/python -m uv venv --quiet --clear --python .venv/bin/python build/venv
echo "onnxruntime-gpu; sys_platform == 'never'" >build/overrides.txt
onnxruntime=$(sed -n 's/^\(onnxruntime==[^ ;]*\).*/\1/p' constraints.txt)
.venv/bin/python -m uv pip install --quiet --python $python --constraint constraints.txt \
    --build-constraint constraints.txt --overrides build/overrides.txt . "$onnxruntime" pyinstaller

rm -rf build/pyinstaller build/deb
$python -m PyInstaller --log-level WARN --noconfirm --workpath build/pyinstaller/work \
    --distpath build/pyinstaller installer/colordesk.spec

root=build/deb
version=$($python -c 'import colordesk; print(colordesk.__version__)')
architecture=$(dpkg --print-architecture)
mkdir -p $root/DEBIAN $root/usr/bin $root/usr/lib $root/usr/share/applications \
    $root/usr/share/icons/hicolor/scalable/apps $root/usr/share/doc/colordesk/licences
cp -r build/pyinstaller/colordesk $root/usr/lib/colordesk
ln -s ../lib/colordesk/colordesk $root/usr/bin/colordesk
cp installer/colordesk.desktop $root/usr/share/applications/
cp resources/icons/colordesk.svg $root/usr/share/icons/hicolor/scalable/apps/
cp installer/copyright $root/usr/share/doc/colordesk/
gzip -9nc CHANGELOG.md >$root/usr/share/doc/colordesk/changelog.gz
$python installer/package_facts.py build/pyinstaller/colordesk $root/usr/share/doc/colordesk/licences >build/depends

cat >$root/DEBIAN/control <<CONTROL
Package: colordesk
Version: $version
Architecture: $architecture
Maintainer: The ColorDesk developers <colordesk@example.invalid>
Installed-Size: $(du -sk --exclude=DEBIAN $root | cut -f1)
Depends: $(cat build/depends)
Section: graphics
Priority: optional
Description: Colour for old photographs
 ColorDesk brings colour back to old photographs, in a window and on the
 command line, with a neural network that runs on this computer.
CONTROL
(cd $root && find usr -type f -exec md5sum {} +) >$root/DEBIAN/md5sums
find $root -type d -exec chmod 755 {} +
mkdir -p dist
dpkg-deb --root-owner-group -Zxz -z4 --build $root "dist/colordesk_${version}_$architecture.deb"
