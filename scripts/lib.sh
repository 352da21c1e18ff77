# What the entry points share. Sourced, from the project's root.

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

# Installs what the lock file names, unless it is installed already.
install_packages() {
  local stamp=node_modules/.mingjian-lock
  cmp --silent package-lock.json "$stamp" && return
  # No dependency needs a script of its own to be installed.
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error || fail 'npm ci failed; see above'
  cp package-lock.json "$stamp"
}

# The tests run against a real redis-server, which comes from Debian where it is missing. It is never started as a service.
install_redis() {
  command -v redis-server >/dev/null && return
  local hint='redis-server is missing, and the tests need it; install it, on Debian with: apt-get install redis-server'
  command -v apt-get >/dev/null || fail "$hint"
  local sudo=''
  [ "$(id -u)" -eq 0 ] || sudo='sudo -n'
  printf '\n== redis-server is missing: installing it from Debian\n'
  # Without this, Debian starts what it installs.
  RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive $sudo apt-get install --yes --no-install-recommends redis-server >/dev/null ||
    { $sudo apt-get update >/dev/null &&
      RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive $sudo apt-get install --yes --no-install-recommends redis-server >/dev/null; } ||
    fail "$hint"
}
