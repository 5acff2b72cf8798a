package dev.gradus.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The walls between the packages of the command line. */
class ArchitectureTest {
  private static final JavaClasses CLI =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.gradus.cli..");

  @Test
  void onlyCommandsKnowTheCommandLine() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.gradus.cli.*..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("picocli..", "me.tongfei..", "dev.gradus.cli")
        .check(CLI);
  }

  @Test
  void runsAndSweepsCanBeReadWithoutLoadingAnEngine() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.gradus.cli.run", "dev.gradus.cli.sweep")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("ai.djl..", "dev.gradus.djl..")
        .check(CLI);
  }
}
