package dev.gradus.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.gradus.djl.telemetry.Measurement;
import dev.gradus.djl.telemetry.Metrics;
import dev.gradus.djl.telemetry.RateSpread;
import org.junit.jupiter.api.Test;

/** The walls between the packages of the command line. */
class ArchitectureTest {
  private static final JavaClasses CLI =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.gradus.cli..", "dev.gradus.djl.telemetry");

  private static final DescribedPredicate<JavaClass> MEASUREMENTS =
      belongToAnyOf(Measurement.class, Metrics.class, RateSpread.class);

  private static final DescribedPredicate<JavaClass> ENGINE =
      resideInAnyPackage("ai.djl..", "dev.gradus.djl..").and(not(MEASUREMENTS));

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
        .dependOnClassesThat(ENGINE)
        .check(CLI);
    noClasses()
        .that(MEASUREMENTS)
        .should()
        .dependOnClassesThat(
            ENGINE.and(not(simpleName("MeasurementJson").or(simpleName("HalfTable")))))
        .check(CLI);
  }
}
