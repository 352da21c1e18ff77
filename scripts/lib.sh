# Functions that the scripts share. Source it from the project's root.

fail() {
  printf '%s: %s\n' "$(basename "$0")" "$1" >&2
  exit 1
}

require_node() {
  command -v node >/dev/null || fail 'Node.js is missing; install version 20.19 or later'
  command -v npm >/dev/null || fail 'npm is missing; it comes with Node.js'
  node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' ||
    fail "Node.js 20.19 or later is needed; this is $(node --version)"
}

# Installs the packages of the lock file, unless they are installed already.
install_packages() {
  local stamp=node_modules/.mingjian-lock
  cmp --silent package-lock.json "$stamp" && return
  # No dependency needs an install script.
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error || fail 'npm ci failed; see above'
  cp package-lock.json "$stamp"
}

# Installs a Debian package if its command, or a file of it, is missing: install_debian COMMAND_OR_PATH PACKAGE. It is never started as a service.
install_debian() {
  { [ -e "$1" ] || command -v "$1" >/dev/null; } && return
  local hint="$1 is missing, and the tests need it; install it, on Debian with: apt-get install $2"
  command -v apt-get >/dev/null || fail "$hint"
  local sudo=''
  [ "$(id -u)" -eq 0 ] || sudo='sudo -n'
  printf '\n== %s is missing: installing %s from Debian\n' "$1" "$2"
  # Without RUNLEVEL=1, Debian starts a service after it is installed.
  local install="env RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends $2"
  $sudo $install >/dev/null || { $sudo apt-get update >/dev/null && $sudo $install >/dev/null; } || fail "$hint"
}
