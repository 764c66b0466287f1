#!/bin/sh
# Install what the tests need besides Python, where this machine lets us; what stays missing is named by run_all.py.
set -u
[ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || exit 0
wanted=""
command -v chromium-headless-shell >/dev/null || command -v chromium >/dev/null || wanted="$wanted chromium-headless-shell"
[ -e /usr/share/doc/fonts-noto-cjk ] || wanted="$wanted fonts-noto-cjk"
[ -n "${TEST_DATABASE_URL:-}" ] || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || wanted="$wanted postgresql"
command -v pdftotext >/dev/null || wanted="$wanted poppler-utils"
command -v msgfmt >/dev/null || wanted="$wanted gettext"
command -v ip >/dev/null || wanted="$wanted iproute2"
command -v nginx >/dev/null || [ -x /usr/sbin/nginx ] || wanted="$wanted nginx-light"
command -v openssl >/dev/null || wanted="$wanted openssl"
[ -z "$wanted" ] && exit 0
echo "Installing for the tests:$wanted"
export DEBIAN_FRONTEND=noninteractive
apt-get -o DPkg::Lock::Timeout=400 -qq update
# the same engine without the windows it does not show, at half the work; an older system has the whole browser only
apt-cache show chromium-headless-shell >/dev/null 2>&1 || wanted=$(echo "$wanted" | sed s/chromium-headless-shell/chromium/)
apt-get -o DPkg::Lock::Timeout=400 -qq install --no-install-recommends -y $wanted >/dev/null
