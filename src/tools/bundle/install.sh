#!/bin/sh
# 導入: sh install.sh <フォルダー>  束の中身を検査してから、空のフォルダーに導入します。通信はしません。
set -eu
here=$(cd "$(dirname "$0")" && pwd)
to=${1:-}
if [ -z "$to" ]; then
  echo '使い方: sh install.sh <導入先のフォルダー>' >&2
  exit 2
fi
. "$here/bundle.env"
if [ "$(uname -s)-$(uname -m)" != "$BUNDLE_MACHINE" ]; then
  echo "この束は $BUNDLE_MACHINE のものです(この機械は $(uname -s)-$(uname -m))。次にすること: この機械と同じ種類の機械で束を作ってください。" >&2
  exit 1
fi
if [ -d "$to" ] && [ -n "$(ls -A "$to")" ]; then
  echo "$to は空ではありません。次にすること: 空のフォルダーか、まだないフォルダーを指定してください。" >&2
  exit 1
fi
echo '束を検査しています'
check='sha256sum -c'
command -v sha256sum >/dev/null 2>&1 || check='shasum -a 256 -c'
if ! (cd "$here" && $check SHA256SUMS >/dev/null 2>&1); then
  echo '束が壊れています。次にすること: 束を写し直してください。' >&2
  exit 1
fi
echo '導入しています'
mkdir -p "$to/koki-flow" "$to/programs/zeebe-$BUNDLE_ZEEBE"
to=$(cd "$to" && pwd)
tar -xzf "$here/source.tar.gz" -C "$to/koki-flow"
tar -xzf "$here/modules.tar.gz" -C "$to/koki-flow"
tar -xzf "$here/java.tar.gz" -C "$to/programs"
tar -xzf "$here/zeebe.tar.gz" -C "$to/programs/zeebe-$BUNDLE_ZEEBE" --strip-components=1
cp "$here/bundle.env" "$to/programs/bundle.env"
for name in start koki; do
  printf '#!/bin/sh\ncd "$(dirname "$0")/koki-flow" && exec %s src/tools/bootstrap.mjs src/tools/%s.ts "$@"\n' "$BUNDLE_NODE" "$name" >"$to/$name"
  chmod 755 "$to/$name"
done
echo "導入しました。次にすること: $to/start で始めてください(データは KOKI_DATA で場所を指定できます)。"
