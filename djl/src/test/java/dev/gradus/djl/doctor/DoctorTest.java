package dev.gradus.djl.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.djl.doctor.Finding.Verdict;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The DJL that this is built with has all the defects that are looked for. */
class DoctorTest {
  private static Map<String, Finding> findings = Map.of();

  @BeforeAll
  static void examine() {
    List<Finding> all = Doctor.examine();
    findings = all.stream().collect(Collectors.toMap(Finding::check, Function.identity()));
  }

  private static Finding finding(String check) {
    return findings.getOrDefault(check, Finding.fine(check, "not looked at"));
  }

  @Test
  void theBuildsOwnSetUpIsFine() {
    for (String check : List.of("Java", "vector instructions", "native libraries", "engine")) {
      assertThat(finding(check).verdict()).describedAs(check).isEqualTo(Verdict.FINE);
      assertThat(finding(check).remedy()).isEmpty();
    }
    assertThat(finding("engine").found()).contains("PyTorch").contains("1 + 2 = 3");
  }

  /** The figures are those of an independent probe. */
  @Test
  void provesEachDefectOfTheHost() {
    assertThat(finding("DJL's clipping").found())
        .startsWith("gradients 100 and -100 clipped to 1 move weights to -1.0 and 100.0");
    assertThat(finding("DJL's optimizers").found())
        .contains("nag", "rmsprop", "adagrad", "adadelta")
        .doesNotContain("sgd", "adamw");
    assertThat(finding("DJL's step count").found())
        .startsWith("two replicas are at -0.5 and -0.25 after one step");
    assertThat(finding("DJL's loop on several devices").found())
        .startsWith("0 of 2 devices had computed");
    for (String check : findings.keySet()) {
      if (check.startsWith("DJL's")) {
        assertThat(finding(check).verdict()).isEqualTo(Verdict.WARNING);
        assertThat(finding(check).remedy()).isNotEmpty();
      }
    }
  }

  @Test
  void whatThrowsIsAFault() {
    Check.Trial failing =
        _ -> {
          throw new UnsatisfiedLinkError("no torch");
        };
    assertThat(new Check("engine", failing).run())
        .isEqualTo(
            Finding.fault(
                "engine",
                "UnsatisfiedLinkError: no torch",
                "mend what the message names, then look again"));
  }
}
