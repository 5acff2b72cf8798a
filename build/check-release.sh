#!/bin/sh
# Stages a release in target/staging, signed with a key that is made for it, checks what lies there, and
# uses it as others will: with JBang, and in a Maven project that imports the BOM.
#   sh build/check-release.sh
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
export GNUPGHOME="$work/keys"
trap 'gpgconf --kill all; rm -rf "$work"' EXIT
version=$(sed -n 's/^  <version>\(.*\)<.*/\1/p' pom.xml)
staging=$PWD/target/staging
cache=$HOME/.m2/repository

quietly() {
  "$@" >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
}

stage() {
  mkdir -m 700 "$GNUPGHOME"
  quietly gpg --batch --passphrase '' --quick-generate-key 'Test <test@gradus.dev>' ed25519 sign 1d
  mvn -q -B -ntp -Prelease -Daether.checksums.algorithms=SHA-512,SHA-256,SHA-1,MD5 \
    -Dmaven.test.skip=true -Dexec.skip=true clean deploy
}

verify_signatures() {
  find "$staging" -name '*.asc' >"$work/signatures"
  while read -r signature; do
    quietly gpg --batch --verify "$signature" "${signature%.asc}"
  done <"$work/signatures"
  echo "signatures: $(wc -l <"$work/signatures") verified"
}

# A project in $work/$1 whose POM holds $2. It takes from the staging folder, from what Maven has fetched
# before, and from Maven Central.
new_project() {
  mkdir -p "$work/$1/src/main/java"
  cat >"$work/$1/pom.xml" <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>test</groupId>
  <artifactId>$1</artifactId>
  <version>1</version>
  <repositories>
    <repository><id>staging</id><url>file://$staging</url></repository>
    <repository><id>cache</id><url>file://$cache</url></repository>
  </repositories>
  <pluginRepositories>
    <pluginRepository><id>cache</id><url>file://$cache</url></pluginRepository>
  </pluginRepositories>
  $2
</project>
POM
}

# Nothing that is staged may get among what Maven has fetched.
in_project() {
  project=$1
  shift
  quietly mvn -B -ntp -f "$work/$project" -Dmaven.repo.local="$work/repository" "$@"
}

jdk_home() {
  mvn -q -B -ntp -N toolchains:select-jdk-toolchain exec:exec -Dexec.executable=java \
    -Dexec.args='-XshowSettings:properties -version' 2>&1 | sed -n 's/^ *java.home = //p'
}

# JBang's class prints the command that its launcher would run. It resolves into a repository of its own.
check_jbang() {
  new_project jbang '<dependencies><dependency>
    <groupId>dev.jbang</groupId><artifactId>jbang-cli</artifactId><version>0.132.1</version>
  </dependency></dependencies>'
  in_project jbang dependency:build-classpath -Dmdep.outputFile="$work/jbang/classpath"
  JAVA_HOME=$(jdk_home)
  export JAVA_HOME JBANG_DIR="$work/jbang" JBANG_REPO="$work/repository" JBANG_NO_VERSION_CHECK=true
  "$JAVA_HOME/bin/java" -cp "$(cat "$work/jbang/classpath")" dev.jbang.Main run \
    --repos "staging=file://$staging,cache=file://$cache,central" docs/Spirals.java \
    >"$work/command" 2>"$work/log" || [ $? -eq 255 ] || { cat "$work/log" >&2; exit 1; }
  for module in core djl; do
    grep -q '>staging=' "$work/repository/dev/gradus/gradus-$module/$version/_remote.repositories"
  done
  eval "$(cat "$work/command")" >"$work/answer" 2>"$work/log" || { cat "$work/log" >&2; exit 1; }
  grep -q 'accuracy [01]\.[0-9]*$' "$work/answer"
  echo "JBang: $(cat "$work/answer")"
}

check_bom() {
  new_project consumer "<dependencyManagement><dependencies><dependency>
    <groupId>dev.gradus</groupId><artifactId>gradus-bom</artifactId><version>$version</version>
    <type>pom</type><scope>import</scope>
  </dependency></dependencies></dependencyManagement>
  <dependencies><dependency>
    <groupId>dev.gradus</groupId><artifactId>gradus-cli</artifactId>
  </dependency></dependencies>"
  in_project consumer dependency:list -DoutputFile="$work/list"
  for module in core djl cli; do
    grep -q "dev.gradus:gradus-$module:jar:$version:compile" "$work/list"
  done
  grep -q 'pytorch-native-cpu:jar:[a-z]*-[a-z0-9_]*:.*:runtime' "$work/list"
  echo "BOM: $(grep -c ':jar:' "$work/list") libraries of a project with gradus-cli"
}

stage
mvn -q -B -ntp -N validate exec:exec@check-release
verify_signatures
check_jbang
check_bom
