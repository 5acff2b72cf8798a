package dev.gradus;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The walls between the packages of core. */
class ArchitectureTest {
  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.gradus");

  @Test
  void coreNeedsNothingButTheJdk() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("dev.gradus..", "java..", "jdk.incubator.vector", "org.jspecify..")
        .check(CORE);
  }

  @Test
  void equationsPlansAndEnginesKnowNoRule() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.gradus.equation..", "dev.gradus.plan..", "dev.gradus.engine..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.gradus.rule..")
        .allowEmptyShould(true)
        .check(CORE);
  }

  @Test
  void packagesBelowTheRootFormNoCycle() {
    slices()
        .matching("dev.gradus.(*)..")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(CORE);
  }
}
