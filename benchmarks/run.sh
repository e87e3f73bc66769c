#!/usr/bin/env bash
# ./sluice bench [gateway|image|stored|control|selection|decision|broadcast|levels] [--rounds N] [--seconds N] [--photos FOLDER]: the packaged services beside their peers. JAVA_HOME is set and the
# repository is built when ./sluice calls this. What a benchmark measures with is installed here as root, else named.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

fail() { echo "$*" >&2; exit 1; }

gateway=false image=false broadcast=false levels=false
case " $* " in *" gateway "*) gateway=true ;; esac
case " $* " in *" image "*) image=true ;; esac
case " $* " in *" stored "*) gateway=true ;; esac # what it needs is what the gateway's needs
case " $* " in *" broadcast "*) broadcast=true ;; esac
case " $* " in *" levels "*) levels=true ;; esac
case " $* " in *" levels "* | *" broadcast "* | *" gateway "* | *" image "* | *" stored "* | *" control "* | *" selection "* | *" decision "*) ;; *) gateway=true image=true broadcast=true levels=true ;; esac

present() { command -v "$1" >/dev/null 2>&1 || [ -x "/usr/sbin/$1" ] || [ -f "$1" ]; }

# program or file, and the Debian package that has it
need() {
  local program=$1 package=$2
  present "$program" && return
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing $package .."
    # A benchmark starts its servers itself: the package must not.
    local policy=/usr/sbin/policy-rc.d made=false
    if [ ! -e "$policy" ]; then printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod +x "$policy" && made=true; fi
    { apt-get install -y -qq --no-install-recommends "$package" \
      || { apt-get update -qq && apt-get install -y -qq --no-install-recommends "$package"; }; } >/dev/null 2>&1 || true
    if $made; then rm -f "$policy"; fi
  fi
  present "$program" || fail "$program is not installed: install it (Debian's package $package), then run this again."
}

# These start image-worker, which takes its libvips from the locked npm packages.
if $gateway || $image || $levels; then
  present node && present npm || fail "Node 20.9 or newer and npm are not installed: install them, then run this again."
  node -e 'const [major, minor] = process.versions.node.split(".").map(Number); process.exit(major > 20 || (major === 20 && minor >= 9) ? 0 : 1)' \
    || fail "The node on the PATH is $(node --version): sharp needs 20.9 or newer."
fi
if $gateway; then
  need wrk wrk
  need nginx nginx-light
  need /usr/share/tor/geoip tor-geoipdb
fi
case " $* " in *" decision "*) (need /usr/share/tor/geoip tor-geoipdb) || echo "The ranges of countries are made up instead." >&2 ;; esac
if $broadcast; then
  need nginx nginx-light
  need /usr/lib/nginx/modules/ngx_nchan_module.so libnginx-mod-nchan
  # Each receiver is two open files here and two in the service.
  ulimit -n "$(ulimit -Hn)"
fi
if $image; then need jpegtran libjpeg-turbo-progs; fi

jar=benchmarks/target/benchmarks-0.1.0-SNAPSHOT.jar
if [ ! -f "$jar" ] || [ ! -d benchmarks/target/lib ]; then
  ./mvnw --batch-mode --no-transfer-progress -q package -DskipTests -pl benchmarks -am \
    || fail "The benchmarks could not be built: see the lines above."
fi
heap=512m
if $broadcast; then heap=2g; fi # ten thousand gRPC channels
exec "$JAVA_HOME/bin/java" -Xmx$heap -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED \
  --sun-misc-unsafe-memory-access=allow -Dsluice.repository="$PWD" \
  -cp "$jar:benchmarks/target/lib/*" io.sluice.benchmarks.Main "$@"
