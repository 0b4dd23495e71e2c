# Finds a JDK and starts the command. Read by bin/cdc of an installed archive and by cdc of a source tree; POSIX sh.

cdc_needed_java=21

# Prints the major version of the JDK in folder $1, or nothing. Its release file says it without a start of the JVM.
cdc_java_version() {
  [ -x "$1/bin/java" ] || return 0
  cdc_release=
  if [ -r "$1/release" ]; then
    while IFS= read -r cdc_line; do
      case $cdc_line in JAVA_VERSION=*) cdc_release=${cdc_line#JAVA_VERSION=}; cdc_release=${cdc_release#\"} ;; esac
    done < "$1/release"
  else
    cdc_release=$("$1/bin/java" -version 2>&1 | sed -n 's/.* version "\([0-9][0-9.]*\).*/\1/p')
  fi
  cdc_release=${cdc_release#1.}
  printf '%s' "${cdc_release%%[!0-9]*}"
}

# Sets cdc_jdk to the first JDK that is recent enough and has all programs named as arguments in its bin.
cdc_find_jdk() {
  cdc_seen=
  cdc_on_path=
  if cdc_program=$(command -v java 2>/dev/null); then
    while [ -L "$cdc_program" ]; do
      cdc_target=$(readlink "$cdc_program")
      case $cdc_target in /*) cdc_program=$cdc_target ;; *) cdc_program=${cdc_program%/*}/$cdc_target ;; esac
    done
    cdc_on_path=${cdc_program%/bin/java}
  fi
  for cdc_jdk in "${JAVA_HOME:-}" "$cdc_on_path" \
    /usr/lib/jvm/* /usr/lib/jvm/*/jre /usr/java/* /opt/java/* /opt/jdk* /opt/openjdk* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "${HOME:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/*; do
    [ -n "$cdc_jdk" ] || continue
    cdc_version=$(cdc_java_version "$cdc_jdk")
    [ -n "$cdc_version" ] || continue
    if [ "$cdc_version" -lt "$cdc_needed_java" ]; then
      cdc_seen="$cdc_seen
    Java $cdc_version in $cdc_jdk"
      continue
    fi
    for cdc_program; do
      [ -x "$cdc_jdk/bin/$cdc_program" ] || { cdc_seen="$cdc_seen
    Java $cdc_version without $cdc_program in $cdc_jdk"; continue 2; }
    done
    return 0
  done
  {
    printf 'cdc: Java %s or later is needed, and none was found.\n' "$cdc_needed_java"
    if [ -n "$cdc_seen" ]; then
      printf '  Seen:%s\n' "$cdc_seen"
    fi
    printf '  Looked in JAVA_HOME, on the PATH, and where packages put JDKs.\n'
    printf '  Install one, for example from https://adoptium.net, or set JAVA_HOME to the folder of one that is there.\n'
  } >&2
  return 1
}

# Becomes the command installed in folder $1, with the other arguments. cdc_find_jdk has been called.
cdc_start() {
  cdc_home=$1
  shift
  cdc_class_path=
  for cdc_jar in "$cdc_home"/lib/*.jar; do
    cdc_class_path=$cdc_class_path${cdc_class_path:+:}$cdc_jar
  done

  # Serial GC: the least memory and the fastest start, and batches are few and large. The heap leaves room for what the
  # process holds outside of it, within 1 GB. Nothing the JVM has to say about itself may get between the lines of the output.
  cdc_flags="-XX:+UseSerialGC -Xms64m -Xmx560m -XX:MaxDirectMemorySize=128m -XX:ReservedCodeCacheSize=96m
    -XX:+CrashOnOutOfMemoryError -XX:+DisplayVMOutputToStderr -XX:-UsePerfData -Xlog:disable -Xlog:all=error:stderr
    -Dfile.encoding=UTF-8 -Djava.awt.headless=true
    --enable-native-access=ALL-UNNAMED
    --add-opens=java.base/java.lang=ALL-UNNAMED --add-opens=java.base/java.nio=ALL-UNNAMED
    --add-opens=java.base/sun.nio.ch=ALL-UNNAMED"
  if [ "$cdc_version" -ge 23 ]; then
    cdc_flags="$cdc_flags --sun-misc-unsafe-memory-access=allow"
  fi

  # The command can't ask itself whether a person watches its streams, nor how it was called.
  CDC_TTY=0 CDC_TTY_OUT=0 CDC_COMMAND=$0
  if [ -t 2 ]; then CDC_TTY=1; fi
  if [ -t 1 ]; then CDC_TTY_OUT=1; fi
  export CDC_TTY CDC_TTY_OUT CDC_COMMAND

  # A JVM that is out of memory ends by SIGABRT (its own code would be 3, as if the source had failed) and leaves no core.
  ulimit -c 0 2>/dev/null || true

  # Run by the JVM when it is out of heap: says what to do and ends it by SIGABRT, without the report that the JVM would print to
  # standard output. The JVM puts its process id for %p, and takes a semicolon for the end of a command.
  cdc_out_of_memory="printf '%s\n' 'cdc: out of heap. Start again: what is committed stays.' \
    '  next:  give it more heap (CDC_JAVA_OPTS=-Xmx1g), or lower pipeline.parallelism.' >&2 && kill -ABRT %p"

  # CDC_JAVA_OPTS stands last and so wins; like the flags it is split at blanks.
  # shellcheck disable=SC2086
  exec "$cdc_jdk/bin/java" $cdc_flags -XX:OnOutOfMemoryError="$cdc_out_of_memory" ${CDC_JAVA_OPTS:-} -Dcdc.home="$cdc_home" \
    -XX:ErrorFile="${TMPDIR:-/tmp}/cdc-crash-%p.log" -cp "$cdc_class_path" dev.millrace.cli.Main "$@"
}
