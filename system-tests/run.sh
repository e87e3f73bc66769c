#!/usr/bin/env bash
# ./sluice test [--long]: all checks and tests, in one order. What a test needs beside a JDK is installed here or skipped with a
# printed reason; the floor (build, checks, unit and service tests, the suite as one system) is never skipped.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

long=false
[ "${1:-}" = "--long" ] && long=true
case "${1:-}" in "" | --long) ;; *) echo "./sluice test takes --long and nothing else." >&2; exit 1 ;; esac

skipped=()
begin=$SECONDS
note() { printf '\n== %s (%d s)\n' "$*" $((SECONDS - begin)); }

there() { command -v "$1" >/dev/null 2>&1 || [ -x "/usr/sbin/$1" ] || compgen -G "$1" >/dev/null; }

# package: program, or pattern of a file, that proves it is there
install_package() {
  local package=$1 program=$2 why=$3
  there "$program" && return 0
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    # A test starts its servers itself: the package must not.
    local policy=/usr/sbin/policy-rc.d made=false
    if [ ! -e "$policy" ]; then printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod +x "$policy" && made=true; fi
    { apt-get install -y -qq --no-install-recommends "$package" || { apt-get update -qq && apt-get install -y -qq --no-install-recommends "$package"; }; } >/dev/null 2>&1
    $made && rm -f "$policy"
  fi
  there "$program" && return 0
  skipped+=("$why: $program is not installed and could not be (install the package $package)")
}

note "what tests use beside a JDK"
install_package nginx-light nginx "edges as real nginx (the Vert.x proxy stands in)"
pdns="cdn-gateway against the real PowerDNS"
install_package pdns-server pdns_server "$pdns"
install_package bind9-dnsutils dig "$pdns"
install_package pdns-backend-remote '/usr/lib/*/pdns/libremotebackend.so' "$pdns"
install_package prometheus-alertmanager amtool "alerting-service against the real amtool"
install_package prometheus prometheus "alerting-service against the real Prometheus"

note "build, format, static checks, unit and service tests, the suite as one system"
./mvnw --batch-mode --no-transfer-progress -T 2 --fail-at-end verify -Dsluice.test.long=$long
status=$?

if [ $status = 0 ]; then
  note "native augmentation: what a native image would see"
  ./mvnw --batch-mode --no-transfer-progress -q package -Pnative-sources,quick -DskipTests \
    -pl cdn-gateway,image-worker,metrics-service,alerting-service,lfs-tracker,optimizer-service -am \
    && ./mvnw --batch-mode --no-transfer-progress -Pquick test -pl system-tests -am -Dtest=NativeReachabilityTest \
      -Dsurefire.failIfNoSpecifiedTests=false -Dsluice.native.required=true
  status=$?
fi

printf '\n'
if [ ${#skipped[@]} -gt 0 ]; then
  echo "Skipped:"
  printf '  %s\n' "${skipped[@]}"
else
  echo "Nothing was skipped for lack of a program."
fi
if [ $status = 0 ]; then echo "All green in $((SECONDS - begin)) s."; else echo "FAILED after $((SECONDS - begin)) s."; fi
exit $status
