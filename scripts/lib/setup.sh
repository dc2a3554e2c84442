# shellcheck shell=bash
# What has to be there before ptwatch can be built and run: Debian packages, Swift, compiled grammars.
# To be sourced. All that it prints goes to standard error, since standard output is ptwatch's.

set -euo pipefail

root=$(readlink -f "${BASH_SOURCE[0]}")
root=${root%/scripts/lib/setup.sh}
libraries=(libtree-sitter-dev liblmdb-dev libinotifytools0-dev libxxhash-dev liblz4-dev)
# What a Swift toolchain itself needs to start and to link.
libraries+=(libcurl4 libncurses6 libsqlite3-0 libxml2 libstdc++-12-dev)
# Commands, each with the packages to install where there is none.
declare -A commands=([cc]='gcc libc6-dev' [pkg-config]=pkg-config [git]=git)

# A change of pin, of flags, of mends or of machine gives a folder of its own, so what is in one never goes stale.
pins=$root/scripts/grammars.lock
export GRAMMAR_FLAGS='-O2 -fPIC -shared -w'
# What is wrong in a grammar's own code, by the grammar's name: scripts of sed for its scanner.
export GRAMMAR_MENDS=$root/scripts/lib/mends
cache=${XDG_CACHE_HOME:-$HOME/.cache}/ptwatch
# Where a parser is large, its own code tells the compiler not to optimize it; that saves seconds here and costs 4 % of parsing.
export GRAMMAR_PARSERS='s/^#pragma GCC optimize ("O0")/#pragma GCC optimize ("O1")/'
key=$({ cat "$pins" "$GRAMMAR_MENDS"/* && echo "$GRAMMAR_FLAGS $GRAMMAR_PARSERS $HOSTTYPE"; } | sha256sum)
grammars=$cache/grammars/${key:0:16}
archives=$root/.build/archives
export PTWATCH_GRAMMARS=${PTWATCH_GRAMMARS:-$grammars}
export PTWATCH_LANGUAGES=${PTWATCH_LANGUAGES:-$root/Languages}

say() { printf 'ptwatch: %s\n' "$*" >&2; }
die() { say "$@" && exit 1; }

set_up() {
  local needed
  needed=$(sed -n '1s/.*swift-tools-version: *//p' "$root/Package.swift")
  command -v swift >/dev/null || die "Swift $needed or later is needed, and there is no 'swift' in PATH"
  mkdir -p "$grammars"
  # One set-up at a time; the lock goes with the subshell.
  (
    flock --nonblock 9 || { say 'waiting for another set-up to end' && flock 9; }
    install_packages
    require_swift "$needed"
    make_grammars
  ) 9>"$cache/lock" >&2
}

require_swift() { # <version>
  local banner found
  banner=$(swift --version 2>&1) || die "'swift' does not start: $banner"
  found=$(sed -n 's/.*Swift version \([0-9.]*\).*/\1/p' <<<"$banner")
  printf '%s\n' "$1" "$found" | sort -VC || die "Swift $1 or later is needed; $(command -v swift) is $found"
}

# The linker takes an archive where it finds one before the library, and the package manager looks where pkg-config says first. So the
# program needs nothing but the C library and its kind, starts faster and calls without a detour.
make_archives() {
  local name
  mkdir -p "$archives"
  for name in tree-sitter lmdb lz4 inotifytools xxhash stdc++; do
    ln -sfn "$(cc -print-file-name="lib$name.a")" "$archives/lib$name.a"
    [[ -e $archives/lib$name.a ]] || die "there is no lib$name.a on this machine"
  done
  for name in tree-sitter lmdb liblz4 libxxhash; do
    printf 'Name: %s\nDescription: its archive\nVersion: 0\nLibs: -L%s\n' "$name" "${archives// /\\ }" >"$archives/$name.pc"
  done
}

build_release() { # <product>
  make_archives
  # A newer compiler's warnings are for CI to refuse, not for whoever wants to run ptwatch; valgrind reads no newer form of
  # debugging information.
  PKG_CONFIG_PATH=$archives swift build --package-path "$root" -c release --product "$1" --static-swift-stdlib \
    -Xswiftc -no-warnings-as-errors -Xswiftc -enforce-exclusivity=unchecked -Xcc -gdwarf-4 >&2
}

install_packages() {
  local missing=() package command installed sudo=()
  installed=$(dpkg-query -W -f '[${Package} ${db:Status-Status}]' "${libraries[@]}" 2>/dev/null) || true
  for package in "${libraries[@]}"; do
    [[ $installed == *"[$package installed]"* ]] || missing+=("$package")
  done
  for command in "${!commands[@]}"; do
    # shellcheck disable=SC2206 # the packages are separate words
    command -v "$command" >/dev/null || missing+=(${commands[$command]})
  done
  [[ -z $(missing_grammars) ]] || python3 -m pip --version >/dev/null 2>&1 || missing+=(python3-pip)
  ((${#missing[@]})) || return 0

  command -v apt-get >/dev/null || die "this set-up is for Debian 12; it needs ${missing[*]}"
  if ((EUID)); then
    sudo -n true 2>/dev/null || die "packages are missing; run: sudo apt-get install ${missing[*]}"
    sudo=(sudo -n)
  fi
  say "installing ${missing[*]}"
  local apt=("${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=600)
  local install=("${apt[@]}" install -y --no-install-recommends "${missing[@]}")
  # The first try fails where the package lists are missing or old.
  "${install[@]}" &>/dev/null || { "${apt[@]}" update && "${install[@]}" >/dev/null; } ||
    die "could not install ${missing[*]}"
}

missing_grammars() {
  local grammar
  sed -n 's/.*"grammar" *: *"\([^"]*\)".*/\1/p' "$root"/Languages/*/language.json | sort -u |
    while read -r grammar; do
      [[ -e $grammars/libtree-sitter-$grammar.so ]] || echo "$grammar"
    done
}

make_grammars() {
  local grammar
  GRAMMARS=$(missing_grammars)
  [[ -n $GRAMMARS ]] || return 0
  # What an interrupted run left is under the same name, and goes here.
  GRAMMAR_SOURCES=$cache/work
  rm -rf "$GRAMMAR_SOURCES" && mkdir "$GRAMMAR_SOURCES"
  export GRAMMARS GRAMMAR_SOURCES

  say "downloading grammars: ${GRAMMARS//$'\n'/ }"
  PYTHONPATH=$root/scripts/lib/unpacked-sdists TMPDIR=$GRAMMAR_SOURCES PYTHONDONTWRITEBYTECODE=1 \
    python3 -m pip download --quiet --disable-pip-version-check --no-deps --no-binary :all: --no-build-isolation \
    --require-hashes --requirement "$pins" --dest "$GRAMMAR_SOURCES"
  for grammar in $GRAMMARS; do
    [[ -d $GRAMMAR_SOURCES/$grammar ]] || die "Languages names the grammar $grammar, which no package in $pins has"
  done

  say "compiling them"
  export -f compile_grammar
  # shellcheck disable=SC2016 # the inner shell expands it
  xargs -n 1 -P "$(nproc)" bash -c 'compile_grammar "$1"' - <<<"$GRAMMARS"
  mv "$GRAMMAR_SOURCES"/libtree-sitter-*.so "$grammars"
  rm -rf "$GRAMMAR_SOURCES"
}

compile_grammar() {
  local source=$GRAMMAR_SOURCES/$1/src
  local files=("$source/parser.c")
  [[ ! -e $source/scanner.c ]] || files+=("$source/scanner.c")
  sed -i "$GRAMMAR_PARSERS" "$source/parser.c"
  [[ ! -e $GRAMMAR_MENDS/$1.sed ]] || sed -i -f "$GRAMMAR_MENDS/$1.sed" "$source/scanner.c"
  # shellcheck disable=SC2086 # the flags are separate words
  cc $GRAMMAR_FLAGS -I "$source" -I "$GRAMMAR_SOURCES/include" "${files[@]}" -o "$GRAMMAR_SOURCES/libtree-sitter-$1.so"
}
