#!/bin/sh
# Builds what is missing or older than its sources, then runs the command. An installed archive has bin/cdc instead.
cdc_self=$0
while [ -L "$cdc_self" ]; do
  cdc_target=$(readlink "$cdc_self")
  case $cdc_target in /*) cdc_self=$cdc_target ;; *) cdc_self=${cdc_self%/*}/$cdc_target ;; esac
done
cdc_tree=$(CDPATH="" cd -- "$(dirname -- "$cdc_self")" && pwd -P) || exit 1
cdc_built=$cdc_tree/dist/target/install
cdc_log=$cdc_tree/dist/target/cdc-build.log
. "$cdc_tree/dist/src/main/install/libexec/launch.sh"

cdc_is_current() {
  [ -e "$cdc_built/lib" ] && [ -z "$(find "$cdc_tree/pom.xml" "$cdc_tree/schema-evolution" "$cdc_tree/pipeline" "$cdc_tree/sources" \
    "$cdc_tree/sinks" "$cdc_tree/cli" "$cdc_tree/dist" \( -name target -o -path '*/src/test' \) -prune -o \
    \( -name pom.xml -o -path '*/src/main/*' \) -newer "$cdc_built/lib" -print 2>/dev/null | head -n 1)" ]
}

cdc_build() {
  command -v mvn > /dev/null || {
    printf 'cdc: Maven is needed to build the command, and there is no mvn on the PATH.\n  Install Maven 3.8.5 or later (https://maven.apache.org), or use an installed archive.\n' >&2
    return 1
  }
  printf 'cdc: building from source (the first time fetches the libraries; log in dist/target/cdc-build.log) ...\n' >&2
  rm -rf "$cdc_built" && mkdir -p "${cdc_log%/*}" || return 1
  if (cd "$cdc_tree" && JAVA21_HOME=$cdc_jdk mvn -B --no-transfer-progress -Pquick -DskipTests -pl dist -am package) \
    > "$cdc_log" 2>&1 < /dev/null; then
    touch "$cdc_built/lib"
  else
    rm -rf "$cdc_built"
    printf 'cdc: the build failed:\n' >&2
    { grep '^\[ERROR\]' "$cdc_log" || tail -n 20 "$cdc_log"; } | head -n 20 >&2
    return 1
  fi
}

if cdc_is_current; then
  cdc_find_jdk java || exit 1
else
  cdc_find_jdk java javac || exit 1
  cdc_build || exit 1
fi
cdc_start "$cdc_built" "$@"
