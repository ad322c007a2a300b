# Sourced: the console's own checks. Format and types, unit tests, build, and the size of the first page.
web_checks() {
  if [ ! -f web/node_modules/.package-lock.json ] || [ web/package-lock.json -nt web/node_modules/.package-lock.json ]; then
    echo "== Console: npm ci"
    npm --prefix web ci --no-audit --no-fund
    touch web/node_modules/.package-lock.json
  fi
  echo "== Console: types, lint and format"
  npm --prefix web run check
  echo "== Console: unit tests"
  npm --prefix web test
  echo "== Console: build and size of the first page"
  npm --prefix web run build
  npm --prefix web run size
}
