#!/usr/bin/env bash
# The browser tests drive Debian's chromium with CJK fonts; install both where we may.
set -euo pipefail

missing=()
command -v chromium >/dev/null || missing+=(chromium)
fc-list 2>/dev/null | grep -qi 'noto.*cjk' || missing+=(fonts-noto-cjk)
[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
  echo "Installing ${missing[*]} ..."
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing[@]}" fontconfig >/dev/null
else
  echo "careloop: the browser tests need: ${missing[*]} (on Debian: sudo apt install ${missing[*]})" >&2
  exit 1
fi
