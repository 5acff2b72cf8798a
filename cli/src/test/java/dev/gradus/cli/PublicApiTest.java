package dev.gradus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/api.md calls public, held against the sources and the comparison of releases. */
class PublicApiTest {
  private static final Path HOME = Path.of("..");
  private static final Set<String> PUBLIC = listed("public package");
  private static final Set<String> INTERNAL = listed("internal package");
  private static final Set<String> PUBLIC_ALL_THE_SAME =
      Set.of("dev.gradus.engine.Tensors", "dev.gradus.engine.EngineSource");

  /** The first column of the table with a heading. */
  private static Set<String> listed(String heading) {
    return read("docs/api.md")
        .lines()
        .dropWhile(line -> !line.startsWith("| " + heading))
        .skip(2)
        .takeWhile(line -> line.startsWith("|"))
        .map(line -> line.split("`", 3)[1])
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String read(String file) {
    return read(HOME.resolve(file));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void everyPublishedPackageIsListedOnce() throws IOException {
    try (var modules = Files.list(HOME)) {
      var packages = modules.filter(PublicApiTest::isPublished).flatMap(PublicApiTest::packages);
      assertThat(packages)
          .isNotEmpty()
          .allSatisfy(name -> assertThat(PUBLIC.contains(name)).isNotEqualTo(isInternal(name)));
    }
  }

  private static boolean isPublished(Path module) {
    return Files.isDirectory(module.resolve("src/main"))
        && !read(module.resolve("pom.xml")).contains("maven.deploy.skip");
  }

  private static Stream<String> packages(Path module) {
    var sources = module.resolve("src/main/java");
    try (var files = Files.walk(sources)) {
      return files
          .filter(file -> file.endsWith("package-info.java"))
          .map(file -> sources.relativize(file.getParent()).toString().replaceAll("[/\\\\]", "."))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isInternal(String name) {
    return INTERNAL.stream().anyMatch(p -> name.equals(p) || name.startsWith(p + "."));
  }

  @Test
  void whatIsPublicNeedsNothingInternal() {
    var classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.gradus");
    var needed =
        classes.stream()
            .filter(
                type -> PUBLIC.contains(type.getPackageName()) && isVisible(type.getModifiers()))
            .flatMap(type -> type.getCodeUnits().stream())
            .filter(unit -> isVisible(unit.getModifiers()))
            .flatMap(PublicApiTest::internals);
    assertThat(needed).isEmpty();
  }

  private static boolean isVisible(Set<JavaModifier> modifiers) {
    return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
  }

  private static Stream<String> internals(JavaCodeUnit unit) {
    return unit.getAllInvolvedRawTypes().stream()
        .filter(type -> isInternal(type.getPackageName()))
        .map(JavaClass::getName)
        .filter(name -> !PUBLIC_ALL_THE_SAME.contains(name))
        .map(name -> unit.getFullName() + " needs " + name);
  }

  @Test
  void releasesAreComparedInTheSamePackages() {
    var compared =
        Pattern.compile("<include>(dev\\.gradus[a-z.]*)</include>")
            .matcher(read("pom.xml"))
            .results()
            .map(result -> result.group(1));
    assertThat(compared).containsExactlyInAnyOrderElementsOf(PUBLIC);
  }
}
